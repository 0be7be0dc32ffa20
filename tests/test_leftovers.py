"""Folders of processes that were killed are removed, and nothing that may be in use or is somebody else's."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from readiness import leftovers
from readiness.leftovers import STALE, UNASKED, own_folder, sweep

PREFIX = "readiness-x-"


@pytest.fixture(scope="module")
def gone() -> int:
    """The number of a process that has ended."""
    process = subprocess.Popen([sys.executable, "-c", ""])
    process.wait()
    return process.pid


def left(place: Path, name: str, age: float) -> Path:
    folder = place / name
    folder.mkdir()
    (folder / "report.html").write_text("secret", encoding="utf-8")
    os.utime(folder, (time.time() - age, time.time() - age))
    return folder


def test_only_old_folders_of_those_who_no_longer_run_are_swept(gone: int, tmp_path: Path) -> None:
    stale = left(tmp_path, f"{PREFIX}{gone}-abc", STALE + 60)
    kept = [
        left(tmp_path, f"{PREFIX}{gone}-fresh", 1),
        left(tmp_path, f"{PREFIX}{os.getpid()}-abc", STALE + 60),
        left(tmp_path, f"{PREFIX}mine", STALE + 60),
        left(tmp_path, "readiness-other", STALE + 60),
    ]
    outside = left(tmp_path, "outside", STALE + 60)
    link = tmp_path / f"{PREFIX}{gone}-link"
    link.symlink_to(outside)
    sweep(PREFIX, tmp_path, STALE)
    assert not stale.exists()
    assert all((folder / "report.html").exists() for folder in (*kept, outside))


def test_where_no_other_machine_s_processes_write_age_does_not_matter(gone: int, tmp_path: Path) -> None:
    fresh = left(tmp_path, f"{PREFIX}{gone}-abc", 0)
    sweep(PREFIX, tmp_path)
    assert not fresh.exists()


def test_a_number_that_no_process_can_have_is_nobody_s(tmp_path: Path) -> None:
    folder = left(tmp_path, f"{PREFIX}{10**30}-abc", 1)
    sweep(PREFIX, tmp_path)
    assert not folder.exists()


@pytest.mark.parametrize(("stale", "age", "goes"), [(0, UNASKED - 60, False), (0, UNASKED + 60, True), (9, 60, True)])
def test_where_nobody_can_ask_whether_a_process_runs_age_tells(
    stale: float, age: float, goes: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = left(tmp_path, f"{PREFIX}{os.getpid()}-abc", age)
    monkeypatch.setattr(leftovers.sys, "platform", "win32")
    sweep(PREFIX, tmp_path, stale)
    assert folder.exists() is not goes


def test_a_folder_of_one_s_own_is_nobody_else_s_and_gone_afterwards(tmp_path: Path) -> None:
    with pytest.raises(ZeroDivisionError), own_folder(PREFIX, tmp_path) as folder:
        assert folder.name.startswith(f"{PREFIX}{os.getpid()}-")
        assert folder.stat().st_mode & 0o077 == 0
        _ = 1 / 0
    assert list(tmp_path.iterdir()) == []
