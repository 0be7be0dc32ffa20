"""The panel says of every dimension and scenario what the engine says, in whatever width there is."""

from contextlib import nullcontext
from pathlib import Path
from types import MappingProxyType
from typing import cast

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from readiness.framework import catalogue
from readiness.framework.loading import load
from readiness.interview.conversation import begin
from readiness.interview.journal import Writer
from readiness.interview.moves import Answer
from readiness.interview.order import IN_ORDER
from readiness.interview.questions import questions_of
from readiness.interview.screen.outline import outline
from readiness.interview.screen.outlook import MAYBE, MIDDLE, OPEN, bar, panel, questions_left
from readiness.interview.screen.painting import painted_outline, painted_panel
from readiness.interview.sitting import Sitting
from readiness.responses.journal import Contents, Event

FRAMEWORK = load(catalogue.find("enterprise-2.0"))
ROLE = MappingProxyType({"role": "manager"})


class Unkept:
    """A journal that keeps nothing, and nothing that has to be held off."""

    path = Path("nowhere.jsonl")

    def append(self, event: Event) -> Event:
        return event

    def held(self) -> nullcontext[None]:
        return nullcontext()


def sitting(*answers: int | str, language: str = "en") -> Sitting:
    questions = questions_of(FRAMEWORK, known={"role"}, items_only=True)
    conversation = begin(questions, frozenset(FRAMEWORK.context), ROLE, Contents(language))
    held = Sitting(FRAMEWORK, conversation, cast("Writer", Unkept()), Unkept(), IN_ORDER)
    for answer in answers:
        held.make(Answer(answer))
    return held


SOME = sitting(1, 2, "dk", 4, 5, 5, 5, 1, "na", 3, 3, 1)
STANDING = SOME.standing


@given(st.floats(0, 1), st.floats(0, 1), st.integers(2, 20))
def test_a_bar_covers_what_a_figure_may_still_be_and_no_cell_more(one: float, other: float, cells: int) -> None:
    low, high = sorted((one, other))
    drawn = bar(low, high, cells, middle=False)
    assert len(drawn) == cells
    assert set(drawn) <= {OPEN, MAYBE}
    first, last = drawn.index(MAYBE), drawn.rindex(MAYBE)
    assert drawn[first : last + 1] == MAYBE * (last - first + 1)
    assert first <= low * cells + 1e-6
    assert last >= high * cells - 1 - 1e-6 or last == cells - 1
    assert first + 1 > low * cells - 1e-6 or first == cells - 1
    assert bar(low, high, cells).replace(MIDDLE, "") == drawn


@settings(deadline=None)
@given(st.integers(24, 80))
def test_no_line_is_wider_than_the_panel(width: int) -> None:
    shown = painted_panel(panel(SOME, STANDING, width), width).plain
    assert max(map(len, shown.splitlines())) <= width
    assert max(map(len, painted_outline(outline(SOME), width).plain.splitlines())) <= width


@pytest.mark.parametrize("language", ["en", "fr"])
def test_every_dimension_and_every_scenario_is_there_once(language: str) -> None:
    held = sitting(1, 2, "dk", 4, language=language)
    lines = panel(held, held.standing, 200)
    titles = [d.title.in_(language) for d in FRAMEWORK.dimensions.values()]
    titles += [s.title.in_(language) for s in FRAMEWORK.scenarios.values()]
    assert sorted(line.text for line in lines if line.state not in ("heading", "")) == sorted(titles)


def test_a_scenario_stands_below_its_verdict() -> None:
    lines = panel(SOME, STANDING, 200)
    for line in lines:
        for scenario in FRAMEWORK.scenarios.values():
            if line.text == scenario.title.in_("en"):
                assert line.state == STANDING.scenarios[scenario.id].verdict


def test_the_number_behind_an_open_scenario_counts_the_questions_it_hangs_on() -> None:
    for outlook in STANDING.scenarios.values():
        hanging = {item for id_ in outlook.hangs_on for item in FRAMEWORK.indicators[id_].items}
        pending = sum(question.id in hanging for question in SOME.conversation.pending)
        assert questions_left(SOME, outlook) == (pending if outlook.verdict == "undetermined" else 0)


def test_the_outline_counts_what_is_dealt_with_and_marks_where_we_are() -> None:
    sections = outline(SOME)
    assert [section.here for section in sections].count(True) == 1
    assert sum(section.done for section in sections) == 12
    assert sum(section.of for section in sections) == len(SOME.conversation.shown)
