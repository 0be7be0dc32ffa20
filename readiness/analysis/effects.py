"""Effects: by how much two sets of people differ on a score, and how widely, each with its interval."""

from __future__ import annotations

from dataclasses import dataclass

from scipy.special import stdtrit

from readiness.analysis.chance import TOLERANCE, p_of_no_difference
from readiness.analysis.samples import DIGITS, Ordering, Sample, degrees, ordering_of

CONFIDENCE = 0.95
NEGLIGIBLE = 0.147  # Cliff's delta below this is no effect to speak of (Romano et al. 2006)


@dataclass(frozen=True)
class Effect:
    """How the first of two sets of people differs from the second; `findings.Gap` says what the figures mean."""

    n: tuple[int, int]
    means: tuple[float, float]
    difference: float
    interval: tuple[float, float]
    delta: float
    delta_interval: tuple[float, float]
    p: float


def effect_of(first: Sample, second: Sample, confidence: float = CONFIDENCE) -> Effect:
    """How two samples of at least two people each differ, rounded to what every machine gives alike."""
    ordering = ordering_of(first, second)
    return Effect(
        n=ordering.n,
        means=(round(first.mean, DIGITS), round(second.mean, DIGITS)),
        difference=round(first.mean - second.mean, DIGITS),
        interval=_rounded(difference_interval(first, second, confidence)),
        delta=round(ordering.delta, DIGITS),
        delta_interval=_rounded(delta_interval(ordering, confidence)),
        p=float(f"{p_of_no_difference(first, second, ordering):.{DIGITS}g}"),
    )


def cliffs_delta(first: Sample, second: Sample) -> float:
    """How much oftener one of the first side is above one of the second than below, over all pairs (Cliff 1993)."""
    return ordering_of(first, second).delta


def difference_interval(first: Sample, second: Sample, confidence: float = CONFIDENCE) -> tuple[float, float]:
    """Where the difference of means may lie, in points, each side varying in its own way (Welch 1947).

    It has no width where nobody differs within either side.
    """
    difference = first.mean - second.mean
    variances, n = (first.variance, second.variance), (first.n, second.n)
    error = (variances[0] / n[0] + variances[1] / n[1]) ** 0.5
    reach = error * _quantile(degrees(variances, n), confidence) if error else 0.0
    return difference - reach, difference + reach


def delta_interval(ordering: Ordering, confidence: float = CONFIDENCE) -> tuple[float, float]:
    """Where delta may lie: within -1 and 1, and reaching further towards 0 than away from it (Feng and Cliff 2004)."""
    delta, left = ordering.delta, 1 - ordering.delta**2
    if left <= TOLERANCE:
        return _complete(ordering, confidence)
    if ordering.squared_error <= TOLERANCE:
        return delta, delta
    squared = _quantile(ordering.degrees, confidence) ** 2 * ordering.squared_error
    reach = (squared * (left**2 + squared)) ** 0.5
    low, high = ((delta * left + sign * reach) / (left + squared) for sign in (-1, 1))
    return max(-1.0, low), min(1.0, high)


def _complete(ordering: Ordering, confidence: float) -> tuple[float, float]:
    """All of one side are above all of the other: Wilson's bound, of as many pairs as the smaller side has people."""
    n = min(ordering.n)
    squared = _quantile(n - 1, confidence) ** 2
    nearest = (n - squared) / (n + squared)
    return (nearest, 1.0) if ordering.delta > 0 else (-1.0, -nearest)


def _quantile(freedom: float, confidence: float) -> float:
    """How many standard errors an interval reaches to either side: Student's t."""
    return float(stdtrit(freedom, (1 + confidence) / 2))


def _rounded(bounds: tuple[float, float]) -> tuple[float, float]:
    return round(bounds[0], DIGITS), round(bounds[1], DIGITS)
