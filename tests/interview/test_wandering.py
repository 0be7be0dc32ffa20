"""Where questions come as something else than their order chooses, back and forward lead over what was asked."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from readiness.interview.conversation import Choose, Conversation, step
from readiness.interview.moves import Answer, Back, Forward, Go, Move, Skip, Undo, Withdraw
from tests.interview.playing import EVERY, NOTHING, QUESTIONS, by, moves, orders, play, start


@given(orders, st.data())
def test_back_leads_over_the_questions_as_they_were_asked(choose: Choose, data: st.DataObject) -> None:
    conversation, asked = start(choose=choose, wandering=True), []
    for _ in range(data.draw(st.integers(0, len(EVERY)))):
        if conversation.current is None:
            break
        asked.append(conversation.at)
        values = [v for v in (4, 12, "employee", "manager", "a text", "dk") if conversation.current.takes(v)]
        possible: list[Move] = [Skip(), *map(Answer, values)]
        conversation = step(conversation, data.draw(st.sampled_from(possible)), choose)
    here, shown = conversation.at, {question.id for question in conversation.shown}
    passed = []
    while (back := step(conversation, Back(), choose)).at != conversation.at:
        conversation = back
        passed.append(back.at)
    # A question passed over, which a role told later has ruled out, is not shown any more.
    assert passed == [id_ for id_ in reversed(asked) if id_ in shown]
    for _ in passed:
        conversation = step(conversation, Forward(), choose)
    assert conversation.at == here


@given(orders, moves)
def test_back_then_forward_returns_to_what_was_asked(choose: Choose, sequence: list[Move]) -> None:
    """To a question that was gone to and not asked, forward does not lead: it leads on to what is."""
    conversation, _ = play(sequence, start(choose=choose, wandering=True), choose)
    back = step(conversation, Back(), choose)
    if back.at != conversation.at:
        assert back.contents == conversation.contents
        asked = conversation.at in conversation.path or conversation.at == choose(conversation)
        assert step(back, Forward(), choose).at == conversation.at or not asked


@given(orders, moves)
def test_back_leads_to_the_first_that_was_asked(choose: Choose, sequence: list[Move]) -> None:
    conversation, _ = play(sequence, start(choose=choose, wandering=True), choose)
    first = conversation.path[0] if conversation.path else conversation.at
    for _ in QUESTIONS:
        conversation = step(conversation, Back(), choose)
    assert conversation.at == first


@given(orders, moves)
def test_what_is_asked_is_shown_and_the_progress_fits(choose: Choose, sequence: list[Move]) -> None:
    conversation, _ = play(sequence, start(choose=choose, wandering=True), choose)
    assert conversation.at is None or conversation.at in {question.id for question in conversation.shown}
    assert len(set(conversation.path)) == len(conversation.path)
    place, of = conversation.progress
    assert 1 <= place <= of <= len(QUESTIONS)


@given(orders, moves)
def test_taken_up_again_the_way_back_is_the_same(choose: Choose, sequence: list[Move]) -> None:
    conversation, events = play(sequence, start(choose=choose, wandering=True), choose)
    again = start(NOTHING.after(*events), choose, wandering=True)
    assert again.contents.trail == conversation.contents.trail


@given(orders, moves)
def test_it_ends_only_when_nothing_is_pending(choose: Choose, sequence: list[Move]) -> None:
    conversation, _ = play(sequence, start(choose=choose, wandering=True), choose)
    for _ in range(3 * len(QUESTIONS)):
        if conversation.at is None:
            break
        conversation = step(conversation, Answer("dk") if conversation.answer is None else Forward(), choose)
    assert (conversation.at, conversation.pending) == (None, ())


M1_FIRST = by(["M1", "W1", "role", "W3", "W2", "W4", "OPEN1", "M2", "CHOICE1"])


def wandered(*moves: Move) -> Conversation:
    return play(moves, start(choose=M1_FIRST, wandering=True), M1_FIRST)[0]


def test_back_leads_to_the_question_asked_before() -> None:
    conversation = wandered(Answer(12), Answer(4))
    assert (conversation.at, conversation.path) == ("role", ("M1", "W1"))
    back = step(conversation, Back(), M1_FIRST)
    assert (back.at, back.reviewing) == ("W1", True)
    assert step(back, Back(), M1_FIRST).at == "M1"


def test_an_answer_given_again_goes_on_along_the_way_back() -> None:
    conversation = wandered(Answer(12), Answer(4), Back(), Back())
    conversation = step(conversation, Answer(20), M1_FIRST)
    assert conversation.at == "W1"
    assert step(conversation, Forward(), M1_FIRST).at == "role"


def test_a_question_answered_twice_keeps_its_place() -> None:
    assert wandered(Answer(12), Answer(4), Go("M1"), Answer(20)).path == ("M1", "W1")


def test_the_place_counts_what_was_asked_and_not_where_it_stands_in_the_questionnaires() -> None:
    assert wandered().progress == (1, 9)
    assert wandered(Answer(12)).progress == (2, 9)
    assert wandered(Answer(12), Answer(4), Back()).progress == (2, 9)


def test_an_undone_answer_is_asked_again_and_then_what_is_pending() -> None:
    conversation = wandered(Answer(12), Answer(4), Undo())
    assert conversation.at == "W1"
    assert step(conversation, Answer(1), M1_FIRST).at == "role"


def test_a_question_gone_to_is_behind_once_it_is_answered() -> None:
    conversation = wandered(Answer(12), Go("CHOICE1"), Answer(1))
    assert (conversation.at, conversation.path) == ("W1", ("M1", "CHOICE1"))


def test_an_answer_taken_back_is_pending_where_it_stood() -> None:
    conversation = wandered(Answer(12), Answer(4), Back(), Withdraw())
    assert (conversation.at, conversation.path) == ("W1", ("M1", "W1"))
    assert step(conversation, Back(), M1_FIRST).at == "M1"
