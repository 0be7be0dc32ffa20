"""What is typed is understood the way it was meant, or not at all."""

import io

import pytest

from readiness.interview.conversation import Conversation, begin, step
from readiness.interview.entries import Command, Find, Meaning, Unclear, lines_of, meaning_of
from readiness.interview.moves import Answer, Back, Forward, Go, Note, Rate, Skip, Speak, Sure, Undo, Withdraw
from readiness.interview.questions import questions_of
from readiness.responses.journal import Contents
from tests.interview.small import build

FRAMEWORK = build()
LANGUAGES = (*FRAMEWORK.languages, "pt-BR")
START = begin(questions_of(FRAMEWORK), frozenset(FRAMEWORK.context), {}, Contents("en"))


def at(question: str) -> Conversation:
    conversation = START
    while conversation.at is not None and conversation.at != question:
        conversation = step(conversation, Answer({"W1": 4, "M1": 20}.get(conversation.at, "dk")))
    return conversation


def meaning(entry: str, question: str) -> Meaning:
    return meaning_of(entry, at(question), FRAMEWORK.missing, LANGUAGES)


@pytest.mark.parametrize("question", ["role", "W1", "OPEN1", "M1", "CHOICE1"])
def test_commands_mean_the_same_at_every_question(question: str) -> None:
    assert meaning("b", question) == Back()
    assert meaning("s", question) == Skip()
    assert meaning("dk", question) == Answer("dk")
    assert meaning("NA", question) == Answer("na")
    assert meaning("q", question) is Command.QUIT
    assert meaning("?", question) is Command.HELP
    assert meaning("r", question) is Command.REVIEW
    assert meaning("O", question) is Command.ORDER
    assert meaning("u", question) == (Unclear.NOTHING_DONE if question == "role" else Undo())
    assert meaning("+ « é œ € » > all", question) == Note("« é œ € » > all")
    assert meaning("+", question) is Unclear.EMPTY_NOTE
    assert meaning("-", question) is Unclear.NO_ANSWER
    assert meaning("", question) is Unclear.NOTHING


@pytest.mark.parametrize(
    ("entry", "question", "value"),
    [
        ("4", "W1", 4),
        (" 4 \n", "W1", 4),
        ("4.0", "W1", 4),
        ("Often", "W1", 4),
        ("SOUVENT", "W1", 4),
        ("don’t know", "W1", "dk"),
        ("Sans  objet", "W1", "na"),
        ("2", "role", "manager"),
        ("manager", "role", "manager"),
        ("Responsable", "role", "manager"),
        ("12", "M1", 12),
        ("12,5", "M1", 12.5),
        ("0", "M1", 0),
        ("4", "OPEN1", "4"),
        ("Don't know", "OPEN1", "Don't know"),
        ("never > always", "OPEN1", "never > always"),
        ("J'y gagne", "CHOICE1", 1),
    ],
)
def test_an_answer_is_taken_by_value_or_by_label(entry: str, question: str, value: object) -> None:
    found = meaning(entry, question)
    assert found == Answer(value)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("entry", "question", "why"),
    [
        ("6", "W1", Unclear.NO_OPTION),
        ("-1", "W1", Unclear.NO_OPTION),
        ("4 5", "W1", Unclear.NO_OPTION),
        ("boss", "role", Unclear.NO_OPTION),
        ("many", "M1", Unclear.NO_NUMBER),
        ("1_0", "M1", Unclear.NO_NUMBER),
        ("nan", "M1", Unclear.NO_NUMBER),
        ("9" * 400, "M1", Unclear.NO_NUMBER),
        ("501", "M1", Unclear.OUT_OF_RANGE),
        ("-3", "M1", Unclear.OUT_OF_RANGE),
    ],
)
def test_what_is_no_answer_is_not_taken_for_one(entry: str, question: str, why: Unclear) -> None:
    assert meaning(entry, question) is why


@pytest.mark.parametrize("question", ["role", "W1", "M1", "CHOICE1", "nowhere"])
def test_commands_of_several_words_mean_the_same_wherever_not_any_text_is_an_answer(question: str) -> None:
    assert meaning("/ another UNIT ", question) == Find("another UNIT")
    assert meaning("/mails", question) == Find("mails")
    assert meaning("g m1", question) == Go("M1")
    assert meaning("G  role", question) == Go("role")
    assert meaning("l FR", question) == Speak("fr")
    assert meaning("l pt-br", question) == Speak("pt-BR")
    assert meaning("c low", question) is Unclear.NOT_ANSWERED


def test_where_any_text_is_an_answer_only_what_is_one_letter_or_sign_is_a_command() -> None:
    """Whoever says in their own words may well begin with "l" or "/"."""
    for text in ("/ another", "g W1", "l fr", "c low", "e 4 seen"):
        assert meaning(text, "OPEN1") == Answer(text)


@pytest.mark.parametrize("entry", ["/", "/  ", "g", "l", "c", "gW1"])
def test_half_a_command_is_no_option(entry: str) -> None:
    assert meaning(entry, "W1") is Unclear.NO_OPTION


@pytest.mark.parametrize(
    ("entry", "why"),
    [
        ("g nowhere", Unclear.NO_QUESTION),
        ("g W2x", Unclear.NO_QUESTION),
        ("l de", Unclear.NO_LANGUAGE),
        ("c certain", Unclear.NO_CONFIDENCE),
        ("e", Unclear.NO_RATING),
    ],
)
def test_a_command_that_cannot_be_followed_says_why(entry: str, why: Unclear) -> None:
    assert meaning(entry, "W1") is why


def test_whoever_types_quit_wants_to_leave_unless_any_text_is_an_answer() -> None:
    assert meaning("quit", "W1") is Command.QUIT
    assert meaning("exit", "M1") is Command.QUIT
    assert meaning("quit", "OPEN1") == Answer("quit")


def test_only_a_question_that_is_shown_can_be_gone_to() -> None:
    conversation = step(START, Answer("employee"))
    assert meaning_of("g W4", conversation, FRAMEWORK.missing) is Unclear.NO_QUESTION


def test_how_sure_an_answer_is_can_be_said_once_there_is_one() -> None:
    answered = step(at("W2"), Back())
    for sure in ("low", "medium", "high"):
        assert meaning_of(f"c {sure.upper()}", answered, FRAMEWORK.missing) == Sure(sure, question="W1")


def test_right_after_an_answer_it_is_that_answer_that_one_is_sure_of() -> None:
    assert meaning("c low", "W2") == Sure("low", question="W1")


def test_nobody_is_sure_of_a_dont_know() -> None:
    assert meaning("c low", "W3") is Unclear.NOT_ANSWERED


def test_how_sure_a_rating_is_is_said_once_there_is_one() -> None:
    rated = step(at("W1"), Rate(4))
    assert meaning_of("e high", rated, FRAMEWORK.missing) == Sure("high", "evidence")
    assert meaning("e high", "W1") is Unclear.NO_RATING


@pytest.mark.parametrize(
    ("entry", "question", "rating"),
    [
        ("e 4", "W1", Rate(4)),
        ("E 4 minutes of 3 May", "W1", Rate(4, "minutes of 3 May")),
        ("e often  « vu »  ", "W1", Rate(4, "« vu »")),
        ("e dk nobody keeps minutes", "W1", Rate("dk", "nobody keeps minutes")),
        ("e NA", "W1", Rate("na")),
        ("e 12,5 the gateway's log", "M1", Rate(12.5, "the gateway's log")),
        ("e -", "W1", Rate(None)),
        ("e - never mind", "W1", Rate(None)),
    ],
)
def test_a_rating_is_an_option_and_what_was_seen(entry: str, question: str, rating: Rate) -> None:
    assert meaning(entry, question) == rating


@pytest.mark.parametrize(
    ("entry", "question"),
    [("e 9", "W1"), ("e seen", "W1"), ("e 501 log", "M1"), ("e many", "M1"), ("e 1", "role"), ("e 1", "CHOICE1")],
)
def test_only_what_is_scored_is_rated_and_only_with_its_options(entry: str, question: str) -> None:
    assert meaning(entry, question) is Unclear.NO_RATING


def test_enter_keeps_an_answer_and_a_dash_takes_it_back() -> None:
    answered = step(at("W3"), Back())
    assert meaning_of("", answered, FRAMEWORK.missing) == Forward()
    assert meaning_of("-", answered, FRAMEWORK.missing) == Withdraw()


def test_at_the_end_only_commands_are_taken() -> None:
    assert meaning("3", "nowhere") is Unclear.AT_END
    assert meaning("s", "nowhere") is Unclear.AT_END
    assert meaning("e 4 seen", "nowhere") is Unclear.NO_RATING
    assert meaning("u", "nowhere") == Undo()
    assert meaning("o", "nowhere") is Command.ORDER
    assert meaning("", "nowhere") == Forward()
    assert meaning("b", "nowhere") == Back()
    assert meaning("+ late thought", "nowhere") == Note("late thought")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
def test_a_word_survives_whatever_it_was_typed_in(encoding: str) -> None:
    for expected in ("utf-8", "ascii", "cp1252"):
        stream = io.TextIOWrapper(io.BytesIO("+ é œ €\r\n3".encode(encoding)), encoding=expected)
        assert [line.strip() for line in lines_of(stream)] == ["+ é œ €", "3"]


def test_a_terminal_that_is_gone_ends_the_input() -> None:
    class Gone(io.RawIOBase):
        def readline(self, _size: int | None = -1) -> bytes:
            raise OSError(5, "Input/output error")

    stream = io.StringIO()
    stream.buffer = Gone()  # type: ignore[attr-defined]
    assert list(lines_of(stream)) == []
