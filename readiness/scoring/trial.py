"""Trial: what could be computed if something else were shown than what `hiding` settled upon.

Nothing more is hidden on account of it: whoever tries takes back what would give something away.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from readiness.scoring.hiding import Figure, Hidden, Hiding
from readiness.scoring.suppression import OVERALL, Atoms, Group, Tables, leaks

if TYPE_CHECKING:
    from readiness.framework.models import Framework
    from readiness.scoring.totals import GroupTotals

NUMBERS: Figure = ("people", "")  # as a figure: how many there are


class Trial(Hiding):
    """What could be computed if groups of a result, and parts of these, were shown but for what is hidden."""

    def __init__(
        self, framework: Framework, tables: Tables, atoms: Sequence[GroupTotals], min_group: int, hidden: Hidden
    ) -> None:
        super().__init__(framework, tables, atoms, min_group)
        self._hidden = hidden
        self._found: dict[tuple[tuple[int, ...], frozenset[Group]], list[Atoms]] = {}

    def could_show(self, atoms: Atoms, figures: Sequence[Figure]) -> bool:
        """Whether these figures of a set of respondents rest on enough people, or on nobody who was asked."""
        return sum(self._atoms[a].n for a in atoms) >= self._min and all(self._could(atoms, f) for f in figures)

    def _could(self, atoms: Atoms, figure: Figure) -> bool:
        people = sum(self._people(figure)[a] for a in atoms)
        if people < self._min:
            return not people and not any(
                self._atoms[a].n - self._states_of(item)[a][1]["not_asked"]
                for item in self._items_of(figure)
                for a in atoms
            )
        masses = self._masses(figure)
        mass, squared = (sum(masses[a][place] for a in atoms) if masses else 0 for place in (0, 1))
        return mass * mass >= self._min * squared

    def is_small(self, figure: Figure, first: Group) -> bool:
        """Whether a figure rests on too few in a group that shows it, from a place on."""
        return any(g >= first and g not in self._out(figure) for g in self._own(figure, frozenset()))

    def leaks(self, figure: Figure) -> list[Atoms]:
        """Sets of respondents of whom something about a figure could be computed."""
        out = self._out(figure)
        if OVERALL in out:
            return []
        key = (tuple(self._people(figure)), out)
        if key not in self._found:
            self._found[key] = leaks(self._tables, key[0], out, self._min)
        return self._found[key]

    def _out(self, figure: Figure) -> frozenset[Group]:
        return (self._hidden.figures or {}).get(figure, self._hidden.groups)

    def _counted(self, figure: Figure) -> list[int]:
        return [atom.n for atom in self._atoms] if figure == NUMBERS else super()._counted(figure)
