"""Plain tables out of a spreadsheet: French Excel's idea of CSV, and an English one."""

from __future__ import annotations

from tests.shapes.shape import Shape, decimal, delimited
from tests.shapes.survey import Survey

RESPONDENT = {"en": "Respondent", "fr": "Répondant"}


def _rows(survey: Survey, language: str, ids: bool) -> list[list[str]]:
    asked = survey.in_order()
    head = [RESPONDENT[language], *(q.id if ids and not q.context else q.text[language] for q in asked)]
    rows = [head]
    for person in survey.people:
        cells = [person.id]
        for question in asked:
            said = person.of(question)
            cells.append(decimal(said, language) if question.kind == "number" else question.label(said, language))
        rows.append(cells)
    return rows


def _excel(survey: Survey, language: str, ids: bool) -> bytes:
    """Saved on Windows, in its code page."""
    delimiter = ";" if language == "fr" else ","
    return delimited(_rows(survey, language, ids), delimiter, "\r\n").encode("cp1252")


SHAPES = {
    "Excel CSV with questions": Shape(lambda survey, language: _excel(survey, language, False), ".csv", ""),
    "Excel CSV with ids": Shape(lambda survey, language: _excel(survey, language, True), ".csv", ""),
}
