"""Settling: respondents who occur twice, and those who have no case weight where others do, where they lie."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import narwhals as nw

from readiness.responses.coding import DURATION, RESPONDENT, WEIGHT

if TYPE_CHECKING:
    from readiness.responses.engines.engine import Engine

    Frame = nw.LazyFrame[Any]

ROWS = "rows#"


@dataclass(frozen=True)
class Settled:
    """Everybody once. read: how many; rejected: whose rows differ; unweighted: those who have no case weight."""

    frame: Frame
    read: int
    rejected: int = 0
    unweighted: int = 0
    again: int = 0  # rows that say the same as another

    @property
    def remarks(self) -> tuple[str, ...]:
        """What there is to tell."""
        told = []
        if self.again:
            told.append(
                f"{self.again} row(s) say the same as another with the same respondent's id, and count once",
            )
        if self.rejected:
            told.append(f"{self.rejected} respondent(s) set aside, since their rows differ")
        if self.unweighted:
            told.append(f"{self.unweighted} respondent(s) without a case weight are left out")
        return tuple(told)


def settled(
    engine: Engine, every: Frame, sources: Sequence[str], *, named: bool, weighted: bool, timed: bool
) -> Settled:
    """Rows that agree under one id counted once; ids whose rows differ taken out. named: there are ids at all."""
    rows = _count(engine, every, sources)
    done = _once(engine, every, rows, sources, timed) if named else Settled(every, rows)
    if not weighted:
        return done
    there = done.frame.filter(~nw.col(WEIGHT).is_null())
    unweighted = done.read - done.rejected - _count(engine, there, sources)
    return Settled(there, done.read, done.rejected, unweighted, done.again)


def _once(engine: Engine, every: Frame, rows: int, sources: Sequence[str], timed: bool) -> Settled:
    ids = every.select(RESPONDENT).filter(~nw.col(RESPONDENT).is_null())
    twice = ids.group_by(RESPONDENT).agg(nw.len().alias(ROWS)).filter(nw.col(ROWS) > 1).select(RESPONDENT)
    several = _count(engine, twice, sources)
    if not several:
        return Settled(every, rows)
    came = every.join(twice, on=RESPONDENT, how="semi")
    # Rows that differ only in how long it took are alike, and get the shortest time.
    said = [name for name in every.collect_schema().names() if name != DURATION]
    told = [nw.col(DURATION).min()] if timed else []
    alike = came.group_by(*said).agg(*told, nw.len().alias(ROWS)).select(*every.collect_schema().names())
    single = alike.group_by(RESPONDENT).agg(nw.len().alias(ROWS)).filter(nw.col(ROWS) == 1).select(RESPONDENT)
    once = alike.join(single, on=RESPONDENT, how="semi")
    agreeing = _count(engine, once, sources)
    rest = every.join(twice, on=RESPONDENT, how="anti")
    rejected = several - agreeing
    repeated = _count(engine, came.join(single, on=RESPONDENT, how="semi"), sources)
    others = _count(engine, came, sources)
    read = rows - others + agreeing + rejected
    return Settled(nw.concat([rest, once], how="vertical"), read, rejected, 0, repeated - agreeing)


def _count(engine: Engine, frame: Frame, sources: Sequence[str]) -> int:
    return int(engine.collected(frame.select(nw.len().cast(nw.Int64).alias(ROWS)), sources)[ROWS][0])
