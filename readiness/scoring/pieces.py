"""Pieces: responses that may be too many to be held, taken one frame after the other; and those that are held."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, Protocol

import narwhals as nw

from readiness.responses.coding import WEIGHT
from readiness.responses.table import Responses
from readiness.scoring.patterns import can_be_counted
from readiness.scoring.plan import Plan
from readiness.scoring.totals import (
    ANSWERED,
)

if TYPE_CHECKING:
    from collections.abc import Set

    import polars as pl


FEW_CELLS = 1_000_000  # up to as many, scoring a row each is faster than counting


class Pieces(Protocol):
    """Responses that may be too many to be held: coded frames, one after the other."""

    @property
    def items(self) -> Set[str]:
        """The items with a column."""

    @property
    def context(self) -> Set[str]:
        """The context keys with a column."""

    def pieces(self) -> Iterator[pl.DataFrame]:
        """Every respondent, coded, in pieces."""

    def settled_pieces(self) -> Iterator[pl.DataFrame]:
        """Every respondent once, in pieces. All pieces have to have been taken before."""

    def repeated(self) -> tuple[pl.DataFrame, pl.DataFrame] | None:
        """Rows that came though their respondents occur twice, and what they amount to; None where nobody does."""


def are_few(plan: Plan, responses: Responses) -> bool:
    """Whether so few are held that they are scored a row each, whatever their answers are."""
    return responses.read * len(plan.items_there) <= FEW_CELLS


def are_many(plan: Plan, responses: Responses) -> bool:
    """Whether so many are held that they are better counted."""
    return responses.read > 1 and not are_few(plan, responses) and can_be_counted(plan)


def signed_pieces(survey: Pieces) -> Iterator[tuple[pl.DataFrame, int]]:
    """Every piece, each to be added (1); at the end what has to be taken back (-1) of respondents who occur twice."""
    for piece in survey.pieces():
        yield piece, 1
    again = survey.repeated()
    if again is not None:
        came, once = again
        yield came, -1
        yield once, 1


def held_piece(plan: Plan, piece: pl.DataFrame) -> Responses:
    """A piece as responses that are held; of a piece with a single respondent nobody speaks as of a single one."""
    read = max(2, piece.height)
    columns = frozenset(plan.items), frozenset(plan.context)
    return Responses(piece.lazy(), *columns, read, 0, weighted=WEIGHT in piece.columns)


def scored_rows(plan: Plan, responses: Responses) -> nw.LazyFrame[Any]:
    """Respondents with at least one answer; a single one is kept in any case, with everything still open."""
    frame = nw.from_native(responses.frame).with_columns(plan.answered().alias(ANSWERED), *plan.asked_columns())
    return frame if responses.read == 1 else frame.filter(nw.col(ANSWERED))
