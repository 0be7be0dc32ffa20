"""Calibration: a score becomes a degree of membership in a fuzzy set.

Direct method (Ragin 2008, *Redesigning Social Inquiry*, ch. 5): three anchors, full non-membership `out`, maximum
ambiguity `crossover`, full membership `in`; the log-odds of membership are linear on either side of the crossover
and reach ±`log_odds` at the anchors. Falling anchors (`out` above `in`) mirror the curve.
"""

from __future__ import annotations

from collections.abc import Callable
from math import exp
from typing import TYPE_CHECKING, Any

import narwhals as nw

if TYPE_CHECKING:
    from readiness.framework.configurations import Calibration

GRAIN = 1e9  # scores are judged, and summed, in units of 1e-9: see `totals`
PRESENT = 0.5 + 1e-9  # a membership above this is present: a score exactly at its crossover is not
STEEPEST = 700.0  # beyond, the exponential leaves the range of a float, and a membership is 0


def on_grain(score: nw.Expr) -> nw.Expr:
    """A score rounded to 1e-9, so that no verdict hangs on the last bits of a float."""
    return (score * GRAIN).round() / GRAIN


def membership(score: nw.Expr, calibration: Calibration) -> nw.Expr:
    """Membership (0-1) of a score; missing where the score is. The score has to be on the grain.

    Where both halves of the curve are equally wide it is one chain of operations, so that `score` may be many columns.
    """
    log_odds: nw.Expr = _log_odds(score, calibration, lambda far: (far.clip(lower_bound=0), far.clip(upper_bound=0)))
    return ((log_odds * -calibration.log_odds).exp() + 1) ** -1


def grains(score: float) -> int:
    """A score as a whole number of 1e-9."""
    return round(score * GRAIN)


def membership_at(score: float, calibration: Calibration) -> float:
    """Membership (0-1) of a single score, which has to be on the grain."""
    log_odds = calibration.log_odds * _log_odds(score, calibration, lambda far: (max(far, 0.0), min(far, 0.0)))
    return 1 / (1 + exp(-log_odds)) if log_odds > -STEEPEST else 0.0


def _log_odds(scores: Any, calibration: Calibration, halves: Callable[[Any], tuple[Any, Any]]) -> Any:
    """The log-odds of membership, in units of `log_odds`, of expressions or of numbers.

    halves: a distance from the crossover as what is above 0 and what is below.
    """
    out, crossover, full = calibration.out, calibration.crossover, calibration.in_
    distance = scores - crossover
    inside, outside = full - crossover, crossover - out
    if is_symmetric(calibration):
        return distance / inside
    beyond, before = halves(distance)
    rising = full > out
    return beyond / (inside if rising else outside) + before / (outside if rising else inside)


def is_symmetric(calibration: Calibration) -> bool:
    """Whether both anchors are equally far from the crossover."""
    return calibration.in_ - calibration.crossover == calibration.crossover - calibration.out
