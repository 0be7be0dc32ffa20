"""Waiting for Spark so that a signal can end the wait.

A signal does not end a read from a socket here: Polars has the system begin such a read again, as if nothing had been.
So another thread reads, and this one looks up from time to time.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import TypeVar

EVERY = 0.1  # seconds
Made = TypeVar("Made")


def aside(make: Callable[[], Made], look: Callable[[], None] | None = None) -> Made:
    """What is made in another thread, in which Spark's library takes no signals for itself either.

    look: called now and then meanwhile; what it raises ends the wait as a signal does. A thread whose wait was ended is
    left to itself; it ends with what it waits for.
    """
    made: list[Made] = []
    raised: list[BaseException] = []

    def run() -> None:
        try:
            made.append(make())
        except BaseException as error:
            raised.append(error)

    thread = threading.Thread(target=run, daemon=True)
    thread.start()
    while thread.is_alive():
        thread.join(EVERY)
        if look is not None:
            look()
    if raised:
        raise raised[0]
    return made[0]
