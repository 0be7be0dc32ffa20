"""Each: the figures of every respondent, on their way to whoever writes them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING

from readiness.responses.coding import RESPONDENT
from readiness.responses.table import INTERVIEW, Responses
from readiness.scoring.counting import Counting, Piece
from readiness.scoring.pieces import Pieces, are_many
from readiness.scoring.plan import Fact, Plan
from readiness.scoring.respondents import Lookups, Telling, Write, schema, scored_each

if TYPE_CHECKING:
    import polars as pl

    from readiness.framework.models import Framework

MOST_KEPT = 3_000_000  # respondents whose keys are kept for their own figures; of more, the file is read again
ROWS_AT_ONCE = 20_000  # respondents scored a row each, so that a thousand columns of them fit into memory


class Kept:
    """The keys of those who were counted, for their own figures later on; of too many none are kept."""

    def __init__(self) -> None:
        self._pieces: list[Piece] = []
        self._repeated: pl.Series | None = None
        self._once: Piece | None = None
        self._rows = 0

    def add(self, piece: Piece | None, sign: int) -> None:
        """Keep a piece: those of everybody, then those who came though they occur twice (-1), then these once."""
        if piece is None:
            return
        self._rows += piece.keyed.height
        if sign == -1:
            self._repeated = piece.people[RESPONDENT].unique()
        elif self._repeated is not None:
            self._once = piece
        elif self.is_complete:
            self._pieces.append(piece)
        else:
            self._pieces.clear()

    @property
    def is_complete(self) -> bool:
        """Whether everybody is kept."""
        return self._rows <= MOST_KEPT

    def pieces(self) -> Iterator[Piece]:
        """Every respondent once, whoever occurs twice last."""
        for piece in self._pieces:
            if self._repeated is None:
                yield piece
                continue
            once = ~piece.people[RESPONDENT].is_in(self._repeated.implode()).fill_null(False)
            yield Piece(piece.people.filter(once), piece.keyed.filter(once), piece.atoms)
        if self._once is not None:
            yield self._once


@dataclass(frozen=True)
class Out:
    """Where the figures of each respondent go. keys: the context told of them. interviews: told behind a survey."""

    to: Write
    framework: Framework
    keys: tuple[str, ...]
    interviews: Responses | None = None

    def of(self, source: str) -> Telling:
        """What is told of respondents of one mode."""
        return Telling(self.keys, source)

    def write(self, frames: Iterator[pl.DataFrame], facts: Mapping[str, Fact]) -> None:
        """Have everything written."""
        self.to(chain(frames, self._behind(facts)), schema(self.framework, self.keys))

    def _behind(self, facts: Mapping[str, Fact]) -> Iterator[pl.DataFrame]:
        if self.interviews is not None:
            plan = Plan(self.framework, self.interviews.items, self.interviews.context)
            yield scored_each(plan, self.interviews.frame, facts, self.of(INTERVIEW))


def each_held(
    framework: Framework, responses: Responses, facts: Mapping[str, Fact], telling: Telling
) -> Iterator[pl.DataFrame]:
    """The figures of each respondent that is held."""
    plan = Plan(framework, responses.items, responses.context)
    if are_many(plan, responses):
        yield from each_counted(Counting(plan, (), facts), responses, None, facts, telling)
    else:
        yield scored_each(plan, responses.frame, facts, telling)


def each_counted(
    counting: Counting, survey: Pieces, kept: Kept | None, facts: Mapping[str, Fact], telling: Telling
) -> Iterator[pl.DataFrame]:
    """The figures of each respondent of a survey that can be counted, in pieces: of those kept, or read again."""
    lookups = Lookups(counting, facts, telling)
    if kept is not None and kept.is_complete:
        yield from (lookups.figures(piece) for piece in kept.pieces())
        return
    for frame in survey.settled_pieces():
        piece = counting.keyed(frame)
        if piece is not None:
            counting.learn(piece)
            yield lookups.figures(piece)


def each_by_row(plan: Plan, survey: Pieces, facts: Mapping[str, Fact], telling: Telling) -> Iterator[pl.DataFrame]:
    """The figures of each respondent of a survey with answers that are numbers, in pieces."""
    for piece in survey.settled_pieces():
        for rows in piece.iter_slices(ROWS_AT_ONCE):
            yield scored_each(plan, rows.lazy(), facts, telling)
