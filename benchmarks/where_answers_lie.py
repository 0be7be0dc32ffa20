"""The same survey scored here, by DuckDB, and by Spark on one core, two cores and a cluster of two workers.

Run: python benchmarks/where_answers_lie.py FOLDER [--rows 1000000] [--only polars duckdb local[2] …] [--by unit …]

FOLDER takes the survey, as Parquet files of half a million respondents and, for Polars at its best, one CSV. Seconds
are of whole processes; those behind the start are less a run over a hundred respondents. Memory is the most that the
command and what runs for it on this machine held, but for workers, which are other machines. Results have to be the
same bytes.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import polars as pl

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from large_surveys import _chunk  # noqa: E402
from tables import table  # noqa: E402

from readiness.framework import catalogue  # noqa: E402
from readiness.framework.loading import load  # noqa: E402
from tests.responses.engines.cluster import standalone  # noqa: E402

PART, FEW, UNITS = 500_000, 100, 40
READINESS = str(Path(sys.executable).parent / "readiness")
MODES = ("polars csv", "polars", "duckdb", "local[1]", "local[2]", "cluster")


def written(folder: Path, rows: int) -> Path:
    """A folder of Parquet, unless it is there."""
    lake = folder / f"lake-{rows}"
    if not lake.is_dir():
        framework = load(catalogue.find(catalogue.DEFAULT))
        beside = lake.with_suffix(".part")
        beside.mkdir(parents=True, exist_ok=True)
        for start in range(0, rows, PART):
            frame = _chunk(framework, start, min(PART, rows - start), False, UNITS)
            small = [pl.col(name).cast(pl.Int8) for name in frame.columns if name in framework.items]
            frame.with_columns(small).write_parquet(beside / f"part-{start // PART:03}.parquet")
        beside.rename(lake)
    return lake


def as_csv(lake: Path) -> Path:
    """The same in one CSV file."""
    path = lake.with_suffix(".csv")
    if not path.is_file():
        pl.scan_parquet(lake / "*.parquet").sink_csv(path)
    return path


def one_file(lake: Path) -> Path:
    """The same in one Parquet file."""
    path = lake.with_suffix(".parquet")
    if not path.is_file():
        pl.scan_parquet(lake / "*.parquet").sink_parquet(path)
    return path


def ran(lake: Path, mode: str, asked: list[str], env: Mapping[str, str]) -> tuple[float, int, bytes]:
    """Seconds, the most kilobytes at once, and what was printed."""
    source = as_csv(lake) if mode == "polars csv" else one_file(lake) if mode == "polars" else lake
    engine = [] if mode.startswith("polars") else ["--engine", "duckdb" if mode == "duckdb" else "spark"]
    command = [READINESS, "score", str(source), *engine, *asked, "--format", "json"]
    began, most = time.monotonic(), 0
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
        process = subprocess.Popen(command, stdout=out, stderr=err, env={**os.environ, **env})
        while process.poll() is None:
            most = max(most, sum(resident(pid) for pid in family(process.pid)))
            time.sleep(0.1)
        seconds = time.monotonic() - began
        out.seek(0)
        err.seek(0)
        if process.returncode:
            raise SystemExit(err.read().decode())
        return seconds, most, out.read()


def family(pid: int) -> Iterator[int]:
    """A process and everything that it has begun."""
    yield pid
    try:
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    except OSError:
        return
    for child in children:
        yield from family(int(child))


def resident(pid: int) -> int:
    """Kilobytes that a process holds in memory."""
    try:
        lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) for line in lines if line.startswith("VmRSS")), 0)


@contextmanager
def environment(mode: str, folder: Path) -> Iterator[Mapping[str, str]]:
    """What says where Spark runs."""
    if mode != "cluster":
        yield {"MASTER": mode} if mode.startswith("local") else {}
        return
    with standalone(Path(tempfile.mkdtemp(dir=folder))) as cluster:
        yield dict(cluster.environment)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--only", nargs="*", choices=MODES, default=MODES)
    parser.add_argument("--by", nargs="*", default=["unit", "unit,role"])
    parser.add_argument("--analysis", action="store_true")
    args = parser.parse_args()
    asked = [word for key in args.by for word in ("--by", key)] + ([] if args.analysis else ["--no-analysis"])
    lake, few = written(args.folder, args.rows), written(args.folder, FEW)
    printed: dict[bytes, str] = {}
    lines = []
    for mode in args.only:
        with environment(mode, args.folder) as env:
            start, small, _ = ran(few, mode, asked, env)
            seconds, most, out = ran(lake, mode, asked, env)
        printed.setdefault(out, mode)
        lines.append(
            (mode, f"{start:.1f}", f"{seconds:.1f}", f"{seconds - start:.1f}", f"{small >> 10}", f"{most >> 10}")
        )
        print(lines[-1], flush=True)
    head = ("where", "100 respondents, s", f"{args.rows:,}, s", "behind the start, s", "MB, few", "MB, all")
    print(table(head, lines))
    print("the same bytes" if len(printed) == 1 else f"DIFFERENT: {list(printed.values())}")


if __name__ == "__main__":
    main()
