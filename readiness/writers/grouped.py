"""A result into a file: the record itself as JSON, or its tables for other programs. Suppression is the result's own.

A workbook has a sheet a table. CSV and Parquet hold all tables in one, below each other: a column `table` first, and
every column that any table has, empty where a table lacks it. JSON Lines has an object a row with its table's columns.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from readiness.language.speech import speak
from readiness.scoring.result import Result
from readiness.writers import kinds
from readiness.writers.columns import Kind
from readiness.writers.safe import inert_json
from readiness.writers.tables import Table, tables_of
from readiness.writers.whole import whole

if TYPE_CHECKING:
    import polars as pl


def write_result(result: Result, path: Path, language: str) -> None:
    """Write a result as .json, .csv, .xlsx, .parquet or .jsonl, whole or not at all.

    language: what titles are written in, in all but the record, which holds every language.

    Raises:
        UsageError: the name ends in none of these.
        InputError: the file cannot be written, or does not hold as much.
    """
    kind = kinds.kind_of(path, kinds.RESULTS)
    with whole(path) as begun:
        if kind == kinds.RECORD:
            begun.write_text(result.to_json(), encoding="utf-8", newline="\n")
        else:
            _write_tables(tables_of(result, language), kind, begun, path, language)


def _write_tables(tables: Sequence[Table], kind: str, path: Path, named: Path, language: str) -> None:
    if kind == kinds.XLSX:
        _write_workbook(tables, path, named, language)
    elif kind == kinds.JSONL:
        path.write_text("".join(_lines(tables)), encoding="utf-8", newline="\n")
    else:
        from readiness.writers.streams import write_csv, write_parquet

        frame = stacked(tables)
        write = write_csv if kind == kinds.CSV else write_parquet
        write([frame], frame.schema, path)


def stacked(tables: Sequence[Table]) -> pl.DataFrame:
    """All tables below each other: a column of the same name is the same column."""
    import polars as pl

    types: Mapping[Kind, pl.DataType] = {
        "text": pl.String(),
        "flag": pl.Boolean(),
        "count": pl.Int64(),
        **dict.fromkeys(("number", "score", "membership", "share"), pl.Float64()),
    }
    schemas = [{column.name: types[column.kind] for column in table.columns} for table in tables]
    frames = [
        pl.DataFrame(list(table.rows), schema, orient="row").insert_column(0, pl.lit(table.name).alias("table"))
        for table, schema in zip(tables, schemas, strict=True)
    ]
    return pl.concat(frames, how="diagonal")


def _lines(tables: Sequence[Table]) -> list[str]:
    lines = []
    for table in tables:
        names = ["table", *(column.name for column in table.columns)]
        for row in table.rows:
            said = dict(zip(names, (table.name, *row), strict=True))
            lines.append(
                inert_json(json.dumps(said, ensure_ascii=False, allow_nan=False, separators=(",", ":"))) + "\n"
            )
    return lines


def _write_workbook(tables: Sequence[Table], path: Path, named: Path, language: str) -> None:
    from readiness.writers.workbook import workbook

    with workbook(path, "readiness", named) as book:
        for table in tables:
            book.judge(len(table.rows), len(table.columns))
        for table in tables:
            book.sheet(table.name, table.columns, table.rows, speak(language).gettext("suppressed"))
