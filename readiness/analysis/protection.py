"""Protection: which roles and levels may be spoken of beside the tables of a result.

Whoever compares roles publishes figures of them, as a table by role would. Such a table is protected as all are
(`scoring.suppression`), after the tables that were asked for, none of which hides anything more on its account: where a
role could be told from them it is the role that is not spoken of. Levels come after roles in the same way.

Every figure is protected by the number of people it rests on: those who have a score, those who have a view by the
items compared, those who were asked.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from readiness.analysis.headcounts import headcount_name
from readiness.analysis.onlooking import SIDES
from readiness.scoring.result import Group, ItemCounts, Result, SubGroup, Suppressed, SuppressedGroup
from readiness.scoring.suppression import OVERALL, Tables, protect

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from readiness.analysis.cells import Cells
    from readiness.scoring.totals import Key

Shown = SubGroup | SuppressedGroup
Side = tuple[str, str | None]  # a key and its value

MOST_ATOMS = 5_000  # of more cells nothing is said by a key that no table was asked by: it would take minutes


@dataclass(frozen=True)
class Figure:
    """What is said of a side: an indicator's scores; what it sees by some items; or how often it could not say."""

    indicator: str
    items: tuple[str, ...] = ()
    put: bool = False  # whether it is about those whom any item was put to

    @property
    def heads(self) -> str:
        """The headcount of those it rests on; "" for those who have a score."""
        if self.put:
            return headcount_name("put", self.indicator)
        return headcount_name("view", self.indicator, self.items) if self.items else ""


@dataclass(frozen=True)
class _Layout:
    """The tables of a result and one by a side's key below them, over the cells of their crossing."""

    tables: Tables
    places: tuple[NDArray[np.intp], ...]  # the cells of each atom
    asked: tuple[Shown, ...]  # the groups of the tables asked for, which come after everybody
    earlier: Mapping[Side, int]  # then the sides of keys that are spoken of before
    sides: Mapping[str | None, int]  # then the group of each value of the key

    def people(self, n: NDArray[np.int64]) -> tuple[int, ...]:
        """How many people of each cell, by atom."""
        return tuple(int(n[cells].sum()) for cells in self.places)

    def without(self, left_out: frozenset[int]) -> _Layout:
        """The same without some of the groups asked for, by place."""
        kept = [g for g in range(len(self.tables.groups)) if g - 1 not in left_out]
        now = {before: number for number, before in enumerate(kept)}
        groups, numbers = [self.tables.groups[g] for g in kept], [self.tables.table[g] for g in kept]
        return _Layout(
            Tables(groups, numbers, self.tables.atoms),
            self.places,
            tuple(group for place, group in enumerate(self.asked) if place not in left_out),
            {side: now[number] for side, number in self.earlier.items()},
            {value: now[number] for value, number in self.sides.items()},
        )

    def few(self, people: Sequence[int], least: range) -> set[int]:
        """The sides of so few."""
        return {side for side in self.sides.values() if sum(people[a] for a in self.tables.groups[side]) in least}


@dataclass
class Protection:
    """What may be said of the values of a context key. keys: the tables that were asked for."""

    result: Result
    cells: Cells
    min_group: int
    _layouts: dict[tuple[str, frozenset[int]], _Layout] = field(default_factory=dict)
    _known: dict[tuple[str, Figure], frozenset[str | None]] = field(default_factory=dict)
    _hidden: dict[tuple[int, tuple[int, ...], frozenset[int]], frozenset[int]] = field(default_factory=dict)

    def may_show(self, key: str, value: str | None, indicator: str) -> bool:
        """Whether figures of those with this value may be shown that rest on an indicator's scores."""
        if not isinstance(self.result.overall, Group) or key not in self.cells.keys:
            return False
        for group in self._tabled(key, value):  # a table says so itself
            return isinstance(group, SubGroup) and not isinstance(group.indicators[indicator], Suppressed)
        return value in self._spoken_of(key, Figure(indicator))

    def may_compare(self, key: str, value: str | None, indicator: str, items: tuple[str, ...]) -> bool:
        """Whether it may be told what those with this value say to some items of an indicator."""
        return self._may_tell(key, value, Figure(indicator, items))

    def may_count(self, key: str, value: str | None, indicator: str) -> bool:
        """Whether it may be told how often those with this value could not answer an indicator's items."""
        asked = Figure(indicator, put=True)
        return self._may_tell(key, value, asked if asked.heads in self.cells.heads else Figure(indicator))

    def _may_tell(self, key: str, value: str | None, figure: Figure) -> bool:
        if not self.may_show(key, value, figure.indicator):
            return False
        if not figure.heads:
            return True
        if figure.heads not in self.cells.heads:
            return False
        for group in self._tabled(key, value):
            return self._shows(group, figure)
        return value in self._spoken_of(key, figure)

    def _tabled(self, key: str, value: str | None) -> list[Shown]:
        """The group of a table by the key alone, if one was asked for."""
        return [group for group in self.result.groups if dict(group.by) == {key: value}]

    def _shows(self, group: Shown | Group, figure: Figure) -> bool:
        """Whether a group shows all that a figure is made of."""
        if isinstance(group, SuppressedGroup) or isinstance(group.indicators[figure.indicator], Suppressed):
            return False
        return all(isinstance(group.items[item], ItemCounts) for item in figure.items)

    # -- the tables -------------------------------------------------------------------------------------------------

    def _layout(self, key: str, left_out: frozenset[int] = frozenset()) -> _Layout:
        """left_out: the groups of the tables asked for, by place, that say nothing of a figure."""
        if (key, left_out) not in self._layouts:
            whole = self._layout(key) if left_out else self._laid_out(key)
            self._layouts[key, left_out] = whole.without(left_out) if left_out else whole
        return self._layouts[key, left_out]

    def _laid_out(self, key: str) -> _Layout:
        asked = tuple(group for group in self.result.groups if "source" not in group.by)
        before = [name for name in SIDES[: SIDES.index(key)] if name in self.cells.keys] if key in SIDES else []
        tables = list(dict.fromkeys(tuple(group.by) for group in asked))
        keys = list(dict.fromkeys([*(name for names in tables for name in names), *before, key]))
        atoms = self.cells.by(keys)
        parted = {
            names: _parted(names, keys, list(atoms)) for names in [*tables, *((name,) for name in [*before, key])]
        }
        groups = [frozenset(range(len(atoms)))]
        groups += [parted[tuple(group.by)].get(tuple(group.by.values()), frozenset()) for group in asked]
        numbers = [0, *(1 + tables.index(tuple(group.by)) for group in asked)]
        found: dict[Side, int] = {}
        for place, name in enumerate([*before, key]):
            for (value,), inside in parted[name,].items():
                found[name, value] = len(groups)
                groups.append(inside)
                numbers.append(1 + len(tables) + place)
        earlier = {side: number for side, number in found.items() if side[0] != key}
        sides = {value: number for (name, value), number in found.items() if name == key}
        return _Layout(Tables(groups, numbers, len(atoms)), tuple(atoms.values()), asked, earlier, sides)

    def _too_many(self, key: str) -> bool:
        return len(self._layout(key).places) > MOST_ATOMS

    # -- what has to be hidden --------------------------------------------------------------------------------------

    def _spoken_of(self, key: str, figure: Figure) -> frozenset[str | None]:
        """The values of which a figure may be told."""
        if (key, figure) not in self._known:
            self._known[key, figure] = self._open(key, figure)
        return self._known[key, figure]

    def _open(self, key: str, figure: Figure) -> frozenset[str | None]:
        assert isinstance(self.result.overall, Group)
        if not self._shows(self.result.overall, figure) or self._too_many(key):
            return frozenset()
        place = self.cells.ids.index(figure.indicator)
        n = self.cells.heads[figure.heads] if figure.heads else self.cells.n[:, place]
        layout = self._layout(key, self._saying_nothing(key, figure))
        people = layout.people(n)
        hidden = {number for number, g in enumerate(layout.asked, start=1) if not self._shows(g, figure)}
        # Of whom nobody has a score, such as those it was not put to, there is nothing to be told.
        hidden |= layout.few(people, range(1, self.min_group))
        hidden |= {number for side, number in layout.earlier.items() if not self._may_tell(*side, figure)}
        if figure.heads:
            scored = self._spoken_of(key, Figure(figure.indicator))
            hidden |= {number for value, number in layout.sides.items() if value not in scored}
        else:
            uncounted = self._uncounted(key)
            hidden |= {number for value, number in layout.sides.items() if value in uncounted}
        closed = self._protected(layout, people, frozenset(hidden))
        return frozenset(value for value, number in layout.sides.items() if number not in closed)

    def _saying_nothing(self, key: str, figure: Figure) -> frozenset[int]:
        """The groups asked for of which nobody can tell what is said by several items: not all answered all of them.

        A view is then no mean of what the group's table says, and there is nothing to be taken from it.
        """
        if len(figure.items) < 2:
            return frozenset()
        names = [figure.heads, *(headcount_name("view", figure.indicator, (item,)) for item in figure.items)]
        layout = self._layout(key)
        counts = [layout.people(self.cells.heads[name]) for name in names]
        groups = layout.tables.groups[1 : 1 + len(layout.asked)]
        partial = {atom for atom, of_each in enumerate(zip(*counts, strict=True)) if len(set(of_each)) > 1}
        return frozenset(place for place, group in enumerate(groups) if group & partial)

    def _may_number(self, key: str, value: str | None) -> bool:
        """Whether it may be told how many people have this value."""
        for group in self._tabled(key, value):
            return isinstance(group, SubGroup)
        return value not in self._uncounted(key)

    def _uncounted(self, key: str) -> frozenset[str | None]:
        """The values of which may not be told how many people they are, whatever is said of them.

        They are the same for every indicator: of two of which one says how many are of one side, the other how many of
        another, the difference would say how many are left.
        """
        layout = self._layout(key)
        people = layout.people(self.cells.rows)
        hidden = {number for number, group in enumerate(layout.asked, start=1) if isinstance(group, SuppressedGroup)}
        hidden |= layout.few(people, range(self.min_group))
        hidden |= {number for side, number in layout.earlier.items() if not self._may_number(*side)}
        closed = self._protected(layout, people, frozenset(hidden))
        return frozenset(value for value, number in layout.sides.items() if number in closed)

    def _protected(self, layout: _Layout, people: tuple[int, ...], hidden: frozenset[int]) -> frozenset[int]:
        """What has to be hidden with some groups; every side, where nothing else would do."""
        known = (id(layout), people, hidden)
        if known not in self._hidden:
            settled = range(1 + len(layout.asked) + len(layout.earlier))
            found = protect(layout.tables, people, hidden, self.min_group, settled)
            self._hidden[known] = frozenset(layout.sides.values()) if OVERALL in found else frozenset(found)
        return self._hidden[known]


def _parted(names: Sequence[str], keys: Sequence[str], atoms: Sequence[Key]) -> dict[Key, frozenset[int]]:
    """The atoms of each group that some of the keys form, in the order of their first ones."""
    at = [keys.index(name) for name in names]
    groups: dict[Key, list[int]] = {}
    for place, atom in enumerate(atoms):
        groups.setdefault(tuple(atom[key] for key in at), []).append(place)
    return {values: frozenset(places) for values, places in groups.items()}
