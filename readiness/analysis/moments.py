"""Moments: variances, covariances and correlations of an indicator's items, from ways of answering.

Missing answers stay missing: a variance rests on all who answered the item, a covariance on all who answered both, and
nothing is imputed. Sums go over ways in the order of what was answered, so that no figure hangs on the order of rows.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from readiness.analysis.ways import Ways

    Array = NDArray[np.float64]


@dataclass(frozen=True)
class Answers:
    """The answers to several items, each combination once. points: NaN where an item is not answered."""

    items: tuple[str, ...]
    points: Array
    people: Array

    @property
    def n(self) -> int:
        """How many respondents answered any of the items."""
        return int(self.people[~np.isnan(self.points).all(axis=1)].sum())


def answers_of(ways: Ways, fewest: int = 2) -> Answers:
    """The answers to those of the items that at least so many respondents answered, never fewer than two.

    A lone answer has no variance, so an item with no other is as good as not asked.
    """
    answered = (~np.isnan(ways.points) * ways.people[:, None]).sum(axis=0)
    kept = [place for place in range(len(ways.items)) if answered[place] >= max(2, fewest)]
    known = np.where(np.isnan(ways.points[:, kept]), -np.inf, ways.points[:, kept] + 0.0)
    points, which = np.unique(known, axis=0, return_inverse=True)
    people = np.bincount(which.reshape(-1), weights=ways.people, minlength=len(points)).astype(np.float64)
    return Answers(tuple(ways.items[place].id for place in kept), np.where(np.isinf(points), np.nan, points), people)


def covariances(answers: Answers, fewest: int = 2) -> Array:
    """Covariances (n - 1) of every two items over all who answered both; NaN where fewer than so many did."""
    count = len(answers.items)
    out = np.full((count, count), np.nan)
    for i in range(count):
        for j in range(i, count):
            both = pair(answers.points[:, i], answers.points[:, j], answers.people)
            if both.n >= max(2, fewest):
                out[i, j] = out[j, i] = both.together / (both.n - 1)
    return out


@dataclass(frozen=True)
class Pair:
    """Two variables over all who have both: sums of squares and of products, each from its mean.

    apart: how far the means are from each other.
    """

    n: int
    first: float
    second: float
    together: float
    apart: float = 0.0

    @property
    def correlation(self) -> float | None:
        """Pearson's; None where one of the two does not vary."""
        scale = float(np.sqrt(self.first) * np.sqrt(self.second))
        return max(-1.0, min(1.0, self.together / scale)) if scale > 0 else None


def pair(x: Array, y: Array, people: Array) -> Pair:
    """What two variables are together, over all who have both."""
    both = ~(np.isnan(x) | np.isnan(y))
    x, y, people = x[both], y[both], people[both]
    n = people.sum()
    if not n:
        return Pair(0, 0.0, 0.0, 0.0)
    dx, dy = _centred(x, people), _centred(y, people)
    first, second, together = (float((people * product).sum()) for product in (dx * dx, dy * dy, dx * dy))
    return Pair(int(n), first, second, together, abs(float((people * (x - y)).sum() / n)))


def _centred(x: Array, people: Array) -> Array:
    """Distances from the mean; exactly none where everybody answered alike."""
    if x.min() == x.max():
        return np.zeros_like(x)
    centred: Array = x - (people * x).sum() / people.sum()
    return centred
