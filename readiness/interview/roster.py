"""The roster: every interview of an engagement or a folder, whose it is, and how far it has come."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from readiness.faults import Fault
from readiness.interview.asking import Put
from readiness.interview.conversation import Conversation
from readiness.interview.questions import ROLE, Question
from readiness.interview.repertoire import Repertoire
from readiness.responses.journal import DK, NA, Journal

if TYPE_CHECKING:
    from readiness.framework.models import Framework
    from readiness.interview.sources import Opened


@dataclass(frozen=True)
class Interview:
    """One interview as its journal has it.

    begun, last: when its first and its last event were, RFC 3339 in UTC; "" where nothing has happened yet. answered:
    how many questions have an answer, *don't know* and *not applicable* among them; asked: of how many that are put to
    this interviewee, None where another framework was used. rated: from evidence. problems: what was damaged.
    """

    path: Path
    framework: str
    respondent: str
    role: str | None
    language: str
    begun: str
    last: str
    answered: int
    asked: int | None
    rated: int
    notes: int
    finished: bool
    problems: tuple[Fault, ...] = ()


@dataclass(frozen=True)
class Roster:
    """Interviews in the order of their files' names; journals that cannot be read; the framework's roles and labels."""

    interviews: tuple[Interview, ...]
    damaged: tuple[Fault, ...] = ()
    roles: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    @property
    def unfinished(self) -> tuple[Interview, ...]:
        """Those that can be taken up again, the one that was last at hand first."""
        return _latest_first(one for one in self.interviews if not one.finished)

    @property
    def finished(self) -> tuple[Interview, ...]:
        """Those that came to their end, the last one first."""
        return _latest_first(one for one in self.interviews if one.finished)

    @property
    def missing_roles(self) -> tuple[str, ...]:
        """The roles of which no interview is there, in the framework's order."""
        there = {interview.role for interview in self.interviews}
        return tuple(role for role in self.roles if role not in there)

    def under(self, pseudonym: str) -> tuple[Interview, ...]:
        """The interviews that go by a pseudonym. Scoring takes no notice of spaces around one."""
        return tuple(one for one in self.interviews if one.respondent.strip() == pseudonym.strip())


def roster_of(framework: Framework, opened: Opened) -> Roster:
    """The roster of journals that were read."""
    counting = _Counting(framework)
    key = framework.context.get(ROLE)
    return Roster(
        interviews=tuple(_interview(path, journal, counting) for path, journal in opened.journals),
        damaged=opened.damaged,
        roles=(key.options if key is not None else None) or {},
    )


def role_of(journal: Journal) -> str | None:
    """Whose role this is: as answered, else as known beforehand; None where it was not told."""
    role = journal.answers.get(ROLE, journal.context.get(ROLE))
    return None if role in (None, DK, NA) else str(role)


class _Counting:
    """How many questions are answered and asked in interviews with one framework."""

    def __init__(self, framework: Framework) -> None:
        self._framework = framework
        self._repertoire = Repertoire(framework)

    def counts(self, journal: Journal) -> tuple[int, int | None]:
        """How many questions are answered, and of how many."""
        contents = journal.contents
        if journal.header.framework != self._framework.id:
            return len(contents.answers), None
        questions = self._repertoire.of(journal)
        answered = sum(question.id in contents.answers for question in questions)
        if contents.finished:
            # Which form was asked stands nowhere; but at the end everything in it was answered or passed over.
            return answered, answered + sum(question.id in contents.skipped for question in questions)
        put = Conversation(questions, frozenset(self._framework.context), journal.context, contents).put
        return answered, sum(_counts(question, put, journal) for question in questions)


def _counts(question: Question, put: Mapping[str, Put], journal: Journal) -> bool:
    """Whether a question is put, or may still be, or is answered although it no longer would be."""
    return put[question.id] is not Put.FAILS or question.id in journal.answers


def _interview(path: Path, journal: Journal, counting: _Counting) -> Interview:
    answered, asked = counting.counts(journal)
    moments = [event.at for event in journal.events if event.at]
    return Interview(
        path=path,
        framework=journal.header.framework,
        respondent=journal.respondent,
        role=role_of(journal),
        language=journal.language,
        begun=moments[0] if moments else "",
        last=moments[-1] if moments else "",
        answered=answered,
        asked=asked,
        rated=len(journal.ratings),
        notes=sum(len(said) for said in journal.notes.values()),
        finished=journal.finished,
        problems=journal.problems,
    )


def _latest_first(interviews: Iterable[Interview]) -> tuple[Interview, ...]:
    return tuple(sorted(interviews, key=lambda interview: interview.last, reverse=True))
