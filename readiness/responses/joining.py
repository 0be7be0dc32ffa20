"""Joining: responses with context that holds for all of them, and two modes side by side."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

import polars as pl

from readiness.responses.cells import (
    ContextReader,
    number,
)
from readiness.responses.cells import text_of as text_of  # noqa: PLC0414 whoever writes a table takes it from here
from readiness.responses.coding import (
    ABSENT,
    MODE,
    RESPONDENT,
    WEIGHT,
    WEIGHT_UNIT,
    number_column,
)
from readiness.responses.table import INTERVIEW, SURVEY, Responses

if TYPE_CHECKING:
    from readiness.framework.models import Framework


def with_context(framework: Framework, responses: Responses, values: Mapping[str, str]) -> Responses:
    """Responses with context that holds for all of them, where a row says nothing else."""
    if not values:
        return responses
    columns: list[pl.Expr] = []
    for key, said in values.items():
        value = ContextReader(framework.context[key]).value(said)
        for name, given in ((key, value), (number_column(key), number(value or ""))):
            constant = pl.lit(given, dtype=pl.String if name == key else pl.Float64)
            columns.append((pl.col(name).fill_null(constant) if key in responses.context else constant).alias(name))
    return replace(
        responses, frame=responses.frame.with_columns(columns), context=responses.context | frozenset(values)
    )


def beside(framework: Framework, survey: Responses, interviews: Responses) -> Responses:
    """Both modes in one frame, told apart by the column `MODE`, so that one pass scores them; they are never pooled."""
    modes = {SURVEY: survey, INTERVIEW: interviews}
    items, context = survey.items | interviews.items, survey.context | interviews.context
    frames = [
        mode.frame.select(
            *_columns(framework, mode, items, context), *_weight(mode, survey.weighted), pl.lit(name).alias(MODE)
        )
        for name, mode in modes.items()
    ]
    read = survey.read + interviews.read
    return Responses(pl.concat(frames), items, context, read, survey.rejected, weighted=survey.weighted)


def _weight(mode: Responses, weighted: bool) -> list[pl.Expr]:
    """The column of case weights, where the survey has one: an interview weighs one."""
    if not weighted:
        return []
    return [pl.col(WEIGHT) if mode.weighted else pl.lit(WEIGHT_UNIT, dtype=pl.Int64).alias(WEIGHT)]


def _columns(framework: Framework, part: Responses, items: frozenset[str], context: frozenset[str]) -> list[pl.Expr]:
    """Every column that any of several frames has, in framework order; what this one lacks was put to nobody in it."""
    columns: list[pl.Expr] = [pl.col(RESPONDENT)]
    for key in framework.context:
        if key in context:
            here = key in part.context
            columns.append(pl.col(key) if here else pl.lit(None, dtype=pl.String).alias(key))
            columns.append(_numbers(key, here))
    for id_, item in framework.items.items():
        if id_ in items:
            here = id_ in part.items
            columns.append(pl.col(id_) if here else pl.lit(ABSENT, dtype=pl.Int8).alias(id_))
            if item.type == "number":
                columns.append(_numbers(id_, here))
    return columns


def _numbers(name: str, here: bool) -> pl.Expr:
    beside = number_column(name)
    return pl.col(beside) if here else pl.lit(None, dtype=pl.Float64).alias(beside)
