"""Interviews held by a guide, and the same interviews held in full, for tests about what is asked next."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from hypothesis import strategies as st

from readiness.framework.models import Framework
from readiness.interview.adaptive import Guide
from readiness.interview.conversation import Choose, Conversation, begin, in_order, step
from readiness.interview.moves import Answer, Skip
from readiness.interview.priors import UNIFORM, Prior
from readiness.interview.questions import questions_of
from readiness.responses.journal import Contents, Value
from readiness.scoring.probing import Probe
from tests.scoring.alone import Alone
from tests.scoring.strategies import answers, items_of

CERTAIN = ("present", "ruled out")
Told = Mapping[str, Value | None]  # what is answered to each item, if it is asked; None: it is passed over


def told(draw: Any, raw: Mapping[str, Any]) -> dict[str, Value | None]:
    """An answer of any kind to every item."""
    willing = draw(st.sampled_from(([], ["dk", "na"], ["dk", "na", "dk", None])))
    return {id_: draw(st.sampled_from([*answers(raw, item), *willing])) for id_, item in items_of(raw).items()}


def start(framework: Framework, context: Mapping[str, Value], choose: Choose = in_order) -> Conversation:
    """An interview in which only items are asked, at its first question."""
    questions = questions_of(framework, known=frozenset(context), items_only=True)
    return begin(questions, frozenset(framework.context), context, Contents("en"), choose)


def held(framework: Framework, context: Mapping[str, Value], told: Told, choose: Choose = in_order) -> Conversation:
    """An interview from its first question to where nothing more is asked."""
    conversation = start(framework, context, choose)
    while conversation.at is not None:
        conversation = step(conversation, answer(told, conversation.at), choose)
    return conversation


def answer(told: Told, item: str) -> Answer | Skip:
    """What happens at an item."""
    value = told[item]
    return Skip() if value is None else Answer(value)


def context_of(person: Alone) -> dict[str, Value]:
    """What is recorded of a person beside the answers."""
    return {key: person.said[key] for key in person.framework.context if key in person.said}


def guide(framework: Framework, facts: Mapping[str, float] | None = None, prior: Prior = UNIFORM) -> Guide:
    """What chooses the next question."""
    return Guide(framework, Probe(framework, facts), prior)


def said(conversation: Conversation) -> dict[str, Value]:
    """Everything that is recorded at a moment."""
    return {**conversation.context, **conversation.contents.answers}


def verdicts(probe: Probe, conversation: Conversation) -> dict[str, str]:
    """What is told of every scenario at a moment."""
    return {id_: outlook.verdict for id_, outlook in probe.standing(said(conversation)).scenarios.items()}
