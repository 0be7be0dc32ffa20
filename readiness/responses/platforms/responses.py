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
from readiness.responses.platforms.headings import is_value, key, keys
from readiness.responses.platforms.vocabulary import ALL, TOTALLING, TOTALS

if TYPE_CHECKING:
    from readiness.responses.grid import Grid

MOST_TOTALS = 8  # rows at the bottom that may be totals
FEWEST_COLUMNS = 6  # of a table that has notes below it
TRIALS = ("test", "essai", "prueba", "teste", "dummy", "testperson")
FIRST_COLUMNS = 10  # in which a row may be called a test
MOST_NOTED = 2  # cells of a note
MOSTLY = 0.5  # of the cells of a column of ids are different; what is called so vaguely may be something else
MOSTLY_VAGUE = 0.8
VAGUE = frozenset(keys("id|subject|subj|case|participant|participante"))
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
    given = marks
    marks = [*_repeated(grid, cells, header_rows), *_numbering(cells), *_totals(cells), *_notes(cells)]
    marks += [*_trials(cells), *given]
    for mark in marks:
        keep, remark = _marked(mark, keep)
        if remark:
            told.append(f"{grid.file}: {remark}")
    regular = regular and int((~keep).sum()) == empty
    rows = grid.rows.slice(header_rows)
    if not keep.all():
        cells, rows = cells.filter(keep), rows.filter(keep)
    named, doubt = _named(columns, cells, respondents)
    if doubt:
        told.append(f"{grid.file}: {doubt}")
    described = [_described(grid, cells, column, named) for column in columns]
    return Export(platform, grid.file, tuple(described), cells, rows, header_rows, regular, tuple(told))


def _trials(cells: pl.DataFrame) -> list[Mark]:
    """Rows that call themselves a test in one of their first cells: whether they are, only people know."""
    first = cells.select(cells.columns[:FIRST_COLUMNS])
    called = first.select(pl.any_horizontal(pl.all().str.strip_chars().str.to_lowercase().is_in(TRIALS)))
    return [
        Mark("called a test, and kept; take them out of the file if they are one", called.to_series(), left_out=False)
    ]


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
        if len(filled) > 2 and _is_total(filled[0]) and all(is_value(cell) or key(cell) in ALL for cell in filled[1:]):
            totals[place] = True
        elif filled:
            break
    return [Mark("sums at the bottom", pl.Series(totals, dtype=pl.Boolean))] if any(totals) else []


def _is_total(cell: str) -> bool:
    """Whether a cell names a row of sums, be it with an addition such as `Total (n=14)`."""
    name = key(cell)
    return name in TOTALS or name.split(" ")[0].rstrip(".:,") in TOTALLING


def _notes(cells: pl.DataFrame) -> list[Mark]:
    """Rows of a cell or two below a wide table and the only gap in it: notes, a source, a legend."""
    if cells.width < FEWEST_COLUMNS:
        return []
    filled = cells.select(pl.sum_horizontal(pl.all().is_not_null())).to_series()
    table = (filled > MOST_NOTED).arg_true()
    last = int(table[-1]) if table.len() else cells.height
    below = filled.slice(last + 1)
    if not (below == 0).any() or (filled.head(last) == 0).any():
        return []
    gap = last + 1 + int((below == 0).arg_true()[0])
    notes = pl.int_range(cells.height, eager=True) > gap
    return [Mark("notes below the table", notes & (filled > 0))]


def _numbering(cells: pl.DataFrame) -> list[Mark]:
    """A row below the heading that counts the columns: 1, 2, 3 and so on."""
    if not cells.height:
        return []
    numbered = [(place, str(cell).strip()) for place, cell in enumerate(cells.row(0)) if cell is not None]
    counted = [{str(place + first) for place, _ in numbered} for first in (0, 1)]
    if len(numbered) < FEWEST_COLUMNS or not any({text for _, text in numbered} == count for count in counted):
        return []
    first = pl.int_range(cells.height, eager=True) == 0
    return [Mark("the numbers of the columns", first)]


def _named(columns: Sequence[Column], cells: pl.DataFrame, candidates: Sequence[int]) -> tuple[int | None, str]:
    """The column that names the respondent: the first that names each row once, else the first that mostly does.

    The second part says what there is to tell where one is called so and none is taken.
    """
    mostly, told = None, ""
    for place in candidates:
        column = cells[str(place)].drop_nulls()
        different = column.n_unique()
        if different == cells.height:
            return place, ""
        name = key(columns[place].header)
        enough = (MOSTLY_VAGUE if name in VAGUE else MOSTLY) * cells.height
        if mostly is None and different and (name == "respondent" or different >= enough):
            mostly = place
        elif different > 1 and not told:
            told = (
                f"column {columns[place].header.strip()!r} is not taken for who answered, since only {different} "
                f"values stand in {cells.height} rows, each of which counts as a person; a mapping can say "
                "respondent: true"
            )
    return mostly, told if mostly is None else ""


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
