"""Drawing answers: a mean becomes an option. Nothing but `random()` is drawn, which every Python version agrees on."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Literal

from readiness.demo.profile import Gaps, Seeing, Shares, Spread

if TYPE_CHECKING:
    from readiness.framework.models import Framework, Indicator, Item

Answered = int | float | Literal["dk", "na"]  # an option's value, a number, or one of the two that are no answers
Ladder = Sequence[tuple[float, int | float]]  # a scale's options from the least to the most: points and value

# Points towards readiness count upwards where much of an indicator is desired, downwards where little is.
TOWARDS_READINESS = {"high": 1, "low": -1, "none": 0}
_SQRT3 = 1.7320508075688772


def ladders_of(framework: Framework) -> dict[str, Ladder]:
    """Every scale's options in the order of their points."""
    return {
        scale.id: sorted((option.points, option.value) for option in scale.options)
        for scale in framework.scales.values()
    }


def chosen(rng: random.Random, shares: Shares) -> str:
    """One value, by its share; the last takes what is left of 1."""
    # No sum() of floats here: it rounds otherwise from Python 3.12 on.
    left = rng.random()
    for value, share in shares.items():
        left -= share
        if left < 0:
            return value
    return value


def bell(rng: random.Random) -> float:
    """A number of mean 0 and variance 1, nearly normal: the sum of four uniform ones, scaled."""
    return (rng.random() + rng.random() + rng.random() + rng.random() - 2) * _SQRT3


class Person:
    """Someone who answers, always in the same way: their role's way of seeing, their mood, and their views."""

    def __init__(self, rng: random.Random, spread: Spread, seeing: Seeing) -> None:
        """rng: this person's own. spread, seeing: see there."""
        self._rng = rng
        self._spread = spread
        self._gaps = seeing.gaps
        self._mood = seeing.rosier + spread.person * bell(rng)
        self._views: dict[str, float] = {}

    def answer(
        self, indicator: Indicator, item: Item, ladders: Mapping[str, Ladder], mean: float, gaps: Gaps
    ) -> Answered | None:
        """What this person answers to an item of an indicator whose mean is `mean`, 0–100; None: it is left empty.

        The kinds of missing are drawn first, by their shares. A fact about the organisation is no matter of view: only
        the item's noise is added to it.
        """
        kind = self._missing(gaps)
        if kind != "answered":
            return None if kind == "empty" else "dk" if kind == "dk" else "na"
        score = mean + self._spread.item * bell(self._rng)
        if indicator.scope == "respondent":
            score += TOWARDS_READINESS[indicator.desired] * self._mood + self._view(indicator.id)
        share = min(1.0, max(0.0, score / 100))
        return _option(item, ladders, 1 - share if item.reversed else share)

    def _missing(self, gaps: Gaps) -> str:
        factor = self._gaps
        kinds = {"empty": gaps.empty * factor, "dk": gaps.dk * factor, "na": gaps.na * factor}
        return chosen(self._rng, {**kinds, "answered": 1})

    def _view(self, indicator: str) -> float:
        if indicator not in self._views:
            self._views[indicator] = self._spread.view * bell(self._rng)
        return self._views[indicator]


def _option(item: Item, ladders: Mapping[str, Ladder], share: float) -> int | float:
    """The option, or whole number, nearest to a share of the way from the least to the most."""
    if item.type == "number":
        least, most = float(item.min or 0), float(item.max or 0)
        return int(least + share * (most - least) + 0.5)
    ladder = ladders[str(item.scale)]
    least, most = ladder[0][0], ladder[-1][0]
    wanted = least + share * (most - least)
    return min(ladder, key=lambda rung: abs(rung[0] - wanted))[1]
