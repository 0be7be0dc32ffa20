"""Respondents: the figures of each one who gave an answer, a row a person, for whoever goes on with them elsewhere.

Columns: `respondent`, `source` (survey or interview), the context, `readiness`, `dimension.ID`, `indicator.ID`,
`scenario.ID` (membership) and `verdict.ID`, all missing where a person has none. The verdict is that of a single
respondent (rule 6): it follows what open items could still do, and not the membership.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
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
from readiness.scoring.parts import as_expression
from readiness.scoring.plan import OVERALL, Fact, Plan, indicator_column, readiness_column, scenario_column
from readiness.scoring.presence import Mask, Test, holds, test_name, tests_of
from readiness.scoring.totals import ANSWERED

if TYPE_CHECKING:
    from collections.abc import Sequence

    from readiness.framework.models import Framework, Scenario
    from readiness.scoring.counting import Counting, Piece
    from readiness.scoring.lookups import Table

SOURCE = "source"
VERDICTS = pl.Enum(["present", "ruled out", "undetermined", "not asked"])
VERDICTS_BY_NUMBER = pl.Series(VERDICTS.categories, dtype=VERDICTS)
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
    scores = dict.fromkeys([name for name, _ in _scores(framework)], pl.Float64())
    return {**words, **scores, **{_verdict_column(id_): VERDICTS for id_ in framework.scenarios}}


def _scores(framework: Framework) -> list[tuple[str, str]]:
    """Every score's name, and the plan's column that it stands in."""
    return [
        ("readiness", readiness_column(OVERALL, "value")),
        *((f"dimension.{id_}", readiness_column(id_, "value")) for id_ in framework.all_dimensions),
        *((f"indicator.{id_}", indicator_column(id_, "value")) for id_ in framework.indicators),
        *((f"scenario.{id_}", scenario_column(id_, "value")) for id_ in framework.scenarios),
    ]


def _verdict_column(scenario: str) -> str:
    return f"verdict.{scenario}"


def scored_each(plan: Plan, frame: pl.LazyFrame, facts: Mapping[str, Fact], telling: Telling) -> pl.DataFrame:
    """Coded responses in, the figures of whoever gave an answer out, each worked out by the plan."""
    rows = nw.from_native(frame).with_columns(plan.answered().alias(ANSWERED), *plan.asked_columns())
    worked = plan.scores(rows.filter(nw.col(ANSWERED)), facts, bounds=True)
    return _selected(plan, worked, end_reached, telling)


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
        self._conditions = list(distinct_conditions(counting.plan.framework).values())
        scenarios = counting.plan.framework.scenarios.values()
        tests = {test_name(test): test for scenario in scenarios for test in tests_of(scenario.when)}
        self._tests: dict[str, list[Test]] = {}
        for test in tests.values():
            self._tests.setdefault(test[0].indicator, []).append(test)
        self._columns: dict[str, tuple[int, list[pl.Expr]]] = {}

    def figures(self, piece: Piece) -> pl.DataFrame:
        """The figures of a piece's respondents, in its order."""
        plan = self._counting.plan
        columns = [column for table in self._counting.tables(self._facts) for column in self._gathered(table)]
        told = piece.people.select(RESPONDENT, *[key for key in self._telling.keys if key in plan.context])
        rows = nw.from_native(pl.concat([told, piece.keyed.select(columns)], how="horizontal").lazy())
        worked = plan.readiness(rows, bounds=False, filled=True)
        scenarios = plan.framework.scenarios.values()
        values = [scenario_value(s).alias(scenario_column(s.id, "value")) for s in scenarios]
        worked = worked.with_columns(*values) if values else worked
        return _selected(plan, worked, self._end_looked_up, self._telling)

    def _gathered(self, table: Table) -> list[pl.Expr]:
        """Columns of one indicator's figures, worked out anew only when patterns have been added."""
        version, columns = self._columns.get(table.indicator, (-1, []))
        if version != table.version:
            columns = [table.of(series) for series in self._worked(table)]
            self._columns[table.indicator] = (table.version, columns)
        return columns

    def _worked(self, table: Table) -> list[pl.Series]:
        own = [condition for condition in self._conditions if condition.indicator == table.indicator]
        memberships = condition_columns(own, bounds=True)
        figures = nw.from_native(table.figures)
        frame = (figures.with_columns(*memberships) if memberships else figures).to_native()
        fields = ("value", "value.filled", "value.has", "applies")
        names = [indicator_column(table.indicator, field) for field in fields]
        names += dict.fromkeys(condition_column(condition, "value") for condition in own)
        out = [frame[name] for name in names]
        if ends := self._ends(table.indicator):
            outcomes = nw.from_native(frame).select(*[end_reached(*end).alias(_name(*end)) for end in ends])
            out.append(self._mask(table.indicator).packed(outcomes.to_native()).alias(_mask_column(table.indicator)))
        return out

    def _ends(self, indicator: str) -> list[tuple[Test, str]]:
        return [(test, end) for test in self._tests.get(indicator, ()) for end in ENDS]

    def _mask(self, indicator: str) -> Mask:
        return Mask({_name(*end): bit for bit, end in enumerate(self._ends(indicator))})

    def _end_looked_up(self, test: Test, end: str) -> nw.Expr:
        indicator = test[0].indicator
        mask = self._mask(indicator)
        return (nw.col(_mask_column(indicator)) & mask.worth(_name(test, end))) != 0


def _name(test: Test, end: str) -> str:
    return f"{test_name(test)} {end}"


def _mask_column(indicator: str) -> str:
    return f"x:{indicator}.ends"


def _selected(
    plan: Plan, worked: nw.LazyFrame[Any], of: Callable[[Test, str], nw.Expr], telling: Telling
) -> pl.DataFrame:
    """The columns of `schema`, from a frame that has every score. of: whether a test holds at an end."""
    scenarios = plan.framework.scenarios.values()
    verdicts = [_verdict(scenario, of).alias(_verdict_column(scenario.id)) for scenario in scenarios]
    frame: pl.LazyFrame = (worked.with_columns(*verdicts) if verdicts else worked).to_native()
    context = {key: pl.col(key) if key in plan.context else pl.lit(None) for key in telling.keys}
    named = [_verdict_column(scenario.id) for scenario in scenarios]
    return frame.select(
        pl.col(RESPONDENT),
        pl.lit(telling.source).alias(SOURCE),
        *[column.cast(pl.String).alias(key) for key, column in context.items()],
        *[pl.col(column).alias(name) for name, column in _scores(plan.framework)],
        *[pl.lit(VERDICTS_BY_NUMBER).gather(pl.col(name)).alias(name) for name in named],
    ).collect()


def _verdict(scenario: Scenario, of: Callable[[Test, str], nw.Expr]) -> nw.Expr:
    """The number of the verdict among `VERDICTS`, as `judging.Judgement.verdict` has it of one respondent."""

    def at(end: str) -> nw.Expr:
        return as_expression(holds(scenario.when, lambda test: of(test, end)))

    numbers = [nw.lit(number, dtype=nw.UInt32) for number in range(len(VERDICTS.categories))]
    present, ruled_out, undetermined, not_asked = numbers
    settleable = at("most") | ~at("least")
    open_ = nw.when(settleable).then(undetermined).otherwise(not_asked)
    return nw.when(at("low")).then(present).otherwise(nw.when(~at("high")).then(ruled_out).otherwise(open_))
