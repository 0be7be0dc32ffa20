"""Intervals: how far sampling could have moved a mean or a share, 95 % of the time.

A mean's interval is Student's; where everybody gives the same score, which has no spread to judge by, it says what the
others could be like that have not been seen. A share's is Wilson's. Where the size of the population is known both
narrow to nothing as everybody is asked (Cochran 1977, *Sampling Techniques*, ch. 2).
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache
from statistics import NormalDist
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from readiness.framework.ranges import Range
    from readiness.scoring.forms import Bounds

CONFIDENCE = 0.95
TAIL = (1 - CONFIDENCE) / 2
Z = NormalDist().inv_cdf(1 - TAIL)


@lru_cache(maxsize=4096)
def t_quantile(df: float) -> float:
    """The two-sided quantile of Student's distribution. df: degrees of freedom, above 0, whole or not."""
    from scipy.special import stdtrit

    return float(stdtrit(df, 1 - TAIL))


def share_of(people: int | None, n: int) -> float:
    """The share of a population that was asked; 0 where its size is not known."""
    return min(1.0, n / people) if people else 0.0


@dataclass(frozen=True)
class Error:
    """The standard error of a mean, and the degrees of freedom it was estimated with.

    unseen: the share of people who may differ from all those asked, where nothing but that can be said: see `unseen`.
    """

    se: float
    df: float
    unseen: float = 0.0

    def margin(self) -> float:
        """Half the width of the interval, where there is a spread."""
        return t_quantile(self.df) * self.se if self.se > 0 else 0.0


def plain_error(spread: float, n: float, sampled: float = 0.0) -> Error:
    """Respondents drawn one by one: sd / √n.

    n: how many, or the effective number where they count by weights (Kish 1965). sampled: the share of the population
    that was asked.
    """
    left = max(0.0, 1 - sampled)
    return Error(math.sqrt(spread**2 / n * left), n - 1, unseen(n) * left if spread == 0 else 0.0)


def unseen(n: float) -> float:
    """The largest share of people unlike all n that were asked, that 95 of 100 such samples would not have missed.

    The exact bound for a share of which none was seen (Hanley and Lippman-Hand 1983, "If nothing goes wrong, is
    everything all right?").
    """
    return float(1 - (1 - CONFIDENCE) ** (1 / n))


def mean_interval(value: float, error: Error, limits: Range) -> Bounds:
    """The interval of a mean, within what a score can be."""
    low, high = limits
    if error.se > 0:
        margin = error.margin()
        return max(low, value - margin), min(high, value + margin)
    return value - error.unseen * (value - low), value + error.unseen * (high - value)


def wilson(share: float, n: float, sampled: float = 0.0) -> Bounds:
    """The interval of a share (Wilson 1927).

    n: how many respondents, or as many as would say as much. sampled: the share of the population that was asked, by
    which as many more respondents would say as much.
    """
    left = max(0.0, 1 - sampled)
    if left == 0:
        return share, share
    n = n / left
    centre = (share + Z**2 / (2 * n)) / (1 + Z**2 / n)
    margin = Z / (1 + Z**2 / n) * math.sqrt(share * (1 - share) / n + Z**2 / (4 * n * n))
    # At 0 and 1 one end is the share itself but for rounding.
    return max(0.0, min(share, centre - margin)), min(1.0, max(share, centre + margin))
