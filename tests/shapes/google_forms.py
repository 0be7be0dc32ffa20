"""Google Forms: the form's own CSV, and the spreadsheet behind it as CSV and as a workbook. No row says whose it is."""

from __future__ import annotations

import csv
from typing import Any

from tests.shapes.shape import Shape, decimal, delimited
from tests.shapes.survey import Question, Survey
from tests.shapes.workbook import xlsx

TIME_STAMP = {"en": "Timestamp", "fr": "Horodateur"}
SHEET = {"en": "Form Responses 1", "fr": "Réponses au formulaire 1"}


def _heading(survey: Survey, question: Question, language: str) -> str:
    text = question.text[language]
    return f"{survey.grids[question.grid][language]} [{text}]" if question.grid else text


def _header(survey: Survey, language: str) -> list[str]:
    return [TIME_STAMP[language], *(_heading(survey, question, language) for question in survey.in_order())]


def _form(survey: Survey, language: str) -> bytes:
    rows = [_header(survey, language)]
    for person in survey.people:
        moment = f"{person.ended:%Y/%m/%d %I:%M:%S %p} UTC+1"
        rows.append([moment, *(question.label(person.of(question), language) for question in survey.in_order())])
    return delimited(rows, quoting=csv.QUOTE_ALL).rstrip("\n").encode()


def _spreadsheet(survey: Survey, language: str) -> bytes:
    rows = [_header(survey, language)]
    shown = "%d/%m/%Y %H:%M:%S" if language == "fr" else "%m/%d/%Y %H:%M:%S"
    for person in survey.people:
        cells = [f"{person.ended:{shown}}"]
        for question in survey.in_order():
            said = person.of(question)
            cells.append(decimal(said, language) if question.kind == "number" else question.label(said, language))
        rows.append(cells)
    return delimited(rows, end="\r\n").encode()


def _workbook(survey: Survey, language: str) -> bytes:
    rows: list[list[Any]] = [[*_header(survey, language)]]
    for person in survey.people:
        cells: list[Any] = [person.ended]
        for question in survey.in_order():
            label = question.label(person.of(question), language)
            cells.append(float(label) if label.replace(".", "", 1).isdigit() else label)
        rows.append(cells)
    return xlsx(rows, SHEET[language])


SHAPES = {
    "Google Forms CSV": Shape(_form, ".csv", "Google Forms", names=False),
    "Google Sheets CSV": Shape(_spreadsheet, ".csv", "Google Forms", names=False),
    "Google Sheets XLSX": Shape(_workbook, ".xlsx", "Google Forms", names=False),
}
