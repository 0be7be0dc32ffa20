"""Errors: the standard errors of a group's indicators, and how those errors go together.

Two designs: respondents drawn one by one, and respondents who sit together in units, who say less than as many from
everywhere (the cluster-robust variance of a ratio, Cochran 1977, ch. 9A; *CR1* of Cameron and Miller 2015, with k - 1
degrees of freedom).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from readiness.analysis.intervals import Error, plain_error, unseen

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from readiness.analysis.cells import Cells

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


def errors_of_both(
    together: Errors, alone: Errors, places: Mapping[str, int], correlations: NDArray[np.float64]
) -> Errors:
    """Indicators of which some were answered in too few units for what those have in common to be told."""
    errors = {**alone.errors, **together.errors}
    return replace(_together(errors, places, correlations), clusters=together.clusters)


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
    total = np.array([cells.total[places].sum(axis=0)[at] for places in clusters])
    mass = np.array([cells.mass[places].sum(axis=0)[at] for places in clusters])
    whole = mass.sum(axis=0)
    apart = (total - mass * (total.sum(axis=0) / whole)) / whole  # what each unit moves the mean by
    k = (mass > 0).sum(axis=0)
    # Rounded, so that units that are all alike are so whatever floats make of it.
    apart = np.round(apart * np.sqrt(k / (k - 1)), 12)
    together = apart.T @ apart
    n = cells.n[np.concatenate(list(clusters))].sum(axis=0)[at]
    errors = {
        id_: Error(float(np.sqrt(together[j, j])), float(k[j] - 1), unseen(float(n[j])) if together[j, j] == 0 else 0.0)
        for j, id_ in enumerate(wanted)
    }
    return Errors(tuple(wanted), errors, together, clusters=int(k.max(initial=0)))
