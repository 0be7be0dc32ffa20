"""Drawing: how a group's indicators could have come out had others been asked.

Few respondents are drawn again themselves, within their roles (the bootstrap, Efron 1979; in the form of Rao and Wu
1988, whose draws of n - 1 with weights n / (n - 1) keep the variance of small strata). Of many, or where they sit
together in units, it is the indicators' means that are drawn from their joint distribution. Either way deviations are
stretched as Student's distribution is beside the normal one, so that few are not taken for many (after Hesterberg 2015,
"What teachers should know about the bootstrap").
"""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from readiness.analysis.intervals import Error, Z, t_quantile

if TYPE_CHECKING:
    import polars as pl
    from numpy.typing import NDArray

    from readiness.analysis.errors import Errors
    from readiness.framework.ranges import Range

DRAWS = 1_000
SEED = 20100927


def generator(name: str) -> np.random.RandomState:
    """A stream of random numbers of a group's own, the same in every run and every version of NumPy."""
    return np.random.RandomState((SEED + zlib.crc32(name.encode())) % (1 << 32))


@dataclass(frozen=True)
class Means:
    """A group's indicators: values, errors and limits, in one order."""

    ids: tuple[str, ...]
    values: NDArray[np.float64]
    errors: Sequence[Error]
    limits: Sequence[Range]

    def moved(self, deviations: NDArray[np.float64], rng: np.random.RandomState) -> NDArray[np.float64]:
        """The means as drawn. deviations (draws, ids): as they came; those that cannot be told are 0."""
        stretch = np.array([t_quantile(error.df) / Z if error.se > 0 else 0.0 for error in self.errors])
        low, high = (np.array(ends) for ends in zip(*self.limits, strict=True))
        moved = self.values + deviations * stretch
        for place, error in enumerate(self.errors):
            if error.unseen > 0:  # nobody differs among those asked: some may among the others
                reach = rng.standard_normal(len(deviations)) / Z * error.unseen
                ends = np.where(reach > 0, high[place] - self.values[place], self.values[place] - low[place])
                moved[:, place] = self.values[place] + reach * ends
        # What comes of linear algebra differs in its last bits from machine to machine.
        rounded: NDArray[np.float64] = np.round(np.clip(moved, low, high), 9)
        return rounded


def drawn_jointly(means: Means, errors: Errors, name: str, draws: int = DRAWS) -> NDArray[np.float64]:
    """Means drawn from the joint distribution of their errors (draws, ids)."""
    rng = generator(name)
    at = [errors.ids.index(id_) for id_ in means.ids]
    covariance = errors.together[np.ix_(at, at)]
    normal = rng.standard_normal((draws, len(at)))
    return means.moved(normal @ _root(covariance).T, rng)


def _root(covariance: NDArray[np.float64]) -> NDArray[np.float64]:
    """A matrix whose square is the covariance, but for a trace that makes it regular."""
    if not len(covariance):
        return covariance
    spread = np.diag(covariance)
    trace = spread * 1e-8 + max(float(spread.max()) * 1e-12, 1e-18)
    regular = covariance + np.diag(trace)
    return np.asarray(np.linalg.cholesky(regular), dtype=np.float64)


@dataclass(frozen=True)
class Held:
    """Respondents who are drawn again: their scores (respondents, ids) with NaN where missing, weights, and roles."""

    ids: tuple[str, ...]
    scores: NDArray[np.float64]
    weights: NDArray[np.float64]
    strata: tuple[NDArray[np.intp], ...]

    @classmethod
    def of(cls, frame: pl.DataFrame, ids: Sequence[str], weight: str, unit: float, roles: Sequence[str]) -> Held:
        """From a frame of scores in units. roles: the columns that respondents are drawn within."""
        import polars as pl

        columns = frame.select(pl.col(list(ids)).cast(pl.Float64).fill_null(float("nan")) / unit)
        even = pl.repeat(1.0, frame.height, dtype=pl.Float64, eager=True)
        weights = frame[weight].cast(pl.Float64) if weight in frame.columns else even
        return cls(tuple(ids), columns.to_numpy(), weights.to_numpy(), _strata(frame, roles))

    def drawn(self, rng: np.random.RandomState, draws: int) -> NDArray[np.float64]:
        """How often each respondent counts in each draw (draws, respondents)."""
        out = np.empty((draws, len(self.weights)))
        for places in self.strata:
            n = len(places)
            taken = rng.randint(0, n, (draws, n - 1)) + np.arange(draws)[:, None] * n
            counts = np.bincount(taken.ravel(), minlength=draws * n).reshape(draws, n)
            out[:, places] = counts * (n / (n - 1))
        weighted: NDArray[np.float64] = out * self.weights
        return weighted


def _strata(frame: pl.DataFrame, roles: Sequence[str]) -> tuple[NDArray[np.intp], ...]:
    """The rows of each role; roles of one respondent are put together, with the smallest other if need be."""
    if not roles or frame.height < 2:
        return (np.arange(frame.height),) if frame.height > 1 else ()
    rows: dict[tuple[object, ...], list[int]] = {}
    for place, values in enumerate(frame.select(roles).iter_rows()):
        rows.setdefault(values, []).append(place)
    groups = sorted(rows.values(), key=lambda places: (len(places), places))
    alone = [places[0] for places in groups if len(places) == 1]
    several = [places for places in groups if len(places) > 1]
    if len(alone) == 1 and several:
        several[0] = [*several[0], *alone]
    elif alone:
        several.append(alone)
    return tuple(np.array(sorted(places), dtype=np.intp) for places in several)


def drawn_again(
    means: Means, held: Held, sampled: NDArray[np.float64], name: str, draws: int = DRAWS
) -> NDArray[np.float64]:
    """Means of respondents drawn again within their roles (draws, ids).

    sampled (ids,): the share of people that was asked.
    """
    rng = generator(name)
    weights = held.drawn(rng, draws)
    at = [held.ids.index(id_) for id_ in means.ids]
    scores = held.scores[:, at]
    there = ~np.isnan(scores)
    with np.errstate(divide="ignore", invalid="ignore"):
        drawn = (weights @ np.where(there, scores, 0.0)) / (weights @ there)
    deviations = np.where(np.isfinite(drawn), drawn - means.values, 0.0) * np.sqrt(np.maximum(0.0, 1 - sampled))
    return means.moved(deviations, rng)
