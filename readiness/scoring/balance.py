"""Balance: every role, or every value of another context key, gets the same say in a group's figures.

A mean is then the mean of the roles' means, so that many employees do not outvote few managers. It is made of what the
roles have, each by itself; a group is therefore shown only where all of its roles could be (see `hidden_with_parts`).
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from readiness.scoring.hiding import Hidden
from readiness.scoring.plan import indicator_column
from readiness.scoring.totals import GroupTotals

if TYPE_CHECKING:
    from collections.abc import Collection

    from readiness.scoring.suppression import Group


@dataclass(frozen=True)
class BalancedTotals(GroupTotals):
    """The sums of a group, and those of each of its roles, which have the same say."""

    parts: tuple[GroupTotals, ...]

    @property
    def effective(self) -> float | None:
        """The effective number of respondents: how many of equal weight would say as much."""
        return _effective([(part.mass, part.mass_squared) for part in self.parts])

    def effective_of(self, column: str) -> float | None:
        """The effective number of those who have a value of their own."""
        return _effective([part.masses_of(column) for part in self._with(column)])

    def _with(self, column: str) -> list[GroupTotals]:
        """The roles in which somebody has a value."""
        return [part for part in self.parts if part.mean(column) is not None]

    def mean(self, column: str) -> float | None:
        """The mean of the roles' means."""
        return _mean([part.mean(column) for part in self.parts])

    def spread(self, column: str) -> float | None:
        """The standard deviation, every respondent weighing what makes the roles weigh the same."""
        parts = self._with(column)
        share = sum(squared / mass**2 for mass, squared in (part.masses_of(column) for part in parts))
        left = 1 - share / len(parts) ** 2 if parts else 0.0
        mean, squares = self.mean(column), _mean([part.mean_square(column) for part in parts])
        if mean is None or squares is None or left <= 1e-12 or self.scored(column) < 2:
            return None
        return math.sqrt(max(0.0, squares - mean * mean) / left)

    def prevalence(self, scenario: str) -> float | None:
        """The mean of the roles' shares."""
        return _mean([part.prevalence(scenario) for part in self.parts])

    def bounds(self, indicator: str, limits: tuple[float, float]) -> tuple[float, float]:
        """The means of the roles' bounds, of those to whom the indicator applies."""
        applying = [part.bounds(indicator, limits) for part in self.parts if part.applies(indicator)]
        if not applying:
            return limits
        low, high = (sum(ends) / len(applying) for ends in zip(*applying, strict=True))
        value = self.mean(indicator_column(indicator, "value"))
        return (low, high) if value is None else (min(low, value), max(high, value))


def _mean(figures: Sequence[float | None]) -> float | None:
    there = [figure for figure in figures if figure is not None]
    return sum(there) / len(there) if there else None


def _effective(masses: Sequence[tuple[int, int]]) -> float | None:
    there = [(mass, squared) for mass, squared in masses if mass]
    if not there:
        return None
    return len(there) ** 2 / sum(squared / mass**2 for mass, squared in there)


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
