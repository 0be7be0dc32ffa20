"""A foreign program, run within a time and in a folder of its own; neither of them outlives us.

Whoever is killed outright cannot clear up. So a watcher waits for the end of a pipe that only we hold open, and ends
the program then; what even it leaves behind, such as on Windows, is swept away before the next one.
"""

from __future__ import annotations

import contextlib
import os
import re
import shutil
import signal
import stat
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

PREFIX = "readiness-print-"
STALE = 600  # seconds after which a folder of somebody who no longer runs is swept away
_OWNED = re.compile(rf"{PREFIX}(\d+)-\w+")
# Reads the number of a group, waits for the end of what it reads, and ends the group and its folder.
_WATCH = 'read -r group; cat >/dev/null; [ -n "$group" ] && kill -s KILL -- "-$group"; rm -rf -- "$1"'


class NoEndError(Exception):
    """A program that did not finish in time."""


@contextlib.contextmanager
def room(inside: Path | None = None) -> Iterator[Path]:
    """A folder that is gone afterwards. inside: where, if not among the system's temporary files."""
    place = inside or Path(tempfile.gettempdir())
    sweep(place)
    with tempfile.TemporaryDirectory(prefix=f"{PREFIX}{os.getpid()}-", dir=place, ignore_cleanup_errors=True) as folder:
        yield Path(folder)


def sweep(place: Path) -> None:
    """Remove the folders of those who were killed: our own user's, of a process that no longer runs, and not fresh.

    Whoever prints in another container may have any number, and is done long before a folder counts as stale.
    """
    for folder in place.glob(f"{PREFIX}*"):
        owned = _OWNED.fullmatch(folder.name)
        with contextlib.suppress(OSError):
            if owned and _is_left(folder.lstat()) and not _runs(int(owned[1])):
                shutil.rmtree(folder, ignore_errors=True)


def _is_left(told: os.stat_result) -> bool:
    mine = sys.platform == "win32" or told.st_uid == os.geteuid()
    return mine and stat.S_ISDIR(told.st_mode) and time.time() - told.st_mtime > STALE


def _runs(process: int) -> bool:
    """Whether a process runs; on Windows nobody can ask without harm, and its age has to do."""
    if sys.platform == "win32":
        return False
    try:
        os.kill(process, 0)
    except (ProcessLookupError, OverflowError):
        return False
    except PermissionError:  # somebody else's
        return True
    return True


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
