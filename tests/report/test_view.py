"""What the report says about a result, before it is a page."""

from __future__ import annotations

import re
from typing import Any

import pytest

from readiness.language.speech import speak
from readiness.report.brief import MOST_NAMED
from readiness.report.chain import symptom_outstanding, tree_of, without_symptoms
from readiness.report.figures import Axis, membership, reading
from readiness.report.html import render_html
from readiness.report.markdown import render_markdown
from readiness.report.view import Report, view
from readiness.scoring.result import ConditionResult, Estimate, Prevalence, ScenarioResult, Suppressed
from tests.report.building import SHAPES, Inventor, invented_framework
from tests.report.reading import section

ENGLISH = speak("en")


def scenario(*memberships: float | None, **more: Any) -> ScenarioResult:
    known = [m for m in memberships if m is not None]
    value = min(known) if len(known) == len(memberships) else None
    fields: dict[str, Any] = {
        "kind": "risk",
        "membership": value,
        "level": None if value is None else "critical" if value > 0.5 else "clear",
        "verdict": "undetermined" if value is None else "present" if value > 0.5 else "ruled out",
        "bounds": (0.0, 1.0) if value is None else (value, value),
        "reversible": False,
        "prevalence": None,
        "conditions": tuple(
            ConditionResult(condition=f"high c{i}", score=50.0, membership=m, bounds=(0.0, 1.0))
            for i, m in enumerate(memberships)
        ),
        "limiting": (),
    }
    return ScenarioResult(**fields | more)


def story_of(told: ScenarioResult, **entry: Any) -> Any:
    make = Inventor(invented_framework(scenarios=1))
    figures = make.group(30, whole=True)
    make.texts["scenarios"]["scenario_0"] |= entry
    report = view(make.result(figures | {"scenarios": {"scenario_0": told}}), "en")
    return report.families[0].stories[0]


def report(shape: str, language: str = "en") -> Report:
    return view(SHAPES[shape](), language)


def test_good_is_on_the_right_also_for_an_adverse_indicator() -> None:
    low = Estimate(value=20, bounds=(10, 40), sd=None, n=9)
    assert reading(ENGLISH, low, Axis(0, 100), "x").spot == 0.2
    turned = reading(ENGLISH, low, Axis(0, 100, turned=True), "x")
    assert turned.spot == 0.8
    assert turned.reach == (0.6, 0.9)
    assert turned.value.text == "20"


def test_raw_units_keep_their_range_and_their_decimals() -> None:
    raw = reading(ENGLISH, Estimate(value=13.5, bounds=(9, 18), sd=None, n=9), Axis(0, 27), "x")
    assert (raw.value.text, raw.spot) == ("13.5", 0.5)


def test_hidden_missing_and_shown_stay_apart() -> None:
    assert reading(ENGLISH, Suppressed(), Axis(), "x").state == "hidden"
    missing = reading(ENGLISH, Estimate(value=None, bounds=(0, 100), sd=None, n=0), Axis(), "x")
    assert (missing.state, missing.value.text, missing.low.text, missing.high.text) == ("missing", "–", "0", "100")


@pytest.mark.parametrize(
    ("value", "text"), [(0.5, "0.50"), (0.5004, "0.5004"), (0.4999, "0.4999"), (0.7, "0.70"), (0.2512, "0.251")]
)
def test_a_membership_shows_on_which_side_of_a_line_it_lies(value: float, text: str) -> None:
    assert membership(ENGLISH, value, "x").text == text


def test_the_weakest_dimension_is_named_once() -> None:
    lines = report("ordinary").dimensions
    weakest = [line for line in lines if line.weakest]
    assert len(weakest) == 1
    assert weakest[0].reading.spot == min(line.reading.spot or 0 for line in lines)


def test_families_keep_the_framework_s_order_and_nothing_is_ranked() -> None:
    shown = [story.id for family in report("ordinary").families for story in family.stories]
    by_family = sorted((f"scenario_{s}" for s in range(17)), key=lambda id_: int(id_.split("_")[1]) % 5)
    assert shown == by_family


def test_with_the_symptom_missing_the_cause_is_there() -> None:
    parts = {"conditions": [{"part": "setting"}, {"part": "cause"}, {"part": "symptom"}]}
    assert symptom_outstanding(scenario(0.9, 0.8, 0.1), tree_of(parts, scenario(0.9, 0.8, 0.1).conditions))
    assert not symptom_outstanding(scenario(0.9, 0.4, 0.1), tree_of(parts, scenario(0.9, 0.4, 0.1).conditions))
    assert not symptom_outstanding(scenario(0.9, None, 0.1), tree_of(parts, scenario(0.9, None, 0.1).conditions))
    assert not symptom_outstanding(scenario(0.9, 0.8, 0.7), tree_of(parts, scenario(0.9, 0.8, 0.7).conditions))


def test_the_chain_is_read_with_its_any_and_its_not() -> None:
    leaf = {"indicator": "c"}
    conditions = scenario(0.9, 0.2, 0.7, 0.4).conditions
    entry = {"when": {"all": [leaf, {"any": [leaf, leaf]}, {"not": leaf}]}}
    assert without_symptoms(tree_of(entry, conditions), [0.9, 0.2, 0.7, 0.4]) == pytest.approx(0.6)


def test_a_chain_without_its_logic_lists_its_conditions() -> None:
    tree = tree_of({}, scenario(0.9, 0.2).conditions)
    assert without_symptoms(tree, [0.9, 0.2]) == 0.2


def test_missing_answers_that_could_reverse_it_are_said() -> None:
    sure, shaky = story_of(scenario(0.9, 0.8)), story_of(scenario(0.9, 0.8, reversible=True))
    assert "No answer left blank by those who took part" in sure.certainty
    assert "could reverse" in shaky.certainty


def test_ruled_out_is_said_only_where_nothing_could_bring_it_back() -> None:
    assert story_of(scenario(0.1)).verdict == "ruled out"
    assert story_of(scenario(0.1, reversible=True)).verdict == "not present"


def test_undetermined_and_not_asked_are_named_and_say_what_would_settle_them() -> None:
    open_ = story_of(scenario(0.9, None))
    assert (open_.status.key, open_.open) == ("open", True)
    assert open_.settle
    unasked = story_of(scenario(None, verdict="not asked"))
    assert (unasked.status.key, unasked.open) == ("unasked", True)


def test_good_news_is_worded_as_such() -> None:
    assert story_of(scenario(0.9)).status.word == "Critical"
    assert story_of(scenario(0.9, kind="favourable")).status.word == "Fully there"


def test_a_condition_that_one_role_answers_alone_is_flagged() -> None:
    found = [link for family in report("ordinary").families for story in family.stories for link in story.links]
    assert {str(link.only_role) for link in found if link.indicator == "ind_1_1"} == {"Executive"}
    assert {str(link.only_role) for link in found if link.indicator == "ind_0_0"} == {""}


def test_interviews_stand_apart_from_the_groups() -> None:
    told = report("ordinary")
    assert [table.id for table in told.tables] == ["unit", "role"]
    assert [talk.n.text for talk in told.interviews] == ["2"]


def test_groups_are_called_by_their_labels_and_blanks_by_what_they_are() -> None:
    units, roles = report("ordinary").tables
    assert [row.name for row in roles.rows] == ["Everybody", "Executive", "Employee"]
    assert units.rows[-1].name == "(not given)"
    assert [row.name for row in units.hidden] == ["Works council"]


def test_a_scenario_of_level_organisation_is_in_no_matrix() -> None:
    told = report("ordinary")
    in_matrices = {s.id for m in told.tables[0].matrices for columns in m for s in columns.stories}
    assert "scenario_10" not in in_matrices
    assert len(in_matrices) == 16


def test_matrices_fit_a_sheet_of_paper() -> None:
    for matrix in report("all_scenarios").tables[0].matrices:
        assert sum(columns.width for columns in matrix) <= 6


@pytest.mark.parametrize(
    ("shape", "headline"),
    [
        ("everything_hidden", "Too few people answered for anything to be shown."),
        ("figures_hidden", "Too few people answered for the scenarios to be told."),
        ("no_scenario", "What the answers say, dimension by dimension."),
        ("all_scenarios", "16 of the 16 known ways to fail are present."),
    ],
)
def test_the_headline_says_what_there_is(shape: str, headline: str) -> None:
    assert report(shape).brief.headline == headline


def test_what_is_hidden_is_counted_and_groups_are_named() -> None:
    hidden = report("ordinary").hidden
    assert hidden.groups == ("Works council",)
    assert hidden.n_figures > 0
    assert report("everything_hidden").hidden.everything


def test_a_language_that_nobody_speaks_is_english_with_the_framework_s_texts() -> None:
    make = Inventor(invented_framework(languages=["de"], scenarios=1))
    told = view(make.result(make.group(9, whole=True)), "nl")
    assert told.language == "en"
    assert told.title == "Readiness of an invented company"
    assert told.title.lang == "de"


def test_nested_dimensions_follow_theirs() -> None:
    make = Inventor(invented_framework(scenarios=0))
    make.texts["dimensions"]["dim_3"]["parent"] = "dim_0"
    lines = view(make.result(make.group(9, whole=True)), "en").dimensions
    assert [(line.id, line.depth) for line in lines][:2] == [("dim_0", 0), ("dim_3", 1)]
    assert len(lines) == 5


def test_bands_name_a_score() -> None:
    bands = [{"from": 0, "label": {"en": "none"}}, {"from": 10, "label": {"en": "some"}}]
    make = Inventor(invented_framework(scenarios=0))
    make.texts["indicators"]["ind_0_0"] |= {"range": [0, 27], "bands": bands}
    figures = make.group(9, whole=True)
    figures["indicators"]["ind_0_0"] = Estimate(value=10.0, bounds=(9, 11), sd=1, n=9)
    line = view(make.result(figures), "en").chapters[0].indicators[0]
    assert (str(line.band), line.scale, line.reading.value.text) == ("some", "0–27", "10.0")


def groups_on(pull_whole: float | None, **pulls: float) -> Report:
    make = Inventor(invented_framework(scenarios=1))
    whole = make.group(90, pull=pull_whole, whole=True)
    return view(make.result(whole, [({"unit": name}, make.group(30, pull=pull)) for name, pull in pulls.items()]), "en")


def test_what_single_groups_are_on_stands_on_the_sponsor_s_page() -> None:
    told = groups_on(0, Claims=1, Stores=0)
    assert (
        told.brief.headline
        == "The organisation as a whole is not on the one known way to fail, but individual groups are."
    )
    (found,) = told.brief.elsewhere
    assert [place.name for places in found.places for place in places.groups] == ["Claims"]
    assert found.places[0].groups[0].story.limiting
    assert found.remedies


def test_what_only_interviews_tell_is_told_and_is_no_group_of_the_whole() -> None:
    make = Inventor(invented_framework(scenarios=1))
    talks = ({"source": "interview"}, make.group(2, pull=1))
    told = view(make.result(make.group(90, pull=0, whole=True), [talks]), "en")
    assert told.brief.headline == "The one known way to fail is not present."
    (found,) = told.brief.elsewhere
    assert [places.apart for places in found.places] == [True]


def test_what_the_whole_is_on_is_not_told_twice() -> None:
    told = groups_on(1, Claims=1)
    assert [story.id for story in told.brief.present] == ["scenario_0"]
    assert told.brief.elsewhere == ()
    assert told.present_in["scenario_0"][0].groups[0].name == "Claims"


def test_an_item_put_to_nobody_is_said_to_be() -> None:
    make = Inventor(invented_framework(scenarios=0))
    figures = make.group(9, whole=True)
    unput = figures["items"]["Q000"].model_copy(
        update={"n": 0, "dk": 0, "na": 0, "missing": 0, "not_asked": 9, "counts": {}}
    )
    told = view(make.result(figures | {"items": figures["items"] | {"Q000": unput}}), "en")
    asked = {row.id: row for table in told.answers for row in table.rows}
    assert not asked["Q000"].put
    assert asked["Q110"].roles == ("Executive",)
    assert told.replies is not None
    assert told.replies.never.text == "1"


@pytest.mark.parametrize(("n", "few"), [(19, True), (20, False), (40, False)])
def test_that_few_answered_enough_for_every_condition_is_said(n: int, few: bool) -> None:
    make = Inventor(invented_framework(scenarios=1))
    told = scenario(0.9, prevalence=Prevalence(value=0.5, n=n))
    result = make.result(make.group(40, whole=True) | {"scenarios": {"scenario_0": told}})
    assert view(result, "en").few_fit == few
    assert ("Own answers are counted only of those" in render_markdown(result, "en")) == few


def test_a_fact_about_the_organisation_is_told_as_one() -> None:
    make = Inventor(invented_framework(scenarios=0))
    make.texts["indicators"]["ind_0_1"]["scope"] = "organisation"
    result = make.result(make.group(40, whole=True))
    lines = [line for chapter in view(result, "en").chapters for line in chapter.indicators]
    assert [line.id for line in lines if line.fact] == ["ind_0_1"]
    for render in (render_html, render_markdown):
        assert render(result, "en").count("a fact about the organisation, from everybody who was asked") == 1


def test_a_sponsor_s_page_names_a_few_groups_and_says_how_many_more_there_are() -> None:
    report = view(SHAPES["sixty_units"](), "en")
    for places in report.present_in.values():
        names = [place.name for part in places for place in part.groups]
        named, more = report.brief.named(places)
        assert [place.name for part in named for place in part.groups] == names[:MOST_NAMED]
        assert more == max(0, len(names) - MOST_NAMED)
    page = section(render_html(SHAPES["sixty_units"](), "en"), "brief")
    wanted = {max(0, sum(len(part.groups) for part in places) - MOST_NAMED) for places in report.present_in.values()}
    assert {int(n) for n in re.findall(r"and (\d+) more group", page)} == wanted - {0}
