"""SurveyMonkey: two header rows, the question over the first of its columns, below it the option or line of a grid."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from readiness.responses.export import Column, Export
from readiness.responses.platforms import responses, ticks
from readiness.responses.platforms.headings import blocks, carried, has_two_rows, key, keys, words
from readiness.responses.platforms.vocabulary import ABOUT

if TYPE_CHECKING:
    from readiness.responses.grid import Grid

TITLE = "SurveyMonkey"
IDS = keys(
    "Respondent ID|ID du répondant|Identifiant du répondant|Befragten-ID|ID de encuestado|ID del encuestado|"
    "ID do entrevistado|ID do respondente"
)
COLLECTORS = keys("Collector ID|ID du collecteur|Collector-ID|ID de recopilador|ID del recopilador|ID do coletor")
# What stands below a question that has one column.
ANSWERS = frozenset(
    keys(
        "Response|Open-Ended Response|Réponse|Réponse ouverte|Réponse libre|Réponse à développement|Antwort|"
        "Offene Antwort|Antwort mit offenem Ende|Beantwortung mit offenem Ende|Respuesta|Respuesta abierta|"
        "Resposta|Resposta aberta|Resposta em aberto|Risposta|Risposta aperta|Antwoord|Open antwoord|Reactie|"
        "Svar|Respons"
    )
)
OWN = frozenset({"time stamp", "IP address", "e-mail address", "a person's name", "platform's own", "language"})
OWN_COLUMNS = 20


def recognise(grid: Grid) -> bool:
    """Whether the ids are there, or a second row says `Response` below questions."""
    first, second = grid.row(0), grid.row(1)
    if sum(key(header) in COLLECTORS for header in first) and any(key(header) in IDS for header in first):
        return True
    if any(key(cell) in ANSWERS for cell in first):
        return False
    answers = sum(key(cell) in ANSWERS for cell, question in zip(second, first, strict=True) if question.strip())
    filled = sum(bool(question.strip()) for question in first)
    return answers > 0 and (2 * answers > filled or has_two_rows(first, second))


def read(grid: Grid) -> Export:
    """An export of all responses, its options in a column each or condensed into one.

    Raises:
        ResponseError: there are no responses.
    """
    questions, below = grid.row(0), grid.row(1)
    header_rows = 2 if _is_second_header(questions, below) else 1
    if header_rows == 1:
        below = [""] * grid.width
    full = carried(questions, below)
    columns, own = [], True
    for place, question in enumerate(full):
        header = questions[place] if questions[place].strip() else below[place]
        column = Column(place, header, text=words(question))
        about = ABOUT.get(key(question), "") if own and place < OWN_COLUMNS and not below[place].strip() else ""
        own = own and (not question.strip() or about in OWN or key(question) in IDS)
        columns.append(replace(column, kind="about", about=about) if own and about else column)
    respondents = [place for place, question in enumerate(questions[:OWN_COLUMNS]) if key(question) in IDS]
    for place in respondents:
        columns[place] = replace(columns[place], kind="respondent")
    columns = _with_subs(grid, columns, questions, below, header_rows)
    return responses.understood_as("surveymonkey", grid, columns, header_rows, respondents=respondents)


def _is_second_header(questions: list[str], below: list[str]) -> bool:
    """Whether the second row names columns: it has nothing below the ids, which every response has."""
    own = [place for place, question in enumerate(questions) if key(question) in (*IDS, *COLLECTORS)]
    if own:
        return not any(below[place].strip() for place in own) and any(cell.strip() for cell in below)
    return True


def _with_subs(
    grid: Grid, columns: list[Column], questions: list[str], below: list[str], header_rows: int
) -> list[Column]:
    """Columns with what stands in the second row. Beside a `Response`, it is the open text of an option."""
    cells = responses.sample(grid, header_rows)
    subs: dict[int, str] = {}
    found: dict[str, list[int]] = {}
    for block in blocks(questions, below):
        beside = any(key(below[place]) in ANSWERS for place in block)
        for place in block:
            sub = words(below[place])
            if sub and key(sub) not in ANSWERS:
                if beside:
                    columns[place] = replace(columns[place], choice=sub)
                else:
                    subs[place] = sub
        found[str(block[0])] = [place for place in block if place in subs]
    return ticks.with_subs(columns, cells, subs, found)
