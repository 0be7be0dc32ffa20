"""Balance: each role has the same say, and nothing about a small role can be told from it."""

from __future__ import annotations

import statistics
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from readiness.responses.coding import WEIGHT
from readiness.responses.table import from_rows
from readiness.scoring import engine
from readiness.scoring.result import Estimate, Group, ScenarioResult, Suppressed, SuppressedGroup
from tests.scoring.building import framework, items, scenario
from tests.scoring.profiles import tries

FRAMEWORK = framework(
    scenarios=scenario("{high: openness}"),
    openness=f"{{desired: high, items: {items(A='scale: five', B='scale: five')}}}",
)


def people(**answers: list[int]) -> list[dict[str, Any]]:
    """Respondents of each role, of whom each answers both items alike."""
    return [
        {"respondent": f"{role}{place}", "role": role, "unit": "U", "A": answer, "B": answer}
        for role, given in answers.items()
        for place, answer in enumerate(given)
    ]


def overall(rows: list[dict[str, Any]], **how: Any) -> Group:
    found = engine.score(FRAMEWORK, from_rows(FRAMEWORK, rows), balance="role", **how).overall
    assert isinstance(found, Group)
    return found


@tries(40)
@given(
    st.lists(st.integers(1, 5), min_size=1, max_size=12),
    st.lists(st.integers(1, 5), min_size=1, max_size=12),
)
def test_a_mean_is_the_mean_of_the_roles_means(employees: list[int], managers: list[int]) -> None:
    group = overall(people(employee=employees, manager=managers), protect=False)
    scores = [[25.0 * (answer - 1) for answer in said] for said in (employees, managers)]
    openness, present = group.indicators["openness"], group.scenarios["story"]
    assert isinstance(openness, Estimate)
    assert isinstance(present, ScenarioResult)
    assert openness.value == pytest.approx(statistics.mean(map(statistics.mean, scores)))
    shares = [sum(score > 55 for score in of_role) / len(of_role) for of_role in scores]
    assert present.prevalence.value == pytest.approx(statistics.mean(shares))  # type: ignore[union-attr]
    assert openness.n == len(employees) + len(managers)


@tries(30)
@given(st.lists(st.integers(1, 5), min_size=2, max_size=10))
def test_of_a_single_role_it_says_what_is_said_without(answers: list[int]) -> None:
    rows = people(employee=answers)
    plain = engine.score(FRAMEWORK, from_rows(FRAMEWORK, rows), protect=False).overall
    assert isinstance(plain, Group)
    balanced, alone = overall(rows, protect=False).indicators["openness"], plain.indicators["openness"]
    assert isinstance(balanced, Estimate)
    assert isinstance(alone, Estimate)
    assert balanced.value == pytest.approx(alone.value)
    assert balanced.sd == pytest.approx(alone.sd)
    assert balanced.bounds == pytest.approx(alone.bounds)


def test_the_spread_is_that_of_respondents_weighted_so_that_roles_weigh_the_same() -> None:
    employees, managers = [1, 2, 3, 5], [2, 4]
    balanced = overall(people(employee=employees, manager=managers), protect=False).indicators["openness"]
    weighted = [
        row | {WEIGHT: "1" if row["role"] == "employee" else "2"}
        for row in people(employee=employees, manager=managers)
    ]
    by_weight = engine.score(FRAMEWORK, from_rows(FRAMEWORK, weighted), protect=False).overall
    assert isinstance(by_weight, Group)
    same = by_weight.indicators["openness"]
    assert isinstance(balanced, Estimate)
    assert isinstance(same, Estimate)
    assert balanced.value == pytest.approx(same.value)
    assert balanced.sd == pytest.approx(same.sd)
    assert balanced.n_effective == pytest.approx(same.n_effective)


def test_whoever_has_no_role_has_no_say() -> None:
    rows = [*people(employee=[1, 1]), {"respondent": "x", "role": None, "A": 5, "B": 5}]
    openness = overall(rows, protect=False).indicators["openness"]
    assert isinstance(openness, Estimate)
    assert (openness.value, openness.n) == (0.0, 2)


def test_a_group_with_a_small_role_is_hidden() -> None:
    """Its balanced mean and its other roles' means would tell the small role's."""
    rows = people(employee=[1, 2, 3, 4, 5, 3], manager=[5, 5])
    assert isinstance(engine.score(FRAMEWORK, from_rows(FRAMEWORK, rows), balance="role").overall, Suppressed)
    more = people(employee=[1, 2, 3, 4, 5, 3], manager=[5, 5, 4, 4, 3])
    assert isinstance(engine.score(FRAMEWORK, from_rows(FRAMEWORK, more), balance="role").overall, Group)


def test_a_unit_where_a_role_is_small_is_hidden_and_another_is_not() -> None:
    first = people(employee=[1, 2, 3, 4, 5, 3], manager=[5, 5])
    second = [
        row | {"unit": "V", "respondent": f"v{row['respondent']}"}
        for row in people(employee=[1, 2, 3, 4, 5, 3], manager=[5, 5, 4, 4, 3, 2])
    ]
    responses = from_rows(FRAMEWORK, [*first, *second])
    groups = engine.score(FRAMEWORK, responses, [("unit",)], balance="role").groups
    assert isinstance(groups[0], SuppressedGroup)
