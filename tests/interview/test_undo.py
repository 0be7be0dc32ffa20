"""Whatever was answered or rated can be undone, move by move, back to where it began; nothing else is."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given

from readiness.interview.conversation import Conversation, event_of, step
from readiness.interview.moves import Answer, Back, Go, Move, MoveError, Note, Rate, Skip, Sure, Undo, Withdraw
from readiness.responses.journal import EVIDENCE, INTERVIEWEE, Change, Contents, Event
from tests.interview.playing import NOTHING, moves, one_move, play, start

MANAGER, EMPLOYEE = Answer("manager"), Answer("employee")


def held(conversation: Conversation) -> tuple[object, ...]:
    """What an undo brings back."""
    contents = conversation.contents
    return contents.answers, contents.ratings, contents.confidence


def all_undone(conversation: Conversation) -> Conversation:
    for _ in conversation.contents.changes:
        conversation = step(conversation, Undo())
    return conversation


@given(moves)
def test_as_many_undos_as_there_are_changes_lead_back_to_the_beginning(sequence: list[Move]) -> None:
    conversation = all_undone(play(sequence)[0])
    assert held(conversation) == ({}, {}, {})
    assert conversation.contents.changes == ()
    with pytest.raises(MoveError):
        step(conversation, Undo())


@given(moves, moves)
def test_they_lead_back_to_whatever_had_been_answered_first(before: list[Move], since: list[Move]) -> None:
    """As where an interview is merged from elsewhere: what nobody saw change cannot be undone."""
    first = start(replace(play(before)[0].contents, changes=()))
    assert held(all_undone(play(since, first)[0])) == held(first)


@given(moves, one_move)
def test_one_undo_brings_back_what_stood_before_the_last_change(sequence: list[Move], move: Move) -> None:
    before, _ = play(sequence)
    after, _ = play([move], before)
    if len(after.contents.changes) > len(before.contents.changes):
        undone = step(after, Undo())
        assert held(undone) == held(before)
        assert undone.contents.changes == before.contents.changes


@given(moves)
def test_an_undo_goes_to_the_question_that_it_changes(sequence: list[Move]) -> None:
    conversation, _ = play(sequence)
    if conversation.contents.changes:
        item = conversation.contents.changes[-1].item
        undone = step(conversation, Undo())
        shown = {question.id for question in undone.shown}
        assert undone.at == item if item in shown else undone.at is None or undone.at in shown


@given(moves)
def test_neither_what_was_passed_over_nor_what_was_noted_is_undone(sequence: list[Move]) -> None:
    before, _ = play(sequence)
    after = all_undone(before).contents
    assert after.notes == before.contents.notes
    assert after.evidence == before.contents.evidence
    assert after.language == before.contents.language
    assert after.skipped <= before.contents.skipped
    # An answer that comes back, or goes, ends the skip of its own question and of no other.
    changed = {change.item for change in before.contents.changes if change.source == INTERVIEWEE}
    assert before.contents.skipped - after.skipped <= changed


@given(moves)
def test_taken_up_from_its_journal_the_same_can_be_undone(sequence: list[Move]) -> None:
    conversation, events = play(sequence)
    again = start(NOTHING.after(*events))
    assert again.contents.changes == conversation.contents.changes
    assert held(all_undone(again)) == ({}, {}, {})


@given(moves)
def test_read_an_event_at_a_time_or_all_at_once_the_same_can_be_undone(sequence: list[Move]) -> None:
    _, events = play(sequence)
    one_by_one = NOTHING
    for event in events:
        one_by_one = one_by_one.after(event)
    assert one_by_one == NOTHING.after(*events)


@given(moves)
def test_an_undo_is_an_answer_like_any_other_in_the_journal(sequence: list[Move]) -> None:
    """Whoever reads a journal has to know nothing of undoing: the last answer counts."""
    conversation, _ = play(sequence)
    if conversation.contents.changes:
        change = conversation.contents.changes[-1]
        event = event_of(conversation, Undo())
        assert event is not None
        assert (event.event, event.item, event.source) == ("answer", change.item, change.source)
        assert (event.value, event.confidence) == (change.value, change.confidence)


def after(*moves: Move) -> Conversation:
    return play(moves)[0]


def test_an_answer_is_undone_to_the_one_before_and_then_to_none() -> None:
    conversation = after(EMPLOYEE, Answer(2, "low"), Back(), Answer(5))
    undone = step(conversation, Undo())
    assert (undone.at, undone.contents.answers["W1"], undone.contents.confidence) == (
        "W1",
        2,
        {("W1", INTERVIEWEE): "low"},
    )
    undone = step(undone, Undo())
    assert (undone.at, "W1" in undone.contents.answers) == ("W1", False)
    assert step(undone, Undo()).at == "role"


def test_an_answer_taken_back_comes_again() -> None:
    """Taking an answer back looks like undoing it, and is a change of its own all the same."""
    conversation = after(EMPLOYEE, Answer(2), Back(), Withdraw())
    assert step(conversation, Undo()).contents.answers == {"role": "employee", "W1": 2}


def test_an_answer_changed_back_by_hand_is_changed_twice() -> None:
    conversation = after(EMPLOYEE, Answer(2), Back(), Answer(4), Back(), Answer(2))
    values = []
    for _ in range(3):
        conversation = step(conversation, Undo())
        values.append(conversation.contents.answers.get("W1"))
    assert values == [4, 2, None]


def test_a_rating_is_undone_and_what_it_rested_on_stays() -> None:
    undone = after(EMPLOYEE, Rate(4, "minutes", "high"), Undo())
    assert (undone.at, undone.contents.ratings, undone.contents.confidence) == ("W1", {}, {})
    assert undone.contents.evidence == {"W1": ("minutes",)}


def test_how_sure_an_answer_is_can_be_undone() -> None:
    conversation = after(EMPLOYEE, Answer(2, "low"), Back(), Sure("high"), Undo())
    assert conversation.contents.confidence == {("W1", INTERVIEWEE): "low"}


def test_the_same_answer_again_is_no_change() -> None:
    assert len(after(EMPLOYEE, Answer(2), Back(), Answer(2)).contents.changes) == 2


def test_what_is_undone_wherever_it_was_given_is_gone_to() -> None:
    undone = after(EMPLOYEE, Answer(4), Answer(2), Skip(), Undo())
    assert (undone.at, undone.contents.skipped) == ("W2", frozenset({"W3"}))
    assert step(undone, Answer(3)).at == "OPEN1"  # what was passed over since is not asked again at once


def test_what_is_not_asked_any_more_cannot_be_gone_to() -> None:
    """An answer to a question that is not put is shown for its own sake alone; undone, it leaves no question."""
    events = [*play([EMPLOYEE, Answer(1)])[1], Event("answer", item="W2", source=INTERVIEWEE, value=3)]
    conversation = start(NOTHING.after(*events))
    assert (conversation.at, conversation.contents.changes[-1]) == ("W3", Change("W2", INTERVIEWEE, None, None))
    undone = step(conversation, Undo())
    assert (undone.at, undone.contents.answers) == ("W3", {"role": "employee", "W1": 1})
    at_it = step(conversation, Go("W2"))
    assert step(at_it, Undo()).at == "W3"


def test_a_role_undone_asks_for_the_role_again() -> None:
    undone = after(MANAGER, Undo())
    assert (undone.at, undone.contents.answers) == ("role", {})


def test_an_undo_opens_a_finished_interview_again() -> None:
    ended = Contents("en").after(*play([EMPLOYEE, Answer(1)])[1], Event("finish"))
    assert not step(start(ended), Undo()).contents.finished


def test_a_note_between_does_not_hide_what_can_be_undone() -> None:
    undone = after(EMPLOYEE, Answer(4), Note("a thought"), Skip(), Undo())
    assert undone.contents.answers == {"role": "employee"}


def test_a_rating_and_an_answer_of_one_question_are_undone_apart() -> None:
    conversation = after(EMPLOYEE, Rate(4), Answer(2), Undo())
    assert (conversation.contents.ratings, conversation.contents.answers) == ({"W1": 4}, {"role": "employee"})
    assert conversation.contents.changes[-1] == Change("W1", EVIDENCE, None, None)
