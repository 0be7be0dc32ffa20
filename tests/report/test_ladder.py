"""A ladder goes by counts alone, the nearest rung first."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from readiness.report.answers import answer_tables
from readiness.report.html import render_html
from readiness.report.ladder import Ladder, ladders
from readiness.report.markdown import render_markdown
from readiness.report.words import Reader
from readiness.scoring.result import Group, ItemCounts, Result, Suppressed
from tests.report.building import Inventor, invented_framework

RUNGS = {"Q000": (2, "Own manager"), "Q001": (1, "Colleagues"), "Q002": (3, "Leaders")}


def with_rungs(counts: dict[str, list[int] | None]) -> Result:
    """Three questions of one indicator on a ladder, the second of which is reversed; None hides one's counts."""
    make = Inventor(invented_framework(dimensions=1, indicators=1, items=3, scenarios=0))
    for id_, (order, title) in RUNGS.items():
        make.texts["items"][id_]["rung"] = {"order": order, "title": {"en": title}}
    group: dict[str, Any] = make.group(100, whole=True)
    for id_, chosen in counts.items():
        group["items"][id_] = (
            Suppressed()
            if chosen is None
            else ItemCounts(
                n=sum(chosen),
                dk=0,
                na=0,
                not_asked=100 - sum(chosen),
                missing=0,
                counts={str(place): n for place, n in enumerate(chosen, start=1)},
            )
        )
    return make.result(group)


def ladder_of(result: Result) -> tuple[Ladder, ...]:
    reader = Reader(result.framework.texts, "en")
    assert isinstance(result.overall, Group)
    return ladders(reader, answer_tables(reader, result.overall, "overall"))


def test_rungs_stand_from_the_nearest_and_the_lowest_has_the_fewest_good_answers() -> None:
    (ladder,) = ladder_of(with_rungs({"Q000": [0, 0, 0, 5, 5], "Q001": [5, 3, 0, 1, 1], "Q002": [6, 2, 0, 1, 1]}))
    assert [rung.title for rung in ladder.rungs] == ["Colleagues", "Own manager", "Leaders"]
    assert [str(rung.good) for rung in ladder.rungs] == ["80%", "100%", "20%"]  # the second question is reversed
    assert [rung.title for rung in ladder.lowest] == ["Leaders"]


@given(st.lists(st.lists(st.integers(0, 9), min_size=5, max_size=5), min_size=3, max_size=3))
def test_no_rung_is_called_the_lowest_unless_another_is_higher(chosen: list[list[int]]) -> None:
    for ladder in ladder_of(with_rungs(dict(zip(RUNGS, chosen, strict=True)))):
        told = [rung for rung in ladder.rungs if rung.told]
        printed = {str(rung.good) for rung in told}
        assert bool(ladder.lowest) == (len(printed) > 1)
        assert set(ladder.lowest) < set(told) or not ladder.lowest


def test_a_hidden_rung_is_named_and_not_compared() -> None:
    result = with_rungs({"Q000": [1, 0, 0, 5, 5], "Q001": None, "Q002": [6, 2, 0, 1, 1]})
    (ladder,) = ladder_of(result)
    assert ladder.hidden
    assert [rung.good for rung in ladder.rungs if rung.title == "Colleagues"] == [None]
    page = render_html(result, "en")
    assert "Fewest good answers: Leaders." in page
    assert "Fewest good answers: Leaders." in render_markdown(result, "en")


def test_rungs_put_to_nobody_are_named_beside_the_others_and_not_drawn() -> None:
    make = Inventor(invented_framework(dimensions=1, indicators=1, items=4, scenarios=0))
    for place in range(4):
        make.texts["items"][f"Q00{place}"]["rung"] = {"order": place, "title": {"en": f"Rung {place}"}}
    group: dict[str, Any] = make.group(100, whole=True)
    nobody = {"n": 0, "dk": 0, "na": 0, "missing": 0, "not_asked": 100, "counts": {}}
    group["items"]["Q002"] = ItemCounts(**nobody)
    (ladder,) = ladder_of(make.result(group))
    assert [rung.title for rung in ladder.rungs] == ["Rung 0", "Rung 1", "Rung 3"]
    for render in (render_html, render_markdown):
        assert "Not asked: Rung 2." in render(make.result(group), "en")
    group["items"]["Q001"] = ItemCounts(**nobody)
    (ladder,) = ladder_of(make.result(group))
    assert [rung.title for rung in ladder.rungs] == ["Rung 0", "Rung 3"]
    group["items"]["Q003"] = ItemCounts(**nobody)
    assert ladder_of(make.result(group)) == ()  # of one there is nothing to compare


def test_a_framework_without_rungs_tells_no_ladder() -> None:
    make = Inventor(invented_framework(dimensions=1))
    assert ladder_of(make.result(make.group(40, whole=True))) == ()
    assert "Rung by rung" not in render_html(make.result(make.group(40, whole=True)), "en")


def test_one_rung_alone_is_no_ladder() -> None:
    assert ladder_of(with_rungs({"Q000": [1, 0, 0, 5, 5], "Q001": [0] * 5, "Q002": [0] * 5})) == ()
