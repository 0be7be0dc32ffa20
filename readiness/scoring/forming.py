"""Forming: totals into the groups of every table, each perhaps in parts that are balanced, and what must be hidden."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from readiness.responses.population import Population
from readiness.scoring.balance import BalancedTotals, hidden_with_parts
from readiness.scoring.hiding import Hidden, Hiding
from readiness.scoring.pooling import Parted, Pooling, Together
from readiness.scoring.stratifying import Cell, StratifiedTotals, cells_of
from readiness.scoring.suppression import Tables
from readiness.scoring.totals import GroupTotals, Key, Totals, ordered

if TYPE_CHECKING:
    from readiness.framework.models import Framework

Table = tuple[str, ...]  # the keys a table is crossed by
Balance = str | Population  # the context key of whose values each has the same say, or sizes that say what each has


@dataclass(frozen=True)
class Formed:
    """A group of a table before it is evaluated.

    parts: the atoms of each of its roles or cells, where those are balanced.
    """

    by: dict[str, str | None]
    totals: GroupTotals
    atoms: tuple[Key, ...]
    table: int
    parts: tuple[tuple[Key, ...], ...] = ()


def keys_of(by: Sequence[Table], balance: Balance | None) -> tuple[str, ...]:
    """Every key that respondents have to be told apart by."""
    return tuple(dict.fromkeys([*(key for table in by for key in table), *_parting(balance)]))


def _parting(balance: Balance | None) -> tuple[str, ...]:
    """The keys that part a group into what is balanced."""
    if balance is None:
        return ()
    return balance.keys if isinstance(balance, Population) else (balance,)


def having_a_say(totals: Totals, balance: Balance | None) -> Totals:
    """The totals of those who have a say: whoever's role is known, or whose cell the population names."""
    if balance is None:
        return totals
    parts = totals.table(_parting(balance))
    known = balance.people if isinstance(balance, Population) else [part for part in parts if part != (None,)]
    atoms = [atom for part in known for atom in parts.get(part, ())]
    return Totals(totals.keys, {atom: totals.atoms[atom] for atom in atoms})


def groups_of(totals: Totals, by: Sequence[Table], balance: Balance | None) -> list[Formed]:
    """Everybody first, then every table's groups in their order."""
    formed = [Formed({}, totals.overall, tuple(totals.atoms), 0)]
    for place, keys in enumerate(by, start=1):
        for values, atoms in totals.table(keys).items():
            by_keys = dict(zip(keys, values, strict=True))
            formed.append(Formed(by_keys, totals.group(atoms), tuple(atoms), place))
    if balance is None:
        return formed
    cells = cells_of(totals, balance) if isinstance(balance, Population) else {}
    return [_parted(totals, group, _parting(balance), cells) for group in formed]


def _parted(totals: Totals, group: Formed, keys: Table, cells: Mapping[Key, Cell]) -> Formed:
    """A group made of its roles, or of its cells of the population."""
    places = [totals.keys.index(key) for key in keys]
    inside: dict[Key, list[Key]] = {}
    for atom in group.atoms:
        inside.setdefault(tuple(atom[place] for place in places), []).append(atom)
    names = ordered(list(inside))
    parts = tuple(tuple(inside[name]) for name in names)
    sums = tuple(totals.group(part) for part in parts)
    balanced = (
        StratifiedTotals(group.totals.sums, sums, tuple(cells[name] for name in names))
        if cells
        else BalancedTotals(group.totals.sums, sums)
    )
    return replace(group, totals=balanced, parts=parts)


def hidden_among(
    framework: Framework, totals: Totals, groups: list[Formed], balance: Balance | None
) -> tuple[Hidden, list[Formed]]:
    """What must be hidden; and the groups, which now know which of their cells may not count by themselves."""
    stratified = isinstance(balance, Population)
    names = {atom: place for place, atom in enumerate(totals.atoms)}
    cells = [group.atoms for group in groups]
    tables = [group.table for group in groups]
    inside: dict[int, list[int]] = {}
    for place, group in enumerate(groups):
        for part in group.parts:
            inside.setdefault(place, []).append(len(cells))
            cells.append(part)
            tables.append(len(groups) + group.table)  # the roles of a table's groups are a table of their own
    sets = [frozenset(names[atom] for atom in cell) for cell in cells]
    # A cell of the population is the same in every table, and may itself be a group of one.
    whole = Tables(sets, tables, len(names), twins=stratified)
    atoms = [totals.group([atom]) for atom in totals.atoms]
    hidden = Hiding(framework, whole, atoms, framework.defaults.min_group).hidden()
    if isinstance(balance, Population):
        pooling = Pooling(framework, whole, atoms, framework.defaults.min_group, hidden, len(groups))
        return hidden, _pooled(pooling, groups, inside, totals.keys.index(_coarsest(balance)))
    return hidden_with_parts(hidden, inside) if inside else hidden, groups


def _coarsest(population: Population) -> str:
    """The key of the population with the fewest values, the first of several."""
    return min(population.keys, key=lambda key: len(population.margins[key]))


def _pooled(pooling: Pooling, groups: list[Formed], inside: Mapping[int, Sequence[int]], key: int) -> list[Formed]:
    """The groups with what counts together in them. inside: their parts' places. key: an atom's value to pool by."""
    parted = [
        Parted(
            place,
            tuple(inside.get(place, ())),
            tuple(part[0][key] for part in group.parts),
            tuple(cell.rate for cell in group.totals.cells),
        )
        for place, group in enumerate(groups)
        if isinstance(group.totals, StratifiedTotals)
    ]
    found = {group.group: together for group, together in zip(parted, pooling.together(parted), strict=True)}
    return [_told(group, found.get(place, {})) for place, group in enumerate(groups)]


def _told(group: Formed, together: Together) -> Formed:
    if not isinstance(group.totals, StratifiedTotals):  # where nobody of the population has answered
        return group
    return replace(group, totals=replace(group.totals, together=together))
