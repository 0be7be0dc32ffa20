"""What a plain interview says: each part as lines of text, in the language the interview is held in."""

from __future__ import annotations

import shlex
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from readiness.framework.frozen import Text
from readiness.interview.entries import Unclear
from readiness.interview.moves import Answer, Back, Note, Rate, Skip, Sure, Undo, Withdraw
from readiness.interview.questions import ROLE
from readiness.interview.searching import matching
from readiness.language.speech import speak
from readiness.responses.journal import DK, INTERVIEWEE, NA

if TYPE_CHECKING:
    from readiness.framework.models import Framework
    from readiness.interview.adaptive import Advice
    from readiness.interview.conversation import Conversation
    from readiness.interview.moves import Move
    from readiness.interview.questions import Choice, Question
    from readiness.interview.reviewing import Review
    from readiness.responses.journal import Value

# A terminal silently drops what is typed beyond 4,095 bytes on one line, the newline included.
LONGEST_LINE = 4095
MOST_FOUND = 12


def legible(text: str) -> str:
    """The text without control characters other than line ends, and without what looks like a prompt to a program.

    An answer typed in, or a framework's text, must neither steer the terminal nor hold "> "; with a no-break space
    after ">" it looks the same.
    """
    lines = ("".join(_visible(char) for char in line).rstrip() for line in text.splitlines())
    return "\n".join(lines).replace("> ", ">\N{NO-BREAK SPACE}")


def _visible(char: str) -> str:
    if char == "\t":
        return " "
    return "\N{REPLACEMENT CHARACTER}" if unicodedata.category(char) == "Cc" else char


class Wording:
    """What is said at one moment of a conversation."""

    def __init__(self, framework: Framework, conversation: Conversation) -> None:
        self._framework = framework
        self._conversation = conversation
        self._language = conversation.contents.language
        self._: Callable[[str], str] = speak(self._language).gettext

    @property
    def title(self) -> str:
        """What the framework is called."""
        return self._in(self._framework.title) or self._framework.id

    @property
    def role(self) -> str:
        """The interviewee's role, where it is known."""
        conversation, key = self._conversation, self._framework.context.get(ROLE)
        role = conversation.contents.answers.get(ROLE, conversation.context.get(ROLE))
        if role in (None, DK, NA):
            return ""
        return self._in((key.options if key and key.options else {}).get(str(role), {})) or str(role)

    def text_of(self, question: Question) -> str:
        """A question's text."""
        return self._in(question.text)

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

    def section(self, question: Question | None) -> str:
        """The part of the interview that a question belongs to."""
        if question is None:
            return ""
        return self._("About you") if question.kind == "context" else self._in(question.section)

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

    def settled(self, advice: Advice, listed: bool = False) -> Iterator[str]:
        """That nothing more is worth asking, and why. listed: name the questions that are saved."""
        _, saved = self._, advice.saved
        yield _("No further question would change a verdict. Questions not needed: {n}.").format(n=len(saved))
        if listed:
            yield "  " + ", ".join(saved)
        unsettled = [id_ for id_, outlook in advice.outlooks.items() if outlook.verdict == "not asked"]
        if unsettled:
            yield _("Not asked of this role: {scenarios}.").format(scenarios=self.scenarios(unsettled))
        if advice.open:
            yield _("Still open, because answers are missing: {scenarios}.").format(
                scenarios=self.scenarios(advice.open)
            )

    def reason(self, advice: Advice) -> Iterator[str]:
        """Why the current question is asked, where its answer chooses among scenarios."""
        if self._conversation.at != advice.question:
            return
        if advice.settles:
            yield self._("Could settle: {scenarios}.").format(scenarios=self.scenarios(advice.settles))
        elif advice.bears_on:
            yield self._("Bears on: {scenarios}.").format(scenarios=self.scenarios(advice.bears_on))

    def scenarios(self, ids: Iterable[str]) -> str:
        """The titles of scenarios, one behind the other."""
        titles = (self._in(self._framework.scenarios[id_].title) for id_ in ids)
        return ", ".join(self._("“{title}”").format(title=title) for title in titles)

    def confidence(self, sure: str) -> str:
        """How sure an answer or a rating is."""
        _ = self._
        words = {"low": _("Confidence: low."), "medium": _("Confidence: medium."), "high": _("Confidence: high.")}
        return words[sure]

    def order(self, adaptive: bool) -> str:
        """In which order the questions come from now on."""
        _ = self._
        return _("Adaptive order from now on.") if adaptive else _("In the questionnaires’ order from now on.")

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

    def review_parts(self, review: Review) -> list[tuple[str, tuple[str, ...]]]:
        """Headings of a review and the questions below each, but for those that contradict each other."""
        _ = self._
        parts = [
            (_("Not answered yet: {n}"), review.unanswered),
            (_("Skipped: {n}"), review.skipped),
            (_("Answered “don’t know”: {n}"), review.unknown),
            (_("Said and seen far apart: {n}"), review.apart),
            (_("Answered with low confidence: {n}"), review.unsure),
            (_("With a note: {n}"), review.noted),
        ]
        return [(told.format(n=len(ids)), ids) for told, ids in parts if ids]

    def label(self, choice: Choice) -> str:
        """What a choice is called."""
        return self._in(choice.label)

    def kind(self, question: Question) -> str:
        """What kind of answer is wanted; nothing where there are options to choose from."""
        if question.numeric:
            return self._range(question)
        return self._("Answer in your own words, on one line.") if question.free else ""

    def answer(self, question: Question, value: Value) -> str:
        """An answer in words, its number first if it has one."""
        if value in (DK, NA):
            return self._in(self._framework.missing.dk if value == DK else self._framework.missing.na)
        choice = question.choice_of(value)
        if choice is None:
            return f"{value:g}" if isinstance(value, int | float) else value
        label = self._in(choice.label)
        return f"{choice.key} {label}".strip() if label != choice.key else label

    def help(self) -> Iterator[str]:
        """What the question means, where its author says so, and what can be typed."""
        question = self._conversation.current
        if question is not None and question.help:
            yield self._in(question.help)
        yield from self.commands()
        yield from self.more_commands()
        for note in self._conversation.contents.notes.get(question.id if question is not None else "", ()):
            yield self._("Note: {note}").format(note=note)

    def hint(self, unclear: Unclear) -> str:
        """Why an entry was not taken, and what would be."""
        _, question = self._, self._conversation.current
        languages = ", ".join(self._framework.languages)
        hints = {
            Unclear.NOTHING: _("Please answer, or type s to skip."),
            Unclear.EMPTY_NOTE: _("A note is + and its text."),
            Unclear.NO_ANSWER: _("There is no answer to take back."),
            Unclear.NOT_ANSWERED: _("Confidence goes with an answer from the scale; there is none here."),
            Unclear.NOTHING_DONE: _("There is nothing to undo."),
            Unclear.NO_RATING: _("To rate, type e, an option, and what you saw; only scored questions can be rated."),
            Unclear.NO_QUESTION: _("No question that is asked here has this id; /words finds one."),
            Unclear.NO_LANGUAGE: _("The languages are: {languages}.").format(languages=languages),
            Unclear.NO_CONFIDENCE: _("Confidence is low, medium or high."),
            Unclear.AT_END: _("There are no more questions: b goes back, q leaves."),
        }
        if unclear in hints:
            return hints[unclear]
        if question is not None and question.numeric:
            return self._range(question)
        keys = ", ".join(choice.key for choice in question.choices) if question is not None else ""
        return _("This is not an option. Type one of {options}, or s, dk, na, b, q.").format(options=keys)

    def acknowledgement(self, move: Move, question: Question | None) -> str:  # noqa: PLR0911 one case a move
        """What is said once a move is kept; nothing if the next question says it."""
        _ = self._
        match move:
            case Answer(value) if question is not None:
                return _("Kept: {answer}").format(answer=self.answer(question, value))
            case Skip():
                return _("Skipped.")
            case Note():
                return _("Note kept.")
            case Withdraw():
                return _("Answer taken back.")
            case Rate(None):
                return _("Rating taken back.")
            case Rate(value) if question is not None and value is not None:
                return _("Rating kept: {answer}").format(answer=self.answer(question, value))
            case Sure(str(sure), _source, about):
                return self.confidence(sure) + (f" ({about})" if about not in (None, self._conversation.at) else "")
            case Undo():
                undone = self._conversation.contents.changes[-1].item
                return _("Undone: {id} is as it was.").format(id=undone)
            case _:
                return ""

    def remark(self, move: Move, before: Conversation, entry: str) -> str:
        """What has to be added after a move, if anything."""
        if isinstance(move, Back) and before.at == self._conversation.at:
            return self._("This is the first question.")
        if len(entry.encode("utf-8", "replace")) >= LONGEST_LINE:
            return self._("The line was as long as a terminal takes: its end may be missing. Add it as a note.")
        return ""

    def refused(self, move: Move) -> str:
        """What is said of a move that is not possible now."""
        _ = self._
        if isinstance(move, Undo):
            return _("There is nothing to undo.")
        return _("There is no answer to take back.") if isinstance(move, Withdraw) else _("That is not possible here.")

    def interrupted(self, path: Path) -> str:
        """What is said after an interruption."""
        told = self._("interrupted; everything answered is kept. To resume: readiness interview {path}")
        return told.format(path=path)

    def not_kept(self, error: OSError) -> str:
        """What is said when the disk has not taken an entry."""
        return self._("This could not be saved ({why}). Please enter it again.").format(why=error.strerror)

    def closing(self, path: Path, framework_option: str | None) -> Iterator[str]:
        """What has been recorded, where it is, and what to do with it."""
        _, contents = self._, self._conversation.contents
        asked = self._conversation.by_id
        values = [value for item, value in contents.answers.items() if item in asked]
        answered = len(values) - values.count(DK) - values.count(NA)
        yield _("The interview is finished.") if contents.finished else _("The interview is paused.")
        counts = [
            (_("answered: {n}"), answered),
            (_("don't know: {n}"), values.count(DK)),
            (_("not applicable: {n}"), values.count(NA)),
            (_("skipped: {n}"), len(contents.skipped)),
            (_("not answered: {n}"), len(self._conversation.pending)),
            (_("notes: {n}"), sum(len(said) for said in contents.notes.values())),
        ]
        yield ", ".join(told.format(n=n) for place, (told, n) in enumerate(counts) if n or place == 0)
        yield _("Everything is in {path}").format(path=path)
        file = shlex.quote(str(path))
        option = f" --framework {shlex.quote(framework_option)}" if framework_option else ""
        yield _("To resume or correct:") + f" readiness interview {file}{option}"
        # Where nothing is said, commands speak the framework's first language.
        spoken = "" if self._language == self._framework.languages[0] else f" --lang {self._language}"
        yield _("To score:") + f" readiness score {file}{option}{spoken}"
        yield _("To report:") + f" readiness report {file} --out report.html{option}{spoken}"

    def _in(self, words: Mapping[str, str]) -> str:
        return Text(words).in_(self._language)

    def _range(self, question: Question) -> str:
        _ = self._
        low, high = (None if bound is None else f"{bound:g}" for bound in (question.low, question.high))
        if low is not None and high is not None:
            return _("A number from {low} to {high}.").format(low=low, high=high)
        return _("A number.")
