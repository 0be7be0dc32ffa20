"""People who were chosen are no draw: nothing is said of how chance moved what they said, or what was seen."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from readiness.report.chosen import without_chance
from readiness.report.groups import is_apart
from readiness.report.html import render_html
from readiness.report.markdown import render_markdown
from readiness.report.view import view
from readiness.scoring.result import Estimate, Result, ScenarioResult, SubGroup
from tests.report.analysing import with_analysis
from tests.report.building import analysed, ordinary, seen


def rated() -> Result:
    """A survey with an analysis, interviews, and ratings beside it."""
    return with_analysis(seen())


MODES = {"interviews": analysed, "ratings": rated}


def figures(group: SubGroup) -> list[Estimate | ScenarioResult]:
    every = [group.readiness, *group.dimensions.values(), *group.indicators.values(), *group.scenarios.values()]
    return [one for one in every if isinstance(one, Estimate | ScenarioResult)]


def parted(result: Result) -> tuple[list[SubGroup], list[SubGroup]]:
    """Groups of the whole, and those apart."""
    groups = [group for group in result.groups if isinstance(group, SubGroup)]
    return [group for group in groups if not is_apart(group)], [group for group in groups if is_apart(group)]


@pytest.mark.parametrize("mode", MODES)
def test_only_groups_of_the_whole_have_intervals(mode: str) -> None:
    before = MODES[mode]()
    drawn, chosen = parted(without_chance(before))
    assert chosen
    assert all(one.interval is None for group in chosen for one in figures(group))
    assert all(getattr(one, "probability", None) is None for group in chosen for one in figures(group))
    assert drawn == parted(before)[0]
    values = [[getattr(one, "value", None) for one in figures(group)] for group in chosen]
    assert values == [[getattr(one, "value", None) for one in figures(group)] for group in parted(before)[1]]


def test_a_result_without_such_groups_is_left_as_it_is() -> None:
    result = ordinary()
    alone = result.model_copy(update={"groups": tuple(group for group in result.groups if not is_apart(group))})
    assert without_chance(alone) is alone


@pytest.mark.parametrize("mode", MODES)
def test_no_page_prints_an_interval_or_a_probability_of_them(mode: str) -> None:
    result = MODES[mode]()
    places = "|".join(
        str(place) for place, group in enumerate(result.groups) if is_apart(group) and isinstance(group, SubGroup)
    )
    chance = re.compile(rf"groups/(?:{places})/\S*(?:interval|probability)")
    assert not chance.search(render_html(result, "en"))
    report = view(result, "en")
    for talk in report.interviews:
        assert all(line.reading.interval is None for line in talk.lines)
        assert all(story.probability is None for family in talk.families for story in family.stories)


def test_verdicts_of_interviews_are_said_to_be_what_these_people_said() -> None:
    for render in (render_html, render_markdown):
        page = render(analysed(), "en")
        assert "The verdicts are what these people said. Whom to interview was chosen" in page


@pytest.mark.parametrize("render", [render_html, render_markdown])
def test_what_was_said_and_seen_stands_below_the_groups(render: Callable[[Result, str], str]) -> None:
    result = seen()
    found = view(result, "en").present_in
    assert any(part.apart for parts in found.values() for part in parts)
    assert all([part.apart for part in parts] == sorted(part.apart for part in parts) for parts in found.values())
    page = render(result, "en")
    apart = [parts for parts in found.values() if any(part.apart for part in parts)]
    assert page.count("Also:") + page.count("Only:") == len(apart)
    assert page.count("Only:")
