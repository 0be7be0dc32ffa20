"""Units: an error made of units keeps none apart that could then be told, with what the tables show."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from readiness.analysis.units import Units
from readiness.scoring.result import Estimate, Group, SubGroup
from tests.analysis.surveyed import analysed, seen
from tests.scoring.building import framework, items
from tests.scoring.linear import Known
from tests.scoring.profiles import tries

FRAMEWORK = framework(
    x=f"{{desired: high, items: {items(A='scale: five')}}}",
    y=f"{{desired: low, items: {items(B='scale: five')}}}",
)
ROLES = ("employee", "manager")
TABLES: list[list[tuple[str, ...]]] = [
    [],
    [("role",)],
    [("unit",)],
    [("unit", "role")],
    [("role",), ("unit", "role")],
    [("unit",), ("role",), ("unit", "role")],
]
Rows = list[dict[str, Any]]


def people(sizes: Mapping[tuple[str, str | None], int], silent: Mapping[str, str] | None = None) -> Rows:
    """Respondents of these units and roles; whoever is silent about an item in a unit leaves it open."""
    rng = random.Random(5)
    rows = []
    for (unit, role), size in sizes.items():
        for place in range(size):
            row = {"respondent": f"{unit}{role}{place}", "unit": unit, "role": role}
            rows.append(row | {item: rng.randint(1, 5) for item in "AB" if (silent or {}).get(unit) != item})
    return rows


@st.composite
def surveys(draw: st.DrawFn) -> Rows:
    """Some ten units, most of them large enough to be shown, a few of them small or silent."""
    sizes: dict[tuple[str, str | None], int] = {}
    few = draw(st.lists(st.integers(0, 11), max_size=6, unique=True))
    for unit in range(draw(st.integers(10, 13))):
        for role in ROLES:
            sizes[f"u{unit:02}", role] = draw(st.sampled_from((1, 2, 3, 4))) if unit in few else 6
    silent = draw(st.dictionaries(st.sampled_from([unit for unit, _ in sizes]), st.sampled_from("AB"), max_size=3))
    return people(sizes, silent)


def expected(result: Any, group: Group, rows: Rows) -> int:
    """How many clusters an indicator of a group may have at most: all units; or those that are told, and one more."""
    by = group.by if isinstance(group, SubGroup) else {}
    inside = [row for row in rows if all(row[key] == value for key, value in by.items())]
    units = {row["unit"] for row in inside}
    allowed = 0
    for indicator, item in (("x", "A"), ("y", "B")):
        if not isinstance(group.indicators[indicator], Estimate):
            continue
        there = [row for row in rows if row.get(item) is not None]
        known = Known([])
        for record in (result.overall, *result.groups):
            if isinstance(record, Group) and isinstance(record.indicators[indicator], Estimate):
                keys = record.by if isinstance(record, SubGroup) else {}
                known.learn(summed(row for row in there if all(row[k] == v for k, v in keys.items())))
        sums = {unit: summed(r for r in there if r in inside and r["unit"] == unit) for unit in units}
        untold = {unit: known.remainder(vector) for unit, vector in sums.items() if known.remainder(vector)}
        free = Known([])
        for vector in untold.values():
            free.learn(vector)
        safe = not untold or len(free.rows) >= 3
        allowed = max(allowed, len(units) if safe else len(units - set(untold)) + 1)
    return allowed


def summed(rows: Any) -> dict[tuple[str, str | None], int]:
    """The cells that rows are of: their sums are what is not known."""
    return {(row["unit"], row["role"]): 1 for row in rows}


@tries(60, shrink=False)
@given(surveys(), st.sampled_from(TABLES))
def test_units_are_kept_apart_where_those_that_are_not_told_are_free(rows: Rows, by: Sequence[tuple[str, ...]]) -> None:
    result = analysed(FRAMEWORK, rows, by)
    for group in (result.overall, *result.groups):
        if isinstance(group, Group) and group.analysis:
            allowed = expected(result, group, rows)
            found = group.analysis.sampling.clusters
            assert found is None if allowed < 10 else found in (allowed, None, allowed - 1)  # a silent unit is none


def test_two_units_that_are_hidden_are_one() -> None:
    sizes: dict[tuple[str, str | None], int] = {(f"u{unit:02}", "employee"): 6 for unit in range(10)}
    rows = people(sizes | {("v0", "employee"): 2, ("v1", "employee"): 4})
    result = analysed(FRAMEWORK, rows, [("unit",)])
    assert sum(not isinstance(group, SubGroup) for group in result.groups) == 2
    assert result.overall.analysis.sampling.clusters == 11
    assert analysed(FRAMEWORK, rows).overall.analysis.sampling.clusters == 12  # no table says anything of units


def test_two_units_that_are_left_over_from_their_roles_are_one() -> None:
    """No table by unit alone: what is shown of both roles makes up a unit all the same."""
    sizes: dict[tuple[str, str | None], int] = {(f"u{unit:02}", role): 6 for unit in range(10) for role in ROLES}
    rows = people(sizes | {("v0", "employee"): 2, ("v0", "manager"): 6, ("v1", "employee"): 4, ("v1", "manager"): 6})
    result = analysed(FRAMEWORK, rows, [("unit", "role")])
    assert result.overall.analysis.sampling.clusters == 11


def test_four_units_that_are_hidden_are_four() -> None:
    sizes: dict[tuple[str, str | None], int] = {(f"u{unit:02}", "employee"): 6 for unit in range(10)}
    rows = people(sizes | {(f"v{unit}", "employee"): 3 for unit in range(4)})
    assert analysed(FRAMEWORK, rows, [("unit",)]).overall.analysis.sampling.clusters == 14


@pytest.mark.parametrize(("by", "told"), [([("unit", "role")], False), ([], True), ([("unit",)], True)])
def test_how_units_differ_is_told_where_it_tells_of_none(by: list[tuple[str, ...]], told: bool) -> None:
    sizes: dict[tuple[str, str | None], int] = {(f"u{unit}", role): 6 for unit in range(6) for role in ROLES}
    rows = people(sizes | {("v0", "employee"): 2, ("v0", "manager"): 6, ("v1", "employee"): 4, ("v1", "manager"): 6})
    instrument = analysed(FRAMEWORK, rows, by).overall.analysis.instrument
    assert (instrument["x"].icc1 is not None) is told


def test_without_protection_there_is_nothing_to_give_away() -> None:
    sizes: dict[tuple[str, str | None], int] = {(f"u{unit:02}", "employee"): 2 for unit in range(12)}
    result = analysed(FRAMEWORK, None, [("unit",)], interviews=people(sizes))
    assert result.overall.analysis.sampling.clusters == 12


def test_tables_without_units_give_no_unit_away() -> None:
    rows = people({(f"u{unit:02}", role): 1 for unit in range(12) for role in ROLES})
    result = analysed(FRAMEWORK, rows, [("role",)])
    units = Units(result, seen(FRAMEWORK, rows, ["role"]).cells)
    assert units.given_away({}, ["x", "y"]) == set()


def test_an_indicator_of_few_units_merges_none_of_the_others() -> None:
    """Where managers alone have a score, in few units, those are kept together; who sits in which is as before."""
    sizes: dict[tuple[str, str | None], int] = {(f"u{unit:02}", "employee"): 6 for unit in range(12)}
    rows = people(sizes | {("u00", "manager"): 5, ("u01", "manager"): 2})
    for row in rows:
        if row["role"] == "employee":
            row["B"] = None
    alone, asked = analysed(FRAMEWORK, rows), analysed(FRAMEWORK, rows, [("unit",)])
    assert asked.overall.analysis.sampling.clusters == 12
    assert asked.overall.indicators["x"].interval == alone.overall.indicators["x"].interval
