"""Typeform: `#` first, the network id and the times last; an option of a multiple choice is a column of its own."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from readiness.framework.folding import folded
from readiness.responses.export import Column, Export
from readiness.responses.platforms import responses
from readiness.responses.platforms.headings import key, keys, words
from readiness.responses.platforms.vocabulary import ABOUT, OTHER

if TYPE_CHECKING:
    from readiness.responses.grid import Grid

TITLE = "Typeform"
LAST = frozenset(keys("Start Date (UTC)|Stage Date (UTC)|Submit Date (UTC)|Network ID|Response Type|Tags|Ending"))
EMPHASIS = re.compile(r"(?<!\w)([*_]{1,2})(\S(?:.*?\S)?)\1(?!\w)")
PARTIAL = ("partial", "started")


def recognise(grid: Grid) -> bool:
    """Whether there are the columns that Typeform puts around the questions; `#` may have been cut off."""
    headers = [key(header) for header in grid.row(0)]
    last = {header for header in headers if header in LAST}
    return "network id" in last and len(last) > 1 and ("#" in headers[:2] or "submit date (utc)" in last)


def read(grid: Grid) -> Export:
    """An export of Typeform; responses that were not finished stay in, and are told.

    Raises:
        ResponseError: there are no responses.
    """
    headers = grid.row(0)
    cells = responses.sample(grid, 1)
    ends = next((place for place, header in enumerate(headers) if key(header) in LAST), len(headers))
    columns: list[Column] = []
    marks = []
    for place, header in enumerate(headers):
        column = Column(place, header, text=EMPHASIS.sub(r"\2", words(header)))
        if key(header) in LAST or (key(header) == "score" and place >= ends - 2):
            column = replace(column, kind="about", about=ABOUT.get(key(header), "platform's own"))
        elif _is_option(responses.values(cells, place), column.text) or (
            columns and columns[-1].choice and key(header).startswith(OTHER)
        ):
            column = replace(column, text="", choice=column.text)
        columns.append(column)
        if key(header) == "response type":
            partial = responses.below(grid, 1)[str(place)].str.to_lowercase().is_in(PARTIAL)
            marks.append(responses.Mark("not finished; what they answered counts", partial, left_out=False))
    token = [place for place, header in enumerate(headers) if key(header) in ("#", "token", "response id")]
    for place in token:
        columns[place] = replace(columns[place], kind="respondent")
    return responses.understood_as("typeform", grid, columns, 1, respondents=token, marks=marks, regular=not marks)


def _is_option(found: list[str], text: str) -> bool:
    """Whether a column holds its own heading and nothing else: an option that was ticked."""
    return bool(found) and all(folded(EMPHASIS.sub(r"\2", words(cell))) == folded(text) for cell in found)
