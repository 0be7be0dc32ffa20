"""Views: how each of several sets of people sees one indicator, by items that were put to two of them alike."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from readiness.analysis.effects import Effect, effect_of
from readiness.analysis.samples import Sample, sample_of

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from readiness.analysis.ways import Ways
    from readiness.framework.models import Framework, Indicator, Item

ROUNDING = 1e-9  # a share of weight that is short by no more than this is not short

Answers = Mapping[str, "Ways"]  # by indicator


@dataclass(frozen=True)
class Comparison:
    """Two sides compared on one indicator. items: by which. shifts: how far each side's mean is from everybody's."""

    key: str
    sides: tuple[str, str]
    indicator: str
    items: tuple[str, ...]
    effect: Effect
    shifts: tuple[float, float]


def comparable(indicator: Indicator) -> tuple[Item, ...]:
    """The items that ask everybody about the same thing: the company.

    Where no item of an indicator says what it is about, all are taken to ask about the same.
    """
    counted = [item for item in indicator.items.values() if item.weight > 0]
    company = tuple(item for item in counted if item.referent == "company")
    return company or tuple(counted if all(item.referent is None for item in counted) else ())


class Views:
    """How each side sees one indicator, by any of its comparable items."""

    def __init__(
        self,
        indicator: Indicator,
        min_answered: float,
        sides: Mapping[str | None, Answers],
        everybody: Iterable[str | None] | None = None,
    ) -> None:
        """everybody: the sides that everybody is made of, by default all."""
        self._indicator = indicator
        self._min_answered = min_answered
        self._ways = {value: answers[indicator.id] for value, answers in sides.items() if indicator.id in answers}
        self._everybody = [value for value in (sides if everybody is None else everybody) if value in self._ways]
        self._samples: dict[tuple[str | None, tuple[str, ...]], Sample] = {}
        self._centres: dict[tuple[str, ...], float] = {}
        self._answered = {value: answered(ways) for value, ways in self._ways.items()}

    def common(self, pair: tuple[str, str], least: tuple[int, int], by_role: bool = False) -> tuple[Item, ...]:
        """The items that were put to both sides, and that enough of either answered."""
        return tuple(
            item
            for item in comparable(self._indicator)
            if not (by_role and item.roles is not None and not set(pair) <= set(item.roles))
            and all(self._answered.get(side, {}).get(item.id, 0) >= n for side, n in zip(pair, least, strict=True))
        )

    def compared(
        self,
        key: str,
        pair: tuple[str, str],
        items: tuple[Item, ...],
        least: tuple[int, int],
    ) -> Iterator[Comparison]:
        """The comparison of a pair by some items, if there are any and enough of either side can be compared."""
        if not items:
            return
        first, second = (self._sample(value, items) for value in pair)
        if first.n < least[0] or second.n < least[1]:
            return
        effect = effect_of(first, second)
        centre = self._centre(items)
        shifts = (effect.means[0] - centre, effect.means[1] - centre)
        yield Comparison(key, pair, self._indicator.id, tuple(item.id for item in items), effect, shifts)

    def _sample(self, value: str | None, items: tuple[Item, ...]) -> Sample:
        key = (value, tuple(item.id for item in items))
        if key not in self._samples:
            ways = self._ways[value]
            self._samples[key] = sample_of(view_of(ways, items, self._min_answered), ways.people)
        return self._samples[key]

    def _centre(self, items: tuple[Item, ...]) -> float:
        """Everybody's mean by some items, which at least one person of everybody has answered."""
        key = tuple(item.id for item in items)
        if key not in self._centres:
            samples = [sample for sample in (self._sample(value, items) for value in self._everybody) if sample.n]
            total = math.fsum(sample.mean * sample.n for sample in samples)
            self._centres[key] = total / sum(sample.n for sample in samples)
        return self._centres[key]


def view_of(ways: Ways, items: Sequence[Item], min_answered: float) -> NDArray[np.float64]:
    """What each way of answering says by some items: their weighted mean; NaN where too little of it is answered.

    Of the weight of these items at least the share `min_answered` has to be answered, whatever kept the rest empty:
    people are compared who answered the same.
    """
    part = ways.only([item.id for item in items])
    weights = np.array([item.weight for item in part.items])
    answered = np.where(np.isnan(part.points), 0.0, weights)
    total = answered.sum(axis=1)
    sums = (np.where(np.isnan(part.points), 0.0, part.points) * answered).sum(axis=1)
    enough = total >= min_answered * sum(item.weight for item in items) - ROUNDING
    return np.where(enough & (total > 0), sums / np.where(total > 0, total, 1.0), np.nan)


def answered(ways: Ways) -> dict[str, int]:
    """How many answered each item."""
    counts = (~np.isnan(ways.points) * ways.people[:, None]).sum(axis=0)
    return {item.id: int(count) for item, count in zip(ways.items, counts, strict=True)}


def in_order(framework: Framework, key: str, sides: Iterable[str | None]) -> list[str]:
    """The values of a context key as the framework orders them, and others by code point."""
    context = framework.context.get(key)
    options = list(context.options or ()) if context else []
    places = {option: place for place, option in enumerate(options)}
    values = [value for value in sides if value is not None]
    return sorted(values, key=lambda value: (places.get(value, len(places)), value))
