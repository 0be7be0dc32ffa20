"""Rule 4: from a score to a degree of membership."""

from __future__ import annotations

import math
from typing import Any

import narwhals as nw
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from readiness.framework.configurations import Calibration
from readiness.scoring import calibration as calibration_module
from tests.scoring.building import framework, items, percent, scenario
from tests.scoring.profiles import tries
from tests.scoring.running import scored


def condition(when: str, score: Any, head: str = "") -> Any:
    fw = framework(scenario(when), head, **percent("x"))
    return scored(fw, [{"respondent": "r", "X": score}]).overall.scenarios["story"].conditions[0]


def membership(when: str, score: Any, head: str = "") -> float:
    return float(condition(when, score, head).membership)


FULLY_IN, FULLY_OUT = 1 / (1 + math.exp(-3)), 1 / (1 + math.exp(3))


@pytest.mark.parametrize(("score", "expected"), [
    (30, FULLY_OUT),
    (55, 0.5),
    (80, FULLY_IN),
    (42.5, 1 / (1 + math.exp(1.5))),
    (67.5, 1 / (1 + math.exp(-1.5))),
    (0, 1 / (1 + math.exp(6.6))),
    (100, 1 / (1 + math.exp(-5.4))),
])  # fmt: skip
def test_high_goes_by_the_default_anchors(score: float, expected: float) -> None:
    assert membership("{high: x}", score) == pytest.approx(expected, abs=1e-12)


@pytest.mark.parametrize(("score", "expected"), [
    (70, FULLY_OUT),
    (45, 0.5),
    (20, FULLY_IN),
    (57.5, 1 / (1 + math.exp(1.5))),
    (0, 1 / (1 + math.exp(-5.4))),
    (100, 1 / (1 + math.exp(6.6))),
])  # fmt: skip
def test_low_goes_by_the_mirror_image_in_the_middle_of_the_range(score: float, expected: float) -> None:
    assert membership("{low: x}", score) == pytest.approx(expected, abs=1e-12)


@pytest.mark.parametrize("score", [45, 47, 50, 53, 55])
def test_the_middle_is_neither_high_nor_low(score: float) -> None:
    assert membership("{high: x}", score) <= 0.5
    assert membership("{low: x}", score) <= 0.5


def test_each_side_of_the_crossover_has_its_own_slope() -> None:
    own = "{high: {indicator: x, calibration: {out: 10, crossover: 20, in: 60}}}"
    assert membership(own, 10) == pytest.approx(FULLY_OUT)
    assert membership(own, 15) == pytest.approx(1 / (1 + math.exp(1.5)))
    assert membership(own, 40) == pytest.approx(1 / (1 + math.exp(-1.5)))
    assert membership(own, 60) == pytest.approx(FULLY_IN)


def test_falling_anchors_mirror_it() -> None:
    own = "{low: {indicator: x, calibration: {out: 55, crossover: 40, in: 20}}}"
    assert membership(own, 55) == pytest.approx(FULLY_OUT)
    assert membership(own, 47.5) == pytest.approx(1 / (1 + math.exp(1.5)))
    assert membership(own, 40) == 0.5
    assert membership(own, 30) == pytest.approx(1 / (1 + math.exp(-1.5)))
    assert membership(own, 20) == pytest.approx(FULLY_IN)


def test_the_log_odds_of_the_outer_anchors_can_be_said() -> None:
    own = f"{{high: {{indicator: x, calibration: {{out: 30, crossover: 55, in: 80, log_odds: {math.log(19)}}}}}}}"
    assert membership(own, 80) == pytest.approx(0.95)
    assert membership(own, 30) == pytest.approx(0.05)


def test_the_framework_can_set_the_default_and_low_mirrors_it() -> None:
    head = "defaults: {calibration: {out: 20, crossover: 60, in: 70}}\n"
    assert membership("{high: x}", 70, head) == pytest.approx(FULLY_IN)
    assert membership("{low: x}", 40, head) == 0.5
    assert membership("{low: x}", 30, head) == pytest.approx(FULLY_IN)
    assert membership("{low: x}", 80, head) == pytest.approx(FULLY_OUT)


@pytest.mark.parametrize(("income", "expected"), [
    (40110, 1.00), (25200, 0.98), (20060, 0.95), (17090, 0.92), (15320, 0.89), (13680, 0.85), (11720, 0.79),
    (9800, 0.72), (7470, 0.62), (4670, 0.40), (4070, 0.25), (3740, 0.18), (3590, 0.16), (2980, 0.08), (1000, 0.01),
])  # fmt: skip
def test_it_agrees_with_the_published_example_of_developed_countries(income: float, expected: float) -> None:
    """Ragin, Redesigning Social Inquiry (2008), table 5.2: anchors 2,500, 5,000 and 20,000 dollars."""
    fw = framework(
        scenario("{high: {indicator: x, calibration: {out: 2500, crossover: 5000, in: 20000}}}"),
        x=f"{{desired: high, range: raw, items: {items(X='type: number, min: 0, max: 100000')}}}",
    )
    found = scored(fw, [{"respondent": "r", "X": income}]).overall.scenarios["story"].membership
    assert found == pytest.approx(expected, abs=0.005)


def test_a_score_is_rounded_to_a_billionth_before_it_is_compared() -> None:
    fw = framework(
        scenario("{high: x}"),
        x=f"{{desired: high, items: {items(A='type: number, min: 0, max: 3', B='type: number, min: 0, max: 100')}}}",
    )
    thirds = [
        {"respondent": f"r{i}", "A": a, "B": 60} for i, a in enumerate((1, 1, 2, 2))
    ]  # 33.3 and 66.7: mean 50, 55 with B
    story = scored(fw, thirds).overall.scenarios["story"]
    assert story.membership == 0.5
    assert (story.verdict, story.level) == ("ruled out", "watch")


def test_far_beyond_the_anchors_nothing_overflows() -> None:
    own = "{high: {indicator: x, calibration: {out: 99.7, crossover: 99.8, in: 99.9}}}"
    assert membership(own, 0) == pytest.approx(0.0, abs=1e-100)
    assert membership("{low: {indicator: x, calibration: {out: 99.9, crossover: 99.8, in: 99.7}}}", 0) == 1.0


@tries(40)
@given(st.floats(0, 100), st.floats(0, 100))
def test_membership_rises_with_the_score(one: float, other: float) -> None:
    low, high = sorted((round(one, 6), round(other, 6)))
    assert membership("{high: x}", f"{low:.6f}") <= membership("{high: x}", f"{high:.6f}")
    assert membership("{low: x}", f"{low:.6f}") >= membership("{low: x}", f"{high:.6f}")


def test_a_condition_shows_its_score_and_its_bounds() -> None:
    fw = framework(scenario("{low: x}"), x=f"{{desired: high, items: {items(A='scale: five', B='scale: five')}}}")
    found = scored(fw, [{"respondent": "r", "A": 2, "B": None}]).overall.scenarios["story"].conditions[0]
    assert (found.condition, found.score, found.membership) == ("low x", None, None)
    assert found.bounds == pytest.approx((1 / (1 + math.exp(3 * 17.5 / 25)), 1 / (1 + math.exp(-3 * 32.5 / 25))))


@tries(40)
@given(
    scores=st.lists(st.one_of(st.none(), st.floats(0, 100)), min_size=1, max_size=6),
    anchors=st.lists(st.integers(0, 100), min_size=3, max_size=3, unique=True).map(sorted),
    falling=st.booleans(),
    log_odds=st.sampled_from((3.0, math.log(19))),
)
def test_single_scores_have_the_memberships_that_columns_have(
    scores: list[float | None], anchors: list[int], falling: bool, log_odds: float
) -> None:
    out, crossover, full = reversed(anchors) if falling else anchors
    calibration = Calibration.model_validate({"out": out, "crossover": crossover, "in": full, "log_odds": log_odds})
    column = calibration_module.membership(calibration_module.on_grain(nw.col("score")), calibration)
    frame = nw.from_native(pl.DataFrame({"score": pl.Series(scores, dtype=pl.Float64)}))
    expected = frame.select(column)["score"].to_list()
    grain = calibration_module.GRAIN
    on_grain = [None if score is None else calibration_module.grains(score) / grain for score in scores]
    found = [None if score is None else calibration_module.membership_at(score, calibration) for score in on_grain]
    assert found == pytest.approx(expected, abs=1e-12)


def test_a_score_far_from_a_narrow_curve_overflows_nowhere() -> None:
    calibration = Calibration.model_validate({"out": 99.7, "crossover": 99.8, "in": 99.9})
    found = [calibration_module.membership_at(score, calibration) for score in (0.0, 99.8, 1e6)]
    assert found == [0.0, 0.5, 1.0]
