"""Reliability: whether an indicator's items hold together, and whether one looks keyed the wrong way round.

All of it is raw (in the points that the items score, each item counting once, whatever its weight) and from pairwise
figures without imputation: see `moments`. `fewest` is how many respondents a figure has to rest on, which is the
framework's `min_group` wherever answers are protected.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from readiness.analysis.moments import answers_of, covariances, pair
from readiness.analysis.one_factor import fitted
from readiness.framework.ranges import PERCENT
from readiness.scoring.findings import Instrument
from readiness.scoring.result import Reliability

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from readiness.analysis.moments import Answers, Pair
    from readiness.analysis.ways import Ways
    from readiness.framework.ranges import Range

Z95 = 1.6448536269514722  # of the standard normal distribution: 95 % lie below
CLEARLY = -0.1  # a correlation that is at least a small one, however many answered (Cohen 1988)
OPPOSITE = 50  # points of 100 between the means of items that are answered at opposite ends
FLAT = 1e-9  # of the variance of a sum, beside the sum of the variances
DIGITS = 9  # what linear algebra is trusted to, on any machine


def reliability_of(ways: Ways, fewest: int = 2) -> Reliability:
    """Cronbach's alpha (1951), raw: k/(k - 1) times 1 less the items' variances in the sum of all covariances.

    items: those with data, which a single answer is not. n: respondents who answered any of them, since each of their
    answers counts in a variance. None with fewer than two items, where some pair was answered by too few together, or
    where the sum of the items does not vary.
    """
    answers = answers_of(ways, fewest)
    return Reliability(alpha=alpha_of(covariances(answers, fewest)), items=len(answers.items), n=answers.n)


def alpha_of(matrix: NDArray[np.float64]) -> float | None:
    """Alpha of items with these covariances."""
    count = len(matrix)
    if count < 2 or np.isnan(matrix).any():
        return None
    own, total = math.fsum(np.diag(matrix)), math.fsum(matrix.flat)
    return count / (count - 1) * (1 - own / total) if total > FLAT * own else None


def instrument_of(ways: Ways, limits: Range = PERCENT, fewest: int = 2) -> Instrument:
    """Omega, item-rest correlations with their alarms, and floor and ceiling.

    limits: the lowest and the highest score there can be, of an indicator that keeps raw units. Omega is McDonald's
    (1999) total of one factor, by minimum residuals on the covariances (see `one_factor`); with two items it assumes
    equal loadings, and equals alpha.
    """
    answers = answers_of(ways, fewest)
    factor = fitted(covariances(answers, fewest))
    omega = factor.omega if factor else None
    rests = _item_rests(answers)
    floor, ceiling = _ends(ways, limits)
    return Instrument(
        n=answers.n,
        omega=None if omega is None else round(omega, DIGITS),
        held=tuple(answers.items[place] for place in factor.held) if factor else (),
        item_rest={item: both.correlation if both.n >= max(2, fewest) else None for item, both in rests.items()},
        looks_reversed=tuple(
            item
            for item, both in rests.items()
            if both.n >= max(2, fewest) and is_against(both, ways.indicator.range == "percent")
        ),
        floor=floor,
        ceiling=ceiling,
    )


def _item_rests(answers: Answers) -> dict[str, Pair]:
    """Each item beside the mean of the others that were answered."""
    there = ~np.isnan(answers.points)
    found: dict[str, Pair] = {}
    for place, item in enumerate(answers.items):
        others = np.delete(answers.points, place, axis=1)
        known = np.delete(there, place, axis=1).sum(axis=1)
        rest = np.where(known > 0, np.nansum(others, axis=1) / np.maximum(known, 1), np.nan)
        found[item] = pair(answers.points[:, place], rest, answers.people)
    return found


def is_against(both: Pair, percent: bool = True) -> bool:
    """Whether an item goes against the others, as one does that is keyed the wrong way round.

    Either its correlation with them is clearly below zero: no trifle, and below zero at the 95 % level (one-sided, by
    Fisher's 1921 transformation). Or, since answers that crowd at one end hardly correlate, its mean lies at the other
    end than theirs, half of the range (of points in percent) away, and it is not surely correlated with them. Of two
    items either may be the one.
    """
    if both.n <= 3:
        return False
    error = Z95 / math.sqrt(both.n - 3)
    r = both.correlation or 0.0
    z = math.copysign(math.inf, r) if abs(r) == 1 else math.atanh(r)
    return (r <= CLEARLY and z + error < 0) or (percent and both.apart >= OPPOSITE and z - error <= 0)


def _ends(ways: Ways, limits: Range) -> tuple[float | None, float | None]:
    """The shares of respondents at the lowest and at the highest score, of those who have one."""
    scored = ~np.isnan(ways.score)
    everybody = int(ways.people[scored].sum())
    if not everybody:
        return None, None
    score, people = ways.score[scored], ways.people[scored]
    near = 1e-9 * max(1.0, abs(limits[0]), abs(limits[1]))
    low, high = (int(people[np.abs(score - limit) <= near].sum()) / everybody for limit in limits)
    return low, high
