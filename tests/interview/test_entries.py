"""What is typed is understood the way it was meant, or not at all."""

import io

import pytest

from readiness.interview.conversation import Conversation, begin, step
from readiness.interview.entries import Command, Meaning, Unclear, lines_of, meaning_of
from readiness.interview.moves import Answer, Back, Forward, Note, Skip, Withdraw
from readiness.interview.questions import questions_of
from readiness.responses.journal import Contents
from tests.interview.small import build

FRAMEWORK = build()
START = begin(questions_of(FRAMEWORK), frozenset(FRAMEWORK.context), {}, Contents("en"))


def at(question: str) -> Conversation:
    conversation = START
    while conversation.at is not None and conversation.at != question:
        conversation = step(conversation, Answer({"W1": 4, "M1": 20}.get(conversation.at, "dk")))
    return conversation


def meaning(entry: str, question: str) -> Meaning:
    return meaning_of(entry, at(question), FRAMEWORK.missing)


@pytest.mark.parametrize("question", ["role", "W1", "OPEN1", "M1", "CHOICE1"])
def test_commands_mean_the_same_at_every_question(question: str) -> None:
    assert meaning("b", question) == Back()
    assert meaning("s", question) == Skip()
    assert meaning("dk", question) == Answer("dk")
    assert meaning("NA", question) == Answer("na")
    assert meaning("q", question) is Command.QUIT
    assert meaning("?", question) is Command.HELP
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


def test_enter_keeps_an_answer_and_a_dash_takes_it_back() -> None:
    answered = step(at("W3"), Back())
    assert meaning_of("", answered, FRAMEWORK.missing) == Forward()
    assert meaning_of("-", answered, FRAMEWORK.missing) == Withdraw()


def test_at_the_end_only_commands_are_taken() -> None:
    assert meaning("3", "nowhere") is Unclear.AT_END
    assert meaning("s", "nowhere") is Unclear.AT_END
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
