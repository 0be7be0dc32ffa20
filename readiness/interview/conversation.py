"""The conversation as a state machine: what is asked next, and what each move changes. It draws and stores nothing.

A conversation is immutable. `step` gives the next one after a move; `event_of` says what the journal has to record for
that move, if anything. What has been said is the journal's own `Contents`, so that a conversation taken up from its
journal holds the same as the one that was left.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from types import MappingProxyType

from readiness.interview.asking import Put, Putting
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
from readiness.interview.questions import Question
from readiness.responses.journal import CONFIDENCE, EVIDENCE, INTERVIEWEE, Contents, Event, Value


@dataclass(frozen=True)
class Conversation:
    """An interview at one moment. `at` is the id of the current question; None: every question is behind.

    wandering: questions come as something else than their order chooses, so that back leads to the one asked before.
    """

    questions: tuple[Question, ...]
    keys: frozenset[str]  # the framework's context keys
    context: Mapping[str, Value]  # what was known beforehand
    contents: Contents
    at: str | None = None
    reviewing: bool = False  # gone back: forward leads over what is answered, one by one
    paused: bool = False
    wandering: bool = False

    @cached_property
    def by_id(self) -> Mapping[str, Question]:
        """The questions by id."""
        return MappingProxyType({question.id: question for question in self.questions})

    @cached_property
    def put(self) -> Mapping[str, Put]:
        """Of each question, whether it is put to this interviewee."""
        contents = self.contents
        putting = Putting(self.by_id, self.context, contents.answers, contents.skipped, self.keys)
        return MappingProxyType({question.id: putting.of(question) for question in self.questions})

    @cached_property
    def shown(self) -> tuple[Question, ...]:
        """What is put, and what is answered: an answer that is there counts, so it has to be seen."""
        return tuple(q for q in self.questions if self.put[q.id] is Put.HOLDS or q.id in self.contents.answers)

    @cached_property
    def pending(self) -> tuple[Question, ...]:
        """What is put and neither answered nor passed over."""
        return tuple(
            question
            for question in self.shown
            if question.id not in self.contents.answers and question.id not in self.contents.skipped
        )

    @cached_property
    def path(self) -> tuple[str, ...]:
        """The questions that back and forward lead over."""
        if not self.wandering:
            return tuple(question.id for question in self.shown)
        shown = {question.id for question in self.shown}
        return tuple(id_ for id_ in self.contents.trail if id_ in shown)

    @property
    def current(self) -> Question | None:
        """The question that is asked now; None at the end."""
        return None if self.at is None else self.by_id[self.at]

    @property
    def answer(self) -> Value | None:
        """The standing answer to the current question."""
        return None if self.at is None else self.contents.answers.get(self.at)

    @property
    def just_answered(self) -> str | None:
        """The question that an answer stands at: the current one, else the one that was dealt with last."""
        answers = self.contents.answers
        if self.at is not None and self.at in answers:
            return self.at
        return next((id_ for id_ in reversed(self.contents.trail) if id_ in answers and id_ in self.by_id), None)

    @property
    def unneeded(self) -> bool:
        """Whether the current question is only shown because it is answered: an earlier answer has ruled it out."""
        return self.at is not None and self.put[self.at] is Put.FAILS

    @property
    def progress(self) -> tuple[int, int]:
        """Which question this is, of how many; what hangs on an answer not given yet is counted in."""
        counted = [q.id for q in self.questions if self.put[q.id] is not Put.FAILS or q.id in self.contents.answers]
        if self.at is None:
            pending = {question.id for question in self.pending}
            return sum(id_ not in pending for id_ in counted), len(counted)
        path = self.path if self.wandering else counted
        return (path.index(self.at) if self.at in path else len(path)) + 1, len(counted)


Choose = Callable[[Conversation], str | None]  # None: nothing that is pending is worth asking


def in_order(conversation: Conversation) -> str | None:
    """The next pending question after the current one, in the order of the questionnaires; past the end, the first."""
    place = _place(conversation)
    later = (question.id for question in conversation.pending if place[question.id] > _here(conversation))
    return next(later, conversation.pending[0].id if conversation.pending else None)


def begin(
    questions: tuple[Question, ...],
    keys: frozenset[str],
    context: Mapping[str, Value],
    contents: Contents,
    choose: Choose = in_order,
    *,
    wandering: bool = False,
) -> Conversation:
    """A conversation begun, or taken up with the `contents` of its journal.

    It stands at the pending question that `choose` picks. What was passed over is asked once more when nothing else is
    worth asking.
    """
    conversation = Conversation(questions, keys, context, contents, wandering=wandering)
    at = choose(conversation)
    if at is None and contents.skipped:
        conversation = replace(conversation, contents=replace(contents, skipped=frozenset()))
        at = choose(conversation)
    return replace(conversation, at=at)


def event_of(conversation: Conversation, move: Move) -> Event | None:  # noqa: PLR0911, PLR0912 one case a move
    """What the journal records for a move; None if it changes nothing that has to be kept.

    Raises MoveError if the move is not possible now.
    """
    match move:
        case Answer(value, confidence):
            if not _current(conversation).takes(value) or confidence not in (None, *CONFIDENCE):
                raise MoveError(f"{value!r} is no answer to {conversation.at}")
            return _answer(conversation.at, INTERVIEWEE, value, confidence)
        case Sure(confidence, source, question):
            item = question or conversation.at
            given = conversation.contents.ratings if source == EVIDENCE else conversation.contents.answers
            value = given.get(item or "")
            if value is None or confidence not in (None, *CONFIDENCE):
                raise MoveError(f"{item} has nothing that anybody could be sure of")
            return _answer(item, source, value, confidence)
        case Undo():
            if not conversation.contents.changes:
                raise MoveError("there is nothing to undo")
            last = conversation.contents.changes[-1]
            return replace(_answer(last.item, last.source, last.value, last.confidence), undo=True)
        case Withdraw():
            if conversation.answer is None:
                raise MoveError(f"{conversation.at} has no answer")
            return _answer(conversation.at, INTERVIEWEE, None)
        case Rate(value, evidence, confidence):
            rated = _current(conversation)
            fits = value is None or rated.takes(value)
            if rated.kind != "item" or not fits or confidence not in (None, *CONFIDENCE):
                raise MoveError(f"{value!r} is no rating of {rated.id}")
            return _answer(rated.id, EVIDENCE, value, confidence, evidence)
        case Skip():
            return Event("skip", item=_current(conversation).id) if conversation.answer is None else None
        case Note(text, question):
            return Event("note", item=question or conversation.at, note=text)
        case Speak(language):
            return Event("lang", language=language)
        case Pause():
            return Event("pause")
        case Finish():
            return Event("finish")
        case Go(question):
            if question not in {shown.id for shown in conversation.shown}:
                raise MoveError(f"{question} is not asked here")
            return None
        case Back() | Forward():
            return None


def _answer(
    item: str | None, source: str, value: Value | None, confidence: str | None = None, evidence: str | None = None
) -> Event:
    # Nobody is sure of an answer that is taken back.
    sure = None if value is None else confidence
    return Event("answer", item=item, source=source, value=value, evidence=evidence, confidence=sure)


def step(conversation: Conversation, move: Move, choose: Choose = in_order) -> Conversation:  # noqa: PLR0911 one case a move
    """The conversation after a move; `choose` picks among what is pending. Raises MoveError as `event_of` does."""
    event = event_of(conversation, move)
    contents = conversation.contents if event is None else conversation.contents.after(event)
    after = replace(conversation, contents=contents, paused=isinstance(move, Pause))
    match move:
        case Answer() | Skip():
            return _onward(after, choose)
        case Forward():
            return _arrive(after, _following(after, choose))
        case Withdraw() if after.at not in {question.id for question in after.shown}:
            return _onward(after, choose)
        case Undo():
            return _undone(after, conversation.contents.changes[-1].item, choose)
        case Back():
            return _back(after)
        case Go(question):
            return replace(after, at=question, reviewing=False)  # from there on to what is pending
        case _:
            return after


def _onward(conversation: Conversation, choose: Choose) -> Conversation:
    """On from a question that is dealt with: along the path while reviewing, else to what is pending."""
    if conversation.reviewing:
        return _arrive(conversation, _following(conversation, choose))
    return replace(conversation, at=choose(conversation))


def _following(conversation: Conversation, choose: Choose) -> str | None:
    """The question after the current one on the path; behind the last, what is still pending."""
    place, here = _on_path(conversation)
    following = next((id_ for id_ in conversation.path if place[id_] > here), None)
    return choose(conversation) if following is None else following


def _back(conversation: Conversation) -> Conversation:
    place, here = _on_path(conversation)
    before = [id_ for id_ in conversation.path if place[id_] < here]
    return replace(conversation, at=before[-1], reviewing=True) if before else conversation


def _undone(conversation: Conversation, item: str, choose: Choose) -> Conversation:
    """At the question whose answer or rating was undone, unless it is not asked any more."""
    shown = {question.id for question in conversation.shown}
    if item in shown:
        return _arrive(conversation, item)
    return conversation if conversation.at in (None, *shown) else _onward(conversation, choose)


def _on_path(conversation: Conversation) -> tuple[Mapping[str, int], int]:
    """The places of the questions on the path, and that of the current one; behind all if it is not among them."""
    if not conversation.wandering:
        return _place(conversation), _here(conversation)
    place = {id_: place for place, id_ in enumerate(conversation.path)}
    return place, len(place) if conversation.at is None else place.get(conversation.at, len(place))


def _arrive(conversation: Conversation, at: str | None) -> Conversation:
    """At a question that is pending, or at the end, the way back is over."""
    return replace(conversation, at=at, reviewing=at is not None and _is_behind(conversation, at))


def _is_behind(conversation: Conversation, question: str) -> bool:
    return question in conversation.contents.answers or question in conversation.contents.skipped


def _place(conversation: Conversation) -> Mapping[str, int]:
    return {question.id: place for place, question in enumerate(conversation.questions)}


def _here(conversation: Conversation) -> int:
    """The current question's place; at the end, behind all."""
    return len(conversation.questions) if conversation.at is None else _place(conversation)[conversation.at]


def _current(conversation: Conversation) -> Question:
    if conversation.current is None:
        raise MoveError("there is no question to answer: every one is behind")
    return conversation.current
