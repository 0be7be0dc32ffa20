"""A table with one header row: the canonical one, or any other that no platform signs."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from readiness.responses.export import Column, Export
from readiness.responses.platforms import responses, ticks
from readiness.responses.platforms.headings import bracketed, code_and_text, is_name, is_value, key, words
from readiness.responses.platforms.vocabulary import ABOUT, RESPONDENT

if TYPE_CHECKING:
    from collections.abc import Sequence

    import polars as pl

    from readiness.responses.grid import Grid

TITLE = "a plain table"
MOSTLY = 0.6  # of the cells of a row of questions
FARTHEST_HEADER = 10  # rows that may stand above the header: a title, a date, blanks
# What a table of no known platform may well ask, or keep as context under such a name, stays a question.
ALWAYS_ABOUT = frozenset({"time stamp", "IP address", "e-mail address", "a person's name", "platform's own"})


def recognise(grid: Grid) -> bool:
    """Always: this is what remains."""
    return grid.cells.height > 0


def read(grid: Grid) -> Export:
    """A table whose first row that fills it names the columns; a second one may say the questions in words.

    Raises:
        ResponseError: there are no responses below the header.
    """
    top = header_place(grid)
    headers = grid.row(top)
    header_rows = top + 1 + _says_in_words(grid, top)
    spoken = grid.row(top + 1) if header_rows > top + 1 else [""] * grid.width
    columns, subs = [], {}
    for place, header in enumerate(headers):
        column, sub = _column(place, header, spoken[place])
        columns.append(column)
        if sub:
            subs[place] = sub
    cells = responses.sample(grid, header_rows)
    columns = ticks.with_subs(columns, cells, subs, blocks_by_text(columns, subs))
    above = [place for place in range(top) if any(cell.strip() for cell in grid.row(place))]
    remarks = [f"row {grid.rows[top]} was taken for the header, what stands above it was left out"] if above else []
    if header_rows > top + 1:
        remarks.append(f"row {grid.rows[top + 1]} was taken for the questions in words")
    return responses.understood_as(
        "plain", grid, columns, header_rows, respondents=named_respondent(headers), remarks=remarks
    )


def header_place(grid: Grid) -> int:
    """The row that names the columns: the first, unless it is blank or a title over a wider table."""
    if grid.header_rows:
        return grid.header_rows - 1
    first = None
    for place in range(min(FARTHEST_HEADER, grid.cells.height)):
        filled = [cell for cell in grid.row(place) if cell.strip()]
        if first is None and filled:
            first = place
        is_wide = len(filled) > max(1, grid.width // 2) and not all(map(is_value, filled))
        if is_wide or (filled and grid.width < 3):
            return place
    return first or 0


def _says_in_words(grid: Grid, top: int) -> bool:
    """Whether the row below a header of names alone says the questions in words.

    That is so where most of its cells are several words, all different, and stand over numbers, or over a few answers
    that recur and are others.
    """
    names, below = grid.row(top), [words(cell) for cell in grid.row(top + 1)]
    filled = [place for place, text in enumerate(below) if text]
    if grid.header_rows or len(filled) < 3 or not all(is_name(name) for name in names if name):
        return False
    spoken = [place for place in filled if " " in below[place] and not is_value(below[place])]
    if len(spoken) < MOSTLY * len(filled) or len({below[place] for place in filled}) < len(filled):
        return False
    cells = responses.sample(grid, top + 2)
    return sum(_answers_recur(cells, place, below[place]) for place in spoken) >= MOSTLY * len(spoken)


def _answers_recur(cells: pl.DataFrame, place: int, text: str) -> bool:
    found, answered = responses.values(cells, place), cells[str(place)].len() - cells[str(place)].null_count()
    recur = answered >= 5 and 2 * len(found) <= answered
    return bool(found) and text not in found and (recur or all(map(is_value, found)))


def _column(place: int, header: str, spoken: str = "") -> tuple[Column, str]:
    text, subs = bracketed(words(spoken or header))
    if not text:
        text, subs = words(spoken or header), []
    code, named = (words(header), text) if spoken else code_and_text(text)
    column = Column(place, header, code, named)
    about = ABOUT.get(key(header), "")
    if about in ALWAYS_ABOUT:
        column = replace(column, kind="about", about=about)
    return column, ", ".join(filter(None, subs))


def named_respondent(headers: Sequence[str]) -> list[int]:
    """The columns called as a respondent's id is, the best known names first."""
    ranked = [
        (RESPONDENT.index(key(header)), place) for place, header in enumerate(headers) if key(header) in RESPONDENT
    ]
    return [place for _, place in sorted(ranked)]


def blocks_by_text(columns: Sequence[Column], subs: dict[int, str]) -> dict[str, list[int]]:
    """The columns with sub-questions, by their question."""
    found: dict[str, list[int]] = {}
    for column in columns:
        if column.place in subs:
            found.setdefault(column.code + column.text, []).append(column.place)
    return found
