"""Conversations with the small framework, and any sequence of moves made in them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType

import pytest
from hypothesis import strategies as st

from readiness.interview.conversation import Choose, Conversation, begin, event_of, in_order, step
from readiness.interview.moves import (
    Answer,
    Back,
    Finish,
    Forward,
    Go,
    Move,
    MoveError,
    Note,
    Pause,
    Rate,
    Skip,
    Speak,
    Sure,
    Undo,
    Withdraw,
)
from readiness.interview.questions import questions_of
from readiness.responses.journal import Contents, Event, Value
from tests.interview.small import build

FRAMEWORK = build()
KEYS = frozenset(FRAMEWORK.context)
QUESTIONS = questions_of(FRAMEWORK)
EVERY = [question.id for question in QUESTIONS]
NOTHING = Contents("en")
SURE = (None, "low", "medium", "high")

answers = st.builds(
    Answer,
    st.sampled_from([1, 2, 3, 4, 5, 12, "employee", "manager", "dk", "na", "a text"]),
    st.sampled_from((None, *SURE)),
)
one_move: st.SearchStrategy[Move] = st.one_of(
    answers,
    st.sampled_from([Withdraw(), Skip(), Back(), Forward(), Pause(), Finish(), Note("é œ €"), Speak("fr"), Undo()]),
    st.sampled_from(EVERY).map(Go),
    st.sampled_from(SURE).map(Sure),
    st.builds(Rate, st.sampled_from([None, 1, 4, 4, "dk"]), st.sampled_from([None, "seen"]), st.sampled_from(SURE)),
)
moves = st.lists(one_move, max_size=40)


def start(
    contents: Contents = NOTHING, choose: Choose = in_order, *, wandering: bool = False, **context: Value
) -> Conversation:
    return begin(QUESTIONS, KEYS, MappingProxyType(context), contents, choose, wandering=wandering)


def play(
    sequence: Sequence[Move], conversation: Conversation | None = None, choose: Choose = in_order
) -> tuple[Conversation, list[Event]]:
    """Makes every move that is possible; the conversation after them, and what the journal has."""
    now, events = start() if conversation is None else conversation, []
    for move in sequence:
        try:
            event = event_of(now, move)
        except MoveError:
            with pytest.raises(MoveError):
                step(now, move, choose)
            continue
        if event is not None:
            events.append(event)
        now = step(now, move, choose)
    return now, events


def by(order: Sequence[str]) -> Choose:
    """Chooses the pending question that comes first in some order, whatever that of the questionnaires is."""
    place: Mapping[str, int] = {id_: place for place, id_ in enumerate(order)}
    return lambda conversation: min((q.id for q in conversation.pending), key=place.__getitem__, default=None)


orders = st.permutations(EVERY).map(by)
