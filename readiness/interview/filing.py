"""Doing what a merge has planned: each file is whole and on disk before it has its name, and none is overwritten."""

from __future__ import annotations

import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from readiness.faults import Fault, ResponseError
from readiness.interview.merging import Plan, Step, What

MODE = 0o600  # answers are personal: for the interviewer's own account only
_FLAGS = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
_COPIES = (What.COPIED, What.APART, What.DAMAGED)


@contextmanager
def alone(folder: Path) -> Iterator[None]:
    """Keeps every other merge out of a folder, from working out what is to be done until it is done.

    Raises:
        ResponseError: another one is under way, or the folder cannot be made.
    """
    with _reported(folder):
        folder.mkdir(parents=True, exist_ok=True)
    with _locked(folder, "another merge into this folder is under way", "wait for its end, then merge again"):
        yield


def carry_out(plan: Plan) -> Iterator[Step]:
    """Every step, each given back once it is done.

    Raises:
        ResponseError: a file cannot be written, is in use, or is not any more what it was when this was planned. What
            was done before is done, and doing it all again goes on from there.
    """
    for step in plan.steps:
        if step.what in _COPIES:
            put(step.target, step.source.data)
        elif step.what is What.EXTENDED:
            _extend(step)
        yield step


def put(path: Path, data: bytes) -> None:
    """A new file, under its name only once the disk has all of it.

    Raises:
        ResponseError: there is one already, or it cannot be written.
    """
    with _reported(path), _written(path, data) as begun:
        try:
            os.link(begun, path)
        except FileExistsError:
            raise
        except OSError:  # a file system without hard links
            if path.exists():
                raise FileExistsError(path) from None
            begun.rename(path)


def _extend(step: Step) -> None:
    """A journal gets a longer one's content, unless somebody is writing to it, or has."""
    path, source = step.target, step.source
    with _reported(path), _locked(path, "an interview is being held in this journal", "close it, then merge again"):
        if step.other is None or path.read_bytes() != step.other.data:
            raise ResponseError([Fault(str(path), None, "it has changed while this was worked out", "merge again")])
        if step.aside is not None:
            put(step.aside, step.other.data)
        with _written(path, source.data) as begun:
            begun.replace(path)


@contextmanager
def _written(path: Path, data: bytes) -> Iterator[Path]:
    """The content beside its place, on disk; whatever happens then, nothing is left beside. The folder is synced."""
    path.parent.mkdir(parents=True, exist_ok=True)
    begun = path.with_name(f".{path.name}.{secrets.token_hex(3)}")
    try:
        handle = os.open(begun, _FLAGS, MODE)
        try:
            rest = data
            while rest:
                rest = rest[os.write(handle, rest) :]
            os.fsync(handle)
        finally:
            os.close(handle)
        yield begun
    finally:
        with suppress(FileNotFoundError):
            begun.unlink()
    _sync(path.parent)


def _sync(folder: Path) -> None:
    """A name survives a power cut only when its folder's entry is on disk too. Windows has no such call."""
    if os.name == "posix":
        handle = os.open(folder, os.O_RDONLY)
        with suppress(OSError):  # some network file systems refuse it
            os.fsync(handle)
        os.close(handle)


@contextmanager
def _locked(path: Path, what: str, mend: str) -> Iterator[None]:
    """Keeps everybody else's lock from a file or folder. Where there are no locks, nobody is kept.

    what, mend: what to say where somebody has one already.
    """
    try:
        import fcntl
    except ImportError:
        yield
        return
    handle = os.open(path, os.O_RDONLY)
    try:
        with suppress(OSError):
            try:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                raise ResponseError([Fault(str(path), None, what, mend)]) from None
        yield
    finally:
        os.close(handle)


@contextmanager
def _reported(path: Path) -> Iterator[None]:
    """Turns what the system says into a fault of this file."""
    try:
        yield
    except FileExistsError as error:
        raise ResponseError([Fault(str(path), None, "there is a file already", "merge again")]) from error
    except OSError as error:
        what = f"cannot be written ({error.strerror or error})"
        mend = "check the path, its permissions and the space left, then merge again"
        raise ResponseError([Fault(str(path), None, what, mend)]) from error
