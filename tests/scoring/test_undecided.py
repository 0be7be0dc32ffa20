"""A verdict that is certain stays, and one that is not hangs on what is named and on nothing else."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from readiness.scoring.probing import Probe
from tests.scoring.alone import Alone, indicators_of, pending, people, same_units
from tests.scoring.building import HUNDRED, framework, items, percent, scenario
from tests.scoring.profiles import tries
from tests.scoring.strategies import answers, items_of

CERTAIN = ("present", "ruled out")


def gates_of(raw: Mapping[str, Any], indicators: frozenset[str]) -> set[str]:
    """Items that decide, directly or by way of others, whether items of these indicators are put."""
    every = items_of(raw)
    found: set[str] = set()
    fresh = {id_ for name in indicators for id_ in indicators_of(raw)[name]["items"]}
    while fresh:
        fresh = {on for id_ in fresh for on in every[id_].get("ask_if", {}) if on in every} - found
        found |= fresh
    return found


def answered(data: Any, person: Alone, id_: str) -> Any:
    """Some answer to an item: an option, a number, don't know, not applicable."""
    return data.draw(st.sampled_from([*answers(person.raw, items_of(person.raw)[id_]), "dk", "na"]), label=id_)


@tries(60, shrink=False)
@given(st.data())
def test_what_is_not_hung_on_changes_no_verdict(data: Any) -> None:
    """Whatever is answered to all the rest, an open verdict is neither present nor ruled out."""
    person = data.draw(people(same_units()))
    probe = Probe(person.framework, person.facts)
    for id_, outlook in probe.standing(person.said).scenarios.items():
        if outlook.verdict != "undetermined":
            continue
        hung_on = gates_of(person.raw, outlook.hangs_on)
        hung_on |= {item for name in outlook.hangs_on for item in indicators_of(person.raw)[name]["items"]}
        said = dict(person.said)
        while rest := [item for item in pending(person.raw, said) if item not in hung_on]:
            said[rest[0]] = answered(data, person, rest[0])
        assert probe.standing(said).scenarios[id_].verdict not in CERTAIN


@tries(60, shrink=False)
@given(st.data())
def test_a_verdict_that_is_certain_stays_whatever_else_is_answered(data: Any) -> None:
    """Present, ruled out and not asked alike: whoever stops here would be told the same after every question."""
    person = data.draw(people(same_units()))
    probe = Probe(person.framework, person.facts)
    said = dict(person.said)
    settled: dict[str, str] = {}
    while True:
        now = {id_: outlook.verdict for id_, outlook in probe.standing(said).scenarios.items()}
        assert settled.items() <= now.items()
        settled = {id_: verdict for id_, verdict in now.items() if verdict != "undetermined"}
        open_ = pending(person.raw, said)
        if not open_:
            break
        item = data.draw(st.sampled_from(open_))
        said[item] = answered(data, person, item)


@tries(60, shrink=False)
@given(people())
def test_a_verdict_hangs_on_nothing_exactly_where_it_is_certain(person: Alone) -> None:
    for outlook in Probe(person.framework, person.facts).standing(person.said).scenarios.values():
        assert bool(outlook.hangs_on) == (outlook.verdict not in CERTAIN)


def hangs_on(when: str, /, **said: Any) -> set[str]:
    pair = f"{{desired: high, items: {items(A=HUNDRED, B=HUNDRED)}}}"
    probe = Probe(framework(scenario(when), pair=pair, **percent("x", "y", "z")))
    return set(probe.standing(said).scenarios["story"].hangs_on)


@pytest.mark.parametrize(
    ("when", "said", "expected"),
    [
        ("{all: [{high: x}, {high: y}]}", {}, {"x", "y"}),
        ("{all: [{high: x}, {high: y}]}", {"X": 100}, {"y"}),
        ("{all: [{high: x}, {high: y}]}", {"X": 0}, set()),
        ("{any: [{high: x}, {high: y}]}", {"X": 0}, {"y"}),
        ("{any: [{high: x}, {high: y}]}", {"X": 100}, set()),
        ("{not: {all: [{high: x}, {high: y}]}}", {"X": 100}, {"y"}),
        ("{not: {all: [{high: x}, {high: y}]}}", {"X": 0}, set()),
        ("{all: [{high: z}, {any: [{high: x}, {high: y}]}]}", {"X": 100}, {"z"}),
        ("{all: [{high: z}, {any: [{high: x}, {high: y}]}]}", {"X": 0}, {"z", "y"}),
        ("{all: [{high: z}, {not: {high: x}}]}", {"X": 100}, set()),
    ],
)
def test_a_part_that_is_certain_has_no_say_any_more(when: str, said: dict[str, int], expected: set[str]) -> None:
    assert hangs_on(when, **said) == expected


def test_what_can_just_reach_the_crossover_decides_below_a_not() -> None:
    """At 0.5 a condition is not present, and neither is its opposite: what is at most 0.5 is a certain no above `not`
    but no certain yes below it."""
    half = "{high: {indicator: pair, calibration: {out: 20, crossover: 50, in: 80}}}"  # 50 at most, once A is 0
    assert hangs_on(f"{{any: [{half}, {{high: y}}]}}", A=0) == {"y"}
    assert hangs_on(f"{{not: {{any: [{half}, {{high: y}}]}}}}", A=0) == {"pair", "y"}
    assert hangs_on(f"{{not: {{any: [{half}, {{high: y}}]}}}}", A=0, B=100) == set()
    assert hangs_on(f"{{not: {half}}}", A=0) == {"pair"}
    assert hangs_on(f"{{not: {{not: {half}}}}}", A=0) == set()
