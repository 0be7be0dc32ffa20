"""Configurations: conditions joined by all (minimum), any (maximum) and not (one minus) (Ragin 2008).

`worth` is the one place that says so: respondents' memberships are expressions, a group's are numbers, and both are
joined by it. `not` swaps the ends. A scenario's membership is missing when any of its conditions is.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any

import narwhals as nw

from readiness.framework.configurations import All, Any_, Condition, Not
from readiness.scoring.calibration import PRESENT, is_symmetric, membership, on_grain
from readiness.scoring.parts import highest, lowest

if TYPE_CHECKING:
    from readiness.framework.configurations import Calibration, Configuration
    from readiness.framework.models import Framework, Scenario

OPPOSITE = {"value": "value", "low": "high", "high": "low", "least": "most", "most": "least"}
Of = Callable[[Condition, str], Any]
Join = Callable[[list[Any]], Any]


def condition_key(condition: Condition) -> str:
    """A name that two conditions share only if they are the same in every number."""
    return f"{condition.name} {condition.calibration.key}"


def condition_column(condition: Condition, field: str) -> str:
    """A condition's column: value, low or high."""
    # A low membership of a `low` condition comes from a high score.
    source = OPPOSITE[field] if condition.direction == "low" else field
    return f"x:{condition.indicator}/{source}|{_anchors(condition.calibration)}"


def _anchors(calibration: Calibration) -> str:
    """A calibration as part of a column's name, in which some engines take a dot for a path."""
    return calibration.key.replace(".", ",")


def distinct_conditions(framework: Framework) -> dict[str, Condition]:
    """Every condition of every scenario, each once."""
    return {condition_key(c): c for scenario in framework.scenarios.values() for c in scenario.conditions}


def condition_columns(wanted: Iterable[Condition], bounds: bool) -> list[nw.Expr]:
    """Memberships of distinct conditions, from a frame of indicators; all of one calibration at once."""
    fields = ("value", "low", "high") if bounds else ("value",)
    by_calibration: dict[str, list[Condition]] = {}
    for condition in wanted:
        by_calibration.setdefault(_anchors(condition.calibration), []).append(condition)
    columns: list[nw.Expr] = []
    for key, conditions in by_calibration.items():
        calibration = conditions[0].calibration
        sources = list(dict.fromkeys(f"x:{c.indicator}/{field}" for c in conditions for field in fields))
        together = [sources] if is_symmetric(calibration) else [[source] for source in sources]
        columns.extend(membership(on_grain(nw.col(*some)), calibration).name.suffix(f"|{key}") for some in together)
    return columns


def worth(configuration: Configuration, of: Of, field: str = "value", lowest: Join = min, highest: Join = max) -> Any:
    """A field of a configuration, from what its conditions are worth.

    of: a condition's field, as a number or as an expression. lowest, highest: how those are joined.
    """
    match configuration:
        case Condition():
            return of(configuration, field)
        case Not(part=part):
            return 1 - worth(part, of, OPPOSITE[field], lowest, highest)
        case All(parts=parts):
            return lowest([worth(part, of, field, lowest, highest) for part in parts])
        case Any_(parts=parts):
            return highest([worth(part, of, field, lowest, highest) for part in parts])


def scenario_value(scenario: Scenario) -> nw.Expr:
    """A scenario's membership, missing when any of its conditions is."""
    values = list(dict.fromkeys(condition_column(condition, "value") for condition in scenario.conditions))
    missing = nw.any_horizontal(nw.col(*values).is_null(), ignore_nulls=False)
    value = worth(
        scenario.when,
        lambda condition, field: nw.col(condition_column(condition, field)),
        "value",
        lowest,
        highest,
    )
    return nw.when(~missing).then(value)


def present(value: nw.Expr) -> nw.Expr:
    """Whether a membership is present; null where it is missing."""
    return value > PRESENT
