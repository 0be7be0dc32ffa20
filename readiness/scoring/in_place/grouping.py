"""Grouping: everything that is counted or summed of respondents where they lie, by one grouping of few narrow columns.

    crossed context keys · place · key → how many, their case weights and the squares of these, and the sums of scores

A place is an indicator, whose key is its pattern; or some truths, whose key says in its bits which of them hold; or a
level (a dimension, the whole), whose scores in units of 1e-9 are summed. Sums are of whole numbers, wide enough to be
exact. A sum for every figure instead, side by side, would be hundreds of columns: more than an engine that compiles
its plans takes well.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import reduce
from typing import TYPE_CHECKING, Any

import narwhals as nw
import polars as pl

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
    from readiness.scoring.in_place.figures import Truth
    from readiness.scoring.totals import Key

Frame = nw.LazyFrame[Any]
VALUE, UNITS = "value#", "units#"
TOTAL, SQUARES, N = "sum#", "squares#", "n#"
BITS = 12  # truths told by one place: mostly a few different keys


@dataclass(frozen=True)
class Places:
    """What stands at each place. levels, truths: readiness and presence, or none where only patterns are counted."""

    counting: Counting
    levels: Sequence[str] = ()
    truths: Sequence[Truth] = ()

    @property
    def keys(self) -> list[nw.Expr]:
        """A column for each place that has keys: indicators, then truths, some together."""
        patterns = [nw.col(key_column(member.id)) for member, _ in self.counting.members]
        return [*patterns, *[_bits(some) for some in self.together]]

    @property
    def together(self) -> list[Sequence[Truth]]:
        """The truths that are told by one place each."""
        return [self.truths[start : start + BITS] for start in range(0, len(self.truths), BITS)]

    @property
    def units(self) -> list[nw.Expr]:
        """A column for each place that has scores to be summed."""
        return [half_even(nw.col(level) * GRAIN) for level in self.levels]


def _bits(truths: Sequence[Truth]) -> nw.Expr:
    whole = [
        nw.when(truth.holds).then(nw.lit(1 << bit, dtype=nw.Int32)).otherwise(nw.lit(0, dtype=nw.Int32))
        for bit, truth in enumerate(truths)
    ]
    return reduce(lambda one, other: one + other, whole)


@dataclass(frozen=True)
class Found:
    """What a grouping found. atoms: the values of each crossing that occurs, blanks last; its place is its number.

    rows: PLACE, ATOM, KEY, and the sums.
    """

    places: Places
    keys: tuple[str, ...]
    atoms: Sequence[Key]
    rows: pl.DataFrame
    weighted: bool

    @property
    def patterns(self) -> pl.DataFrame:
        """How often each pattern occurs, as `histograms.Tally.table` has it."""
        masses = [MASS, MASS_SQUARED] if self.weighted else []
        own = self.rows.filter(pl.col(PLACE) < len(self.places.counting.members))
        return own.select(PLACE, ATOM, KEY, COUNT, *masses)

    @property
    def people(self) -> pl.DataFrame:
        """A row an atom: ROWS, case weights, and the sums of readiness and presence as `counting` names them."""
        return _joined([self._everybody(), *self._levels(), *self._truths()])

    def _everybody(self) -> pl.DataFrame:
        """How many respondents there are: as many as have a key at any one place."""
        first = self.rows.filter(pl.col(PLACE) == self.rows[PLACE].min())
        masses = [MASS, MASS_SQUARED] if self.weighted else []
        return first.group_by(ATOM).agg(pl.col(COUNT).sum().alias(ROWS), pl.col(masses).sum())

    def _levels(self) -> list[pl.DataFrame]:
        start = len(self.places.keys)
        names = {N: "n", TOTAL: "sum", SQUARES: "squares"}
        names |= {_there(MASS): MASS, _there(MASS_SQUARED): MASS_SQUARED} if self.weighted else {}
        return [
            self.rows.filter(pl.col(PLACE) == start + place).select(
                ATOM, *[pl.col(of).alias(f"{level}/units/{name}") for of, name in names.items()]
            )
            for place, level in enumerate(self.places.levels)
        ]

    def _truths(self) -> list[pl.DataFrame]:
        start = len(self.places.counting.members)
        return [
            self.rows.filter(pl.col(PLACE) == start + place)
            .group_by(ATOM)
            .agg(sums for bit, truth in enumerate(truths) for sums in self._sums_of(truth, bit))
            for place, truths in enumerate(self.places.together)
        ]

    def _sums_of(self, truth: Truth, bit: int) -> list[pl.Expr]:
        """How many a truth holds of, as `counting` has it: presence by case weight, who is known by both."""
        holds = (pl.col(KEY) // (1 << bit)) % 2
        count, mass = (holds * pl.col(COUNT)).sum(), (holds * pl.col(MASS)).sum() if self.weighted else None
        if mass is None:
            return [count.alias(truth.name)]
        if truth.name.endswith("/n"):
            return [count.alias(truth.name), mass.alias(f"{truth.name}/{MASS}")]
        return [mass.alias(truth.name)]


def found(
    engine: Engine, rows: Frame, places: Places, crossed: Sequence[str], sources: Sequence[str], *, weighted: bool
) -> Found:
    """Rows grouped. crossed: the context keys that are told apart."""
    by = [by_column(key) for key in crossed]
    weight = [WEIGHT] if weighted else []
    columns = [column.cast(nw.Int64).alias(str(n)) for n, column in enumerate([*places.keys, *places.units])]
    names = [str(n) for n in range(len(columns))]
    sums = names[len(places.keys) :]
    long = unpivoted(rows.select(*by, *weight, *columns), names, [*by, *weight], PLACE, VALUE)
    is_sum = nw.col(PLACE).is_in(sums) if sums else nw.lit(False)
    value, none = nw.col(VALUE), nw.lit(0, dtype=nw.Int64)
    told = [nw.when(is_sum).then(none).otherwise(value).alias(KEY)]
    told += [nw.when(is_sum).then(value).alias(UNITS)] if sums else []
    grouped = (
        long.with_columns(*told).group_by(*by, PLACE, KEY).agg(*_sums(engine, weighted=weighted, scores=bool(sums)))
    )
    table = engine.collected(grouped, sources)
    return _numbered(table, places, tuple(crossed), weighted)


def _sums(engine: Engine, *, weighted: bool, scores: bool) -> list[nw.Expr]:
    wide, weight, units = engine.wide, nw.col(WEIGHT), nw.col(UNITS)
    sums = [nw.len().cast(nw.Int64).alias(COUNT)]
    if weighted:
        sums.append(weight.sum().cast(wide).alias(MASS))
        sums.append((weight.cast(wide) * weight.cast(wide)).sum().alias(MASS_SQUARED))
    if not scores:
        return sums
    heavy = units.cast(wide) * weight.cast(wide) if weighted else units.cast(wide)
    sums += [units.count().cast(nw.Int64).alias(N), heavy.sum().alias(TOTAL)]
    sums.append((heavy * units.cast(wide)).sum().alias(SQUARES))
    if weighted:
        there = nw.when(~units.is_null()).then(weight)
        sums.append(there.sum().cast(wide).alias(_there(MASS)))
        sums.append((there.cast(wide) * there.cast(wide)).sum().alias(_there(MASS_SQUARED)))
    return sums


def _there(name: str) -> str:
    """A sum over those alone who have a score."""
    return f"there {name}"


def _numbered(table: pl.DataFrame, places: Places, crossed: tuple[str, ...], weighted: bool) -> Found:
    """What came back with a number in place of each crossing."""
    by = [by_column(key) for key in crossed]
    masses = [pl.col(MASS).cast(pl.Int64)] if weighted else []
    table = table.with_columns(pl.col(PLACE).cast(pl.UInt32), pl.col(KEY).cast(pl.UInt32), *masses)
    if not by:
        return Found(places, crossed, [()] if table.height else [], _with_atom(table, 0), weighted)
    atoms = ordered(list(table.select(by).unique().iter_rows()))
    numbers = pl.DataFrame(atoms, schema=dict.fromkeys(by, pl.String), orient="row").with_row_index(ATOM)
    told = table.join(numbers, on=by, how="left", nulls_equal=True).drop(by)
    return Found(places, crossed, atoms, told.with_columns(pl.col(ATOM).cast(pl.UInt32)), weighted)


def _with_atom(table: pl.DataFrame, number: int) -> pl.DataFrame:
    return table.with_columns(pl.lit(number, dtype=pl.UInt32).alias(ATOM))


def _joined(tables: Sequence[pl.DataFrame]) -> pl.DataFrame:
    return reduce(lambda one, other: one.join(other, on=ATOM, how="left"), tables)
