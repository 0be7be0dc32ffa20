"""The conversation: any sequence of moves keeps what was said and finds its way."""

from types import MappingProxyType

import pytest
from hypothesis import given

from readiness.interview.asking import Put
from readiness.interview.conversation import Conversation, begin, event_of, step
from readiness.interview.moves import (
    Answer,
    Back,
    Finish,
    Forward,
    Go,
    Move,
    MoveError,
    Rate,
    Skip,
    Sure,
    Undo,
    Withdraw,
)
from readiness.interview.questions import questions_of
from readiness.responses.journal import EVIDENCE, INTERVIEWEE, Contents
from tests.interview.playing import FRAMEWORK, KEYS, QUESTIONS, moves, play, start

MANAGER, EMPLOYEE = Answer("manager"), Answer("employee")


def after(*moves: Move) -> Conversation:
    conversation = start()
    for move in moves:
        conversation = step(conversation, move)
    return conversation


@given(moves)
def test_answers_are_the_last_event_per_item_and_source(sequence: list[Move]) -> None:
    conversation, events = play(sequence)
    for source, standing in (
        ("interviewee", conversation.contents.answers),
        ("evidence", conversation.contents.ratings),
    ):
        last = {event.item: event.value for event in events if event.event == "answer" and event.source == source}
        assert standing == {item: value for item, value in last.items() if value is not None}


@given(moves)
def test_taken_up_from_its_journal_a_conversation_holds_the_same(sequence: list[Move]) -> None:
    conversation, events = play(sequence)
    contents = Contents("en").after(*events)
    assert contents == conversation.contents
    again = start(contents)
    assert again.contents.answers == conversation.contents.answers
    assert again.contents.notes == conversation.contents.notes


@given(moves)
def test_back_then_forward_returns(sequence: list[Move]) -> None:
    conversation, _ = play(sequence)
    back = step(conversation, Back())
    if back.at != conversation.at:
        assert step(back, Forward()).at == conversation.at
        assert back.contents == conversation.contents


@given(moves)
def test_back_leads_to_the_first_question_one_by_one(sequence: list[Move]) -> None:
    conversation, _ = play(sequence)
    for _ in QUESTIONS:
        conversation = step(conversation, Back())
    assert conversation.at == conversation.shown[0].id


@given(moves)
def test_what_is_asked_is_always_shown_and_the_progress_fits(sequence: list[Move]) -> None:
    conversation, _ = play(sequence)
    assert conversation.at is None or conversation.at in {question.id for question in conversation.shown}
    place, of = conversation.progress
    assert 1 <= place <= of <= len(QUESTIONS)


@given(moves)
def test_it_ends_only_when_nothing_is_pending_and_answering_reaches_the_end(sequence: list[Move]) -> None:
    conversation, _ = play(sequence)
    assert conversation.at is not None or not conversation.pending
    for _ in range(3 * len(QUESTIONS)):
        if conversation.at is None:
            break
        conversation = step(conversation, Answer("dk") if conversation.answer is None else Forward())
    assert conversation.at is None


def test_questions_come_in_the_order_of_the_questionnaires() -> None:
    asked, conversation = [], start()
    while conversation.at is not None:
        asked.append(conversation.at)
        conversation = step(conversation, Answer("dk"))
    # What hangs on an answer is not asked after a "don't know"; without a role everything else is.
    assert asked == ["role", "W1", "W3", "W4", "OPEN1", "M1", "CHOICE1"]


def test_a_role_decides_what_is_asked() -> None:
    assert "W4" in {question.id for question in after(MANAGER).shown}
    assert "W4" not in {question.id for question in after(EMPLOYEE).shown}


def test_a_changed_answer_brings_a_question_up() -> None:
    conversation = after(EMPLOYEE, Answer(1))
    assert conversation.at == "W3"
    conversation = step(step(conversation, Back()), Answer(4))
    assert conversation.at == "W2"


def test_an_answer_whose_reason_is_gone_stays_to_be_seen() -> None:
    conversation = after(EMPLOYEE, Answer(4), Answer(2), Back(), Back(), Answer(1))
    assert conversation.contents.answers["W2"] == 2
    assert (conversation.at, conversation.unneeded) == ("W2", True)
    assert step(conversation, Forward()).at == "W3"
    without = step(conversation, Withdraw())
    assert (without.at, "W2" in without.contents.answers) == ("W3", False)
    assert without.put["W2"] is Put.FAILS


def test_after_going_back_twice_every_question_is_passed_again() -> None:
    conversation = after(EMPLOYEE, Answer(4), Answer(2), Back(), Back())
    passed = [conversation.at]
    for move in (Answer(5), Forward()):
        conversation = step(conversation, move)
        passed.append(conversation.at)
    assert passed == ["W1", "W2", "W3"]
    assert not conversation.reviewing


def test_skipping_an_answered_question_keeps_the_answer() -> None:
    conversation = after(EMPLOYEE, Answer(4), Back())
    assert event_of(conversation, Skip()) is None
    assert step(conversation, Skip()).contents.answers["W1"] == 4


def test_what_was_skipped_is_asked_once_more_when_all_else_is_done() -> None:
    left = after(EMPLOYEE, Skip(), Answer(3), Answer("text"), Skip(), Answer(1), Finish())
    assert left.at is None
    again = start(left.contents)
    assert [question.id for question in again.pending] == ["W1", "M1"]
    assert again.at == "W1"
    assert step(again, Answer(1)).at == "M1"


def test_a_question_that_comes_up_behind_is_asked_before_the_end() -> None:
    conversation = after(MANAGER, Answer(1), Answer(3), Answer(3), Skip(), Answer(0), Go("role"), EMPLOYEE, Go("W1"))
    conversation = step(conversation, Answer(5))
    assert conversation.at == "W2"


def test_the_context_given_counts() -> None:
    asked = questions_of(FRAMEWORK, known={"role"}, items_only=True)
    conversation = begin(asked, KEYS, MappingProxyType({"role": "employee"}), Contents("en"))
    assert conversation.at == "W1"
    assert "W4" not in {question.id for question in conversation.shown}


def test_a_rating_stands_beside_the_answer() -> None:
    conversation = after(EMPLOYEE, Rate(5, "minutes"), Answer(2))
    assert conversation.contents.ratings == {"W1": 5}
    assert conversation.contents.evidence == {"W1": ("minutes",)}
    assert conversation.contents.answers["W1"] == 2


def test_how_sure_an_answer_is_stands_beside_it() -> None:
    conversation = after(EMPLOYEE, Answer(2, "low"), Rate(5, "minutes", "high"))
    assert conversation.contents.confidence == {("W1", INTERVIEWEE): "low", ("W3", EVIDENCE): "high"}
    back = step(conversation, Back())
    assert step(back, Sure("medium")).contents.confidence[("W1", INTERVIEWEE)] == "medium"
    assert ("W1", INTERVIEWEE) not in step(back, Sure(None)).contents.confidence
    # Who answers again, and whose answer is taken back, has said nothing of how sure that is.
    assert ("W1", INTERVIEWEE) not in step(back, Answer(4)).contents.confidence
    assert ("W1", INTERVIEWEE) not in step(back, Withdraw()).contents.confidence


def test_being_sure_of_an_answer_leaves_it_and_stays_at_it() -> None:
    back = after(EMPLOYEE, Answer(2), Back())
    sure = step(back, Sure("high"))
    assert (sure.at, sure.contents.answers, sure.reviewing) == ("W1", back.contents.answers, True)


@given(moves)
def test_confidence_is_of_standing_answers_and_ratings_alone(sequence: list[Move]) -> None:
    contents = play(sequence)[0].contents
    standing = {(item, INTERVIEWEE) for item in contents.answers} | {(item, EVIDENCE) for item in contents.ratings}
    assert contents.confidence.keys() <= standing


def test_another_order_may_be_chosen() -> None:
    conversation = step(start(), EMPLOYEE, choose=lambda now: now.pending[-1].id)
    assert conversation.at == "CHOICE1"


@pytest.mark.parametrize(
    ("before", "move"),
    [
        ((), Answer("boss")),
        ((EMPLOYEE,), Answer(6)),
        ((EMPLOYEE,), Answer("3")),
        ((), Withdraw()),
        ((), Go("W2")),
        ((), Go("nowhere")),
        ((), Rate(3)),
        ((EMPLOYEE,), Rate(9)),
        ((EMPLOYEE,), Rate(4, None, "certain")),
        ((EMPLOYEE,), Answer(4, "certain")),
        ((), Undo()),
        ((EMPLOYEE, Undo()), Undo()),
        ((EMPLOYEE, Skip()), Sure("low")),
        ((EMPLOYEE, Answer(4), Back()), Sure("certain")),
    ],
)
def test_an_impossible_move_is_refused(before: tuple[Move, ...], move: Move) -> None:
    with pytest.raises(MoveError):
        step(after(*before), move)


def test_at_the_end_nothing_can_be_answered() -> None:
    conversation = start()
    while conversation.at is not None:
        conversation = step(conversation, Answer("dk"))
    for move in (Answer("dk"), Skip(), Rate(3)):
        with pytest.raises(MoveError):
            step(conversation, move)
