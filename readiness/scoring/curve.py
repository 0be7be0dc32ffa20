"""The curve of `calibration` for single numbers, where a search asks for one membership after another.

It is the same formula (Ragin 2008, direct method); a test holds the two together.
"""

from __future__ import annotations

from math import exp
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from readiness.framework.models import Calibration

GRAIN = 1_000_000_000  # scores are judged in units of 1e-9
_STEEPEST = 700.0  # beyond, the exponential leaves the range of a float, and the membership is 0


def grains(score: float) -> int:
    """A score as a whole number of 1e-9."""
    return round(score * GRAIN)


def membership_at(score: float, calibration: Calibration) -> float:
    """Membership (0-1) of one score, which has to be on the grain."""
    out, crossover, full = calibration.out, calibration.crossover, calibration.in_
    distance = score - crossover
    inside, outside = full - crossover, crossover - out
    width = inside if (distance > 0) == (full > out) else outside
    negative = -calibration.log_odds * distance / width
    return 1 / (1 + exp(negative)) if negative < _STEEPEST else 0.0
