"""A program on a pseudo terminal, and what it has painted there. It needs no terminal of its own, and waits for nothing
but what is written; not on Windows.
"""

from __future__ import annotations

import codecs
import fcntl
import os
import pty
import re
import select
import signal
import struct
import termios
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path

ROWS, COLUMNS = 24, 80
TERM = "xterm-256color"
TOKEN = re.compile(
    r"\x1b\[(?P<numbers>[0-?]*)[ -/]*(?P<what>[@-~])"  # moves and colours; of these only a move to a place counts
    r"|\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)"  # titles and pointers
    r"|\x1b[^\[\]]"
    r"|[\x00-\x1a\x1c-\x1f\x7f]"
    r"|(?P<text>[^\x00-\x1f\x7f]+)"
)
PLACE = re.compile(r"· (\d+ of \d+)")
UNFINISHED = re.compile(r"\x1b(?:\[[0-?]*[ -/]*|\][^\x07\x1b]*\x1b?)?$")


class Painted:
    """What stands on a screen, of a program that places every text itself. Each character takes one cell."""

    def __init__(self) -> None:
        self._cells = [[" "] * COLUMNS for _ in range(ROWS)]
        self._row = self._column = 0
        self._decoder = codecs.getincrementaldecoder("utf-8")("replace")
        self._rest = ""

    @property
    def rows(self) -> list[str]:
        """From the top, without blanks at the ends."""
        return ["".join(cells).strip() for cells in self._cells]

    def __str__(self) -> str:
        return "\n".join("".join(cells).rstrip() for cells in self._cells)

    def take(self, written: bytes) -> None:
        """Paints what was written. A sequence that is cut off waits for its end."""
        text = self._rest + self._decoder.decode(written)
        cut = UNFINISHED.search(text)
        self._rest = cut.group() if cut else ""
        for token in TOKEN.finditer(text, 0, cut.start() if cut else len(text)):
            if token["text"]:
                self._write(token["text"])
            elif token["what"] == "H":
                row, _, column = token["numbers"].partition(";")
                self._row, self._column = int(row or 1) - 1, int(column or 1) - 1
            elif token["what"] == "J":
                self._cells = [[" "] * COLUMNS for _ in range(ROWS)]
            elif token.group() == "\r":
                self._column = 0
            elif token.group() == "\n":
                self._feed()

    def _write(self, text: str) -> None:
        if 0 <= self._row < ROWS:
            shown = text[: max(0, COLUMNS - self._column)]
            self._cells[self._row][self._column : self._column + len(shown)] = shown
        self._column += len(text)

    def _feed(self) -> None:
        if self._row < ROWS - 1:
            self._row += 1
        else:
            self._cells = [*self._cells[1:], [" "] * COLUMNS]


class PseudoTerminal:
    """A program that believes to run in a terminal of 80 × 24. Ends with it when used in a `with` block."""

    def __init__(self, command: Sequence[str]) -> None:
        self.began = time.perf_counter()
        self.painted = Painted()
        self.written = bytearray()  # everything, from the beginning
        self.status: int | None = None
        self._process, self._handle = pty.fork()
        if not self._process:
            os.environ["TERM"] = TERM
            # In the child, so that the program never sees another size.
            fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", ROWS, COLUMNS, 0, 0))
            os.execv(command[0], list(command))

    def __enter__(self) -> PseudoTerminal:
        return self

    def __exit__(self, *_: object) -> None:
        self.kill()
        self.close()

    def send(self, keys: str) -> float:
        """Presses keys; when."""
        sent = time.perf_counter()
        with suppress(OSError):  # it has ended, as `read` will tell
            os.write(self._handle, keys.encode())
        return sent

    def read(self, until: float) -> float | None:
        """Paints the next that is written; when it came, or None if by `until` nothing has come or ever will."""
        left = max(0.0, until - time.perf_counter())
        if not select.select([self._handle], [], [], left)[0]:
            return None
        try:
            written = os.read(self._handle, 65_536)
        except OSError:  # Linux says so where nobody can write any more
            return None
        came = time.perf_counter()
        self.written += written
        self.painted.take(written)
        return came if written else None

    def wait(self, seen: Callable[[], bool], until: float) -> float | None:
        """Reads until something is seen; when the last of it came, or None if it is not by `until` or never will be."""
        came: float | None = time.perf_counter()
        while not seen():
            came = self.read(until)
            if came is None:
                return None
        return came

    def drain(self, seconds: float = 10) -> None:
        """Reads what is left of a program that has ended or is about to."""
        until = time.perf_counter() + seconds
        while self.read(until) is not None:
            pass

    def kill(self) -> None:
        """As `kill -9` does; what it has written before can still be read."""
        if self.status is None:
            os.kill(self._process, signal.SIGKILL)
            self.ended()

    def close(self) -> None:
        """Lets the terminal go."""
        os.close(self._handle)

    def ended(self) -> int:
        """Waits for its end; the exit code, or minus the signal that ended it."""
        if self.status is None:
            self.status = os.waitstatus_to_exitcode(os.waitpid(self._process, 0)[1])
        return self.status


def place(painted: Painted) -> str | None:
    """Which question of how many the interview's full screen shows, as "3 of 90"; it may stand on two lines."""
    middle = " ".join(row.split("│")[1].strip() for row in painted.rows if row.count("│") > 1)
    found = PLACE.search(middle)
    return found[1] if found else None


def keep_bytecode(folder: Path) -> None:
    """What is started from now on compiles a module once, as of an installed program, whatever has been edited."""
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    os.environ["PYTHONPYCACHEPREFIX"] = str(folder)


def load() -> str:
    """How busy the machine is, these processes among it."""
    return f"load average {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores"
