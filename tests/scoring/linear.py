"""Exact linear algebra modulo a large prime: what follows from published sums, and what does not."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping, Sequence
from fractions import Fraction

PRIME = 2**61 - 1
Vector = Mapping[Hashable, int]


def modular(number: Fraction | int) -> int:
    """A fraction as an element of the field."""
    number = Fraction(number)
    return number.numerator * pow(number.denominator, -1, PRIME) % PRIME


def added(one: Vector, other: Vector, times: int = 1) -> dict[Hashable, int]:
    """`one + times * other`, without zeros."""
    total = dict(one)
    for key, number in other.items():
        found = (total.get(key, 0) + times * number) % PRIME
        if found:
            total[key] = found
        else:
            total.pop(key, None)
    return total


class Known:
    """The span of what is published. A combination follows from it exactly when its remainder is empty."""

    def __init__(self, equations: Iterable[Vector]) -> None:
        self.rows: dict[Hashable, dict[Hashable, int]] = {}
        for equation in equations:
            self.learn(equation)

    def remainder(self, vector: Vector) -> dict[Hashable, int]:
        """The part of a combination that the published figures leave open (unique: the rows are fully reduced)."""
        left: dict[Hashable, int] = {}
        for key, number in vector.items():
            row = self.rows.get(key)
            if row is None:
                left = added(left, {key: number % PRIME})
            else:  # the pivot's unit vector, less its row, has only free unknowns
                left = added(left, {k: n for k, n in row.items() if k != key}, PRIME - number % PRIME)
        return left

    def learn(self, equation: Vector) -> None:
        """Add one published combination."""
        left = self.remainder(equation)
        if not left:
            return
        pivot = next(iter(left))
        inverse = pow(left[pivot], -1, PRIME)
        fresh = {key: number * inverse % PRIME for key, number in left.items()}
        for name, row in self.rows.items():
            if pivot in row:
                self.rows[name] = added(row, fresh, PRIME - row[pivot])
        self.rows[pivot] = fresh

    def gives(self, vector: Vector) -> bool:
        """Whether the combination can be computed."""
        return not self.remainder(vector)

    def gives_a_combination_of(self, vectors: Sequence[Vector]) -> bool:
        """Whether some combination of these (independent) vectors, not all zero, can be computed."""
        remainders = Known([])
        for vector in vectors:
            left = self.remainder(vector)
            if remainders.gives(left):
                return True
            remainders.learn(left)
        return False
