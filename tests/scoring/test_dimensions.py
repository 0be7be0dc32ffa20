"""Rule 3: readiness of dimensions and of the whole."""

from __future__ import annotations

from typing import Any

import pytest

from readiness.framework.models import Framework
from readiness.scoring.result import Estimate
from tests.scoring.building import HUNDRED, files, framework, items
from tests.scoring.running import scored


def indicator(item: str, rest: str = "desired: high") -> str:
    return f"{{{rest}, items: {items(**{item: HUNDRED})}}}"


def readiness(fw: Framework, **answers: Any) -> Estimate:
    found = scored(fw, [{"respondent": "r"} | answers]).overall.readiness
    assert isinstance(found, Estimate)
    return found


def dimension(fw: Framework, name: str = "culture", **answers: Any) -> Estimate:
    found = scored(fw, [{"respondent": "r"} | answers]).overall.dimensions[name]
    assert isinstance(found, Estimate)
    return found


def test_a_dimension_is_the_weighted_mean_of_its_indicators() -> None:
    fw = framework(x=indicator("X"), y=indicator("Y", "desired: high, weight: 3"))
    assert dimension(fw, X=20, Y=80).value == 65


def test_adverse_indicators_are_turned_round() -> None:
    fw = framework(x=indicator("X"), y=indicator("Y", "desired: low"))
    assert dimension(fw, X=20, Y=80).value == 20
    assert dimension(fw, X=20, Y=80).bounds == (20, 20)


def test_indicators_without_a_desired_direction_do_not_count() -> None:
    fw = framework(x=indicator("X"), y=indicator("Y", "desired: none"))
    assert dimension(fw, X=20, Y=80).value == 20


def test_an_indicator_of_weight_0_is_recorded_without_counting() -> None:
    fw = framework(x=indicator("X"), y=indicator("Y", "desired: high, weight: 0"))
    assert dimension(fw, X=20, Y=80).value == 20
    assert dimension(fw, X=20, Y=None).value == 20
    assert dimension(fw, X=20, Y=None).bounds == (20, 20)


def test_what_is_missing_is_missed_by_min_answered() -> None:
    fw = framework(x=indicator("X"), y=indicator("Y"))
    assert dimension(fw, X=20, Y=None).value is None
    three = framework(x=indicator("X"), y=indicator("Y"), z=indicator("Z"))
    assert dimension(three, X=20, Y=40, Z=None).value == 30


def test_what_is_not_applicable_leaves_the_sum() -> None:
    fw = framework(x=indicator("X"), y=indicator("Y"))
    assert dimension(fw, X=20, Y="na").value == 20
    assert dimension(fw, X=20, Y="na").bounds == (20, 20)


def test_the_whole_is_the_weighted_mean_of_the_dimensions() -> None:
    fw = files(one=f"indicators: {{x: {indicator('X')}}}", two=f"weight: 3\nindicators: {{y: {indicator('Y')}}}")
    assert readiness(fw, X=20, Y=80).value == 65


def test_a_dimension_with_nothing_but_desired_none_leaves_the_whole() -> None:
    fw = files(one=f"indicators: {{x: {indicator('X')}}}", two=f"indicators: {{y: {indicator('Y', 'desired: none')}}}")
    assert readiness(fw, X=20, Y=80).value == 20
    assert readiness(fw, X=20, Y=80).bounds == (20, 20)
    assert dimension(fw, "two", X=20, Y=80).value is None


def test_a_dimension_with_nothing_applicable_leaves_the_whole() -> None:
    fw = files(one=f"indicators: {{x: {indicator('X')}}}", two=f"indicators: {{y: {indicator('Y')}}}")
    assert readiness(fw, X=20, Y="na").value == 20
    found = dimension(fw, "two", X=20, Y="na")
    assert (found.value, found.bounds, found.n) == (None, (0, 100), 0)


def test_a_missing_dimension_is_missed_by_min_answered() -> None:
    body = {name: f"indicators: {{{name}x: {indicator(name.upper())}}}" for name in ("one", "two", "three")}
    fw = files(**body)
    assert readiness(fw, ONE=20, TWO=40, THREE=None).value == 30
    assert readiness(fw, ONE=20, TWO=None, THREE=None).value is None
    assert readiness(files("", "min_answered: 0.3\n", **body), ONE=20, TWO=None, THREE=None).value == 20


def test_nested_dimensions_count_beside_indicators() -> None:
    fw = files(
        one=f"""
        indicators: {{x: {indicator("X")}}}
        dimensions:
          inner: {{weight: 3, indicators: {{y: {indicator("Y", "desired: low")}}}}}
    """
    )
    assert dimension(fw, "inner", X=20, Y=80).value == 20
    assert dimension(fw, "one", X=100, Y=80).value == 40
    assert readiness(fw, X=100, Y=80).value == 40
    assert list(scored(fw, [{"respondent": "r", "X": 1, "Y": 2}]).overall.dimensions) == ["one", "inner"]


@pytest.mark.parametrize(("how", "value"), [("mean", 50), ("sum", 100), ("min", 20), ("max", 80), ("geometric", 40)])
def test_a_dimension_can_be_aggregated_in_raw_units(how: str, value: float) -> None:
    fw = files(one=f"aggregate: {how}\nrange: raw\nindicators: {{x: {indicator('X')}, y: {indicator('Y')}}}")
    assert dimension(fw, "one", X=20, Y=80).value == pytest.approx(value)


def test_an_adverse_indicator_in_raw_units_is_turned_round_in_its_own_range() -> None:
    said = f"{{desired: low, range: raw, aggregate: sum, items: {items(A='scale: five', B='scale: five')}}}"
    fw = files(one=f"aggregate: sum\nrange: raw\nindicators: {{x: {said}}}")
    assert dimension(fw, "one", A=1, B=2).value == 9  # of 2 to 10, 3 turned round


def test_spread_and_number_are_those_of_the_respondents_own_scores() -> None:
    fw = framework(x=indicator("X"), y=indicator("Y"))
    rows = [{"respondent": f"r{i}", "X": x, "Y": y} for i, (x, y) in enumerate([(0, 20), (40, 60), (90, None)])]
    found = scored(fw, rows).overall.dimensions["culture"]
    assert found.n == 2  # the third has no score of their own
    assert found.sd == pytest.approx(28.284271247461902)  # 10 and 50
    assert found.value == pytest.approx((130 / 3 + 40) / 2)  # the value comes from the group's indicators


def test_in_percent_each_part_is_first_put_on_its_own_range() -> None:
    points = "{desired: high, range: raw, items: " + items(X="type: number, min: 10, max: 1010") + "}"
    other = "{desired: high, range: raw, items: " + items(Y="scale: five") + "}"
    fw = files(
        "", "aggregate: geometric\n", one=f"range: raw\nindicators: {{x: {points}}}", two=f"indicators: {{y: {other}}}"
    )
    assert readiness(fw, X=12.5, Y=4).value == pytest.approx((0.25 * 75) ** 0.5)
    assert readiness(fw, X=10, Y=4).value == 0
