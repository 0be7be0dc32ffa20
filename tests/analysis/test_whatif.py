"""What if: before is what was scored, after is what the changed scores would have been scored as."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from readiness.analysis.levers.whatif import what_if
from readiness.framework.catalogue import find
from readiness.framework.loading import load
from readiness.framework.models import Framework
from readiness.responses.limits import Limit
from readiness.scoring.evaluating import Known, evaluated
from readiness.scoring.result import Group, ScenarioResult, Suppressed
from readiness.scoring.supposing import Compared, Supposed
from tests.analysis import levers_reference as naive
from tests.analysis.levers_drawn import Case, cases
from tests.scoring.building import framework, percent, scenario
from tests.scoring.running import scored

TWO = framework(
    scenario("{all: [{low: a}, {high: b}]}", "story") + scenario("{high: c}", "other"), **percent("a", "b", "c")
)


def group(*rows: dict[str, Any]) -> Group:
    found = scored(TWO, rows).overall
    assert isinstance(found, Group)
    return found


def compared(found: Supposed, scenario: str) -> Compared:
    one = found.scenarios[scenario]
    assert isinstance(one, Compared)
    return one


def test_a_change_is_seen_in_every_scenario_and_in_readiness() -> None:
    found = what_if(TWO, group({"A": 10, "B": 90, "C": 40}, {"A": 30, "B": 90, "C": 40}), {"a": 80})
    story = compared(found, "story")
    assert (story.before.verdict, story.after.verdict, story.turned) == ("present", "ruled out", True)
    assert story.after.limiting == ("low a",)
    assert not compared(found, "other").turned
    culture = found.readiness["culture"]
    assert isinstance(culture, tuple)
    assert culture == pytest.approx((50, 70))
    assert [(change.indicator, change.before, change.after) for change in found.changes] == [("a", 20, 80)]


def test_a_verdict_that_was_recorded_stands_until_its_membership_moves() -> None:
    surveyed = group({"A": 10, "B": 90, "C": 40}, {"A": 30, "B": 90, "C": 40})
    story = surveyed.scenarios["story"]
    assert isinstance(story, ScenarioResult)
    open_ = story.model_copy(update={"verdict": "undetermined", "interval": (0.3, 0.9)})
    surveyed = surveyed.model_copy(update={"scenarios": {**surveyed.scenarios, "story": open_}})
    for supposed, after in (({"c": 90}, "undetermined"), ({"b": 95}, "undetermined"), ({"a": 10}, "present")):
        one = compared(what_if(TWO, surveyed, supposed), "story")
        assert (one.before.verdict, one.after.verdict) == ("undetermined", after)
        assert one.turned == (after != "undetermined")


def test_a_missing_score_that_is_supposed_settles_what_hung_on_it() -> None:
    found = what_if(TWO, group({"A": 10, "B": None, "C": 40}, {"A": 30, "B": None, "C": 40}), {"b": 90})
    story = compared(found, "story")
    assert (story.before.membership, story.before.verdict) == (None, "undetermined")
    assert story.after.verdict == "present"


@settings(max_examples=100, deadline=None)
@given(st.lists(st.fixed_dictionaries({id_: st.none() | st.integers(0, 100) for id_ in "ABC"}), min_size=2, max_size=5))
def test_before_is_what_was_scored_and_after_what_would_be(rows: list[dict[str, Any]]) -> None:
    if not any(value is not None for row in rows for value in row.values()):
        return
    before = group(*rows)
    after = group(*[{**row, "B": 70} for row in rows])
    found = what_if(TWO, before, {"b": 70})
    for id_ in TWO.scenarios:
        one = compared(found, id_)
        was, is_ = before.scenarios[id_], after.scenarios[id_]
        assert not isinstance(was, Suppressed) and not isinstance(is_, Suppressed)
        assert one.before.membership == pytest.approx(was.membership, abs=1e-12)
        assert one.after.membership == pytest.approx(is_.membership, abs=1e-12)
        assert one.after.limiting == is_.limiting
    for id_, (old, new) in ((key, pair) for key, pair in found.readiness.items() if not isinstance(pair, Suppressed)):
        told = [one.readiness if id_ == "overall" else one.dimensions[id_] for one in (before, after)]
        assert [old, new] == pytest.approx([one.value for one in told if not isinstance(one, Suppressed)], abs=1e-9)


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(cases())
def test_scenarios_are_worth_what_a_naive_reading_says(case: Case) -> None:
    known = {
        i.id: Known(i.value, *((i.low, i.high) if i.value is None else (i.value, i.value)), True)
        for i in case.indicators
    }
    (row,) = evaluated(case.framework(), [known])
    for id_, (_, tree) in case.scenarios.items():
        involved = {indicator for indicator, _ in naive.leaves(tree)}
        if any(case.values[indicator] is None for indicator in involved):
            assert row.scenarios[id_].value is None
        else:
            assert row.scenarios[id_].value == pytest.approx(naive.worth(tree, case.values, 0.0), abs=1e-9)


def test_what_is_suppressed_stays_so() -> None:
    rows = [{"A": 10, "B": 90}] * 6 + [{"C": 40}] * 3
    found = scored(TWO, rows, protect=True).overall
    supposed = what_if(TWO, found, {"c": 90})
    assert isinstance(found.indicators["c"], Suppressed)
    assert supposed.changes[0].before is None
    assert isinstance(supposed.scenarios["other"], Suppressed)
    assert isinstance(supposed.readiness["culture"], Suppressed) == isinstance(found.dimensions["culture"], Suppressed)


@pytest.fixture(scope="module")
def shipped() -> Framework:
    return load(find("enterprise-2.0"))


def middling(shipped: Framework, **changed: float) -> Group:
    """Everybody in the middle but for some indicators."""
    from tests.analysis.middling import group_at

    return group_at(shipped, dict.fromkeys(shipped.indicators, 50.0) | changed)


def test_a_change_against_a_guard_a_limit_or_the_way_things_move_is_said(shipped: Framework) -> None:
    now = middling(shipped, decision_participation=30, free_trust=40)
    limits = [Limit("free_trust", 45, "2027", "works council")]
    found = what_if(shipped, now, {"process_embedding": 70, "free_trust": 60, "cultural_strength": 20}, limits)
    told = [(o.kind, o.indicator, o.needs, o.to, o.until) for o in found.objections]
    assert told == [
        ("immovable", "cultural_strength", None, None, ""),
        ("limit", "free_trust", None, 45, "2027"),
        ("guard", "process_embedding", "decision_participation", None, ""),
    ]


def test_a_guard_that_the_same_supposition_satisfies_is_no_objection(shipped: Framework) -> None:
    now = middling(shipped, decision_participation=30)
    assert what_if(shipped, now, {"process_embedding": 70, "decision_participation": 50}).objections == ()
