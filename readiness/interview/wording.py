"""What is said in an interview, on the full screen and line by line, in the language it is held in."""

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
from readiness.language.speech import speak
from readiness.responses.journal import DK, NA

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

    def section(self, question: Question | None) -> str:
        """The part of the interview that a question belongs to."""
        if question is None:
            return ""
        return self._("About you") if question.kind == "context" else self._in(question.section)

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
