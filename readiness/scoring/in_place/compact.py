"""Compact: readiness and scenarios from a few sums of looked-up numbers, where every dimension is told by a number."""

from __future__ import annotations

import operator
from collections.abc import Sequence
from dataclasses import dataclass
from functools import reduce
from typing import TYPE_CHECKING, Any

import narwhals as nw

from readiness.scoring.in_place.carriers import Carriers
from readiness.scoring.in_place.figures import Figured, together, truths_of
from readiness.scoring.parts import staged
from readiness.scoring.plan import OVERALL, filled, readiness_column

if TYPE_CHECKING:
    from readiness.responses.engines.engine import Engine
    from readiness.scoring.counting import Counting

Frame = nw.LazyFrame[Any]


def compact(counting: Counting, engine: Engine, rows: Frame) -> Figured:
    """Keyed rows figured: the numbers of dimensions and what holds from the bits of carriers, the whole by the plan."""
    carriers, plan = Carriers(counting), counting.plan
    looked = engine.gathered(rows, carriers.gathered)
    kept = rows.collect_schema().names()
    sums = [
        reduce(operator.add, map(nw.col, carriers.added(one))).alias(one.column)
        for one in carriers.all
        if carriers.added(one)
    ]
    summed = looked.select(*kept, *sums)
    truths = truths_of(counting, lambda indicator, name: Sql(carriers.bit(indicator, name)))
    places = dict(together(truths))
    numbers = {f"number_{place}": one.packed for place, one in enumerate(carriers.all) if one.packed is not None}
    sql = {f"number_{place}": carriers.number(one) for place, one in enumerate(carriers.all) if one.packed is not None}
    sql |= {column: _bits_in_sql([truths[name] for name in names]) for column, names in places.items()}
    worked = engine.worked(summed, sql).select(*kept, *sql)
    levels = [packed.level for packed in numbers.values()]
    parts = [part for column, packed in numbers.items() for part in packed.sums(nw.col(column))]
    worked = staged(worked.with_columns(*parts), levels, bounds=False, summed=True) if parts else worked
    worked = staged(filled(worked, [level.prefix for level in levels]), [plan.whole_level()], bounds=False)
    whole = readiness_column(OVERALL, "value")
    return Figured(worked.select(*kept, *sql, whole), numbers, [whole], places)


@dataclass(frozen=True)
class Sql:
    """A truth in words of SQL that every engine knows, to be joined with others."""

    text: str

    def __and__(self, other: Sql) -> Sql:
        return Sql(f"({self.text} AND {other.text})")

    def __or__(self, other: Sql) -> Sql:
        return Sql(f"({self.text} OR {other.text})")


def _bits_in_sql(truths: Sequence[Sql | bool]) -> str:
    told = [(1 << place, "TRUE" if truth is True else truth.text) for place, truth in enumerate(truths) if truth]
    return " + ".join(f"CASE WHEN {text} THEN {worth} ELSE 0 END" for worth, text in told) or "0"
