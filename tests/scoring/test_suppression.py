"""Rule 8: nobody can be seen behind a figure, not even by sums and differences over all that is published."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from readiness.scoring.result import Estimate, Group, ItemCounts, Result, SubGroup, Suppressed, SuppressedGroup
from tests.scoring.attacker import Attacker, hidden_names, recovered
from tests.scoring.building import HUNDRED, framework, items, scenario
from tests.scoring.profiles import tries
from tests.scoring.reference import Reference
from tests.scoring.running import loaded, scored

UNITS = ("A", "B", "C", "D", None)
ROLES = ("employee", "manager", None)
TABLES: list[list[tuple[str, ...]]] = [
    [("unit",)],
    [("unit",), ("role",)],
    [("unit",), ("unit", "role")],
    [("unit",), ("role",), ("unit", "role")],
]


def raw_framework(follow_up: bool, roles: bool, fact: bool) -> dict[str, Any]:
    """Two dimensions, indicators of one to three items, a scenario over both."""

    def item(**said: Any) -> dict[str, Any]:
        return {"text": {"en": "?"}, "scale": "five"} | said

    one = {"A1": item(), "A2": item(reversed=True), "A3": item(weight=2)}
    if follow_up:
        one["A3"]["ask_if"] = {"A1": {"at_least": 4}}
    culture: dict[str, Any] = {
        "a": {"desired": "high", "items": one},
        "b": {"desired": "low", "weight": 2, "items": {"B1": item()}},
    }
    if fact:
        culture["f"] = {"desired": "high", "scope": "organisation", "items": {"F1": item(roles=["manager"])}}
    trust = {"c": {"desired": "high", "items": {"C1": item(roles=["manager"]) if roles else item(), "C2": item()}}}
    return {
        "framework": {
            "format": 1,
            "id": "guarded",
            "version": "1",
            "languages": ["en"],
            "context": {"unit": {}, "role": {"options": {r: {"en": r} for r in ("employee", "manager")}}},
            "scales": {"five": {"options": [{"value": v, "label": {"en": f"option {v}"}} for v in (1, 2, 3, 4, 5)]}},
            "missing": {"dk": {"en": "Don't know"}, "na": {"en": "Not applicable"}},
        },
        "questionnaires": [
            {"dimension": "culture", "indicators": culture},
            {"dimension": "trust", "indicators": trust},
        ],
        "scenarios": {
            "one": {"title": {"en": "One"}, "when": {"all": [{"high": "a"}, {"low": "c"}]}},
            "two": {"title": {"en": "Two"}, "when": {"high": "b"}},
            "three": {"title": {"en": "Three"}, "level": "organisation", "when": {"low": "b"}},
        },
    }


@st.composite
def surveys(draw: st.DrawFn) -> tuple[dict[str, Any], list[dict[str, Any]], list[tuple[str, ...]]]:
    """Units and roles of very different sizes, blanks, and items that few answer in some of them."""
    raw = raw_framework(draw(st.booleans()), draw(st.booleans()), draw(st.booleans()))
    crossed = draw(st.booleans())
    sizes = {}
    for unit in draw(st.lists(st.sampled_from(UNITS), min_size=1, max_size=5, unique=True)):
        for role in ROLES if crossed else ("employee",):
            sizes[unit, role] = draw(
                st.sampled_from((0, 0, 1, 2, 3, 4, 5, 6, 9) if crossed else (1, 2, 3, 4, 5, 6, 7, 11))
            )
    names = ("A1", "A2", "A3", "B1", "C1", "C2") + (("F1",) if "f" in raw["questionnaires"][0]["indicators"] else ())
    rows: list[dict[str, Any]] = []
    for (unit, role), size in sizes.items():
        thin = set(draw(st.lists(st.sampled_from(names), max_size=2))) if draw(st.booleans()) else set()
        for _ in range(size):
            row: dict[str, Any] = {"respondent": f"r{len(rows)}", "unit": unit, "role": role}
            for name in names:
                row[name] = draw(st.integers(1, 5))
                if name in thin and draw(st.integers(0, 2)):
                    row[name] = draw(st.sampled_from((None, "dk", "na")))
            rows.append(row)
    assume(rows)
    return raw, rows, draw(st.sampled_from(TABLES))


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


# -- the attacker itself finds what a careless result would give away ------------------------------------------


def attack(rows: list[dict[str, Any]], hide: Callable[[dict[str, Any]], None] | None = None) -> list[str]:
    """The attacker on an unprotected result from which only `hide` was taken out."""
    raw = raw_framework(False, False, False)
    full = [
        {"role": "employee"}
        | {name: 1 + (i * k) % 5 for k, name in enumerate(("A1", "A2", "A3", "B1", "C1", "C2"), 1)}
        | row
        for i, row in enumerate(rows)
    ]
    result = scored(loaded(raw), full, by=[("unit",)])
    record = json.loads(result.to_json())
    if hide:
        hide(record)
    return Attacker(Result.model_validate(record), Reference(raw, full), [("unit",)], 5).recovered()


def units(**sizes: int) -> list[dict[str, Any]]:
    return [{"respondent": f"{unit}{i}", "unit": unit} for unit, size in sizes.items() for i in range(size)]


HIDDEN = {"suppressed": True}


def test_the_attacker_takes_one_hidden_group_from_the_whole() -> None:
    def hide(record: dict[str, Any]) -> None:
        record["groups"][0] = {"by": {"unit": "A"}} | HIDDEN

    found = attack(units(A=3, B=7), hide)
    assert "{'unit': 'A'}: hidden, but its size can be computed" in found
    assert any("('indicator', 'b'): hidden, but can be computed" in line for line in found)


def test_the_attacker_sees_that_two_hidden_groups_are_too_few_together() -> None:
    def hide(record: dict[str, Any]) -> None:
        for place in (0, 1):
            record["groups"][place] = {"by": record["groups"][place]["by"]} | HIDDEN

    assert any(line.startswith("people: the number of") for line in attack(units(A=2, B=2, C=7), hide))
    assert attack(units(A=3, B=2, C=7), hide) == []


def test_the_attacker_solves_readiness_for_a_hidden_indicator() -> None:
    def hide(record: dict[str, Any]) -> None:
        for part in (record["overall"], *record["groups"]):
            part["indicators"]["b"] = part["items"]["B1"] = part["scenarios"]["two"] = HIDDEN
            if "three" in part["scenarios"]:
                part["scenarios"]["three"] = HIDDEN

    found = attack(units(A=6, B=7), hide)
    assert any("('indicator', 'b'): hidden, but can be computed" in line for line in found)
    assert any("b: hidden, but its bounds can be computed" in line for line in found)


def test_the_attacker_reads_a_hidden_indicator_off_a_condition() -> None:
    def hide(record: dict[str, Any]) -> None:
        for part in (record["overall"], *record["groups"]):
            part["indicators"]["b"] = part["items"]["B1"] = part["readiness"] = part["dimensions"]["culture"] = HIDDEN

    assert any("('indicator', 'b'): hidden, but can be computed" in line for line in attack(units(A=6, B=7), hide))


def test_the_attacker_solves_an_indicator_for_a_hidden_item() -> None:
    def hide(record: dict[str, Any]) -> None:
        for part in (record["overall"], *record["groups"]):
            part["items"]["A2"] = HIDDEN

    assert any("('item', 'A2'): hidden, but can be computed" in line for line in attack(units(A=6, B=7), hide))


def test_the_attacker_sees_thin_figures() -> None:
    rows = units(A=6, B=7)
    for row in rows[:3]:
        row["B1"] = "dk"
    assert any("shown with n = 3" in line for line in attack(rows))


@pytest.mark.parametrize("size", [5, 8])
def test_the_attacker_has_nothing_to_say_where_all_groups_are_large(size: int) -> None:
    assert attack(units(A=size, B=6)) == []
