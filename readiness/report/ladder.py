"""Ladders: the same question about ever more distant others, and on which rung it gets the fewest good answers.

Counts only: nothing is scored, and nothing is said of rungs whose counts are hidden.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from readiness.report.answers import AnswerTable, Asked
from readiness.report.figures import Figure, share
from readiness.report.words import Reader, Said

FEWEST = 2  # rungs: of one there is nothing to compare


@dataclass(frozen=True)
class Rung:
    """One rung. good: the share of its answers that lie on the good side of the middle option."""

    title: Said
    asked: Asked
    good: Figure | None = None

    @property
    def told(self) -> bool:
        """Whether there are answers to draw."""
        return self.asked.bar is not None


@dataclass(frozen=True)
class Ladder:
    """The rungs of an indicator that were put to somebody, the nearest first.

    unasked: those put to nobody. lowest: those with the fewest good answers, in full percents.
    """

    indicator: str
    title: Said
    options: tuple[Said, ...]
    rungs: tuple[Rung, ...]
    lowest: tuple[Rung, ...]
    unasked: tuple[Rung, ...] = ()

    @property
    def hidden(self) -> bool:
        """Whether the counts of a rung are hidden."""
        return any(rung.asked.hidden for rung in self.rungs)


def ladders(reader: Reader, tables: Sequence[AnswerTable]) -> tuple[Ladder, ...]:
    """The ladders of a framework: of indicators of which two rungs at least were put to somebody, or are hidden."""
    found = (_ladder(reader, table) for table in tables)
    return tuple(ladder for ladder in found if len(ladder.rungs) >= FEWEST)


def _ladder(reader: Reader, table: AnswerTable) -> Ladder:
    every = tuple(_rungs(reader, table))
    rungs = tuple(rung for rung in every if rung.told or rung.asked.hidden)
    shares = [_percents(rung) for rung in rungs if rung.told]
    lowest = min(shares) if len(shares) > 1 and min(shares) < max(shares) else None
    return Ladder(
        indicator=table.indicator,
        title=table.title,
        options=table.options,
        rungs=rungs,
        lowest=tuple(rung for rung in rungs if rung.told and _percents(rung) == lowest),
        unasked=tuple(rung for rung in every if rung not in rungs),
    )


def _percents(rung: Rung) -> int:
    return round(100 * rung.asked.bar.good) if rung.asked.bar else 0


def _rungs(reader: Reader, table: AnswerTable) -> Iterator[Rung]:
    on = []
    for asked in table.rows:
        rung = reader.entry("items", asked.id).get("rung")
        if rung:
            on.append((int(rung.get("order", 0)), reader.said(rung, "title") or Said(asked.id), asked))
    for _, title, asked in sorted(on, key=lambda one: one[0]):
        yield Rung(title, asked, share(reader.speech, asked.bar.good) if asked.bar else None)
