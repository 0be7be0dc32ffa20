"""Rule 7: groups."""

from __future__ import annotations

import math
from typing import Any

import pytest

from readiness.framework.models import Framework
from tests.scoring.building import HUNDRED, framework, items, percent, scenario
from tests.scoring.running import scored

FIVE = "scale: five"
MANAGERS = "scale: five, roles: [manager]"
FOLLOW_UP = "scale: five, ask_if: {A: {at_least: 3}}"
PAIR = f"{{desired: high, items: {items(A=FIVE, B=FIVE)}}}"


def everybody(fw: Framework, *people: dict[str, Any], columns: list[str] | None = None) -> Any:
    return scored(fw, [{"respondent": f"r{i}"} | person for i, person in enumerate(people)], columns).overall


def test_an_indicator_is_the_mean_over_those_who_have_a_score() -> None:
    found = everybody(framework(x=PAIR), {"A": 1, "B": 2}, {"A": 4, "B": 5}, {"A": 5, "B": None}).indicators["x"]
    assert (found.value, found.n) == (50, 2)
    assert found.sd == pytest.approx(math.sqrt(2) * 37.5)


def test_the_bounds_of_a_group_are_the_means_of_the_bounds_of_all_it_applies_to() -> None:
    people: list[dict[str, Any]] = [
        {"A": 1, "B": 2},
        {"A": 5, "B": 5},
        {"A": 5, "B": None},
        {"A": "na", "B": "na", "C": 1},
    ]
    fw = framework(x=PAIR, y=f"{{desired: high, items: {items(C=FIVE)}}}")
    found = everybody(fw, *people).indicators["x"]
    assert found.value == 56.25
    assert found.bounds == pytest.approx(((12.5 + 100 + 50) / 3, (12.5 + 100 + 100) / 3))


def test_the_bounds_hold_the_value() -> None:
    found = everybody(framework(x=PAIR), {"A": 1, "B": 1}, {"A": 5, "B": None}).indicators["x"]
    assert found.value == 0
    assert found.bounds == (0, 50)


def test_bounds_of_an_indicator_that_applies_to_nobody() -> None:
    found = everybody(
        framework(x=PAIR, y=f"{{desired: high, items: {items(C=FIVE)}}}"),
        {"A": 1, "B": 2, "C": "na"},
        {"A": 1, "B": 2, "C": "na"},
    )
    assert (found.indicators["y"].value, found.indicators["y"].bounds, found.indicators["y"].n) == (None, (0, 100), 0)
    assert found.dimensions["culture"].bounds == (12.5, 12.5)


def test_readiness_comes_from_the_groups_indicators_not_from_peoples_readiness() -> None:
    fw = framework(x=f"{{desired: high, items: {items(A=FIVE)}}}", y=f"{{desired: high, items: {items(B=FIVE)}}}")
    found = everybody(fw, {"A": 5, "B": 1}, {"A": 5, "B": None}, {"A": 2, "B": None})
    assert found.readiness.value == 37.5  # (75 + 0) / 2
    assert (found.readiness.n, found.readiness.sd) == (1, None)


def test_a_scenario_comes_from_the_groups_indicators_and_prevalence_from_the_people() -> None:
    fw = framework(scenario("{high: x}"), **percent("x"))
    found = everybody(fw, {"X": 100}, {"X": 100}, {"X": 0}, {"X": 0}, {"X": 40}).scenarios["story"]
    assert found.conditions[0].score == 48
    assert found.verdict == "ruled out"
    assert (found.prevalence.value, found.prevalence.n) == (0.4, 5)


def test_prevalence_is_among_those_who_have_a_membership_of_their_own() -> None:
    fw = framework(scenario("{all: [{high: x}, {high: y}]}"), **percent("x", "y"))
    found = everybody(fw, {"X": 90, "Y": 90}, {"X": 90, "Y": None}, {"X": None, "Y": 10}).scenarios["story"]
    assert (found.prevalence.value, found.prevalence.n) == (1.0, 1)
    assert everybody(fw, {"X": 90, "Y": None}, {"X": None, "Y": 90}).scenarios["story"].prevalence is None


def test_exactly_at_the_crossover_nobody_counts_as_present() -> None:
    found = everybody(framework(scenario("{high: x}"), **percent("x")), {"X": 55}, {"X": 56}).scenarios["story"]
    assert found.prevalence.value == 0.5


def test_a_groups_verdict_follows_its_value_and_is_flagged_where_missing_answers_could_reverse_it() -> None:
    fw = framework(scenario("{high: x}"), x=PAIR)
    found = everybody(fw, {"A": 5, "B": 5}, {"A": 5, "B": None}, {"A": 1, "B": None}).scenarios["story"]
    assert (found.verdict, found.reversible) == ("present", True)
    settled = everybody(fw, {"A": 5, "B": 5}, {"A": 5, "B": None}).scenarios["story"]
    assert (settled.verdict, settled.reversible) == ("present", False)  # between 75 and 100


def test_a_group_whose_membership_is_missing_is_undetermined() -> None:
    fw = framework(scenario("{all: [{high: x}, {high: y}]}"), **percent("x", "y"))
    found = everybody(fw, {"X": 90, "Y": None}, {"X": 95, "Y": None}).scenarios["story"]
    assert (found.verdict, found.membership, found.reversible) == ("undetermined", None, False)


def test_a_group_nobody_of_whom_was_put_what_could_settle_it_was_not_asked() -> None:
    fw = framework(scenario("{all: [{high: x}, {high: y}]}"), **percent("x", "y"))
    found = everybody(fw, {"X": 90}, {"X": 95}, columns=["X"]).scenarios["story"]
    assert found.verdict == "not asked"


def test_groups_stand_in_code_point_order_and_blanks_last() -> None:
    fw = framework(x=f"{{desired: high, items: {items(X=HUNDRED)}}}")
    units = ["b", "é", "B", None, "a", "", "Z"]
    rows = [{"respondent": f"r{i}", "unit": unit, "X": 1} for i, unit in enumerate(units)]
    found = scored(fw, rows, by=[("unit",)]).groups
    assert [g.by["unit"] for g in found] == ["B", "Z", "a", "b", "é", None]
    assert found[-1].n == 2


def test_groups_can_be_crossed() -> None:
    fw = framework(x=f"{{desired: high, items: {items(X=HUNDRED)}}}")
    who = [
        ("A", "manager", 10),
        ("A", "employee", 30),
        ("B", "employee", 50),
        ("A", "employee", 50),
        (None, "manager", 7),
    ]
    rows = [{"respondent": f"r{i}", "unit": u, "role": r, "X": x} for i, (u, r, x) in enumerate(who)]
    result = scored(fw, rows, by=[("role",), ("unit", "role")])
    found = [(tuple(g.by.items()), g.n, g.indicators["x"].value) for g in result.groups]
    assert found == [
        ((("role", "employee"),), 3, pytest.approx(130 / 3)),
        ((("role", "manager"),), 2, 8.5),
        ((("unit", "A"), ("role", "employee")), 2, 40),
        ((("unit", "A"), ("role", "manager")), 1, 10),
        ((("unit", "B"), ("role", "employee")), 1, 50),
        ((("unit", None), ("role", "manager")), 1, 7),
    ]


def test_who_answered_nothing_is_read_but_in_no_group() -> None:
    fw = framework(x=f"{{desired: high, items: {items(X=HUNDRED)}}}")
    rows: list[dict[str, Any]] = [
        {"respondent": "r1", "unit": "A", "X": 1},
        {"respondent": "r2", "unit": "B", "X": None},
        {"respondent": "r3", "unit": "B", "X": "dk"},
    ]
    result = scored(fw, rows, by=[("unit",)])
    assert (result.respondents.read, result.respondents.scored, result.overall.n) == (3, 1, 1)
    assert [g.by for g in result.groups] == [{"unit": "A"}]
    assert (result.overall.items["X"].dk, result.overall.items["X"].missing) == (0, 0)


def test_answers_to_an_item_are_counted_by_kind() -> None:
    fw = framework(
        x=f"{{desired: high, items: {items(A=FIVE, B=MANAGERS, C=FOLLOW_UP)}}}",
    )
    people: list[dict[str, Any]] = [
        {"role": "manager", "A": 5, "B": 2, "C": "dk"},
        {"role": "manager", "A": 2, "B": "na", "C": None},
        {"role": "employee", "A": 5, "B": None, "C": None},
        {"role": "employee", "A": None, "B": 2, "C": None},
        {"role": None, "A": "dk", "B": None, "C": 3},
    ]
    found = everybody(fw, *people).items
    expected = {"A": (3, 1, 0, 0, 1), "B": (2, 0, 1, 1, 1), "C": (1, 1, 0, 2, 1)}
    for name, counts in expected.items():
        item = found[name]
        assert (item.n, item.dk, item.na, item.not_asked, item.missing) == counts, name
    assert found["B"].counts == {"1": 0, "2": 2, "3": 0, "4": 0, "5": 0}


def test_a_scenario_of_level_organisation_is_told_for_the_whole_only() -> None:
    whole = scenario("{high: x}", "whole", "level: organisation\n") + scenario("{low: x}", "each")
    fw = framework(whole, **percent("x"))
    rows = [{"respondent": f"r{i}", "unit": u, "X": 90} for i, u in enumerate("AAB")]
    result = scored(fw, rows, by=[("unit",)])
    assert list(result.overall.scenarios) == ["whole", "each"]
    assert [list(g.scenarios) for g in result.groups] == [["each"], ["each"]]


def test_rows_that_agree_count_once_and_rows_that_differ_not_at_all() -> None:
    fw = framework(x=f"{{desired: high, items: {items(X=HUNDRED)}}}")
    rows: list[dict[str, Any]] = [
        {"respondent": "same", "X": 10},
        {"respondent": "same", "X": 10},
        {"respondent": "different", "X": 90},
        {"respondent": "different", "X": 91},
        {"respondent": "once", "X": 20},
    ]
    for order in (rows, rows[::-1]):
        found = scored(fw, order)
        assert found.overall.n == 2
        assert found.overall.indicators["x"].value == 15
        assert found.respondents.scored == 2
