"""Whatever happens to us or to a program that we run, nothing of it stays: no process, no folder."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from readiness.leftovers import STALE
from readiness.report.running import PREFIX, NoEndError, room, run
from tests.report.ending import emptied, ended, written

SLEEPING = "import time; time.sleep(600)"
STARTS = (
    "import pathlib, subprocess, sys, time\n"
    f"child = subprocess.Popen([sys.executable, '-c', {SLEEPING!r}])\n"
    "pathlib.Path(sys.argv[1]).write_text(str(child.pid))\n"
)


def test_what_a_program_leaves_running_is_ended_with_it(tmp_path: Path) -> None:
    told = tmp_path / "child"
    run([sys.executable, "-c", STARTS, str(told)], tmp_path, 60)
    assert ended(int(told.read_text()))


def test_a_child_that_went_its_own_way_does_not_keep_us_waiting(tmp_path: Path) -> None:
    away = (
        "import pathlib, subprocess, sys, time\n"
        f"child = subprocess.Popen([sys.executable, '-c', {SLEEPING!r}], start_new_session=True)\n"
        "pathlib.Path(sys.argv[1]).write_text(str(child.pid))\ntime.sleep(600)"
    )
    told = tmp_path / "child"
    with pytest.raises(NoEndError):
        run([sys.executable, "-c", away, str(told)], tmp_path, 5)
    os.kill(int(written(told)), signal.SIGKILL)


def test_what_it_complains_of_is_told(tmp_path: Path) -> None:
    assert run([sys.executable, "-c", "import sys; sys.exit('no room')"], tmp_path, 60) == "no room\n"


def test_when_we_are_killed_the_program_and_its_folder_go_too(tmp_path: Path) -> None:
    told = tmp_path / "told"
    script = (
        "import sys\nfrom pathlib import Path\nfrom readiness.report.running import room, run\n"
        "with room(Path(sys.argv[1])) as folder:\n"
        f"    run([sys.executable, '-c', {STARTS + 'time.sleep(600)'!r}, sys.argv[2]], folder, 600)\n"
    )
    (tmp_path / "rooms").mkdir()
    ours = subprocess.Popen([sys.executable, "-c", script, str(tmp_path / "rooms"), str(told)])
    child = int(written(told))
    assert len(list((tmp_path / "rooms").iterdir())) == 1
    ours.kill()
    ours.wait()
    assert ended(child)
    assert emptied(tmp_path / "rooms")


def test_the_next_room_is_made_once_old_ones_of_the_killed_are_gone(tmp_path: Path) -> None:
    gone = subprocess.Popen([sys.executable, "-c", ""])
    gone.wait()
    old = tmp_path / f"{PREFIX}{gone.pid}-abc"
    old.mkdir()
    os.utime(old, (time.time() - STALE - 60,) * 2)
    with room(tmp_path) as folder:
        assert list(tmp_path.iterdir()) == [folder]


def test_a_room_is_gone_afterwards_whatever_happened(tmp_path: Path) -> None:
    with pytest.raises(ZeroDivisionError), room(tmp_path) as folder:
        (folder / "page").write_text("x")
        _ = 1 / 0
    assert list(tmp_path.iterdir()) == []
