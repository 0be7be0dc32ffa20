"""ZIP archives that people hand in: damaged in some way or other, or packed so tightly that they are a trap."""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO, TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from readiness.faults import InputError

MOST_RATIO = 150  # the parts of real workbooks and documents are packed 3 to 40 times
HARMLESS = 8 << 20  # bytes that may be packed as tightly as they like
# What reading one raises: a directory or a checksum that is wrong, broken packing, a kind of packing that Python does
# not know, a password, an end that comes too soon, a date that is none, or a disk that fails.
_DAMAGED = (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError, ValueError, OSError)


@contextmanager
def opened(file: Path | IO[bytes], damaged: InputError) -> Iterator[zipfile.ZipFile]:
    """An archive to read from; where that turns out to be impossible, `damaged` is raised."""
    try:
        with zipfile.ZipFile(file) as archive:
            yield archive
    except _DAMAGED as error:
        raise damaged from error


def is_tight(part: zipfile.ZipInfo) -> bool:
    """Whether a part is packed as no real one is, by what the archive's directory says of it."""
    return part.file_size > HARMLESS and part.file_size > MOST_RATIO * max(part.compress_size, 1)
