"""Suppression: which figures of which groups may not be shown.

A figure resting on fewer than `min_group` people is hidden, and then whatever else is needed so that sums and
differences of what is shown, over all tables, give away no hidden cell and nothing about fewer than `min_group` people
(primary and secondary suppression, as statistical offices do it: Hundepool et al. 2012, *Statistical Disclosure
Control*, ch. 4).

Every published group is a sum of atoms (cells of the finest crossing). What can be computed is the linear span of the
published sums. We test membership in that span with one random solution of the homogeneous system modulo a large
prime: a sum of atoms lies in the span exactly if it vanishes on every solution, and on a random one with an error of
2^-61. The random numbers are seeded: the same tables always hide the same cells.
"""

from __future__ import annotations

import random
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import combinations, product

PRIME = (1 << 61) - 1
OVERALL = 0  # the group of everybody comes first

Group = int
Atom = int
Atoms = frozenset[Atom]


@dataclass(frozen=True)
class Tables:
    """The groups of a result as sets of atoms. `table` says which table a group stands in; group 0 is everybody.

    twins: groups of several tables that are made of the same atoms are hidden together, instead of each by itself.
    """

    groups: Sequence[frozenset[Atom]]
    table: Sequence[int]
    atoms: int
    twins: bool = False
    solutions: dict[tuple[tuple[Group, ...], frozenset[Atom]], list[int]] = field(default_factory=dict, compare=False)


def random_solution(tables: Tables, shown: Sequence[Group], known: frozenset[Atom]) -> list[int]:
    """Numbers for the atoms that add up to 0 over every shown group and are 0 on every known atom, else random.

    Most figures hide the same groups, so solutions are kept with the tables.
    """
    key = (tuple(shown), known)
    if key not in tables.solutions:
        tables.solutions[key] = _solved(tables, shown, known)
    return tables.solutions[key]


def _solved(tables: Tables, shown: Sequence[Group], known: frozenset[Atom]) -> list[int]:
    rng = random.Random(20100101)
    pivots: list[tuple[Atom, dict[Atom, int]]] = []
    at: dict[Atom, int] = {}
    for row in _equations(tables, shown, known):
        _eliminate(row, pivots, at)
    solution = [rng.randrange(1, PRIME) for _ in range(tables.atoms)]
    for pivot, row in reversed(pivots):
        solution[pivot] = -sum(factor * solution[atom] for atom, factor in row.items() if atom != pivot) % PRIME
    return solution


def _equations(tables: Tables, shown: Collection[Group], known: Collection[Atom]) -> Iterator[dict[Atom, int]]:
    yield from ({atom: 1} for atom in sorted(known))
    # Small rows first, which keeps the elimination sparse.
    for group in sorted(shown, key=lambda g: (len(tables.groups[g]), g)):
        yield dict.fromkeys(sorted(tables.groups[group]), 1)


def _eliminate(row: dict[Atom, int], pivots: list[tuple[Atom, dict[Atom, int]]], at: dict[Atom, int]) -> None:
    """Reduce a row by the pivots there are; what is left becomes a pivot of its own, scaled to 1."""
    while hits := [at[atom] for atom in row if atom in at]:
        pivot, other = pivots[min(hits)]
        factor = row[pivot]
        for atom, value in other.items():
            left = (row.get(atom, 0) - factor * value) % PRIME
            if left:
                row[atom] = left
            else:
                row.pop(atom, None)
    if row:
        pivot = min(row)
        inverse = pow(row[pivot], PRIME - 2, PRIME)
        at[pivot] = len(pivots)
        pivots.append((pivot, {atom: value * inverse % PRIME for atom, value in row.items()}))


def protect(
    tables: Tables, people: Sequence[int], hidden: Collection[Group], min_group: int, locked: Collection[Group] = ()
) -> set[Group]:
    """The groups to hide for one figure: those in `hidden`, and what else would give them away.

    people: how many people the figure rests on in each atom. locked: groups that must not be hidden in addition,
    because nothing stands there.
    """
    out = _with_twins(tables, set(hidden))
    locked = _with_twins(tables, set(locked))
    several = len(set(tables.table)) > 2  # everybody, and more than one table: their difference may be a single person
    while OVERALL not in out and (out or several):
        shown = [g for g in range(len(tables.groups)) if g not in out]
        found = _leaks(tables, people, out, shown, min_group)
        if not found:
            break
        out |= _with_twins(tables, _closing_groups(tables, people, shown, found, locked))
    return set(range(len(tables.groups))) if OVERALL in out else out


def leaks(tables: Tables, people: Sequence[int], hidden: Collection[Group], min_group: int) -> list[Atoms]:
    """Sets of atoms about which something can be computed where these groups are all that is hidden."""
    shown = [g for g in range(len(tables.groups)) if g not in hidden]
    return _leaks(tables, people, hidden, shown, min_group)


def _with_twins(tables: Tables, groups: set[Group]) -> set[Group]:
    if not tables.twins:
        return groups
    alike = {tables.groups[group] for group in groups}
    return {group for group, atoms in enumerate(tables.groups) if atoms in alike}


def _leaks(
    tables: Tables, people: Sequence[int], hidden: Collection[Group], shown: Sequence[Group], min_group: int
) -> list[Atoms]:
    """Sets of atoms about which something can be computed: hidden cells, or too few people."""
    solution = random_solution(tables, shown, frozenset())
    computed = [tables.groups[g] for g in sorted(hidden) if sum(solution[a] for a in tables.groups[g]) % PRIME == 0]
    computed += _small_leaks(tables, people, hidden, shown, min_group)
    return list(dict.fromkeys(computed))


def _small_leaks(
    tables: Tables, people: Sequence[int], hidden: Collection[Group], shown: Sequence[Group], min_group: int
) -> Iterator[Atoms]:
    """Sets of fewer than `min_group` people of which some sum or difference can be computed.

    Cells are the hidden groups, and the atoms, which no table shows but two tables' difference might. Those with
    nobody in them are taken as known to the attacker, which errs on the safe side. Searched are all sums and
    differences of up to four cells, and of any number of cells what a shown group leaves over in a finer table.
    """
    published = {tables.groups[g] for g in shown}
    cells = {tables.groups[g] for g in hidden} | {frozenset([a]) for a in range(tables.atoms)} - published
    known = frozenset(a for cell in cells if not any(people[a] for a in cell) for a in cell)
    solution = random_solution(tables, shown, known)
    rng = random.Random(1)
    free = [0 if atom in known else rng.randrange(1, PRIME) for atom in range(tables.atoms)]
    small = [
        Cell(atoms, count, (sum(solution[a] for a in atoms) % PRIME, sum(free[a] for a in atoms) % PRIME))
        for atoms in sorted(cells, key=sorted)
        if 0 < (count := sum(people[a] for a in atoms)) < min_group
    ]
    for found in _vanishing(small, min_group):
        yield frozenset().union(*found)
    for left in [*_remainders(tables, hidden, shown), *_left_over(tables, shown)]:
        if 0 < sum(people[a] for a in left) < min_group:
            yield left


def _closing_groups(
    tables: Tables, people: Sequence[int], shown: Sequence[Group], leaks: Sequence[Atoms], locked: Collection[Group]
) -> set[Group]:
    """For each leak one more group to hide, unless one hidden for another leak may close it as well."""
    candidates = [g for g in shown if g != OVERALL and g not in locked]
    size = {g: sum(people[a] for a in tables.groups[g]) for g in candidates}
    out: set[Group] = set()
    for leak in leaks:
        around = sorted((g for g in shown if tables.groups[g] & leak), key=lambda g: (len(tables.groups[g]), g))
        # The smallest group beside the leak, within the smallest shown group that holds part of both.
        beside = next((inside for outer in around if (inside := _beside(tables, candidates, outer, leak))), None)
        options = beside or [g for g in candidates if tables.groups[g] & leak] or candidates
        if not options:
            return {OVERALL}
        if not out & set(options):
            out.add(min(options, key=lambda g: (size[g], g)))
    return out


def _beside(tables: Tables, candidates: Sequence[Group], outer: Group, leak: Atoms) -> list[Group]:
    whole = tables.groups[outer]
    return [g for g in candidates if tables.groups[g] < whole and not tables.groups[g] & leak]


def _left_over(tables: Tables, shown: Sequence[Group]) -> Iterator[Atoms]:
    """What the shown groups of a table leave of a shown group of another that holds them."""
    for outer in shown:
        left: dict[int, Atoms] = {}
        for g in shown:
            if tables.table[g] != tables.table[outer] and tables.groups[g] < tables.groups[outer]:
                left[tables.table[g]] = left.get(tables.table[g], tables.groups[outer]) - tables.groups[g]
        yield from left.values()


def _remainders(tables: Tables, hidden: Collection[Group], shown: Sequence[Group]) -> Iterator[Atoms]:
    """What is hidden of a table inside a shown group that the table divides."""
    by_table: dict[int, list[Group]] = {}
    for g in sorted(hidden):
        by_table.setdefault(tables.table[g], []).append(g)
    for cells in by_table.values():
        for g in shown:
            touching = [tables.groups[cell] for cell in cells if tables.groups[cell] & tables.groups[g]]
            if touching and all(cell <= tables.groups[g] for cell in touching):
                yield frozenset().union(*touching)


MOST_PAIRED = 1500  # beyond as many small cells, only single ones and pairs are searched


@dataclass(frozen=True)
class Cell:
    """A cell that is not shown: how many people, and its sums in the random solution and under random numbers alone."""

    atoms: Atoms
    people: int
    vector: tuple[int, int]


def _vanishing(cells: Sequence[Cell], min_group: int) -> Iterator[tuple[Atoms, ...]]:
    """Up to four cells of fewer than `min_group` people together whose sum, or some difference, can be computed.

    It vanishes in the solution without vanishing under random numbers, where only identities do, such as a unit being
    the sum of its own roles.
    """
    yield from ((cell.atoms,) for cell in cells if cell.vector[0] == 0)
    small = [cell for cell in cells if cell.people <= min_group - 2 and cell.vector[0]]
    singles: dict[int, list[Combination]] = {}
    for cell in small:
        one = Combination((cell.atoms,), cell.people, cell.vector)
        singles.setdefault(_unsigned(one), []).append(one)
    yield from _closing(singles, {}, min_group)
    if len(small) > MOST_PAIRED:
        return
    pairs: dict[int, list[Combination]] = {}
    for pair in _meeting_pairs(small, min_group):
        pairs.setdefault(_unsigned(pair), []).append(pair)
    yield from _closing(pairs, singles, min_group)


def _meeting_pairs(small: Sequence[Cell], min_group: int) -> Iterator[Combination]:
    """Sums and differences of two cells whose value is met by a cell's or by another pair's, up to its sign.

    No other closes anything. Of a few hundred cells there are tens of thousands of pairs, of which hardly any meets
    one, so they are looked through as arrays.
    """
    import numpy as np

    if len(small) < 2:
        return
    people = np.array([cell.people for cell in small])
    values = np.array([cell.vector[0] for cell in small], dtype=np.int64)  # below 2^61, so that sums fit
    first, second = np.triu_indices(len(small), 1)
    few = people[first] + people[second] < min_group - 1  # a third cell has at least one person
    first, second = first[few], second[few]
    signed = np.stack([values[first] + values[second], values[first] - values[second]], axis=1) % PRIME
    unsigned = np.minimum(signed, PRIME - signed)
    found, counts = np.unique(unsigned, return_counts=True)
    single = np.minimum(values, PRIME - values)
    meeting = np.isin(unsigned, np.concatenate([found[counts > 1], single])) & (signed != 0)
    for place, sign in zip(*np.nonzero(meeting), strict=True):
        one, other = small[first[place]], small[second[place]]
        vector = _signed(one.vector, other.vector, -1 if sign else 1)
        yield Combination((one.atoms, other.atoms), one.people + other.people, vector)


def _closing(
    found: dict[int, list[Combination]], others: dict[int, list[Combination]], min_group: int
) -> Iterator[tuple[Atoms, ...]]:
    """Combinations of one value up to its sign, which added or subtracted vanish."""
    for value, alike in found.items():
        for one, other in [*combinations(alike, 2), *product(alike, others.get(value, ()))]:
            if one.closes(other, min_group):
                yield (*one.cells, *other.cells)


def _unsigned(combination: Combination) -> int:
    value = combination.vector[0]
    return min(value, PRIME - value)


def _signed(a: tuple[int, int], b: tuple[int, int], sign: int) -> tuple[int, int]:
    return (a[0] + sign * b[0]) % PRIME, (a[1] + sign * b[1]) % PRIME


@dataclass(frozen=True)
class Combination:
    """A sum or difference of cells."""

    cells: tuple[Atoms, ...]
    people: int
    vector: tuple[int, int]

    def closes(self, other: Combination, min_group: int) -> bool:
        """Whether the two, added or subtracted, can be computed though they are no identity and rest on too few."""
        if self.people + other.people >= min_group or set(self.cells) & set(other.cells):
            return False
        added, apart = _signed(self.vector, other.vector, 1), _signed(self.vector, other.vector, -1)
        return any(vector[0] == 0 and vector[1] != 0 for vector in (added, apart))
