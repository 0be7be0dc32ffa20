"""Rule 8: nobody can be seen behind a figure, not even by sums and differences over all that is published."""

from __future__ import annotations

from typing import Any

from hypothesis import given

from readiness.scoring.result import Estimate, Group, ItemCounts, SubGroup, Suppressed, SuppressedGroup
from tests.scoring.attacker import hidden_names, recovered
from tests.scoring.building import HUNDRED, framework, items, scenario
from tests.scoring.profiles import tries
from tests.scoring.reference import Reference
from tests.scoring.running import loaded, scored
from tests.scoring.strategies import items_of
from tests.scoring.surveys import raw_framework, surveys


@tries(60, shrink=False)
@given(surveys())
def test_nothing_hidden_can_be_recovered(survey: Any) -> None:
    raw, rows, by = survey
    result = scored(loaded(raw), rows, by=by, protect=True)
    assert recovered(result, Reference(raw, rows), by, 5) == []


@tries(15, shrink=False)
@given(surveys())
def test_what_is_shown_is_what_it_would_be_without_protection(survey: Any) -> None:
    raw, rows, by = survey
    fw = loaded(raw)
    guarded, plain = scored(fw, rows, by=by, protect=True), scored(fw, rows, by=by)
    assert [g.by for g in guarded.groups] == [g.by for g in plain.groups]
    for group, whole in zip((guarded.overall, *guarded.groups), (plain.overall, *plain.groups), strict=True):
        if isinstance(group, Group):
            assert same_where_shown(group.model_dump(), whole.model_dump())


def same_where_shown(shown: Any, whole: Any) -> bool:
    if isinstance(shown, dict) and shown.get("suppressed"):
        return True
    if isinstance(shown, dict):
        return shown.keys() == whole.keys() and all(same_where_shown(shown[key], whole[key]) for key in shown)
    return bool(shown == whole)


@tries(15, shrink=False)
@given(surveys())
def test_without_protection_everything_is_shown(survey: Any) -> None:
    raw, rows, by = survey
    result = scored(loaded(raw), rows, by=by)
    assert '"suppressed"' not in result.to_json()


ONE = framework(
    scenario("{high: x}"),
    x=f"{{desired: high, items: {items(X=HUNDRED)}}}",
    y=f"{{desired: high, items: {items(Y='scale: five')}}}",
)


def people(**sizes: int) -> list[dict[str, Any]]:
    """Units of these sizes; `blank` has no unit."""
    rows = []
    for unit, size in sizes.items():
        for i in range(size):
            rows.append(
                {
                    "respondent": f"{unit}{i}",
                    "unit": None if unit == "blank" else unit,
                    "X": 10 * (i % 11),
                    "Y": 1 + i % 5,
                }
            )
    return rows


def by_unit(rows: list[dict[str, Any]]) -> Any:
    return scored(ONE, rows, by=[("unit",)], protect=True)


def test_a_group_under_the_least_number_is_hidden() -> None:
    assert hidden_names(by_unit(people(A=4, B=3, C=9, D=5))) == ["{'unit': 'A'}", "{'unit': 'B'}"]


def test_a_group_of_the_least_number_is_shown() -> None:
    assert hidden_names(by_unit(people(A=5, B=5))) == []


def test_a_hidden_group_keeps_nothing_but_its_name() -> None:
    found = by_unit(people(A=4, B=3, C=9)).model_dump()["groups"][0]
    assert found == {"by": {"unit": "A"}, "suppressed": True}


def test_a_second_group_is_hidden_where_the_first_would_follow_by_difference() -> None:
    found = hidden_names(by_unit(people(A=4, B=9, C=6)))
    assert "{'unit': 'A'}" in found
    assert len(found) == 2


def test_two_hidden_groups_that_make_too_few_together_take_a_third_with_them() -> None:
    found = hidden_names(by_unit(people(A=2, B=2, C=9, D=6)))
    assert found[:2] == ["{'unit': 'A'}", "{'unit': 'B'}"]
    assert len(found) == 3


def test_blanks_are_a_group_like_any_other() -> None:
    found = hidden_names(by_unit(people(blank=2, A=9, B=6)))
    assert "{'unit': None}" in found
    assert len(found) == 2


def test_everybody_is_hidden_where_they_are_too_few() -> None:
    result = by_unit(people(A=2, B=2))
    assert isinstance(result.overall, Suppressed)
    assert all(isinstance(group, SuppressedGroup) for group in result.groups)


def test_a_figure_that_rests_on_too_few_is_hidden() -> None:
    rows = people(A=8, B=8)
    for row in rows[:5]:
        row["Y"] = "dk"
    first = by_unit(rows).groups[0]
    assert isinstance(first, SubGroup)
    assert isinstance(first.indicators["y"], Suppressed)
    assert isinstance(first.items["Y"], Suppressed)
    assert isinstance(first.indicators["x"], Estimate)


def test_and_is_not_given_away_by_the_other_group() -> None:
    rows = people(A=8, B=8)
    for row in rows[:5]:
        row["Y"] = "dk"
    result = by_unit(rows)
    second = result.groups[1]
    shown = [
        isinstance(part, SubGroup | Group) and isinstance(part.indicators["y"], Estimate)
        for part in (result.overall, second)
    ]
    assert not all(shown)


def test_nor_by_readiness_of_its_dimension() -> None:
    rows = people(A=8, B=8)
    for row in rows[:5]:
        row["Y"] = "dk"
    first = by_unit(rows).groups[0]
    assert isinstance(first, SubGroup)
    assert isinstance(first.dimensions["culture"], Suppressed)
    assert isinstance(first.readiness, Suppressed)


def test_nor_by_a_scenario_that_looks_at_it() -> None:
    rows = people(A=8, B=8)
    for row in rows[:5]:
        row["X"] = None
    first = by_unit(rows).groups[0]
    assert isinstance(first, SubGroup)
    assert isinstance(first.scenarios["story"], Suppressed)


def test_what_nobody_there_was_put_is_shown_as_empty() -> None:
    fw = framework(
        x=f"{{desired: high, items: {items(X=HUNDRED)}}}",
        y=f"{{desired: high, items: {items(Y='scale: five, roles: [manager]')}}}",
    )
    rows = [row | {"role": "employee", "Y": None} for row in people(A=6, B=6)]
    for group in scored(fw, rows, by=[("unit",)], protect=True).groups:
        assert isinstance(group, SubGroup)
        item = group.items["Y"]
        assert isinstance(item, ItemCounts)
        assert (item.n, item.not_asked, set(item.counts.values())) == (0, 6, {0})


def test_an_organisation_fact_protects_nobody_and_is_shown() -> None:
    fw = framework(
        x=f"{{desired: high, items: {items(X=HUNDRED)}}}",
        fact=f"{{desired: high, scope: organisation, items: {items(F=HUNDRED)}}}",
    )
    rows = [row | {"F": 80 if row["respondent"] == "A0" else None} for row in people(A=6, B=6)]
    result = scored(fw, rows, by=[("unit",)], protect=True)
    for group in (result.overall, *result.groups):
        assert isinstance(group, Group)
        assert isinstance(group.indicators["fact"], Estimate)
        assert group.indicators["fact"].value == 80


def test_the_least_number_can_be_set_by_the_framework() -> None:
    fw = framework("", "defaults: {min_group: 8}\n", x=f"{{desired: high, items: {items(X=HUNDRED)}}}")
    rows = people(A=7, B=8, C=9)
    assert "{'unit': 'A'}" in hidden_names(scored(fw, rows, by=[("unit",)], protect=True))


def test_a_remainder_of_many_small_cells_is_still_too_few() -> None:
    """With a least number above five the rest of a group may consist of more cells than a search over few would see."""
    raw = raw_framework(False, False, False)
    small = [f"r{i}" for i in range(6)]
    raw["framework"]["context"]["role"]["options"] = {role: {"en": role} for role in ("employee", *small)}
    raw["framework"]["defaults"] = {"min_group": 8}
    sizes = {("A", "employee"): 10} | {("A", role): 1 for role in small} | {("B", role): 9 for role in small}
    rows = [
        {"respondent": f"{unit}{role}{i}", "unit": unit, "role": role} | dict.fromkeys(items_of(raw), 1 + i % 5)
        for (unit, role), size in sizes.items()
        for i in range(size)
    ]
    by = [("unit",), ("role",)]
    assert recovered(scored(loaded(raw), rows, by=by, protect=True), Reference(raw, rows), by, 8) == []
