"""Calibration: a score becomes a degree of membership in a fuzzy set.

Direct method (Ragin 2008, *Redesigning Social Inquiry*, ch. 5): three anchors, full non-membership `out`, maximum
ambiguity `crossover`, full membership `in`; the log-odds of membership are linear on either side of the crossover
and reach ±`log_odds` at the anchors. Falling anchors (`out` above `in`) mirror the curve.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import narwhals as nw

if TYPE_CHECKING:
    from readiness.framework.models import Calibration

GRAIN = 1e9  # scores are judged, and summed, in units of 1e-9: see `totals`
PRESENT = 0.5 + 1e-9  # a membership above this is present: a score exactly at its crossover is not


def on_grain(score: nw.Expr) -> nw.Expr:
    """A score rounded to 1e-9, so that no verdict hangs on the last bits of a float."""
    return (score * GRAIN).round() / GRAIN


def membership(score: nw.Expr, calibration: Calibration) -> nw.Expr:
    """Membership (0-1) of a score; missing where the score is. The score has to be on the grain.

    Where both halves of the curve are equally wide it is one chain of operations, so that `score` may be many columns.
    """
    out, crossover, full = calibration.out, calibration.crossover, calibration.in_
    distance = score - crossover
    inside, outside = full - crossover, crossover - out
    if is_symmetric(calibration):
        log_odds = distance / inside
    else:
        beyond, before = distance.clip(lower_bound=0), distance.clip(upper_bound=0)
        rising = full > out
        log_odds = beyond / (inside if rising else outside) + before / (outside if rising else inside)
    return ((log_odds * -calibration.log_odds).exp() + 1) ** -1


def is_symmetric(calibration: Calibration) -> bool:
    """Whether both anchors are equally far from the crossover."""
    return calibration.in_ - calibration.crossover == calibration.crossover - calibration.out
