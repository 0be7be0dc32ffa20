"""A statistics file (SPSS, Stata): names, and labels of variables and values that the file itself brings."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from readiness.responses.export import Column, Export
from readiness.responses.platforms import responses, ticks
from readiness.responses.platforms.headings import bracketed, key, words
from readiness.responses.platforms.plain import ALWAYS_ABOUT, named_respondent
from readiness.responses.platforms.qualtrics import shared
from readiness.responses.platforms.vocabulary import ABOUT, RESPONDENT

if TYPE_CHECKING:
    from readiness.responses.grid import Grid

TITLE = "a statistics file"
FORMATS = ("spss", "stata")
LEADING = re.compile(
    r"\[([^\[\]]+)\]\s*(\S.*)\Z", re.DOTALL
)  # "[My team] How far do you trust …", as LimeSurvey labels
NAME_BASE = re.compile(r"(.+?)(?:[_.]?[0-9]+|_[A-Za-z])\Z")


def recognise(grid: Grid) -> bool:
    """Whether the format is one that brings labels of its own."""
    return grid.format in FORMATS or bool(grid.labels)


def read(grid: Grid) -> Export:
    """A statistics file: variables by name, questions by label, values as the file labels them.

    Raises:
        ResponseError: there are no cases.
    """
    header_rows = grid.header_rows or 1
    names, labels = grid.row(0), grid.row(1) if header_rows > 1 else [""] * grid.width
    columns = [_column(place, *heading) for place, heading in enumerate(zip(names, labels, strict=True))]
    respondents = named_respondent(names)
    respondents += [
        place for place, label in enumerate(labels) if place not in respondents and key(label) in RESPONDENT
    ]
    columns = _apart(grid, columns, header_rows)
    return responses.understood_as("spss", grid, columns, header_rows, respondents=respondents)


def _column(place: int, name: str, label: str) -> Column:
    text = words(label)
    about = ABOUT.get(key(name), "")
    if about in ALWAYS_ABOUT:
        return Column(place, name, name, text, kind="about", about=about)
    leading = LEADING.match(text)
    if leading:
        return Column(place, name, name, leading[2], leading[1])
    question, subs = bracketed(text)
    return Column(place, name, name, question or text, ", ".join(subs) if question else "")


def _apart(grid: Grid, columns: list[Column], header_rows: int) -> list[Column]:
    """Variables whose names differ by their last number, and whose labels share a question before ` - `, apart."""
    found: dict[str, list[int]] = {}
    for column in columns:
        base = NAME_BASE.match(column.code)
        if base and column.kind == "question" and not column.row and " - " in column.text:
            found.setdefault(base[1], []).append(column.place)
    subs: dict[int, str] = {}
    for places in found.values():
        question, rest = shared([columns[place].text for place in places])
        for place, sub in zip(places, rest, strict=True):
            if sub:
                columns[place] = replace(columns[place], text=question)
                subs[place] = sub
    return ticks.with_subs(columns, responses.sample(grid, header_rows), subs, found)
