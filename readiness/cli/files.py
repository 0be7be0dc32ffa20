"""Files that commands write: whole or not at all."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from readiness.faults import Fault, InputError


def write_text(path: Path, text: str) -> None:
    """Write a text, replacing what stood there only once all of it is on disk.

    Raises:
        InputError: the folder is missing or cannot be written to.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
        try:
            with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as file:
                file.write(text)
            Path(temporary).chmod(0o666 & ~_umask())
            Path(temporary).replace(path)
        except BaseException:
            Path(temporary).unlink(missing_ok=True)
            raise
    except OSError as error:
        what = f"cannot be written ({error.strerror or error})"
        raise InputError([Fault(str(path), None, what, "name another file")]) from error


def _umask() -> int:
    current = os.umask(0)
    os.umask(current)
    return current
