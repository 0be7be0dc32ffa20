"""How fast unit reports are written, and what they hold in memory: a thousand of them beside one, from the same result.

Run: python benchmarks/unit_reports.py [--units N] [--people N]. A survey is invented and scored once, in another
process; then reports are written in fresh processes, one core each: one report, all of them, and all once more where
they are there already. Seconds are those of the writing, without reading the result, and with working out the rest.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

WRITING = """
import gc, json, resource, sys, time
from pathlib import Path
gc.set_threshold(500_000, 20, 50)  # as the command line does
result_file, folder, most = sys.argv[1], sys.argv[2], int(sys.argv[3])
from readiness.analysis.against import against
from readiness.cli.reporting import read_result
from readiness.framework import catalogue
from readiness.framework.loading import load
from readiness.report.edition import PLAIN
from readiness.report.units.table import units_of
from readiness.report.units.writing import Run, write_units
result = read_result(Path(result_file))
framework = load(catalogue.find(result.framework.id))
units = units_of(result, ("unit",))
shown = [unit for unit in units if unit.file][:most]
run = Run(result, ("unit",), shown, "en", PLAIN, Path(folder))
spent = []
def rests(groups):
    found = against(result, framework, groups)
    while True:
        began = time.process_time()
        one = next(found, None)
        spent.append(time.process_time() - began)
        if one is None:
            return
        yield one
began, wall = time.process_time(), time.perf_counter()
outcome = write_units(run, rests, lambda done, total: None)
cpu, wall = time.process_time() - began, time.perf_counter() - wall
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1 if sys.platform == "darwin" else 1024) / 1e6
print(json.dumps({"written": outcome.written, "kept": outcome.kept, "cpu": cpu, "wall": wall, "rest": sum(spent),
                  "peak": peak, "smallest": min(unit.group.n for unit in shown)}))
"""


def wrote(result: Path, folder: Path, most: int) -> dict[str, float]:
    """One process that writes reports."""
    one_thread = {**os.environ, "POLARS_MAX_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}
    command = [sys.executable, "-c", WRITING, str(result), str(folder), str(most)]
    done = subprocess.run(command, check=True, capture_output=True, text=True, env=one_thread)
    return dict(json.loads(done.stdout))


def main() -> None:
    """Survey, result, then the three processes."""
    parser = argparse.ArgumentParser(description="How fast unit reports are written.")
    parser.add_argument("--units", type=int, default=1000)
    parser.add_argument("--people", type=int, default=25, help="a unit, on average")
    parser.add_argument("--result", type=Path, help="a result that is there already")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        home = Path(name)
        result = asked.result or home / "result.json"
        if asked.result is None:
            inventing = (
                f"from pathlib import Path; from large_surveys import write; "
                f"write(Path({str(home / 'survey.csv')!r}), {asked.units * asked.people}, labels=False, "
                f"units={asked.units})"
            )
            subprocess.run([sys.executable, "-c", inventing], check=True, cwd=Path(__file__).parent)
            readiness = Path(sys.executable).parent / "readiness"
            scoring = [str(readiness), "score", str(home / "survey.csv"), "--by", "unit", "--result", str(result)]
            subprocess.run(scoring, check=True, stdout=subprocess.DEVNULL)
        one = wrote(result, home / "one", 1)
        every = wrote(result, home / "all", sys.maxsize)
        again = wrote(result, home / "all", sys.maxsize)
        sizes = [path.stat().st_size for path in (home / "all").glob("*-*.html")]
        index = (home / "all" / "index.html").stat().st_size
    print("| | reports | CPU seconds | wall | of these the rest | reports a second | peak memory |")
    print("|---|---|---|---|---|---|---|")
    for what, run in (("one", one), ("all", every), ("all again", again)):
        n = run["written"] or run["kept"]
        rate = n / run["cpu"]
        print(
            f"| {what} | {n:.0f} | {run['cpu']:.2f} | {run['wall']:.2f} | {run['rest']:.2f} | {rate:.0f} | "
            f"{run['peak']:.0f} MB |"
        )
    print(f"smallest unit: {every['smallest']:.0f} people; memory above one: {every['peak'] - one['peak']:.0f} MB")
    print(f"pages of {min(sizes) / 1000:.0f} to {max(sizes) / 1000:.0f} kB; index {index / 1000:.0f} kB")


if __name__ == "__main__":
    main()
