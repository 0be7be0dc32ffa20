"""The canonical table in every format: one row a respondent, columns named by id, values or labels in the cells."""

from __future__ import annotations

import io
import json
from typing import Any

import polars as pl

from tests.shapes.shape import Shape, delimited
from tests.shapes.survey import DK, NA, Survey
from tests.shapes.workbook import ods, xlsx


def rows_of(survey: Survey) -> list[list[str]]:
    """Header and rows, values in the cells."""
    asked = survey.questions
    head = ["respondent", *(question.id for question in asked)]
    return [head, *([person.id, *(person.of(question) for question in asked)] for person in survey.people)]


def csv_of(survey: Survey, language: str = "") -> bytes:
    """Values, commas, UTF-8: what every other shape is held against."""
    return delimited(rows_of(survey)).encode()


def _tabs(survey: Survey, language: str) -> bytes:
    return delimited(rows_of(survey), "\t").encode("utf-16")


def _labelled(survey: Survey, language: str) -> list[list[str]]:
    head, *_ = rows_of(survey)
    told = ([q.label(person.of(q), language) for q in survey.questions] for person in survey.people)
    return [head, *([person.id, *cells] for person, cells in zip(survey.people, told, strict=True))]


def _typed(cell: str) -> Any:
    """A cell as JSON, Parquet or a workbook types it."""
    try:
        number = float(cell)
    except ValueError:
        return cell or None
    return int(number) if number.is_integer() else number


def _records(survey: Survey) -> list[dict[str, Any]]:
    head, *rows = rows_of(survey)
    return [{name: _typed(cell) for name, cell in zip(head, row, strict=True)} for row in rows]


def _json_lines(survey: Survey, language: str) -> bytes:
    return "".join(json.dumps(record, ensure_ascii=False) + "\n" for record in _records(survey)).encode()


def _json(survey: Survey, language: str) -> bytes:
    return json.dumps(_records(survey), ensure_ascii=False, indent=1).encode()


def _parquet(survey: Survey, language: str) -> bytes:
    file = io.BytesIO()
    head, *rows = _labelled(survey, language)
    pl.DataFrame(
        {name: [row[place] or None for row in rows] for place, name in enumerate(head)},
        schema=dict.fromkeys(head, pl.String),
    ).write_parquet(file)
    return file.getvalue()


def _parquet_of_numbers(survey: Survey, language: str) -> bytes:
    """Items as numbers, which leaves no room for *don't know*."""
    file = io.BytesIO()
    records = _records(survey.without((DK, NA)))
    columns: dict[str, pl.Series] = {}
    for name in records[0]:
        values = [record[name] for record in records]
        whole = all(isinstance(value, int | None) for value in values)
        plain = all(isinstance(value, int | float | None) for value in values)
        columns[name] = pl.Series(name, values, pl.Int8 if whole else pl.Float64 if plain else pl.String)
    pl.DataFrame(columns).write_parquet(file)
    return file.getvalue()


SHAPES = {
    "canonical CSV with labels": Shape(lambda s, lang: delimited(_labelled(s, lang)).encode(), ".csv", ""),
    "canonical TSV": Shape(_tabs, ".tsv", "", languages=("en",)),
    "JSON Lines": Shape(_json_lines, ".jsonl", "", languages=("en",)),
    "JSON": Shape(_json, ".json", "", languages=("en",)),
    "Parquet with labels": Shape(_parquet, ".parquet", ""),
    "Parquet with numbers": Shape(_parquet_of_numbers, ".parquet", "", speaks=False, languages=("en",)),
    "XLSX": Shape(lambda s, lang: xlsx([[_typed(c) for c in r] for r in _labelled(s, lang)]), ".xlsx", ""),
    "ODS": Shape(lambda s, lang: ods([[_typed(c) for c in r] for r in _labelled(s, lang)]), ".ods", ""),
}
