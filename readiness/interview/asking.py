"""Who is put which question: roles and `ask_if`, told in three values while an interview is going on.

A question *holds* (it is put), *fails* (it is not), or is *open*: that hangs on an answer not given yet.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum
from typing import TYPE_CHECKING

from readiness.interview.questions import ROLE
from readiness.responses.cells import EMPTY, number, text_of, trimmed
from readiness.responses.journal import DK, NA

if TYPE_CHECKING:
    from readiness.framework.models import Asking
    from readiness.interview.questions import Question
    from readiness.responses.journal import Value


class Put(Enum):
    """Whether a question is put."""

    HOLDS = "holds"
    OPEN = "open"
    FAILS = "fails"


class Putting:
    """Whether each question is put, given what has been answered and passed over so far."""

    def __init__(
        self,
        questions: Mapping[str, Question],
        context: Mapping[str, Value],
        answers: Mapping[str, Value],
        skipped: frozenset[str],
        keys: frozenset[str],
    ) -> None:
        """context: what was known beforehand. answers: context questions among them. keys: the framework's context."""
        self._questions = questions
        self._keys = keys
        self._recorded = {**context, **answers}
        self._skipped = skipped
        self._known: dict[str, Put] = {}

    def of(self, question: Question) -> Put:
        """Whether this question is put."""
        if question.id not in self._known:
            self._known[question.id] = Put.OPEN  # what a circle would find; the loader refuses circles
            self._known[question.id] = self._work_out(question)
        return self._known[question.id]

    def _work_out(self, question: Question) -> Put:
        role = self._recorded.get(ROLE)
        # Without a role every item is put.
        if question.roles is not None and role not in (None, DK, NA) and role not in question.roles:
            return Put.FAILS
        found = {self._clause(on, asking) for on, asking in question.ask_if.items()}
        if Put.FAILS in found:
            return Put.FAILS
        return Put.OPEN if Put.OPEN in found else Put.HOLDS

    def _clause(self, on: str, asking: Asking) -> Put:
        value = self._recorded.get(on)
        if on in self._keys:
            # Not recorded holds; of a key that is still to be asked nothing is recorded yet either.
            return Put.HOLDS if value in (None, DK, NA) or _holds_in_context(value, asking) else Put.FAILS
        if value is not None:
            return Put.HOLDS if value not in (DK, NA) and passes(value, asking) else Put.FAILS
        other = self._questions.get(on)
        if other is None or self.of(other) is Put.FAILS:
            return Put.FAILS  # not put counts as not applicable, and on that no test holds
        if asking.answered is False and on in self._skipped:
            return Put.HOLDS
        return Put.OPEN


def passes(value: Value, asking: Asking) -> bool:
    """Whether the raw value of an answer passes every test of a clause."""
    if asking.answered is False:
        return False
    if isinstance(value, str):
        return asking.at_least is None and asking.at_most is None and _is_wanted(value, asking.is_, asking.is_not)
    return _in_range(value, asking) and _is_wanted(value, asking.is_, asking.is_not)


def _holds_in_context(value: Value, asking: Asking) -> bool:
    """Whether what is recorded of the context passes, read as any response's context is.

    What is blank, and words where a number is asked for, are as if nothing had been recorded.
    """
    text = trimmed(text_of(value) or "")
    if text in EMPTY:
        return True
    if asking.answered is False:
        return False
    found = number(text)
    return (found is None or _in_range(found, asking)) and _is_wanted(text, text_of(asking.is_), text_of(asking.is_not))


def _in_range(found: float, asking: Asking) -> bool:
    at_least, at_most = asking.at_least, asking.at_most
    return (at_least is None or found >= at_least) and (at_most is None or found <= at_most)


def _is_wanted(value: Value, wanted: Value | None, unwanted: Value | None) -> bool:
    return wanted in (None, value) and (unwanted is None or unwanted != value)
