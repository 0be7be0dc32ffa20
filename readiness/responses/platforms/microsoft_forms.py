"""Microsoft Forms: one header row that begins with an id, two times and who it was; numbered where titles repeat."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

from readiness.responses.export import Column, Export
from readiness.responses.platforms import responses
from readiness.responses.platforms.headings import DATE, key, keys, words
from readiness.responses.platforms.vocabulary import ABOUT

if TYPE_CHECKING:
    from readiness.responses.grid import Grid

TITLE = "Microsoft Forms"
# As Forms writes them in the language of whoever exports.
BEGUN = frozenset(keys("Start time|Heure de début|Startzeit|Hora de inicio|Hora de início|Ora di inizio|Begintijd"))
DONE = frozenset(
    keys(
        "Completion time|Heure de fin|Fertigstellungszeit|Hora de finalización|Hora de conclusão|"
        "Ora di completamento|Tijd van voltooien|Voltooiingstijd"
    )
)
QUIZ = re.compile(r"(points|feedback|commentaires|punkte|puntos|comentarios|pontos|comentários)\s*-\s", re.IGNORECASE)
NUMBERED = re.compile(r"(.+?)(\d+)\Z", re.DOTALL)
OWN_COLUMNS = 12  # what Forms records itself stands among the first columns
STEM = re.compile(r"(.*\S)\.(\w.*)\Z", re.DOTALL)  # no space behind the dot
A_COUNTER = "a number that begins anew in every form"


def recognise(grid: Grid) -> bool:
    """Whether the header begins as Forms writes it, in any of its languages."""
    first = [key(header) for header in grid.row(0)[:OWN_COLUMNS]]
    if set(first) & BEGUN and set(first) & DONE:
        return True
    # In another language: an id, two times, and an address or none.
    if len(first) < 5 or first[0] != "id":
        return False
    cells = responses.sample(grid, 1)
    times = [responses.values(cells, place) for place in (1, 2)]
    return all(found and all(map(DATE.match, found)) for found in times) and _are_addresses(responses.values(cells, 3))


def _are_addresses(found: list[str]) -> bool:
    return all("@" in text or key(text) == "anonymous" for text in found)


def read(grid: Grid) -> Export:
    """An export of Microsoft Forms. Titles that repeat are numbered: `Why?`, `Why?2`; both have the text `Why?`.

    Raises:
        ResponseError: there are no responses.
    """
    headers = grid.row(0)
    seen: set[str] = set()
    columns = []
    own = True
    for place, header in enumerate(headers):
        text = _unnumbered(words(header), seen)
        seen.add(words(header))
        about = ABOUT.get(key(header), "") if place < OWN_COLUMNS and own else ""
        own = own and bool(about or key(header) == "id")
        column = Column(place, header, text=text)
        if QUIZ.match(words(header)):
            about = "points or feedback of a quiz"
        columns.append(replace(column, kind="about", about=about) if about else column)
    columns = _with_rows(columns)
    respondents = [place for place, header in enumerate(headers[:2]) if key(header) == "id"]
    for place in respondents:
        columns[place] = replace(columns[place], kind="respondent", about=A_COUNTER, counter=True)
    return responses.understood_as("microsoft_forms", grid, columns, 1, respondents=respondents)


def _with_rows(columns: list[Column]) -> list[Column]:
    """Columns of a Likert question, `Question.Row`, told apart into both: where several begin with one question."""
    parts = {column.place: STEM.match(column.text) for column in columns if column.kind == "question"}
    stems = Counter(part[1] for part in parts.values() if part)
    return [
        replace(column, text=part[1], row=part[2])
        if (part := parts.get(column.place)) and stems[part[1]] > 1
        else column
        for column in columns
    ]


def _unnumbered(text: str, seen: set[str]) -> str:
    """A title without the number that Forms adds to one that it has written before."""
    numbered = NUMBERED.match(text)
    if numbered is None or int(numbered[2]) < 2 or numbered[1].rstrip() not in seen:
        return text
    return numbered[1].rstrip()
