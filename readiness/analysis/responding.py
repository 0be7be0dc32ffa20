"""Responding: how many of those who could have answered did, and who of those who answered could not say.

Numbers of people are protected as the result's groups are (`scoring.suppression`): rates add tables to those of the
result, and sums and differences over all of them must give away no hidden group and no number below the threshold.
Rates come with headcounts, and who knows how many there are knows how many can have answered at most. So nothing is
told of whether the few people of a small group answered; a crossing of which anything is hidden is not told at all; and
a table whose hidden numbers headcounts alone would settle is withheld.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from readiness.analysis.ways import NOT_PUT
from readiness.responses.coding import ABSENT, DK, NA
from readiness.responses.population import Population, Values, in_order
from readiness.scoring.findings import Answering, By, Responding, Unknowing
from readiness.scoring.suppression import OVERALL, Tables, protect

if TYPE_CHECKING:
    from readiness.analysis.cells import Cells
    from readiness.analysis.ways import Ways
    from readiness.scoring.forming import Balance

Table = tuple[str, ...]


@dataclass(frozen=True)
class Counted:
    """How many answered, by the crossing of some keys: the population's, and others that results are asked by."""

    keys: tuple[str, ...]
    n: Mapping[Values, int]

    @property
    def total(self) -> int:
        """Everybody who answered."""
        return sum(self.n.values())

    def table(self, keys: Sequence[str]) -> dict[Values, int]:
        """How many answered of each group that some keys form, in code-point order."""
        places = [self.keys.index(key) for key in keys]
        groups: dict[Values, int] = {}
        for values, n in self.n.items():
            group = tuple(values[place] for place in places)
            groups[group] = groups.get(group, 0) + n
        return in_order(groups)

    def only(self, known: Callable[[Mapping[str, str | None]], bool]) -> Counted:
        """Those of whom something holds, such as that they have a say where roles are balanced."""
        kept = {values: n for values, n in self.n.items() if known(dict(zip(self.keys, values, strict=True)))}
        return Counted(self.keys, kept)


def counted_in(cells: Cells) -> Counted:
    """How many answered, of everybody whom the analysis has seen."""
    return Counted(cells.keys, dict(zip(cells.values, map(int, cells.rows), strict=True)))


def having_a_say(counted: Counted, balance: Balance | None) -> Counted:
    """Those whom a result's groups are made of where it is balanced: whoever's role, or cell, is known."""
    if balance is None:
        return counted
    if isinstance(balance, Population):
        return counted.only(lambda by: tuple(by[key] for key in balance.keys) in balance.people)
    return counted.only(lambda by: by[balance] is not None)


@dataclass(frozen=True)
class Published:
    """A group of the result: whether it is shown, and so how many answered of it."""

    by: By
    shown: bool


def responding(
    population: Population,
    counted: Counted,
    min_group: int,
    groups: Sequence[Published] = (),
    *,
    whole: bool = True,
    unknowing: tuple[Unknowing, ...] = (),
) -> Responding:
    """Response rates by each key of the population and by their crossing, and groups of which nobody answered.

    counted: the respondents whom the result's groups are made of. groups: those of the result, so that no rate gives
    away how many answered of a hidden one. whole: whether the result shows everybody.
    """
    whole = whole and counted.total >= min_group
    recorded = [keys for keys in population.tables if set(keys) <= set(counted.keys)]
    told = _told(recorded, counted, min_group, groups)
    rows = tuple(
        _answering(dict(zip(keys, values, strict=True)), people, n if whole else None)
        for keys in recorded
        for values, (people, n) in _beside_headcounts(population.table(keys) or {}, keys, told, counted, min_group)
    )
    return Responding(
        population=population.total,
        rate=counted.total / population.total if whole else None,
        crossed=population.is_crossed,
        groups=rows,
        silent=tuple(by for by in silent(population, counted) if (population.of(by) or 0) >= min_group),
        unknowing=unknowing,
    )


def _answering(by: dict[str, str | None], people: int, n: int | None) -> Answering:
    """One row. The rate is above 1 where more answered than the population says there are."""
    return Answering(by=by, population=people, n=n, rate=None if n is None else n / people)


def silent(population: Population, counted: Counted) -> Iterator[dict[str, str | None]]:
    """The groups of which nobody answered; none that lies in one that was named already."""
    named: list[dict[str, str | None]] = []
    for keys in population.tables:
        if not set(keys) <= set(counted.keys):
            continue
        answered = counted.table(keys)
        for values in population.table(keys) or {}:
            by = dict(zip(keys, values, strict=True))
            if not answered.get(values) and not any(other.items() <= by.items() for other in named):
                named.append(by)
    yield from named


# -- protection ---------------------------------------------------------------------------------------------------

Row = tuple[Values, tuple[int, int | None]]  # a group, its headcount, and how many answered of it where that is told


def _beside_headcounts(
    sizes: Mapping[Values, int],
    keys: Table,
    told: Mapping[tuple[Table, Values], int | None],
    counted: Counted,
    min_group: int,
) -> Sequence[Row]:
    """The rows of a table of rates, as far as they may stand beside how many people there are."""
    rows = [
        (values, (people, None if people < min_group else told.get((keys, values), 0)))
        for values, people in sizes.items()
    ]
    hidden = {values: sizes[values] for values, (_, n) in rows if n is None}
    if hidden and len(keys) > 1:
        return []
    strangers = {values for values in counted.table(keys) if values not in sizes}
    left = counted.total - sum(n or 0 for _, (_, n) in rows)
    if hidden and not strangers and is_settled(left, list(hidden.values())):
        return [(values, (people, None)) for values, (people, _) in rows]
    return rows


def is_settled(answered: int, most: Sequence[int]) -> bool:
    """Whether headcounts alone say how many of some group answered, where together `answered` did.

    most: the headcounts of the groups, each of which is at least the number of its people who answered.
    """
    room = sum(most) - answered  # how many did not answer
    return any(max(0, answered - (sum(most) - people)) == min(people, answered) for people in most) or room < 0


def _told(
    tables: Sequence[Table], counted: Counted, min_group: int, groups: Sequence[Published]
) -> dict[tuple[Table, Values], int | None]:
    """How many answered of every group of some tables; None where that may not be told.

    A table beside which the result's own could not be kept is withheld as a whole, the crossing before single keys.
    """
    kept: list[Table] = []
    told: dict[tuple[Table, Values], int | None] = {}
    for keys in tables:
        told |= {(keys, values): None for values in counted.table(keys)}
        found = _told_beside(groups, [*kept, keys], counted, min_group)
        if found is not None:
            kept.append(keys)
            told |= found
    return told


def _told_beside(
    groups: Sequence[Published], tables: Sequence[Table], counted: Counted, min_group: int
) -> dict[tuple[Table, Values], int | None] | None:
    """What may be told of some tables beside the result's; None where nothing would be left of either."""
    forming = _Forming(counted, min_group)
    for group in groups:
        forming.add(tuple(group.by), tuple(group.by.values()), shown=group.shown)
    rows = {(keys, values): n for keys in tables for values, n in counted.table(keys).items()}
    places = {row: forming.add(*row) for row in rows}
    hidden = forming.hidden()
    return None if OVERALL in hidden else {row: None if places[row] in hidden else n for row, n in rows.items()}


class _Forming:
    """The groups of all tables as sets of atoms, everybody first."""

    def __init__(self, counted: Counted, min_group: int) -> None:
        self._counted = counted
        self._min = min_group
        self._atoms = [values for values, n in in_order(counted.n).items() if n]
        self._people = [counted.n[values] for values in self._atoms]
        self._groups = [frozenset(range(len(self._atoms)))]
        self._tables = [OVERALL]
        self._numbers: dict[tuple[Table, bool], int] = {}
        self._hidden: set[int] = set()
        self._locked: set[int] = set()

    def add(self, keys: Table, values: Values, shown: bool | None = None) -> int:
        """A group's place. shown: whether the result shows it, if it is one of the result's."""
        at = [self._counted.keys.index(key) for key in keys]
        inside = frozenset(p for p, atom in enumerate(self._atoms) if tuple(atom[k] for k in at) == values)
        place = len(self._groups)
        self._groups.append(inside)
        self._tables.append(self._numbers.setdefault((keys, shown is None), len(self._numbers) + 1))
        people = sum(self._people[atom] for atom in inside)
        if shown is False or (shown is None and 0 < people < self._min):
            self._hidden.add(place)
        if shown or not people or len(inside) == len(self._atoms):
            self._locked.add(place)
        return place

    def hidden(self) -> set[int]:
        """The groups of which may not be told how many answered."""
        tables = Tables(self._groups, self._tables, len(self._atoms), twins=True)
        return protect(tables, self._people, self._hidden, self._min, self._locked)


# -- don't know, not applicable -----------------------------------------------------------------------------------


def unknowing(
    roles: Mapping[str, Sequence[Ways]], may_show: Callable[[str, str], bool], min_group: int
) -> tuple[Unknowing, ...]:
    """How often each role said *don't know* or *not applicable* to an indicator's items, among those it was put.

    roles: by role, how its people answered each indicator. may_show: whether figures of a role and an indicator may be
    shown at all.
    """
    found: list[Unknowing] = []
    for role in sorted(roles):
        for ways in roles[role]:
            if may_show(role, ways.indicator.id):
                found += _shares(role, ways, min_group)
    return tuple(found)


def _shares(role: str, ways: Ways, min_group: int) -> Iterator[Unknowing]:
    put = (ways.codes != NOT_PUT) & (ways.codes != ABSENT)
    if int(ways.people[put.any(axis=1)].sum()) < min_group:
        return
    cells = [put, ways.codes == DK, ways.codes == NA]
    asked, dk, na = (int((ways.people[:, np.newaxis] * where).sum()) for where in cells)
    yield Unknowing(role=role, indicator=ways.indicator.id, asked=asked, dk=dk / asked, na=na / asked)
