"""Grouping: everything that is counted or summed of respondents where they lie, by groupings of few narrow columns.

    crossed context keys → how many, their case weights, and sums of readiness where no numbers tell it
    number of the crossing · place · key → how many, their case weights and the squares of these

A place is an indicator, whose key is its pattern; a dimension, whose key is its number; or some truths, whose key says
in its bits which of them hold. Counts for every figure side by side would be hundreds of columns: more than an engine
that compiles its plans takes well. Crossings are numbered, and a place and its key are one number, since texts make a
grouping twice as long. Scores are summed in units of 1e-9, in whole numbers wide enough to be exact.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import reduce
from typing import TYPE_CHECKING, Any

import narwhals as nw
import polars as pl

from readiness.faults import Fault, ResponseError
from readiness.responses.coding import WEIGHT
from readiness.responses.engines.unpivoting import unpivoted
from readiness.responses.in_place.cells import half_even
from readiness.scoring.atoms import ATOM
from readiness.scoring.calibration import GRAIN
from readiness.scoring.histograms import COUNT, PLACE
from readiness.scoring.in_place.keys import by_column, key_column
from readiness.scoring.patterns import KEY
from readiness.scoring.totals import MASS, MASS_SQUARED, ROWS, ordered

if TYPE_CHECKING:
    from readiness.responses.engines.engine import Engine
    from readiness.scoring.counting import Counting
    from readiness.scoring.in_place.figures import Figured
    from readiness.scoring.totals import Key

Frame = nw.LazyFrame[Any]
KEYS_BELOW = 1 << 32  # what comes before a key, so that a number tells its place as well


@dataclass(frozen=True)
class Places:
    """What stands at each place: indicators' keys, then dimensions' numbers, then truths; and levels to be summed."""

    counting: Counting
    figured: Figured

    @property
    def keyed(self) -> list[str]:
        """The columns whose numbers are told apart."""
        patterns = [key_column(member.id) for member, _ in self.counting.members]
        return [*patterns, *self.figured.numbers, *self.figured.truths]

    @property
    def numbers_at(self) -> int:
        """The first place of a dimension's numbers."""
        return len(self.counting.members)

    @property
    def truths_at(self) -> int:
        """The first place of truths."""
        return self.numbers_at + len(self.figured.numbers)


@dataclass(frozen=True)
class Found:
    """What a grouping found. atoms: the values of each crossing that occurs, blanks last; its place is its number.

    rows: PLACE, ATOM, KEY, COUNT, and case weights. people: ATOM, ROWS, case weights, and sums of readiness.
    """

    places: Places
    keys: tuple[str, ...]
    atoms: Sequence[Key]
    rows: pl.DataFrame
    summed: pl.DataFrame
    weighted: bool

    @property
    def patterns(self) -> pl.DataFrame:
        """How often each pattern occurs, as `histograms.Tally.table` has it."""
        return self._counted(0, self.places.numbers_at)

    @property
    def numbers(self) -> pl.DataFrame:
        """How often each number of each dimension occurs, likewise."""
        return self._counted(self.places.numbers_at, self.places.truths_at)

    def _counted(self, start: int, end: int) -> pl.DataFrame:
        weights = [MASS, MASS_SQUARED] if self.weighted else []
        own = self.rows.filter((pl.col(PLACE) >= start) & (pl.col(PLACE) < end))
        return own.select(pl.col(PLACE) - pl.lit(start, dtype=pl.UInt32), ATOM, KEY, COUNT, *weights)

    @property
    def people(self) -> pl.DataFrame:
        """A row an atom: ROWS, case weights, and the sums of readiness and presence as `counting` names them."""
        return reduce(lambda one, other: one.join(other, on=ATOM, how="left"), [self.summed, *self._truths()])

    def _truths(self) -> list[pl.DataFrame]:
        start = self.places.truths_at
        return [
            self.rows.filter(pl.col(PLACE) == start + place)
            .group_by(ATOM)
            .agg(sums for bit, name in enumerate(names) for sums in self._sums_of(name, bit))
            for place, names in enumerate(self.places.figured.truths.values())
        ]

    def _sums_of(self, name: str, bit: int) -> list[pl.Expr]:
        """How many a truth holds of, as `counting` has it: presence by case weight, who is known by both."""
        holds = (pl.col(KEY) // (1 << bit)) % 2
        count, mass = (holds * pl.col(COUNT)).sum(), (holds * pl.col(MASS)).sum() if self.weighted else None
        if mass is None:
            return [count.alias(name)]
        if name.endswith("/n"):
            return [count.alias(name), mass.alias(f"{name}/{MASS}")]
        return [mass.alias(name)]


def found(engine: Engine, places: Places, crossed: Sequence[str], sources: Sequence[str], *, weighted: bool) -> Found:
    """Figured rows grouped. crossed: the context keys that are told apart.

    Raises:
        ResponseError: somebody wrote to the table between one query and the next.
    """
    by = [by_column(key) for key in crossed]
    summed = engine.collected(_summed(engine, places, by, weighted=weighted), sources)
    summed = summed.filter(pl.col(ROWS) > 0)  # where nobody answered and nothing is crossed there is a row all the same
    numbers = _numbered(summed, by)
    rows = _with_places(engine.collected(_counted(engine, places, numbers, weighted=weighted), sources), weighted)
    numbers = numbers.with_columns(pl.col(ATOM).cast(pl.UInt32))
    summed = summed.join(numbers, on=by, how="left", nulls_equal=True) if by else summed.hstack(numbers)
    if places.keyed:
        _judge_unchanged(rows, summed, sources)
    atoms = [row[:-1] for row in numbers.iter_rows()]
    return Found(places, tuple(crossed), atoms, rows, summed.drop(by), weighted)


def _numbered(summed: pl.DataFrame, by: Sequence[str]) -> pl.DataFrame:
    """The values of each crossing that occurs, blanks last, and beside them ATOM, its number."""
    atoms = ordered(list(summed.select(by).iter_rows())) if by else [()] * summed.height
    rows = [(*atom, number) for number, atom in enumerate(atoms)]
    return pl.DataFrame(rows, schema={**dict.fromkeys(by, pl.String), ATOM: pl.Int32}, orient="row")


def _with_places(rows: pl.DataFrame, weighted: bool) -> pl.DataFrame:
    """Groups of ATOM and KEY as they came, with PLACE and KEY taken apart, as `histograms.Tally.table` has them."""
    place, key = pl.col(KEY) // KEYS_BELOW, pl.col(KEY) % KEYS_BELOW
    narrow = [pl.col(MASS).cast(pl.Int64)] if weighted else []
    apart = rows.with_columns(place.alias(PLACE), key.alias(KEY), *narrow)
    return apart.cast(dict.fromkeys((PLACE, KEY, ATOM), pl.UInt32))


def _judge_unchanged(rows: pl.DataFrame, summed: pl.DataFrame, sources: Sequence[str]) -> None:
    """Whoever is there has a key at every place; where the queries disagree, they did not see the same table."""
    at_first = rows.filter(pl.col(PLACE) == 0).group_by(ATOM).agg(pl.col(COUNT).sum())
    both = summed.select(ATOM, ROWS).join(at_first, on=ATOM, how="full")
    if both.filter(pl.col(ROWS).ne_missing(pl.col(COUNT))).height:
        what = "rows came, went or changed while they were counted"
        mend = "score it again while nobody writes to it, or score a copy"
        raise ResponseError([Fault(", ".join(sources), None, what, mend)])


def _counted(engine: Engine, places: Places, numbers: pl.DataFrame, *, weighted: bool) -> Frame:
    """How often each key of each place occurs in each atom. One number tells key and place, as the engine groups by it.

    numbers: ATOM beside the values of each crossing.
    """
    rows = _with_atoms(engine, places.figured.rows, numbers)
    index = [ATOM, *([WEIGHT] if weighted else [])]
    names = [str(place) for place in range(len(places.keyed))]
    columns = [
        (nw.col(column).cast(nw.Int64) + place * KEYS_BELOW).alias(name)
        for place, (name, column) in enumerate(zip(names, places.keyed, strict=True))
    ]
    long = unpivoted(rows.select(*index, *columns), names, index, PLACE, KEY)
    sums = [nw.len().cast(nw.Int64).alias(COUNT), *(masses(engine) if weighted else [])]
    return long.group_by(ATOM, KEY).agg(*sums)


def _with_atoms(engine: Engine, rows: Frame, numbers: pl.DataFrame) -> Frame:
    """Rows with the number of their crossing, by which an engine groups faster than by texts."""
    by = [column for column in numbers.columns if column != ATOM]
    if not by:
        return rows.with_columns(nw.lit(0, dtype=nw.Int32).alias(ATOM))
    # No value is empty: a blank is null, and nulls would not be joined.
    table = engine.held(numbers.with_columns(pl.col(by).fill_null("")))
    return rows.with_columns(nw.col(*by).fill_null("")).join(table, on=by, how="inner")


def masses(engine: Engine) -> list[nw.Expr]:
    """The case weights and their squares, added up."""
    weight = nw.col(WEIGHT).cast(engine.wide)
    return [weight.sum().alias(MASS), (weight * weight).sum().alias(MASS_SQUARED)]


def _summed(engine: Engine, places: Places, by: Sequence[str], *, weighted: bool) -> Frame:
    """How many there are, and the sums of their readiness."""
    levels = places.figured.levels
    units = [half_even(nw.col(level) * GRAIN).cast(nw.Int64).alias(f"{level}/units") for level in levels]
    rows = places.figured.rows.with_columns(*units) if units else places.figured.rows
    sums = [nw.len().cast(nw.Int64).alias(ROWS), *(masses(engine) if weighted else [])]
    sums += [total for level in levels for total in sums_of_level(engine, f"{level}/units", weighted)]
    return rows.group_by(*by).agg(*sums) if by else rows.select(*sums)


def sums_of_level(engine: Engine, name: str, weighted: bool) -> list[nw.Expr]:
    """The sums that `totals.score_sums` makes, under its names."""
    wide, units, weight = engine.wide, nw.col(name), nw.col(WEIGHT)
    heavy = units.cast(wide) * weight.cast(wide) if weighted else units.cast(wide)
    sums = [
        units.count().cast(nw.Int64).alias(f"{name}/n"),
        heavy.sum().alias(f"{name}/sum"),
        (heavy * units.cast(wide)).sum().alias(f"{name}/squares"),
    ]
    if not weighted:
        return sums
    there = nw.when(~units.is_null()).then(weight).cast(wide)
    return [*sums, there.sum().alias(f"{name}/{MASS}"), (there * there).sum().alias(f"{name}/{MASS_SQUARED}")]
