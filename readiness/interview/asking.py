"""Who is put which question: roles and `ask_if`, told in three values while an interview is going on.

A question *holds* (it is put), *fails* (it is not), or is *open*: that hangs on an answer not given yet.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum
from typing import TYPE_CHECKING

from readiness.interview.questions import ROLE
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
            return Put.HOLDS if value in (None, DK, NA) or passes(value, asking) else Put.FAILS
        if value is not None:
            return Put.HOLDS if value not in (DK, NA) and passes(value, asking) else Put.FAILS
        other = self._questions.get(on)
        if other is None or self.of(other) is Put.FAILS:
            return Put.FAILS  # not put counts as not applicable, and on that no test holds
        if asking.answered is False and on in self._skipped:
            return Put.HOLDS
        return Put.OPEN


def passes(value: Value | None, asking: Asking) -> bool:
    """Whether a recorded raw value passes every test of a clause. A text passes `at_least` if it reads as a number."""
    if asking.answered is False:
        return False
    if asking.at_least is not None or asking.at_most is not None:
        number = _number(value)
        if number is None:
            return False
        if asking.at_least is not None and number < asking.at_least:
            return False
        if asking.at_most is not None and number > asking.at_most:
            return False
    # Compared as texts too: what is recorded of the context is a text, what a framework tests for may be a number.
    if asking.is_ is not None and str(value) != str(asking.is_) and value != asking.is_:
        return False
    return asking.is_not is None or (str(value) != str(asking.is_not) and value != asking.is_not)


def _number(value: Value | None) -> float | None:
    try:
        return None if value is None else float(value)
    except ValueError:
        return None
