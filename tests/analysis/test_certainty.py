"""Certainty: readiness and scenarios for other values of the indicators, and the errors that follow from theirs."""

from __future__ import annotations

import math
from collections.abc import Mapping
from fractions import Fraction
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from readiness.analysis.certainty import Certainty, completed_groups
from readiness.analysis.errors import Errors
from readiness.analysis.evaluating import Block, Evaluation, Standing
from readiness.analysis.intervals import Error, t_quantile, wilson
from readiness.framework.models import Framework
from readiness.responses.coding import WEIGHT
from readiness.scoring.result import Estimate, Group, ScenarioResult, Suppressed
from tests.analysis.surveyed import analysed
from tests.scoring.building import framework, items, percent, scenario
from tests.scoring.profiles import tries
from tests.scoring.reference import Reference
from tests.scoring.reference_scores import Score
from tests.scoring.running import loaded
from tests.scoring.strategies import frameworks

HALF = 0.5 + 1e-9


def scores(reference: Reference, values: Mapping[str, float | None], applies: Mapping[str, bool]) -> dict[str, Score]:
    found = {}
    for id_, value in values.items():
        lo, hi = reference.indicator_range(reference.indicators[id_])
        exact = None if value is None else Fraction(value)
        found[id_] = Score(exact, lo, hi, applies[id_], applies[id_])
    return found


def same(found: float, expected: Fraction | float | None) -> bool:
    return math.isnan(found) if expected is None else found == pytest.approx(float(expected), abs=1e-7, rel=1e-7)


@tries(20, shrink=False)
@given(frameworks(), st.data())
def test_other_values_make_what_the_arithmetic_makes_of_them(raw: Any, data: st.DataObject) -> None:
    reference = Reference(raw, [])
    ids = list(reference.indicators)
    ranges = {id_: tuple(map(float, reference.indicator_range(reference.indicators[id_]))) for id_ in ids}

    def drawn() -> list[float]:
        """One value of each indicator, somewhere in its range."""
        return [
            low + data.draw(st.sampled_from((0, 0.2, 0.5, 0.77, 1))) * (high - low) for low, high in ranges.values()
        ]

    missing = data.draw(st.sets(st.sampled_from(ids)))
    stands: dict[str, float | None] = {id_: None if id_ in missing else v for id_, v in zip(ids, drawn(), strict=True)}
    applies = {id_: value is not None or data.draw(st.booleans()) for id_, value in stands.items()}
    moved = [id_ for id_ in ids if id_ not in missing and data.draw(st.booleans())]
    rows = np.array([[row[ids.index(id_)] for id_ in moved] for row in (drawn(), drawn())]).reshape(2, len(moved))
    evaluation, standing = Evaluation(loaded(raw)), Standing(stands, applies)
    (levels,) = evaluation.readiness([Block(standing, moved, rows)])
    (told,) = evaluation.scenarios([Block(standing, moved, rows)])
    for place, row in enumerate(rows):
        own = scores(reference, stands | dict(zip(moved, map(float, row), strict=True)), applies)
        tree = reference.tree(own)
        assert same(levels["overall"][place], tree["readiness"].value)
        for id_ in reference.dimensions:
            assert same(levels[id_][place], tree[f"dimension:{id_}"].value), id_
        for id_, scenario_ in reference.scenarios.items():
            assert same(told[id_][place], reference.memberships(scenario_["when"], own)["membership"]), id_


def test_many_blocks_are_as_many_alone() -> None:
    fw = framework(scenario("{all: [high: x, low: y]}"), **percent("x", "y"))
    rng = np.random.default_rng(1)
    blocks = [
        Block(Standing({"x": 50.0, "y": value}, {"x": True, "y": True}), ["x"], rng.uniform(0, 100, (size, 1)))
        for size, value in ((3, 20.0), (60_000, 45.0), (60_000, None), (0, 1.0), (5, 90.0))
    ]
    evaluation = Evaluation(fw)
    together = [found["story"] for found in evaluation.scenarios(blocks)]
    alone = [next(iter(evaluation.scenarios([block])))["story"] for block in blocks]
    for found, expected in zip(together, alone, strict=True):
        assert found == pytest.approx(expected, abs=1e-12, nan_ok=True)
    assert [len(found) for found in together] == [3, 60_000, 60_000, 0, 5]
    assert np.isnan(together[2]).all()


# -- errors of what is made of indicators -------------------------------------------------------------------------


def group(fw: Framework, rows: list[dict[str, Any]]) -> Group:
    found = analysed(fw, None, interviews=rows, with_analysis=False).overall
    assert isinstance(found, Group)
    return found


WEIGHED = framework(
    x=f"{{desired: high, weight: 3, items: {items(X='type: number, min: 0, max: 100')}}}",
    y=f"{{desired: low, items: {items(Y='type: number, min: 0, max: 100')}}}",
    z=f"{{desired: none, items: {items(Z='type: number, min: 0, max: 100')}}}",
)


@tries(25)
@given(st.floats(0.1, 6), st.floats(0.1, 6), st.floats(-1, 1), st.integers(3, 50), st.integers(3, 50))
def test_a_weighted_mean_has_the_error_of_its_weights(se1: float, se2: float, r: float, df1: int, df2: int) -> None:
    rows = [{"respondent": str(place), "X": 50 + place, "Y": 40, "Z": 1} for place in range(4)]
    errors = {"x": Error(se1, df1), "y": Error(se2, df2), "z": Error(9.0, 2)}
    covariance = np.diag([se1**2, se2**2, 81.0])
    covariance[0, 1] = covariance[1, 0] = r * se1 * se2
    certainty = Certainty(WEIGHED, group(WEIGHED, rows), Errors(("x", "y", "z"), errors, covariance), "")
    (moved,) = Evaluation(WEIGHED).readiness([certainty.moved_block()])
    whole, dimensions = certainty.levels(moved)
    # readiness is (3 x + 100 - y) / 4
    se = math.sqrt(max(0.0, 9 * se1**2 + se2**2 - 6 * r * se1 * se2)) / 4
    for told in (whole, dimensions["culture"]):
        low, high = told.interval
        assert (high - low) / 2 == pytest.approx(t_quantile(min(df1, df2)) * se, rel=1e-3, abs=1e-4)


def test_what_rests_on_a_fact_alone_has_no_interval() -> None:
    fw = framework(
        f=f"{{desired: high, scope: organisation, items: {items(F='scale: yes_no')}}}",
        x=f"{{desired: none, items: {items(X='scale: five')}}}",
    )
    rows = [{"respondent": str(place), "F": 1, "X": 1 + place % 5} for place in range(10)]
    assert analysed(fw, rows).overall.readiness.interval is None


def test_the_lowest_of_two_has_the_error_of_the_lower() -> None:
    fw = framework(extra="aggregate: min\n", **percent("x", "y"))
    rows = [{"respondent": str(place), "X": 20 + place, "Y": 70 + 3 * (place % 4)} for place in range(12)]
    overall = analysed(fw, rows).overall
    assert overall.dimensions["culture"].interval == pytest.approx(overall.indicators["x"].interval, abs=1e-6)


# -- scenarios ----------------------------------------------------------------------------------------------------

STORY = framework(scenario("{high: x}"), **percent("x"))


def answered(values: list[int]) -> list[dict[str, Any]]:
    return [{"respondent": str(place), "X": value} for place, value in enumerate(values)]


def completed(fw: Framework, rows: list[dict[str, Any]], drawn: list[float]) -> ScenarioResult:
    """A scenario completed by memberships that were drawn."""
    certainty = Certainty(fw, group(fw, rows), Errors(("x",), {"x": Error(1.0, 9)}, np.eye(1)), "")
    found = certainty.scenarios({"story": np.array(drawn)})["story"]
    assert isinstance(found, ScenarioResult)
    return found


def test_the_middle_of_the_draws_is_all_but_one_in_forty_at_either_end() -> None:
    told = completed(STORY, answered([60] * 3 + [80]), [place / 1000 for place in range(1000)])
    assert told.interval == (0.025, 0.974)
    assert told.probability == pytest.approx(0.499)
    assert told.verdict == "undetermined"


@pytest.mark.parametrize(
    ("drawn", "verdict", "probability"),
    [([0.6] * 40, "present", 1.0), ([0.5] * 40, "undetermined", 0.0), ([HALF] * 40, "undetermined", 0.0)],
)
def test_present_is_above_a_half(drawn: list[float], verdict: str, probability: float) -> None:
    told = completed(STORY, answered([60, 70, 80, 65]), drawn)
    assert (told.verdict, told.probability) == (verdict, probability)
    assert told.interval is not None
    assert told.membership is not None
    assert told.interval[1] >= told.membership


def test_draws_without_a_membership_tell_nothing() -> None:
    told = completed(STORY, answered([60, 70, 80, 65]), [0.6] * 39 + [math.nan])
    assert (told.interval, told.probability, told.verdict) == (None, None, "present")


def test_a_share_of_people_who_count_by_weights_has_the_interval_of_their_effective_number() -> None:
    rows = [row | {WEIGHT: 1 + 3 * (place % 2)} for place, row in enumerate(answered([30, 90, 60, 20, 80, 55] * 6))]
    told = analysed(STORY, rows).overall
    prevalence, effective = told.scenarios["story"].prevalence, told.indicators["x"].n_effective
    assert prevalence.interval == pytest.approx(wilson(prevalence.value, effective), abs=1e-9)


def test_what_is_hidden_is_given_on_as_it_is() -> None:
    rows = answered([60, 70, 80, 65])
    whole = group(STORY, rows)
    hidden = Group(
        **{
            **dict(whole),
            "readiness": Suppressed(),
            "indicators": {"x": Suppressed()},
            "scenarios": {"story": Suppressed()},
            "dimensions": {"culture": Suppressed()},
        }
    )
    certainty = Certainty(STORY, hidden, Errors(("x",), {"x": Error(1.0, 9)}, np.eye(1)), "")
    (told,) = completed_groups([certainty], STORY)
    assert told == hidden


def test_groups_come_back_in_their_order_each_with_its_own() -> None:
    first, second = group(STORY, answered([60, 70, 80, 65])), group(STORY, answered([10, 20, 15, 12]))
    errors = Errors(("x",), {"x": Error(1.0, 9)}, np.eye(1))
    told = list(completed_groups([Certainty(STORY, g, errors, n) for g, n in ((first, "a"), (second, "b"))], STORY))
    values = [t.indicators["x"].value for t in told if isinstance(t.indicators["x"], Estimate)]
    assert values == [68.75, 14.25]
    assert [t.scenarios["story"].verdict for t in told] == ["present", "ruled out"]  # type: ignore[union-attr]
