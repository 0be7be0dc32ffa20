"""Rule 5: conditions joined to scenarios, their levels and what limits them."""

from __future__ import annotations

import math
from typing import Any

import pytest

from tests.scoring.building import framework, percent, scenario
from tests.scoring.running import scored


def story(when: str, *people: dict[str, Any]) -> Any:
    """The scenario of everybody, where indicator `x` has the number item `X` and so on."""
    fw = framework(scenario(when), **percent("x", "y", "z"))
    rows = [{"respondent": f"r{i}", "X": None, "Y": None, "Z": None} | person for i, person in enumerate(people)]
    return scored(fw, rows).overall.scenarios["story"]


def high(score: float) -> float:
    """Membership of `high` by the default anchors, which are 25 apart on both sides."""
    return 1 / (1 + math.exp(-3 * (score - 55) / 25))


def score_for(membership: float) -> float:
    """The score with this membership in `high`."""
    return 55 + 25 / 3 * math.log(membership / (1 - membership))


def test_all_is_the_least() -> None:
    found = story("{all: [{high: x}, {high: y}, {high: z}]}", {"X": 90, "Y": 60, "Z": 70})
    assert found.membership == pytest.approx(high(60))
    assert found.limiting == ("high y",)


def test_any_is_the_most() -> None:
    found = story("{any: [{high: x}, {high: y}, {high: z}]}", {"X": 90, "Y": 60, "Z": 70})
    assert found.membership == pytest.approx(high(90))
    assert found.limiting == ("high x",)


def test_not_is_the_rest() -> None:
    found = story("{not: {high: x}}", {"X": 60})
    assert found.membership == pytest.approx(1 - high(60))
    assert found.limiting == ("high x",)
    assert found.verdict == "ruled out"


def test_they_nest() -> None:
    when = "{all: [{any: [{high: x}, {high: y}]}, {not: {all: [{high: y}, {high: z}]}}]}"
    found = story(when, {"X": 70, "Y": 60, "Z": 41})
    assert found.membership == pytest.approx(1 - high(41))  # 0.843, high(70) is 0.858
    assert found.limiting == ("high z",)
    assert [c.condition for c in found.conditions] == ["high x", "high y", "high y", "high z"]


def test_everything_that_ties_is_limiting() -> None:
    found = story("{all: [{high: x}, {high: y}, {high: z}]}", {"X": 60, "Y": 90, "Z": 60})
    assert found.limiting == ("high x", "high z")


def test_exactly_at_the_crossover_is_not_present() -> None:
    found = story("{high: x}", {"X": 55})
    assert (found.membership, found.verdict, found.level) == (0.5, "ruled out", "watch")
    assert story("{high: x}", {"X": 55.01}).verdict == "present"
    assert story("{not: {high: x}}", {"X": 55}).verdict == "ruled out"


@pytest.mark.parametrize(("membership", "level"), [
    (0.05, "clear"), (0.2499, "clear"), (0.2501, "watch"), (0.4999, "watch"), (0.5001, "elevated"),
    (0.7499, "elevated"), (0.7501, "critical"), (0.95, "critical"),
])  # fmt: skip
def test_levels(membership: float, level: str) -> None:
    found = story("{high: x}", {"X": score_for(membership)})
    assert found.membership == pytest.approx(membership)
    assert found.level == level


def test_with_a_condition_missing_the_membership_is_missing_even_if_another_would_settle_it() -> None:
    found = story("{any: [{high: x}, {high: y}]}", {"X": 95, "Y": None})
    assert found.membership is None
    assert found.limiting == ()
    assert found.conditions[0].membership == pytest.approx(high(95))
    assert found.conditions[1].membership is None


def test_the_level_is_given_where_both_bounds_share_it() -> None:
    found = story("{any: [{high: x}, {high: y}]}", {"X": 95, "Y": None})
    assert found.bounds == pytest.approx((high(95), high(100)))
    assert found.level == "critical"
    assert story("{any: [{high: x}, {high: y}]}", {"X": 60, "Y": None}).level is None


def test_not_swaps_the_bounds() -> None:
    found = story("{not: {any: [{high: x}, {high: y}]}}", {"X": 60, "Y": None})
    assert found.bounds == pytest.approx((1 - high(100), 1 - high(60)))


def test_one_indicator_may_enter_on_both_sides() -> None:
    found = story(
        "{all: [{high: x}, {not: {high: {indicator: x, calibration: {out: 60, crossover: 80, in: 90}}}}]}", {"X": 70}
    )
    assert found.membership == pytest.approx(min(high(70), 1 - 1 / (1 + math.exp(1.5))))
    unanswered = story("{all: [{high: x}, {not: {high: x}}]}", {"X": None, "Y": 1})
    assert unanswered.bounds == pytest.approx((high(0), high(100)))  # enclosing: no score reaches above 0.5
    assert unanswered.verdict == "undetermined"


def test_a_favourable_finding_has_the_same_steps() -> None:
    fw = framework(scenario("{high: x}", extra="kind: favourable\n"), **percent("x"))
    found = scored(fw, [{"respondent": "r", "X": 95}]).overall.scenarios["story"]
    assert (found.kind, found.level, found.verdict) == ("favourable", "critical", "present")


def test_who_answers_the_middle_everywhere_is_on_no_scenario() -> None:
    for when in ("{high: x}", "{low: x}"):
        assert story(when, {"X": 50}).verdict == "ruled out"


@pytest.mark.parametrize("score", [1.4, 4.9, 5.6, 25, 60.2, 75, 98.7])
def test_mirror_images_tie(score: float) -> None:
    """The default of low is the mirror image of that of high: the last digit of a float is no difference."""
    found = story("{all: [{high: x}, {low: y}]}", {"X": score, "Y": round(100 - score, 1)})
    assert found.limiting == ("high x", "low y")
