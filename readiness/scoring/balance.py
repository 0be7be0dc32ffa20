"""Balance: what say the parts of a group have in its figures, instead of as many as have answered in them.

Every role, or every value of another context key, gets the same say: a mean is then the mean of the roles' means, so
that many employees do not outvote few managers. It is made of what the roles have, each by itself; a group is therefore
shown only where all of its roles could be (see `hidden_with_parts`). By how many people there are of each part instead:
`stratifying`.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from readiness.scoring.hiding import Hidden
from readiness.scoring.plan import indicator_column, scenario_column
from readiness.scoring.totals import GroupTotals

if TYPE_CHECKING:
    from collections.abc import Collection

    from readiness.scoring.suppression import Group

Mass = Callable[[GroupTotals], int]  # how many respondents, or their case weights


@dataclass(frozen=True)
class Stratum:
    """A part of a group in which somebody has a value, and the say it has, in any unit."""

    totals: GroupTotals
    say: float


@dataclass(frozen=True)
class BalancedTotals(GroupTotals):
    """The sums of a group, and those of each of its roles, which have the same say."""

    parts: tuple[GroupTotals, ...]

    def strata(self, figure: str, mass: Mass) -> list[Stratum]:  # noqa: ARG002 for those whose parts differ by figure
        """The parts that a figure is made of: those that have some mass.

        figure: its column, such as `x:openness.value`; "" for the numbers of people. mass: of a part, behind that.
        """
        return [Stratum(part, 1) for part in self.parts if mass(part)]

    def shares(self, column: str) -> list[tuple[GroupTotals, float]]:
        """The parts in which somebody has a value, and each one's share of the say; the shares add up to 1."""
        strata = self._of(column)
        whole = sum(stratum.say for stratum in strata)
        return [(stratum.totals, stratum.say / whole) for stratum in strata]

    @property
    def effective(self) -> float | None:
        """The effective number of respondents: how many of equal weight would say as much."""
        return _effective(
            [(s.say, s.totals.mass, s.totals.mass_squared) for s in self.strata("", lambda part: part.mass)]
        )

    def effective_of(self, column: str) -> float | None:
        """The effective number of those who have a value of their own."""
        return _effective([(s.say, *s.totals.masses_of(column)) for s in self._of(column)])

    def _of(self, column: str) -> list[Stratum]:
        """The parts in which somebody has a value of their own."""
        return self.strata(column, lambda part: part.masses_of(column)[0])

    def mean(self, column: str) -> float | None:
        """The mean of the parts' means."""
        return _mean(self._of(column), lambda part: part.mean(column))

    def spread(self, column: str) -> float | None:
        """The standard deviation, every respondent weighing what gives the parts their say."""
        strata = self._of(column)
        whole = sum(stratum.say for stratum in strata)
        masses = [(stratum.say, *stratum.totals.masses_of(column)) for stratum in strata]
        share = sum(say**2 * (squared / mass**2) for say, mass, squared in masses)
        left = 1 - share / whole**2 if strata else 0.0
        mean, squares = self.mean(column), _mean(strata, lambda part: part.mean_square(column))
        if mean is None or squares is None or left <= 1e-12 or self.scored(column) < 2:
            return None
        return math.sqrt(max(0.0, squares - mean * mean) / left)

    def prevalence(self, scenario: str) -> float | None:
        """The mean of the parts' shares."""
        column = scenario_column(scenario, "value")
        return _mean(self.strata(column, lambda part: part.mass_of(column)), lambda part: part.prevalence(scenario))

    def bounds(self, indicator: str, limits: tuple[float, float]) -> tuple[float, float]:
        """The means of the parts' bounds, of those to whom the indicator applies."""
        column = indicator_column(indicator, "value")
        applying = self.strata(column, lambda part: part.mass_of(indicator_column(indicator, "applies")))
        low = _mean(applying, lambda part: part.bounds(indicator, limits)[0])
        high = _mean(applying, lambda part: part.bounds(indicator, limits)[1])
        if low is None or high is None:
            return limits
        value = self.mean(column)
        return (low, high) if value is None else (min(low, value), max(high, value))


def _mean(strata: Sequence[Stratum], of: Callable[[GroupTotals], float | None]) -> float | None:
    """A figure of the parts, each by its say."""
    there = [(stratum.say, figure) for stratum in strata if (figure := of(stratum.totals)) is not None]
    whole = sum(say for say, _ in there)
    return sum(say * figure for say, figure in there) / whole if whole else None


def _effective(masses: Sequence[tuple[float, int, int]]) -> float | None:
    there = [(say, mass, squared) for say, mass, squared in masses if mass]
    if not there:
        return None
    whole = sum(say for say, _, _ in there)
    return float(whole**2 / sum(say**2 * (squared / mass**2) for say, mass, squared in there))


def hidden_with_parts(hidden: Hidden, parts: Mapping[Group, Collection[Group]]) -> Hidden:
    """What is hidden of groups whose figures are made of others: whatever is hidden of any of these.

    What is computed from figures that could all be shown gives nothing away that they do not.
    """
    groups = set(hidden.groups)
    groups |= {group for group, inside in parts.items() if groups.intersection(inside)}
    figures = {
        figure: frozenset({*where, *(group for group, inside in parts.items() if where.intersection(inside))})
        for figure, where in (hidden.figures or {}).items()
    }
    return Hidden(frozenset(groups), figures)
