"""Talk: everything said to the user goes to stderr, so that stdout holds data alone."""

from __future__ import annotations

import codecs
import io
import re
import signal
import sys
import time
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from readiness.gathering import Gathered
    from readiness.responses.table import Unread

MOST_LISTED = 20
LONGEST_SHOWN = 80
SECRET = re.compile(r"\b([A-Za-z][A-Za-z0-9+.-]*:/{1,2}[^:/?#@\s]+):[^@\s]*@")
PASSWORD = re.compile(r"\b(password|token)=[^\s&;'\"]+", re.IGNORECASE)


def tell(message: str) -> None:
    """One message, on stderr. Control characters, which a file's name or a cell may hold, do not reach the terminal."""
    if sys.stderr is None:  # started without one
        return
    sys.stderr.write(f"readiness: {visible(without_passwords(message))}\n")
    sys.stderr.flush()


def without_passwords(text: str) -> str:
    """A text in which an address or a setting no longer tells a password."""
    return PASSWORD.sub(r"\1=…", SECRET.sub(r"\1@", text))


def give(data: str) -> None:
    """Data for another program, on stdout: UTF-8 and line ends as they are, whatever the terminal's code page.

    Bytes of a file's name that are no text become question marks.
    """
    if sys.stdout is None:
        return
    sys.stdout.flush()
    sys.stdout.buffer.write(data.encode(errors="replace"))
    sys.stdout.buffer.flush()


def say(lines: Iterable[str]) -> None:
    """Lines for a reader, on stdout, in the characters that a terminal has; nothing in them steers it."""
    if sys.stdout is None:
        return
    for line in lines:
        sys.stdout.write(f"{visible(line)}\n")
    sys.stdout.flush()


def visible(text: str) -> str:
    """The text without characters that would steer a terminal, or turn round what stands beside them."""
    return "".join("\N{REPLACEMENT CHARACTER}" if _steers(char) else char for char in text)


def _steers(char: str) -> bool:
    return unicodedata.category(char) in ("Cc", "Zl", "Zp") or unicodedata.bidirectional(char) in TURNING


TURNING = frozenset({"LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"})  # directions of writing
PLAINER = {
    **{"–": "-", "—": "-", "−": "-", "…": "...", "’": "'", "‘": "'", "“": '"', "”": '"', "≤": "<=", "≥": ">="},
    **{"•": "*", "↑": "up", "↓": "down", "→": "->"},
}


def speak_plainly() -> None:
    """Characters that a terminal's code page lacks are shown as the nearest it has, instead of ending the program."""
    codecs.register_error("readiness.plainly", _plainly)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="readiness.plainly")


def _plainly(error: UnicodeError) -> tuple[str, int]:
    """An encoding error's characters, each as a plainer one: punctuation by ASCII's, a letter without its accent."""
    assert isinstance(error, UnicodeEncodeError)
    lacking = error.object[error.start : error.end]
    plainer = (PLAINER.get(char) or unicodedata.normalize("NFKD", char)[0] for char in lacking)
    return "".join(spelled if spelled.isascii() else "?" for spelled in plainer), error.end


@dataclass
class Progress:
    """How far some work has come."""

    doing: str
    began: float = field(default_factory=time.monotonic)
    rows: int = 0  # told by whoever reads many

    def __str__(self) -> str:
        seconds = time.monotonic() - self.began
        if not self.rows:
            return f"{self.doing} … {seconds:.0f} s"
        return f"{self.doing} … {self.rows:,} rows, {seconds:.0f} s, {self.rows / max(seconds, 0.001):,.0f} rows/s"

    def read(self, rows: int) -> None:
        """So many rows have been read."""
        self.rows = rows


@contextmanager
def progress(doing: str) -> Iterator[Progress]:
    """A line on a terminal for what takes longer than a second; nothing elsewhere, and nothing for short work."""
    # Polars takes this signal over when it is imported, in a way that lets a read go on waiting.
    if hasattr(signal, "siginterrupt"):
        signal.siginterrupt(signal.SIGINT, True)
    state = Progress(doing)
    if sys.stderr is None or not sys.stderr.isatty():
        yield state
        return
    import threading

    done = threading.Event()

    def spin() -> None:
        if done.wait(1):
            return
        while not done.wait(0.1):
            sys.stderr.write(f"\r{state}\x1b[K")
            sys.stderr.flush()
        sys.stderr.write("\r\x1b[K")
        sys.stderr.flush()

    spinner = threading.Thread(target=spin, daemon=True)
    spinner.start()
    try:
        yield state
    finally:
        done.set()
        spinner.join()


def _columns(headers: Sequence[str]) -> str:
    """Headers that may be many, and whole questions each."""
    shown = [header if len(header) <= LONGEST_SHOWN else f"{header[: LONGEST_SHOWN - 1]}…" for header in headers]
    more = len(headers) - MOST_LISTED
    return ", ".join(shown[:MOST_LISTED]) + (f" and {more} more; readiness map says why" if more > 0 else "")


def _alike(cells: Sequence[Unread]) -> list[str]:
    """Cells that could not be read, those of one column that say the same in one line."""
    groups: dict[tuple[str, str, str], list[Unread]] = {}
    for cell in cells:
        groups.setdefault((cell.file, cell.column, cell.found), []).append(cell)
    return [f"{alike[0]}" + (f"; and {len(alike) - 1} more like it" if alike[1:] else "") for alike in groups.values()]


def tell_of_reading(gathered: Gathered) -> bool:
    """What could not be read, was set aside or ignored. Returns whether any cell could not be read."""
    for mode in gathered.modes:
        if mode.ignored:
            tell(f"ignored columns: {_columns(mode.ignored)}")
        for remark in mode.remarks:
            tell(remark)
        shown = _alike(mode.unread)
        for line in shown[:MOST_LISTED]:
            tell(line)
        if count := mode.unread_count:
            is_long = mode.unread and (count > len(shown) or len(shown) > MOST_LISTED)
            more = "; --rejects FILE.csv lists them all" if is_long else ""
            tell(f"{count} cell(s) could not be read and count as missing{more}")
        if mode.set_aside:
            ids = ", ".join(mode.set_aside[:MOST_LISTED])
            tell(f"{len(mode.set_aside)} respondent(s) set aside, since their rows differ: {ids}")
    return any(mode.unread_count for mode in gathered.modes)
