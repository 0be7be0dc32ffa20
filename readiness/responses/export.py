"""An export: a grid understood as what some survey platform writes, its columns described, one row a response."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    import polars as pl

Kind = Literal["question", "respondent", "about"]  # about: what a platform records by itself, such as a time stamp


@dataclass(frozen=True)
class Column:
    """One column of an export.

    place: its number in the grid, from 0. header: how a person finds it in the file, as it stands in the first header
    row that has anything there. code: the platform's own name of the question, such as `Q3_2`, or the id that a
    framework's author gave it. text: the question in words. row: the line of a grid, in words. choice: the option this
    column stands for, where a question has a column an option; the same text stands in `row` and `choice` where cells
    of yes and no leave open which it is. labels, missing: as in `Grid`. not_put: what the platform writes into a cell
    whose question its logic did not show. counter: of a respondent's id, that it begins anew in every form.
    """

    place: int
    header: str
    code: str = ""
    text: str = ""
    row: str = ""
    choice: str = ""
    kind: Kind = "question"
    about: str = ""  # for kind "about": what it records, such as "time stamp"
    labels: Mapping[str, str] = field(default_factory=dict)
    missing: frozenset[str] = frozenset()
    not_put: frozenset[str] = frozenset()
    counter: bool = False


@dataclass(frozen=True)
class Export:
    """What a platform wrote.

    platform: a key of `platforms.PLATFORMS`. columns: every column of the grid, in its order. cells: one row a
    response, text, columns named by place as in `Grid`. rows: the number of each row in the file. header_rows: how many
    rows above the responses name the columns. regular: whether every row below them is a response as it stands, so
    that a large file may be read on in pieces. remarks: what was left out (test rows, previews) and why.
    """

    platform: str
    file: str
    columns: tuple[Column, ...]
    cells: pl.DataFrame
    rows: pl.Series
    header_rows: int = 1
    regular: bool = True
    remarks: tuple[str, ...] = ()
