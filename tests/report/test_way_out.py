"""The way out as a reader sees it: in order, on the safe side, with reasons, and never as an order to follow."""

from __future__ import annotations

import math
import re
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from readiness.analysis.levers.way_out import way_out
from readiness.language.speech import speak
from readiness.report.html import render_html
from readiness.report.markdown import moved_bar, render_markdown
from readiness.report.moves import move
from readiness.report.way_out import GroupWay, Ways, costs_alike, ways_out
from readiness.report.words import Reader
from readiness.responses.limits import Limit
from readiness.scoring.findings import Analysis, HeldBack
from readiness.scoring.result import Estimate, Group, Result, SubGroup, Suppressed
from readiness.scoring.routes import ResponseRef, Step, WayOut
from tests.report.building import Inventor, analysed, analysed_and_calm, invented_framework, ordinary
from tests.report.leaving import nothing_leads_out, partly
from tests.report.leaving import way_out as invented_way
from tests.report.reading import Page, read, section


def told(result: Result, language: str = "en") -> Ways:
    found = ways_out(Reader(result.framework.texts, language), result)
    assert found is not None
    return found


def with_ways(result: Result, whole: WayOut | None, *groups: WayOut | None) -> Result:
    """A result in which everybody and the first groups have these ways out."""
    ways = iter(groups)
    assert isinstance(result.overall, Group)
    overall = result.overall.model_copy(update={"analysis": Analysis(way_out=whole)})
    changed = tuple(
        group.model_copy(update={"analysis": Analysis(way_out=next(ways, None))})
        if isinstance(group, SubGroup)
        else group
        for group in result.groups
    )
    return result.model_copy(update={"overall": overall, "groups": changed})


def section_of(html: str) -> str:
    return section(html, "way_out")


def text_of(html: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", html))


@given(spots=st.tuples(st.floats(0, 1), st.floats(0, 1)))
def test_a_bar_of_text_goes_from_the_disc_to_the_diamond(spots: tuple[float, float]) -> None:
    drawn = str(moved_bar(spots)).strip("`")
    start, target = (min(19, math.floor(spot * 20)) for spot in spots)
    assert len(drawn) == 20
    if start == target:
        assert drawn[start] == "◈"
    else:
        assert (drawn[start], drawn[target]) == ("●", "◆")
    assert drawn.count("─") == max(0, abs(target - start) - 1)


@settings(max_examples=30, deadline=None)
@given(seed=st.integers(min_value=0, max_value=10_000), language=st.sampled_from(["en", "fr"]))
def test_a_page_tells_a_route_as_it_was_found(seed: int, language: str) -> None:
    framework = invented_framework(dimensions=3, indicators=4, items=1, scenarios=6)
    make = Inventor(framework, seed)
    result = make.result(make.group(40, whole=True, pull=1 if seed % 2 else None), [({"unit": "Sales"}, make.group(9))])
    groups = [result.overall, *result.groups]
    held = [Limit(id_) for place, id_ in enumerate(framework.indicators) if seed % 3 == 0 and place % 3]
    found = [way_out(framework, _values(group), held, whole=group is result.overall) for group in groups]
    result = with_ways(result, *found)
    expected = [
        (f"{place}/analysis/way_out/route/steps/{i}", step)
        for place, way in zip(("overall", "groups/0"), found, strict=True)
        for i, step in enumerate(way.route.steps if way.route else ())
    ]
    figures = Page(render_html(result, language)).figures
    for at, step in expected:
        printed = {path: read(text, language)[0] for path, text in figures if path.startswith(f"{at}/")}
        assert set(printed) == {f"{at}/start", f"{at}/target", f"{at}/cost"}
        assert abs(printed[f"{at}/cost"] - step.cost) <= 0.05 + 1e-9
        beyond = (printed[f"{at}/target"] - step.target) * (1 if step.heading == "up" else -1)
        assert -1e-6 <= beyond <= 0.1
    routes = [path for path, _ in figures if re.search(r"/route/steps/\d+/cost$", path)]
    assert routes == [f"{at}/cost" for at, _ in expected]
    openings = sum(len(part.openings) for way in found if way.present for part in way.stuck)
    assert openings == sum("/openings/" in path and path.endswith("/cost") for path, _ in figures)
    assert render_markdown(result, language).count("1. **") == sum(bool(w.route and w.route.steps) for w in found)


def _values(group: Any) -> dict[str, float | None]:
    return {id_: e.value if isinstance(e, Estimate) else None for id_, e in group.indicators.items()}


def test_everybody_comes_first_then_the_groups_that_are_on_a_scenario() -> None:
    ways = told(analysed())
    assert [way.name for way in ways.groups] == ["Everybody", "Claims", "Customer service"]
    assert not ways.calm


def test_that_everybody_is_on_none_is_said_where_only_groups_are() -> None:
    result = ordinary()
    result = with_ways(result, None, invented_way(result.framework.texts))
    assert told(result).calm
    assert "No scenario is present overall; some groups have one." in section_of(render_html(result, "en"))


def test_a_hidden_whole_is_not_said_to_be_on_none_and_nothing_leads_nowhere() -> None:
    result = analysed()
    result = result.model_copy(update={"overall": Suppressed()})
    assert not told(result).calm
    html = render_html(result, "en")
    aims = set(re.findall(r'href="?#([\w-]+)', section_of(html)))
    assert aims <= set(re.findall(r'\bid="?([\w-]+)', html))


def test_everything_a_step_names_is_linked_to_its_entry() -> None:
    html = render_html(analysed(), "fr")
    ids = set(re.findall(r'\bid="?([\w-]+)', html))
    aims = re.findall(r'href="?#([\w-]+)', section_of(html))
    assert {"indicator-ind_0_0", "scenario-scenario_0", "item-Q000"} <= set(aims)
    assert set(aims) <= ids


def test_interviews_go_by_their_name() -> None:
    result = ordinary()
    groups = [invented_way(result.framework.texts) if group.by == {"source": "interview"} else None
              for group in result.groups if isinstance(group, SubGroup)]  # fmt: skip
    assert [way.name for way in told(with_ways(result, None, *groups)).groups] == ["Interviews"]


def test_without_a_way_out_there_is_no_section_and_nothing_comes_first() -> None:
    for result in (ordinary(), analysed_and_calm()):
        assert ways_out(Reader(result.framework.texts, "en"), result) is None
        assert 'id="way_out"' not in render_html(result, "en")
        assert "What to do first" not in render_markdown(result, "en")


@pytest.mark.parametrize("language", ["en", "fr"])
def test_it_never_says_what_anybody_must_do(language: str) -> None:
    words = text_of(section_of(render_html(analysed(), language))).lower()
    assert not re.search(r"\b(must|have to|should|devez|devrez|devriez|il faut|doit)\b", words)


def test_the_first_step_of_each_group_is_on_the_sponsor_s_page() -> None:
    html = render_html(analysed(), "en")
    page = text_of(section(html, "brief"))
    first = "Indicator 0.0 with a name of some length ↑ from 17 to 50.0 (the first of 3 steps"
    assert f"Everybody: {first})" in page
    assert "Claims: nothing leads out as things stand" in page
    assert f"Customer service: {first}; not out of everything)" in page
    assert [way.first is None for way in told(analysed()).groups] == [False, True, False]


def test_a_scenario_that_its_interval_leaves_open_is_said_not_to_be_sure() -> None:
    result = analysed()
    unsure = [one for way in told(result).groups for one in way.present if not one.sure]
    assert unsure
    assert "present by its value, and not for sure" in section_of(render_html(result, "en"))


def blocked(language: str = "en") -> GroupWay:
    result = ordinary()
    return told(with_ways(result, nothing_leads_out(result.framework.texts)), language).groups[0]


def test_what_stands_in_the_way_is_a_sentence_for_each_kind() -> None:
    result = ordinary()
    page = render_markdown(with_ways(result, nothing_leads_out(result.framework.texts)), "en")
    name = "Indicator 0.{} with a name of some length"
    for words in (
        f"- a limit holds {name.format(0)} as it is (until 2027, the mail system is replaced)",
        f"- a limit lets {name.format(1)} go no further than 47.5",
        f"- {name.format(2)} does not move, or not to this side",
        f"- {name.format(3)} ends at 0, which is not far enough",
        "- no score is known of Indicator 1.0",
        f"- {name.format(0)} may not move before {name.format(1)} is on its safe side",
        f"- moving {name.format(3)} would lead into Scenario 16: a way to fail",
        f"- cost 9.0: {name.format(2)} does not move",
        "Nothing opens a way out if it alone is lifted.",
    ):
        assert words in page, words


def test_what_would_open_a_way_comes_with_its_cost() -> None:
    first, second = blocked().dead_ends
    assert [str(one.cost) for one in first.openings] == ["4.2", "9.0"]
    assert all(one.cost is None for one in first.obstacles)
    assert second.openings == ()


def test_what_was_noted_of_a_limit_is_escaped() -> None:
    result = ordinary()
    way = nothing_leads_out(result.framework.texts)
    block = way.stuck[0].blocks[0].model_copy(update={"why": "<b>{indicator}</b> %(x)s", "until": "*soon*"})
    way = way.model_copy(update={"stuck": (way.stuck[0].model_copy(update={"blocks": (block,)}),)})
    assert "(until *soon*, &lt;b&gt;{indicator}&lt;/b&gt; %(x)s)" in render_html(with_ways(result, way), "en")
    assert r"(until \*soon\*, \<b\>{indicator}\</b\> %(x)s)" in render_markdown(with_ways(result, way), "en")


def test_where_something_is_stuck_the_route_is_out_of_everything_else() -> None:
    result = ordinary()
    page = render_markdown(with_ways(result, partly(result.framework.texts)), "en")
    assert "#### There is no way out of: Scenario 0" in page
    assert "#### The cheapest way out of everything else (3 steps, cost 13.1)" in page


def step(**more: Any) -> Step:
    told = {"indicator": "ind_0_0", "heading": "up", "start": 10.0, "target": 48.31, "cost": 1.0}
    return Step.model_validate({**told, **more})


def reader_of(**changes: Any) -> Reader:
    texts = dict(Inventor(invented_framework()).texts)
    return Reader({**texts, **changes}, "en")


def test_a_move_lets_others_go_for_the_reason_of_the_guard_that_held_them() -> None:
    held = {"moving": "ind_0_3", "needs": ["ind_0_0"]}
    guards = [
        {**held, "direction": "down", "why": {"en": "The other way."}},
        {**held, "direction": "up", "needs": ["ind_1_0"], "why": {"en": "Another need."}},
        {**held, "direction": "up", "why": {"en": "This one."}},
    ]
    (freed,) = move(reader_of(guards=guards), step(enables=("ind_0_3",)), "").frees
    assert (freed.indicator.id, freed.why) == ("ind_0_3", "This one.")
    (silent,) = move(reader_of(guards=[]), step(enables=("ind_0_3",)), "").frees
    assert silent.why == ""


def test_a_response_that_the_framework_no_longer_has_is_left_out() -> None:
    references = (ResponseRef(scenario="scenario_0", place=0), ResponseRef(scenario="scenario_0", place=7))
    helps = move(reader_of(), step(responses=references), "").helps
    assert [help_.do for help_ in helps] == ["Give an hour a week."]


def test_an_adverse_indicator_moves_to_the_right_as_it_falls() -> None:
    falling = move(reader_of(), step(indicator="ind_0_1", heading="down", start=82.0, target=51.55), "")
    assert falling.spots[0] < falling.spots[1]
    assert (falling.arrow, falling.target.text) == ("↓", "51.5")


def test_raw_ranges_are_told_with_the_decimals_they_need() -> None:
    indicators = {"ind_0_0": {"title": "Worry", "desired": "low", "range": [0, 3]}}
    told = move(reader_of(indicators=indicators), step(heading="down", start=2.5, target=1.2345), "")
    assert (told.start.text, told.target.text) == ("2.50", "1.234")


def test_costs_and_figures_are_written_in_the_reader_s_language() -> None:
    ways = told(analysed(), "fr")
    assert ways.target == speak("fr").number(0.4, 2) == "0,40"
    assert ways.groups[0].course is not None
    assert ways.groups[0].course.cost.text == "13,1"


def test_the_limits_that_every_route_keeps_to_are_told_with_their_reasons() -> None:
    words = told(analysed()).limits
    name = "Indicator 0.{} with a name of some length"
    assert words == (
        f"{name.format(0)} cannot move until 2027: the mail system is replaced",
        f"{name.format(1)} can go no further than 47.5 until the merger",
        f"{name.format(2)} can go no further than 60",
        "Dimension number 4 cannot move",
    )


def test_what_is_said_of_a_limit_is_escaped() -> None:
    result = analysed()
    assert isinstance(result.overall, Group)
    assert result.overall.analysis is not None
    kept = (HeldBack(name="ind_0_0", why="<b>*x*</b>"), HeldBack(name="ind_0_1"))
    analysis = result.overall.analysis.model_copy(update={"limits": kept})
    result = result.model_copy(update={"overall": result.overall.model_copy(update={"analysis": analysis})})
    assert "cannot move: &lt;b&gt;*x*&lt;/b&gt;; Indicator" in render_html(result, "en")
    assert r"cannot move: \<b\>\*x\*\</b\>; Indicator" in render_markdown(result, "en")


def test_targets_get_the_decimals_that_part_them_from_where_they_start() -> None:
    told = move(reader_of(), step(start=48.44, target=48.46), "")
    assert float(told.start.text) < float(told.target.text)


@given(st.floats(0.1, 1000), st.floats(1, 3))
def test_a_route_that_costs_hardly_more_is_not_ranked_behind(cheapest: float, times: float) -> None:
    if abs(times - 1.1) > 1e-6:
        assert costs_alike(cheapest * times, cheapest) == (times < 1.1)


def test_routes_about_as_costly_are_called_so() -> None:
    result = ordinary()
    way = invented_way(result.framework.texts)
    assert way.route is not None
    dearer = way.alternatives[0]
    near = dearer.model_copy(update={"cost": way.route.cost * 1.05})
    found = told(with_ways(result, way.model_copy(update={"alternatives": (near, dearer)}))).groups[0]
    assert [course.alike for course in found.others] == [True, False]
