"""Who answered: rates that add up, groups of which nobody did, and nobody whose number follows from the others'."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations, product
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from readiness.analysis.responding import Counted, Published, is_settled, responding, silent, unknowing
from readiness.analysis.ways import NOT_PUT
from readiness.responses.coding import ABSENT, DK, MISSING, NA
from readiness.responses.population import Population
from readiness.scoring.suppression import Tables, protect
from tests.analysis.answering import ways_of
from tests.scoring.linear import Known, Vector
from tests.scoring.profiles import tries

KEYS = ("unit", "role")
Cell = tuple[str | None, ...]


def population(cells: Mapping[Any, int], keys: tuple[str, ...] = KEYS) -> Population:
    margins: dict[str, dict[str | None, int]] = {key: {} for key in keys}
    for values, people in sorted(cells.items()):
        for key, value in zip(keys, values, strict=True):
            margins[key][value] = margins[key].get(value, 0) + people
    return Population(keys, dict(sorted(cells.items())), margins)


FIRM = population({("A", "boss"): 4, ("A", "staff"): 60, ("B", "boss"): 10, ("B", "staff"): 90})


def rates(found: Any) -> dict[tuple[str | None, ...], tuple[int | None, float | None]]:
    return {tuple(row.by.values()): (row.n, row.rate) for row in found.groups}


def test_a_rate_is_the_share_of_the_people_who_answered() -> None:
    found = responding(FIRM, Counted(KEYS, {("A", "staff"): 30, ("B", "boss"): 5, ("B", "staff"): 45}), 5)
    assert (found.population, found.rate) == (164, 80 / 164)
    assert rates(found) == {
        ("A",): (30, 30 / 64),
        ("B",): (50, 0.5),
        ("boss",): (5, 5 / 14),
        ("staff",): (75, 0.5),
    }  # and no crossing: whether the four bosses of A answered is their own affair
    assert found.silent == ()


def test_a_crossing_is_told_where_nothing_of_it_is_hidden() -> None:
    firm = population({("A", "boss"): 9, ("A", "staff"): 60, ("B", "boss"): 10, ("B", "staff"): 90})
    found = responding(firm, Counted(KEYS, {("A", "staff"): 30, ("B", "boss"): 5, ("B", "staff"): 45}), 5)
    assert rates(found)["A", "boss"] == (0, 0.0)
    assert rates(found)["B", "staff"] == (45, 0.5)
    assert found.silent == ({"unit": "A", "role": "boss"},)


def test_more_answers_than_people_are_a_rate_above_one() -> None:
    firm = population({("A", "boss"): 5, ("A", "staff"): 60, ("B", "boss"): 10, ("B", "staff"): 90})
    found = responding(firm, Counted(KEYS, {("A", "boss"): 6, ("A", "staff"): 20, ("B", "staff"): 45}), 5)
    assert rates(found)["A", "boss"] == (6, 1.2)


def test_a_group_in_a_silent_one_is_not_named_again() -> None:
    counted = Counted(KEYS, {("A", "staff"): 30, (None, "boss"): 7})
    assert list(silent(FIRM, counted)) == [{"unit": "B"}, {"unit": "A", "role": "boss"}]


def test_keys_that_nobody_recorded_have_no_rates() -> None:
    found = responding(FIRM, Counted(("unit",), {("A",): 30, ("B",): 45}), 5)
    assert list(rates(found)) == [("A",), ("B",)]
    assert found.silent == ()


def test_sizes_by_single_keys_give_rates_by_single_keys() -> None:
    margins = Population(KEYS, {}, {"unit": {"A": 64, "B": 100}, "role": {"boss": 14, "staff": 150}})
    found = responding(margins, Counted(KEYS, {("A", "staff"): 30, ("B", "staff"): 45}), 5)
    assert list(rates(found)) == [("A",), ("B",), ("boss",), ("staff",)]
    assert found.silent == ({"role": "boss"},)


def test_of_a_small_group_no_number_is_told_nor_one_that_gives_it_away() -> None:
    found = rates(responding(FIRM, Counted(KEYS, {("A", "staff"): 30, ("B", "boss"): 3, ("B", "staff"): 45}), 5))
    assert found["boss",] == (None, None)
    assert not [name for name in found if len(name) > 1]


def test_nobody_is_counted_where_the_result_shows_nobody() -> None:
    found = responding(FIRM, Counted(KEYS, {("A", "staff"): 3}), 5, whole=False)
    assert found.rate is None
    assert {n for n, _ in rates(found).values()} == {None}
    assert {"unit": "B"} in found.silent


def test_a_group_that_the_result_hides_is_not_counted_here() -> None:
    counted = Counted(KEYS, {("A", "staff"): 3, ("B", "staff"): 45, ("C", "staff"): 20})
    groups = [Published({"unit": "A"}, False), Published({"unit": "B"}, False), Published({"unit": "C"}, True)]
    found = rates(responding(FIRM, counted, 5, groups))
    assert found["B",] == (None, None)
    assert ("B", "staff") not in found


# -- the attacker ---------------------------------------------------------------------------------------------------

THREE = ("unit", "role", "country")
counts = st.dictionaries(
    st.tuples(
        st.sampled_from(["A", "B", "C", None]), st.sampled_from(["boss", "staff", None]), st.sampled_from(["FR", "DE"])
    ),
    st.integers(1, 9),
    min_size=1,
    max_size=14,
)
people = st.dictionaries(
    st.tuples(st.sampled_from(["A", "B", "C", "D"]), st.sampled_from(["boss", "staff"])), st.integers(1, 30), min_size=1
)
tables = st.lists(
    st.sampled_from([("unit",), ("role",), ("country",), ("unit", "role"), ("unit", "country")]),
    unique=True,
    max_size=3,
)


def grouped(counted: Counted, keys: Sequence[str]) -> dict[Cell, list[Cell]]:
    found: dict[Cell, list[Cell]] = {}
    for atom in counted.n:
        found.setdefault(tuple(atom[counted.keys.index(key)] for key in keys), []).append(atom)
    return found


def published(counted: Counted, by: Sequence[tuple[str, ...]], min_group: int) -> tuple[list[Published], bool]:
    """What a result shows of numbers of people: its groups, protected by themselves."""
    atoms = sorted(counted.n, key=str)
    names: list[dict[str, str | None]] = [{}]
    sets, numbers = [frozenset(range(len(atoms)))], [0]
    for number, keys in enumerate(by, start=1):
        for values, inside in grouped(counted, keys).items():
            names.append(dict(zip(keys, values, strict=True)))
            sets.append(frozenset(atoms.index(atom) for atom in inside))
            numbers.append(number)
    sizes = [counted.n[atom] for atom in atoms]
    small = {place for place, group in enumerate(sets) if sum(sizes[atom] for atom in group) < min_group}
    hidden = protect(Tables(sets, numbers, len(atoms)), sizes, small, min_group)
    groups = [Published(name, place not in hidden) for place, name in enumerate(names)]
    return groups[1:], groups[0].shown


def small_sets(counted: Counted, min_group: int) -> Iterator[tuple[Cell, ...]]:
    """Every set of cells with fewer people than may be told of."""
    for size in range(1, min_group):
        for chosen in combinations(counted.n, size):
            if sum(counted.n[atom] for atom in chosen) < min_group:
                yield chosen


@tries(150)
@given(counts, people, tables, st.integers(3, 5))
def test_nobody_follows_from_what_is_told(
    n: dict[Cell, int], sizes: dict[tuple[str, str], int], by: list[tuple[str, ...]], min_group: int
) -> None:
    counted = Counted(THREE, n)
    groups, whole = published(counted, by, min_group)
    found = responding(population(sizes), counted, min_group, groups, whole=whole)
    told: list[Vector] = [dict.fromkeys(counted.n, 1)] if found.rate is not None else []
    secret: list[Vector] = []
    hidden = [group.by for group in groups if not group.shown]
    for by_, is_told in [*((g.by, g.shown) for g in groups), *((row.by, row.n is not None) for row in found.groups)]:
        inside = grouped(counted, tuple(by_)).get(tuple(by_.values()), [])
        if is_told:
            told.append(dict.fromkeys(inside, 1))
        elif by_ in hidden or sum(counted.n[atom] for atom in inside) < min_group:
            secret.append(dict.fromkeys(inside, 1))
    known = Known(told)
    for group in filter(None, secret):
        assert not known.gives(group)
    for chosen in small_sets(counted, min_group):
        assert not known.gives(dict.fromkeys(chosen, 1))


@given(st.lists(st.tuples(st.integers(0, 6), st.integers(0, 3)), min_size=1, max_size=4))
def test_headcounts_settle_a_number_where_only_one_is_possible(groups: list[tuple[int, int]]) -> None:
    most = [n + more for n, more in groups]
    answered = sum(n for n, _ in groups)
    possible = [
        each for each in product(*(range(people + 1) for people in most)) if sum(each) == answered
    ]  # whatever may be, by headcounts
    settled = any(len({each[place] for each in possible}) == 1 for place in range(len(most)))
    assert is_settled(answered, most) == settled


@tries(150)
@given(counts, people, st.integers(3, 5))
def test_whether_the_people_of_a_small_group_answered_is_not_told(
    n: dict[Cell, int], sizes: dict[tuple[str, str], int], min_group: int
) -> None:
    found = responding(population(sizes), Counted(THREE, n), min_group)
    firm = population(sizes)
    for row in found.groups:
        assert row.n is None or row.population >= min_group
    assert all((firm.of(by) or 0) >= min_group for by in found.silent)
    crossed = [row for row in found.groups if len(row.by) > 1]
    assert all(row.n is not None for row in crossed) or found.rate is None


@tries(60)
@given(counts, people, st.integers(3, 5))
def test_what_is_told_is_right_whatever_the_order(
    n: dict[Cell, int], sizes: dict[tuple[str, str], int], min_group: int
) -> None:
    found = responding(population(sizes), Counted(THREE, n), min_group)
    backwards = responding(population(sizes), Counted(THREE, dict(reversed(n.items()))), min_group)
    assert found == backwards
    for row in found.groups:
        inside = [
            count
            for atom, count in n.items()
            if all(dict(zip(THREE, atom, strict=True))[key] == value for key, value in row.by.items())
        ]
        assert row.n in (None, sum(inside))
        assert row.rate == (None if row.n is None else row.n / row.population)
        assert row.n is None or row.n == 0 or row.n >= min_group


# -- don't know -----------------------------------------------------------------------------------------------------


def anything(role: str, indicator: str) -> bool:
    return True


def test_shares_are_of_the_cells_that_were_put() -> None:
    ways = ways_of([[0, DK], [DK, DK], [NA, 3], [MISSING, 2], [NOT_PUT, NOT_PUT], [1, ABSENT]])
    (found,) = unknowing({"staff": [ways]}, anything, 5)
    assert (found.role, found.asked) == ("staff", 9)
    assert (found.dk, found.na) == (3 / 9, 1 / 9)


def test_of_too_few_who_were_asked_nothing_is_said() -> None:
    ways = ways_of([[0, DK], [DK, DK], [NA, 3], [MISSING, 2], [NOT_PUT, NOT_PUT]])
    assert unknowing({"staff": [ways]}, anything, 5) == ()
    assert len(unknowing({"staff": [ways]}, anything, 4)) == 1


def test_only_what_may_be_shown_is_said() -> None:
    ways = ways_of([[0, DK]] * 6)
    found = unknowing({"staff": [ways], "boss": [ways]}, lambda role, _: role == "boss", 5)
    assert [row.role for row in found] == ["boss"]


@tries(40)
@given(st.lists(st.lists(st.sampled_from([0, 2, DK, NA, MISSING, NOT_PUT]), min_size=2, max_size=2), min_size=1))
def test_shares_are_what_counting_gives(rows: list[list[int]]) -> None:
    cells = [code for row in rows for code in row if code != NOT_PUT]
    found = unknowing({"staff": [ways_of(rows)]}, anything, 1)
    if not cells:
        assert found == ()
        return
    assert found[0].asked == len(cells)
    assert found[0].dk == pytest.approx(cells.count(DK) / len(cells))
    assert found[0].na == pytest.approx(cells.count(NA) / len(cells))
    assert np.isfinite(found[0].dk)
