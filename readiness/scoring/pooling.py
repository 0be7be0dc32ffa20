"""Pooling: which of a group's cells count together, because they may not be shown by themselves.

Whatever any indicator hides counts together in every figure of the group, so that readiness is made of parts that weigh
alike. As one cell they would lose every balance between them. So they are first put together by the values of that key
of the population which has the fewest, such as all small cells of a role: whatever of these could be shown, beside all
else that is, counts by itself, and the rest as one. Then what is known of a role's people is kept as far as can be.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from readiness.scoring.hiding import NOTHING, Figure, Hidden, Hiding
from readiness.scoring.plan import indicator_column, readiness_column, scenario_column
from readiness.scoring.stratifying import PEOPLE, Places
from readiness.scoring.suppression import OVERALL, Atoms, Group, Tables, leaks

if TYPE_CHECKING:
    from readiness.framework.models import Framework
    from readiness.scoring.totals import GroupTotals

NUMBERS: Figure = ("people", "")  # as a figure: how many there are
COLUMNS = {"indicator": indicator_column, "dimension": readiness_column, "prevalence": scenario_column}
Pools = tuple[Places, ...]
Together = Mapping[str, Pools]


@dataclass(frozen=True)
class Parted:
    """A group that is made of parts. group, parts: their places among all groups. kinds: by what parts are pooled."""

    group: Group
    parts: tuple[Group, ...]
    kinds: tuple[str | None, ...]


class Pooling:
    """The work of pooling, for one result."""

    def __init__(
        self, framework: Framework, tables: Tables, atoms: Sequence[GroupTotals], min_group: int, hidden: Hidden
    ) -> None:
        """tables: the groups and their parts, of which `hidden` may not be shown. atoms: the sums of each atom."""
        self._framework = framework
        self._tables = tables
        self._atoms = atoms
        self._min = min_group
        self._hidden = hidden

    def together(self, parted: Sequence[Parted]) -> list[Together]:
        """Of each group, by a figure's column, the parts that count as one, once or several times."""
        small = [self._small(group) for group in parted]
        pools = [self._pools(group, few) for group, few in zip(parted, small, strict=True)]
        pools = self._safe(parted, small, pools)
        kept = self._apart(parted, pools)
        return [
            self._by_figure(group, few, inside, kept) for group, few, inside in zip(parted, small, pools, strict=True)
        ]

    def _small(self, parted: Parted) -> Places:
        """The parts that may not be shown by themselves, in their number or any indicator that the group shows."""
        hidden = [self._hidden.groups]
        hidden += [
            where for (kind, _), where in self._figures.items() if kind == "indicator" and parted.group not in where
        ]
        return _places(parted, frozenset().union(*hidden))

    @property
    def _figures(self) -> Mapping[Figure, frozenset[Group]]:
        return self._hidden.figures or {}

    def _pools(self, parted: Parted, small: Places) -> Pools:
        """What of the small parts could be shown if they were put together by their kind, and the rest."""
        kinds: dict[str | None, set[int]] = {}
        for place in sorted(small):
            kinds.setdefault(parted.kinds[place], set()).add(place)
        several = [frozenset(places) for places in kinds.values() if 1 < len(places) < len(small)]
        large = self._large(parted, several)
        pools = sorted(
            (pool for pool in several if pool in large), key=lambda pool: (self._people(parted, pool), min(pool))
        )
        while pools:
            rest = small.difference(*pools)
            if not rest or self._large(parted, [rest]):
                return tuple(pools) + ((rest,) if rest else ())
            pools.pop(0)
        return (small,) if small else ()

    def _people(self, parted: Parted, places: Places) -> int:
        return sum(self._atoms[atom].n for atom in self._of(parted, places))

    def _of(self, parted: Parted, places: Iterable[int]) -> Atoms:
        return frozenset().union(*(self._tables.groups[parted.parts[place]] for place in places))

    def _large(self, parted: Parted, pools: Sequence[Places]) -> list[Places]:
        """The pools of which every figure but prevalences rests on enough people, or on nobody who was asked."""
        if not pools:
            return []
        sets = [self._of(parted, pool) for pool in pools]
        whole = Tables(sets, [0] * len(sets), len(self._atoms))
        figures = [f for f in self._shown_in(parted.group) if f[0] != "prevalence"]
        small = Trial(self._framework, whole, self._atoms, self._min).small(figures)
        return [pool for place, pool in enumerate(pools) if place not in small]

    def _shown_in(self, group: Group) -> list[Figure]:
        return [figure for figure, where in self._figures.items() if group not in where]

    def _safe(self, parted: Sequence[Parted], small: Sequence[Places], pools: Sequence[Pools]) -> list[Pools]:
        """The pools, those of a group as one where otherwise something could be computed."""
        pools = list(pools)
        while any(len(inside) > 1 for inside in pools):
            trial = self._trial(parted, pools)
            found = list(dict.fromkeys(leak for figure in self._people_and_figures for leak in trial.leaks(figure)))
            if not found:
                break
            touched = {place for leak in found for place in trial.touched(leak)}
            for place in touched or range(len(pools)):
                pools[place] = (small[place],) if small[place] else ()
        return pools

    @property
    def _people_and_figures(self) -> list[Figure]:
        return [NUMBERS, *(figure for figure in self._figures if figure[0] != "prevalence")]

    def _trial(self, parted: Sequence[Parted], pools: Sequence[Pools]) -> Trial:
        """The tables, and beside them one for each group that has several pools: these, and the parts left alone."""
        groups, tables = list(self._tables.groups), list(self._tables.table)
        beside: dict[Group, int] = {}
        for place, (group, inside) in enumerate(zip(parted, pools, strict=True)):
            if len(inside) > 1:
                alone = sorted(set(range(len(group.parts))).difference(*inside))
                made = [self._of(group, pool) for pool in (*inside, *([part] for part in alone))]
                beside |= dict.fromkeys(range(len(groups), len(groups) + len(made)), place)
                groups += made
                tables += [max(tables) + 1] * len(made)
        whole = Tables(groups, tables, len(self._atoms))
        owners = {new: (place, parted[place].group) for new, place in beside.items()}
        return Trial(self._framework, whole, self._atoms, self._min, self._hidden, owners)

    def _apart(self, parted: Sequence[Parted], pools: Sequence[Pools]) -> frozenset[Figure]:
        """The prevalences that may be made of several pools as well."""
        if all(len(inside) < 2 for inside in pools):
            return frozenset()
        trial = self._trial(parted, pools)
        return frozenset(
            f for f in self._figures if f[0] == "prevalence" and not trial.is_small(f) and not trial.leaks(f)
        )

    def _by_figure(self, parted: Parted, small: Places, pools: Pools, kept: frozenset[Figure]) -> Together:
        """The pools by a figure's column: with what else it hides, where that is more."""
        found = {PEOPLE: pools}
        for figure, where in self._figures.items():
            kind, id_ = figure
            if kind in COLUMNS and (len(pools) > 1 or not _places(parted, where) <= small):
                apart = pools if kind != "prevalence" or figure in kept else (small,)
                found[COLUMNS[kind](id_, "value")] = _with(apart, _places(parted, where) - small)
        return found


def _with(pools: Pools, more: Places) -> Pools:
    """The pools with some parts more, in the last of them, which is the rest."""
    return (*pools[:-1], pools[-1] | more) if pools else (more,) if more else ()


def _places(parted: Parted, groups: frozenset[Group]) -> Places:
    return frozenset(place for place, part in enumerate(parted.parts) if part in groups)


class Trial(Hiding):
    """What could be computed if some groups were shown beside those of a result, with nothing more hidden."""

    def __init__(
        self,
        framework: Framework,
        tables: Tables,
        atoms: Sequence[GroupTotals],
        min_group: int,
        hidden: Hidden = NOTHING,
        beside: Mapping[Group, tuple[int, Group]] | None = None,
    ) -> None:
        """hidden: of the result. beside: the groups that are none of the result's, each with whose part it is.

        That is the place of a group among those that have parts, and among all.
        """
        super().__init__(framework, tables, atoms, min_group)
        self._hidden = hidden
        self._beside = beside or {}
        self._found: dict[tuple[tuple[int, ...], frozenset[Group]], list[Atoms]] = {}

    def small(self, figures: Sequence[Figure]) -> frozenset[Group]:
        """The groups of which some of these figures rests on too few."""
        few = {group for group in self._all if self._size(self._people(NUMBERS), group) < self._min}
        return frozenset(few).union(*(self._own(figure, frozenset()) for figure in figures))

    def is_small(self, figure: Figure) -> bool:
        """Whether a figure rests on too few in a group beside the result's that would be made to show it."""
        return bool(self._own(figure, frozenset()) & self._beside.keys() - self._out(figure))

    def leaks(self, figure: Figure) -> list[Atoms]:
        """Sets of respondents of whom something about a figure could be computed."""
        out = self._out(figure)
        if OVERALL in out:
            return []
        key = (tuple(self._people(figure)), out)
        if key not in self._found:
            self._found[key] = leaks(self._tables, key[0], out, self._min)
        return self._found[key]

    def touched(self, leak: Atoms) -> set[int]:
        """The groups, by their place among those that have parts, of which some pool is in a leak."""
        return {place for new, (place, _) in self._beside.items() if self._tables.groups[new] & leak}

    def _out(self, figure: Figure) -> frozenset[Group]:
        """What is hidden: as in the result, whatever is made of the same respondents, and parts of what is hidden."""
        out = (self._hidden.figures or {}).get(figure, self._hidden.groups)
        alike = {self._tables.groups[group] for group in out}
        return out | {
            new for new, (_, whole) in self._beside.items() if whole in out or self._tables.groups[new] in alike
        }

    def _counted(self, figure: Figure) -> list[int]:
        return [atom.n for atom in self._atoms] if figure == NUMBERS else super()._counted(figure)
