"""SurveyMonkey: two header rows, the question only over the first column of its block, numbered; CSV and workbook."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from tests.shapes.shape import Shape, decimal, delimited
from tests.shapes.survey import Person, Question, Survey
from tests.shapes.workbook import Merge, xlsx

ABOUT = (
    "Respondent ID",
    "Collector ID",
    "Start Date",
    "End Date",
    "IP Address",
    "Email Address",
    "First Name",
    "Last Name",
    "Custom Data 1",
)
ANSWER = {"en": "Response", "fr": "Réponse"}
OPEN_ANSWER = {"en": "Open-Ended Response", "fr": "Réponse ouverte"}
OTHER = {"en": "Other (please specify)", "fr": "Autre (veuillez préciser)"}

Column = tuple[str, str, Callable[[Person], str]]


def _columns(survey: Survey, language: str) -> Iterator[Column]:
    """What stands in either header row, and the cells below."""
    for number, (grid, lines) in enumerate(survey.blocks(), start=1):
        above = f"{number}. {survey.grids[grid][language] if grid else lines[0].text[language]}"
        for question in lines:
            if grid:
                yield above, question.text[language], _label(question, language)
            elif question.kind == "boxes":
                for option in question.options:
                    yield above, question.label(option, language), _ticked(question, option, language)
                    above = ""
            elif question.options:
                yield above, ANSWER[language], _label(question, language)
                if question.open_ended:
                    yield "", OTHER[language], lambda _: ""
            else:
                yield above, OPEN_ANSWER[language], _label(question, language)
            above = ""


def _label(question: Question, language: str) -> Callable[[Person], str]:
    if question.kind == "number":
        return lambda person: decimal(person.of(question), language)
    return lambda person: question.label(person.of(question), language)


def _ticked(question: Question, option: str, language: str) -> Callable[[Person], str]:
    label = question.label(option, language)
    return lambda person: label if person.of(question) == option else ""


def _table(survey: Survey, language: str) -> list[list[str]]:
    columns = list(_columns(survey, language))
    head = [*ABOUT, *(above for above, _, _ in columns)]
    below = [*("" for _ in ABOUT), *(row for _, row, _ in columns)]
    rows = [head, below]
    for person in survey.people:
        moments = [f"{person.began:%m/%d/%Y %I:%M:%S %p}", f"{person.ended:%m/%d/%Y %I:%M:%S %p}"]
        about = [str(11897000000 + person.number), "401777001", *moments, "", "", "", "", ""]
        rows.append([*about, *(cell(person) for _, _, cell in columns)])
    return rows


def _csv(survey: Survey, language: str) -> bytes:
    return delimited(_table(survey, language), end="\r\n").encode()


def _workbook(survey: Survey, language: str) -> bytes:
    """The question's cell is merged over its block; the respondent's number is a number."""
    head, below, *body = _table(survey, language)
    rows: list[list[Any]] = [head, below, *([int(row[0]), int(row[1]), *row[2:]] for row in body)]
    return xlsx(rows, "Sheet", list(_merges(head)))


def _merges(head: list[str]) -> Iterator[Merge]:
    starts = [place for place, cell in enumerate(head) if cell]
    for first, after in zip(starts, [*starts[1:], len(head)], strict=True):
        if after - first > 1:
            yield 0, first, after - 1


SHAPES = {
    "SurveyMonkey CSV": Shape(_csv, ".csv", "SurveyMonkey"),
    "SurveyMonkey XLSX": Shape(_workbook, ".xlsx", "SurveyMonkey"),
}
