"""Samples: the scores of a set of people, each score once, and how two such sets lie beside each other.

What is worked out from how many gave which score costs no more for a million people than for fifty.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

DIGITS = 9  # what linear algebra gives is the same on every machine up to here


@dataclass(frozen=True)
class Sample:
    """Scores of a set of people: distinct values, lowest first, and how many have each (at least one)."""

    values: NDArray[np.float64]
    counts: NDArray[np.float64]

    @cached_property
    def n(self) -> int:
        """How many people these are."""
        return int(self.counts.sum())

    @cached_property
    def mean(self) -> float:
        """Their mean."""
        return float((self.counts * self.values).sum() / self.n)

    @cached_property
    def variance(self) -> float:
        """How they vary (n - 1)."""
        return variance_of(self.values, self.counts)


@dataclass(frozen=True)
class Ordering:
    """Which of two sides is higher. delta: Cliff's (1993). variances: of either side's shares in it. n: their sizes.

    A person's share is how much more of the other side is below them than above.
    """

    delta: float
    variances: tuple[float, float]
    n: tuple[int, int]

    @property
    def squared_error(self) -> float:
        """The squared standard error of delta (Cliff 1993, the consistent one; Brunner and Munzel 2000)."""
        return self.variances[0] / self.n[0] + self.variances[1] / self.n[1]

    @property
    def degrees(self) -> float:
        """Its degrees of freedom."""
        return degrees(self.variances, self.n)


def sample_of(values: NDArray[np.float64], counts: NDArray[np.int64]) -> Sample:
    """Scores, in any order and as often as they come, as a sample; NaN, and what nobody has, is left out."""
    there = ~np.isnan(values) & (counts > 0)
    distinct, place = np.unique(np.round(values[there], DIGITS), return_inverse=True)
    totals: NDArray[np.float64] = np.zeros(len(distinct))
    np.add.at(totals, place, counts[there])
    return Sample(distinct, totals)


def ordering_of(first: Sample, second: Sample) -> Ordering:
    """How two samples of at least two people each are ordered, over all pairs of one person of either."""
    _, ours, theirs = together(first, second)
    above, their_above = _above(theirs), _above(ours)
    return Ordering(
        delta=float((ours * above).sum() / (first.n * second.n)),
        variances=(variance_of(above / second.n, ours), variance_of(their_above / first.n, theirs)),
        n=(first.n, second.n),
    )


def together(first: Sample, second: Sample) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.float64]]:
    """Every value of either side, and how many of the first and of the second have it."""
    if np.array_equal(first.values, second.values):
        return first.values, first.counts, second.counts
    values = np.union1d(first.values, second.values)
    return values, _spread_over(values, first), _spread_over(values, second)


def _spread_over(values: NDArray[np.float64], sample: Sample) -> NDArray[np.float64]:
    counts: NDArray[np.float64] = np.zeros(len(values))
    counts[np.searchsorted(values, sample.values)] = sample.counts
    return counts


def _above(counts: NDArray[np.float64]) -> NDArray[np.float64]:
    """Of each value: how many more of a side are below it than above it; whole numbers."""
    below = np.cumsum(counts) - counts
    return np.asarray(2 * below + counts - counts.sum())


def variance_of(values: NDArray[np.float64], counts: NDArray[np.float64]) -> float:
    """How values vary, each as often as it counts (n - 1)."""
    n = counts.sum()
    mean = (counts * values).sum() / n
    return float((counts * (values - mean) ** 2).sum() / (n - 1))


def degrees(variances: tuple[float, float], n: tuple[int, int]) -> float:
    """Degrees of freedom of a difference whose sides vary unequally (Satterthwaite 1946, Welch 1947).

    At least one of the two has to vary.
    """
    first, second = variances[0] / n[0], variances[1] / n[1]
    largest = max(first, second)  # ratios, so that no square of a small number vanishes
    first, second = first / largest, second / largest
    return (first + second) ** 2 / (first**2 / (n[0] - 1) + second**2 / (n[1] - 1))
