"""Respondents: the figures of each one who gave an answer, a row a person, for whoever goes on with them elsewhere.

Columns: `respondent`, `source` (survey or interview), the context, `readiness`, `dimension.ID`, `indicator.ID`,
`scenario.ID` (membership) and `verdict.ID`, all missing where a person has none. The verdict is that of a single
respondent (rule 6): it follows what open items could still do, and not the membership.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import reduce
from typing import TYPE_CHECKING, Any

import narwhals as nw
import polars as pl

from readiness.responses.coding import RESPONDENT
from readiness.scoring.calibration import PRESENT
from readiness.scoring.configuration import (
    OPPOSITE,
    condition_column,
    condition_columns,
    distinct_conditions,
    scenario_value,
)
from readiness.scoring.lookups import looked_up
from readiness.scoring.parts import staged
from readiness.scoring.plan import OVERALL, Fact, Plan, indicator_column, readiness_column, scenario_column
from readiness.scoring.presence import Test, holds, test_name, tests_of
from readiness.scoring.totals import ANSWERED

if TYPE_CHECKING:
    from collections.abc import Sequence

    from readiness.framework.models import Framework, Scenario
    from readiness.scoring.counting import Counting, Piece
    from readiness.scoring.lookups import Table

SOURCE = "source"
CONFIDENTIAL = "respondent (confidential)"  # what the respondent's id is called wherever these figures are written
VERDICTS = pl.Enum(["present", "ruled out", "undetermined", "not asked"])
ENDS = ("low", "high", "least", "most")  # what a membership can still come to: see `judging.Judgement`
Write = Callable[[Iterator[pl.DataFrame], Mapping[str, Any]], object]


@dataclass(frozen=True)
class Telling:
    """What is told of each respondent: the context keys that have a column, and where responses come from."""

    keys: tuple[str, ...]
    source: str


def schema(framework: Framework, keys: Sequence[str]) -> dict[str, Any]:
    """The columns of every frame, and their types. keys: the context keys that have one."""
    words = dict.fromkeys([RESPONDENT, SOURCE, *keys], pl.String())
    scores = dict.fromkeys([name for name, _ in scores_of(framework)], pl.Float64())
    return {**words, **scores, **{verdict_column(id_): VERDICTS for id_ in framework.scenarios}}


def scores_of(framework: Framework) -> list[tuple[str, str]]:
    """Every score's name, and the plan's column that it stands in."""
    return [
        ("readiness", readiness_column(OVERALL, "value")),
        *((f"dimension.{id_}", readiness_column(id_, "value")) for id_ in framework.all_dimensions),
        *((f"indicator.{id_}", indicator_column(id_, "value")) for id_ in framework.indicators),
        *((f"scenario.{id_}", scenario_column(id_, "value")) for id_ in framework.scenarios),
    ]


def verdict_column(scenario: str) -> str:
    """The column that holds the verdict on a scenario."""
    return f"verdict.{scenario}"


def scored_each(plan: Plan, frame: pl.LazyFrame, facts: Mapping[str, Fact], telling: Telling) -> pl.DataFrame:
    """Coded responses in, the figures of whoever gave an answer out, each worked out by the plan."""
    rows = nw.from_native(frame).with_columns(plan.answered().alias(ANSWERED), *plan.asked_columns())
    worked = plan.scores(rows.filter(nw.col(ANSWERED)), facts, bounds=True)
    tests = {test_name(test): test for s in plan.framework.scenarios.values() for test in tests_of(s.when)}
    reached = [_ends_reached(test) for test in tests.values()]
    native: pl.LazyFrame = (worked.with_columns(*reached) if reached else worked).to_native()
    scenarios = plan.framework.scenarios.values()
    verdicts = [_verdict(scenario).alias(verdict_column(scenario.id)) for scenario in scenarios]
    return _selected(plan, native.with_columns(verdicts), telling)


def end_reached(test: Test, end: str) -> nw.Expr:
    """Whether a membership is above 0.5 at one of its ends, from columns that the plan makes with bounds."""
    condition, turned = test
    end = OPPOSITE[end] if turned else end
    if end in ("least", "most"):
        # What was put can be answered helpfully; what was not stays at its unhelpful end.
        low, high = (nw.col(condition_column(condition, bound)) for bound in ("low", "high"))
        put = nw.col(indicator_column(condition.indicator, "open")) == 1
        best, worst = (low, high) if end == "least" else (high, low)
        membership = nw.when(put).then(best).otherwise(worst)
    else:
        membership = nw.col(condition_column(condition, end))
    return (1 - membership if turned else membership) > PRESENT


class Lookups:
    """What every respondent of a survey that is counted has, looked up by the patterns of their answers."""

    def __init__(self, counting: Counting, facts: Mapping[str, Fact], telling: Telling) -> None:
        self._counting = counting
        self._facts = facts
        self._telling = telling
        scenarios = counting.plan.framework.scenarios.values()
        self._conditions = list(distinct_conditions(counting.plan.framework).values())
        self._tests = {test_name(test): test for scenario in scenarios for test in tests_of(scenario.when)}
        self._columns: dict[str, tuple[int, pl.DataFrame]] = {}

    def figures(self, piece: Piece) -> pl.DataFrame:
        """The figures of a piece's respondents, in its order."""
        plan, packed = self._counting.plan, self._counting.packed
        told = piece.people.select(RESPONDENT, *[key for key in self._telling.keys if key in plan.context])
        tables = self._counting.tables(self._facts)
        parts = [looked_up(self._worked(table), table.key, piece.keyed) for table in tables]
        if packed:
            numbers = piece.keyed.select(level.number() for level in packed)
            parts += [looked_up(level.table.drop("units"), level.id, numbers) for level in packed]
        rows = nw.from_native(pl.concat([told, *parts], how="horizontal").lazy())
        if packed:
            rows = staged(rows, [plan.whole_level()], bounds=False)
        else:
            rows = plan.readiness(rows, bounds=False, is_filled=True)
        scenarios = plan.framework.scenarios.values()
        values = [scenario_value(s).alias(scenario_column(s.id, "value")) for s in scenarios]
        worked = rows.with_columns(*values) if values else rows
        verdicts = [_verdict(scenario).alias(verdict_column(scenario.id)) for scenario in scenarios]
        native: pl.LazyFrame = worked.to_native()
        return _selected(plan, native.with_columns(verdicts), self._telling)

    def _worked(self, table: Table) -> pl.DataFrame:
        """Columns of one indicator's figures, worked out anew only when patterns have been added."""
        version, columns = self._columns.get(table.indicator, (-1, pl.DataFrame()))
        if version != table.version:
            columns = self._columns_of(table)
            self._columns[table.indicator] = (table.version, columns)
        return columns

    def _columns_of(self, table: Table) -> pl.DataFrame:
        own = [condition for condition in self._conditions if condition.indicator == table.indicator]
        memberships = condition_columns(own, bounds=True)
        figures = nw.from_native(table.figures)
        frame = figures.with_columns(*memberships) if memberships else figures
        fields = ("value",) if self._counting.packed else ("value", "value/filled", "value/has", "applies")
        names = [indicator_column(table.indicator, field) for field in fields]
        names += dict.fromkeys(condition_column(condition, "value") for condition in own)
        tests = [test for test in self._tests.values() if test[0].indicator == table.indicator]
        reached: pl.DataFrame = frame.select(*names, *[_ends_reached(test) for test in tests]).to_native()
        return reached


def _ends_reached(test: Test) -> nw.Expr:
    """A column: which ends of a test's membership are above 0.5, a bit each."""
    bits = [end_reached(test, end).cast(nw.UInt8) * (1 << place) for place, end in enumerate(ENDS)]
    return reduce(operator.add, bits).cast(nw.UInt8).alias(_reach_column(test))


def _reach_column(test: Test) -> str:
    return f"reach {test_name(test)}"


def _verdict(scenario: Scenario) -> pl.Expr:
    """The verdict, from the ends that tests reach: all ends of a configuration at once, since they are joined alike."""
    reached = holds(scenario.when, lambda test: pl.col(_reach_column(test)))
    assert isinstance(reached, pl.Expr)  # a scenario has at least one condition
    return pl.lit(VERDICTS_BY_REACH).gather(reached.cast(pl.UInt32))


def _verdict_of(reach: int) -> str:
    """What is said of one respondent: see `judging.Judgement.verdict`."""
    low, high, least, most = (bool(reach & (1 << place)) for place in range(len(ENDS)))
    if low:
        return "present"
    if not high:
        return "ruled out"
    return "undetermined" if most or not least else "not asked"


VERDICTS_BY_REACH = pl.Series([_verdict_of(reach) for reach in range(1 << len(ENDS))], dtype=VERDICTS)


def _selected(plan: Plan, worked: pl.LazyFrame, telling: Telling) -> pl.DataFrame:
    """The columns of `schema`, from a frame that has every score and verdict."""
    context = {key: pl.col(key) if key in plan.context else pl.lit(None) for key in telling.keys}
    return worked.select(
        pl.col(RESPONDENT),
        pl.lit(telling.source).alias(SOURCE),
        *[column.cast(pl.String).alias(key) for key, column in context.items()],
        *[pl.col(column).alias(name) for name, column in scores_of(plan.framework)],
        *[pl.col(verdict_column(id_)) for id_ in plan.framework.scenarios],
    ).collect()
