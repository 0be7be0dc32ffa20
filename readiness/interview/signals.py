"""Signals that end an interview, turned into one exception that never comes in the middle of a write."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from types import FrameType, TracebackType
from typing import Any

from readiness.endings import ENDING

HANGUP = 129


class Interrupted(BaseException):
    """The interview was interrupted, terminated or hung up. `code` is what the process has to exit with."""

    def __init__(self, code: int) -> None:
        super().__init__(code)
        self.code = code


def listen_alone() -> None:
    """Whoever deals with ending signals does so alone, whatever was loaded since. Outside the main thread, nothing.

    Polars listens as well from when it is loaded, and raises KeyboardInterrupt wherever it is working: where that
    signal is dealt with by leaving in order, what was being typed would be lost.
    """
    for number in ENDING:
        handler = signal.getsignal(number)
        if callable(handler):
            with suppress(ValueError):
                signal.signal(number, handler)


class Signals:
    """While its `with` block runs, the first ending signal raises Interrupted there; later ones are ignored.

    A signal that was ignored before stays ignored: so it is with `nohup`. Outside the main thread nothing is changed.
    """

    def __init__(self) -> None:
        self._before: dict[int, Any] = {}
        self._held = False
        self._pending: int | None = None
        self._raised = False

    def __enter__(self) -> Signals:
        for number in ENDING:
            if signal.getsignal(number) != signal.SIG_IGN:
                with suppress(ValueError):
                    self._before[number] = signal.signal(number, self._receive)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for number, handler in self._before.items():
            signal.signal(number, signal.SIG_DFL if handler is None else handler)

    @contextmanager
    def held(self) -> Iterator[None]:
        """A signal that comes inside waits for the end of the block."""
        self._held = True
        try:
            yield
        finally:
            self._held = False
            if self._pending is not None:
                self._raise(self._pending)

    def _receive(self, number: int, frame: FrameType | None) -> None:  # noqa: ARG002 the system's signature
        if self._held:
            self._pending = number
        else:
            self._raise(number)

    def _raise(self, number: int) -> None:
        if not self._raised:
            self._raised = True
            raise Interrupted(128 + number)
