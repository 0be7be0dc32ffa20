"""Pooling: which of a group's cells count together, because they may not be shown by themselves.

Whatever any indicator hides counts together in every figure of the group, so that readiness is made of parts that weigh
alike. Put together as one cell it would lose all balance. So cells are put together with those of which about as many
have answered for each of their people: among cells of one rate nothing is lost, since their respondents weigh the same
(Little 1986). Each pool is as small as it may be to be shown by itself, beside all else that is.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations
from typing import TYPE_CHECKING

from readiness.scoring.hiding import Figure, Hidden
from readiness.scoring.plan import indicator_column, readiness_column, scenario_column
from readiness.scoring.stratifying import PEOPLE, Places
from readiness.scoring.suppression import Atoms, Group, Tables
from readiness.scoring.trial import NUMBERS, Trial

if TYPE_CHECKING:
    from readiness.framework.models import Framework
    from readiness.scoring.totals import GroupTotals

COLUMNS = {"indicator": indicator_column, "dimension": readiness_column, "prevalence": scenario_column}

MOST = 12  # how many pools are tried at first, and some more where there are many kinds

Pools = tuple[Places, ...]
Together = Mapping[str, Pools]


@dataclass(frozen=True)
class Parted:
    """A group that is made of parts. group, parts: their places among all groups.

    kinds: the value of each part of the key that is pooled by. rates: how many answered, of each.
    """

    group: Group
    parts: tuple[Group, ...]
    kinds: tuple[str | None, ...]
    rates: tuple[Fraction, ...]


class Pooling:
    """The work of pooling, for one result."""

    def __init__(
        self,
        framework: Framework,
        tables: Tables,
        atoms: Sequence[GroupTotals],
        min_group: int,
        hidden: Hidden,
        real: int,
    ) -> None:
        """tables: the groups, which are the first `real`, and then their parts. atoms: the sums of each atom.

        hidden: which of both may not be shown.
        """
        self._real = real
        self._framework = framework
        self._tables = tables
        self._atoms = atoms
        self._min = min_group
        self._hidden = hidden
        self._plain = Trial(framework, tables, atoms, min_group, hidden)

    def together(self, parted: Sequence[Parted]) -> list[Together]:
        """Of each group, by a figure's column, the parts that count as one, once or several times."""
        small = [self._small(group) for group in parted]
        pools = [self._pools(group, few) for group, few in zip(parted, small, strict=True)]
        pools = self._safe(parted, pools)
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
        """The small parts of each kind in the order of their rates, a pool ending where it could be shown."""
        least = self._people(parted, small) / MOST
        pools: list[Places] = []
        left: Places = frozenset()
        for kind in dict.fromkeys(parted.kinds):
            inside = sorted((p for p in small if parted.kinds[p] == kind), key=lambda p: (parted.rates[p], p))
            made, rest = self._ended(parted, inside, least)
            pools += made
            left |= rest
        if left and not self._could_count(parted, left):
            pools[-1:] = [left.union(*pools[-1:])]
        elif left:
            pools.append(left)
        return tuple(pools)

    def _ended(self, parted: Parted, places: Sequence[int], least: float) -> tuple[list[Places], Places]:
        """Pools of neighbours that could be shown, and what is left where not even all of them could."""
        pools: list[Places] = []
        pool: Places = frozenset()
        for place in places:
            pool |= {place}
            if self._people(parted, pool) >= least and self._could_count(parted, pool):
                pools.append(pool)
                pool = frozenset()
        if pool and pools:
            return [*pools[:-1], pools[-1] | pool], frozenset()
        if pool and self._could_count(parted, pool):
            return [pool], frozenset()
        return pools, pool

    def _could_count(self, parted: Parted, pool: Places) -> bool:
        """Whether a pool is none of the parts that may not, and has enough people in every figure that counts by it."""
        figures = [figure for figure in self._shown_in(parted.group) if figure[0] != "prevalence"]
        return len(pool) > 1 and self._plain.could_show(self._of(parted, pool), figures)

    def _people(self, parted: Parted, places: Iterable[int]) -> int:
        return sum(self._atoms[atom].n for atom in self._of(parted, places))

    def _of(self, parted: Parted, places: Iterable[int]) -> Atoms:
        return frozenset().union(*(self._tables.groups[parted.parts[place]] for place in places))

    def _shown_in(self, group: Group) -> list[Figure]:
        return [figure for figure, where in self._figures.items() if group not in where]

    def _safe(self, parted: Sequence[Parted], pools: Sequence[Pools]) -> list[Pools]:
        """The pools, in every group put together one by one until nothing can be computed: of one, nothing can."""
        pools = list(pools)
        while any(len(inside) > 1 for inside in pools):
            trial = self._trial(parted, pools)
            if not any(trial.leaks(figure) for figure in self._people_and_figures):
                break
            for _ in range(1 + max(len(inside) for inside in pools) // MOST):
                pools = [self._fewer(group, inside) for group, inside in zip(parted, pools, strict=True)]
        return pools

    def _fewer(self, parted: Parted, pools: Pools) -> Pools:
        """One pool less: two of one kind, or else any two, are put together at the least cost in balance.

        The cost is what spread of the respondents' weights is lost (the criterion of Ward 1963).
        """
        if len(pools) < 2:
            return pools
        pairs = [(one, other) for one, other in combinations(pools, 2)]
        alike = [pair for pair in pairs if len({parted.kinds[place] for place in pair[0] | pair[1]}) == 1]
        one, other = min(alike or pairs, key=lambda pair: self._cost(parted, *pair))
        return tuple(one | other if pool is one else pool for pool in pools if pool is not other)

    def _cost(self, parted: Parted, one: Places, other: Places) -> Fraction:
        (n, people), (m, others) = self._size(parted, one), self._size(parted, other)
        if not n or not m:
            return Fraction(0)
        return Fraction(n * m, n + m) * (Fraction(people, n) - Fraction(others, m)) ** 2

    def _size(self, parted: Parted, pool: Places) -> tuple[int, int]:
        """How many respondents there are of a pool, and about how many people they stand for."""
        there = [(self._people(parted, [place]), parted.rates[place]) for place in sorted(pool)]
        return sum(n for n, _ in there), round(sum(n / rate for n, rate in there if n))

    @property
    def _people_and_figures(self) -> list[Figure]:
        return [NUMBERS, *(figure for figure in self._figures if figure[0] != "prevalence")]

    def _trial(self, parted: Sequence[Parted], pools: Sequence[Pools]) -> Trial:
        """The result's own groups, and beside each of their tables one of their pools and of the parts alone."""
        groups, tables = list(self._tables.groups[: self._real]), list(self._tables.table[: self._real])
        beside: dict[Group, Group] = {}
        single: set[Group] = set()
        for group, inside in zip(parted, pools, strict=True):
            alone = [frozenset([p]) for p in sorted(set(range(len(group.parts))).difference(*inside))]
            made = [self._of(group, places) for places in (*inside, *alone)]
            beside |= dict.fromkeys(range(len(groups), len(groups) + len(made)), group.group)
            single |= set(range(len(groups) + len(inside), len(groups) + len(made)))
            groups += made
            tables += [self._real + self._tables.table[group.group]] * len(made)
        whole = Tables(groups, tables, len(self._atoms))
        out = {NUMBERS: self._hidden.groups, **self._figures}
        sets = {figure: {self._tables.groups[group] for group in where} for figure, where in out.items()}
        hidden = {
            figure: frozenset(g for g in where if g < self._real)
            | {g for g, owner in beside.items() if owner in where or (g in single and groups[g] in sets[figure])}
            for figure, where in out.items()
        }
        return Trial(self._framework, whole, self._atoms, self._min, Hidden(hidden[NUMBERS], hidden))

    def _apart(self, parted: Sequence[Parted], pools: Sequence[Pools]) -> frozenset[Figure]:
        """The prevalences that may be made of several pools as well."""
        if all(len(inside) < 2 for inside in pools):
            return frozenset()
        trial = self._trial(parted, pools)
        return frozenset(
            f
            for f in self._figures
            if f[0] == "prevalence" and not trial.is_small(f, self._real) and not trial.leaks(f)
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
