"""What a report costs: the demo's, as a whole process, over scoring alone; and what its page weighs.

Run: python benchmarks/reporting.py [--pairs N]. Both are run in turn, so that a machine whose speed drifts slows both
alike; compiled templates are kept as on any machine that has made a report before.
"""

from __future__ import annotations

import argparse
import os
import re
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from side_by_side import machine

READINESS = str(Path(sys.executable).parent / "readiness")
MOST_SECONDS, MOST_BYTES = 0.4, 300_000
CARRIED = re.compile(r'href="?data:application/gzip;base64,[^" >]*')


def seconds(*command: str) -> float:
    """How long a command takes from start to end."""
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    began = time.perf_counter()
    subprocess.run([READINESS, *command], check=True, capture_output=True, env=kept)
    return time.perf_counter() - began


def main() -> None:
    """Pairs of runs, then the weight of the page in each language."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--pairs", type=int, default=9)
    pairs = parser.parse_args().pairs
    print(machine())
    with tempfile.TemporaryDirectory() as folder:
        demo = str(Path(folder) / "demo")
        seconds("demo", demo)
        for kind in ("html", "md"):
            score = ("score", demo, "--format", "json")
            report = ("report", demo, "--out", str(Path(folder) / f"report.{kind}"))
            both = [(seconds(*score), seconds(*report)) for _ in range(pairs)]
            over = statistics.median(reported - scored for scored, reported in both)
            least, most = (statistics.median(times) for times in zip(*both, strict=True))
            print(f"{kind}: report {most:.2f} s, scoring {least:.2f} s, over it {over:.2f} s (at most {MOST_SECONDS})")
        for language in ("en", "fr"):
            page = (Path(demo) / "reports" / f"report.{language}.html").read_text(encoding="utf-8")
            whole, beside = len(page.encode()), len(CARRIED.sub("", page).encode())
            print(f"{language}: {whole:,} bytes, {beside:,} beside the result it carries (at most {MOST_BYTES:,})")


if __name__ == "__main__":
    main()
