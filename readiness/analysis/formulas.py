"""Formulas: yes and no over the stops of indicators that move, joined by all and any, without what is certain."""

from __future__ import annotations

from dataclasses import dataclass

State = tuple[int, ...]  # of every indicator that moves, the stop it is at


@dataclass(frozen=True)
class Leaf:
    """A yes or no that hangs on one moving indicator, at each of its stops; it turns once on the way."""

    place: int
    truths: tuple[bool, ...]


@dataclass(frozen=True)
class Joined:
    """All of the parts, or any of them."""

    every: bool
    parts: tuple[Formula, ...]


Formula = Leaf | Joined | bool


def holds(formula: Formula, state: State) -> bool:
    """Whether a formula holds at these stops."""
    match formula:
        case bool():
            return formula
        case Leaf(place=place, truths=truths):
            return truths[state[place]]
        case Joined(every=every, parts=parts):
            return all(holds(p, state) for p in parts) if every else any(holds(p, state) for p in parts)


def leaves(formula: Formula) -> tuple[Leaf, ...]:
    """Every leaf of a formula."""
    match formula:
        case Leaf():
            return (formula,)
        case Joined(parts=parts):
            return tuple(leaf for part in parts for leaf in leaves(part))
    return ()


def joined(every: bool, parts: list[Formula]) -> Formula:
    """Parts joined, those that are certain having had their say."""
    open_ = tuple(part for part in parts if not isinstance(part, bool))
    if any(part is not every for part in parts if isinstance(part, bool)):
        return not every
    if not open_:
        return every
    return open_[0] if len(open_) == 1 else Joined(every, open_)
