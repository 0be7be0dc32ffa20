"""Making grids: what every format's reader ends with."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import polars as pl

from readiness.faults import Fault
from readiness.responses.grid import NO_LABELS, Grid

if TYPE_CHECKING:
    from pathlib import Path

MOST_COLUMNS = 16_384  # as many as a spreadsheet holds


def grid_of(
    path: Path,
    cells: pl.DataFrame,
    format_: str,
    *,
    rows: pl.Series | None = None,
    header_rows: int | None = None,
    labels: Mapping[int, Mapping[str, str]] = NO_LABELS,
    missing: Mapping[int, frozenset[str]] | None = None,
    remarks: Sequence[str] = (),
) -> Grid:
    """A frame of text as a grid, columns named by place, without the empty rows at its end.

    rows: their numbers in the file; by default counted from 1.
    """
    cells = cells.rename({name: str(place) for place, name in enumerate(cells.columns)})
    if rows is None:
        rows = pl.int_range(1, cells.height + 1, dtype=pl.UInt32, eager=True)
    last = max(cells.height - empty_at_end(cells), header_rows or 0)
    numbers = rows.cast(pl.UInt32).head(last).alias("row")
    return Grid(path.name, cells.head(last), numbers, format_, header_rows, labels, missing or {}, tuple(remarks))


def empty_at_end(cells: pl.DataFrame) -> int:
    """How many rows at the end hold nothing."""
    return empty_at_start(cells.reverse())


def empty_at_start(cells: pl.DataFrame) -> int:
    """How many rows at the beginning hold nothing: looked for in growing pieces, for mostly there are few."""
    if not cells.width:
        return cells.height
    size = 64
    while size < cells.height and not _any_filled(cells.head(size)):
        size *= 8
    filled = cells.head(size).select(pl.any_horizontal(pl.all().is_not_null())).to_series()
    first = filled.arg_max()
    return cells.height if first is None or not filled[first] else first


def _any_filled(cells: pl.DataFrame) -> bool:
    return any(column.null_count() < column.len() for column in cells)


def with_names(names: Sequence[Sequence[str]], cells: pl.DataFrame) -> pl.DataFrame:
    """Rows of names above a frame of text; an empty name is null."""
    places = [str(place) for place in range(cells.width)]
    above = {place: [row[at] or None for row in names] for at, place in enumerate(places)}
    schema = dict.fromkeys(places, pl.String)
    return pl.concat([pl.DataFrame(above, schema=schema), cells.rename(dict(zip(cells.columns, places, strict=True)))])


def case_numbers(header_rows: int, cases: int) -> pl.Series:
    """Row numbers where a format counts its cases alone: 0 for the names above them, then 1, 2, …"""
    above = pl.repeat(0, header_rows, dtype=pl.UInt32, eager=True)
    return pl.concat([above, pl.int_range(1, cases + 1, dtype=pl.UInt32, eager=True)])


def too_wide(path: Path, width: int) -> Fault:
    """A table of more columns than anyone has."""
    what = f"the table has {width} columns, more than the {MOST_COLUMNS} a spreadsheet can hold"
    return Fault(str(path), None, what, "check what was exported: one row a respondent, a column a question")
