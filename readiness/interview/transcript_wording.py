"""A transcript as lines of plain text, fit to be read aloud: no table, no colour, one thing said on each line."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from readiness.interview.wording import legible
from readiness.language.speech import Speech, speak

if TYPE_CHECKING:
    from readiness.interview.transcript import Asked, Given, Transcript


def lines_of(transcript: Transcript, language: str) -> Iterator[str]:
    """The lines, in one language; whatever somebody typed stays on one, without characters that steer a terminal."""
    for line in _Words(speak(language)).whole(transcript):
        yield " ".join(legible(line).split("\n"))


class _Words:
    """Everything that is said of an interview."""

    def __init__(self, speech: Speech) -> None:
        self._speech = speech
        self._ = speech.gettext

    def whole(self, told: Transcript) -> Iterator[str]:
        yield told.title
        yield from self._head(told)
        for section in told.sections:
            yield ""
            yield section.title
            for asked in section.questions:
                yield ""
                yield from self._question(asked)
        yield from self._listed(self._("Notes that belong to no question"), told.notes)
        yield from self._listed(self._("Skipped"), map(self._named, told.skipped))
        yield from self._listed(self._("Not answered"), map(self._named, told.unanswered))
        if told.foreign:
            yield from ("", self._("Answers to questions that this framework does not have"))
            for asked in told.foreign:
                yield ""
                yield from self._question(asked)
        yield from self._listed(self._("Damaged"), told.damaged)

    def _head(self, told: Transcript) -> Iterator[str]:
        _ = self._
        yield _("Interview: {respondent}").format(respondent=told.respondent)
        if told.begun:
            yield _("Started: {when}").format(when=self._moment(told.begun))
            yield _("Last entry: {when}").format(when=self._moment(told.last))
        yield _("The interview is finished.") if told.finished else _("The interview is not finished.")
        yield _("Language: {language}").format(language=self._speech.language_name(told.language))
        yield _("Framework: {framework}, version {version}").format(framework=told.framework, version=told.version)
        for known in told.context:
            words = known.answer.words if known.answer is not None else ""
            # A key may be called by a question.
            asks = known.text.endswith("?")
            yield f"{known.text} {words}" if asks else _("{name}: {answer}").format(name=known.text, answer=words)

    def _question(self, asked: Asked) -> Iterator[str]:
        _ = self._
        yield self._named(asked)
        if asked.answer is not None:
            yield _("Answer: {answer}").format(answer=asked.answer.words)
            yield from self._sure(asked.answer)
        if asked.rating is not None:
            yield _("Rated from evidence: {answer}").format(answer=asked.rating.words)
            yield from self._sure(asked.rating)
        for text in asked.evidence:
            yield _("Evidence: {text}").format(text=text)
        for note in asked.notes:
            yield _("Note: {note}").format(note=note)

    def _sure(self, given: Given) -> Iterator[str]:
        """How sure whoever answered or rated is, where that was said."""
        _ = self._
        sure = {"low": _("Confidence: low."), "medium": _("Confidence: medium."), "high": _("Confidence: high.")}
        if given.confidence is not None:
            yield sure[given.confidence]

    def _named(self, asked: Asked) -> str:
        return f"{asked.id}. {asked.text}" if asked.text else asked.id

    def _listed(self, heading: str, lines: Iterable[str]) -> Iterator[str]:
        """Lines below a heading; nothing where there are none."""
        listed = list(lines)
        yield from ("", heading, *listed) if listed else ()

    def _moment(self, at: str) -> str:
        """A moment in UTC; as it stands where it cannot be read."""
        try:
            moment = datetime.fromisoformat(at).astimezone(UTC)
        except (ValueError, OverflowError):
            return at
        return self._("{day}, {time} UTC").format(day=self._speech.date(moment.date()), time=f"{moment:%H:%M}")
