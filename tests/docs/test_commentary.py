"""docs/commentary.md: both ways to write a commentary say the same, and fit the demo."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

PAGE = Path(__file__).parents[2] / "docs/commentary.md"
COMMAND = str(Path(sys.executable).with_name("readiness"))


def test_both_examples_make_the_same_report(company: Path, tmp_path: Path) -> None:
    folder = Path(shutil.copytree(company, tmp_path / "demo"))
    (folder / "commentary.yaml").unlink()
    (folder / "results").mkdir(exist_ok=True)
    subprocess.run([COMMAND, "score", "demo", "--result", "demo/results/r.json"], cwd=tmp_path, check=True)
    reports = []
    for kind, name in (("yaml", "commentary.yaml"), ("markdown", "commentary.md")):
        (example,) = re.findall(rf"^```{kind}\n(.*?)^```", PAGE.read_text(encoding="utf-8"), re.DOTALL | re.MULTILINE)
        (folder / name).write_text(example, encoding="utf-8")
        told = subprocess.run(
            [COMMAND, "report", "demo/results/r.json", "--out", "r.md"],
            cwd=tmp_path,
            capture_output=True,
            text=True,
            check=True,
        ).stderr
        assert told == "readiness: wrote r.md\n"
        reports.append((tmp_path / "r.md").read_text(encoding="utf-8"))
        (folder / name).unlink()
    assert reports[0] == reports[1]
    assert "The hours were granted after the survey." in reports[0]
