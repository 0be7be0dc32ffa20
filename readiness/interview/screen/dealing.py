"""Dealing: the card of a conversation's current question."""

from __future__ import annotations

from typing import TYPE_CHECKING

from readiness.interview.screen.card import Card, Line
from readiness.interview.wording import Wording, legible
from readiness.language.speech import speak
from readiness.responses.journal import DK, INTERVIEWEE, NA

if TYPE_CHECKING:
    from readiness.framework.models import Framework
    from readiness.interview.adaptive import Advice
    from readiness.interview.conversation import Conversation
    from readiness.interview.questions import Question
    from readiness.responses.journal import Value


def card_of(framework: Framework, conversation: Conversation, advice: Advice | None) -> Card:
    """The current question of a conversation. There has to be one."""
    question = conversation.current
    assert question is not None
    wording = Wording(framework, conversation)
    language = conversation.contents.language
    place, of = conversation.progress
    _ = speak(language).gettext
    typed = question.free or question.numeric
    answer = conversation.answer
    reasons = wording.reason(advice) if advice is not None else ()
    return Card(
        id=question.id,
        section=legible(wording.section(question)),
        place=_("{place} of {of}").format(place=place, of=of),
        text=legible(question.text.in_(language)),
        reason=legible(" ".join(reasons)),
        kind=wording.kind(question),
        about=legible(question.help.in_(language)) if question.help else "",
        lines=_lines(wording, question, answer, conversation.contents.ratings.get(question.id)),
        typed=typed,
        draft=wording.answer(question, answer) if typed and answer not in (None, DK, NA) else "",
        remarks=tuple(legible(remark) for remark in _remarks(conversation, wording, question)),
    )


def _lines(wording: Wording, question: Question, answer: Value | None, rating: Value | None) -> tuple[Line, ...]:
    options = [(choice.key, wording.label(choice), choice.value) for choice in question.choices]
    options += [("d", wording.answer(question, DK), DK), ("n", wording.answer(question, NA), NA)]
    return tuple(
        Line(key, legible(label), value, _is(value, answer), _is(value, rating)) for key, label, value in options
    )


def _is(value: Value, other: Value | None) -> bool:
    return other is not None and value == other and isinstance(value, str) == isinstance(other, str)


def _remarks(conversation: Conversation, wording: Wording, question: Question) -> list[str]:
    contents = conversation.contents
    _ = speak(contents.language).gettext
    remarks = []
    if conversation.unneeded:
        remarks.append(_("Earlier answers make this question unnecessary; its answer counts until it is taken back."))
    if question.id in contents.skipped:
        remarks.append(_("Skipped before."))
    sure = contents.confidence.get((question.id, INTERVIEWEE))
    if sure is not None:
        remarks.append(wording.confidence(sure))
    rating = contents.ratings.get(question.id)
    if rating is not None:
        remarks.append(_("Rated from evidence: {answer}.").format(answer=wording.answer(question, rating)))
        remarks += [_("Evidence: {text}").format(text=seen) for seen in contents.evidence.get(question.id, ())]
    remarks += [_("Note: {note}").format(note=note) for note in contents.notes.get(question.id, ())]
    return remarks
