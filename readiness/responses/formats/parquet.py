"""Parquet: typed columns, each cell as the text that a survey file would hold."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from readiness.faults import Fault, ResponseError
from readiness.responses.formats.grids import MOST_COLUMNS, case_numbers, grid_of, too_wide, with_names
from readiness.responses.formats.typed import flat, text_of
from readiness.responses.grid import Grid

if TYPE_CHECKING:
    from pathlib import Path


def read(path: Path) -> Grid:
    """A Parquet file; structs become columns named `outer.inner`, lists cells joined by `;`.

    Raises:
        ResponseError: it is damaged or empty, or has columns that no cell can hold.
    """
    try:
        with path.open("rb") as file:
            frame = flat(pl.read_parquet(file))
    except (pl.exceptions.PolarsError, OSError, ValueError) as error:
        raise ResponseError([Fault(str(path), None, "the file cannot be read as Parquet", "write it again")]) from error
    if not frame.height or not frame.width:
        raise ResponseError([Fault(str(path), None, "the file holds no responses", "export the responses again")])
    if frame.width > MOST_COLUMNS:
        raise ResponseError([too_wide(path, frame.width)])
    texts = {column.name: text_of(column) for column in frame}
    mend = "write it as text, a number or a date, or leave it out"
    faults = [
        Fault(str(path), None, f"column {name!r} holds {frame.schema[name]}, which is no cell", mend)
        for name, text in texts.items()
        if text is None
    ]
    if faults:
        raise ResponseError(faults)
    cells = pl.DataFrame([text for text in texts.values() if text is not None])
    rows = case_numbers(1, cells.height)
    return grid_of(path, with_names([cells.columns], cells), "parquet", rows=rows, header_rows=1)
