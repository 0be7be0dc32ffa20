"""Chance: whether it alone would part two sides so far, and what is left of that after many comparisons."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from scipy.special import gammainc, gammaincc, ndtr, stdtr

from readiness.analysis.samples import Ordering, Sample, ordering_of, together

TOLERANCE = 1e-12  # of a variance, in squares of the range: below it nothing varies
SKEWED = 1e-3  # a skewness below this is none


def p_of_no_difference(first: Sample, second: Sample, ordering: Ordering | None = None) -> float:
    """How often chance alone would part two sides at least so far; the larger of two answers.

    ordering: that of the two, where it is known already.

    One is that of a permutation test: had both sides one distribution, whatever its shape. The other is Brunner and
    Munzel's (2000), which lets them vary unequally. The first keeps its level with a handful of people at the end of
    a scale, where the second (and Welch's test) finds differences ten to a hundred times too often; the second
    keeps it where a small side varies more than a large one, where the first does not.
    """
    return max(permutation_p(first, second), brunner_munzel_p(ordering or ordering_of(first, second)))


def permutation_p(first: Sample, second: Sample) -> float:
    """The two-sided p of a difference in means, were it chance who is on which side (Pitman 1937).

    The sums of all possible sides of that size have a known mean, variance and skewness; a Pearson curve of type III
    with these stands for their distribution (Mielke, Berry and Brier 1981), less half a step, as sums go by steps.
    """
    values, ours, theirs = together(first, second)
    counts = ours + theirs
    n, total = float(ours.sum()), float(counts.sum())
    away = values - float((counts * values).sum()) / total
    variance = n * (total - n) / (total - 1) * float((counts * away**2).sum()) / total
    if variance <= TOLERANCE * float(values[-1] - values[0]) ** 2:
        return 1.0
    third = n * (total - n) * (total - 2 * n) / ((total - 1) * (total - 2)) * float((counts * away**3).sum()) / total
    skewness, spread = third / variance**1.5, variance**0.5
    observed, half = float((ours * away).sum()), float(np.diff(values).min()) / 2
    above = pearson_tail((observed - half) / spread, skewness)
    below = pearson_tail((-observed - half) / spread, -skewness)
    return min(1.0, 2 * min(above, below))


def brunner_munzel_p(ordering: Ordering) -> float:
    """The two-sided p of delta being 0, with as many degrees of freedom as unequal variances leave.

    0 where nobody's share in delta varies, as when each of one side is above each of the other.
    """
    if ordering.squared_error <= TOLERANCE:
        return 1.0 if abs(ordering.delta) <= TOLERANCE else 0.0
    return float(2 * stdtr(ordering.degrees, -abs(ordering.delta) / ordering.squared_error**0.5))


def pearson_tail(z: float, skewness: float) -> float:
    """How likely a standardised Pearson variable of type III reaches z.

    It is a gamma variable, turned round where it is skewed to the left, and a normal one where it is not skewed.
    """
    if abs(skewness) < SKEWED:
        return float(ndtr(-z))
    shape = 4 / skewness**2
    reached = max(0.0, shape + (z if skewness > 0 else -z) * shape**0.5)
    return float(gammaincc(shape, reached) if skewness > 0 else gammainc(shape, reached))


def adjusted(ps: Sequence[float]) -> list[float]:
    """The q of each p: the least rate of false findings at which it counts as one (Benjamini and Hochberg 1995)."""
    falling = sorted(range(len(ps)), key=lambda place: ps[place], reverse=True)
    qs = [1.0] * len(ps)
    least = 1.0
    for larger, place in enumerate(falling):
        least = min(least, ps[place] * len(ps) / (len(ps) - larger))
        qs[place] = least
    return qs
