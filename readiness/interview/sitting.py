"""A sitting: the conversation as it stands, and the one way to change it, which is on disk first."""

from __future__ import annotations

from contextlib import AbstractContextManager
from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING, Protocol

from readiness.interview.conversation import Conversation, begin, event_of, in_order, step
from readiness.interview.moves import Finish, Move, Pause, Speak

if TYPE_CHECKING:
    from pathlib import Path

    from readiness.framework.models import Framework
    from readiness.interview.adaptive import Advice, Guide
    from readiness.interview.journal import Writer
    from readiness.interview.order import Order
    from readiness.scoring.probing import Probe, Standing


class Guarding(Protocol):
    """What keeps an interruption from coming between a move on disk and the same move here."""

    def held(self) -> AbstractContextManager[None]:
        """An interruption that comes inside waits for the end of the block."""


class Sitting:
    """One sitting of an interview with its journal open. Screens draw `conversation` and call `make`."""

    def __init__(
        self,
        framework: Framework,
        conversation: Conversation,
        writer: Writer,
        guarding: Guarding,
        order: Order,
        respondent: str = "",
    ) -> None:
        """conversation: as it is taken up, at the question that is to be shown first. respondent: a pseudonym."""
        self.framework = framework
        self.conversation = replace(conversation, wandering=bool(order.adaptive))
        self.adaptive = bool(order.adaptive)
        self.respondent = respondent
        self._writer = writer
        self._guarding = guarding
        self._order = order

    @property
    def path(self) -> Path:
        """Where the journal is."""
        return self._writer.path

    @cached_property
    def probe(self) -> Probe:
        """What tells where the answers stand. The first time it loads the engine."""
        return self._order.probe(self.framework)

    @cached_property
    def guide(self) -> Guide:
        """What chooses the next question in adaptive order. The first time it loads the engine."""
        return self._order.guide(self.framework, self.probe)

    @property
    def advice(self) -> Advice | None:
        """Why the current question is asked, where the order is adaptive."""
        return self.guide.advice(self.conversation) if self.adaptive else None

    @property
    def standing(self) -> Standing:
        """Where the answers stand."""
        conversation = self.conversation
        return self.probe.standing({**conversation.context, **conversation.contents.answers})

    def choose(self, conversation: Conversation) -> str | None:
        """The question to ask next, in this sitting's order."""
        return self.guide.choose(conversation) if self.adaptive else in_order(conversation)

    def make(self, move: Move) -> None:
        """Makes a move: first on disk, then here; an interruption waits until both have it.

        Raises MoveError if it is not possible now, NotKeptError if the disk does not take it: then nothing has changed.
        """
        event = event_of(self.conversation, move)
        with self._guarding.held():
            if event is not None:
                self._writer.append(event)
            self.conversation = step(self.conversation, move, self.choose)

    def speak(self, language: str | None) -> None:
        """Goes on in another language; None keeps the one that is spoken."""
        if language not in (None, self.conversation.contents.language):
            self.make(Speak(str(language)))

    def reach(self) -> None:
        """To where this order begins, once whatever it needs is loaded; errors of what it needs come up here."""
        if self.adaptive:
            self._begin()

    def switch(self) -> None:
        """From the order of the questionnaires to the adaptive one, or back; the question on screen stays.

        Raises ResponseError if what the adaptive order needs cannot be had: then nothing has changed.
        """
        if not self.adaptive:
            _ = self.guide  # whatever it needs is loaded
        self.adaptive = not self.adaptive
        self.conversation = replace(self.conversation, wandering=self.adaptive)
        if self.conversation.at is None:
            self._begin()

    def _begin(self) -> None:
        now = self.conversation
        self.conversation = begin(
            now.questions, now.keys, now.context, now.contents, self.choose, wandering=self.adaptive
        )

    def pause(self) -> None:
        """Records that the interview is left, and nothing else: whoever finishes it says so."""
        if not self.conversation.contents.finished:
            self.make(Pause())

    def leave(self) -> None:
        """Records how the sitting ended: finished if nothing is left to ask, else paused."""
        if not self.conversation.contents.finished:
            self.make(Finish() if self.choose(self.conversation) is None else Pause())
