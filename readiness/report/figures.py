"""Numbers as a reader sees them, and where they stand on an axis. Nothing is computed from answers here."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from readiness.language.speech import Speech
from readiness.scoring.result import Bounds, Estimate, Suppressed

State = Literal["shown", "missing", "hidden"]
LEVELS = (0.25, 0.5, 0.75)  # where one level of membership ends and the next begins
NONE = "–"


@dataclass(frozen=True)
class Figure:
    """A number as text, and the place in the result it was read from (`groups/3/dimensions/culture/value`)."""

    text: str
    at: str = ""

    def __str__(self) -> str:
        return self.text


MISSING = Figure(NONE)


@dataclass(frozen=True)
class Axis:
    """A stretch of numbers drawn from left to right; `turned` draws it from high to low, so that good is right."""

    low: float = 0.0
    high: float = 100.0
    turned: bool = False

    def position(self, x: float) -> float:
        """Where a number stands between the left end (0) and the right end (1)."""
        if self.high == self.low:
            return 0.5
        share = min(1.0, max(0.0, (x - self.low) / (self.high - self.low)))
        return 1 - share if self.turned else share

    def stretch(self, bounds: Bounds) -> Bounds:
        """Left and right end of a stretch of numbers."""
        ends = sorted(self.position(end) for end in bounds)
        return ends[0], ends[1]

    @property
    def digits(self) -> int:
        """Decimals that a reader needs: none on a range of 100, one on a range of 20, two on a range of 1."""
        span = abs(self.high - self.low)
        return 0 if span >= 50 else 1 if span > 5 else 2


UNIT = Axis(0.0, 1.0)


@dataclass(frozen=True)
class Interval:
    """How far sampling could have moved a figure: both ends, and their place on the axis, left and right."""

    low: Figure
    high: Figure
    reach: Bounds


def interval(ends: Bounds | None, axis: Axis, at: str, form: Callable[[float], str]) -> Interval | None:
    """An interval made readable; None where there is none. form: how an end is written."""
    if ends is None:
        return None
    low, high = (Figure(form(end), f"{at}/{place}") for place, end in enumerate(ends))
    return Interval(low, high, axis.stretch(ends))


@dataclass(frozen=True)
class Reading:
    """An estimate as it is shown: its figures, and its place on an axis of 0 to 1 with good on the right."""

    state: State
    value: Figure = MISSING
    low: Figure = MISSING
    high: Figure = MISSING
    n: Figure = MISSING
    spot: float | None = None
    reach: Bounds | None = None
    exact: bool = False  # no unanswered item could move it
    interval: Interval | None = None


HIDDEN = Reading("hidden")


def reading(speech: Speech, estimate: Estimate | Suppressed | None, axis: Axis, at: str, digits: int = 0) -> Reading:
    """An estimate made readable, with at least `digits` decimals."""
    if isinstance(estimate, Suppressed):
        return HIDDEN
    if estimate is None:
        return Reading("missing")
    digits = max(axis.digits, digits)
    missing = estimate.value is None
    return Reading(
        state="missing" if missing else "shown",
        value=MISSING if estimate.value is None else Figure(speech.number(estimate.value, digits), f"{at}/value"),
        low=Figure(speech.number(estimate.bounds[0], digits), f"{at}/bounds/0"),
        high=Figure(speech.number(estimate.bounds[1], digits), f"{at}/bounds/1"),
        n=Figure(speech.number(estimate.n), f"{at}/n"),
        spot=None if estimate.value is None else axis.position(estimate.value),
        reach=axis.stretch(estimate.bounds),
        exact=estimate.bounds[1] - estimate.bounds[0] < 1e-9,
        interval=interval(estimate.interval, axis, f"{at}/interval", lambda end: speech.number(end, digits)),
    )


def membership(speech: Speech, value: float | None, at: str) -> Figure:
    """A membership with two decimals, or as many as it takes to see on which side of a level's edge it lies."""
    return MISSING if value is None else Figure(membership_text(speech, value), at)


def membership_text(speech: Speech, value: float) -> str:
    """A membership as it is written."""
    digits = 2
    while digits < 5 and any(round(value, digits) == edge and abs(value - edge) > 1e-9 for edge in LEVELS):
        digits += 1
    return speech.number(value, digits)


def count(speech: Speech, n: int, at: str = "") -> Figure:
    """A count."""
    return Figure(speech.number(n), at)


def odds(speech: Speech, probability: float, at: str = "") -> Figure:
    """A probability in percent, with a decimal where without one it would look certain and is not."""
    looks_certain = round(probability, 2) in (0, 1) and probability not in (0, 1)
    return Figure(speech.percent(probability, int(looks_certain)), at)


def share(speech: Speech, value: float | None, at: str = "") -> Figure:
    """A share of 1 in percent."""
    return MISSING if value is None else Figure(speech.percent(value), at)
