"""Writing the journal: an event is on disk before it is acknowledged, and one process at a time writes a file."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType

from readiness.faults import Fault, ResponseError
from readiness.responses.journal import Event, Header, Journal, encode_line, read_journal

Clock = Callable[[], datetime]

# Answers are personal: for the interviewer's own account only.
_MODE = 0o600
_FLAGS = os.O_RDWR | getattr(os, "O_BINARY", 0) | getattr(os, "O_NOINHERIT", 0)
# What a file system answers that knows no locks: the interview goes on without one.
_NO_LOCKS = (errno.ENOLCK, errno.ENOSYS, errno.ENOTSUP, errno.EOPNOTSUPP)


class NotKeptError(OSError):
    """An event could not be written. The journal is as it was before, and the event may be tried again."""


def now() -> datetime:
    """The time, in UTC."""
    return datetime.now(UTC)


class Writer:
    """A journal held open, and locked, for writing. Use it in a `with` block, or close it."""

    def __init__(self, path: Path, handle: int, length: int, seq: int, clock: Clock) -> None:
        """handle: of the locked file. length: its bytes. seq: of its last event. See `create` and `resume`."""
        self.path = path
        self._handle = handle
        self._length = length
        self._seq = seq
        self._clock = clock

    def __enter__(self) -> Writer:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def append(self, event: Event) -> Event:
        """Writes an event behind the others, numbered and timed, and returns when the disk has it.

        Raises NotKeptError if the disk does not take it, or if the file is no longer the one that was opened.
        """
        at = self._clock().astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
        numbered = replace(event, seq=self._seq + 1, at=at)
        line = encode_line(numbered.record())
        self._check_place()
        try:
            _write(self._handle, line)
            os.fsync(self._handle)
        except OSError as error:
            # Half a line would be a torn one in the middle as soon as the next is written.
            with suppress(OSError):
                os.ftruncate(self._handle, self._length)
                os.lseek(self._handle, self._length, os.SEEK_SET)
            raise NotKeptError(error.errno, error.strerror or str(error)) from error
        self._length += len(line)
        self._seq += 1
        return numbered

    def close(self) -> None:
        """Lets the file go, and with it the lock."""
        if self._handle >= 0:
            os.close(self._handle)
            self._handle = -1

    def _check_place(self) -> None:
        # What is written into a file that was moved away or deleted is lost when it is closed.
        try:
            named, held = self.path.stat(), os.fstat(self._handle)
        except OSError as error:
            raise NotKeptError(error.errno, f"{self.path} is not where it was: {error.strerror}") from error
        if (named.st_ino, named.st_dev) != (held.st_ino, held.st_dev):
            raise NotKeptError(0, f"another file has taken the place of {self.path}")
        if held.st_size != self._length:
            raise NotKeptError(0, f"something else has written to {self.path}")


def create(path: Path, header: Header, clock: Clock = now) -> Writer:
    """A new journal: its header is on disk, under its name, when this returns.

    It is written beside its place and then put there whole, so that no moment shows a journal without a header. An
    empty file in its place is filled. Raises ResponseError if there is a file already, or none can be written.
    """
    line = encode_line(header.record())
    with _reported(path):
        path.parent.mkdir(parents=True, exist_ok=True)
        empty = path.is_file() and path.stat().st_size == 0
        # Windows neither renames nor links a file that is open.
        direct = empty or os.name == "nt"
        beside = path if direct else path.with_name(f".{path.name}.new")
        handle = _open_locked(beside, path, os.O_CREAT if empty or not direct else os.O_CREAT | os.O_EXCL)
        try:
            os.ftruncate(handle, 0)
            _write(handle, line)
            os.fsync(handle)
            if not direct:
                _put(beside, path)
            _sync_folder(path.parent)
        except BaseException:
            os.close(handle)
            raise
    return Writer(path, handle, len(line), 0, clock)


def resume(path: Path, clock: Clock = now) -> tuple[Writer, Journal]:
    """A journal taken up again, read under its lock, with a torn end cut off.

    Raises ResponseError if it is no journal, cannot be read or written, or is open elsewhere.
    """
    with _reported(path):
        handle = _open_locked(path, path)
        try:
            journal = read_journal(path)
            length = _mend(handle, journal.keep)
        except BaseException:
            os.close(handle)
            raise
    return Writer(path, handle, length, journal.last_seq, clock), journal


def _mend(handle: int, keep: int) -> int:
    """Cuts the file to its first `keep` bytes and ends its last line; the length after that, in bytes."""
    if os.fstat(handle).st_size != keep:
        os.ftruncate(handle, keep)
    os.lseek(handle, keep - 1, os.SEEK_SET)
    if os.read(handle, 1) != b"\n":
        _write(handle, b"\n")
    os.fsync(handle)
    return os.lseek(handle, 0, os.SEEK_END)


def _write(handle: int, content: bytes) -> None:
    while content:
        content = content[os.write(handle, content) :]


def _put(beside: Path, path: Path) -> None:
    """Gives the file its name, unless that name is taken."""
    try:
        os.link(beside, path)
    except FileExistsError:
        beside.unlink()
        raise
    except OSError:  # a file system without hard links
        if path.exists():
            raise FileExistsError(path) from None
        beside.rename(path)
    else:
        beside.unlink()


def _sync_folder(folder: Path) -> None:
    """A new file survives a power cut only when its folder's entry is on disk too. Windows has no such call."""
    if os.name == "posix":
        handle = os.open(folder, os.O_RDONLY)
        with suppress(OSError):  # some network file systems refuse it
            os.fsync(handle)
        os.close(handle)


def _open_locked(path: Path, name: Path, flags: int = 0) -> int:
    handle = os.open(path, _FLAGS | flags, _MODE)
    try:
        _lock(handle)
    except OSError as error:
        if error.errno in _NO_LOCKS:
            return handle
        os.close(handle)
        if not isinstance(error, BlockingIOError | PermissionError):
            raise
        what = "another interview has this journal open"
        raise ResponseError([Fault(str(name), None, what, "close it there first, or begin a new journal")]) from None
    return handle


def _lock(handle: int) -> None:
    """Locks the file until it is closed or the process ends. Raises BlockingIOError or PermissionError if it is."""
    try:
        import fcntl
    except ImportError:
        import msvcrt

        # Far behind the end: Windows refuses even to read what is locked, and a journal may be read at any time.
        os.lseek(handle, 2**30, os.SEEK_SET)
        msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined,unused-ignore]
        os.lseek(handle, 0, os.SEEK_SET)
    else:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)


@contextmanager
def _reported(path: Path) -> Iterator[None]:
    """Turns what the system says into a fault of this file."""
    try:
        yield
    except OSError as error:
        if isinstance(error, FileExistsError) and path.exists():
            fault = Fault(str(path), None, "there is a file already", "take it up, or choose another name")
        else:
            what = f"cannot be written ({error.strerror or error})"
            fault = Fault(str(path), None, what, "check the path, its permissions and the space left")
        raise ResponseError([fault]) from error
