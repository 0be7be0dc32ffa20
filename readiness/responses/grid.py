"""A grid: what stands in a file's table, cell by cell, before anyone asks what it means.

Every format (delimited text, workbook, JSON, Parquet, SPSS, Stata) is read into one; from there on no code knows which
format a file had.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import polars as pl

NO_LABELS: Mapping[int, Mapping[str, str]] = {}


@dataclass(frozen=True)
class Grid:
    """A table of text.

    cells: every row of the file, header rows included, as text; columns are named "0", "1", …; an empty cell is null.
    rows: the number of each row as the file's reader would count it in a spreadsheet, the first being 1.
    format: "delimited", "workbook", "json", "parquet", "spss" or "stata".
    header_rows: how many rows at the top name the columns, where the format says so (SPSS: names, then labels); None
    where that has to be found out.
    labels: by column, what the file itself says that a value stands for (SPSS, Stata), value as text → label.
    missing: by column, the values that the file itself declares to be missing.
    remarks: what there is to tell of the reading, each beginning with the file's name.
    """

    file: str
    cells: pl.DataFrame
    rows: pl.Series
    format: str
    header_rows: int | None = None
    labels: Mapping[int, Mapping[str, str]] = field(default_factory=dict)
    missing: Mapping[int, frozenset[str]] = field(default_factory=dict)
    remarks: tuple[str, ...] = ()

    @property
    def width(self) -> int:
        """How many columns there are."""
        return self.cells.width

    def row(self, place: int) -> list[str]:
        """One row's cells, an empty one as ""; place counts from 0."""
        if place >= self.cells.height:
            return [""] * self.width
        return ["" if cell is None else str(cell) for cell in self.cells.row(place)]
