"""Moments of interviews that things are said at."""

from readiness.interview.conversation import Conversation, begin, step
from readiness.interview.moves import Move
from readiness.interview.questions import questions_of
from readiness.responses.journal import Contents
from tests.interview.small import build
from tests.interview.storied import storied

FRAMEWORK = build()
STORIED = storied()
KEYS = frozenset(FRAMEWORK.context)


def start(language: str = "en", context: str | None = "employee") -> Conversation:
    """The beginning of the small interview."""
    known = {"role": context} if context else {}
    questions = questions_of(FRAMEWORK, known=frozenset(known))
    return begin(questions, KEYS, known, Contents(language))


def after(*moves: Move, language: str = "en", role: str = "manager") -> Conversation:
    """Some moves on in the interview that has scenarios."""
    asked = questions_of(STORIED, known={"role"}, items_only=True)
    conversation = begin(asked, frozenset(STORIED.context), {"role": role}, Contents(language))
    for move in moves:
        conversation = step(conversation, move)
    return conversation
