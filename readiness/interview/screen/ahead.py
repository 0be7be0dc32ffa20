"""The first card worked ahead: in a process of its own, while this one loads the library that draws the screen.

Reading a framework and loading that library take as long as each other, and neither needs the other. What comes back is
text to paint and nothing to go by: the interview itself opens its journal once the first question is on screen.
"""

from __future__ import annotations

import os
import pickle
from collections.abc import Callable
from contextlib import suppress
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from readiness.interview.screen.card import Card


class Ahead:
    """A card on its way. `handle` is readable once it has come, or will not come."""

    def __init__(self, handle: int, process: int) -> None:
        """handle: the reading end of a pipe. process: the id of the one that writes to it."""
        self.handle = handle
        self._process = process

    @classmethod
    def begin(cls, work: Callable[[], Card]) -> Ahead | None:
        """Sends a process to work out a card; None where the system cannot divide a process."""
        if not hasattr(os, "fork"):
            return None
        reading, writing = os.pipe()
        process = os.fork()
        if process:
            os.close(writing)
            return cls(reading, process)
        # The child: whatever goes wrong here will go wrong in the parent too, which has someone to tell.
        try:
            os.close(reading)
            with os.fdopen(writing, "wb") as pipe:
                pickle.dump(work(), pipe)
        finally:
            os._exit(0)

    def card(self) -> Card | None:
        """Waits for the card; None if none comes."""
        card: Card | None = None
        with suppress(Exception), os.fdopen(self.handle, "rb") as pipe:
            card = pickle.load(pipe)
        with suppress(OSError):
            os.waitpid(self._process, 0)
        return card
