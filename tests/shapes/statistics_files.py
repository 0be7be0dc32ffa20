"""SPSS and Stata: numbers with value labels, questions as the variables' labels, user-missing values named."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

import polars as pl
import pyreadstat

from tests.shapes.shape import Shape
from tests.shapes.survey import DK, NA, Question, Survey

UNSAID = {DK: 98, NA: 99}


def _value(question: Question, code: str) -> float | None:
    """The number that stands for an answer: an option's own, or its rank where it has none."""
    if not code:
        return None
    if code in UNSAID:
        return float(UNSAID[code])
    if code.replace(".", "", 1).isdigit():
        return float(code)
    return float(list(question.options).index(code) + 1)


def _columns(survey: Survey, named: bool) -> dict[str, Question]:
    """Variables by name: the author's ids, or `q1`, `q2`, … where the file came from elsewhere."""
    asked = survey.in_order()
    return {question.id if named else f"q{place}": question for place, question in enumerate(asked, start=1)}


def _frame(survey: Survey, columns: dict[str, Question]) -> pl.DataFrame:
    data: dict[str, list[Any]] = {"respondent": [person.id for person in survey.people]}
    for name, question in columns.items():
        if question.kind == "text":
            data[name] = [person.of(question).replace("\n", " ") for person in survey.people]
        else:
            data[name] = [_value(question, person.of(question)) for person in survey.people]
    return pl.DataFrame(data, schema_overrides=dict.fromkeys(_numbers(columns), pl.Float64))


def _numbers(columns: dict[str, Question]) -> list[str]:
    return [name for name, question in columns.items() if question.kind != "text"]


def _labels(columns: dict[str, Question], language: str) -> dict[str, dict[Any, str]]:
    """Value labels; a step of a ladder that is only a number has none."""
    found: dict[str, dict[Any, str]] = {}
    for name, question in columns.items():
        words = {_value(question, code): question.label(code, language) for code in question.options}
        words = {value: word for value, word in words.items() if not word.isdigit()}
        if words:
            found[name] = words
    return found


def _spss(survey: Survey, language: str, named: bool) -> bytes:
    columns = _columns(survey, named)
    texts = ["", *(question.text[language] for question in columns.values())]
    missing = {name: sorted(UNSAID.values()) for name, question in columns.items() if DK in question.options}
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "survey.sav"
        pyreadstat.write_sav(
            _frame(survey, columns),
            str(path),
            column_labels=texts,
            variable_value_labels=_labels(columns, language),
            missing_ranges=missing,
        )
        return path.read_bytes()


def _stata(survey: Survey, language: str) -> bytes:
    columns = _columns(survey, named=True)
    texts = ["", *(question.text[language][:80] for question in columns.values())]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "survey.dta"
        pyreadstat.write_dta(
            _frame(survey, columns),
            str(path),
            column_labels=texts,
            variable_value_labels={
                name: {int(value): word for value, word in words.items()}
                for name, words in _labels(columns, language).items()
            },
        )
        return path.read_bytes()


SHAPES = {
    "SPSS with ids": Shape(lambda survey, language: _spss(survey, language, True), ".sav", "SPSS"),
    "SPSS with questions as labels": Shape(lambda survey, language: _spss(survey, language, False), ".sav", "SPSS"),
    "Stata": Shape(_stata, ".dta", "Stata"),
}
