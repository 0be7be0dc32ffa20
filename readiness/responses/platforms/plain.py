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
FEWEST_COLUMNS = 6  # of a table in which a row may name blocks of them
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
    spoken = grid.row(top + 1) if _says_in_words(grid, top) else [""] * grid.width
    codes = grid.row(top + 1) if _says_in_codes(grid, top) else []
    header_rows = top + 1 + (any(spoken) or bool(codes))
    columns, subs = [], {}
    for place, header in enumerate(headers):
        column, sub = _column(place, header, spoken[place])
        if codes and codes[place]:
            column = replace(column, code=words(codes[place]))
        columns.append(column)
        if sub:
            subs[place] = sub
    cells = responses.sample(grid, header_rows)
    columns = ticks.with_subs(columns, cells, subs, blocks_by_text(columns, subs))
    above = [place for place in range(top) if any(cell.strip() for cell in grid.row(place))]
    remarks = [f"row {grid.rows[top]} was taken for the header, what stands above it was left out"] if above else []
    if header_rows > top + 1:
        said = "the codes of the questions" if codes else "the questions in words"
        remarks.append(f"row {grid.rows[top + 1]} was taken for {said}")
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
        if (_is_wide(grid, place) and not _names_blocks(grid, place)) or (filled and grid.width < 3):
            return place
    return first or 0


def _is_wide(grid: Grid, place: int) -> bool:
    filled = [cell for cell in grid.row(place) if cell.strip()]
    return len(filled) > max(1, grid.width // 2) and not all(map(is_value, filled))


def _names_blocks(grid: Grid, place: int) -> bool:
    """Whether a row says over every column which block it is in, the names of the columns standing below."""
    above = [cell.strip() for cell in grid.row(place) if cell.strip()]
    below = [cell.strip() for cell in grid.row(place + 1) if cell.strip()]
    if len(above) < FEWEST_COLUMNS or 2 * len(set(above)) > len(above) or not _is_wide(grid, place + 1):
        return False
    return len(below) >= len(above) and len(set(below)) == len(below) and not any(map(is_value, below))


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


def _says_in_codes(grid: Grid, top: int) -> bool:
    """Whether the row below a header in words gives each column a code, such as `Q3_2`, that no answer repeats."""
    below = [cell.strip() for cell in grid.row(top + 1)]
    codes = [code for code in below if code]
    numbered = sum(any(map(str.isdigit, code)) for code in codes)
    if len(codes) < FEWEST_COLUMNS or len(set(codes)) < len(codes) or numbered < MOSTLY * len(codes):
        return False
    if grid.header_rows or not all(map(is_name, codes)) or not any(" " in words(text) for text in grid.row(top)):
        return False
    cells = responses.sample(grid, top + 2)
    return not any(code in responses.values(cells, place) for place, code in enumerate(below) if code)


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
