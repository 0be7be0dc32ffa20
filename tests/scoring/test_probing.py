"""What an interview is told while it lasts is what its score will be."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from readiness.scoring.probing import Probe
from tests.scoring.alone import Alone, every_answer, people, said_alone
from tests.scoring.building import HUNDRED, framework, items, percent, scenario
from tests.scoring.profiles import tries
from tests.scoring.running import near


def tolerance(person: Alone) -> float:
    """The engine sums in units of 1e-9: of a raw range of 1, in percent, that is 1e-7."""
    return 1e-7 if '"raw"' in json.dumps(person.raw) else 1e-9


@tries(80, shrink=False)
@given(people())
def test_where_answers_stand_is_what_the_engine_says_of_this_respondent(person: Alone) -> None:
    standing = Probe(person.framework, person.facts).standing(person.said)
    scored = said_alone(person.framework, person.said, person.facts)
    allowed = tolerance(person)
    assert list(standing.scenarios) == list(scored.scenarios)
    for id_, outlook in standing.scenarios.items():
        expected, found = scored.scenarios[id_], outlook.judgement
        assert outlook.verdict == expected.verdict
        assert found.level == expected.level
        assert near(found.value, expected.membership, allowed)
        assert near(found.low, expected.bounds[0], allowed)
        assert near(found.high, expected.bounds[1], allowed)
    for id_, estimate in {**scored.dimensions, "overall": scored.readiness}.items():
        figure = standing.readiness[id_]
        assert near(figure.value, estimate.value, allowed)
        # A group's bounds, of which this is one of one, are widened to hold the value.
        assert near(figure.low, estimate.bounds[0], allowed)
        assert near(figure.high, estimate.bounds[1], allowed)


@tries(40, shrink=False)
@given(st.data())
def test_one_answer_ahead_is_where_answers_stand_once_it_is_given(data: Any) -> None:
    person = data.draw(people())
    tried = data.draw(st.lists(st.sampled_from(list(every_answer(person.raw))), max_size=6))
    probe = Probe(person.framework, person.facts)
    outlooks, open_ = probe.ahead(person.said, tried)
    now = probe.standing(person.said).scenarios
    assert [(id_, o.verdict, o.hangs_on) for id_, o in outlooks.items()] == [
        (id_, o.verdict, o.hangs_on) for id_, o in now.items()
    ]
    assert open_.columns == list(person.framework.scenarios)
    for (item, answer), row in zip(tried, open_.rows(named=True), strict=True):
        after = probe.standing({**person.said, item: answer}).scenarios
        for id_, outlook in after.items():
            settled = outlook.verdict in ("present", "ruled out")
            width = outlook.judgement.high - outlook.judgement.low
            assert row[id_] == (0 if settled else pytest.approx(width, abs=1e-12))


X = framework(scenario("{all: [{high: x}, {low: y}]}"), **percent("x", "y"))


def test_nothing_said_leaves_everything_open() -> None:
    standing = Probe(X).standing({})
    assert standing.scenarios["story"].verdict == "undetermined"
    assert standing.scenarios["story"].hangs_on == {"x", "y"}
    assert (standing.readiness["overall"].value, standing.readiness["overall"].low) == (None, 0)
    assert standing.readiness["overall"].high == 100


def test_an_answer_that_nobody_can_read_counts_as_missing() -> None:
    probe = Probe(X)
    assert probe.standing({"X": 101, "Y": "soon", "Z": 3, "role": "boss"}) == probe.standing({})


def test_a_known_fact_stands_whatever_the_interviewee_says_of_it() -> None:
    fact = f"{{desired: high, scope: organisation, items: {items(F=HUNDRED)}}}"
    known = framework(scenario("{all: [{high: fact}, {high: x}]}"), fact=fact, **percent("x"))
    outlook = Probe(known, {"fact": 0.0}).standing({"F": 100, "X": 100}).scenarios["story"]
    assert (outlook.verdict, outlook.hangs_on) == ("ruled out", frozenset())
    assert Probe(known, {"fact": 100.0}).standing({}).scenarios["story"].hangs_on == {"x"}


def test_a_probe_may_be_asked_about_different_people_in_turn() -> None:
    """The plan is bound to a frame that is exchanged: nothing of whoever was asked about before may stay."""
    probe = Probe(X)
    first = probe.standing({"X": 100, "Y": 0})
    probe.ahead({"X": 0}, [("Y", 0), ("Y", 100)])
    assert probe.standing({}) == Probe(X).standing({})
    assert probe.standing({"X": 100, "Y": 0}) == first


def test_a_framework_without_scenarios_stands_too() -> None:
    probe = Probe(framework(**percent("x")))
    assert probe.standing({"X": 40}).readiness["overall"].value == 40
    outlooks, open_ = probe.ahead({}, [("X", 40)])
    assert (outlooks, open_.columns) == ({}, [])
