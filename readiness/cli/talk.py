"""Talk: everything said to the user goes to stderr, so that stdout holds data alone."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from readiness.pipeline import Gathered

MOST_LISTED = 20


def tell(message: str) -> None:
    """One message, on stderr, in whatever characters the terminal has."""
    encoding = sys.stderr.encoding or "utf-8"
    sys.stderr.write(f"readiness: {message}".encode(encoding, "replace").decode(encoding) + "\n")
    sys.stderr.flush()


@contextmanager
def progress(doing: str) -> Iterator[None]:
    """A spinner on a terminal for what takes longer than a second; nothing elsewhere, and nothing for short work."""
    if not sys.stderr.isatty():
        yield
        return
    import threading

    done = threading.Event()

    def spin() -> None:
        if done.wait(1):
            return
        began = time.monotonic() - 1
        while not done.wait(0.1):
            sys.stderr.write(f"\r{doing} … {time.monotonic() - began:.0f} s")
            sys.stderr.flush()
        sys.stderr.write("\r\x1b[K")
        sys.stderr.flush()

    spinner = threading.Thread(target=spin, daemon=True)
    spinner.start()
    try:
        yield
    finally:
        done.set()
        spinner.join()


def tell_of_reading(gathered: Gathered) -> bool:
    """What could not be read, was set aside or ignored. Returns whether any cell could not be read."""
    for mode in gathered.modes:
        if mode.ignored:
            tell(f"ignored columns: {', '.join(mode.ignored)}")
        for remark in mode.remarks:
            tell(remark)
        for cell in mode.unread[:MOST_LISTED]:
            tell(str(cell))
        if mode.unread:
            more = len(mode.unread) - MOST_LISTED
            tell(f"{len(mode.unread)} cell(s) could not be read and count as missing" + (" (…)" if more > 0 else ""))
        if mode.set_aside:
            ids = ", ".join(mode.set_aside[:MOST_LISTED])
            tell(f"{len(mode.set_aside)} respondent(s) set aside, since their rows differ: {ids}")
    return any(mode.unread for mode in gathered.modes)
