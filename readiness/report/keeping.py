"""Compiled templates kept from run to run, as Python keeps its own: compiling them takes longer than rendering."""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from pathlib import Path

from jinja2 import FileSystemBytecodeCache
from jinja2.bccache import Bucket
from platformdirs import user_cache_path


class KeptTemplates(FileSystemBytecodeCache):
    """A folder of compiled templates, each named by its source. What cannot be kept is compiled again."""

    def load_bytecode(self, bucket: Bucket) -> None:
        """Find one template again, unless its file was broken, in whichever way."""
        try:
            super().load_bytecode(bucket)
        except Exception:
            bucket.reset()

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep one template, unless the disk is full."""
        with suppress(OSError):
            super().dump_bytecode(bucket)


def kept_templates() -> KeptTemplates | None:
    """Where this user's templates are kept; None where Python may not keep anything, or the folder cannot be made."""
    folder = user_cache_path("readiness") / "templates"
    if sys.dont_write_bytecode or not _made(folder):
        return None
    return KeptTemplates(str(folder))


def _made(folder: Path) -> bool:
    with suppress(OSError):
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return os.access(folder, os.W_OK)
