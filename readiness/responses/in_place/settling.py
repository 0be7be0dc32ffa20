"""Settling: respondents who occur twice, and those who have no case weight where others do, where they lie."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import narwhals as nw

from readiness.responses.coding import DURATION, RESPONDENT, WEIGHT
from readiness.responses.in_place.cells import SOMEBODY

if TYPE_CHECKING:
    from readiness.responses.engines.engine import Engine

    Frame = nw.LazyFrame[Any]

ROWS, WAYS = "rows#", "ways#"


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
    """Rows that agree under one id counted once; ids whose rows differ taken out; rows of nobody left out.

    every: rows with SOMEBODY beside, which the frame that comes of it lacks. named: there are ids at all.
    """
    somebodies = every.filter(nw.col(SOMEBODY)).drop(SOMEBODY)
    if named:
        done = _once(engine, every, somebodies, sources, timed)
    else:
        done = Settled(somebodies, _count(engine, somebodies, sources))
    if not weighted:
        return done
    there = done.frame.filter(~nw.col(WEIGHT).is_null())
    unweighted = done.read - done.rejected - _count(engine, there, sources)
    return replace(done, frame=there, unweighted=unweighted)


def _once(engine: Engine, every: Frame, somebodies: Frame, sources: Sequence[str], timed: bool) -> Settled:
    """Whoever has an id is somebody: where all have one, no other column has to be read to know who there is."""
    ids = every.group_by(RESPONDENT).agg(nw.len().cast(nw.Int64).alias(ROWS))
    several = ids.filter((nw.col(ROWS) > 1) & ~nw.col(RESPONDENT).is_null()).select(RESPONDENT)
    has_id = (~nw.col(RESPONDENT).is_null()).cast(nw.Int64)
    told = ids.select(
        nw.col(ROWS).sum().alias("rows"),
        (has_id * nw.col(ROWS)).sum().alias("named"),
        (has_id * (nw.col(ROWS) > 1).cast(nw.Int64)).sum().alias("several"),
    )
    rows, named, twice = (int(figure or 0) for figure in engine.collected(told, sources).row(0))
    if rows == named:
        every = every.drop(SOMEBODY)
    else:
        every = somebodies
        rows = named + _count(engine, every.filter(nw.col(RESPONDENT).is_null()), sources)
    if not twice:
        return Settled(every, rows)
    names = every.collect_schema().names()
    came = every.join(several, on=RESPONDENT, how="semi")
    # Rows that differ only in how long it took are alike, and get the shortest time.
    said = [name for name in names if name != DURATION]
    shortest = [nw.col(DURATION).min()] if timed else []
    alike = came.group_by(*said).agg(*shortest, nw.len().cast(nw.Int64).alias(ROWS))
    people = alike.group_by(RESPONDENT).agg(nw.len().cast(nw.Int64).alias(WAYS), nw.col(ROWS).sum())
    single = people.filter(nw.col(WAYS) == 1).select(RESPONDENT)
    once = alike.select(*names).join(single, on=RESPONDENT, how="semi")
    rest = every.join(several, on=RESPONDENT, how="anti")
    agrees = (nw.col(WAYS) == 1).cast(nw.Int64)
    counted = people.select(
        nw.col(ROWS).sum().alias("came"),
        agrees.sum().alias("agreeing"),
        (agrees * nw.col(ROWS)).sum().alias("repeated"),
    )
    others, agreeing, repeated = (int(figure or 0) for figure in engine.collected(counted, sources).row(0))
    rejected = twice - agreeing
    frame = nw.concat([rest, once], how="vertical")
    return Settled(frame, rows - others + agreeing + rejected, rejected, 0, repeated - agreeing)


def _count(engine: Engine, frame: Frame, sources: Sequence[str]) -> int:
    return int(engine.collected(frame.select(nw.len().cast(nw.Int64).alias(ROWS)), sources)[ROWS][0])
