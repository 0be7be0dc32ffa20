"""Searching: the questions of an interview that have some words, in any language, in their text, id or section."""

from __future__ import annotations

from typing import TYPE_CHECKING

from readiness.framework.folding import folded

if TYPE_CHECKING:
    from readiness.interview.conversation import Conversation
    from readiness.interview.questions import Question


def matching(conversation: Conversation, words: str) -> tuple[Question, ...]:
    """The shown questions that have every one of these words, or parts of words, in the order of the questionnaires."""
    wanted = folded(words).split()
    return tuple(q for q in conversation.shown if all(word in _text(q) for word in wanted)) if wanted else ()


def _text(question: Question) -> str:
    return folded(" ".join((question.id, *question.text.values(), *question.section.values())))
