"""Waiting for what another process does in its own time."""

from __future__ import annotations

import os
import time
from pathlib import Path


def ended(process: int) -> bool:
    """Whether a process ends within some seconds; one that only waits to be collected has."""
    for _ in range(100):
        try:
            os.kill(process, 0)
            if Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] == "Z":
                return True
        except (ProcessLookupError, FileNotFoundError):
            return True
        time.sleep(0.1)
    return False


def written(path: Path) -> str:
    """What is in a file that is about to be written."""
    for _ in range(300):
        if path.exists() and (text := path.read_text()):
            return text
        time.sleep(0.1)
    raise AssertionError(f"{path} is never written")


def emptied(folder: Path) -> bool:
    """Whether a folder is empty within some seconds."""
    for _ in range(100):
        if not list(folder.iterdir()):
            return True
        time.sleep(0.1)
    return False
