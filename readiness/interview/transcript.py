"""The transcript: an interview in words, section by section, with what was rated from evidence beside what was said."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from readiness.framework.frozen import Text
from readiness.interview.asking import Put
from readiness.interview.conversation import Conversation
from readiness.interview.questions import Question, questions_of
from readiness.interview.repertoire import Repertoire
from readiness.interview.wording import Wording
from readiness.responses.journal import EVIDENCE, INTERVIEWEE, Journal, Value

if TYPE_CHECKING:
    from readiness.framework.models import Framework


@dataclass(frozen=True)
class Given:
    """An answer, or a rating from evidence: as recorded, in words, and how sure it is, where that was said."""

    value: Value
    words: str
    confidence: str | None = None


@dataclass(frozen=True)
class Asked:
    """A question and everything that stands beside it. evidence: what a rating rests on."""

    id: str
    text: str
    answer: Given | None = None
    rating: Given | None = None
    evidence: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def touched(self) -> bool:
        """Whether there is anything to tell of it."""
        return bool(self.answer or self.rating or self.evidence or self.notes)


@dataclass(frozen=True)
class Section:
    """The questions of one dimension, or those about the interviewee, of which there is anything to tell."""

    title: str
    questions: tuple[Asked, ...]


@dataclass(frozen=True)
class Transcript:
    """An interview in one language.

    language: the one it was last held in. context: what was known beforehand. notes: those that belong to no question.
    unanswered: questions that are put and have neither an answer nor were passed over, among them those that may still
    be put. foreign: answers to questions that this framework does not have. damaged: what could not be read.
    """

    title: str
    respondent: str
    framework: str
    version: str
    language: str
    finished: bool
    begun: str
    last: str
    context: tuple[Asked, ...] = ()
    sections: tuple[Section, ...] = ()
    notes: tuple[str, ...] = ()
    skipped: tuple[Asked, ...] = ()
    unanswered: tuple[Asked, ...] = ()
    foreign: tuple[Asked, ...] = ()
    damaged: tuple[str, ...] = ()


def transcript_of(framework: Framework, journal: Journal, language: str) -> Transcript:
    """The transcript of an interview that was held with this framework."""
    return _Transcribing(framework, journal, language).whole()


class _Transcribing:
    """The work of putting one journal into words."""

    def __init__(self, framework: Framework, journal: Journal, language: str) -> None:
        self._framework, self._journal, self._language = framework, journal, language
        contents = replace(journal.contents, language=language)
        asked = Repertoire(framework).of(journal)
        # Whatever was answered is shown, whether or not this interview would ask it: the role may have been told later.
        asked_ids = {question.id for question in asked}
        beside = [q for q in questions_of(framework) if q.id not in asked_ids and q.id in _told_of(journal)]
        self._questions = _in_order(framework, (*asked, *beside))
        self._conversation = Conversation(asked, frozenset(framework.context), journal.context, contents)
        self._wording = Wording(framework, self._conversation)

    def whole(self) -> Transcript:
        """Everything there is to tell."""
        journal, header = self._journal, self._journal.header
        moments = [event.at for event in journal.events if event.at]
        known = {question.id for question in self._questions}
        return Transcript(
            title=self._framework.title.in_(self._language) or self._framework.id,
            respondent=journal.respondent,
            framework=header.framework,
            version=header.version,
            language=journal.language,
            finished=journal.finished,
            begun=moments[0] if moments else "",
            last=moments[-1] if moments else "",
            context=tuple(self._context()),
            sections=tuple(self._sections()),
            notes=journal.notes.get("", ()),
            skipped=tuple(self._asked(q) for q in self._questions if q.id in journal.skipped),
            unanswered=tuple(self._unanswered()),
            foreign=tuple(self._foreign(item) for item in sorted(_told_of(journal) - known - {""})),
            damaged=tuple(str(problem) for problem in journal.problems),
        )

    def _context(self) -> Iterator[Asked]:
        for name, value in self._journal.context.items():
            key = self._framework.context.get(name)
            label = (key.options or {}).get(str(value)) if key is not None else None
            title = Text(key.title).in_(self._language) if key is not None else ""
            words = Text(label).in_(self._language) if label is not None else ""
            yield Asked(name, title or name, Given(value, words or _plain(value)))

    def _sections(self) -> Iterator[Section]:
        by_title: dict[str, list[Asked]] = {}
        for question in self._questions:
            asked = self._asked(question)
            if asked.touched:
                by_title.setdefault(self._wording.section(question), []).append(asked)
        for title, questions in by_title.items():
            yield Section(title, tuple(questions))

    def _asked(self, question: Question) -> Asked:
        journal, id_ = self._journal, question.id
        return Asked(
            id=id_,
            text=question.text.in_(self._language),
            answer=self._given(question, journal.answers, INTERVIEWEE),
            rating=self._given(question, journal.ratings, EVIDENCE),
            evidence=_rests_on(id_, journal),
            notes=journal.notes.get(id_, ()),
        )

    def _given(self, question: Question, values: Mapping[str, Value], source: str) -> Given | None:
        value = values.get(question.id)
        if value is None:
            return None
        confidence = self._journal.contents.confidence.get((question.id, source))
        return Given(value, self._wording.answer(question, value), confidence)

    def _unanswered(self) -> Iterator[Asked]:
        for question in self._conversation.questions:
            open_ = question.id not in self._journal.answers and question.id not in self._journal.skipped
            if open_ and self._conversation.put[question.id] is not Put.FAILS:
                yield self._asked(question)

    def _foreign(self, item: str) -> Asked:
        journal = self._journal

        def given(values: Mapping[str, Value]) -> Given | None:
            return Given(values[item], _plain(values[item])) if item in values else None

        beside = (_rests_on(item, journal), journal.notes.get(item, ()))
        return Asked(item, "", given(journal.answers), given(journal.ratings), *beside)


def _told_of(journal: Journal) -> set[str]:
    """Whatever is answered, rated or noted."""
    return {*journal.answers, *journal.ratings, *journal.evidence, *journal.notes}


def _rests_on(item: str, journal: Journal) -> tuple[str, ...]:
    """What was noted for a rating since it was last taken back: what it rested on before went with it."""
    texts: list[str] = []
    for event in journal.events:
        if event.item == item and event.evidence is not None:
            texts.append(event.evidence)
        elif event.item == item and event.source == EVIDENCE and event.value is None:
            texts.clear()
    return tuple(texts)


def _in_order(framework: Framework, questions: tuple[Question, ...]) -> tuple[Question, ...]:
    """Questions in the order of an interview in full."""
    place = {question.id: number for number, question in enumerate(questions_of(framework))}
    return tuple(sorted(questions, key=lambda question: place.get(question.id, len(place))))


def _plain(value: Value) -> str:
    return f"{value:g}" if isinstance(value, int | float) else value
