"""Moves: everything that can happen at a question. What a move changes is the conversation's to say."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from readiness.responses.journal import INTERVIEWEE

if TYPE_CHECKING:
    from readiness.responses.journal import Value


@dataclass(frozen=True)
class Answer:
    """The interviewee answers the current question: an option's value, a number, a text, "dk" or "na".

    confidence: how sure they are, one of CONFIDENCE, where that was said.
    """

    value: Value
    confidence: str | None = None


@dataclass(frozen=True)
class Withdraw:
    """The interviewee takes back the answer to the current question."""


@dataclass(frozen=True)
class Rate:
    """The interviewer rates the current item from evidence, beside what the interviewee says; None takes it back.

    evidence: what the rating rests on. confidence: how sure the interviewer is, one of CONFIDENCE.
    """

    value: Value | None
    evidence: str | None = None
    confidence: str | None = None


@dataclass(frozen=True)
class Sure:
    """How sure somebody is of what stands at a question; None takes that back.

    source: whether that is the interviewee's answer or the interviewer's own rating. question: None is the current one.
    """

    confidence: str | None
    source: str = INTERVIEWEE
    question: str | None = None


@dataclass(frozen=True)
class Undo:
    """The last answer or rating is as it was before, wherever it was given."""


@dataclass(frozen=True)
class Skip:
    """The current question is passed over. An answer that stands, stands."""


@dataclass(frozen=True)
class Note:
    """Something is written down beside a question; None is the current one."""

    text: str
    question: str | None = None


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


Move = Answer | Withdraw | Rate | Sure | Undo | Skip | Note | Back | Forward | Go | Speak | Pause | Finish


class MoveError(ValueError):
    """A move that is not possible now."""
