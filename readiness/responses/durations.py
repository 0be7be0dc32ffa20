"""Durations: how long a respondent took, where a survey tool or the canonical table says so, in whole seconds.

It is no answer and changes no score: who took hardly any time is told by the analysis. A column counts only where its
name says that it holds seconds; what is a time of another unit would make everybody hasty.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import polars as pl

from readiness.responses.coding import DURATION, RESPONDENT
from readiness.responses.platforms.headings import key, keys

if TYPE_CHECKING:
    from readiness.responses.matching import Decision

CANONICAL = "duration"  # in a table of no platform, spelt just so
IN_SECONDS = frozenset(
    keys(
        "Duration (in seconds)|Durée (en secondes)|Dauer (in Sekunden)|Duración (en segundos)|"
        "Duração (em segundos)|Durata (in secondi)|Duration (sec)"
    )
)
OWN = {"qualtrics": "duration", "limesurvey": "interviewtime", "kobo": "duration"}  # what platforms call it by code
LONGEST = 2_000_000_000
CLOCK = r"^(?:(\d{1,5}):)?(\d{1,5}):(\d{1,2})$"


def recorded(decisions: Sequence[Decision], platform: str) -> Decision | None:
    """The column that says how long each respondent took: one that is nothing else, if there is a single such one."""
    found = [decision for decision in decisions if decision.to == "ignored" and _is_duration(decision, platform)]
    return found[0] if len(found) == 1 else None


def _is_duration(decision: Decision, platform: str) -> bool:
    column = decision.column
    if column.header.strip() == CANONICAL and platform not in OWN:
        return True
    names = {key(column.header).strip(), key(column.code).strip(), key(column.text).strip()}
    return bool(names & IN_SECONDS) or OWN.get(platform) in names


def used(decision: Decision) -> str:
    """What there is to tell of such a column."""
    return f"how long respondents took is read from {' '.join(decision.column.header.split())!r}, in seconds"


def seconds(cells: pl.Expr) -> pl.Expr:
    """Cells of text as whole seconds: numbers, or hours, minutes and seconds with colons; null for anything else."""
    text = cells.str.strip_chars()
    plain = text.str.replace(",", ".", literal=True).cast(pl.Float64, strict=False)
    hours, minutes, rest = (text.str.extract(CLOCK, group).cast(pl.Float64, strict=False) for group in (1, 2, 3))
    took = pl.coalesce(plain, hours.fill_null(0) * 3600 + minutes * 60 + rest)
    return pl.when(took.is_between(0, LONGEST)).then(took).round().cast(pl.Int32).alias(DURATION)


def alike_but_for_time(frame: pl.DataFrame, aside: Sequence[str]) -> pl.DataFrame:
    """Rows of one respondent that differ only in how long it took get the shortest time. aside: what never counts."""
    if DURATION not in frame.columns or not frame[RESPONDENT].is_duplicated().any():
        return frame
    said = [name for name in frame.columns if name not in (DURATION, *aside)]
    return frame.with_columns(pl.col(DURATION).min().over(said))
