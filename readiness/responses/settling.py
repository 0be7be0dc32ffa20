"""Settling: respondents who occur twice, and those who have no case weight where others do."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

import polars as pl

from readiness.faults import Fault
from readiness.responses.cells import (
    expected_weight,
)
from readiness.responses.cells import text_of as text_of  # noqa: PLC0414 whoever writes a table takes it from here
from readiness.responses.coding import (
    FILE,
    RESPONDENT,
    WEIGHT,
)
from readiness.responses.durations import alike_but_for_time

if TYPE_CHECKING:
    pass


def no_weights(file: str, header: str) -> Fault:
    """That nobody has a case weight: then another column was meant."""
    what = f"no respondent has a case weight in column {header!r}" if header else "no respondent has a case weight"
    return Fault(file, None, what, f"name the column that holds {expected_weight()}")


def with_a_weight(frame: pl.DataFrame) -> tuple[pl.DataFrame, tuple[str, ...]]:
    """The respondents who have a case weight, and what there is to tell of those who have none."""
    there = frame.filter(pl.col(WEIGHT).is_not_null())
    without = frame.height - there.height
    return there, (f"{without} respondent(s) without a case weight are left out",) if without else ()


def repeats(came: pl.DataFrame, once: pl.DataFrame, set_aside: Collection[str]) -> tuple[str, ...]:
    """What there is to tell of rows that say the same as another of the same respondent."""
    aside = came[RESPONDENT].is_in(list(set_aside)).fill_null(False).sum() if set_aside else 0
    again = came.height - once.height - aside
    if not again:
        return ()
    return (f"{again} row(s) say the same as another with the same respondent's id, and count once",)


def settled(frame: pl.DataFrame) -> tuple[pl.DataFrame, tuple[str, ...]]:
    """Rows that agree under one id counted once; ids whose rows differ taken out, and named.

    Ids that are counters say who somebody is within one file only: rows that differ in different files are different
    people, and rows that agree the same answers exported twice.
    """
    anonymous = frame.filter(pl.col(RESPONDENT).is_null())
    named = alike_but_for_time(frame.filter(pl.col(RESPONDENT).is_not_null()), [FILE]).unique(maintain_order=True)
    differ = pl.struct(RESPONDENT, FILE).is_duplicated()
    twice = named.filter(differ)[RESPONDENT].unique().sort()
    once = named.filter(~differ).unique(pl.exclude(FILE), maintain_order=True)
    return pl.concat([once, anonymous]).drop(FILE), tuple(twice.to_list())
