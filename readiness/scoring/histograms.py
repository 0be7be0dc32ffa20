"""Histograms: how many answered in which way, and the sums of `totals` that follow from that.

A histogram of patterns says everything that a total says of an indicator and of its items, since whoever answered alike
has the same figures; one of the numbers of `packing` says everything of a dimension.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import polars as pl

from readiness.responses.coding import MISSING, WEIGHT
from readiness.scoring.atoms import ATOM
from readiness.scoring.items import UNPUT, count_of
from readiness.scoring.patterns import KEY, PUT
from readiness.scoring.plan import indicator_column, readiness_column
from readiness.scoring.totals import MASS, MASS_SQUARED

if TYPE_CHECKING:
    from readiness.scoring.lookups import Lookup
    from readiness.scoring.packing import Packed
    from readiness.scoring.patterns import Keyed
    from readiness.scoring.plan import Plan

COUNT, PLACE = "count#", "place#"
MASSES = (  # how many, their case weights added up, and the squares of these
    pl.len().alias(COUNT),
    pl.col(WEIGHT).sum().alias(MASS),
    (pl.col(WEIGHT).cast(pl.Int128) * pl.col(WEIGHT)).sum().alias(MASS_SQUARED),
)
MOST_KEPT = 4_000_000  # counts that are kept apart by piece; beyond that they are added up
SUMS = ("value/units", "low/units", "high/units", "has", "applies", "open")
NOT_PUT = 127  # in a table of codes: the item is empty because it was not put


class Tally:
    """How often each number of each column occurs in each atom, added up over pieces; by case weights too."""

    def __init__(self, sizes: Mapping[str, int]) -> None:
        """sizes: by column, how many numbers there could be in it."""
        self._sizes = dict(sizes)
        self._pieces: list[tuple[pl.DataFrame, int]] = []
        self._kept = 0
        self._merged: pl.DataFrame | None = None
        self._table: pl.DataFrame | None = None

    def add(self, frame: pl.DataFrame, atoms: int, sign: int) -> None:
        """Count a piece. atoms: above the highest number of an atom in it. sign: -1 takes respondents back."""
        crossed = [_crossed(name, size, atoms) for name, size in self._sizes.items()]
        if WEIGHT in frame.columns:
            grouped = pl.collect_all([frame.lazy().group_by(column).agg(*MASSES) for column in crossed])
            counted = pl.DataFrame(
                [found.to_struct(name).implode() for name, found in zip(self._sizes, grouped, strict=True)]
            )
        else:
            counted = frame.select(*[column.value_counts(name=COUNT).implode() for column in crossed])
        self._table = None
        self._pieces.append((counted, sign))
        self._kept += sum(counted.select(pl.all().list.len()).row(0))
        if self._kept > MOST_KEPT:
            self._merged, self._pieces, self._kept = self.table(), [], 0

    def take(self, table: pl.DataFrame) -> None:
        """Count what was counted elsewhere, as `table` has it."""
        self._table = table

    def table(self) -> pl.DataFrame:
        """Everything counted: the column's place among all, the atom, the number, and how often it occurs there."""
        if self._table is None:
            self._table = self._added_up()
        return self._table

    def _added_up(self) -> pl.DataFrame:
        parts = [self._column(place, name) for place, name in enumerate(self._sizes)] if self._pieces else []
        merged = [self._merged] if self._merged is not None else []
        every = pl.concat([*merged, *parts]) if merged or parts else pl.DataFrame(schema=_schema(False))
        return every.group_by(PLACE, ATOM, KEY).agg(pl.all().sum())

    def _column(self, place: int, name: str) -> pl.DataFrame:
        pieces = [
            counted[name].explode().struct.unnest().select(pl.col(name).cast(pl.UInt64), pl.exclude(name) * sign)
            if sign != 1
            else counted[name].explode().struct.unnest().with_columns(pl.col(name).cast(pl.UInt64))
            for counted, sign in self._pieces
        ]
        cell, size = pl.col(name), self._sizes[name]
        every = pl.concat([piece.with_columns(pl.col(COUNT).cast(pl.Int64)) for piece in pieces])
        return every.select(
            pl.lit(place, dtype=pl.UInt32).alias(PLACE),
            (cell // size).cast(pl.UInt32).alias(ATOM),
            (cell % size).cast(pl.UInt32).alias(KEY),
            pl.exclude(name),
        )


def _schema(weighted: bool) -> dict[str, Any]:
    masses = {MASS: pl.Int64, MASS_SQUARED: pl.Int128} if weighted else {}
    return {PLACE: pl.UInt32, ATOM: pl.UInt32, KEY: pl.UInt32, COUNT: pl.Int64, **masses}


def _crossed(name: str, size: int, atoms: int) -> pl.Expr:
    """A column of numbers and its row's atom in one number."""
    cells = atoms * size
    wide = pl.UInt16 if cells <= 1 << 16 else pl.UInt32 if cells <= 1 << 32 else pl.UInt64
    return (pl.col(ATOM).cast(wide) * pl.lit(size, dtype=wide) + pl.col(name).cast(wide)).alias(name)


class Patterns:
    """What the patterns of all indicators say, in tables that stand below each other, a shape after the other."""

    def __init__(self, members: Sequence[tuple[Keyed, Lookup]], plan: Plan) -> None:
        """members: the indicators in the order of their places in a tally."""
        self._members = members
        self._plan = plan
        lookups = list({id(lookup): lookup for _, lookup in members}.values())
        starts: dict[int, int] = {}
        start = 0
        for lookup in lookups:
            starts[id(lookup)] = start
            start += lookup.shape.size
        self._starts = pl.Series([starts[id(lookup)] for _, lookup in members], dtype=pl.UInt32)
        self._figures = pl.concat([lookup.figures.select(SUMS) for lookup in lookups])
        slots = max((len(member.items) for member, _ in members), default=0)
        self._states = [
            pl.concat([_states(lookup.shape.first, plan, lookup.shape.size, slot) for lookup in lookups])
            for slot in range(slots)
        ]

    def indicators(
        self, table: pl.DataFrame, *, of_those_who_know: bool = False
    ) -> Iterator[tuple[int, str, dict[str, int]]]:
        """The sums of every indicator: atom, indicator, sums by name.

        of_those_who_know: whoever has no value counts as one to whom the indicator does not apply.
        """
        weighted = MASS in table.columns
        index = self._index()
        rows = table.lazy().with_columns(
            *[pl.lit(self._figures[name]).gather(index).alias(name) for name in SUMS],
        )
        if of_those_who_know:
            rows = rows.with_columns(applies=pl.col("has"))
        sums = [total.sum().alias(name) for name, total in _indicator_sums(weighted).items()]
        for row in rows.group_by(PLACE, ATOM).agg(*sums).collect().iter_rows(named=True):
            member, _ = self._members[row[PLACE]]
            apart = weighted or of_those_who_know or member.id in self._plan.hanging
            yield row[ATOM], member.id, dict(_named(member, row, apart, weighted))

    def items(self, table: pl.DataFrame) -> Iterator[tuple[int, str, int]]:
        """How often each item stands how: atom, the name that `totals` has for it, how often."""
        index = self._index()
        for slot, states in enumerate(self._states):
            rows = table.lazy().select(PLACE, ATOM, COUNT, pl.lit(states).gather(index).alias("state"))
            counted = rows.filter(pl.col("state").is_not_null()).group_by(PLACE, ATOM, "state").agg(pl.col(COUNT).sum())
            for place, atom, state, n in counted.collect().iter_rows():
                item = self._members[place][0].items[slot].name
                yield atom, count_of(item, UNPUT if state == NOT_PUT else state), n

    def _index(self) -> pl.Expr:
        return pl.lit(self._starts).gather(pl.col(PLACE)) + pl.col(KEY)


def _states(member: Keyed, plan: Plan, size: int, slot: int) -> pl.Series:
    """How the item at one place of a shape stands in each pattern; null where that is not counted by itself."""
    if slot >= len(member.items):
        return pl.repeat(None, size, dtype=pl.Int16, eager=True).alias("state")
    digit = member.items[slot]
    keys = pl.int_range(size, dtype=pl.UInt32, eager=True).alias(KEY).to_frame()
    code = member.code_of(digit)
    test = f"{plan.asked[digit.name].name}/flag"
    unput = [member.state_of(other) != PUT for other in member.tests if other.name == test]
    state = pl.when(code != MISSING).then(code)
    empty = state.when(unput[0]).then(pl.lit(NOT_PUT, dtype=pl.Int16)).otherwise(None) if unput else state
    return keys.select(empty.cast(pl.Int16).alias("state")).to_series()


def _indicator_sums(weighted: bool) -> dict[str, pl.Expr]:
    """What is summed of an indicator, by a name of its own."""
    n = pl.col(COUNT)
    value, low, high = (pl.col(f"{name}/units").fill_null(0).cast(pl.Int128) for name in ("value", "low", "high"))
    mass = pl.col(MASS) if weighted else n
    out = {
        "value/n": n * pl.col("has"),
        "value/sum": mass * value,
        "value/squares": mass * value * value,
        "applies/n": n * pl.col("applies"),
        "open/n": n * pl.col("open"),
        "low/sum": mass * low,
        "high/sum": mass * high,
    }
    for end, units in (("low", low), ("high", high)):
        out |= {f"{end}/{counting}/sum": mass * units * pl.col(counting) for counting in ("applies", "open")}
    if weighted:
        out |= {f"{counting}/{MASS}": mass * pl.col(counting) for counting in ("applies", "open")}
        out[f"value/{MASS}"] = mass * pl.col("has")
        out[f"value/{MASS_SQUARED}"] = pl.col(MASS_SQUARED) * pl.col("has")
    return out


def _named(member: Keyed, row: Mapping[str, Any], apart: bool, weighted: bool) -> Iterator[tuple[str, int]]:
    """A shape's sums under the names that `totals` has for this member."""
    for field_ in ("n", "sum", "squares", *((MASS, MASS_SQUARED) if weighted else ())):
        yield f"{indicator_column(member.id, 'value')}/units/{field_}", row[f"value/{field_}"]
    for counting in ("applies", "open"):
        for field_ in ("n", MASS) if weighted else ("n",):
            yield f"{indicator_column(member.id, counting)}/{field_}", row[f"{counting}/{field_}"]
    for end in ("low", "high"):
        column = indicator_column(member.id, end)
        if apart:
            for counting in ("applies", "open"):
                yield f"{column}/{counting}/sum", row[f"{end}/{counting}/sum"]
        else:
            yield f"{column}/units/sum", row[f"{end}/sum"]


def level_sums(levels: Sequence[Packed], table: pl.DataFrame) -> Iterator[tuple[int, dict[str, int]]]:
    """The sums of dimensions that are told by numbers: atom, sums by name. levels: by their places in the tally."""
    weighted = MASS in table.columns
    starts = pl.Series([sum(level.size for level in levels[:place]) for place in range(len(levels))], dtype=pl.UInt32)
    units = pl.concat([level.table["units"] for level in levels])
    index = pl.lit(starts).gather(pl.col(PLACE)) + pl.col(KEY)
    n = pl.col(COUNT)
    there = pl.col("units").is_not_null().cast(pl.Int64)
    wide = pl.col("units").fill_null(0).cast(pl.Int128)
    mass = pl.col(MASS) if weighted else n
    sums = {"n": n * there, "sum": mass * wide, "squares": mass * wide * wide}
    if weighted:
        sums |= {MASS: mass * there, MASS_SQUARED: pl.col(MASS_SQUARED) * there}
    rows = table.lazy().with_columns(pl.lit(units).gather(index).alias("units"))
    summed = rows.group_by(PLACE, ATOM).agg(*[total.sum().alias(name) for name, total in sums.items()])
    for row in summed.collect().iter_rows(named=True):
        column = f"{readiness_column(levels[row[PLACE]].id, 'value')}/units"
        yield row[ATOM], {f"{column}/{name}": row[name] for name in sums}
