"""Rule 2: indicators, and who is asked what."""

from __future__ import annotations

from typing import Any

import pytest

from readiness.scoring.result import Estimate
from tests.scoring.building import framework, items
from tests.scoring.running import scored

FIVE = "scale: five"


def estimate(
    said: str, columns: list[str] | None = None, context: dict[str, Any] | None = None, /, **answers: Any
) -> Estimate:
    """Indicator `x` of one respondent; `other` asks what follow-ups may hang on."""
    fw = framework(x=f"{{desired: high, {said}}}", other=f"{{desired: high, items: {items(Q=FIVE, R=FIVE)}}}")
    row = {"respondent": "r", "Q": None, "R": None} | (context or {}) | answers
    found = scored(fw, [row], columns).overall.indicators["x"]
    assert isinstance(found, Estimate)
    return found


def value(
    said: str, columns: list[str] | None = None, context: dict[str, Any] | None = None, /, **answers: Any
) -> float | None:
    return estimate(said, columns, context, **answers).value


def test_an_indicator_is_the_weighted_mean_of_its_items() -> None:
    assert value(f"items: {items(A=FIVE, B=FIVE + ', weight: 3')}", A=1, B=5) == 75


def test_an_item_of_weight_0_is_recorded_without_counting() -> None:
    assert value(f"items: {items(A=FIVE, B=FIVE + ', weight: 0')}", A=2, B=5) == 25


def test_an_item_of_weight_0_is_not_missed_either() -> None:
    found = estimate(f"min_answered: 1, items: {items(A=FIVE, B=FIVE + ', weight: 0')}", A=2, B=None)
    assert (found.value, found.bounds) == (25, (25, 25))


def test_not_applicable_leaves_the_sum() -> None:
    assert value(f"min_answered: 1, items: {items(A=FIVE, B=FIVE)}", A=2, B="na") == 25


def test_dont_know_stays_in_the_sum_as_missing() -> None:
    assert value(f"items: {items(A=FIVE, B=FIVE)}", A=2, B="dk") is None


def test_missing_stays_in_the_sum_as_missing() -> None:
    assert value(f"items: {items(A=FIVE, B=FIVE)}", A=2, B=None) is None


def test_by_default_both_of_a_pair_are_needed_and_three_of_four() -> None:
    four = f"items: {items(A=FIVE, B=FIVE, C=FIVE, D=FIVE)}"
    assert value(four, A=1, B=2, C=3, D=None) == 25
    assert value(four, A=1, B=2, C=None, D=None) is None


def test_three_of_five_are_exactly_enough() -> None:
    five = f"items: {items(A=FIVE, B=FIVE, C=FIVE, D=FIVE, E=FIVE)}"
    assert value(five, A=5, B=5, C=2, D=None, E="dk") == 75


def test_weights_decide_what_is_enough() -> None:
    pair = f"items: {items(A=FIVE + ', weight: 0.7', B=FIVE + ', weight: 0.3')}"
    assert value(pair, A=4, B=None) == 75
    assert value(pair, A=None, B=4) is None


def test_a_share_of_its_own_replaces_the_default() -> None:
    assert value(f"min_answered: 0.5, items: {items(A=FIVE, B=FIVE)}", A=4, B=None) == 75


def test_even_with_a_share_of_0_nothing_answered_is_missing() -> None:
    assert value(f"min_answered: 0, items: {items(A=FIVE, B=FIVE)}", A=None, B=None, Q=3) is None


def test_with_nothing_applicable_the_indicator_is_missing_and_leaves_its_dimension() -> None:
    fw = framework(
        x=f"{{desired: high, items: {items(A=FIVE)}}}",
        y=f"{{desired: high, items: {items(B=FIVE)}}}",
        extra="min_answered: 1\n",
    )
    result = scored(fw, [{"respondent": "r", "A": "na", "B": 4}])
    assert result.overall.indicators["x"].value is None
    assert result.overall.dimensions["culture"].value == 75


def test_an_item_not_put_to_a_role_does_not_count_while_unanswered() -> None:
    said = f"min_answered: 1, items: {items(A=FIVE, B=FIVE + ', roles: [manager]')}"
    assert value(said, None, {"role": "employee"}, A=2, B=None) == 25
    assert value(said, None, {"role": "manager"}, A=2, B=None) is None


def test_an_answer_that_is_there_counts_though_it_was_not_put() -> None:
    said = f"min_answered: 1, items: {items(A=FIVE, B=FIVE + ', roles: [manager]')}"
    assert value(said, None, {"role": "employee"}, A=1, B=5) == 50


def test_a_respondent_without_a_role_is_put_every_item() -> None:
    assert value(f"min_answered: 1, items: {items(A=FIVE, B=FIVE + ', roles: [manager]')}", A=2, B=None) is None


def test_an_item_without_a_column_was_put_to_nobody() -> None:
    found = estimate(f"min_answered: 1, items: {items(A=FIVE, B=FIVE)}", ["A", "Q", "R"], A=2)
    assert (found.value, found.bounds) == (25, (25, 25))


def test_a_column_that_is_empty_was_put() -> None:
    assert value(f"min_answered: 1, items: {items(A=FIVE, B=FIVE)}", ["A", "B", "Q", "R"], A=2, B=None) is None


@pytest.mark.parametrize(("clause", "answer", "put"), [
    ("at_least: 3", 3, True),
    ("at_least: 3", 2, False),
    ("at_most: 3", 3, True),
    ("at_most: 3", 4, False),
    ("at_least: 2, at_most: 3", 4, False),
    ("at_least: 2, at_most: 3", 2, True),
    ("is: 2", 2, True),
    ("is: 2", 3, False),
    ("is_not: 2", 2, False),
    ("is_not: 2", 3, True),
    ("is_not: 2", "dk", False),
    ("is_not: 2", "na", False),
    ("answered: true", 1, True),
    ("answered: true", "dk", False),
    ("answered: true", "na", False),
    ("at_least: 1", "dk", False),
])  # fmt: skip
def test_a_follow_up_is_put_where_its_clause_holds(clause: str, answer: object, put: bool) -> None:
    said = f"min_answered: 1, items: {items(A=FIVE, B=FIVE + f', ask_if: {{Q: {{{clause}}}}}')}"
    assert value(said, A=2, B=None, Q=answer) == (None if put else 25)


def test_clauses_look_at_raw_values_not_at_scores() -> None:
    said = f"min_answered: 1, items: {items(A='scale: scored', B=FIVE + ', ask_if: {A: {at_least: 3}}')}"
    assert value(said, A=3, B=None) is None  # option 3 scores 4, option 2 scores 10
    assert value(said, A=2, B=None) == 100


def test_all_clauses_must_hold() -> None:
    said = f"min_answered: 1, items: {items(A=FIVE, B=FIVE + ', ask_if: {Q: {at_least: 3}, R: {at_least: 3}}')}"
    assert value(said, A=2, B=None, Q=3, R=2) == 25
    assert value(said, A=2, B=None, Q=3, R=3) is None


def test_a_clause_on_a_context_key_that_was_not_recorded_holds() -> None:
    said = f"min_answered: 1, items: {items(A=FIVE, B=FIVE + ', ask_if: {unit: {is: Sales}}')}"
    assert value(said, A=2, B=None) is None
    assert value(said, None, {"unit": "Sales"}, A=2, B=None) is None
    assert value(said, None, {"unit": "Legal"}, A=2, B=None) == 25


def test_that_a_context_key_was_answered_is_one_test_among_others() -> None:
    said = f"min_answered: 1, items: {items(A=FIVE, B=FIVE + ', ask_if: {unit: {answered: true, is: Sales}}')}"
    assert value(said, A=2, B=None) is None
    assert value(said, None, {"unit": "Sales"}, A=2, B=None) is None
    assert value(said, None, {"unit": "Legal"}, A=2, B=None) == 25


@pytest.mark.parametrize(("months", "put"), [("6", True), ("12", True), ("5.5", False), ("3", False), (None, True)])
def test_a_clause_on_a_number_in_the_context_compares_numbers(months: str | None, put: bool) -> None:
    """As text, 12 would come before 6."""
    said = f"min_answered: 1, items: {items(A=FIVE, B=FIVE + ', ask_if: {months: {at_least: 6}}')}"
    assert value(said, None, {"months": months}, A=2, B=None) == (None if put else 25)


def test_a_clause_on_an_item_that_was_not_put_does_not_hold() -> None:
    said = f"min_answered: 1, items: {items(A=FIVE, B=FIVE + ', ask_if: {Q: {at_least: 1}}')}"
    found = estimate(said, ["A", "B", "R"], A=2, B=None)
    assert (found.value, found.bounds) == (25, (25, 25))


def test_what_hangs_on_an_open_answer_is_not_yet_missing() -> None:
    said = f"min_answered: 1, items: {items(A=FIVE, B=FIVE + ', ask_if: {Q: {at_least: 3}}')}"
    found = estimate(said, A=2, B=None, Q=None)
    assert (found.value, found.bounds) == (25, (12.5, 62.5))


@pytest.mark.parametrize(("how", "complete", "partial"), [
    ("mean", 2.75, 2),
    ("sum", 11, 8),  # prorated: what is missing counts as the mean of what is there
    ("min", 1, 2),
    ("max", 4, 2),
    ("geometric", 32**0.25, 2),
])  # fmt: skip
def test_other_aggregates_in_raw_units(how: str, complete: float, partial: float) -> None:
    said = f"range: raw, aggregate: {how}, items: {items(A=FIVE, B=FIVE, C=FIVE + ', weight: 2')}"
    assert value(said, A=1, B=2, C=4) == pytest.approx(complete)
    assert value(said, A=None, B=2, C=2) == pytest.approx(partial)
    assert value(said, A=1, B=4, C=None) is None


def test_a_geometric_mean_with_a_0_is_0() -> None:
    said = f"aggregate: geometric, items: {items(A=FIVE, B=FIVE)}"
    assert value(said, A=1, B=5) == 0
    assert value(said, A=2, B=5) == pytest.approx(50)  # root of 25 x 100


def test_a_sum_in_percent_is_the_share_of_what_can_be_reached() -> None:
    assert value(f"aggregate: sum, items: {items(A=FIVE, B=FIVE + ', weight: 3')}", A=1, B=5) == 75
