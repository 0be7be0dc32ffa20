"""Rule 1: an answer as points, over the extremes of its scale."""

from __future__ import annotations

from typing import Any

import pytest

from tests.scoring.building import framework, items
from tests.scoring.running import scored


def value_of(item: str, answer: object, indicator: str = "desired: high") -> Any:
    result = scored(framework(x=f"{{{indicator}, items: {items(A=item)}}}"), [{"respondent": "r", "A": answer}])
    return result.overall.indicators["x"].value


@pytest.mark.parametrize(("answer", "score"), [(1, 0), (2, 25), (3, 50), (4, 75), (5, 100)])
def test_an_answer_counts_over_the_extremes_of_its_scale(answer: int, score: float) -> None:
    assert value_of("scale: five", answer) == score


def test_the_observed_extremes_play_no_part() -> None:
    fw = framework(x=f"{{desired: high, items: {items(A='scale: five')}}}")
    result = scored(fw, [{"respondent": "r1", "A": 2}, {"respondent": "r2", "A": 4}])
    assert result.overall.indicators["x"].value == 50
    assert result.overall.indicators["x"].sd == pytest.approx(35.35533905932738)  # 25 and 75, not 0 and 100


@pytest.mark.parametrize(("answer", "score"), [(1, 100), (2, 75), (5, 0)])
def test_a_reversed_item_is_turned_round(answer: int, score: float) -> None:
    assert value_of("scale: five, reversed: true", answer) == score


@pytest.mark.parametrize(("answer", "score"), [(-2, 0), (0, 20), (8, 100)])
def test_distances_between_options_are_those_of_their_values(answer: int, score: float) -> None:
    assert value_of("scale: odd", answer) == score


@pytest.mark.parametrize(("answer", "score"), [(1, 0), (2, 100), (3, 40)])
def test_an_explicit_score_replaces_the_value(answer: int, score: float) -> None:
    assert value_of("scale: scored", answer) == score


@pytest.mark.parametrize(("answer", "score"), [(1, 100), (2, 0), (3, 60)])
def test_an_explicit_score_is_turned_round_too(answer: int, score: float) -> None:
    assert value_of("scale: scored, reversed: true", answer) == score


@pytest.mark.parametrize(("answer", "score"), [(10, 0), (15, 25), ("17.5", 37.5), (30, 100)])
def test_a_number_counts_between_its_least_and_its_most(answer: object, score: float) -> None:
    assert value_of("type: number, min: 10, max: 30", answer) == score


@pytest.mark.parametrize(("item", "answer", "points"), [
    ("scale: odd", -2, -2),
    ("scale: odd", 8, 8),
    ("scale: odd, reversed: true", 8, -2),
    ("scale: odd, reversed: true", 0, 6),
    ("scale: scored", 3, 4),
    ("type: number, min: 10, max: 30, reversed: true", 12, 28),
])  # fmt: skip
def test_a_raw_range_keeps_the_points(item: str, answer: int, points: float) -> None:
    assert value_of(item, answer, "desired: high, range: raw") == points
