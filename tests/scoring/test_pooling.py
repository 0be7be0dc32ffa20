"""Small cells count together: alike in every indicator, and within a role as far as can be."""

from __future__ import annotations

import pytest

from readiness.responses.table import from_rows
from readiness.scoring import engine
from readiness.scoring.result import Estimate, Group, Result
from tests.scoring.building import framework, items
from tests.scoring.test_stratifying import Cell, openness, population, result, rows

TWO = framework(
    openness=f"{{desired: high, items: {items(A='scale: five')}}}",
    candour=f"{{desired: high, items: {items(B='scale: five')}}}",
)


def mean(said: list[int]) -> float:
    return sum(25.0 * (answer - 1) for answer in said) / len(said)


def test_small_cells_of_a_role_count_together_and_the_role_keeps_its_say() -> None:
    """Six managers stand for 60 people, and six employees of the same units for 6."""
    answers: dict[Cell, list[int]] = {("employee", "X"): [3] * 20}
    answers |= {("manager", unit): [4, 4] for unit in "UVW"} | {("employee", unit): [5, 5] for unit in "UVW"}
    people = {cell: 100 if cell[1] == "X" else 20 if cell[0] == "manager" else 2 for cell in answers}
    found = result(rows(answers), people)
    assert openness(found.overall).value == pytest.approx((100 * 50 + 60 * 75 + 6 * 100) / 166)
    assert found.respondents.population == {"people": 166, "silent": 0, "together": 66}


def test_within_a_role_those_count_together_of_whom_about_as_many_answered() -> None:
    """Of two units a tenth of the managers answered, of two all of them."""
    answers: dict[Cell, list[int]] = {("employee", unit): [3] * 20 for unit in "UVWX"}
    answers |= {("manager", unit): [1] * 4 for unit in "UV"} | {("manager", unit): [5] * 4 for unit in "WX"}
    people = {("employee", unit): 100 for unit in "UVWX"}
    people |= {("manager", "U"): 40, ("manager", "V"): 40, ("manager", "W"): 4, ("manager", "X"): 4}
    found = result(rows(answers), people)
    assert openness(found.overall).value == pytest.approx((400 * 50 + 8 * 100) / 488)


def candid(few: int) -> Result:
    """Two units of which all managers say how open they are, and in U only a few how candid."""
    people: dict[Cell, int] = {
        ("employee", "U"): 100,
        ("employee", "V"): 20,
        ("manager", "U"): 60,
        ("manager", "V"): 70,
    }
    said = {
        ("employee", "U"): [1] * 20,
        ("employee", "V"): [2] * 20,
        ("manager", "U"): [4] * 6,
        ("manager", "V"): [5] * 9,
    }
    answers = [row | {"B": "3"} for row in rows(said)]
    of_u = [row for row in answers if (row["role"], row["unit"]) == ("manager", "U")]
    for row in of_u[few:]:
        row["B"] = "dk"
    return engine.score(TWO, from_rows(TWO, answers), [("unit",)], balance=population(people))


def test_what_one_indicator_hides_counts_together_in_all() -> None:
    shown, hidden = candid(6), candid(3)
    assert isinstance(shown.overall, Group)
    assert isinstance(hidden.overall, Group)
    assert openness(shown.overall).value == pytest.approx((100 * 0 + 20 * 25 + 60 * 75 + 70 * 100) / 250)
    assert shown.respondents.population == {"people": 250, "silent": 0, "together": 0}
    assert hidden.respondents.population is not None
    assert hidden.respondents.population["together"] > 0
    assert openness(hidden.overall).value != pytest.approx(openness(shown.overall).value)
    both = hidden.overall.indicators
    assert all(isinstance(estimate, Estimate) for estimate in both.values())


def test_cells_of_which_nobody_answered_anything_have_no_say() -> None:
    answers: dict[Cell, list[int | None]] = {("employee", unit): [3] * 20 for unit in "UVW"}
    answers |= {("manager", unit): [4, 4, 4] for unit in "UV"} | {("manager", "W"): [None, None]}
    found = result(rows(answers), dict.fromkeys(answers, 30))
    assert openness(found.overall).value == pytest.approx((90 * 50 + 60 * 75) / 150)
