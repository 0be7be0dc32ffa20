"""Leftovers: folders that bear the number of the process that uses them, so that a later one can clear up.

Whoever is killed outright cannot do so. Nothing is removed that may still be in use.
"""

from __future__ import annotations

import os
import re
import shutil
import stat
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

UNFINISHED = ".readiness-"  # how folders begin that lie beside a file which is being written
STALE = 600  # seconds after which a folder among temporary files is left over if its process does not run
UNASKED = 86_400  # seconds after which a folder is left over where nobody can ask whether its process runs


@contextmanager
def own_folder(prefix: str, place: Path) -> Iterator[Path]:
    """A folder that nobody else may look into, and that is gone afterwards."""
    named = f"{prefix}{os.getpid()}-"
    with tempfile.TemporaryDirectory(prefix=named, dir=place, ignore_cleanup_errors=True) as folder:
        yield Path(folder)


def lasting_folder(prefix: str, place: Path) -> Path:
    """The same for whoever removes it later."""
    return Path(tempfile.mkdtemp(prefix=f"{prefix}{os.getpid()}-", dir=place))


def sweep(prefix: str, place: Path, stale: float = 0) -> None:
    """Remove such folders of ours whose process no longer runs.

    stale: seconds that they must not have been touched for, since a process in another container, which shares the
    place and not the numbers of processes, is not known to run.
    """
    owned = re.compile(rf"{re.escape(prefix)}(\d+)-\w+")
    for folder in place.glob(f"{prefix}*"):
        found = owned.fullmatch(folder.name)
        with suppress(OSError):
            if found and _is_left(int(found[1]), folder.lstat(), stale):
                shutil.rmtree(folder, ignore_errors=True)


def _is_left(process: int, told: os.stat_result, stale: float) -> bool:
    if not stat.S_ISDIR(told.st_mode):
        return False
    age = time.time() - told.st_mtime
    if sys.platform == "win32":  # there the question itself may end a process
        return age > (stale or UNASKED)
    return told.st_uid == os.geteuid() and age > stale and not _runs(process)


def _runs(process: int) -> bool:
    """Whether a process runs. Somebody else's may not be asked, and does."""
    try:
        os.kill(process, 0)
    except (ProcessLookupError, OverflowError):
        return False
    except OSError:
        return True
    return True
