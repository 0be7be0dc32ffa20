"""What was said and what was seen stand side by side in the report, each under its own name."""

from __future__ import annotations

import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from readiness.report.evidence import Seen
from readiness.report.html import render_html
from readiness.report.markdown import marks, render_markdown
from readiness.report.view import Report, view
from readiness.scoring.result import Estimate, Evidence, ItemCounts, Result, Suppressed
from tests.report.building import HOSTILE, SHAPES, Inventor, invented_framework, seen
from tests.report.golden import seen as seen_small
from tests.report.golden import small

SCORE = st.floats(0, 100)


def estimate(value: float | None) -> Estimate:
    return Estimate(
        value=value, bounds=(0, 100) if value is None else (value, value), sd=None, n=int(value is not None)
    )


def counts(**times: int) -> ItemCounts:
    """Answers to an item: `counts(v4=2, dk=1)`."""
    ways = {way: times.get(way, 0) for way in ("dk", "na", "not_asked", "missing")}
    chosen = {value[1:]: n for value, n in times.items() if value.startswith("v")}
    return ItemCounts(
        n=sum(chosen.values()), **ways, counts={str(value): chosen.get(str(value), 0) for value in range(1, 6)}
    )


def compared(
    said: Any, found: Any, survey: Any = None, desired: str = "high", heard: Any = None, noticed: Any = None
) -> Report:
    """A report on one indicator of one item, of interviews alone where there is no survey."""
    make = Inventor(invented_framework(dimensions=1, indicators=1, items=1, scenarios=0))
    make.texts["indicators"]["ind_0_0"]["desired"] = desired

    def group(indicator: Any, item: Any) -> dict[str, Any]:
        return make.group(2) | {"indicators": {"ind_0_0": indicator}, "items": {"Q000": item}}

    talks = group(said, heard or counts(v3=1))
    rated = ({"source": "evidence"}, group(found, noticed or counts(v4=1)))
    if survey is None:
        return view(make.result(talks, [rated]), "en")
    return view(make.result(group(survey, counts(v1=9)), [({"source": "interview"}, talks), rated]), "en")


def told(report: Report) -> Seen:
    assert report.evidence is not None
    return report.evidence


def question(heard: Any, noticed: Any) -> Any:
    report = compared(estimate(50), estimate(50), estimate(50), heard=heard, noticed=noticed)
    return told(report).indicators[0].questions[0]


def test_without_ratings_there_is_no_such_section_and_no_trace_of_it() -> None:
    assert view(small(), "en").evidence is None
    for render in (render_html, render_markdown):
        page = render(small(), "en")
        assert "What was seen" not in page
        assert "evidence" not in page


@given(SCORE, SCORE, SCORE)
def test_three_scores_stand_side_by_side_and_the_difference_is_seen_less_said(
    said: float, found: float, survey: float
) -> None:
    (both,) = told(compared(estimate(said), estimate(found), estimate(survey))).indicators
    assert both.survey is not None
    texts = [reading.value.text for reading in (both.said, both.seen.reading, both.survey)]
    assert texts == [format(score, ".0f") for score in (said, found, survey)]
    assert float(both.difference.replace("−", "-")) == float(format(found - said, ".0f"))
    assert both.difference[0] in "+−0"


def test_good_is_on_the_right_and_a_difference_keeps_the_indicator_s_direction() -> None:
    (both,) = told(compared(estimate(20), estimate(50), estimate(30), desired="low")).indicators
    assert (both.said.spot, both.seen.reading.spot, both.difference) == (0.8, 0.5, "+30")


@pytest.mark.parametrize(("said", "found"), [(estimate(None), estimate(50)), (estimate(50), estimate(None))])
def test_without_one_of_two_scores_there_is_no_difference(said: Any, found: Any) -> None:
    (both,) = told(compared(said, found, estimate(30))).indicators
    assert both.difference == "–"


def test_a_hidden_survey_stays_hidden_beside_what_was_seen() -> None:
    (both,) = told(compared(estimate(20), estimate(50), Suppressed())).indicators
    assert both.survey is not None
    assert both.survey.state == "hidden"


def test_interviews_alone_are_what_was_said() -> None:
    report = compared(estimate(20), estimate(50))
    (both,) = told(report).indicators
    assert (both.said.value.at, both.survey, told(report).survey) == ("overall/indicators/ind_0_0/value", None, False)


@pytest.mark.parametrize(
    ("item", "value", "label", "n"),
    [
        (counts(v4=1), "4", "Agree", "1"),
        (counts(v4=3, dk=1), "4", "Agree", "3"),
        (counts(v4=1, v5=2), "4.7", "", "3"),
        (counts(dk=1, missing=1), "", "Don’t know", "0"),
        (counts(na=1, missing=1), "", "Not applicable", "0"),
        (counts(missing=1), "", "no answer", "0"),
        (counts(not_asked=2), "", "not asked", "0"),
    ],
)
def test_one_answer_is_told_by_its_label_and_several_by_their_mean(
    item: ItemCounts, value: str, label: str, n: str
) -> None:
    said = question(item, counts(v2=1)).said
    assert (said.value, said.label, said.n.text) == (value, label, n)


def test_an_item_that_is_hidden_is_told_to_be() -> None:
    assert question(Suppressed(), counts(v2=1)).said.hidden


def test_only_what_was_rated_stands_there() -> None:
    rated = told(view(seen(), "en"))
    assert [both.seen.id for both in rated.indicators] == ["ind_0_0", "ind_0_1", "ind_0_2", "ind_1_1"]


def test_what_a_rating_rests_on_shows_as_typed() -> None:
    html = render_html(seen(), "en")
    assert "<script>alert" not in html
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in html
    first = told(view(seen(), "en")).indicators[0].questions[0]
    assert first.rests_on == HOSTILE
    assert first.confidence == "1 × high confidence and 1 × low confidence"


def test_what_was_seen_is_no_group_of_the_survey_and_no_interview() -> None:
    report = view(seen_small(), "en")
    assert report.tables == ()
    assert [talk.n.text for talk in report.interviews] == ["2"]
    (places,) = report.present_in["scenario_0"]
    assert (places.apart, [place.name for place in places.groups]) == (
        True,
        ["What was seen (the consultant’s ratings)"],
    )
    assert places.groups[0].story.prevalence is None


def test_a_scenario_is_named_where_ratings_settle_it_otherwise() -> None:
    (found,) = told(view(seen_small(), "en")).scenarios
    assert (found.id, found.said.word, found.seen.word) == ("scenario_0", "Clear", "Critical")


def test_a_scenario_that_ratings_leave_open_contradicts_nobody() -> None:
    make = Inventor(invented_framework(dimensions=1, indicators=4, items=1, scenarios=1))
    rated = ({"source": "evidence"}, make.rated(1, ["ind_0_0"], pull=1))
    report = view(make.result(make.group(2, pull=0, whole=True), [rated]), "en")
    assert told(report).families[0].stories[0].open
    assert told(report).scenarios == ()


@pytest.mark.parametrize(
    ("use", "english", "french"),
    [
        ("beside", "No rating changes what", "Aucune appréciation ne modifie"),
        ("fills", "the consultant’s rating stands in", "tient lieu de réponse"),
        ("replaces", "takes the place of the interviewee’s answer", "remplace la réponse de la personne"),
    ],
)
@pytest.mark.parametrize("render", [render_html, render_markdown])
def test_what_ratings_did_to_what_was_said_is_said(render: Any, use: str, english: str, french: str) -> None:
    mixed = use != "beside"  # then it is said of the interviews too
    assert render(seen(use), "en").count(english) == 1 + mixed
    assert render(seen(use), "fr").count(french) == 1 + mixed


@pytest.mark.parametrize("render", [render_html, render_markdown])
def test_where_interviews_are_the_whole_the_whole_is_said_to_hold_ratings(render: Any) -> None:
    mixed = SHAPES["seen_and_said"]().model_copy(update={"evidence": Evidence(use="fills")})
    begins = {render_html: "<section id={} ", render_markdown: "## {}"}[render]
    names = {render_html: ("asked", "method"), render_markdown: ("6. Who was asked what", "7. How the figures")}[render]
    found, rest = (render(mixed, "en").partition(begins.format(name)) for name in names)
    asked = found[2].removesuffix(rest[1] + rest[2])
    said = "the consultant’s rating stands in"
    assert asked.count(said) == (found[0] + rest[2]).count(said) == 1


def test_the_section_is_told_in_french() -> None:
    html, markdown = (render(seen(), "fr") for render in (render_html, render_markdown))
    for words in ("Ce qui est dit, ce qui est constaté", "Indicateur par indicateur", "Question par question", "Écart"):
        assert words in html
        assert words in markdown


def test_whoever_does_not_see_the_chart_is_told_both_scores() -> None:
    html = render_html(with_scores(20, 50), "en")
    described = re.findall(r"<desc>(What was said.*?)</desc>", html)
    assert described == ["What was said: 20 (20–20); What was seen: 50 (50–50)"]


def with_scores(said: float, found: float) -> Result:
    make = Inventor(invented_framework(dimensions=1, indicators=1, items=1, scenarios=0))
    groups = [make.group(2) | {"indicators": {"ind_0_0": estimate(score)}} for score in (said, found)]
    groups[1]["items"] = {"Q000": counts(v4=1)}
    return make.result(groups[0], [({"source": "evidence"}, groups[1])]).model_copy(update={"evidence": Evidence()})


@pytest.mark.parametrize("name", ["seen", "seen_and_said"])
def test_no_id_is_given_twice(name: str) -> None:
    ids = re.findall(r'\bid="?([\w-]+)', render_html(SHAPES[name](), "en"))
    assert len(ids) == len(set(ids))


@given(SCORE, SCORE, SCORE)
def test_a_line_of_text_shows_every_mark_in_its_place(said: float, found: float, survey: float) -> None:
    (both,) = told(compared(estimate(said), estimate(found), estimate(survey))).indicators
    line = marks(both).strip("`")
    places = [min(19, int(score / 5)) for score in (said, found)]
    assert len(line) == 20
    if places[0] == places[1]:
        assert line[places[0]] == "◈"
    else:
        assert [line[place] for place in places] == ["●", "◆"]
        assert set(line[min(places) + 1 : max(places)]) <= {"─"}
