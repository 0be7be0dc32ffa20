"""Large surveys scored: seconds and memory of whole processes, beside a bare scan of the same file and other tools.

Run: python benchmarks/bulk.py [--rows 1000000] [--runs 5] [--only integers duckdb …] [--big [10000000]] [--clean].
Every round runs everything once, in turn. The first, which warms caches and is not counted, gives the figures of which
DuckDB's and pandas' are compared with the result's. `docs/performance.md` says what to make of the table.
"""

from __future__ import annotations

import argparse
import importlib.util
import shutil
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from side_by_side import Run, busy, machine, measured
from tables import table

HERE = Path(__file__).parent
BULK = HERE / "bulk"
READINESS = str(Path(sys.executable).parent / "readiness")
FOLDER = Path(tempfile.gettempdir()) / "readiness-bench"
KINDS = ("integers", "labels")
WHAT = ("start", *KINDS, "parquet", "duckdb", "pandas", "psych")
WRITTEN = (
    *(f"{name}-*" for name in ("bare", "readiness", "scores", *WHAT)),
    "framework.json",
    "keys.csv",
    "stderr.txt",
)
FEW = 1_000  # respondents: what is left is the start
BYTES = {"integers": 149, "labels": 789}  # of one respondent
BARS = {"integers": 1.6, "labels": 2.0, "parquet": 2.0}
MOST_MEMORY = 1500  # MB, of the larger survey
SLOWEST_GROWTH = 1.05  # times as long for each time as many respondents
COMPARATORS = {
    "duckdb": ("DuckDB, SQL by hand", "duckdb_sql.py"),
    "pandas": ("pandas by hand", "pandas_frames.py"),
}
NEEDS = {"duckdb": ("duckdb",), "pandas": ("pandas", "pyarrow")}


@dataclass(frozen=True)
class Row:
    """One line of the table. beside: the name of the row it is measured by. bar: the ratio it has to keep."""

    name: str
    what: str
    command: tuple[str, ...]
    beside: str | None = None
    bar: float | None = None
    once: bool = False  # too slow to be repeated
    writes: Path | None = None  # removed before every run


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("--rows", type=int, default=1_000_000, help="respondents")
    parser.add_argument("--big", type=int, nargs="?", const=10_000_000, help="also so many, for memory and growth")
    parser.add_argument("--runs", type=int, default=5, help="of everything, after one that is not counted")
    parser.add_argument("--only", nargs="+", choices=WHAT, default=WHAT, metavar="WHAT", help=", ".join(WHAT))
    parser.add_argument("--folder", type=Path, default=FOLDER, help="for the surveys, kept between runs")
    parser.add_argument("--clean", action="store_true", help="remove what was written and do nothing else")
    options = parser.parse_args()
    if options.clean:
        clean(options.folder)
        return 0
    options.folder.mkdir(parents=True, exist_ok=True)
    surveys = {kind: survey(options.folder, kind, options.rows) for kind in kinds(options.only)}
    python(BULK / "described.py", options.folder)
    print(f"{machine()}\n\n{options.rows:,} respondents, {options.runs} runs of each in turn\n")
    failed = compare(list(rows(options.only, surveys, options.folder)), options.runs, options.folder)
    for line in left_out(options.only):
        print(line)
    if options.big:
        failed |= grow(options)
    return int(failed)


def clean(folder: Path) -> None:
    """Remove what was written here, and the folder unless something else lies in it."""
    for path in [found for pattern in WRITTEN for found in folder.glob(pattern)]:
        path.unlink()
    if folder.exists() and not any(folder.iterdir()):
        folder.rmdir()


def survey(folder: Path, kind: str, respondents: int) -> Path:
    """The invented survey of so many, written unless it is there."""
    path = folder / f"{kind}-{respondents}.csv"
    writer = HERE / "large_surveys.py"
    if path.exists() and path.stat().st_mtime > writer.stat().st_mtime:
        return path
    free = shutil.disk_usage(folder).free
    if free < respondents * BYTES[kind] * 1.1:
        sys.exit(f"{path}: {respondents * BYTES[kind] / 1e9:.1f} GB do not fit; name another place with --folder")
    tell(f"writing {path}")
    python(writer, path, respondents, *(["labels"] if kind == "labels" else []))
    return path


def python(*words: object) -> None:
    """Run a script in a process of its own: this one has to stay small."""
    subprocess.run([sys.executable, *map(str, words)], check=True)


def kinds(only: Sequence[str]) -> list[str]:
    """The surveys that are needed; integers for whatever names none."""
    return [kind for kind in KINDS if kind in only] or ["integers"]


def rows(only: Sequence[str], surveys: Mapping[str, Path], folder: Path) -> Iterator[Row]:
    """Everything to be run, each kind of survey by itself."""
    if "start" in only:
        few = survey(folder, "integers", FEW)
        yield Row("bare-start", f"{FEW:,} respondents: bare scan", scanning("integers", few))
        yield Row("readiness-start", f"{FEW:,} respondents: readiness", scoring(few))
    for kind, path in surveys.items():
        yield from rows_of(kind, only, path, folder)
    if "psych" in only and "integers" in surveys and not absent("psych"):
        command = ("Rscript", str(BULK / "score_items.R"), str(folder / "keys.csv"), str(surveys["integers"]))
        what = "integers: R, psych::scoreItems, indicators alone, one run"
        yield Row("psych-integers", what, command, "bare-integers", once=True)


def rows_of(kind: str, only: Sequence[str], path: Path, folder: Path) -> Iterator[Row]:
    bare = Row(f"bare-{kind}", f"{kind}: bare scan", scanning(kind, path))
    yield bare
    yield Row(f"readiness-{kind}", f"{kind}: readiness", scoring(path), bare.name, BARS[kind])
    if "parquet" in only and not absent("parquet"):
        out = folder / f"scores-{kind}.parquet"
        what = f"{kind}: readiness, everybody's scores to Parquet"
        command = (*scoring(path), "--out", str(out))
        yield Row(f"parquet-{kind}", what, command, bare.name, BARS["parquet"], writes=out)
    for name, (what, script) in COMPARATORS.items():
        if name in only and not absent(name):
            command = (sys.executable, str(BULK / script), str(folder / "framework.json"), str(path), kind)
            yield Row(f"{name}-{kind}", f"{kind}: {what}", command, bare.name)


def scoring(path: Path) -> tuple[str, ...]:
    """The command that is measured."""
    return (READINESS, "score", str(path), "--by", "unit", "--format", "json")


def scanning(kind: str, path: Path) -> tuple[str, ...]:
    """The least that can be done with a survey."""
    return (sys.executable, str(BULK / "bare_scan.py"), str(path), kind)


def left_out(only: Sequence[str]) -> list[str]:
    """What was asked for and could not be run, and what to do about it."""
    return [f"{name} is left out: {mend}" for name in only if (mend := absent(name))]


@cache
def absent(name: str) -> str:
    """What is to be done before something can be run; nothing if it can."""
    if name == "parquet":
        return "" if says_out() else "`readiness score` has no --out"
    if name == "psych":
        return "" if has_psych() else "install R, and in R install.packages(c('psych', 'data.table'))"
    modules = [module for module in NEEDS.get(name, ()) if importlib.util.find_spec(module) is None]
    return f"{sys.executable} -m pip install {' '.join(modules)}" if modules else ""


def says_out() -> bool:
    """Whether everybody's scores can be written."""
    help_ = subprocess.run([READINESS, "score", "--help"], capture_output=True, text=True, check=True)
    return "--out " in help_.stdout


def has_psych() -> bool:
    """Whether R and its package are there."""
    asked = ["Rscript", "-e", "quit(status = !requireNamespace('psych', quietly = TRUE))"]
    return shutil.which("Rscript") is not None and subprocess.run(asked, check=False).returncode == 0


def compare(rows_: Sequence[Row], runs: int, folder: Path) -> bool:
    """Print the table, and whether the figures agree; whether anything failed."""
    good, told, failed = [], [], False
    for row in rows_:
        tell(f"warming up: {row.what}")
        figures = folder / f"{row.name}.json"
        run = once(row, folder, figures)
        if run.status:
            print(f"{row.what}: ended with {run.status}: {last_words(folder)}")
            failed = True
            continue
        good.append((row, [run] if row.once else []))
        if row.name.split("-")[0] in COMPARATORS:
            agrees, said = agreement(folder / f"readiness-{row.name.split('-')[1]}.json", figures)
            told.append(f"{row.what}, and readiness: {said}")
            failed |= not agrees
    for place in range(runs):
        for row, timed in good:
            if not row.once:
                tell(f"round {place + 1} of {runs}: {row.what}")
                timed.append(once(row, folder))
    for row, timed in good:
        if any(run.status for run in timed):
            print(f"{row.what}: did not end well every time, and is left out")
            failed = True
    timings = {row.name: timed for row, timed in good if timed and not any(run.status for run in timed)}
    print(table(HEAD, [cells(row, timings) for row, _ in good if row.name in timings]))
    print("\n".join(["", *told, busy([run for timed in timings.values() for run in timed])]))
    return failed


def once(row: Row, folder: Path, out: Path | None = None) -> Run:
    if row.writes:
        row.writes.unlink(missing_ok=True)
    return measured(row.command, out, folder / "stderr.txt")


def last_words(folder: Path) -> str:
    said = (folder / "stderr.txt").read_text(encoding="utf-8", errors="replace").split("\n")
    return next((line.strip() for line in reversed(said) if line.strip()), "it said nothing")


def agreement(result: Path, figures: Path) -> tuple[bool, str]:
    """Whether figures are those of a result, and what there is to say of it."""
    if not result.stat().st_size:
        return False, "there is no result to compare with"
    command = [sys.executable, str(BULK / "agreement.py"), str(result), str(figures)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    return done.returncode == 0, done.stdout.strip() or done.stderr.strip()


def cells(row: Row, timings: Mapping[str, Sequence[Run]]) -> list[str]:
    """One line of the table."""
    runs = timings[row.name]
    seconds = [run.seconds for run in runs]
    beside = [run.seconds for run in timings.get(row.beside or "", ())]
    if row.once and beside:
        beside = [statistics.median(beside)]
    ratio = statistics.median(a / b for a, b in zip(seconds, beside, strict=True)) if beside else None
    return [
        row.what,
        f"{statistics.median(seconds):.2f}",
        f"{min(seconds):.2f}–{max(seconds):.2f}",
        f"{statistics.median(run.cpu for run in runs):.2f}",
        f"{ratio:.2f} ×" if ratio else "",
        f"≤ {row.bar} ×" if row.bar else "",
        f"{max(run.peak for run in runs):.0f}",
    ]


HEAD = ["", "median s", "min–max s", "CPU s", "ratio", "bar", "peak MB"]


def grow(options: argparse.Namespace) -> bool:
    """Ten times as many respondents: how much longer, and how much memory; whether anything failed."""
    runs, failed = min(options.runs, 3), False
    lines: list[list[str]] = []
    told: list[Run] = []
    print(f"\n{options.big:,} respondents, {runs} runs in turn with {options.rows:,}\n")
    for kind in kinds(options.only):
        few, many = (survey(options.folder, kind, count) for count in (options.rows, options.big))
        commands = [scanning(kind, few), scanning(kind, many), scoring(few), scoring(many)]
        timings: list[list[Run]] = [[] for _ in commands]
        for place in range(runs):
            for command, timed in zip(commands, timings, strict=True):
                tell(f"round {place + 1} of {runs}: {' '.join(command)}")
                timed.append(measured(command, err=options.folder / "stderr.txt"))
                if timed[-1].status:
                    print(f"{' '.join(command)}: ended with {timed[-1].status}: {last_words(options.folder)}")
                    failed = True
        told += [run for timed in timings for run in timed]
        few_scanned, many_scanned, few_scored, many_scored = timings
        lines.append([f"{kind}: bare scan", *growth(few_scanned, many_scanned, many_scanned), "", ""])
        bars = [f"≤ {SLOWEST_GROWTH * options.big / options.rows:g} ×", f"≤ {MOST_MEMORY}"]
        lines.append([f"{kind}: readiness", *growth(few_scored, many_scored, many_scanned), *bars])
    head = [f"s, {options.rows:,}", f"s, {options.big:,}", "min–max s", "CPU s", "to scan", "peak MB", "growth"]
    print(table(["", *head, "bar", "memory bar"], lines))
    print(f"\n{busy(told)}")
    return failed


def growth(few: Sequence[Run], many: Sequence[Run], scanned: Sequence[Run]) -> list[str]:
    """What to say of the larger survey beside the smaller one."""
    seconds = [run.seconds for run in many]
    to_scan = statistics.median(a.seconds / b.seconds for a, b in zip(many, scanned, strict=True))
    return [
        f"{statistics.median(run.seconds for run in few):.2f}",
        f"{statistics.median(seconds):.2f}",
        f"{min(seconds):.2f}–{max(seconds):.2f}",
        f"{statistics.median(run.cpu for run in many):.2f}",
        "" if many is scanned else f"{to_scan:.2f} ×",
        f"{max(run.peak for run in many):.0f}",
        f"{statistics.median(b.seconds / a.seconds for a, b in zip(few, many, strict=True)):.2f} ×",
    ]


def tell(what: str) -> None:
    """Say on stderr what goes on, where somebody is watching."""
    if sys.stderr.isatty():
        print(f"\r\033[K{what}", end="", file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
