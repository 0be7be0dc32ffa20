"""Apart: two scores printed with as many decimals as it takes to see which is the higher."""

from __future__ import annotations

import math

GRAIN = 1e-6  # of a decimal: floats that print as the same number are the same
MOST_DIGITS = 9


def reached(target: float, up: bool, digits: int) -> float:
    """A target with so many decimals, rounded to the side that is still far enough."""
    unit = 10.0**digits
    shifted = target * unit
    return (math.ceil(shifted - GRAIN) if up else math.floor(shifted + GRAIN)) / unit


def digits_of_step(start: float, target: float, digits: tuple[int, int] = (0, 1)) -> tuple[int, int]:
    """How many decimals a step's start and its target need, so that one is seen to lie beyond the other.

    digits: how many each has at least.
    """
    up = target > start
    first, second = digits
    while max(first, second) < MOST_DIGITS:
        shown, far = round(start, first), reached(target, up, second)
        if far > shown if up else far < shown:
            break
        first, second = max(first + 1, second), max(first + 1, second)
    return first, second


def digits_of_change(before: float, after: float, digits: int = 0) -> int:
    """How many decimals it takes to see that a score has changed."""
    enough = (more for more in range(digits, MOST_DIGITS) if round(after, more) != round(before, more))
    return digits if after == before else next(enough, MOST_DIGITS)
