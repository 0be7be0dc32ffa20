"""Figures: what follows from respondents' keys where they lie: the readiness of every level, and which scenarios hold.

A pattern's figures have been worked out by the plan beforehand, and are looked up by its key; what hangs on several
indicators follows by the plan's own expressions. Where every dimension can be told by a number, `carriers` need few
columns for it (`compact`); everything else takes a column for each figure (`Apart`).
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, reduce
from typing import TYPE_CHECKING, Any, TypeVar

import narwhals as nw
import polars as pl

from readiness.responses.engines.engine import Gathered
from readiness.scoring import presence
from readiness.scoring.counting import known_column, present_column
from readiness.scoring.in_place.carriers import Carriers
from readiness.scoring.in_place.keys import is_large, key_column
from readiness.scoring.parts import as_expression, staged
from readiness.scoring.plan import OVERALL, filled, indicator_column, readiness_column

if TYPE_CHECKING:
    from readiness.responses.engines.engine import Engine
    from readiness.scoring.counting import Counting
    from readiness.scoring.lookups import Lookup
    from readiness.scoring.packing import Packed
    from readiness.scoring.patterns import Keyed
    from readiness.scoring.plan import Fact

Frame = nw.LazyFrame[Any]
X = TypeVar("X")  # a truth, in whatever it is said


BITS = 12  # truths that are told by one column: mostly a few different numbers


@dataclass(frozen=True)
class Figured:
    """Keyed rows with what is counted and summed of them besides patterns.

    numbers: dimensions with the column of their numbers. levels: columns of readiness that are not told by a number.
    truths: by column the names, bit by bit, that the sums of what holds have in `counting`.
    """

    rows: Frame
    numbers: Mapping[str, Packed]
    levels: Sequence[str]
    truths: Mapping[str, Sequence[str]]


def figured(counting: Counting, engine: Engine, facts: Mapping[str, Fact] | None, rows: Frame) -> Figured:
    """Everything that readiness and presence need. facts: those that have to be known before anyone is counted."""
    if counting.packed:
        return compact(counting, engine, rows)
    apart = Apart(counting, engine, facts)
    worked = apart.with_truths(apart.with_levels(rows))
    truths = dict(_together(apart.truths))
    columns = [_bits([apart.truths[name] for name in names]).alias(column) for column, names in truths.items()]
    return Figured(worked.with_columns(*columns) if columns else worked, {}, apart.levels, truths)


def compact(counting: Counting, engine: Engine, rows: Frame) -> Figured:
    """The same where every dimension is told by a number: a few sums of looked-up numbers, and tests of their bits."""
    carriers, plan = Carriers(counting), counting.plan
    looked = engine.gathered(rows, carriers.gathered)
    kept = rows.collect_schema().names()
    sums = [
        reduce(operator.add, map(nw.col, carriers.added(one))).alias(one.column)
        for one in carriers.all
        if carriers.added(one)
    ]
    summed = looked.select(*kept, *sums)
    truths = _truths(counting, lambda indicator, name: Sql(carriers.bit(indicator, name)))
    together = dict(_together(truths))
    numbers = {f"number_{place}": one.packed for place, one in enumerate(carriers.all) if one.packed is not None}
    sql = {f"number_{place}": carriers.number(one) for place, one in enumerate(carriers.all) if one.packed is not None}
    sql |= {column: _bits_in_sql([truths[name] for name in names]) for column, names in together.items()}
    worked = engine.worked(summed, sql).select(*kept, *sql)
    levels = [packed.level for packed in numbers.values()]
    parts = [part for column, packed in numbers.items() for part in packed.sums(nw.col(column))]
    worked = staged(worked.with_columns(*parts), levels, bounds=False, summed=True) if parts else worked
    worked = staged(filled(worked, [level.prefix for level in levels]), [plan.whole_level()], bounds=False)
    whole = readiness_column(OVERALL, "value")
    return Figured(worked.select(*kept, *sql, whole), numbers, [whole], together)


@dataclass(frozen=True)
class Sql:
    """A truth in words of SQL that every engine knows, to be joined with others."""

    text: str

    def __and__(self, other: Sql) -> Sql:
        return Sql(f"({self.text} AND {other.text})")

    def __or__(self, other: Sql) -> Sql:
        return Sql(f"({self.text} OR {other.text})")


def _truths(counting: Counting, bit: Callable[[str, str], X]) -> dict[str, X | bool]:
    """Who has a membership in each scenario, and on whom it is present, by the names of their sums in `counting`."""
    out: dict[str, X | bool] = {}
    for id_, scenario in counting.plan.framework.scenarios.items():
        counted = presence.counted(scenario, bit, counting.fact_ids)
        out[known_column(id_)] = counted.known
        out |= {present_column(id_, some): truth for some, truth in counted.present.items()}
    return out


def _together(truths: Mapping[str, Any]) -> Iterator[tuple[str, list[str]]]:
    """Columns, and the truths that each of them tells."""
    names = list(truths)
    for start in range(0, len(names), BITS):
        yield f"presence_{start // BITS}", names[start : start + BITS]


def _bits(truths: Sequence[nw.Expr | bool]) -> nw.Expr:
    none = nw.lit(0, dtype=nw.Int64)
    bits = [
        nw.when(as_expression(holds)).then(nw.lit(1 << place, dtype=nw.Int64)).otherwise(none)
        for place, holds in enumerate(truths)
    ]
    return reduce(operator.add, bits)


def _bits_in_sql(truths: Sequence[Sql | bool]) -> str:
    told = [(1 << place, "TRUE" if truth is True else truth.text) for place, truth in enumerate(truths) if truth]
    return " + ".join(f"CASE WHEN {text} THEN {worth} ELSE 0 END" for worth, text in told) or "0"


class Apart:
    """The work of looking up and following, for one set of keyed rows, a column for each figure."""

    def __init__(self, counting: Counting, engine: Engine, facts: Mapping[str, Fact] | None) -> None:
        """facts: the organisation's indicators, where they have to be known before anyone is counted."""
        self._counting = counting
        self._plan = counting.plan
        self._engine = engine
        self._facts = facts or {}
        scenarios = self._plan.framework.scenarios.values()
        self._tests = {presence.test_name(test): test for s in scenarios for test in presence.tests_of(s.when)}

    @property
    def levels(self) -> list[str]:
        """The columns of readiness, of every dimension and of the whole."""
        return [readiness_column(id_, "value") for id_ in (*self._plan.framework.all_dimensions, OVERALL)]

    @cached_property
    def truths(self) -> dict[str, nw.Expr | bool]:
        """What is to be counted of scenarios, from the columns of `with_truths`."""
        return _truths(self._counting, self._bit)

    def _bit(self, indicator: str, name: str) -> nw.Expr:
        return nw.col(self._bit_column(indicator, name)) == 1

    def _bit_column(self, indicator: str, name: str) -> str:
        return f"t:{indicator}/{self._counting.masks[indicator].bits[name]}"

    def with_truths(self, rows: Frame) -> Frame:
        """Rows with a column of 0 and 1 for everything that a scenario asks of one indicator's score."""
        tables: dict[str, Gathered] = {}
        worked: list[nw.Expr] = []
        for member, lookup in self._members:
            mask = self._counting.masks.get(member.id)
            if mask is None or member.id in self._counting.fact_ids:
                continue
            if is_large(lookup):
                worked += self._worked_bits(member)
                continue
            bits = self._counting.bits_for(member, lookup)
            for name in mask.bits:
                table = (bits & mask.worth(name)) != 0
                tables[self._bit_column(member.id, name)] = Gathered(table.cast(pl.Int8), key_column(member.id))
        rows = self._engine.gathered(rows, tables) if tables else rows
        return rows.with_columns(*worked) if worked else rows

    def _worked_bits(self, member: Keyed) -> list[nw.Expr]:
        """The same of an indicator whose patterns are in no table."""
        value = nw.col(indicator_column(member.id, "value"))
        bits = []
        for name in self._counting.masks[member.id].bits:
            holds = ~value.is_null() if name == presence.KNOWN else presence.truth_of(self._tests[name], value)
            bits.append(_one_or_none(holds).alias(self._bit_column(member.id, name)))
        return bits

    def with_levels(self, rows: Frame) -> Frame:
        """Rows with the readiness of every dimension and of the whole."""
        tables: dict[str, Gathered] = {}
        worked: list[nw.Expr] = []
        for member, lookup in self._members:
            if member.id not in self._counting.in_readiness:
                continue
            if member.id in self._counting.fact_ids:
                worked += self._fact(member.id)
            elif is_large(lookup):
                worked += _parts(member.id)
            else:
                tables |= _tables(member, lookup)
        rows = self._engine.gathered(rows, tables) if tables else rows
        rows = rows.with_columns(*worked) if worked else rows
        return self._plan.readiness(rows, bounds=False, is_filled=True)

    def _fact(self, indicator: str) -> list[nw.Expr]:
        """A fact that counts in readiness, as every row has it."""
        fact, prefix = self._facts[indicator], indicator_column(indicator, "")
        return [
            nw.lit(fact.value or 0.0, dtype=nw.Float64).alias(f"{prefix}value/filled"),
            nw.lit(int(fact.value is not None), dtype=nw.Int16).alias(f"{prefix}value/has"),
            nw.lit(int(fact.applies), dtype=nw.Int16).alias(f"{prefix}applies"),
        ]

    @property
    def _members(self) -> Sequence[tuple[Keyed, Lookup]]:
        return self._counting.members


def _tables(member: Keyed, lookup: Lookup) -> dict[str, Gathered]:
    """What readiness is made of, as the plan names it."""
    prefix, key = indicator_column(member.id, ""), key_column(member.id)
    return {
        f"{prefix}value/filled": Gathered(lookup.figures["filled"], key),
        f"{prefix}value/has": Gathered(lookup.figures["has"], key),
        f"{prefix}applies": Gathered(lookup.figures["applies"].cast(pl.Int16), key),
    }


def _parts(indicator: str) -> list[nw.Expr]:
    """The same of an indicator that the plan has worked out; `applies` is there already."""
    value = nw.col(indicator_column(indicator, "value"))
    return [value.fill_null(0.0).name.suffix("/filled"), (~value.is_null()).cast(nw.Int16).name.suffix("/has")]


def _one_or_none(holds: nw.Expr) -> nw.Expr:
    one, none = nw.lit(1, dtype=nw.Int8), nw.lit(0, dtype=nw.Int8)
    return nw.when(holds).then(one).otherwise(none)
