"""The kinds of file that are written, told by a name's ending. Imports nothing that takes long."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from readiness.faults import Fault, UsageError

CSV, XLSX, PARQUET, JSONL, RECORD = ".csv", ".xlsx", ".parquet", ".jsonl", ".json"
TABLES = (CSV, XLSX, PARQUET, JSONL)
RESULTS = (RECORD, *TABLES)


def kind_of(path: Path, kinds: Sequence[str] = TABLES, option: str = "", what: str = "this") -> str:
    """Which of `kinds` the file is to be, whatever the case of its ending.

    option: what asked for it, such as `--result`. what: what is to be written, such as "a result".

    Raises:
        UsageError: none of them.
    """
    ending = path.suffix.lower()
    if ending not in kinds:
        known = f"{', '.join(kinds[:-1])} or {kinds[-1]}"
        raise UsageError([Fault(f"{option} {path}".strip(), None, f"{what} is written as {known}", "name such a file")])
    return ending
