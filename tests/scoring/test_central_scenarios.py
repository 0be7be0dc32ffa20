"""Every scenario we ship: its conditions bring it, each of them turned round takes it away, the middle is on none."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from readiness.framework.catalogue import shipped
from readiness.framework.configurations import All, Any_, Condition, Configuration, Not
from readiness.framework.loading import load
from readiness.framework.models import Framework, Indicator, Item, Scenario
from readiness.scoring.result import Group, ScenarioResult
from tests.scoring.running import scored

FRAMEWORKS: dict[str, Framework] = {name: load(folder) for name, folder in shipped().items()}
SCENARIOS = [(name, scenario) for name, fw in FRAMEWORKS.items() for scenario in fw.scenarios]
CONDITIONS = [
    (name, s, place) for name, s in SCENARIOS for place in range(len(FRAMEWORKS[name].scenarios[s].conditions))
]

Sides = dict[
    str, bool
]  # indicator -> whether it is at its top (True) or its bottom (False); the others are in the middle


def answer(fw: Framework, item: Item, share: float) -> float:
    """The answer whose score is nearest to this share of what can be reached; of two the lower."""
    if item.scale is None:
        assert item.min is not None
        assert item.max is not None
        choices = {item.min: item.min, item.max: item.max, (item.min + item.max) / 2: (item.min + item.max) / 2}
    else:
        choices = {option.value: option.points for option in fw.scales[item.scale].options}
    low, high = min(choices.values()), max(choices.values())
    wanted = high - share * (high - low) if item.reversed else low + share * (high - low)
    return min(choices, key=lambda value: (abs(choices[value] - wanted), choices[value]))


def answers(fw: Framework, indicator: Indicator, share: float, role: str | None) -> dict[str, float]:
    asked = [item for item in indicator.items.values() if role is None or item.roles is None or role in item.roles]
    return {item.id: answer(fw, item, share) for item in asked}


def respondent(fw: Framework, sides: Mapping[str, bool], role: str | None = None) -> dict[str, Any]:
    """Someone who puts these indicators to one end, and all others to the middle."""
    row: dict[str, Any] = {"respondent": f"as {role}", "role": role}
    for indicator in fw.indicators.values():
        share = float(sides[indicator.id]) if indicator.id in sides else 0.5
        row |= answers(fw, indicator, share, role)
    return row


def ways(configuration: Configuration, wanted: bool = True) -> list[Sides]:
    """All ways of putting indicators to one end that make the configuration hold (or, not wanted, fail)."""
    match configuration:
        case Condition(indicator=indicator, direction=direction):
            return [{indicator: (direction == "high") == wanted}]
        case Not(part=part):
            return ways(part, not wanted)
        case All(parts=parts) | Any_(parts=parts):
            if isinstance(configuration, All) != wanted:  # one part is enough
                return [way for part in parts for way in ways(part, wanted)]
            found: list[Sides] = [{}]
            for part in parts:
                found = [one | other for one in found for other in ways(part, wanted) if agree(one, other)]
            return found


def agree(one: Sides, other: Sides) -> bool:
    return all(other.get(key, side) == side for key, side in one.items())


def holds(configuration: Configuration, sides: Sides) -> bool:
    """Crisp logic: an indicator in the middle is neither high nor low."""
    match configuration:
        case Condition(indicator=indicator, direction=direction):
            return indicator in sides and sides[indicator] == (direction == "high")
        case Not(part=part):
            return not holds(part, sides)
        case All(parts=parts):
            return all(holds(part, sides) for part in parts)
        case Any_(parts=parts):
            return any(holds(part, sides) for part in parts)


def told(fw: Framework, scenario: Scenario, *rows: Mapping[str, Any]) -> ScenarioResult:
    overall = scored(fw, rows).overall
    assert isinstance(overall, Group)
    found = overall.scenarios[scenario.id]
    assert isinstance(found, ScenarioResult)
    return found


def test_the_central_scenarios_are_among_them() -> None:
    found = {scenario for _, scenario in SCENARIOS}
    assert {"off_process_freedom", "regalian_enterprise", "lethal_paralysis"} <= found


@pytest.mark.parametrize(("name", "scenario"), SCENARIOS)
def test_its_own_conditions_bring_a_scenario(name: str, scenario: str) -> None:
    fw = FRAMEWORKS[name]
    found = ways(fw.scenarios[scenario].when)
    assert found
    for sides in found:
        story = told(fw, fw.scenarios[scenario], respondent(fw, sides))
        assert (story.verdict, story.level) == ("present", "critical"), sides


@pytest.mark.parametrize(("name", "scenario"), SCENARIOS)
def test_its_own_conditions_bring_a_scenario_when_each_role_answers_what_it_is_asked(name: str, scenario: str) -> None:
    fw = FRAMEWORKS[name]
    roles = list(fw.context["role"].options or {}) if "role" in fw.context else []
    for sides in ways(fw.scenarios[scenario].when):
        story = told(fw, fw.scenarios[scenario], *[respondent(fw, sides, role) for role in [*roles, None]])
        assert (story.verdict, story.level, story.reversible) == ("present", "critical", False), sides


@pytest.mark.parametrize(("name", "scenario", "place"), CONDITIONS)
def test_each_condition_turned_round_takes_a_scenario_away_unless_another_stands_in(
    name: str, scenario: str, place: int
) -> None:
    fw = FRAMEWORKS[name]
    told_scenario = fw.scenarios[scenario]
    condition = told_scenario.conditions[place]
    concerned = [sides for sides in ways(told_scenario.when) if condition.indicator in sides]
    assert concerned
    for sides in concerned:
        turned = sides | {condition.indicator: not sides[condition.indicator]}
        story = told(fw, told_scenario, respondent(fw, turned))
        assert (story.verdict == "present") == holds(told_scenario.when, turned), turned
        if needed(told_scenario.when, condition.indicator):
            assert story.verdict == "ruled out", turned


def needed(configuration: Configuration, indicator: str) -> bool:
    """Whether nothing can stand in: every way of bringing the configuration needs this indicator, on one side."""
    return len({way.get(indicator) for way in ways(configuration)}) == 1 and all(
        indicator in way for way in ways(configuration)
    )


@pytest.mark.parametrize("name", FRAMEWORKS)
def test_who_answers_the_middle_everywhere_is_on_no_scenario(name: str) -> None:
    fw = FRAMEWORKS[name]
    roles = list(fw.context["role"].options or {}) if "role" in fw.context else []
    everybody = [respondent(fw, {}, role) for role in [*roles, None]]
    for rows in (everybody, *([row] for row in everybody)):
        overall = scored(fw, rows).overall
        for scenario in fw.scenarios.values():
            found = overall.scenarios[scenario.id]
            assert found.verdict != "present", scenario.id
            assert found.prevalence is None or found.prevalence.value == 0, scenario.id
