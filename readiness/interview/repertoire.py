"""The repertoire: the questions that an interview may have asked, told from its journal afterwards."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from readiness.interview.questions import ROLE, Question, questions_of

if TYPE_CHECKING:
    from readiness.framework.models import Framework
    from readiness.responses.journal import Journal


class Repertoire:
    """The repertoires of interviews with one framework; those that are alike are worked out once."""

    def __init__(self, framework: Framework) -> None:
        self._framework = framework
        self._worked_out = lru_cache(self._of)

    def of(self, journal: Journal) -> tuple[Question, ...]:
        """What an interview in full asks whoever this is. The form `core` asks less, and no journal says which it was.

        Where the role was known beforehand nothing is asked about who is speaking; line by line, nor is anything else
        that scores nothing, so that such questions count only once one of them has been dealt with.
        """
        told = ROLE in journal.context
        touched = {*journal.answers, *journal.skipped}
        items_only = told and not touched & self._framework.unscored.keys()
        return self._worked_out(frozenset(journal.context), told, items_only)

    def _of(self, known: frozenset[str], told: bool, items_only: bool) -> tuple[Question, ...]:
        return questions_of(self._framework, "full", known, items_only=items_only, with_context=not told)
