"""Google Forms: a time stamp, then one column a question in full; a grid has `Question [row]`, a column a row."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from readiness.responses.export import Column, Export
from readiness.responses.platforms import responses
from readiness.responses.platforms.headings import bracketed, is_name, key, keys, words
from readiness.responses.platforms.plain import named_respondent
from readiness.responses.platforms.vocabulary import ABOUT

if TYPE_CHECKING:
    from readiness.responses.grid import Grid

TITLE = "Google Forms"
STAMPS = frozenset(
    keys(
        "Timestamp|Horodateur|Zeitstempel|Marca temporal|Marca de tiempo|Carimbo de data/hora|"
        "Informazioni cronologiche|Tijdstempel|Tidsstämpel|Tidsstempel|Tidsstempling|Sygnatura czasowa|Aikaleima|"
        "Отметка времени|Časová značka|Časová pečiatka|Zaman damgası|Időbélyeg|Marcaj de timp|Marca de temps|"
        "タイムスタンプ|时间戳记"
    )
)
NUMBERED = re.compile(r"\[([A-Za-z][\w.-]*)\]\s+(.+)\Z", re.DOTALL)  # "[Q1] How old are you?", as authors number
OWN = frozenset({"e-mail address", "a person's name", "score"})


def recognise(grid: Grid) -> bool:
    """Whether the first column, or the second beside an id, is the time stamp of Google Forms in any language."""
    first = grid.row(0)[:2]
    if len(first) < 2 or all(is_name(header) for header in grid.row(0) if key(header) not in STAMPS):
        return False  # a canonical table may well have a time stamp
    return key(first[0]) in STAMPS or (key(first[0]) == "id" and key(first[1]) in STAMPS)


def read(grid: Grid) -> Export:
    """An export of Google Forms or the sheet of its answers.

    Raises:
        ResponseError: there are no responses.
    """
    headers = grid.row(0)
    columns = []
    own = True
    for place, header in enumerate(headers):
        column = _column(place, header)
        about = ABOUT.get(key(header), "")
        is_stamp = key(header) in STAMPS
        own = own and (is_stamp or about in OWN or key(header) == "id")
        columns.append(replace(column, kind="about", about=about) if is_stamp or (own and about) else column)
    respondents = [place for place in named_respondent(headers) if place < 2]
    return responses.understood_as("google_forms", grid, columns, 1, respondents=respondents)


def _column(place: int, header: str) -> Column:
    text = words(header)
    numbered = NUMBERED.match(text)
    code = numbered[1] if numbered else ""
    question, subs = bracketed(numbered[2] if numbered else text)
    if not question:
        question, subs = text, []
    return Column(place, header, code, question, row=", ".join(filter(None, subs)))
