"""Microsoft Forms: a workbook with real moments, a no-break space after each question, and a false dimension."""

from __future__ import annotations

from typing import Any

from tests.shapes.shape import Shape
from tests.shapes.survey import Person, Question, Survey
from tests.shapes.workbook import xlsx

ABOUT = {
    "en": ("ID", "Start time", "Completion time", "Email", "Name"),
    "fr": ("ID", "Heure de début", "Heure de fin", "Adresse de messagerie", "Nom"),
}
NO_BREAK = "\u00a0"


def _answer(person: Person, question: Question, language: str) -> Any:
    said = person.of(question)
    if question.kind == "number" and said:
        return float(said)
    label = question.label(said, language)
    return f"{label};" if question.kind == "boxes" and label else label


def _workbook(survey: Survey, language: str) -> bytes:
    """A grid's lines stand by themselves: its title is nowhere."""
    asked = survey.in_order()
    rows: list[list[Any]] = [[*ABOUT[language], *(question.text[language] + NO_BREAK for question in asked)]]
    for person in survey.people:
        about = [person.number, person.began, person.ended, "anonymous", ""]
        rows.append([*about, *(_answer(person, question, language) for question in asked)])
    return xlsx(rows, "Sheet1" if language == "en" else "Feuil1", dimension="A1")


SHAPES = {"Microsoft Forms XLSX": Shape(_workbook, ".xlsx", "Microsoft Forms")}
