"""Files are whole or not there, and what a killed process left is cleared away."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from readiness.writers.whole import sweep_begun, whole

DYING = """
import os, sys
from pathlib import Path
from readiness.writers.whole import whole
with whole(Path(sys.argv[1]) / "page.html") as begun:
    begun.write_text("half")
    os.kill(os.getpid(), 9)
"""


def test_what_a_killed_process_had_begun_is_swept_and_nothing_else(tmp_path: Path) -> None:
    subprocess.run([sys.executable, "-c", DYING, str(tmp_path)], check=False)
    (left,) = tmp_path.iterdir()
    ours = tmp_path / f".readiness-{os.getpid()}-x"
    ours.mkdir()
    (tmp_path / ".readiness-notes").mkdir()
    (tmp_path / "page.html").write_text("whole", encoding="utf-8")
    sweep_begun(tmp_path)
    assert not left.exists()
    assert {path.name for path in tmp_path.iterdir()} == {ours.name, ".readiness-notes", "page.html"}


def test_what_is_interrupted_leaves_what_stood_there(tmp_path: Path) -> None:
    path = tmp_path / "page.html"
    path.write_text("before", encoding="utf-8")
    with pytest.raises(KeyboardInterrupt), whole(path) as begun:
        begun.write_text("half", encoding="utf-8")
        raise KeyboardInterrupt
    assert path.read_text(encoding="utf-8") == "before"
    assert list(tmp_path.iterdir()) == [path]
