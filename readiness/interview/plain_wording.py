"""What only a plain interview says: a question with its options, what can be typed, what was found, in lines."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from readiness.interview.searching import matching
from readiness.interview.wording import Wording
from readiness.responses.journal import INTERVIEWEE

if TYPE_CHECKING:
    from readiness.interview.adaptive import Advice
    from readiness.interview.reviewing import Review

MOST_FOUND = 12


class PlainWording(Wording):
    """What is said line by line at one moment of a conversation."""

    def opening(self, respondent: str, path: Path) -> Iterator[str]:
        """Whose interview this is, where it is kept, and how to answer."""
        _ = self._
        yield self.title
        yield _("Interview: {respondent}. Journal: {path}").format(respondent=respondent, path=path)
        contents = self._conversation.contents
        if contents.answers or contents.notes or contents.skipped:
            yield _("Resumed. Answers so far: {n}.").format(n=len(contents.answers))
        yield from self.commands()

    def commands(self) -> Iterator[str]:
        """What can be typed."""
        _ = self._
        yield _("Type the number of an option, or: b back, s skip, dk don't know, na not applicable,")
        yield _("+ and a text for a note, - to take the answer back, q to leave (everything is kept), ? for help.")

    def more_commands(self) -> Iterator[str]:
        """What else can be typed, for whoever asks."""
        _ = self._
        yield _("u undoes the last answer, rating or confidence. r reviews what is unanswered or odd.")
        yield _("o changes the order of the questions.")
        yield _("/words finds a question, g ID goes to it.")
        yield _("c low, c medium, c high: how sure the last answer is; e low, e medium, e high: how sure a rating is.")
        yield _("e 4 what you saw: rate from evidence, apart from the answer; e - takes it back.")
        if len(self._framework.languages) > 1:
            yield _("l and a language changes to it: {languages}.").format(
                languages=", ".join(self._framework.languages)
            )

    def question(self, advice: Advice | None = None) -> Iterator[str]:
        """The current question with its options, and the answer that stands; at the end, what can still be done."""
        _, conversation = self._, self._conversation
        question = conversation.current
        if question is None:
            yield from self.ending(advice)
            return
        place, of = conversation.progress
        yield _("{place} of {of}").format(place=place, of=of)
        yield self._in(question.text)
        for choice in question.choices:
            yield f"  {choice.key:<2} {self.label(choice)}".rstrip()
        if kind := self.kind(question):
            yield "  " + kind
        missing = self._framework.missing
        yield f"  dk {self._in(missing.dk)}, na {self._in(missing.na)}"
        if conversation.answer is not None:
            told = self.answer(question, conversation.answer)
            yield _("Answer: {answer}. Enter keeps it.").format(answer=told)
            sure = conversation.contents.confidence.get((question.id, INTERVIEWEE))
            if sure is not None:
                yield self.confidence(sure)
            if conversation.unneeded:
                yield _("Earlier answers make this question unnecessary; its answer counts until - takes it back.")
        elif question.id in conversation.contents.skipped:
            yield _("Skipped before.")
        rating = conversation.contents.ratings.get(question.id)
        if rating is not None:
            yield _("Rated from evidence: {answer}.").format(answer=self.answer(question, rating))

    def ending(self, advice: Advice | None) -> Iterator[str]:
        """That everything is asked, or everything worth asking, and what can still be done."""
        _ = self._
        if advice is None or not advice.saved:
            yield _("Every question has been asked. b goes back over the answers, q leaves.")
            return
        yield from self.settled(advice)
        yield _("o asks the rest anyway, b goes back over the answers, q leaves.")

    def found(self, words: str) -> Iterator[str]:
        """The questions that have some words, and how to go there."""
        _, found = self._, matching(self._conversation, words)
        if not found:
            yield _("No question contains these words.")
        for question in found[:MOST_FOUND]:
            yield f"{question.id}  {self._in(question.text)}"
        if len(found) > MOST_FOUND:
            yield _("And {n} more; add words to narrow it down.").format(n=len(found) - MOST_FOUND)
        if found:
            yield _("g and an id goes to that question.")

    def review(self, review: Review) -> Iterator[str]:
        """What is worth a second look, a line each."""
        _, by_id = self._, self._conversation.by_id
        if review.clean:
            yield _("Nothing is unanswered, and nothing looks odd.")
        for told, ids in self.review_parts(review):
            yield told
            for id_ in ids:
                yield f"  {id_}  {self._in(by_id[id_].text)}"
        for one, other in review.contradictory:
            yield _("These two answers do not seem to fit together:")
            for id_ in (one, other):
                answer = self.answer(by_id[id_], self._conversation.contents.answers[id_])
                yield f"  {id_}  {self._in(by_id[id_].text)}  {answer}"

    def help(self) -> Iterator[str]:
        """What the question means, where its author says so, and what can be typed."""
        question = self._conversation.current
        if question is not None and question.help:
            yield self._in(question.help)
        yield from self.commands()
        yield from self.more_commands()
        for note in self._conversation.contents.notes.get(question.id if question is not None else "", ()):
            yield self._("Note: {note}").format(note=note)

    def interrupted(self, path: Path) -> str:
        """What is said after an interruption."""
        told = self._("interrupted; everything answered is kept. To resume: readiness interview {path}")
        return told.format(path=path)
