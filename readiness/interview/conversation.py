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
from readiness.interview.questions import Question
from readiness.responses.journal import EVIDENCE, INTERVIEWEE, Contents, Event, Value


@dataclass(frozen=True)
class Answer:
    """The interviewee answers the current question: an option's value, a number, a text, "dk" or "na"."""

    value: Value


@dataclass(frozen=True)
class Withdraw:
    """The interviewee takes back the answer to the current question."""


@dataclass(frozen=True)
class Rate:
    """The interviewer rates the current item from evidence, beside what the interviewee says."""

    value: Value | None
    evidence: str | None = None


@dataclass(frozen=True)
class Skip:
    """The current question is passed over. An answer that stands, stands."""


@dataclass(frozen=True)
class Note:
    """Something is written down beside the current question."""

    text: str


@dataclass(frozen=True)
class Back:
    """To the question before."""


@dataclass(frozen=True)
class Forward:
    """To the question after, with nothing changed."""


@dataclass(frozen=True)
class Go:
    """To any question that is shown."""

    question: str


@dataclass(frozen=True)
class Speak:
    """The interview goes on in another language."""

    language: str


@dataclass(frozen=True)
class Pause:
    """The interview is left, to be taken up again."""


@dataclass(frozen=True)
class Finish:
    """The interview is over."""


Move = Answer | Withdraw | Rate | Skip | Note | Back | Forward | Go | Speak | Pause | Finish


class MoveError(ValueError):
    """A move that is not possible now."""


@dataclass(frozen=True)
class Conversation:
    """An interview at one moment. `at` is the id of the current question; None: every question is behind."""

    questions: tuple[Question, ...]
    keys: frozenset[str]  # the framework's context keys
    context: Mapping[str, Value]  # what was known beforehand
    contents: Contents
    at: str | None = None
    reviewing: bool = False  # gone back: forward leads over what is answered, one by one
    paused: bool = False

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

    @property
    def current(self) -> Question | None:
        """The question that is asked now; None at the end."""
        return None if self.at is None else self.by_id[self.at]

    @property
    def answer(self) -> Value | None:
        """The standing answer to the current question."""
        return None if self.at is None else self.contents.answers.get(self.at)

    @property
    def unneeded(self) -> bool:
        """Whether the current question is only shown because it is answered: an earlier answer has ruled it out."""
        return self.at is not None and self.put[self.at] is Put.FAILS

    @property
    def progress(self) -> tuple[int, int]:
        """Which question this is, of how many; what hangs on an answer not given yet is counted in."""
        counted = [q.id for q in self.questions if self.put[q.id] is not Put.FAILS or q.id in self.contents.answers]
        return (counted.index(self.at) + 1 if self.at is not None else len(counted)), len(counted)


Choose = Callable[[Conversation], str]


def in_order(conversation: Conversation) -> str:
    """The next pending question after the current one, in the order of the questionnaires; past the end, the first."""
    place = _place(conversation)
    later = (question.id for question in conversation.pending if place[question.id] > _here(conversation))
    return next(later, conversation.pending[0].id)


def begin(
    questions: tuple[Question, ...],
    keys: frozenset[str],
    context: Mapping[str, Value],
    contents: Contents,
    choose: Choose = in_order,
) -> Conversation:
    """A conversation begun, or taken up with the `contents` of its journal.

    It stands at the first pending question. What was passed over is asked once more when nothing else is pending.
    """
    conversation = Conversation(questions, keys, context, contents)
    if not conversation.pending and contents.skipped:
        conversation = replace(conversation, contents=replace(contents, skipped=frozenset()))
    return replace(conversation, at=choose(conversation) if conversation.pending else None)


def event_of(conversation: Conversation, move: Move) -> Event | None:  # noqa: PLR0911, PLR0912 one case a move
    """What the journal records for a move; None if it changes nothing that has to be kept.

    Raises MoveError if the move is not possible now.
    """
    match move:
        case Answer(value):
            if not _current(conversation).takes(value):
                raise MoveError(f"{value!r} is no answer to {conversation.at}")
            return Event("answer", item=conversation.at, source=INTERVIEWEE, value=value)
        case Withdraw():
            if conversation.answer is None:
                raise MoveError(f"{conversation.at} has no answer")
            return Event("answer", item=conversation.at, source=INTERVIEWEE, value=None)
        case Rate(value, evidence):
            question = _current(conversation)
            if question.kind != "item" or (value is not None and not question.takes(value)):
                raise MoveError(f"{value!r} is no rating of {question.id}")
            return Event("answer", item=question.id, source=EVIDENCE, value=value, evidence=evidence)
        case Skip():
            return Event("skip", item=_current(conversation).id) if conversation.answer is None else None
        case Note(text):
            return Event("note", item=conversation.at, note=text)
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


def step(conversation: Conversation, move: Move, choose: Choose = in_order) -> Conversation:
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
        case Back():
            return _back(after)
        case Go(question):
            return replace(after, at=question, reviewing=_is_behind(after, question))
        case _:
            return after


def _onward(conversation: Conversation, choose: Choose) -> Conversation:
    """On from a question that is dealt with: over all that is shown while reviewing, else to what is pending."""
    if conversation.reviewing:
        return _arrive(conversation, _following(conversation, choose))
    return replace(conversation, at=choose(conversation) if conversation.pending else None)


def _following(conversation: Conversation, choose: Choose) -> str | None:
    """The question shown after the current one; behind the last, what is still pending."""
    place, here = _place(conversation), _here(conversation)
    following = next((question.id for question in conversation.shown if place[question.id] > here), None)
    if following is None and conversation.pending:
        return choose(conversation)
    return following


def _back(conversation: Conversation) -> Conversation:
    place, here = _place(conversation), _here(conversation)
    before = [question.id for question in conversation.shown if place[question.id] < here]
    return replace(conversation, at=before[-1], reviewing=True) if before else conversation


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
