"""What was typed, and what it means for the question it was typed at."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

from readiness.framework.folding import folded
from readiness.interview.moves import Answer, Back, Forward, Go, Move, Note, Rate, Skip, Speak, Sure, Undo, Withdraw
from readiness.responses.journal import CONFIDENCE, DK, EVIDENCE, NA

if TYPE_CHECKING:
    from typing import TextIO

    from readiness.framework.models import Missing
    from readiness.interview.conversation import Conversation
    from readiness.interview.questions import Question

_NUMBER = re.compile(r"[-−]?\d+([.,]\d+)?", re.ASCII)


class Command(Enum):
    """What is typed to the program and not to the interview."""

    QUIT = "q"
    HELP = "?"
    REVIEW = "r"
    ORDER = "o"


@dataclass(frozen=True)
class Find:
    """Questions that have these words are looked for."""

    words: str


class Unclear(Enum):
    """Why an entry cannot be taken."""

    NOTHING = "nothing"  # an empty line where an answer is due
    NO_OPTION = "no option"
    NO_NUMBER = "no number"
    OUT_OF_RANGE = "out of range"
    EMPTY_NOTE = "empty note"
    NO_ANSWER = "no answer"  # to take back
    NOT_ANSWERED = "not answered"  # so that nobody can be sure
    NO_RATING = "no rating"  # what an item cannot be rated with
    NOTHING_DONE = "nothing done"  # to undo
    NO_QUESTION = "no question"  # of that id
    NO_LANGUAGE = "no language"  # of that name
    NO_CONFIDENCE = "no confidence"  # of that name
    AT_END = "at end"  # an answer where nothing is asked


Meaning = Move | Command | Find | Unclear


def meaning_of(entry: str, conversation: Conversation, missing: Missing, languages: Collection[str] = ()) -> Meaning:
    """What a typed line means. Commands come first, whatever the question.

    missing: has the labels of dk and na. languages: those that can be spoken.
    """
    entry = entry.strip()
    if entry.startswith("+"):
        said = entry[1:].strip()
        return Note(said) if said else Unclear.EMPTY_NOTE
    command = _command(entry.lower(), conversation)
    if command is not None:
        return command
    question = conversation.current
    # Commands of several words are none where any text is an answer, nor what an option is called.
    if question is None or (not question.free and not isinstance(_answer(entry, question), Answer)):
        longer = _longer_command(entry, conversation, languages)
        if longer is not None:
            return longer
    if question is None:
        return Unclear.AT_END
    for value, labels in ((DK, missing.dk), (NA, missing.na)):
        if entry.lower() == value or (not question.free and _is_named(entry, labels.values())):
            return Answer(value)
    return _answer(entry, question)


def _command(entry: str, conversation: Conversation) -> Meaning | None:
    at_end = conversation.current is None
    answered = conversation.answer is not None
    commands: dict[str, Meaning] = {
        "b": Back(),
        "s": Unclear.AT_END if at_end else Skip(),
        "q": Command.QUIT,
        **({} if conversation.current and conversation.current.free else {"quit": Command.QUIT, "exit": Command.QUIT}),
        "?": Command.HELP,
        "r": Command.REVIEW,
        "o": Command.ORDER,
        "u": Undo() if conversation.contents.changes else Unclear.NOTHING_DONE,
        "-": Withdraw() if answered else Unclear.NO_ANSWER,
        "": Forward() if answered or at_end or conversation.reviewing else Unclear.NOTHING,
    }
    return commands.get(entry)


def typed_answer(entry: str, question: Question) -> Answer | Unclear:
    """What an entry answers, where it cannot be a command."""
    return _answer(entry, question)


def _longer_command(entry: str, conversation: Conversation, languages: Collection[str]) -> Meaning | None:
    """`/words` finds, `g ID` goes, `l fr` speaks, `c low` is how sure the answer is, `e 4 seen` rates from evidence."""
    if entry.startswith("/"):
        words = entry[1:].strip()
        return Find(words) if words else None
    word, _, rest = entry.partition(" ")
    rest = rest.strip()
    match word.lower():
        case "g" if rest:
            named = [question.id for question in conversation.shown if question.id.lower() == rest.lower()]
            return Go(named[0]) if named else Unclear.NO_QUESTION
        case "l" if rest:
            spoken = [language for language in languages if language.lower() == rest.lower()]
            return Speak(spoken[0]) if spoken else Unclear.NO_LANGUAGE
        case "c" if rest:
            return _confidence(rest.lower(), conversation)
        case "e":
            return _rating(rest, conversation)
    return None


def _confidence(said: str, conversation: Conversation) -> Meaning:
    """How sure the answer is that was given last, be it to this question or to the one before."""
    about = conversation.just_answered
    if said not in CONFIDENCE:
        return Unclear.NO_CONFIDENCE
    if about is None or conversation.contents.answers[about] in (DK, NA):
        return Unclear.NOT_ANSWERED
    return Sure(said, question=about)


def _rating(rest: str, conversation: Conversation) -> Meaning:
    """What is typed after `e`: a value and what it rests on, or `-` to take the rating back."""
    question = conversation.current
    if question is None or question.kind != "item":
        return Unclear.NO_RATING
    said, _, seen = rest.partition(" ")
    if said == "-":
        return Rate(None)
    if rest.lower() in CONFIDENCE and question.id in conversation.contents.ratings:
        return Sure(rest.lower(), EVIDENCE)
    answer = Answer(said.lower()) if said.lower() in (DK, NA) else _answer(said, question)
    return Rate(answer.value, seen.strip() or None) if isinstance(answer, Answer) else Unclear.NO_RATING


def _answer(entry: str, question: Question) -> Answer | Unclear:
    if question.free:
        return Answer(entry)
    number = _number(entry)
    if question.numeric:
        if number is None:
            return Unclear.NO_NUMBER
        return Answer(number) if question.takes(number) else Unclear.OUT_OF_RANGE
    for choice in question.choices:
        if entry == choice.key or (number is not None and choice.value == number):
            return Answer(choice.value)
    named = [choice for choice in question.choices if _is_named(entry, (*choice.label.values(), *choice.aliases))]
    return Answer(named[0].value) if len(named) == 1 else Unclear.NO_OPTION


def _is_named(entry: str, names: object) -> bool:
    return any(folded(entry) == folded(str(name)) for name in names)  # type: ignore[attr-defined]


def _number(entry: str) -> int | float | None:
    if not _NUMBER.fullmatch(entry):
        return None
    number = float(entry.replace("−", "-").replace(",", "."))
    if number in (float("inf"), float("-inf")):
        return None
    return int(number) if number.is_integer() and abs(number) < 2**53 else number


def lines_of(stream: TextIO) -> Iterator[str]:
    """The lines typed or piped in; it ends with the input, and when the terminal it came from is gone.

    UTF-8 is tried first, then what the stream itself expects (a code page, on Windows): a wrong locale must not cost a
    word.
    """
    source = getattr(stream, "buffer", stream)
    expected = getattr(stream, "encoding", None) or "cp1252"
    fallback = "cp1252" if expected.lower().replace("-", "") in ("utf8", "ascii", "usascii") else expected
    while True:
        try:
            line = source.readline()
        except OSError:
            return
        if not line:
            return
        yield line if isinstance(line, str) else _decoded(line, fallback)


def _decoded(line: bytes, fallback: str) -> str:
    try:
        return line.decode("utf-8-sig")
    except UnicodeDecodeError:
        return line.decode(fallback, errors="replace")
