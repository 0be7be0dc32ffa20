"""A foreign program, run within a time and in a folder of its own; neither of them outlives us.

Whoever is killed outright cannot clear up. So a watcher waits for the end of a pipe that only we hold open, and ends
the program then; what even it leaves behind, such as on Windows, is swept away before the next one.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from readiness.leftovers import STALE, own_folder, sweep

PREFIX = "readiness-print-"
# Reads the number of a group, waits for the end of what it reads, and ends the group and its folder.
_WATCH = 'read -r group; cat >/dev/null; [ -n "$group" ] && kill -s KILL -- "-$group"; rm -rf -- "$1"'


class NoEndError(Exception):
    """A program that did not finish in time."""


@contextlib.contextmanager
def room(inside: Path | None = None) -> Iterator[Path]:
    """A folder that is gone afterwards. inside: where, if not among the system's temporary files."""
    place = inside or Path(tempfile.gettempdir())
    sweep(PREFIX, place, STALE)
    with own_folder(PREFIX, place) as folder:
        yield folder


def run(command: Sequence[str], folder: Path, patience: float) -> str:
    """Run a program to its end, and return what it complained of. Whatever happens, it and what it started are gone.

    folder: its own, which goes with it. patience: in seconds.

    Raises:
        OSError: it cannot be started.
        NoEndError: it took longer.
    """
    said = folder / "said.txt"
    with _watcher(folder) as watcher, said.open("wb") as stream:
        process = subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=stream,  # a file: whoever holds a pipe open would keep us waiting
            start_new_session=True,  # a group of its own, so that it can be ended with what it started
        )
        try:
            _tell(watcher, process.pid)
            process.wait(timeout=patience)
        except subprocess.TimeoutExpired as error:
            raise NoEndError from error
        finally:
            _end(process)
    return said.read_bytes().decode(errors="replace")


@contextlib.contextmanager
def _watcher(folder: Path) -> Iterator[subprocess.Popen[bytes] | None]:
    """Whoever clears up after us where we cannot; None where there is no shell."""
    shell = None if sys.platform == "win32" else shutil.which("sh")
    if shell is None:
        yield None
        return
    quiet = subprocess.DEVNULL
    watcher = subprocess.Popen(
        [shell, "-c", _WATCH, shell, str(folder)],
        stdin=subprocess.PIPE,
        stdout=quiet,
        stderr=quiet,
        start_new_session=True,
    )
    try:
        yield watcher
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(watcher.pid, signal.SIGKILL)
        if watcher.stdin is not None:
            watcher.stdin.close()
        watcher.wait()


def _tell(watcher: subprocess.Popen[bytes] | None, group: int) -> None:
    if watcher is not None and watcher.stdin is not None:
        with contextlib.suppress(BrokenPipeError):
            watcher.stdin.write(b"%d\n" % group)
            watcher.stdin.flush()


def _end(process: subprocess.Popen[bytes]) -> None:
    """End a program with its children, those too that it left behind: only what was started here."""
    if sys.platform == "win32":
        process.kill()
    else:
        with contextlib.suppress(ProcessLookupError, PermissionError):  # macOS says the latter of those that ended
            os.killpg(process.pid, signal.SIGKILL)
    process.wait()
