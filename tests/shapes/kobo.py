"""KoboToolbox: semicolons, all quoted, groups before the names; names and values of the XML, or labels."""

from __future__ import annotations

import csv
import uuid
from collections.abc import Callable, Iterator

from tests.shapes.shape import Shape, delimited
from tests.shapes.survey import Person, Question, Survey

BEFORE = ("start", "end")
AFTER = (
    "_id",
    "_uuid",
    "_submission_time",
    "_validation_status",
    "_notes",
    "_status",
    "_submitted_by",
    "__version__",
    "_tags",
    "_index",
)
GROUPS = {"context": {"en": "About you", "fr": "À propos de vous"}, "form": {"en": "Your work", "fr": "Votre travail"}}

Column = tuple[str, Callable[[Person], str]]


def _columns(survey: Survey, language: str, labels: bool) -> Iterator[Column]:
    """A group's name or label stands before each of its questions; boxes have a joined column and one each."""
    for question in survey.in_order():
        group = question.grid or ("context" if question.context else "form")
        titles = survey.grids.get(group) or GROUPS[group]
        name = f"{titles[language]}/{question.text[language]}" if labels else f"{group}/{question.id}"
        yield name, _cell(question, language, labels)
        if question.kind == "boxes":
            for option in question.options:
                yield f"{name}/{question.label(option, language) if labels else option}", _ticked(question, option)


def _cell(question: Question, language: str, labels: bool) -> Callable[[Person], str]:
    if labels:
        return lambda person: question.label(person.of(question), language)
    return lambda person: person.of(question)


def _ticked(question: Question, option: str) -> Callable[[Person], str]:
    return lambda person: ("1" if person.of(question) == option else "0") if person.of(question) else ""


def _written(survey: Survey, language: str, labels: bool) -> bytes:
    columns = list(_columns(survey, language, labels))
    rows = [[*BEFORE, *(name for name, _ in columns), *AFTER]]
    for person in survey.people:
        began, ended = (f"{moment.isoformat(timespec='milliseconds')}+01:00" for moment in (person.began, person.ended))
        one = str(uuid.UUID(int=person.number * 2**96 + 5))
        number = str(31400000 + person.number)
        after = [number, one, f"{person.ended:%Y-%m-%dT%H:%M:%S}", "", "", "submitted_via_web", "", "vK9x", "", number]
        rows.append([began, ended, *(cell(person) for _, cell in columns), *after])
    return delimited(rows, ";", "\r\n", csv.QUOTE_ALL).encode()


SHAPES = {
    "KoboToolbox CSV with XML values": Shape(lambda s, lang: _written(s, lang, False), ".csv", "KoboToolbox"),
    "KoboToolbox CSV with labels": Shape(lambda s, lang: _written(s, lang, True), ".csv", "KoboToolbox"),
}
