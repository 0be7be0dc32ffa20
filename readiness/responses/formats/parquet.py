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
    from typing import BinaryIO


HARMLESS = 10_000_000  # cells, or bytes of text, that may be packed as tightly as they like
MOST_RATIO = 200  # cells, or bytes of text, for each byte of the file: empty columns of a real table come to some 50


def read(path: Path) -> Grid:
    """A Parquet file; structs become columns named `outer.inner`, lists cells joined by `;`.

    Raises:
        ResponseError: it is damaged or empty, or has columns that no cell can hold.
    """
    try:
        with path.open("rb") as file:
            frame = flat(_unpacked(path, file))
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


def _unpacked(path: Path, file: BinaryIO) -> pl.DataFrame:
    """The frame in a file, unless that would be out of all proportion: equal values are written but once.

    Raises:
        ResponseError: it would.
    """
    most = max(HARMLESS, MOST_RATIO * path.stat().st_size)
    rows = pl.scan_parquet(path).select(pl.len()).collect().item()
    columns = len(pl.read_parquet_schema(file))
    _judge_size(path, rows * columns, most, "cells")
    file.seek(0)
    frame = pl.read_parquet(file)
    # of 64 bits, or a sum beyond 4 GB would begin anew
    text = sum(int(column.str.len_bytes().cast(pl.UInt64).sum()) for column in frame if column.dtype == pl.String)
    _judge_size(path, text, most, "bytes of text")
    return frame


def _judge_size(path: Path, size: int, most: int, of: str) -> None:
    if size > most:
        what = f"the file is packed so tightly, {size:,} {of}, that it is not opened"
        raise ResponseError([Fault(str(path), None, what, "export the responses as CSV")])
