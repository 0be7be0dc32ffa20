"""Standpoints: what scenarios would say if everybody saw an indicator as one side does."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from readiness.scoring.calibration import GRAIN, PRESENT, grains, membership_at
from readiness.scoring.configuration import worth

if TYPE_CHECKING:
    from readiness.framework.configurations import Condition
    from readiness.framework.models import Framework, Scenario
    from readiness.scoring.result import Verdict

Values = Mapping[str, float | None]  # by indicator; None where one is missing or not to be shown


def verdicts_of_sides(
    framework: Framework, indicator: str, shifts: tuple[float, float], values: Values
) -> dict[str, tuple[Verdict, Verdict]]:
    """The scenarios whose verdict hangs on whose view of an indicator is taken for true, with the verdict by either.

    A side's view moves everybody's value by as much as the side's mean is above everybody's in the items compared
    (shifts, in points). So the values stay those of the result, and what the two verdicts differ by is the gap alone.
    Nothing can be told where values are missing, nor of an indicator that is no mean of its items.
    """
    value = values.get(indicator)
    if value is None or framework.indicators[indicator].aggregate != "mean":
        return {}
    seen = [{**values, indicator: value + shift} for shift in shifts]
    told: dict[str, tuple[Verdict, Verdict]] = {}
    for scenario in framework.scenarios.values():
        if any(condition.indicator == indicator for condition in scenario.conditions):
            first, second = (verdict_at(scenario, view) for view in seen)
            if first is not None and second is not None and first != second:
                told[scenario.id] = (first, second)
    return told


def verdict_at(scenario: Scenario, values: Values) -> Verdict | None:
    """A scenario's verdict at these scores, None where one that it looks at is missing."""
    scores = {id_: value for id_, value in values.items() if value is not None}
    if any(condition.indicator not in scores for condition in scenario.conditions):
        return None

    def of(condition: Condition, _: str) -> float:
        return membership_at(grains(scores[condition.indicator]) / GRAIN, condition.calibration)

    return "present" if worth(scenario.when, of) > PRESENT else "ruled out"
