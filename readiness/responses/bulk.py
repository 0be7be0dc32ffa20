"""Bulk: surveys too large to be held, coded piece by piece while they are read.

What has to be told (cells that cannot be read, respondents who occur twice) is the same as of a survey that is held,
and so is every sum.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

import polars as pl

from readiness.faults import ResponseError
from readiness.responses.alike import proposals
from readiness.responses.coder import Coder, Part, Wanted
from readiness.responses.coding import DURATION, RESPONDENT, WEIGHT
from readiness.responses.settling import no_weights, repeats, settled

if TYPE_CHECKING:
    from readiness.framework.models import Framework
    from readiness.responses.table import Unread


class Sieve(Protocol):
    """What tells respondents who count from those who do not, and counts both."""

    def begin(self) -> None:
        """Begin anew."""

    def through(self, frame: pl.DataFrame, sign: int = 1) -> pl.DataFrame:
        """Those of a frame who count, all of it counted, or taken back (-1)."""

    def kept(self, frame: pl.DataFrame) -> pl.DataFrame:
        """Those of a frame who count."""


@dataclass
class Stream:
    """A large survey: the same that `Responses` is of one that is held, told as it is read.

    items, context: those with a column in any file. given: context that holds for whoever's row says nothing else.
    sieve: lets some respondents through only; `read` and all that is told of cells is of everybody.
    Only after all pieces have come are known: how many were `read` and `rejected`, what is `unread` (the first million
    cells, `unread_count` in all), who was `set_aside`, and what else there is to tell.
    """

    framework: Framework
    parts: Sequence[Part]
    given: Mapping[str, str | None] = field(default_factory=dict)
    on_rows: Callable[[int], None] | None = None  # told how many rows have been read
    sieve: Sieve | None = None
    read: int = 0
    rejected: int = 0
    unread: tuple[Unread, ...] = ()
    unread_count: int = 0
    set_aside: tuple[str, ...] = ()
    told: tuple[str, ...] = ()
    _ids: pl.Series | None = None

    @property
    def items(self) -> frozenset[str]:
        """The items with a column."""
        return frozenset(name for part in self.parts for name in part.answers)

    @property
    def context(self) -> frozenset[str]:
        """The context keys with a column, or a value for everybody."""
        return frozenset([*self.given, *(name for part in self.parts for name in part.values)])

    @property
    def ignored(self) -> tuple[str, ...]:
        """The columns that are nothing to the framework."""
        return tuple(dict.fromkeys(name for part in self.parts for name in part.ignored))

    @property
    def remarks(self) -> tuple[str, ...]:
        """What there is to tell of the files, as far as it is known."""
        return tuple(dict.fromkeys([*(remark for part in self.parts for remark in part.remarks), *self.told]))

    @property
    def weighted(self) -> bool:
        """Whether there are case weights."""
        return any(WEIGHT in part.columns for part in self.parts)

    @property
    def timed(self) -> bool:
        """Whether it is known how long respondents took."""
        return any(DURATION in part.columns for part in self.parts)

    def pieces(self, only: Collection[str] | None = None) -> Iterator[pl.DataFrame]:
        """Every respondent, coded as `coding` says, in pieces; whoever occurs twice comes twice (see `repeated`).

        only: the items and context keys wanted, where that is less than all and nobody has to be judged by them.

        Raises:
            MisguessedError: a file is not as its beginning made us expect.
        """
        if self.sieve is None:
            yield from self._everybody(only)
            return
        self.sieve.begin()
        for piece in self._everybody():
            yield self.sieve.through(piece)

    def _everybody(self, only: Collection[str] | None = None) -> Iterator[pl.DataFrame]:
        names = [*(key for key in self.framework.context if key in self.context), *self._items_in_order()]
        names = [name for name in names if only is None or name in only]
        wanted = Wanted(self.framework, names, self.given, self.weighted, self.timed)
        ids: list[pl.Series] = []
        last: str | None = ""  # the last id while each was above the one before, so that none can occur twice
        coders = [Coder(part, wanted, str(place)) for place, part in enumerate(self.parts)]
        read = unweighted = 0
        for coder in coders:
            for raw in coder.part.scan.pieces(coder.places):
                piece = coder.coded(raw)
                read += piece.height
                named = piece[RESPONDENT].drop_nulls()
                ids.append(named.hash())
                last = _last_if_ascending(named, last)
                if self.on_rows is not None:
                    self.on_rows(read)
                if self.weighted:
                    weighed = piece.filter(pl.col(WEIGHT).is_not_null())
                    unweighted += piece.height - weighed.height
                    piece = weighed
                yield piece
        self._ids = None if last is not None else pl.concat(ids)
        if only is None:
            self._tell(coders, read, unweighted)

    def _items_in_order(self) -> list[str]:
        there = self.items
        return [item for item in self.framework.items if item in there]

    def _tell(self, coders: Sequence[Coder], read: int, unweighted: int) -> None:
        """What there is to tell once everything has been read."""
        self.read = read
        self.unread = tuple(sorted(cell for coder in coders for cell in coder.unread))
        self.unread_count = sum(coder.unread_count for coder in coders)
        told: dict[str, None] = {}
        told.update(dict.fromkeys(remark for coder in coders for remark in coder.remarks()))
        for key in self.framework.context:
            said = (value for coder in coders for value in coder.said(key))
            told.update(dict.fromkeys(proposals(key, said)))
        if unweighted and unweighted == read:
            part = next(part for part in self.parts if WEIGHT in part.columns)
            raise ResponseError([no_weights(part.file, part.headers.get(WEIGHT, ""))])
        if unweighted:
            told[f"{unweighted} respondent(s) without a case weight are left out"] = None
        self.told = tuple(told)

    def _twice(self) -> pl.Series | None:
        """The hashes of ids that occur more than once, when all have been read; None where none does."""
        ids = self._ids
        if ids is None or ids.n_unique() == ids.len():
            return None
        return ids.filter(ids.is_duplicated()).unique()

    def repeated(self) -> tuple[pl.DataFrame, pl.DataFrame] | None:
        """Of respondents who occur twice: the rows that came, and what they amount to (`settling.settled`).

        None where nobody does, which is what a survey is expected to be: only then is it read but once.
        """
        twice = self._twice()
        if twice is None:
            return None
        known = self.read, self.unread, self.unread_count, self.told
        rows = pl.concat([piece.filter(_is_among(twice)) for piece in self._everybody()])
        self.read, self.unread, self.unread_count, self.told = known
        once = self._settle(rows)
        if self.sieve is None:
            return rows, once
        return self.sieve.through(rows, -1), self.sieve.through(once)

    def _settle(self, rows: pl.DataFrame) -> pl.DataFrame:
        once, self.set_aside = settled(rows)
        self.told = tuple(dict.fromkeys([*self.told, *repeats(rows, once, self.set_aside)]))
        self.rejected = len(self.set_aside)
        self.read += once.height + self.rejected - rows.height
        return once

    def settled_pieces(self) -> Iterator[pl.DataFrame]:
        """Every respondent once, whoever occurs twice last. The ids have to have been read before, with `pieces`."""
        twice = self._twice()
        kept = self.sieve.kept if self.sieve else lambda frame: frame
        if twice is None:
            yield from map(kept, self._everybody())
            return
        came = []
        for piece in self._everybody():
            among = _is_among(twice)
            came.append(piece.filter(among))
            yield kept(piece.filter(~among))
        yield kept(self._settle(pl.concat(came)))


def _last_if_ascending(ids: pl.Series, last: str | None) -> str | None:
    """The last of some ids if each is above the one before, and the first above `last`; else None."""
    if last is None or not ids.len():
        return last
    ascending = ids[0] > last and (ids.slice(1) > ids.slice(0, ids.len() - 1)).all()
    return str(ids[-1]) if ascending else None


def _is_among(hashes: pl.Series) -> pl.Expr:
    return pl.col(RESPONDENT).hash().is_in(hashes.implode()).fill_null(False) & pl.col(RESPONDENT).is_not_null()
