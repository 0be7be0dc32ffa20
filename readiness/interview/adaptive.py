"""Adaptive order: of all questions that could be asked now, the one whose answer is expected to settle most.

One step is looked ahead (as in adaptive testing: van der Linden & Glas 2010, *Elements of Adaptive Testing*, ch. 1):
for every candidate and every option the scenarios' bounds are worked out by the engine, all in one call, and weighed by
how often the option is chosen. What is open of a scenario is the width of its membership's bounds, and nothing once its
verdict is certain. Ties go by the order of the questionnaires. A question is worth asking only while some scenario's
verdict hangs on it, so that whoever is asked the rest would change no verdict.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from types import MappingProxyType
from typing import TYPE_CHECKING

from readiness.interview.asking import Put
from readiness.interview.priors import UNIFORM, Prior

if TYPE_CHECKING:
    from readiness.framework.models import Framework, Indicator
    from readiness.interview.conversation import Conversation
    from readiness.interview.questions import Question
    from readiness.responses.journal import Value
    from readiness.scoring.probing import Outlook, Probe

NUMBERS = 5  # how many answers are tried of a question that takes any number in a range
GRAIN = 9  # digits after which two expectations are the same


@dataclass(frozen=True)
class Advice:
    """What to ask next, and why.

    question: None where nothing is worth asking any more. settles: scenarios that some answer would settle. bears_on:
    those whose bounds some answer would narrow. outlooks: every scenario as it stands. saved: items that could be asked
    and would settle nothing.
    """

    question: str | None
    settles: tuple[str, ...] = ()
    bears_on: tuple[str, ...] = ()
    outlooks: Mapping[str, Outlook] = field(default_factory=lambda: MappingProxyType({}))
    saved: tuple[str, ...] = ()

    @property
    def open(self) -> tuple[str, ...]:
        """The scenarios that are not settled."""
        return tuple(id_ for id_, outlook in self.outlooks.items() if outlook.verdict == "undetermined")


class Guide:
    """Chooses what is asked next in an interview with one framework."""

    def __init__(self, framework: Framework, probe: Probe, prior: Prior = UNIFORM) -> None:
        """prior: how often each option is expected to be chosen."""
        self._framework = framework
        self._probe = probe
        self._prior = prior
        self._last: tuple[_Moment, Advice] | None = None

    def choose(self, conversation: Conversation) -> str | None:
        """The question to ask next; None where nothing is worth asking any more."""
        return self.advice(conversation).question

    def advice(self, conversation: Conversation) -> Advice:
        """What to ask next, and why. Context comes before everything, questions that score nothing after it."""
        # Notes, ratings and going back and forth change nothing of it.
        now = _moment(conversation)
        if self._last is None or self._last[0] != now:
            self._last = (now, self._worked_out(conversation))
        return self._last[1]

    def _worked_out(self, conversation: Conversation) -> Advice:
        of_context = next((q.id for q in conversation.pending if q.kind == "context"), None)
        items = [question for question in conversation.pending if question.kind == "item"]
        if of_context is not None:
            return Advice(of_context)
        if not self._framework.scenarios:  # there is nothing to settle, and every answer is worth having
            return Advice(next((question.id for question in conversation.pending), None))
        trial = _Trial(items, self._kinds)
        outlooks, open_ = self._probe.ahead(_said(conversation), trial.answers)
        undetermined = [id_ for id_, outlook in outlooks.items() if outlook.verdict == "undetermined"]
        worth = self._worth_asking(items, [outlooks[id_] for id_ in undetermined], conversation)
        if not worth:
            unscored = next((q.id for q in conversation.pending if q.kind == "unscored"), None)
            return Advice(unscored, outlooks=outlooks, saved=tuple(question.id for question in items))
        widths = {id_: open_[id_].to_list() for id_ in undetermined}
        whole = [sum(row) for row in zip(*widths.values(), strict=True)]
        best = min(worth, key=lambda question: self._expected(trial, whole, question))
        rows = trial.rows(best.id)
        now = {id_: outlooks[id_].judgement.high - outlooks[id_].judgement.low for id_ in undetermined}
        settles = tuple(id_ for id_ in undetermined if any(widths[id_][row] == 0 for row in rows))
        # The engine may work out the last digit of two rows differently, and no question is asked for that.
        bears_on = tuple(id_ for id_ in undetermined if any(widths[id_][row] < now[id_] - 10**-GRAIN for row in rows))
        return Advice(best.id, settles, bears_on, outlooks)

    def _expected(self, trial: _Trial, whole: Sequence[float], question: Question) -> float:
        """What is expected to be open over all scenarios once the question is answered. whole: after each answer."""
        rows = trial.rows(question.id)
        shares = self._prior.shares(question.id, [trial.answers[row][1] for row in rows])
        return round(sum(share * whole[row] for share, row in zip(shares, rows, strict=True)), GRAIN)

    @cached_property
    def _kinds(self) -> Mapping[str, object]:
        """What two items have to share to do the same to the scenarios when they are answered alike."""
        gates = {on for item in self._framework.items.values() for on in item.ask_if}
        return {
            id_: id_ if id_ in gates else (indicator.id, item.scale, item.min, item.max, item.reversed, item.weight)
            for indicator in self._framework.indicators.values()
            for id_, item in indicator.items.items()
        }

    @cached_property
    def _indicator_of(self) -> Mapping[str, Indicator]:
        return {id_: indicator for indicator in self._framework.indicators.values() for id_ in indicator.items}

    def _worth_asking(
        self, items: Sequence[Question], outlooks: Iterable[Outlook], conversation: Conversation
    ) -> list[Question]:
        """The questions that some open verdict hangs on, by themselves or because they decide what else is asked."""
        hangs_on = {indicator for outlook in outlooks for indicator in outlook.hangs_on}
        wanted = {
            question.id
            for question in conversation.questions
            if question.kind == "item"
            and conversation.put[question.id] is not Put.FAILS
            and question.id not in conversation.contents.answers
            and self._indicator_of[question.id].id in hangs_on
            and self._framework.items[question.id].weight > 0
        }
        # Later questions hang on earlier ones, which may hang on earlier ones still.
        pending = list(wanted)
        while pending:
            on = [id_ for id_ in conversation.by_id[pending.pop()].ask_if if id_ in self._indicator_of]
            fresh = [id_ for id_ in on if id_ not in wanted and id_ not in conversation.contents.answers]
            wanted.update(fresh)
            pending.extend(fresh)
        return [question for question in items if question.id in wanted]


_Moment = tuple[tuple["Question", ...], dict[str, "Value"], frozenset[str]]


def _moment(conversation: Conversation) -> _Moment:
    """All that advice hangs on."""
    return conversation.questions, _said(conversation), conversation.contents.skipped


def _said(conversation: Conversation) -> dict[str, Value]:
    return {**conversation.context, **conversation.contents.answers}


class _Trial:
    """The answers that are tried, a row each; of items that count alike the first stands for all of them."""

    def __init__(self, items: Sequence[Question], kinds: Mapping[str, object]) -> None:
        self.answers: list[tuple[str, Value]] = []
        self._rows: dict[str, range] = {}
        known: dict[object, range] = {}
        for question in items:
            kind = kinds[question.id]
            if kind not in known:
                values = _answers(question)
                known[kind] = range(len(self.answers), len(self.answers) + len(values))
                self.answers += [(question.id, value) for value in values]
            self._rows[question.id] = known[kind]

    def rows(self, item: str) -> range:
        """The rows that say what an answer to this item would do."""
        return self._rows[item]


def _answers(question: Question) -> list[Value]:
    """The answers that a question is tried with."""
    if not question.numeric:
        return [choice.value for choice in question.choices]
    low, high = question.low or 0.0, question.high or 0.0
    return [low + (high - low) * step / (NUMBERS - 1) for step in range(NUMBERS)]
