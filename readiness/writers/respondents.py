"""Every respondent's own scores, written as they are computed. Nothing in them is suppressed: they are confidential."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import polars as pl

from readiness.scoring.respondents import CONFIDENTIAL
from readiness.writers import kinds
from readiness.writers.columns import Column, Kind
from readiness.writers.streams import Schema, write_csv, write_jsonl, write_parquet
from readiness.writers.whole import whole
from readiness.writers.workbook import workbook

SHEET = "confidential"
METADATA = {"confidential": "scores of single respondents, nothing is suppressed: do not pass on"}


def write_respondents(batches: Iterator[pl.DataFrame], schema: Schema, path: Path) -> int:
    """Write all batches, one after the other, to .csv, .xlsx, .parquet or .jsonl; returns how many rows.

    schema: the columns of every batch in their order, the respondent's id first: that column is called
    `respondent (confidential)` in the file, whatever it is called here. The file appears, or replaces what stood
    there, once all is written; whatever ends the batches early, a signal included, leaves nothing behind.

    Raises:
        UsageError: the name ends in none of these.
        InputError: the file cannot be written, or does not hold as much.
    """
    kind = kinds.kind_of(path)
    first = next(iter(schema))
    renamed = {CONFIDENTIAL if name == first else name: type_ for name, type_ in schema.items()}
    counted = _Counted(batch.select(list(schema)).rename({first: CONFIDENTIAL}) for batch in batches)
    with whole(path) as begun:
        if kind == kinds.PARQUET:
            write_parquet(counted, renamed, begun, METADATA)
        elif kind == kinds.CSV:
            write_csv(counted, renamed, begun)
        elif kind == kinds.JSONL:
            write_jsonl(counted, renamed, begun)
        else:
            _write_workbook(counted, renamed, begun, path)
    return counted.rows


class _Counted:
    """Frames passing by, their rows counted."""

    def __init__(self, frames: Iterator[pl.DataFrame]) -> None:
        self._frames, self.rows = frames, 0

    def __iter__(self) -> Iterator[pl.DataFrame]:
        for frame in self._frames:
            self.rows += frame.height
            yield frame


def _write_workbook(frames: _Counted, schema: Schema, path: Path, named: Path) -> None:
    columns = [Column(name, _kind(type_)) for name, type_ in schema.items()]
    with workbook(path, "Confidential: scores of single respondents", named) as book:
        book.sheet(SHEET, columns, (row for frame in frames for row in frame.iter_rows()))


def _kind(type_: pl.DataType) -> Kind:
    if type_.is_float():
        return "membership"  # two decimals, which a score can bear as well
    if type_.is_integer():
        return "count"
    return "flag" if type_ == pl.Boolean else "text"
