"""Read every file below some folders as a response file, and print what it was taken for or why it was refused.

Run: python benchmarks/read_samples.py FOLDER [FOLDER …]. Exits with 1 if anything ends otherwise than in a table or a
message: a traceback is a fault of ours, whatever the file.
"""

from __future__ import annotations

import sys
import time
import traceback
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from rich.console import Console
from rich.table import Table

from readiness.faults import ResponseError
from readiness.responses import formats, platforms
from readiness.responses.export import Export

KINDS = ("question", "respondent", "about")


@dataclass(frozen=True)
class Outcome:
    """What became of one file."""

    file: str
    kind: str  # read, refused, or failed
    cells: tuple[str, ...]
    seconds: float


def outcome(path: Path, name: str) -> Outcome:
    start = time.perf_counter()
    try:
        grid = formats.read(path)
        export = platforms.understood(grid)
        told = (*grid.remarks, *export.remarks)
        kind, cells = "read", (*described(export), "\n".join(told))
    except ResponseError as error:
        kind, cells = "refused", ("–", "", "", "", str(error).replace(f"{path.parent}/", ""))
    except Exception:  # the very thing that is looked for
        kind, cells = "failed", ("!", "", "", "", traceback.format_exc(limit=-3))
    return Outcome(name, kind, cells, time.perf_counter() - start)


def described(export: Export) -> tuple[str, ...]:
    """The platform, header rows, responses, and columns by kind, an option's or a grid's apart."""
    counts = Counter(column.kind for column in export.columns)
    parts = [f"{counts[kind]} {kind}" for kind in KINDS if counts[kind]]
    parts += [f"{n} with a row" for n in [sum(bool(column.row) for column in export.columns)] if n]
    parts += [f"{n} with a choice" for n in [sum(bool(column.choice) for column in export.columns)] if n]
    return export.platform, str(export.header_rows), str(export.cells.height), ", ".join(parts)


def main() -> int:
    folders = [Path(name) for name in sys.argv[1:]]
    if not folders or not all(folder.is_dir() for folder in folders):
        print(__doc__)
        return 2
    outcomes = [
        outcome(path, str(path.relative_to(folder)))
        for folder in folders
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    ]
    table = Table("file", "platform", "header", "responses", "columns", "remarks, or why it was refused", "s")
    for found in outcomes:
        table.add_row(found.file, *found.cells, f"{found.seconds:.2f}")
    console = Console(width=None if sys.stdout.isatty() else 200, markup=False)
    console.print(table)
    counts = Counter(found.kind for found in outcomes)
    console.print(", ".join(f"{counts[kind]} {kind}" for kind in ("read", "refused", "failed")))
    return 1 if counts["failed"] else 0


if __name__ == "__main__":
    sys.exit(main())
