"""Ahead: the next pieces are fetched by a thread of their own while the one at hand is worked on."""

from __future__ import annotations

import queue
import threading
from collections.abc import Iterator
from typing import Generic, TypeVar

T = TypeVar("T")
END = object()


class Ahead(Generic[T], Iterator[T]):
    """An iterator whose thread stays a number of pieces ahead of whoever asks. What it raises is raised here."""

    def __init__(self, pieces: Iterator[T], most: int) -> None:
        """Begin at once. most: pieces that may wait to be asked for."""
        self._pieces = pieces
        self._waiting: queue.Queue[object] = queue.Queue(most)
        self._stopped = threading.Event()
        threading.Thread(target=self._fetch, daemon=True).start()

    def __next__(self) -> T:
        """The next piece."""
        found = self._waiting.get()
        if found is END or isinstance(found, BaseException):
            self._waiting.put(END)  # whoever asks again is told the same
            if found is END:
                raise StopIteration
            assert isinstance(found, BaseException)
            raise found
        return found  # type: ignore[return-value]

    def stop(self) -> None:
        """Fetch no more: nobody is going to ask."""
        self._stopped.set()

    def _fetch(self) -> None:
        try:
            for piece in self._pieces:
                if not self._put(piece):
                    return
        except BaseException as error:
            self._put(error)
        else:
            self._put(END)

    def _put(self, found: object) -> bool:
        while not self._stopped.is_set():
            try:
                self._waiting.put(found, timeout=0.1)
            except queue.Full:
                continue
            return True
        return False
