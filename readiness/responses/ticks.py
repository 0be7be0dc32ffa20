"""Ticks: a question with a column for each option, put together into one column of what was ticked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

import polars as pl

from readiness.framework.folding import folded
from readiness.responses.cells import EMPTY
from readiness.responses.labels import cleaned

if TYPE_CHECKING:
    from readiness.responses.export import Column

TICKED = frozenset(
    [
        "1",
        "1.0",
        "true",
        "yes",
        "y",
        "oui",
        "o",
        "ja",
        "j",
        "x",
        "✓",
        "✔",
        "☑",
        "checked",
        "selected",
        "on",
        "quoted",
        "coché",
        "choisi",
    ]
)
UNTICKED = frozenset(["0", "0.0", "false", "no", "n", "non", "nein", "unchecked", "not selected", "off", "not quoted"])
JOIN = "; "  # between several that are ticked: no option of a scale is called so


def put_together(cells: pl.DataFrame, columns: Sequence[Column]) -> pl.Series:
    """One text a row: the option ticked, several with `;` between them, or nothing. What is no tick stands as it is."""
    named = [
        cells[str(column.place)].replace_strict(_meanings(cells, column), default=None, return_dtype=pl.String)
        for column in columns
    ]
    frame = pl.DataFrame({str(place): series for place, series in enumerate(named)})
    joined = frame.select(pl.concat_str(pl.all(), separator=JOIN, ignore_nulls=True).alias("ticked")).to_series()
    return joined.set(joined == "", None)


def _meanings(cells: pl.DataFrame, column: Column) -> dict[str | None, str | None]:
    """What each different text of a choice's column means."""
    found = cells[str(column.place)].unique().to_list()
    return {cell: meaning(cell, column) for cell in found} or {None: None}


def meaning(cell: str | None, column: Column) -> str | None:
    """The choice where a cell ticks it, nothing where it does not, else the cell beside the choice."""
    text = cleaned(cell or "")
    said = folded(text)
    if said == folded(cleaned(column.choice)) or said in TICKED:
        return column.choice
    if text in EMPTY or text in column.missing or text in column.not_put or said in UNTICKED:
        return None
    label = column.labels.get(text)
    return meaning(label, replace(column, labels={})) if label else f"{column.choice}: {text}"
