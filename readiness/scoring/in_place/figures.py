"""Figures: what follows from respondents' keys where they lie: the readiness of every level, and which scenarios hold.

A pattern's figures have been worked out by the plan beforehand, and are looked up by its key; what hangs on several
indicators follows by the plan's own expressions.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import narwhals as nw
import polars as pl

from readiness.responses.engines.engine import Gathered
from readiness.scoring import presence
from readiness.scoring.counting import known_column, present_column
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


@dataclass(frozen=True)
class Truth:
    """Something that holds of a respondent or not: an expression, and the name that its sum has in `counting`."""

    name: str
    holds: nw.Expr


class Figures:
    """The work of looking up and following, for one set of keyed rows."""

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

    @property
    def truths(self) -> list[Truth]:
        """Who has a membership in each scenario, and on whom it is present, from the columns of `with_truths`."""
        out = []
        for id_, scenario in self._plan.framework.scenarios.items():
            counted = presence.counted(scenario, self._bit, self._counting.fact_ids)
            out.append(Truth(known_column(id_), as_expression(counted.known)))
            out += [Truth(present_column(id_, some), as_expression(truth)) for some, truth in counted.present.items()]
        return out

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
        return self._plan.readiness(rows, bounds=False, filled=True)

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
