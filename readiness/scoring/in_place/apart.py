"""Apart: readiness and scenarios where they lie, a column for each figure: for whatever is not told by numbers."""

from __future__ import annotations

import operator
from collections.abc import Mapping, Sequence
from functools import cached_property, reduce
from typing import TYPE_CHECKING, Any

import narwhals as nw
import polars as pl

from readiness.responses.engines.engine import Gathered
from readiness.scoring import presence
from readiness.scoring.in_place.figures import Figured, together, truths_of
from readiness.scoring.in_place.keys import is_large, key_column
from readiness.scoring.parts import as_expression
from readiness.scoring.plan import OVERALL, indicator_column, readiness_column

if TYPE_CHECKING:
    from readiness.responses.engines.engine import Engine
    from readiness.scoring.counting import Counting
    from readiness.scoring.lookups import Lookup
    from readiness.scoring.patterns import Keyed
    from readiness.scoring.plan import Fact

Frame = nw.LazyFrame[Any]


def apart(counting: Counting, engine: Engine, facts: Mapping[str, Fact] | None, rows: Frame) -> Figured:
    """Keyed rows figured. facts: the organisation's, where they have to be known before anyone is counted."""
    work = Apart(counting, engine, facts)
    worked = work.with_truths(work.with_levels(rows))
    places = dict(together(work.truths))
    columns = [_bits([work.truths[name] for name in names]).alias(column) for column, names in places.items()]
    return Figured(worked.with_columns(*columns) if columns else worked, {}, work.levels, places)


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
        return truths_of(self._counting, self._bit)

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


def _bits(truths: Sequence[nw.Expr | bool]) -> nw.Expr:
    none = nw.lit(0, dtype=nw.Int64)
    bits = [
        nw.when(as_expression(holds)).then(nw.lit(1 << place, dtype=nw.Int64)).otherwise(none)
        for place, holds in enumerate(truths)
    ]
    return reduce(operator.add, bits)
