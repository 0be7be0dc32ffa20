"""Who answered, whom it rests on, how sure it is: as a reader sees it."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import Any

import pytest

from readiness.language.speech import speak
from readiness.report.figures import odds
from readiness.report.html import render_html
from readiness.report.markdown import render_markdown
from readiness.report.methods import sampling_words
from readiness.report.view import Report, view
from readiness.report.wording import certainty
from readiness.scoring.findings import Answering, Careless, Responding, Sampling
from readiness.scoring.result import Group, Result, ScenarioResult
from tests.report.analysing import SAMPLING
from tests.report.building import SHAPES, analysed, ordinary

NEW = ("responding", "gaps", "resting", "quality", "methods")


def shown(result: Result | None = None) -> Report:
    return view(result or analysed(), "en")


def scenario(**changes: Any) -> ScenarioResult:
    told = {"kind": "risk", "membership": 0.5, "level": "watch", "verdict": "undetermined", "bounds": (0.45, 0.49)}
    rest = {"reversible": False, "prevalence": None, "conditions": (), "limiting": ()}
    return ScenarioResult.model_validate({**told, **rest, **changes})


def test_an_open_verdict_says_that_sampling_alone_could_turn_it() -> None:
    said = certainty(speak("en"), scenario(interval=(0.28, 0.71)))
    assert said == ("Sampling alone could turn this: it lies between 0.28 and 0.71. More respondents would settle it.")
    both = certainty(speak("en"), scenario(interval=(0.28, 0.71), reversible=True))
    assert both.endswith("Missing answers could reverse it, too.")


def test_an_interval_on_one_side_leaves_the_answers_to_be_blamed() -> None:
    said = certainty(speak("en"), scenario(membership=None, bounds=(0.2, 0.8), interval=(0.28, 0.4)))
    assert said.startswith("Too much is unanswered")


def test_what_sampling_leaves_open_no_further_answer_is_asked_for() -> None:
    stories = [story for family in shown().families for story in family.stories if story.sampling_open]
    assert stories
    assert all(story.open for story in stories)
    assert all(not story.settle for story in stories if not story.reversible)


@pytest.mark.parametrize(
    ("probability", "text"),
    [(0.0, "0%"), (0.001, "0.1%"), (0.2, "20%"), (0.996, "99.6%"), (1.0, "100%")],
)
def test_odds_look_certain_only_where_they_are(probability: float, text: str) -> None:
    assert odds(speak("en"), probability).text == text


def test_how_intervals_were_made_is_said_as_it_was() -> None:
    made = {
        "within roles": SAMPLING,
        "means": Sampling(confidence=0.95, resamples=1000, seed=1, drawn="means"),
        "24 units": Sampling(confidence=0.95, resamples=1000, seed=1, drawn="means", clusters=24),
    }
    for words, sampling in made.items():
        assert words in sampling_words(speak("en"), sampling)


def test_roles_that_could_not_say_in_a_fifth_of_their_answers_come_first() -> None:
    who = shown().analysed.answered
    assert who is not None
    assert [(row.role, row.dk.text) for row in who.unknown] == [("Executive", "25%"), ("Employee", "20%")]


def test_silent_groups_and_hidden_numbers_are_told_apart() -> None:
    who = shown().analysed.answered
    assert who is not None
    assert who.silent == ("IT · Executive",)
    assert [(row.silent, row.hidden) for table in who.tables for row in table.rows] == [
        (False, False),
        (False, True),
        (False, False),
        (True, False),
    ]


def test_what_rests_on_one_role_says_so_wherever_it_is_a_condition() -> None:
    report = shown()
    rests = report.analysed.rests
    assert rests is not None
    (single,) = rests.single
    assert (single.id, single.only) == ("ind_0_2", "Executive")
    links = [link for f in report.families for s in f.stories for link in s.links if link.indicator == single.id]
    assert links
    assert {link.only_role for link in links} == {"Executive"}


def test_the_brief_says_who_is_not_heard() -> None:
    limits = shown().brief.limits
    assert "65% of the people who could answer did. Nothing here says how the others see it." in limits
    assert "No answers from: IT · Executive." in limits


def with_parts(**parts: Any) -> Result:
    """The analysed result with some parts of its analysis otherwise."""
    result = analysed()
    assert isinstance(result.overall, Group)
    assert result.overall.analysis is not None
    told = result.overall.analysis.model_copy(update=parts)
    return result.model_copy(update={"overall": result.overall.model_copy(update={"analysis": told})})


def answering(*rates: tuple[str, int, int]) -> Responding:
    """So many people of a unit, of whom so many answered."""
    rows = (Answering(by={"unit": unit}, population=people, n=n, rate=n / people) for unit, people, n in rates)
    return Responding(population=400, rate=0.5, crossed=True, groups=tuple(rows))


def test_the_brief_names_the_group_that_answered_least_where_that_is_little() -> None:
    few = with_parts(responding=answering(("Sales", 300, 200), ("Customer Service", 100, 27)))
    assert "Lowest response rate: Customer Service, 27%." in shown(few).brief.limits
    assert "Taux de réponse le plus faible\u00a0: Customer Service, 27" in " ".join(view(few, "fr").brief.limits)
    enough = with_parts(responding=answering(("Sales", 300, 200), ("Customer Service", 100, 30)))
    assert not [words for words in shown(enough).brief.limits if "Lowest response rate" in words]


@pytest.mark.parametrize(
    ("either", "excluded", "said"),
    [
        (27, False, ["27 of 260 respondents answered carelessly, and count in all figures."]),
        (27, True, ["27 of 260 respondents answered carelessly, and are left out."]),
        (26, False, []),
    ],
)
def test_the_brief_says_that_many_answered_carelessly(either: int, excluded: bool, said: list[str]) -> None:
    careless = Careless(n=260, straight_lining=either, speeding=None, either=either, excluded=excluded)
    limits = shown(with_parts(careless=careless)).brief.limits
    assert [words for words in limits if "carelessly" in words] == said


@pytest.mark.parametrize("render", [render_html, render_markdown])
def test_who_answered_says_what_to_make_of_the_rates(render: Callable[[Result, str], str]) -> None:
    careless = Careless(n=260, straight_lining=5, speeding=None, either=5, excluded=True)
    page = render(with_parts(responding=answering(("Sales", 300, 200), ("IT", 100, 39)), careless=careless), "en")
    assert "The response rate was far higher in Sales (67%) than in IT (39%)" in page
    assert "Weighting by headcount would give each group a say in proportion to its size" in page
    assert "--balance" not in page
    assert "do not count as having answered" in page


def test_a_band_is_the_score_s_and_not_alpha_s() -> None:
    result = analysed()
    texts = json.loads(json.dumps(result.framework.texts))
    for indicator in texts["indicators"].values():
        indicator["bands"] = [{"from": 0, "label": {"en": "Middling"}}]
    banded = result.model_copy(update={"framework": result.framework.model_copy(update={"texts": texts})})
    assert "score: Middling; Cronbach’s α 0.60" in render_markdown(banded, "en")
    page = re.sub(r"<[^>]+>", "", render_html(banded, "en"))
    assert "score: Middling; Cronbach’s α 0.60" in page


def test_methods_are_those_of_the_figures_that_are_there() -> None:
    calm = {method.name for method in shown(SHAPES["analysed_and_calm"]()).analysed.methods}
    full = {method.name for method in shown().analysed.methods}
    assert {"Respondents who sit in units", "A known population"} <= calm
    assert "Reliability α" not in calm
    assert "Reliability α" in full
    assert all(method.sources for method in shown().analysed.methods)


def test_without_an_analysis_its_sections_are_left_out() -> None:
    for shape in ("ordinary", "everything_hidden", "one_respondent"):
        html = render_html(SHAPES[shape](), "en")
        assert not [section for section in NEW if f'<section id="{section}"' in html]
        assert "interval" not in render_markdown(SHAPES[shape](), "en")


def test_parts_that_were_not_worked_out_leave_no_gap() -> None:
    result = analysed()
    assert isinstance(result.overall, Group)
    assert result.overall.analysis is not None
    for part in ("sampling", "responding", "instrument", "careless", "gaps", "resting"):
        rest = result.overall.analysis.model_copy(update={part: None})
        told = result.model_copy(update={"overall": result.overall.model_copy(update={"analysis": rest})})
        for language in ("en", "fr"):
            assert render_html(told, language).endswith("</html>")
            assert render_markdown(told, language)


def test_ordinary_results_stay_as_they_are() -> None:
    assert shown(ordinary()).analysed.methods == ()
