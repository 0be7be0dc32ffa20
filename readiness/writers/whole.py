"""Files written whole or not at all. Imports nothing that takes long."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from readiness.faults import Fault, InputError
from readiness.leftovers import UNFINISHED, own_folder, sweep


@contextmanager
def whole(path: Path) -> Iterator[Path]:
    """A file to write to, which replaces `path` once the block has ended, and is removed if anything ends it early.

    It lies in a folder of its own beside `path`, which nobody else may look into and where further temporary files may
    be kept: whatever is being written may be confidential.

    Raises:
        InputError: the folder is missing or cannot be written to, or the disk is full.
    """
    try:
        if path.is_dir():  # said before the work and not after it
            raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(path))
        path.parent.mkdir(parents=True, exist_ok=True)
        with own_folder(UNFINISHED, path.parent) as folder:
            begun = folder / path.name
            yield begun
            begun.replace(path)
    except OSError as error:
        if error.filename is not None and not _is_ours(str(error.filename), path):
            raise  # some other file, such as one being read meanwhile
        what = f"cannot be written ({error.strerror or error})"
        raise InputError([Fault(str(path), None, what, "name another file")]) from error


def sweep_begun(folder: Path) -> None:
    """Remove what a process that was killed had begun to write into a folder, and could not remove itself."""
    sweep(UNFINISHED, folder)


def _is_ours(name: str, path: Path) -> bool:
    """Whether a file is the one that is written, a folder above it, or a temporary one beside it."""
    found, parent = Path(os.path.abspath(name)), Path(os.path.abspath(path.parent))  # noqa: PTH100 links stay as named
    return found in (parent, *parent.parents) or parent in found.parents
