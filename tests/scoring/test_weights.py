"""Case weights: they stand in every mean, spread and share, and nowhere else."""

from __future__ import annotations

import math
import random
from collections.abc import Sequence
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from readiness.responses.coding import WEIGHT
from readiness.responses.table import from_rows
from readiness.scoring import engine, pieces
from readiness.scoring.result import Estimate, Group, Result, ScenarioResult, SuppressedGroup
from tests.scoring.building import framework, items, scenario
from tests.scoring.profiles import tries

HANGING = "scale: five, reversed: true, ask_if: {A: {at_least: 3}}"
FRAMEWORK = framework(
    scenarios=scenario("{all: [high: openness, low: size]}"),
    openness=f"{{desired: high, items: {items(A='scale: five', B='scale: five, roles: [manager]')}}}",
    size=f"{{desired: low, items: {items(C='scale: five', D=HANGING)}}}",
    spread=f"{{desired: none, scope: organisation, items: {items(E='scale: yes_no')}}}",
)
WEIGHTS = ["1", "0.25", "0,5", "2.000001", "", "0", "x"]
NUMBERS = framework(
    scenarios=scenario("{high: openness}"),
    openness=f"{{desired: high, items: {items(A='scale: five', N='type: number, min: 0, max: 10')}}}",
)


def drawn(seed: int, people: int, names: Sequence[str] = "ABCDE") -> list[dict[str, Any]]:
    rng = random.Random(seed)
    return [
        {
            "respondent": f"p{place}",
            "unit": rng.choice(["U", "V"]),
            "role": rng.choice(["employee", "manager", None]),
            **{name: rng.choice([0, 1] if name == "E" else [1, 2, 3, 4, 5, "dk", "na", None]) for name in names},
        }
        for place in range(people)
    ]


def whole(result: Result) -> Group:
    assert isinstance(result.overall, Group)
    return result.overall


@pytest.mark.parametrize("few", [0, 1_000_000], ids=["counted", "a row each"])
def test_a_weight_of_three_says_what_three_alike_say(few: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pieces, "FEW_CELLS", few)
    rows = drawn(1, 40)
    weights = [random.Random(place).choice([1, 2, 3]) for place in range(40)]
    weighted = [row | {WEIGHT: weight} for row, weight in zip(rows, weights, strict=True)]
    copies = [
        row | {"respondent": f"{row['respondent']}.{copy}"}
        for row, weight in zip(rows, weights, strict=True)
        for copy in range(weight)
    ]
    by = [("unit",)]
    once = engine.score(FRAMEWORK, from_rows(FRAMEWORK, weighted), by, protect=False)
    thrice = engine.score(FRAMEWORK, from_rows(FRAMEWORK, copies), by, protect=False)
    for one, other in zip([whole(once), *once.groups], [whole(thrice), *thrice.groups], strict=True):
        assert isinstance(one, Group)
        assert isinstance(other, Group)
        for id_, estimate in {**one.indicators, **one.dimensions}.items():
            same = {**other.indicators, **other.dimensions}[id_]
            assert isinstance(estimate, Estimate)
            assert isinstance(same, Estimate)
            assert (estimate.value, estimate.bounds) == (same.value, same.bounds), id_
        for id_, told in one.scenarios.items():
            alike = other.scenarios[id_]
            assert isinstance(told, ScenarioResult)
            assert isinstance(alike, ScenarioResult)
            assert (told.membership, told.bounds, told.verdict) == (alike.membership, alike.bounds, alike.verdict)
            assert told.prevalence is None or told.prevalence.value == alike.prevalence.value  # type: ignore[union-attr]


@tries(25, shrink=False)
@given(
    st.integers(0, 10_000),
    st.lists(st.sampled_from(["1", "0.25", "0,5", "2.000001", "", "0", "x"]), min_size=30, max_size=30),
)
def test_counting_and_scoring_a_row_each_agree_to_the_byte(seed: int, weights: list[str]) -> None:
    rows = [row | {WEIGHT: weight} for row, weight in zip(drawn(seed, 30), weights, strict=True)]
    responses = from_rows(FRAMEWORK, rows)
    by = [("unit",), ("unit", "role")]
    with pytest.MonkeyPatch.context() as patch:
        each = engine.score(FRAMEWORK, responses, by).to_json()
        patch.setattr(pieces, "FEW_CELLS", 0)
        assert engine.score(FRAMEWORK, responses, by).to_json() == each


def test_the_effective_number_is_that_of_kish() -> None:
    weights = [1.0, 2.0, 0.5, 1.5, 3.0]
    rows = [{"respondent": n, "A": 3, "C": 2, WEIGHT: weight} for n, weight in enumerate(weights)]
    group = whole(engine.score(FRAMEWORK, from_rows(FRAMEWORK, rows), protect=False))
    expected = sum(weights) ** 2 / sum(weight**2 for weight in weights)
    assert group.n == 5
    assert group.n_effective == pytest.approx(expected)
    size = group.indicators["openness"]
    assert isinstance(size, Estimate)
    assert size.n_effective == pytest.approx(expected)


def test_the_spread_of_equal_weights_is_that_of_none() -> None:
    answers = [1, 2, 2, 4, 5]
    plain = [{"respondent": n, "A": answer, "role": "employee"} for n, answer in enumerate(answers)]
    heavy = [row | {WEIGHT: "2.5"} for row in plain]
    spreads = [
        whole(engine.score(FRAMEWORK, from_rows(FRAMEWORK, rows), protect=False)).indicators["openness"].sd  # type: ignore[union-attr]
        for rows in (plain, heavy)
    ]
    assert spreads[0] == pytest.approx(spreads[1])
    assert spreads[0] == pytest.approx(25 * math.sqrt(2.7))


def test_whoever_has_no_weight_is_left_out_and_told() -> None:
    rows = [{"respondent": n, "A": n % 5 + 1, WEIGHT: weight} for n, weight in enumerate(["1", "", "0", "heavy", "1"])]
    responses = from_rows(FRAMEWORK, rows)
    assert responses.remarks == ("3 respondent(s) without a case weight are left out",)
    assert [(cell.column, cell.found) for cell in responses.unread] == [(WEIGHT, "heavy")]
    assert whole(engine.score(FRAMEWORK, responses, protect=False)).n == 2


def test_a_framework_with_number_items_is_weighted_too() -> None:
    rows = [{"respondent": n, "A": 1, "N": number, WEIGHT: w} for n, (number, w) in enumerate([(0, 1), (10, 3)])]
    group = whole(engine.score(NUMBERS, from_rows(NUMBERS, rows), protect=False))
    assert group.indicators["openness"].value == pytest.approx((0 * 1 + 50 * 3) / 4)  # type: ignore[union-attr]


def test_a_group_that_one_person_dominates_is_hidden() -> None:
    """Five people of whom one weighs nearly everything: their mean is that one's answer."""
    heavy = [
        {"respondent": n, "unit": "U", "A": 5 if n == 0 else 1, WEIGHT: 1000 if n == 0 else 0.001} for n in range(5)
    ]
    others = [{"respondent": f"v{n}", "unit": "V", "A": 3, WEIGHT: 1} for n in range(8)]
    result = engine.score(FRAMEWORK, from_rows(FRAMEWORK, [*heavy, *others]), [("unit",)])
    assert isinstance(result.groups[0], SuppressedGroup)
    even = [row | {WEIGHT: 1} for row in heavy]
    result = engine.score(FRAMEWORK, from_rows(FRAMEWORK, [*even, *others]), [("unit",)])
    assert [isinstance(group, Group) for group in result.groups] == [True, True]


def test_a_weight_too_light_to_count_cannot_be_read() -> None:
    rows = [{"respondent": n, "A": 3, WEIGHT: weight} for n, weight in enumerate(["1e-9", "1"])]
    assert [cell.found for cell in from_rows(FRAMEWORK, rows).unread] == ["1e-9"]
