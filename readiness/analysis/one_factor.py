"""One factor: how far items share a single cause, fitted to their covariances by minimum residuals.

The estimator is unweighted least squares on the covariances off the diagonal (Harman & Jones 1966): the loadings that
leave the smallest sum of squared residuals, no uniqueness being below zero. It asks for no normal distribution, and it
takes a matrix of pairwise covariances that maximum likelihood would refuse.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Array = NDArray[np.float64]

SWEEPS, STEPS = 20, 300  # of a descent: over one loading after the other, then of all together
FIRST_DAMPING = 1e-3
SETTLED = 1e-13  # of a loading, in units of a typical item's spread
NOTHING = 1e-12  # of a covariance, in units of a typical variance


@dataclass(frozen=True)
class Factor:
    """A fitted factor. uniqueness: each item's own variance. held: items whose uniqueness would have fallen below zero.

    Such a Heywood case is held at zero: the estimate is then the best that can be, and says little of that item.
    """

    loadings: Array
    uniqueness: Array
    held: tuple[int, ...] = ()

    @property
    def omega(self) -> float | None:
        """McDonald's omega (total, McDonald 1999): the factor's share in the variance of the sum of the items."""
        common = float(self.loadings.sum()) ** 2
        total = common + float(self.uniqueness.sum())
        return common / total if total > 0 else None


def fitted(covariances: Array) -> Factor | None:
    """The factor behind some items; None where the covariances are not all known or no factor is identified.

    Two items identify one only with equal loadings: omega is then alpha. Two whose covariance is not above zero
    identify none.
    """
    variances = np.diag(covariances).copy()
    if np.isnan(covariances).any() or not (variances > 0).any():
        return None
    typical = float(variances[variances > 0].mean())
    scaled = covariances / typical
    off = scaled - np.diag(np.diag(scaled))
    tied = np.flatnonzero((np.abs(off) > NOTHING).any(axis=1))
    if len(tied) < 2:
        return None
    loadings = np.zeros(len(variances))
    held: tuple[int, ...] = ()
    if len(tied) == 2:
        shared = float(off[tied[0], tied[1]])
        if shared <= 0:
            return None
        loadings[tied] = np.sqrt(shared)
    else:
        limits = np.sqrt(np.diag(scaled)[tied])
        own = _best(off[np.ix_(tied, tied)], limits)
        loadings[tied] = own
        held = tuple(int(place) for place in tied[np.abs(own) >= limits])
    loadings *= np.sqrt(typical) * (-1 if loadings.sum() < 0 else 1)
    return Factor(loadings, variances - loadings**2, held)


def _best(off: Array, limits: Array) -> Array:
    """The loadings with the smallest residuals of those that a descent from every principal axis ends in."""
    values, axes = np.linalg.eigh(off + np.diag(np.abs(off).max(axis=1)))
    starts = [axes[:, place] * np.sqrt(values[place]) for place in reversed(range(len(values))) if values[place] > 0]
    ends = [_descended(off, limits, np.clip(start, -limits, limits)) for start in starts]
    return min(ends, key=lambda end: round(_misfit(off, end), 12))


def _descended(off: Array, limits: Array, loadings: Array) -> Array:
    """Where a descent ends: sweeps, which cannot go astray, then Newton's steps, which arrive."""
    for _ in range(SWEEPS):
        loadings = _swept(off, limits, loadings)
    damping, misfit = FIRST_DAMPING, _misfit(off, loadings)
    for _ in range(STEPS):
        ahead = _stepped(off, limits, loadings, damping)
        moved, lower = float(np.abs(ahead - loadings).max()), _misfit(off, ahead)
        damping *= 0.1 if lower < misfit else 10
        if lower < misfit:
            loadings, misfit = ahead, lower
        if moved < SETTLED:
            break
    return loadings


def _swept(off: Array, limits: Array, loadings: Array) -> Array:
    """Each loading in turn the best there is beside the others."""
    out = loadings.copy()
    for place in range(len(out)):
        others = float((out**2).sum() - out[place] ** 2)
        if others > 0:
            best = float((off[place] * out).sum()) / others
            out[place] = min(limits[place], max(-limits[place], best))
    return out


def _stepped(off: Array, limits: Array, loadings: Array, damping: float) -> Array:
    """The loadings after one of Newton's steps, shortened by damping (Marquardt 1963); what a limit holds stays."""
    residual = _residual(off, loadings)
    slope = -(residual * loadings).sum(axis=1)
    free = np.flatnonzero((np.abs(loadings) < limits) | (slope * loadings > 0))
    bend = np.outer(loadings, loadings) - residual
    np.fill_diagonal(bend, (loadings**2).sum() - loadings**2 + damping)
    ahead = loadings.copy()
    step = np.linalg.lstsq(bend[np.ix_(free, free)], -slope[free], rcond=None)[0]
    ahead[free] = np.clip(loadings[free] + step, -limits[free], limits[free])
    return ahead


def _residual(off: Array, loadings: Array) -> Array:
    residual: Array = off - np.outer(loadings, loadings)
    np.fill_diagonal(residual, 0.0)
    return residual


def _misfit(off: Array, loadings: Array) -> float:
    return float((_residual(off, loadings) ** 2).sum())
