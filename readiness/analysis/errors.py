"""Errors: the standard errors of a group's indicators, and how those errors go together.

Two designs: respondents drawn one by one, and respondents who sit together in units, who say less than as many from
everywhere (the cluster-robust variance of a ratio, Cochran 1977, ch. 9A; with Bell and McCaffrey's correction, *CR2*,
and the degrees of freedom of Imbens and Kolesár 2016, "Robust standard errors in small samples").
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from statistics import median
from typing import TYPE_CHECKING

import numpy as np

from readiness.analysis.agreement import icc
from readiness.analysis.intervals import Error, plain_error, unseen

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from readiness.analysis.cells import Cells

TINY = 1e-9
FEWEST_CLUSTERS = 10  # of fewer, what units have in common cannot be told (Cameron and Miller 2015 would like 20 to 50)


@dataclass(frozen=True)
class Errors:
    """The errors of a group's indicators.

    ids: the indicators whose error can be told. errors: each one's. together (ids, ids): the covariance of their means.
    clusters: how many units were taken as clusters, if any were.
    """

    ids: tuple[str, ...]
    errors: Mapping[str, Error]
    together: NDArray[np.float64]
    clusters: int | None = None


@dataclass(frozen=True)
class Spread:
    """An indicator's standard deviation, how many have it (or the effective number), and the share that was asked."""

    sd: float
    n: float
    sampled: float = 0.0


def errors_one_by_one(
    spreads: Mapping[str, Spread], places: Mapping[str, int], correlations: NDArray[np.float64]
) -> Errors:
    """Respondents drawn one by one: each indicator's own spread, and everybody's correlations.

    places: of each indicator in `correlations`.
    """
    errors = {id_: plain_error(spread.sd, spread.n, spread.sampled) for id_, spread in spreads.items()}
    return _together(errors, places, correlations)


def errors_of_several(
    parts: Sequence[Errors],
    alone: Errors,
    borrowing: Collection[str],
    places: Mapping[str, int],
    correlations: NDArray[np.float64],
) -> Errors:
    """Indicators of which some sit in other clusters than the rest, or in too few for what those have in common.

    borrowing: indicators whose units may not be kept apart. Respondents sit in them all the same, so their errors are
    as much larger than those of respondents drawn one by one as the others' are (the median design effect, Kish 1965),
    and known as badly as the worst of those.
    """
    sitting = {id_: error for part in parts for id_, error in part.errors.items()}
    effects = [error.se / alone.errors[id_].se for id_, error in sitting.items() if alone.errors[id_].se > 0]
    wider = max(1.0, median(effects)) if effects else 1.0
    fewest = min(error.df for error in sitting.values())
    errors = {**alone.errors, **sitting}
    for id_ in borrowing:
        plain = alone.errors[id_]
        errors[id_] = replace(plain, se=plain.se * wider, df=min(plain.df, fewest))
    clusters = max((part.clusters or 0 for part in parts), default=0)
    return replace(_together(errors, places, correlations), clusters=clusters)


def wider_of(alone: Errors, few: Sequence[Errors]) -> Errors:
    """Where hardly any units may be kept apart, whichever error is wider: that of those few, or of none."""
    errors, changed = dict(alone.errors), np.ones(len(alone.ids))
    for part in few:
        for id_, error in part.errors.items():
            if error.margin() > errors[id_].margin() > 0:
                changed[alone.ids.index(id_)] = error.se / errors[id_].se
                errors[id_] = error
    return replace(alone, errors=errors, together=alone.together * np.outer(changed, changed))


def _together(errors: Mapping[str, Error], places: Mapping[str, int], correlations: NDArray[np.float64]) -> Errors:
    ids = tuple(errors)
    at = [places[id_] for id_ in ids]
    se = np.array([errors[id_].se for id_ in ids])
    return Errors(ids, errors, correlations[np.ix_(at, at)] * np.outer(se, se))


def errors_in_clusters(cells: Cells, clusters: Sequence[NDArray[np.intp]], wanted: Sequence[str]) -> Errors:
    """Respondents in units: the units' sums about the mean of all.

    clusters: the places of each unit's cells within the group. wanted: the indicators.
    """
    at = [cells.ids.index(id_) for id_ in wanted]
    n, mass, total, squares = (
        np.array([sums[places].sum(axis=0)[at] for places in clusters])
        for sums in (cells.n, cells.mass, cells.total, cells.squares)
    )
    whole = mass.sum(axis=0)
    share = mass / whole
    apart = (total - mass * (total.sum(axis=0) / whole)) / whole  # what each unit moves the mean by
    # A large unit draws the mean towards itself, and so lies nearer to it than it should: CR2. Rounded, so that units
    # that are all alike are so whatever floats make of it.
    apart = np.round(apart / np.sqrt(np.maximum(1 - share, TINY)), 12)
    together = apart.T @ apart
    errors = {}
    for j, id_ in enumerate(wanted):
        there = n[:, j] > 0
        units = Sitting(*(sums[there, j].astype(np.float64) for sums in (n, mass, total, squares)))
        spread = float(np.sqrt(together[j, j]))
        errors[id_] = Error(spread, units.freedom, unseen(float(units.n.sum())) if spread == 0 else 0.0)
    return Errors(tuple(wanted), errors, together, clusters=int((mass > 0).sum(axis=0).max(initial=0)))


@dataclass(frozen=True)
class Sitting:
    """Respondents of one indicator by unit: how many, their case weights, weighted scores and squares of these."""

    n: NDArray[np.float64]
    mass: NDArray[np.float64]
    total: NDArray[np.float64]
    squares: NDArray[np.float64]

    @property
    def alike(self) -> float:
        """The share of the variance that lies between units, ICC(1); 0 where that cannot be told."""
        weight = self.n / self.mass
        found = icc(list(map(int, self.n)), list(self.total * weight), float((self.squares * weight).sum())).single
        return 0.0 if found is None else min(1.0, max(0.0, found))

    @property
    def freedom(self) -> float:
        """The degrees of freedom of the error (Satterthwaite's, by Bell and McCaffrey 2002).

        People of a unit are taken to have as much in common as they seem to (Imbens and Kolesár 2016). Units of one
        size have k - 1; where a few are much larger than the others it is these few that tell.
        """
        share, alike = self.mass / self.mass.sum(), self.alike
        factor = 1 / np.maximum(1 - share, TINY)
        variance = self.mass**2 * (alike + (1 - alike) / self.n)  # of a unit's sum
        whole = variance.sum()
        # The covariance of the units' sums about the mean of all is -h v' - v h' + h h' whole, of a unit with itself v
        # more: its trace, and that of its square, with h, v for share and variance.
        own = factor * (variance - 2 * share * variance + share**2 * whole)
        crossed = factor * (share**2 * whole - 2 * share * variance)
        hh, vv, hv = ((factor * one * other).sum() for one, other in ((share,) * 2, (variance,) * 2, (share, variance)))
        others = 2 * hh * vv + whole**2 * hh**2 + 2 * hv**2 - 4 * whole * hh * hv - (crossed**2).sum()
        return float(own.sum() ** 2 / ((own**2).sum() + others))
