"""Answers on a scale as one bar: it lies across a line, with what is good on its right.

Half of those who chose the middle option lie on either side. Where to agree is not good news the bar is turned round.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

AXIS = 0.5  # where the line stands on a track of 0 to 1; all answers together are as wide as half of it
TONES = 5  # from 1, the worst, to 5, the best


@dataclass(frozen=True)
class Piece:
    """Those who chose one option: where they begin on the track, how wide they are, and their tone."""

    left: float
    width: float
    tone: int
    place: int  # of the option, in the order it was counted in


@dataclass(frozen=True)
class Bar:
    """One question's answers. turned: drawn from the most to the least, because the most is not what is good."""

    pieces: tuple[Piece, ...]
    turned: bool
    good: float  # share of answers on the good side of the middle option


def bar_of(counts: Sequence[int], points: Sequence[float], good_high: bool) -> Bar | None:
    """How many chose each option as a bar; None where nobody answered.

    points: what each option stands for, in whichever order. good_high: whether the option of most points is the best.
    """
    total = sum(counts)
    if not total:
        return None
    order = sorted(range(len(counts)), key=lambda place: points[place], reverse=not good_high)
    last = len(order) - 1
    middle = last / 2
    before = sum(counts[place] * _before(rank, middle) for rank, place in enumerate(order))
    left, pieces = AXIS * (1 - before / total), []
    for rank, place in enumerate(order):
        wide = AXIS * counts[place] / total
        if counts[place]:
            pieces.append(Piece(left, wide, _tone(rank, last), place))
        left += wide
    good = sum(counts[place] for rank, place in enumerate(order) if rank > middle)
    return Bar(tuple(pieces), not good_high, good / total)


def _before(rank: int, middle: float) -> float:
    """The share of an option that lies left of the line."""
    return 1.0 if rank < middle else 0.0 if rank > middle else 0.5


def _tone(rank: int, last: int) -> int:
    """An option's tone; the middle one alone has the tone of the middle."""
    if not last:
        return TONES // 2 + 1
    share = rank / last * (TONES - 1)
    if share == (TONES - 1) / 2:
        return TONES // 2 + 1
    near = round(share)
    return near + 1 if near != TONES // 2 else (TONES // 2 if share < TONES // 2 else TONES // 2 + 2)
