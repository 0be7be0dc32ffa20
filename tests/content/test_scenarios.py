"""The scenarios and guards we ship, held against the table they were written from."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from readiness.framework.catalogue import find
from readiness.framework.configurations import All, Any_, Condition, Configuration
from readiness.framework.frozen import Text
from readiness.framework.loading import load
from readiness.framework.models import Scenario

FRAMEWORK = load(find("enterprise-2.0"))
SCENARIOS = [pytest.param(scenario, id=id_) for id_, scenario in FRAMEWORK.scenarios.items()]

# Each scenario's conditions: `name` or, where any of several is enough, `name / name`. (g) is a setting, (s) a symptom.
# up, dn and scale are the anchors that depart from the default.
TABLE = """
off_process_freedom (push_without_work)
    high participation_push (g)
    low process_embedding
    low time_allocation dn
regalian_enterprise (who_decides)
    high process_embedding (g)
    high decision_concentration
    low decision_participation dn
lethal_paralysis (who_decides)
    low output_channelling
    low decision_timeliness
    high process_embedding (g) / high sustained_participation (g)
    high information_overload up (s)
constrained_trust (what_is_risked)
    high imposed_trust up
    low free_trust
consensus_comfort (what_is_said)
    low openness_to_disturbance
    high lived_collaboration up / high cultural_strength up
facade_culture (what_is_said)
    high declared_collaboration up
    low lived_collaboration
central_capture (who_decides)
    high central_control
    low autonomy_of_means
    high wish_to_collaborate (g) / high lived_collaboration (g)
means_without_goals (push_without_work)
    low strategic_alignment dn
    high participation_push (g) / high rollout_scale scale (g)
alibi_community_management (push_without_work)
    high community_role (g)
    low role_clarity
    low outcome_measurement dn
misplaced_animation (push_without_work)
    high participation_push
    low leadership_fit
novelty_burnout (push_without_work)
    high participation_push
    low sustained_participation (s)
    low perceived_value
silent_majority (what_is_risked)
    high exposure_fear
    low perceived_value
email_denial (mail)
    high forced_substitution
    low channel_fit
email_gridlock (mail)
    high email_dependence up
    high information_overload up (s)
    low channel_fit / low notification_quality
routine_rigidity (what_is_said)
    low method_over_routine
    low autonomy_of_means
hr_vacancy (push_without_work)
    high rollout_scale scale (g)
    low hr_commitment dn
self_sufficient_culture (None)
    high cultural_strength up
    high lived_collaboration up
    high openness_to_disturbance
    low rollout_scale
"""
ANCHORS = {"high": (30, 55, 80), "low": (70, 45, 20), "up": (40, 60, 80), "dn": (55, 40, 20), "scale": (30, 60, 90)}
PARTS = {"(g)": "setting", "(s)": "symptom"}
GUARDS = {
    "process_embedding up": ["decision_participation", "output_channelling", "decision_timeliness"],
    "decision_participation up": ["decision_timeliness", "openness_to_disturbance"],
    "central_control down": ["role_clarity", "leadership_fit"],
    "wish_to_collaborate up": ["central_control"],
    "lived_collaboration up": ["openness_to_disturbance"],
    "openness_to_disturbance up": ["free_trust"],
    "recognition up": ["exposure_fear"],
    "email_dependence down": ["channel_fit"],
}


def in_words(configuration: Configuration) -> str:
    """A configuration as a row of the table says it."""
    match configuration:
        case All(parts=parts):
            return "\n    ".join(in_words(part) for part in parts)
        case Any_(parts=parts):
            return " / ".join(in_words(part) for part in parts)
        case Condition():
            found = (configuration.calibration.out, configuration.calibration.crossover, configuration.calibration.in_)
            anchors = next(name for name, known in ANCHORS.items() if known == found)
            part = next((f" {sign}" for sign, name in PARTS.items() if name == configuration.part), "")
            return configuration.name + ("" if anchors == configuration.direction else f" {anchors}") + part
    raise AssertionError(configuration)


def texts_of(scenario: Scenario) -> Iterator[Text]:
    yield from (scenario.title, scenario.story, scenario.contrast, *scenario.early_signs, *scenario.consequences)
    for response in scenario.responses:
        yield from (response.do, response.why, response.for_)


def test_every_scenario_is_the_configuration_of_its_row() -> None:
    told = [f"{id_} ({told.family})\n    {in_words(told.when)}" for id_, told in FRAMEWORK.scenarios.items()]
    assert "\n".join(told) == TABLE.strip()


def test_kind_level_and_what_aggravates_are_those_of_the_table() -> None:
    told = FRAMEWORK.scenarios
    assert [id_ for id_, found in told.items() if found.kind == "favourable"] == ["self_sufficient_culture"]
    assert [id_ for id_, found in told.items() if found.level == "organisation"] == ["alibi_community_management"]
    aggravated = {id_: found.aggravated_by for id_, found in told.items() if found.aggravated_by}
    assert aggravated == dict.fromkeys(["regalian_enterprise", "lethal_paralysis"], ("rollout_scale",))


def test_every_departure_from_the_default_anchors_gives_its_reason(folder: Path) -> None:
    lines = (folder / "scenarios.yaml").read_text(encoding="utf-8").splitlines()
    departing = [place for place, line in enumerate(lines) if "calibration:" in line]
    for place in departing:
        above = place - 1
        # One reason may stand over several conditions that depart alike.
        while "calibration:" in lines[above] or lines[above].strip() == "- any:":
            above -= 1
        assert lines[above].strip().startswith("#"), f"line {place + 1}"
        assert len(lines[above].split()) > 4
    unlike = [c for told in FRAMEWORK.scenarios.values() for c in told.conditions if not is_default(c)]
    assert len(departing) == len(unlike) == 16


def is_default(condition: Condition) -> bool:
    anchors = condition.calibration
    return (anchors.out, anchors.crossover, anchors.in_) == ANCHORS[condition.direction]


@pytest.mark.parametrize("scenario", SCENARIOS)
class TestAScenario:
    def test_is_told_in_full_in_both_languages(self, scenario: Scenario) -> None:
        assert all(set(text) == {"en", "fr"} for text in texts_of(scenario))
        assert len(scenario.early_signs) >= 3
        assert len(scenario.consequences) >= 3
        assert scenario.source

    def test_has_responses_with_reasons_for_its_own_conditions(self, scenario: Scenario) -> None:
        concerned = {condition.indicator for condition in scenario.conditions}
        assert len(scenario.responses) >= 2
        for response in scenario.responses:
            assert response.relieves in concerned
            assert response.do
            assert response.why
            assert response.for_

    def test_leaves_every_cause_with_a_response_but_where_another_stands_in(self, scenario: Scenario) -> None:
        relieved = {response.relieves for response in scenario.responses}
        causes = {c.indicator for c in needed(scenario.when) if c.part == "cause"}
        if scenario.kind == "risk":
            movable = {id_ for id_ in causes if FRAMEWORK.indicators[id_].movable != "no"}
            assert movable <= relieved

    def test_neither_commands_nor_buys(self, scenario: Scenario) -> None:
        english = " ".join(text["en"] for text in texts_of(scenario))
        french = " ".join(text["fr"] for text in texts_of(scenario))
        assert not re.search(r"\byou (must|should|have to)\b", english, re.IGNORECASE)
        assert not re.search(r"\bvous (devez|devriez)\b", french, re.IGNORECASE)
        for response in scenario.responses:
            assert not re.search(r"\b(buy|purchase|licen[cs]e)", response.do["en"], re.IGNORECASE)
            assert not re.search(r"\b(achet|acquérir|licence)", response.do["fr"], re.IGNORECASE)

    def test_calls_less_pushing_a_pause(self, scenario: Scenario) -> None:
        for response in scenario.responses:
            if response.relieves == "participation_push":
                assert "pause" in (response.do["en"] + response.why["en"]).lower()
                assert (
                    "not a cure" in response.why["en"]
                    or "not a cure" in response.do["en"]
                    or "A pause" in response.why["en"]
                )


def needed(configuration: Configuration) -> Iterator[Condition]:
    """The conditions that nothing can stand in for."""
    match configuration:
        case All(parts=parts):
            for part in parts:
                yield from needed(part)
        case Condition():
            yield configuration


def test_families_are_those_of_the_table_and_are_told() -> None:
    assert set(FRAMEWORK.families) == {told.family for told in FRAMEWORK.scenarios.values() if told.family}
    for family in FRAMEWORK.families.values():
        assert set(family.title) == set(family.about) == {"en", "fr"}


def test_guards_are_those_of_the_table_with_their_reasons() -> None:
    assert {f"{guard.moving} {guard.direction}": list(guard.needs) for guard in FRAMEWORK.guards} == GUARDS
    assert all(set(guard.why) == {"en", "fr"} and guard.source for guard in FRAMEWORK.guards)


def test_every_source_is_cited(raw: dict[str, Any]) -> None:
    cited = set(re.findall(r"[a-z]+\d{4}|S\d+", " ".join(re.findall(r"source: \[(.*?)\]", str(everything(raw))))))
    assert cited == set(FRAMEWORK.sources)


def everything(raw: dict[str, Any]) -> str:
    """All `source:` lists as written."""
    found: list[str] = []

    def walk(node: Any) -> None:
        if isinstance(node, dict):
            if isinstance(node.get("source"), list):
                found.append(f"source: [{', '.join(node['source'])}]")
            for part in node.values():
                walk(part)
        elif isinstance(node, list):
            for part in node:
                walk(part)

    walk(raw)
    return " ".join(found)


# Hyphens, spaces and quotes as each language prints them.
FRENCH_SPACING = re.compile(r"(?<![\u00a0\u202f\d])[;:!?»](?!//)|«(?!\u00a0)|\u00a0\u00a0|  ")


def test_french_is_set_with_its_spaces_and_both_languages_with_their_quotes(raw: dict[str, Any]) -> None:
    for language, text in spoken(raw):
        assert "  " not in text, text
        assert '"' not in text, text
        if language == "fr":
            assert not FRENCH_SPACING.search(text), text
            assert "“" not in text, text
        else:
            assert "«" not in text, text


def spoken(node: Any) -> Iterator[tuple[str, str]]:
    """Every text of the files, with its language."""
    if isinstance(node, dict):
        if node and set(node) <= {"en", "fr"}:
            yield from ((language, text) for language, text in node.items() if isinstance(text, str))
        else:
            for part in node.values():
                yield from spoken(part)
    elif isinstance(node, list):
        for part in node:
            yield from spoken(part)
