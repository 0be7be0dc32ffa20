"""Respondents: the figures of each one, worked out and written where the answers lie; none of them comes to us.

The columns are those of `scoring.respondents`. Each respondent is worked out by the plan, so that a membership may
differ in its last digit from one that was looked up, where an engine's exponential does.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

import narwhals as nw

from readiness.responses.coding import RESPONDENT
from readiness.responses.table import SURVEY
from readiness.scoring.parts import as_expression
from readiness.scoring.plan import Fact, Plan
from readiness.scoring.presence import Test, holds, test_name, tests_of
from readiness.scoring.respondents import CONFIDENTIAL, ENDS, SOURCE, end_reached, scores_of, verdict_column
from readiness.scoring.totals import ANSWERED

if TYPE_CHECKING:
    from readiness.framework.models import Framework, Scenario
    from readiness.responses.in_place.survey import InPlace

Frame = nw.LazyFrame[Any]


def written(survey: InPlace, plan: Plan, facts: Mapping[str, Fact], to: str) -> None:
    """Have the figures of whoever gave an answer written where the engine knows it.

    Raises:
        InputError: it cannot be written there.
    """
    survey.engine.write(each(survey, plan, facts), to)


def each(survey: InPlace, plan: Plan, facts: Mapping[str, Fact]) -> Frame:
    """A row for each respondent who gave an answer, as a frame of the engine."""
    rows = survey.frame.with_columns(plan.answered().alias(ANSWERED), *plan.asked_columns())
    worked = plan.scores(rows.filter(nw.col(ANSWERED)), facts, bounds=True)
    reached = _Reached(plan.framework)
    worked = worked.with_columns(*reached.columns()) if reached.tests else worked
    keys = [key for key in plan.framework.context if key in plan.context]
    return worked.select(
        nw.col(RESPONDENT).alias(CONFIDENTIAL),
        nw.lit(SURVEY).alias(SOURCE),
        *[nw.col(key).cast(nw.String) for key in keys],
        *[nw.col(column).alias(name) for name, column in scores_of(plan.framework)],
        *[reached.verdict(scenario) for scenario in plan.framework.scenarios.values()],
    )


class _Reached:
    """Which ends of a membership are above 0.5: a column for each test and each end."""

    def __init__(self, framework: Framework) -> None:
        scenarios = framework.scenarios.values()
        self.tests = {test_name(test): test for scenario in scenarios for test in tests_of(scenario.when)}
        self._places = {name: place for place, name in enumerate(self.tests)}

    def columns(self) -> Iterator[nw.Expr]:
        """The columns, from those that the plan makes with bounds."""
        for name, test in self.tests.items():
            for end in ENDS:
                yield end_reached(test, end).alias(self._column(name, end))

    def _column(self, name: str, end: str) -> str:
        return f"r:{self._places[name]}/{end}"

    def verdict(self, scenario: Scenario) -> nw.Expr:
        """What is said of one respondent: see `judging.Judgement.verdict`."""
        low, high, least, most = (as_expression(self._at(scenario, end)) for end in ENDS)
        open_ = nw.when(most | ~least).then(nw.lit("undetermined")).otherwise(nw.lit("not asked"))
        other = nw.when(high).then(open_).otherwise(nw.lit("ruled out"))
        return nw.when(low).then(nw.lit("present")).otherwise(other).alias(verdict_column(scenario.id))

    def _at(self, scenario: Scenario, end: str) -> nw.Expr | bool:
        def of(test: Test) -> nw.Expr | bool:
            return nw.col(self._column(test_name(test), end))

        return holds(scenario.when, of)
