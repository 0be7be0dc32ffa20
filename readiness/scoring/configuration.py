"""Configurations: conditions joined by all (minimum), any (maximum) and not (one minus) (Ragin 2008).

A configuration is read from condition columns: once for its value, once for each bound, and once for each of the
bounds as they could become if whatever was put were answered helpfully (`least`, `most`). `not` swaps the ends. The
membership is missing when any condition is.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import narwhals as nw

from readiness.framework.models import All, Any_, Condition, Not
from readiness.scoring.calibration import PRESENT, is_symmetric, membership, on_grain

if TYPE_CHECKING:
    from readiness.framework.models import Calibration, Configuration, Framework, Scenario

LEVELS = ((0.25, "clear"), (PRESENT, "watch"), (0.75, "elevated"))  # up to, name; critical above
OPPOSITE = {"value": "value", "low": "high", "high": "low", "least": "most", "most": "least"}
Name = Callable[[str], str]


def calibration_key(calibration: Calibration) -> str:
    """A calibration in a column's name."""
    return f"{calibration.out!r}/{calibration.crossover!r}/{calibration.in_!r}/{calibration.log_odds!r}"


def condition_key(condition: Condition) -> str:
    """A name that two conditions share only if they are the same in every number."""
    return f"{condition.name} {calibration_key(condition.calibration)}"


def condition_column(condition: Condition, field: str) -> str:
    """A condition's column: value, low, high, and least and most (see above)."""
    # A low membership of a `low` condition comes from a high score.
    source = OPPOSITE[field] if condition.direction == "low" and field in ("low", "high") else field
    return f"x:{condition.indicator}.{source}|{calibration_key(condition.calibration)}" + (
        f"|{condition.direction}" if field in ("least", "most") else ""
    )


def distinct_conditions(framework: Framework) -> dict[str, Condition]:
    """Every condition of every scenario, each once."""
    return {condition_key(c): c for scenario in framework.scenarios.values() for c in scenario.conditions}


def condition_columns(framework: Framework, bounds: bool) -> list[nw.Expr]:
    """Memberships of every distinct condition, from a frame of indicators; all of one calibration at once."""
    fields = ("value", "low", "high") if bounds else ("value",)
    by_calibration: dict[str, list[Condition]] = {}
    for condition in distinct_conditions(framework).values():
        by_calibration.setdefault(calibration_key(condition.calibration), []).append(condition)
    columns: list[nw.Expr] = []
    for key, conditions in by_calibration.items():
        calibration = conditions[0].calibration
        sources = list(dict.fromkeys(f"x:{c.indicator}.{field}" for c in conditions for field in fields))
        together = [sources] if is_symmetric(calibration) else [[source] for source in sources]
        columns.extend(membership(on_grain(nw.col(*some)), calibration).name.suffix(f"|{key}") for some in together)
    return columns


def reachable_ends(condition: Condition) -> dict[str, nw.Expr]:
    """How low the upper bound of a condition could come, and how high the lower, by answers to what was put."""
    low, high = (nw.col(condition_column(condition, end)) for end in ("low", "high"))
    put = nw.col(f"x:{condition.indicator}.open") == 1
    return {"least": nw.when(put).then(low).otherwise(high), "most": nw.when(put).then(high).otherwise(low)}


def worth(configuration: Configuration, field: str) -> nw.Expr:
    """A field of a configuration, whether or not a condition is missing."""
    match configuration:
        case Condition():
            if field in ("least", "most"):
                return reachable_ends(configuration)[field]
            return nw.col(condition_column(configuration, field))
        case Not(part=part):
            return 1 - worth(part, OPPOSITE[field])
        case All(parts=parts) | Any_(parts=parts):
            join = nw.min_horizontal if isinstance(configuration, All) else nw.max_horizontal
            return join(*[worth(part, field) for part in parts])


def scenario_columns(scenario: Scenario, name: Name, bounds: bool) -> list[nw.Expr]:
    """A scenario's membership, missing when any of its conditions is, and its ends."""
    values = list(dict.fromkeys(condition_column(condition, "value") for condition in scenario.conditions))
    missing = nw.any_horizontal(nw.col(*values).is_null(), ignore_nulls=False)
    columns: list[nw.Expr] = [nw.when(~missing).then(worth(scenario.when, "value")).alias(name("value"))]
    if bounds:
        columns += [worth(scenario.when, field).alias(name(field)) for field in ("low", "high", "least", "most")]
    return columns


def present(value: nw.Expr) -> nw.Expr:
    """Whether a membership is present; null where it is missing."""
    return value > PRESENT


def _stepped(value: nw.Expr) -> nw.Expr:
    level = nw.lit("critical")
    for limit, name in reversed(LEVELS):
        inside = value <= limit if name == "watch" else value < limit
        level = nw.when(inside).then(nw.lit(name)).otherwise(level)
    return nw.when(~value.is_null()).then(level)


def judgements(name: Name) -> list[nw.Expr]:
    """A scenario's level, its verdicts by bounds and by value, and whether missing answers could turn it."""
    value, low, high, least, most = (nw.col(name(field)) for field in ("value", "low", "high", "least", "most"))
    # `least` is the lowest the upper bound can come to, `most` the highest the lower bound can.
    could_settle = (most > PRESENT) | (least <= PRESENT)
    unsettled = nw.when(could_settle).then(nw.lit("undetermined")).otherwise(nw.lit("not asked"))
    ruled_out_or_open = nw.when(high <= PRESENT).then(nw.lit("ruled out")).otherwise(unsettled)
    by_bounds = nw.when(low > PRESENT).then(nw.lit("present")).otherwise(ruled_out_or_open)
    by_value = nw.when(present(value)).then(nw.lit("present")).otherwise(nw.lit("ruled out"))
    lowest = _stepped(low)
    shared = nw.when(lowest == _stepped(high)).then(lowest)
    said = {
        # clear < 0.25 <= watch <= 0.5 < elevated < 0.75 <= critical; of a missing value where both bounds share it.
        "level": nw.when(~value.is_null()).then(_stepped(value)).otherwise(shared),
        # Of one respondent: only what no unanswered item could change is said (rule 6).
        "by_bounds": by_bounds,
        # Of a group its value decides (rule 7); where that is missing, only what the bounds settle.
        "by_value": nw.when(~value.is_null()).then(by_value).otherwise(by_bounds),
        "reversible": (low <= PRESENT) & (high > PRESENT) & ~value.is_null(),
    }
    return [column.alias(name(field)) for field, column in said.items()]
