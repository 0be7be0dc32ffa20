"""What scenarios would say if everybody saw an indicator as one side does."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from readiness.analysis.standpoints import verdict_at, verdicts_of_sides
from tests.scoring.building import framework, items, percent, scenario
from tests.scoring.profiles import tries
from tests.scoring.running import scored

BOTH = framework(
    scenario("{all: [{high: x}, {low: y}]}", "both") + scenario("{any: [{high: x}, {not: {high: z}}]}", "either"),
    **percent("x", "y", "z"),
)
score = st.floats(0, 100).map(lambda value: round(value, 2))


@tries(30)
@given(score, score, score)
def test_a_verdict_at_scores_is_that_of_people_who_have_them(x: float, y: float, z: float) -> None:
    overall = scored(BOTH, [{"respondent": "r", "X": x, "Y": y, "Z": z}]).overall
    for id_, story in BOTH.scenarios.items():
        assert verdict_at(story, {"x": x, "y": y, "z": z}) == overall.scenarios[id_].verdict


def test_a_side_moves_everybodys_value_by_how_far_it_is_from_everybody() -> None:
    values = {"x": 54.0, "y": 20.0, "z": 90.0}
    assert verdicts_of_sides(BOTH, "x", (2.0, -1.0), values) == {
        "both": ("present", "ruled out"),
        "either": ("present", "ruled out"),
    }
    assert verdicts_of_sides(BOTH, "x", (0.5, -1.0), values) == {}


def test_only_scenarios_that_look_at_the_indicator_are_told() -> None:
    assert verdicts_of_sides(BOTH, "z", (-80.0, 0.0), {"x": 10.0, "y": 20.0, "z": 90.0}) == {
        "either": ("present", "ruled out")
    }


def test_where_another_score_is_missing_nothing_can_be_told() -> None:
    told = verdicts_of_sides(BOTH, "x", (30.0, -30.0), {"x": 50.0, "y": None, "z": 90.0})
    assert told == {"either": ("present", "ruled out")}
    assert verdicts_of_sides(BOTH, "x", (30.0, -30.0), {"y": 20.0, "z": 90.0}) == {}


@pytest.mark.parametrize(("aggregate", "told"), [("mean", True), ("sum", False), ("max", False)])
def test_points_of_items_move_an_indicator_only_where_it_is_their_mean(aggregate: str, told: bool) -> None:
    raw = f"{{desired: high, range: raw, aggregate: {aggregate}, items: {items(A='scale: five', B='scale: five')}}}"
    fw = framework(scenario("{high: {indicator: x, calibration: {out: 2, crossover: 3, in: 4}}}"), x=raw)
    assert bool(verdicts_of_sides(fw, "x", (1.0, -1.0), {"x": 3.0})) is told


def test_a_score_at_its_crossover_is_not_present() -> None:
    fw = framework(scenario("{high: x}"), **percent("x"))
    assert verdict_at(fw.scenarios["story"], {"x": 55.0}) == "ruled out"
    assert verdict_at(fw.scenarios["story"], {"x": math.nextafter(55, 60) + 1e-6}) == "present"
