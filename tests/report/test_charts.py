"""Charts of the page: named and described for everyone, marked by more than colour, light."""

from __future__ import annotations

import re
from functools import lru_cache

import pytest

from readiness.report.html import render_html
from readiness.report.view import view
from tests.report.building import SHAPES
from tests.report.conftest import Open


@lru_cache
def page_of(shape: str) -> str:
    return render_html(SHAPES[shape](), "en")


def section_of(shape: str, id_: str) -> str:
    found = re.search(
        rf'<section id="?{id_}"?[ >].*?(?=<section id="?\w+"? class="?section|</main>)', page_of(shape), re.DOTALL
    )
    assert found is not None
    return found[0]


@pytest.mark.browser
def test_a_browser_tells_what_every_chart_is_and_shows(opened: Open) -> None:
    with opened(page_of("analysed")) as seen:
        session = seen.page.context.new_cdp_session(seen.page)
        tree = session.send("Accessibility.getFullAXTree")["nodes"]
        told = [
            (node["name"]["value"], node.get("description", {}).get("value", ""))
            for node in tree
            if node.get("role", {}).get("value") == "image"
        ]
        assert len(told) == seen.page.locator("main svg[role=img]").count() > 40
    assert [name for name, description in told if not name or not description] == []


def test_a_row_of_a_profile_is_light() -> None:
    tracks = re.findall(r'<svg class="?track.*?</svg>', page_of("analysed"), re.DOTALL)
    told = [re.sub(r"<(title|desc)>.*?</\1>", "", track) for track in tracks]
    assert max(map(len, told)) < 360
    assert all("style" not in track and " id=" not in track for track in told)


def test_every_question_that_was_answered_has_its_bar_and_those_turned_round_are_marked() -> None:
    rows = [asked for table in view(SHAPES["ordinary"](), "en").answers for asked in table.rows]
    answers = section_of("ordinary", "answers")
    assert len(re.findall(r'class="?likert', answers)) == sum(asked.bar is not None for asked in rows)
    assert (
        len(re.findall(r'class="?turned', answers)) == sum(bool(asked.bar and asked.bar.turned) for asked in rows) > 0
    )


def test_of_a_reversed_question_and_of_an_adverse_indicator_the_low_side_is_good() -> None:
    report = view(SHAPES["ordinary"](), "en")
    texts = SHAPES["ordinary"]().framework.texts
    for table in report.answers:
        adverse = texts["indicators"][table.indicator]["desired"] == "low"
        for asked in table.rows:
            if asked.bar:
                assert asked.bar.turned == (asked.reversed != adverse), asked.id


def test_questions_put_to_nobody_are_named_and_can_still_be_led_to() -> None:
    result = SHAPES["seen_and_said"]()
    never = [asked.id for table in view(result, "en").answers for asked in table.rows if not asked.put]
    page = render_html(result, "en")
    assert all(re.search(rf'id="?item-{id_}\b', page) for id_ in never)


def test_groups_are_dots_with_hidden_ones_hatched() -> None:
    table = view(SHAPES["ordinary"](), "en").tables[0]
    dots = re.findall(r'<table class="data dots">.*?</table>', page_of("ordinary"), re.DOTALL)[0]
    assert dots.count("<tr") == 1 + len(table.rows)
    assert len(re.findall(r'<td class="?hatched', dots)) == len(table.hidden)
    spots = re.findall(r'class="?c-spot"? d="([^"]*)"', dots)
    assert [path.count("M") for path in spots] == [
        sum(line.reading.spot is not None for line in row.dimensions) for row in table.rows if not row.hidden
    ]


def test_a_way_out_of_several_steps_is_drawn_from_step_to_step() -> None:
    report = view(SHAPES["analysed"](), "en")
    assert report.ways is not None
    courses = [way.course for way in report.ways.groups if way.course and len(way.course.moves) > 1]
    assert len(re.findall(r'class="?descent', section_of("analysed", "way_out"))) == len(courses) > 0
    for course in courses:
        assert [leg.left for leg in course.legs] == [len(move.remaining) for move in course.moves]
        assert [leg.to for leg in course.legs] == sorted(leg.to for leg in course.legs)
        assert course.legs[-1].to == pytest.approx(1)
