"""Responses: the rows below the heading, which of them are none, and what names the respondent.

Every platform ends here: its columns described and its header rows counted, the rest is the same for all.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import polars as pl

from readiness.faults import Fault, ResponseError
from readiness.responses.export import Column, Export
from readiness.responses.platforms.headings import is_value, key
from readiness.responses.platforms.vocabulary import TOTALS

if TYPE_CHECKING:
    from readiness.responses.grid import Grid

MOST_TOTALS = 3  # rows at the bottom that may be totals
MOSTLY = 0.8  # of the cells of a column of ids are different
SAMPLE = 2_000  # rows that are looked at to tell what a column holds


@dataclass(frozen=True)
class Mark:
    """Rows marked by the platform as something: `where` is true for them. left_out: they are no responses."""

    what: str  # said after their number: "2 rows not finished", "2 rows left out: previews"
    where: pl.Series
    left_out: bool = True


def below(grid: Grid, header_rows: int) -> pl.DataFrame:
    """The rows below the heading."""
    return grid.cells.slice(header_rows)


def sample(grid: Grid, header_rows: int) -> pl.DataFrame:
    """The first rows below the heading."""
    return grid.cells.slice(header_rows, SAMPLE)


def values(cells: pl.DataFrame, place: int) -> list[str]:
    """The different texts in a column, in order."""
    column = cells[str(place)].drop_nulls().unique(maintain_order=True)
    return [text for cell in column if (text := str(cell).strip())]


def understood_as(
    platform: str,
    grid: Grid,
    columns: Sequence[Column],
    header_rows: int,
    *,
    respondents: Sequence[int] = (),
    marks: Sequence[Mark] = (),
    regular: bool = True,
    remarks: Sequence[str] = (),
) -> Export:
    """A grid as an export. respondents: columns that may name the respondent, the best first.

    Raises:
        ResponseError: there are no responses below the heading.
    """
    cells, told = below(grid, header_rows), [f"{grid.file}: {remark}" for remark in remarks]
    keep = (
        ~cells.select(pl.all_horizontal(pl.all().is_null())).to_series()
        if cells.width
        else pl.Series([], dtype=pl.Boolean)
    )
    if not keep.any():
        what = "the file has a header and no responses" if grid.cells.height else "the file is empty"
        raise ResponseError([Fault(grid.file, None, what, "export the responses again")])
    empty = int((~keep).sum())
    marks = [*_repeated(grid, cells, header_rows), *_totals(cells), *marks]
    for mark in marks:
        keep, remark = _marked(mark, keep)
        if remark:
            told.append(f"{grid.file}: {remark}")
    regular = regular and int((~keep).sum()) == empty
    rows = grid.rows.slice(header_rows)
    if not keep.all():
        cells, rows = cells.filter(keep), rows.filter(keep)
    named = _named(columns, cells, respondents)
    described = [_described(grid, cells, column, named) for column in columns]
    return Export(platform, grid.file, tuple(described), cells, rows, header_rows, regular, tuple(told))


def _marked(mark: Mark, keep: pl.Series) -> tuple[pl.Series, str]:
    """The rows that stay, and what is told of the marked ones. Rows that are all marked alike are kept: a trial run."""
    where = mark.where.fill_null(False) & keep
    count = int(where.sum())
    if not count:
        return keep, ""
    rows = "1 row" if count == 1 else f"{count} rows"
    if not mark.left_out:
        return keep, f"{rows} {mark.what}"
    if count == keep.sum():
        return keep, f"{rows} kept although marked as {mark.what}: there are no others"
    return keep & ~where, f"{rows} left out: {mark.what}"


def _repeated(grid: Grid, cells: pl.DataFrame, header_rows: int) -> list[Mark]:
    """Rows that say the heading again, as files that were joined have them."""
    marks = []
    for place in range(header_rows):
        texts = [(str(n), text) for n, text in enumerate(grid.row(place)) if text]
        if (
            len(texts) > 1 and (cells[texts[0][0]] == texts[0][1]).any()
        ):  # all columns are compared only where one agrees
            alike = cells.select(pl.all_horizontal(pl.col(name).eq_missing(pl.lit(text)) for name, text in texts))
            marks.append(Mark(f"row {place + 1} of the header once more", alike.to_series()))
    return marks


def _totals(cells: pl.DataFrame) -> list[Mark]:
    """Rows at the bottom that begin with a word such as `Total` and go on in numbers."""
    totals = [False] * cells.height
    for place in range(cells.height - 1, max(cells.height - 1 - MOST_TOTALS, 0), -1):
        filled = [str(cell) for cell in cells.row(place) if cell is not None and str(cell).strip()]
        if len(filled) > 2 and key(filled[0]) in TOTALS and all(map(is_value, filled[1:])):
            totals[place] = True
        elif filled:
            break
    return [Mark("sums at the bottom", pl.Series(totals, dtype=pl.Boolean))] if any(totals) else []


def _named(columns: Sequence[Column], cells: pl.DataFrame, candidates: Sequence[int]) -> int | None:
    """The column that names the respondent: the first that names each row once, else the first that mostly does."""
    mostly = None
    for place in candidates:
        column = cells[str(place)].drop_nulls()
        different = column.n_unique()
        if different == cells.height:
            return place
        sure = key(columns[place].header) == "respondent"
        if mostly is None and different and (sure or different >= MOSTLY * cells.height):
            mostly = place
    return mostly


def _described(grid: Grid, cells: pl.DataFrame, column: Column, named: int | None) -> Column:
    place = column.place
    if grid.labels.get(place) or grid.missing.get(place):
        missing = column.missing | grid.missing.get(place, frozenset())
        column = replace(column, labels=grid.labels.get(place, {}), missing=missing)
    if place == named:
        return replace(column, kind="respondent")
    if column.kind == "respondent":
        return replace(column, kind="about", about=column.about or "another id")
    if column.kind == "question" and not column.header.strip() and not column.text:
        if cells[str(place)].null_count() == cells.height:
            return replace(column, kind="about", about="an empty column")
        if _counts(cells[str(place)]):
            return replace(column, kind="about", about="the number of the row")
    return column


def _counts(column: pl.Series) -> bool:
    """Whether a column without a heading numbers the rows, as spreadsheets and data frames write it."""
    numbers = column.str.strip_chars().str.replace(r"\.0$", "").cast(pl.Int64, strict=False)
    return not numbers.null_count() and numbers.is_sorted() and numbers.n_unique() == len(numbers)
