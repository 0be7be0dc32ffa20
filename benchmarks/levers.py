"""How long the way out takes: every group of the demo, and profiles drawn at random, with and without limits.

Run: python benchmarks/levers.py [--profiles N]. The search alone is timed, of a framework that is loaded already; then
the whole process, once.
"""

from __future__ import annotations

import argparse
import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from pathlib import Path

from readiness.analysis.levers.way_out import way_out
from readiness.demo import write_demo
from readiness.framework.catalogue import find
from readiness.framework.loading import load
from readiness.framework.models import Framework
from readiness.pipeline import gather, scored
from readiness.responses.limits import Limit
from readiness.scoring.result import Estimate, Group

Values = Mapping[str, float | None]


def of_the_demo(company: Path) -> Iterator[Values]:
    """Everybody and every group that is shown."""
    result = scored(gather([company])).result
    for group in (result.overall, *result.groups):
        if isinstance(group, Group):
            yield {id_: one.value if isinstance(one, Estimate) else None for id_, one in group.indicators.items()}


def drawn(framework: Framework, rng: random.Random) -> Values:
    """A profile between anything at all and the worst of everything."""
    bad = rng.random()
    worst = {"high": (0.0, 40.0), "low": (60.0, 100.0), "none": (0.0, 100.0)}
    return {
        i.id: rng.uniform(*(worst[i.desired] if rng.random() < bad else (0.0, 100.0)))
        for i in framework.indicators.values()
    }


def limits(framework: Framework, rng: random.Random, most: int) -> list[Limit]:
    """Some indicators held, or let go a part of their way."""
    ids = rng.sample(sorted(framework.indicators), rng.randint(0, most))
    return [Limit(id_, None if rng.random() < 0.5 else rng.uniform(0, 100)) for id_ in ids]


def told(name: str, times: list[float], present: list[int]) -> None:
    """One line of the table."""
    middle, most = (f"{1000 * figure:.0f} ms" for figure in (statistics.median(times), max(times)))
    print(f"| {name} | {len(times)} | {statistics.mean(present):.1f} | {middle} | {most} |")


def main() -> None:
    parser = argparse.ArgumentParser(description="How long the way out takes.")
    parser.add_argument("--profiles", type=int, default=200)
    asked = parser.parse_args()
    framework = load(find("enterprise-2.0"))
    rng = random.Random(6)
    profiles = [drawn(framework, rng) for _ in range(asked.profiles)]
    print("| profiles | how many | scenarios present | median | longest |\n|---|---|---|---|---|")
    with tempfile.TemporaryDirectory() as folder:
        company = write_demo(Path(folder) / "demo")
        runs: dict[str, list[tuple[Values, list[Limit]]]] = {
            "groups of the demo": [(values, []) for values in of_the_demo(company)],
            "drawn": [(values, []) for values in profiles],
            "drawn, with up to ten limits": [(values, limits(framework, rng, 10)) for values in profiles],
        }
        for name, run in runs.items():
            times, present = [], []
            for values, held in run:
                began = time.perf_counter()
                found = way_out(framework, values, held)
                times.append(time.perf_counter() - began)
                present.append(len(found.present))
            told(name, times, present)
        command = [str(Path(sys.executable).with_name("readiness"))]
        result = Path(folder) / "result.json"
        subprocess.run([*command, "score", company, "--result", result], check=True, capture_output=True)
        began = time.perf_counter()
        subprocess.run([*command, "levers", result, "--group", "unit=Stores"], check=True, capture_output=True)
        print(f"\nreadiness levers result.json, the whole process: {time.perf_counter() - began:.2f} s")


if __name__ == "__main__":
    main()
