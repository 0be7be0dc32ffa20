"""Units: which of them a figure made of several may keep apart without giving any of them away.

How far units lie from each other is a sum of squares over them. Where most units can be told from what is shown and a
few cannot, such a sum, with what those few make together, would say what each of them is. Of more it leaves open which
is which: there are more unknowns than figures that are made of them.
"""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from readiness.analysis.cells import Cells
from readiness.scoring.result import Group, Result, SubGroup, Suppressed, SuppressedGroup
from readiness.scoring.suppression import PRIME, Tables, random_solution

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

CLUSTER = "unit"  # the context key by whose values people sit together
FREE = 3  # dimensions that what is not told of units has to be free in: four units of which the sum is known

Unit = str | None


@dataclass(frozen=True)
class Units:
    """The units of a result, whose tables may show them, or cells of them, or parts that they are the rest of."""

    result: Result
    cells: Cells
    _found: dict[tuple[object, ...], tuple[frozenset[Unit], bool]] = field(default_factory=dict)
    _indices: dict[tuple[str, ...], dict[tuple[Unit, ...], list[int]]] = field(default_factory=dict)

    def given_away(self, by: Mapping[str, Unit], indicators: Sequence[str]) -> set[Unit]:
        """The units of a group that an error of any of these indicators may not keep apart."""
        if not self._are_asked:
            return set()
        told = [self._untold(by, indicator) for indicator in indicators]
        return set() if all(free for _, free in told) else {unit for units, _ in told for unit in units}

    @cached_property
    def _asked(self) -> list[SubGroup | SuppressedGroup]:
        return [group for group in self.result.groups if "source" not in group.by]

    @cached_property
    def _are_asked(self) -> bool:
        """Whether a table has anything to do with units."""
        return any(CLUSTER in group.by for group in self._asked)

    @cached_property
    def _keys(self) -> list[str]:
        return list(dict.fromkeys([CLUSTER, *(key for group in self._asked for key in group.by)]))

    @cached_property
    def _atoms(self) -> Mapping[tuple[Unit, ...], NDArray[np.intp]]:
        return self.cells.by(self._keys)

    @cached_property
    def _tables(self) -> list[Tables]:
        """The tables in as many numberings as there are dimensions to be seen: each has a solution of its own."""
        values = list(self._atoms)
        groups = [frozenset(range(len(values))), *(frozenset(self._within(group.by)) for group in self._asked)]
        made = []
        for number in self._numbers:
            numbered = [frozenset(number[atom] for atom in group) for group in groups]
            made.append(Tables(numbered, [1] * len(groups), len(values)))
        return made

    def _within(self, by: Mapping[str, Unit]) -> Sequence[int]:
        """The atoms of a group, by an index over all groups that the same keys form."""
        keys = tuple(by)
        if keys not in self._indices:
            places = [self._keys.index(key) for key in keys]
            index: dict[tuple[Unit, ...], list[int]] = {}
            for atom, values in enumerate(self._atoms):
                index.setdefault(tuple(values[place] for place in places), []).append(atom)
            self._indices[keys] = index
        return self._indices[keys].get(tuple(by.values()), [])

    def _untold(self, by: Mapping[str, Unit], indicator: str) -> tuple[frozenset[Unit], bool]:
        """The units of a group whose figures cannot be computed, and whether they are free enough to be kept apart."""
        column = self.cells.ids.index(indicator)
        empty = frozenset(
            place for place, cells in enumerate(self._atoms.values()) if not self.cells.n[cells, column].sum()
        )
        records: list[Group | Suppressed | SuppressedGroup] = [self.result.overall, *self._asked]
        shown = tuple(place for place, record in enumerate(records) if _shows(record, indicator))
        return self._judged(tuple(by.items()), shown, empty)

    def _judged(
        self, by: tuple[tuple[str, Unit], ...], shown: tuple[int, ...], empty: frozenset[int]
    ) -> tuple[frozenset[Unit], bool]:
        key = (by, shown, empty)
        if key not in self._found:
            inside: dict[Unit, list[int]] = {}
            values = list(self._atoms)
            for place in self._within(dict(by)):
                inside.setdefault(values[place][0], []).append(place)
            sums = {unit: self._open(places, shown, empty) for unit, places in inside.items()}
            untold = {unit: vector for unit, vector in sums.items() if any(vector)}
            self._found[key] = frozenset(untold), not untold or _rank(list(untold.values())) >= FREE
        return self._found[key]

    def _open(self, places: Sequence[int], shown: tuple[int, ...], empty: frozenset[int]) -> list[int]:
        """What the sum over some atoms comes to in each solution of what is shown: 0 where it can be computed."""
        found = []
        for number, tables in zip(self._numbers, self._tables, strict=True):
            solution = random_solution(tables, shown, frozenset(number[atom] for atom in empty))
            found.append(sum(solution[number[place]] for place in places) % PRIME)
        return found

    @cached_property
    def _numbers(self) -> list[list[int]]:
        count = len(self._atoms)
        return [random.Random(seed).sample(range(count), count) for seed in range(FREE)]


def _shows(record: Group | Suppressed | SuppressedGroup, indicator: str) -> bool:
    return isinstance(record, Group) and not isinstance(record.indicators[indicator], Suppressed)


def _rank(vectors: Sequence[Sequence[int]]) -> int:
    """How many of the vectors are independent, in the field of remainders."""
    rows, rank = [list(vector) for vector in vectors], 0
    for column in range(FREE):
        pivot = next((row for row in rows if row[column]), None)
        if pivot is None:
            continue
        rank += 1
        inverse = pow(pivot[column], -1, PRIME)
        rows = [_less(row, pivot, row[column] * inverse) for row in rows if row is not pivot]
    return rank


def _less(row: Sequence[int], pivot: Sequence[int], times: int) -> list[int]:
    return [(value - times * other) % PRIME for value, other in zip(row, pivot, strict=True)]
