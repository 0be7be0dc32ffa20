"""Small invented grids, and what became of them."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl
import pytest

from readiness.faults import ResponseError
from readiness.responses.export import Column, Export
from readiness.responses.grid import Grid
from readiness.responses.platforms import understood


def grid(rows: Sequence[Sequence[str]], **more) -> Grid:
    """A grid of these rows, the shorter ones filled up."""
    width = max(map(len, rows), default=0)
    cells = {
        str(place): [row[place] if place < len(row) and row[place] != "" else None for row in rows]
        for place in range(width)
    }
    frame = pl.DataFrame(cells, schema=dict.fromkeys(cells, pl.String))
    described = {"file": "survey.csv", "format": "delimited", **more}
    return Grid(cells=frame, rows=pl.Series("rows", range(1, len(rows) + 1), dtype=pl.UInt32), **described)


def table(text: str) -> list[list[str]]:
    """Rows as they are written between bars, one a line."""
    return [[cell.strip() for cell in line.split("|")] for line in text.strip().splitlines()]


def read(text: str, platform: str | None = None, **more) -> Export:
    return understood(grid(table(text), **more), platform)


def question(export: Export, place: int) -> tuple[str, str, str, str]:
    """The code, text, row and choice of a column."""
    column = export.columns[place]
    return column.code, column.text, column.row, column.choice


def kinds(export: Export) -> str:
    """The kinds of all columns, a letter each."""
    return "".join(column.kind[0] for column in export.columns)


def respondent(export: Export) -> Column | None:
    return next((column for column in export.columns if column.kind == "respondent"), None)


def refusal(text: str, platform: str | None = None) -> str:
    with pytest.raises(ResponseError) as caught:
        read(text, platform)
    return str(caught.value)
