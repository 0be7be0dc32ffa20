"""The items we ship, held against the rules they were written to."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from readiness.framework.burden import burdens
from readiness.framework.catalogue import find
from readiness.framework.loading import check, load
from readiness.framework.models import Indicator, Item
from readiness.framework.style import words_of

FRAMEWORK = load(find("enterprise-2.0"))
ROLES = list(FRAMEWORK.context["role"].options or {})
INDICATORS = [pytest.param(indicator, id=id_) for id_, indicator in FRAMEWORK.indicators.items()]
MEASURED = [
    pytest.param(indicator, id=id_)
    for id_, indicator in FRAMEWORK.indicators.items()
    if indicator.scope == "respondent"
]
ITEMS = [pytest.param(item, id=id_) for id_, item in FRAMEWORK.items.items()]
EXECUTIVES = """
lived_collaboration declared_collaboration cultural_strength openness_to_disturbance
rollout_scale community_role strategic_alignment decision_participation decision_concentration decision_timeliness
role_clarity hr_commitment free_trust imposed_trust
process_embedding time_allocation participation_push output_channelling outcome_measurement information_overload
"""


def pairs(indicator: Indicator) -> tuple[list[Item], list[Item]]:
    """The items asked in surveys, and those of interviews and long forms."""
    items = list(indicator.items.values())
    return [item for item in items if item.core], [item for item in items if not item.core]


def asked_of(role: str, item: Item) -> bool:
    return item.roles is None or role in item.roles


def texts() -> Iterator[tuple[str, str, str]]:
    for item in [*FRAMEWORK.items.values(), *FRAMEWORK.unscored.values()]:
        for language in FRAMEWORK.languages:
            yield item.id, language, item.text[language]


class TestTheWhole:
    def test_is_33_indicators_17_scenarios_and_127_items(self) -> None:
        assert (len(FRAMEWORK.indicators), len(FRAMEWORK.scenarios), len(FRAMEWORK.items)) == (33, 17, 127)

    def test_is_in_english_and_french_throughout(self) -> None:
        assert FRAMEWORK.languages == ("en", "fr")
        assert all(text.strip() for _, _, text in texts())

    def test_has_nothing_to_say_against_it(self, folder: Path) -> None:
        checked = check(folder)
        assert (checked.faults, checked.warnings, checked.hints) == ((), (), ())

    def test_words_no_two_questions_alike(self) -> None:
        for language in FRAMEWORK.languages:
            words = [text for _, told, text in texts() if told == language]
            assert len(set(words)) == len(words)


class TestAnIndicator:
    @pytest.mark.parametrize("indicator", INDICATORS)
    def test_has_two_core_items_and_two_more_but_for_free_trust_and_facts(self, indicator: Indicator) -> None:
        core, extension = pairs(indicator)
        expected = {"free_trust": (2, 3), "rollout_scale": (1, 0), "community_role": (1, 0)}
        assert (len(core), len(extension)) == expected.get(indicator.id, (2, 2))

    @pytest.mark.parametrize("indicator", MEASURED)
    def test_asks_both_items_of_a_pair_of_the_same_people(self, indicator: Indicator) -> None:
        for pair in pairs(indicator):
            assert len({(item.roles, item.weight, tuple(item.ask_if.items())) for item in pair}) == 1

    @pytest.mark.parametrize("indicator", MEASURED)
    def test_keeps_to_one_scale(self, indicator: Indicator) -> None:
        assert len({item.scale for item in indicator.items.values()}) == 1

    @pytest.mark.parametrize("indicator", MEASURED)
    def test_reverses_half_of_what_is_agreed_to_and_a_quarter_of_the_rest(self, indicator: Indicator) -> None:
        reversed_ = [item.reversed for item in indicator.items.values()]
        core = [item.reversed for item in pairs(indicator)[0]]
        if next(iter(indicator.items.values())).scale == "agreement":
            assert sorted(core) == [False, True]
            assert sum(reversed_) == 2
        else:
            assert sum(reversed_) == 1

    @pytest.mark.parametrize("indicator", INDICATORS)
    def test_says_what_it_measures_and_what_low_middle_and_high_mean(self, indicator: Indicator) -> None:
        assert [band.from_ for band in indicator.bands] == [0, 40, 60]
        for text in (indicator.title, indicator.about, *[text for b in indicator.bands for text in (b.label, b.about)]):
            assert set(text) == {"en", "fr"}
        assert indicator.source

    @pytest.mark.parametrize("indicator", INDICATORS)
    def test_says_what_it_is_not(self, indicator: Indicator) -> None:
        # Of timeliness and overload the domain names nothing to be told apart from; their texts do so all the same.
        assert "not " in indicator.about["en"] or "no fault" in indicator.about["en"]
        assert re.search(r"pas|n’est ni|importe", indicator.about["fr"])

    @pytest.mark.parametrize("indicator", INDICATORS)
    def test_costs_an_effort_where_it_can_be_moved(self, indicator: Indicator) -> None:
        assert (indicator.effort is not None) == (indicator.movable != "no")

    def test_two_are_facts_asked_of_those_who_know(self) -> None:
        facts = {id_: part for id_, part in FRAMEWORK.indicators.items() if part.scope == "organisation"}
        assert set(facts) == {"rollout_scale", "community_role"}
        assert {item.roles for part in facts.values() for item in part.items.values()} == {("executive", "it")}


class TestAnItem:
    @pytest.mark.parametrize("item", ITEMS)
    def test_is_fit_to_be_read_aloud(self, item: Item) -> None:
        for language in FRAMEWORK.languages:
            assert len(words_of(item.text[language])) <= 25

    @pytest.mark.parametrize("item", ITEMS)
    def test_has_a_referent_and_five_steps(self, item: Item) -> None:
        assert item.referent in ("self", "team", "company")
        assert item.scale is not None
        assert len(FRAMEWORK.scales[item.scale].options) == 5

    @pytest.mark.parametrize("item", [item for item in ITEMS if item.values[0].scale == "frequency"])  # type: ignore[attr-defined]
    def test_that_asks_how_often_says_in_which_period_or_on_which_occasion(self, item: Item) -> None:
        assert item.text["en"].startswith(("In the last ", "In our meetings, ", "When I ", "Before "))
        french = ("Au cours du dernier mois", "Le mois dernier, ", "Ces trois derniers mois", "Ces six derniers mois")
        assert item.text["fr"].startswith((*french, "Quand ", "Avant de ", "Dans nos réunions, "))

    def test_about_the_company_is_asked_of_all_who_are_asked_about_the_indicator(self) -> None:
        for indicator in FRAMEWORK.indicators.values():
            company = [item for item in indicator.items.values() if item.referent == "company" and item.core]
            put = {role for item in indicator.items.values() for role in item.roles or ROLES}
            for item in company:
                assert {role for role in ROLES if asked_of(role, item)} == put


class TestTheBurden:
    def test_of_an_employees_survey_is_at_most_66_questions(self) -> None:
        core = [item for item in FRAMEWORK.items.values() if item.core and asked_of("employee", item)]
        surveyed = {"unit", "role", "level", "tenure", "country", "group_kind"}
        assert surveyed <= set(FRAMEWORK.context)
        assert len(core) == 60
        assert not [question for question in FRAMEWORK.unscored.values() if question.core]
        assert len(core) + len(surveyed) <= 66
        assert burdens(FRAMEWORK)["employee"].core <= 66

    def test_of_an_executives_interview_is_at_most_40_questions(self) -> None:
        asked = [item for item in FRAMEWORK.items.values() if asked_of("executive", item)]
        opened = [q for q in FRAMEWORK.unscored.values() if q.roles is None or "executive" in q.roles]
        assert len(asked) + len(opened) <= 40

    def test_of_executives_is_the_core_of_the_20_indicators_that_are_named(self) -> None:
        asked = {
            id_: part
            for id_, part in FRAMEWORK.indicators.items()
            if any(asked_of("executive", i) for i in part.items.values())
        }
        assert set(asked) == set(EXECUTIVES.split())
        assert all(item.core for part in asked.values() for item in part.items.values() if asked_of("executive", item))

    def test_of_a_manager_is_at_most_90_questions(self) -> None:
        asked = [item for item in FRAMEWORK.items.values() if asked_of("manager", item)]
        opened = [q for q in FRAMEWORK.unscored.values() if q.roles is None or "manager" in q.roles]
        assert len(asked) + len(opened) <= 90

    def test_leaves_every_condition_to_at_least_two_core_items_of_employees(self) -> None:
        for scenario in FRAMEWORK.scenarios.values():
            for condition in scenario.conditions:
                indicator = FRAMEWORK.indicators[condition.indicator]
                if indicator.scope == "organisation" or scenario.level == "organisation":
                    continue
                core = [item for item in indicator.items.values() if item.core and asked_of("employee", item)]
                assert len(core) >= 2, (scenario.id, condition.name)

    def test_spares_employees_the_measurement_of_outcomes_and_executives_the_fear_of_exposure(self) -> None:
        asked = FRAMEWORK.indicators
        assert not any(asked_of("employee", item) for item in asked["outcome_measurement"].items.values())
        assert not any(asked_of("executive", item) for item in asked["exposure_fear"].items.values())
