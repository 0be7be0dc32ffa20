"""What is worth a second look before an interview is finished."""

from __future__ import annotations

import pytest
from hypothesis import given

from readiness.framework.models import Framework, Item
from readiness.interview.conversation import Conversation, begin
from readiness.interview.moves import Answer, Go, Move, Note, Rate, Skip
from readiness.interview.questions import questions_of
from readiness.interview.reviewing import Review, review, score
from readiness.responses.journal import EVIDENCE, INTERVIEWEE, Contents, Event, Value
from tests.interview.playing import FRAMEWORK, moves, play
from tests.scoring.building import framework, items


def reviewed(*sequence: Move) -> Review:
    return review(FRAMEWORK, play(sequence)[0])


def test_a_whole_interview_with_nothing_odd_is_clean() -> None:
    answers = [Answer("employee"), Answer(4), Answer(4), Answer(3), Answer("text"), Answer(3)]
    found = reviewed(*answers, Note("well done"), Answer(1))
    assert (found, found.clean) == (Review((), (), (), (), (), (), noted=("CHOICE1",)), True)


def test_what_is_open_is_told_by_what_became_of_it() -> None:
    found = reviewed(Answer("employee"), Skip(), Answer("dk"), Answer("na"))
    assert (found.unanswered, found.skipped, found.unknown) == (("M1", "CHOICE1"), ("W1",), ("W3",))
    assert not found.clean


def test_notes_and_low_confidence_are_told() -> None:
    found = reviewed(Answer("employee"), Note("« é œ € »"), Answer(4, "low"), Answer(4, "high"), Rate(3, "seen", "low"))
    assert found.noted == ("W1",)
    assert found.unsure == ("W1", "W3")


def test_what_is_told_stands_in_the_order_of_the_questionnaires_and_is_shown() -> None:
    """Whatever came first, and though a role told later has ruled a question out."""
    rated: list[Move] = [Go("W4"), Rate(3, "seen", "low"), Go("M1"), Answer(3, "low"), Go("W1"), Answer(4, "low")]
    assert reviewed(*rated).unsure == ("W1", "W4", "M1")
    assert reviewed(*rated, Go("role"), Answer("employee")).unsure == ("W1", "M1")


@given(moves)
def test_a_review_names_only_what_is_shown_and_is_clean_only_where_nothing_is_open(sequence: list[Move]) -> None:
    conversation, _ = play(sequence)
    found, shown = review(FRAMEWORK, conversation), [question.id for question in conversation.shown]
    lists = (found.unanswered, found.skipped, found.unknown, found.noted, found.apart, found.unsure)
    for named in lists:
        assert set(named) <= set(shown)
        assert list(named) == [id_ for id_ in shown if id_ in named]
    assert set(found.unanswered).isdisjoint(found.skipped)
    assert found.clean <= (not conversation.pending)


FIVE = "scale: five, referent: "
ALIKE = framework(
    x=f"{{desired: high, items: {items(A=FIVE + 'self', B=FIVE + 'self, reversed: true', C=FIVE + 'company')}}}",
    y=f"{{desired: high, items: {items(D=FIVE + 'self', N='type: number, min: 0, max: 200')}}}",
)


def said(answers: dict[str, Value], ratings: dict[str, Value] | None = None) -> Review:
    events = [Event("answer", item=id_, source=INTERVIEWEE, value=value) for id_, value in answers.items()]
    events += [Event("answer", item=id_, source=EVIDENCE, value=value) for id_, value in (ratings or {}).items()]
    return review(ALIKE, interview(ALIKE, Contents("en").after(*events)))


def interview(framework: Framework, contents: Contents) -> Conversation:
    return begin(questions_of(framework, items_only=True), frozenset(framework.context), {}, contents)


@pytest.mark.parametrize(
    ("answers", "pairs"),
    [
        ({"A": 5, "B": 5}, (("A", "B"),)),  # B is reversed: much of both is much and little
        ({"A": 5, "B": 4}, (("A", "B"),)),
        ({"A": 5, "B": 3}, ()),
        ({"A": 1, "B": 5}, ()),
        ({"A": 5, "B": "dk"}, ()),
        ({"A": 5, "C": 1}, ()),  # what one does oneself may well differ from what a company does
        ({"A": 5, "D": 1}, ()),  # another indicator
    ],
)
def test_answers_that_measure_the_same_of_the_same_people_contradict_at_opposite_ends(
    answers: dict[str, Value], pairs: tuple[tuple[str, str], ...]
) -> None:
    assert said(answers).contradictory == pairs


@pytest.mark.parametrize(
    ("answer", "rating", "apart"),
    [(1, 3, ("A",)), (1, 2, ()), (5, 1, ("A",)), (1, "dk", ()), ("na", 5, ()), (None, 5, ())],
)
def test_what_was_seen_far_from_what_was_said_is_told(
    answer: Value | None, rating: Value, apart: tuple[str, ...]
) -> None:
    assert said({} if answer is None else {"A": answer}, {"A": rating}).apart == apart


def test_what_another_framework_asks_is_not_reviewed() -> None:
    """A journal may hold answers and ratings of another version of the framework."""
    assert said({"Z": 1}, {"Z": 5}).apart == ()


def item(id_: str) -> Item:
    return ALIKE.items[id_]


@pytest.mark.parametrize(
    ("id_", "value", "expected"),
    [("A", 1, 0), ("A", 4, 75), ("B", 4, 25), ("N", 50, 25), ("A", "dk", None), ("A", None, None), ("A", "a", None)],
)
def test_an_answer_is_scored_in_the_direction_of_its_indicator(
    id_: str, value: Value | None, expected: float | None
) -> None:
    assert score(item(id_), ALIKE, value) == expected
