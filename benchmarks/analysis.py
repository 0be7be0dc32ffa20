"""What the analysis costs: `score` with it beside `score` without, as whole processes in turn.

Run: python benchmarks/analysis.py [--rows 1000000] [--pairs 7]. On a machine that does nothing else.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path

from large_surveys import write
from side_by_side import machine, measured
from tables import table

READINESS = str(Path(sys.executable).parent / "readiness")
FOLDER = Path(tempfile.gettempdir()) / "readiness-bench"
BAR = 2.0
TABLES = {"everybody": [], "by unit": ["--by", "unit"], "by unit, by role": ["--by", "unit", "--by", "role"]}


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("--rows", type=int, default=1_000_000, help="respondents")
    parser.add_argument("--pairs", type=int, default=7, help="runs of each, in turn, after one that is not counted")
    options = parser.parse_args()
    FOLDER.mkdir(parents=True, exist_ok=True)
    survey = FOLDER / f"integers-{options.rows}.csv"
    if not survey.exists():
        write(survey, options.rows, labels=False)
    print(f"{machine()}\n\n{options.rows:,} respondents, {options.pairs} pairs, medians\n")
    lines = [line(name, survey, by, options.pairs) for name, by in TABLES.items()]
    print(table(["tables", "with analysis", "without", "ratio", "bar", "MB with", "MB without"], lines))
    return 0


def line(name: str, survey: Path, by: list[str], pairs: int) -> list[str]:
    """One line of the table."""
    command = [READINESS, "score", str(survey), *by]
    runs = [(measured(command), measured([*command, "--no-analysis"])) for _ in range(pairs + 1)][1:]
    ours, theirs = sorted(a.seconds for a, _ in runs), sorted(b.seconds for _, b in runs)
    ratio = sorted(a.seconds / b.seconds for a, b in runs)[pairs // 2]
    peaks = [f"{max(run[place].peak for run in runs):.0f}" for place in (0, 1)]
    return [name, f"{ours[pairs // 2]:.2f} s", f"{theirs[pairs // 2]:.2f} s", f"{ratio:.2f} ×", f"{BAR} ×", *peaks]


if __name__ == "__main__":
    sys.exit(main())
