"""Judging: what is said of a scenario in a group or of one respondent, from what its conditions are worth."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from readiness.framework.configurations import All, Any_, Condition, Not
from readiness.scoring.calibration import PRESENT
from readiness.scoring.configuration import condition_column, worth

if TYPE_CHECKING:
    from readiness.framework.configurations import Configuration
    from readiness.framework.models import Scenario
    from readiness.scoring.result import Level, Verdict

Row = Mapping[str, Any]
TIE = 1e-9


@dataclass(frozen=True)
class Judgement:
    """A scenario's membership and bounds, and what follows from them.

    value: missing when any condition is. least: the lowest that the upper bound can come to by answers to what was put;
    most: the highest that the lower bound can.
    """

    value: float | None
    low: float
    high: float
    least: float
    most: float

    @property
    def level(self) -> Level | None:
        """The level of the membership; of a missing one where both bounds share it."""
        if self.value is not None:
            return level_of(self.value)
        lowest = level_of(self.low)
        return lowest if lowest == level_of(self.high) else None

    def verdict(self, alone: bool) -> Verdict:
        """Of one respondent what no unanswered item could change (rule 6), of a group what its value says (rule 7).

        Where a group's value is missing, what the bounds settle is said nevertheless.
        """
        if self.value is not None and not alone:
            return "present" if self.value > PRESENT else "ruled out"
        if self.low > PRESENT:
            return "present"
        if self.high <= PRESENT:
            return "ruled out"
        return "undetermined" if self.most > PRESENT or self.least <= PRESENT else "not asked"

    @property
    def reversible(self) -> bool:
        """Whether unanswered items could turn the verdict: the bounds straddle 0.5."""
        return self.value is not None and self.low <= PRESENT < self.high


def level_of(membership: float) -> Level:
    """clear < 0.25 <= watch <= 0.5 < elevated < 0.75 <= critical."""
    if membership < 0.25:
        return "clear"
    if membership <= PRESENT:
        return "watch"
    return "elevated" if membership < 0.75 else "critical"


def judged(scenario: Scenario, row: Row) -> Judgement:
    """A scenario judged from a row of evaluated conditions."""

    def of(condition: Condition, field: str) -> float:
        if field in ("least", "most"):
            # What was put can be answered helpfully; what was not stays at its unhelpful end.
            put = row[f"x:{condition.indicator}/open"]
            field = ("low" if put else "high") if field == "least" else ("high" if put else "low")
        return float(row[condition_column(condition, field)])

    known = all(row[condition_column(condition, "value")] is not None for condition in scenario.conditions)
    ends = [worth(scenario.when, of, field) for field in ("low", "high", "least", "most")]
    return Judgement(worth(scenario.when, of) if known else None, *ends)


def undecided(configuration: Configuration, row: Row) -> list[Condition]:
    """The conditions that a respondent's verdict still hangs on: those that no other condition has decided already.

    Presence is a matter of yes and no for every condition, so of `all` a certain no decides, and of `any` a certain
    yes; a part that is certain otherwise has no say any more.
    """
    return _undecided(configuration, row, turned=False)


def _undecided(part: Configuration, row: Row, turned: bool) -> list[Condition]:
    """What hangs on a part. turned: it counts as its opposite, which is no more present at 0.5 than the part itself."""
    low, high = (worth(part, _at(row), end) for end in ("low", "high"))
    if turned:
        low, high = 1 - high, 1 - low
    if low > PRESENT or high <= PRESENT:
        return []
    match part:
        case Condition():
            return [part]
        case Not(part=inner):
            return _undecided(inner, row, not turned)
        case All(parts=parts) | Any_(parts=parts):
            return [condition for inner in parts for condition in _undecided(inner, row, turned)]


def _at(row: Row) -> Callable[[Condition, str], float]:
    return lambda condition, field: float(row[condition_column(condition, field)])


def limiting(configuration: Configuration, row: Row) -> list[Condition]:
    """Every condition that sets the value: the parts a minimum or maximum comes from, down to the conditions."""

    def of(condition: Condition, field: str) -> float:
        return float(row[condition_column(condition, field)])

    match configuration:
        case Condition():
            return [configuration]
        case Not(part=part):
            return limiting(part, row)
        case All(parts=parts) | Any_(parts=parts):
            value = worth(configuration, of)
            # Mirror images tie, though floats may tell them apart.
            return [found for part in parts if abs(worth(part, of) - value) <= TIE for found in limiting(part, row)]
