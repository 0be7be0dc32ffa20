"""Timings beside something to measure them by: `make bench`. The ratios matter; seconds are this machine's today."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from side_by_side import compare

BIN = Path(sys.executable).parent
READINESS = str(BIN / "readiness")
ONE_COMMAND = """
import typer
app = typer.Typer(pretty_exceptions_enable=False)

@app.command()
def hello(name: str) -> None:
    "Say hello."

app()
"""
BARE_IMPORT = "import polars, narwhals, pydantic, yaml"


def show(what: str, ours: list[str], theirs: list[str], bar: float, pairs: int = 15) -> None:
    """One line of the table."""
    measured = compare(ours, theirs, pairs)
    line = f"{measured.ours * 1000:7.0f} ms {measured.theirs * 1000:7.0f} ms {measured.ratio:6.2f} ×   bar {bar} ×"
    print(f"{what:44}{line}", flush=True)


def main() -> None:
    """Every comparison in turn."""
    with tempfile.TemporaryDirectory() as folder:
        app = Path(folder) / "one_command.py"
        app.write_text(ONE_COMMAND)
        demo = Path(folder) / "demo"
        compare([READINESS, "demo", str(demo)], [sys.executable, "-c", "pass"], pairs=1)
        print(f"{'':44}{'ours':>10} {'beside':>10} {'ratio':>8}")
        show("--help / one-command Typer app", [READINESS, "--help"], [sys.executable, str(app), "--help"], 1.3)
        beside = [sys.executable, str(app), "--help"]
        show("score --help / one-command Typer app", [READINESS, "score", "--help"], beside, 1.3)
        bare = [sys.executable, "-c", BARE_IMPORT]
        show("score demo / bare import of its libraries", [READINESS, "score", str(demo)], bare, 2.5)
        json = [READINESS, "score", str(demo), "--format", "json"]
        show("score demo --format json / the same", json, bare, 2.5)
        report = [READINESS, "report", str(demo / "results/result.json"), "--out", str(Path(folder) / "r.html")]
        show("report from a result / bare Python", report, bare, 2.5, pairs=5)


main()
