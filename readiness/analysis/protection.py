"""Protection: which roles and levels may be spoken of beside the tables of a result.

Whoever compares roles publishes figures of them, as a table by role would. Such a table is protected as all are
(`scoring.suppression`), after the tables that were asked for, none of which hides anything more on its account: where a
role could be told from them it is the role that is not spoken of.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from readiness.analysis.onlooking import SIDES
from readiness.scoring.result import Group, Result, SubGroup, Suppressed, SuppressedGroup
from readiness.scoring.suppression import OVERALL, Tables, protect

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from readiness.analysis.cells import Cells

Shown = SubGroup | SuppressedGroup


@dataclass(frozen=True)
class _Layout:
    """The tables of a result and one by a side's key below them, over the cells of their crossing."""

    tables: Tables
    places: tuple[NDArray[np.intp], ...]  # the cells of each atom
    asked: tuple[Shown, ...]  # the groups of the tables asked for, which come after everybody
    earlier: Mapping[tuple[str, str | None], int]  # then the sides of keys that are spoken of before
    sides: Mapping[str | None, int]  # then the group of each value of the key


@dataclass
class Protection:
    """What may be said of the values of a context key. keys: the tables that were asked for."""

    result: Result
    cells: Cells
    min_group: int
    _layouts: dict[str, _Layout] = field(default_factory=dict)
    _known: dict[tuple[str, str], frozenset[int]] = field(default_factory=dict)
    _hidden: dict[tuple[str, tuple[int, ...], frozenset[int]], frozenset[int]] = field(default_factory=dict)

    def may_show(self, key: str, value: str | None, indicator: str) -> bool:
        """Whether figures of those with this value may be shown that rest on an indicator's scores."""
        if not isinstance(self.result.overall, Group) or key not in self.cells.keys:
            return False
        for group in self.result.groups:
            if dict(group.by) == {key: value}:  # a table says so itself
                return isinstance(group, SubGroup) and not isinstance(group.indicators[indicator], Suppressed)
        layout = self._layout(key)
        if (key, indicator) not in self._known:
            self._known[key, indicator] = self._hides(key, layout, indicator)
        return value in layout.sides and layout.sides[value] not in self._known[key, indicator]

    def _layout(self, key: str) -> _Layout:
        if key not in self._layouts:
            self._layouts[key] = self._laid_out(key)
        return self._layouts[key]

    def _laid_out(self, key: str) -> _Layout:
        asked = tuple(group for group in self.result.groups if "source" not in group.by)
        before = [name for name in SIDES[: SIDES.index(key)] if name in self.cells.keys] if key in SIDES else []
        keys = list(dict.fromkeys([*(name for group in asked for name in group.by), *before, key]))
        atoms = self.cells.by(keys)
        values = list(atoms)
        groups = [frozenset(range(len(values))), *(_atoms_of(group.by, keys, values) for group in asked)]
        tables = list(dict.fromkeys(tuple(group.by) for group in asked))
        numbers = [0, *(1 + tables.index(tuple(group.by)) for group in asked)]
        found: dict[tuple[str, str | None], int] = {}
        for place, name in enumerate([*before, key]):
            for value in dict.fromkeys(atom[keys.index(name)] for atom in values):
                found[name, value] = len(groups)
                groups.append(_atoms_of({name: value}, keys, values))
                numbers.append(1 + len(tables) + place)
        earlier = {side: number for side, number in found.items() if side[0] != key}
        sides = {value: number for (name, value), number in found.items() if name == key}
        return _Layout(Tables(groups, numbers, len(values)), tuple(atoms.values()), asked, earlier, sides)

    def _hides(self, key: str, layout: _Layout, indicator: str) -> frozenset[int]:
        place = self.cells.ids.index(indicator)
        people = tuple(int(self.cells.n[cells, place].sum()) for cells in layout.places)
        hidden = {
            number
            for number, group in enumerate(layout.asked, start=1)
            if isinstance(group, SuppressedGroup) or isinstance(group.indicators[indicator], Suppressed)
        }
        groups = layout.tables.groups
        # Of whom nobody has a score, such as those it was not put to, there is nothing to be told.
        few = range(1, self.min_group)
        hidden |= {side for side in layout.sides.values() if sum(people[a] for a in groups[side]) in few}
        hidden |= {number for side, number in layout.earlier.items() if not self.may_show(*side, indicator)}
        hidden |= self._uncounted(key, layout)
        assert isinstance(self.result.overall, Group)
        if isinstance(self.result.overall.indicators[indicator], Suppressed):
            return frozenset(layout.sides.values())
        return self._protected(key, layout, people, frozenset(hidden))

    def _may_count(self, key: str, value: str | None) -> bool:
        """Whether it may be told how many people have this value."""
        for group in self.result.groups:
            if dict(group.by) == {key: value}:
                return isinstance(group, SubGroup)
        layout = self._layout(key)
        return layout.sides[value] not in self._uncounted(key, layout)

    def _uncounted(self, key: str, layout: _Layout) -> frozenset[int]:
        """The sides of which may not be told how many people they are, whatever is said of them.

        They are the same for every indicator: of two of which one says how many are of one side, the other how many of
        another, the difference would say how many are left.
        """
        people = tuple(int(self.cells.rows[cells].sum()) for cells in layout.places)
        groups = layout.tables.groups
        hidden = {number for number, group in enumerate(layout.asked, start=1) if isinstance(group, SuppressedGroup)}
        hidden |= {side for side in layout.sides.values() if sum(people[a] for a in groups[side]) < self.min_group}
        hidden |= {number for side, number in layout.earlier.items() if not self._may_count(*side)}
        return self._protected(key, layout, people, frozenset(hidden)) & frozenset(layout.sides.values())

    def _protected(self, key: str, layout: _Layout, people: tuple[int, ...], hidden: frozenset[int]) -> frozenset[int]:
        """What has to be hidden with some groups; every side, where nothing else would do."""
        known = (key, people, hidden)
        if known not in self._hidden:
            settled = range(1 + len(layout.asked) + len(layout.earlier))
            found = protect(layout.tables, people, hidden, self.min_group, settled)
            self._hidden[known] = frozenset(layout.sides.values()) if OVERALL in found else frozenset(found)
        return self._hidden[known]


def _atoms_of(
    by: Mapping[str, str | None], keys: Sequence[str], values: Sequence[tuple[str | None, ...]]
) -> frozenset[int]:
    wanted = [(keys.index(key), value) for key, value in by.items()]
    return frozenset(place for place, atom in enumerate(values) if all(atom[at] == value for at, value in wanted))
