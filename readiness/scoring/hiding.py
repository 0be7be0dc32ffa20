"""Hiding: which figures of a result are suppressed, once every table and figure is known.

Each figure (an item, an indicator, a dimension, the whole, a prevalence) is a layer of its own over the same tables,
protected by `suppression.protect`. Layers are tied together inside a group, since one figure is made of others: a
dimension that is shown would give away the one indicator hidden in it. The ties:

- a hidden indicator hides its items, the dimensions it counts in, and every scenario that looks at it;
- in an indicator that is shown, hidden items come in twos at least;
- a hidden dimension hides the level above it; hidden for its own sake, it hides its smallest part as well.

Facts about the organisation are about nobody in particular, so an indicator of that scope is never hidden by itself.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from readiness.scoring.plan import OVERALL, indicator_column, readiness_column, scenario_column
from readiness.scoring.suppression import Group, Tables, protect
from readiness.scoring.totals import GroupTotals

if TYPE_CHECKING:
    from readiness.framework.models import Dimension, Framework, Indicator

Figure = tuple[str, str]  # ("item", id), ("indicator", id), ("dimension", id or OVERALL), ("prevalence", id)


@dataclass(frozen=True)
class Hidden:
    """What may not be shown: whole groups, and single figures of the groups that are shown."""

    groups: frozenset[Group] = frozenset()
    figures: Mapping[Figure, frozenset[Group]] | None = None

    def hides(self, group: Group, kind: str, id_: str) -> bool:
        """Whether this figure of this group is suppressed."""
        if group in self.groups:
            return True
        return self.figures is not None and group in self.figures.get((kind, id_), frozenset())


NOTHING = Hidden()


class Hiding:
    """The work of hiding, for one result."""

    def __init__(
        self,
        framework: Framework,
        tables: Tables,
        atoms: Sequence[GroupTotals],
        min_group: int,
    ) -> None:
        """tables: the groups, everybody first. atoms: the sums of each atom. min_group: the fewest to be shown."""
        self._framework = framework
        self._tables = tables
        self._atoms = atoms
        self._min = min_group
        self._states: dict[str, list[tuple[int, dict[str, int]]]] = {}
        self._counts: dict[Figure, list[int]] = {}
        self._blank: dict[Figure, frozenset[Group]] = {}
        self._known: dict[tuple[tuple[int, ...], frozenset[Group], frozenset[Group]], frozenset[Group]] = {}

    def hidden(self) -> Hidden:
        """Everything to be hidden: each layer by itself, then the ties, until nothing changes."""
        people = [atom.n for atom in self._atoms]
        masses = [(atom.mass, atom.mass_squared) for atom in self._atoms]
        small = {g for g in self._all if self._size(people, g) < self._min or self._is_dominated(masses, g)}
        groups = self._protected(people, frozenset(small), frozenset())
        figures = {figure: self._own(figure, groups) for figure in self._layers}
        while True:
            before = dict(figures)
            for figure in self._layers:
                figures[figure] = self._protected(self._people(figure), figures[figure], self._empty(figure))
            for indicator in self._framework.indicators.values():
                self._tie_items(indicator, figures)
            for dimension in self._framework.all_dimensions.values():
                self._tie(("dimension", dimension.id), self._parts(dimension), figures)
            self._tie(("dimension", OVERALL), [("dimension", d) for d in self._framework.dimensions], figures)
            if figures == before:
                return Hidden(groups, figures)

    @property
    def _all(self) -> range:
        return range(len(self._tables.groups))

    @cached_property
    def _layers(self) -> list[Figure]:
        scored = [i for i in self._framework.indicators.values() if i.scope == "respondent"]
        return [
            *(("item", item) for item in self._framework.items),
            *(("indicator", indicator.id) for indicator in scored),
            *(("dimension", dimension) for dimension in self._framework.all_dimensions),
            ("dimension", OVERALL),
            *(("prevalence", scenario) for scenario in self._framework.scenarios),
        ]

    def _people(self, figure: Figure) -> list[int]:
        """How many people a figure rests on, in each atom."""
        if figure not in self._counts:
            self._counts[figure] = self._counted(figure)
        return self._counts[figure]

    def _counted(self, figure: Figure) -> list[int]:
        kind, id_ = figure
        if kind == "item":
            return [n for n, _ in self._states_of(id_)]
        if kind == "prevalence":
            return [atom.count(f"{scenario_column(id_, 'value')}/n") for atom in self._atoms]
        column = indicator_column(id_, "value") if kind == "indicator" else readiness_column(id_, "value")
        return [atom.scored(column) for atom in self._atoms]

    def _size(self, people: Sequence[int], group: Group) -> int:
        return sum(people[atom] for atom in self._tables.groups[group])

    def _own(self, figure: Figure, groups: frozenset[Group]) -> frozenset[Group]:
        """The groups where a figure is hidden for its own small number, beside the groups that are hidden whole."""
        people = self._people(figure)
        empty = self._empty(figure)
        masses = self._masses(figure)
        return groups | {
            g
            for g in self._all
            if g not in empty and (self._size(people, g) < self._min or self._is_dominated(masses, g))
        }

    def _masses(self, figure: Figure) -> list[tuple[int, int]]:
        """The case weights, and their squares, of those a figure rests on, in each atom; none where nothing weighs."""
        kind, id_ = figure
        if kind not in ("indicator", "dimension"):
            return []
        column = indicator_column(id_, "value") if kind == "indicator" else readiness_column(id_, "value")
        return [atom.masses_of(column) for atom in self._atoms]

    def _is_dominated(self, masses: Sequence[tuple[int, int]], group: Group) -> bool:
        """Whether so few weigh so much that a mean says as little of the others as one of too few people would."""
        inside = [masses[atom] for atom in self._tables.groups[group]] if masses else []
        mass, squared = (sum(parts) for parts in zip(*inside, strict=True)) if inside else (0, 0)
        return bool(squared) and mass * mass < self._min * squared

    def _empty(self, figure: Figure) -> frozenset[Group]:
        """The groups in which nobody was put what the figure rests on: an empty figure gives nothing away."""
        if figure not in self._blank:
            put = [sum(numbers) for numbers in zip(*map(self._asked, self._items_of(figure)), strict=True)]
            self._blank[figure] = frozenset(g for g in self._all if self._size(put, g) == 0)
        return self._blank[figure]

    def _asked(self, item: str) -> list[int]:
        """How many were put an item, in each atom."""
        return [
            atom.n - states["not_asked"] for atom, (_, states) in zip(self._atoms, self._states_of(item), strict=True)
        ]

    def _states_of(self, id_: str) -> list[tuple[int, dict[str, int]]]:
        """How many answered an item and how all others stand, in each atom."""
        if id_ not in self._states:
            item = self._framework.items[id_]
            self._states[id_] = [atom.item(item, self._framework) for atom in self._atoms]
        return self._states[id_]

    def _items_of(self, figure: Figure) -> list[str]:
        """The items a figure rests on."""
        kind, id_ = figure
        match kind:
            case "item":
                return [id_]
            case "indicator":
                return list(self._framework.indicators[id_].items)
            case "dimension" if id_ == OVERALL:
                return list(self._framework.items)
            case "dimension":
                inside = self._framework.all_dimensions[id_].walk()
                return [item for d in inside for i in d.indicators.values() for item in i.items]
            case _:
                looked_at = {c.indicator for c in self._framework.scenarios[id_].conditions}
                return [item for i in looked_at for item in self._framework.indicators[i].items]

    def _protected(self, people: Sequence[int], hidden: frozenset[Group], empty: frozenset[Group]) -> frozenset[Group]:
        key = (tuple(people), hidden, empty)
        if key not in self._known:
            self._known[key] = frozenset(protect(self._tables, people, hidden, self._min, empty))
        return self._known[key]

    def _smallest(self, figures: Collection[Figure], group: Group) -> Figure | None:
        """The part that rests on the fewest people of a group."""
        sized = [(self._size(self._people(figure), group), n, figure) for n, figure in enumerate(figures)]
        return min(sized)[2] if sized else None

    def _tie_items(self, indicator: Indicator, figures: dict[Figure, frozenset[Group]]) -> None:
        if indicator.scope == "organisation":
            return
        own = ("indicator", indicator.id)
        items = [("item", item) for item in indicator.items]
        for group in self._all:
            if group in figures[own]:
                for item in items:
                    figures[item] |= {group}
                continue
            hidden = [item for item in items if group in figures[item]]
            people = max((self._size(self._people(item), group) for item in hidden), default=0)
            if hidden and (len(hidden) == 1 or people < self._min):
                shown = [item for item in items if item not in hidden and group not in self._empty(item)]
                also = self._smallest(shown, group)
                figures[also or own] |= {group}

    def _parts(self, dimension: Dimension) -> list[Figure]:
        """The figures that a dimension's readiness is made of."""
        counted = [i for i in dimension.indicators.values() if i.desired != "none" and i.weight > 0]
        own: list[Figure] = [("indicator", i.id) for i in counted if i.scope == "respondent"]
        return own + [("dimension", nested) for nested in dimension.dimensions]

    def _tie(self, above: Figure, parts: Sequence[Figure], figures: dict[Figure, frozenset[Group]]) -> None:
        """A level is hidden where any of its parts is; hidden where none is, it hides its smallest part."""
        if not parts:
            return
        for group in self._all:
            if any(group in figures[part] for part in parts):
                figures[above] |= {group}
            elif group in figures[above]:
                filled = [part for part in parts if group not in self._empty(part)]
                also = self._smallest(filled, group)
                if also is not None:
                    figures[also] |= {group}


def hidden_scenarios(framework: Framework, hidden: Hidden, group: Group) -> Iterator[str]:
    """The scenarios that look at an indicator hidden in a group."""
    for scenario in framework.scenarios.values():
        if any(hidden.hides(group, "indicator", condition.indicator) for condition in scenario.conditions):
            yield scenario.id
