"""What is said is legible everywhere, and said in the interview's language."""

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from readiness.interview import wording
from readiness.interview.conversation import Conversation, begin, step
from readiness.interview.moves import Answer
from readiness.interview.questions import questions_of
from readiness.interview.wording import Wording, legible
from readiness.responses.journal import Contents
from tests.interview.small import build

FRAMEWORK = build()
KEYS = frozenset(FRAMEWORK.context)


def start(language: str = "en", context: str | None = "employee") -> Conversation:
    known = {"role": context} if context else {}
    questions = questions_of(FRAMEWORK, known=frozenset(known))
    return begin(questions, KEYS, known, Contents(language))


@given(st.text())
def test_nothing_legible_looks_like_a_prompt_or_steers_the_terminal(text: str) -> None:
    shown = legible(text)
    assert "> " not in shown
    assert all(char == "\n" or ord(char) >= 32 for char in shown)
    assert not any(0x7F <= ord(char) < 0xA0 for char in shown)


def test_legible_keeps_words_and_lines() -> None:
    assert legible("« é œ € »\n a > b\t!") == "« é œ € »\n a >\N{NO-BREAK SPACE}b !"


def test_a_question_tells_its_place_its_options_and_what_is_no_answer() -> None:
    assert list(Wording(FRAMEWORK, start()).question()) == [
        "1 of 7",
        "I helped another unit.",
        "  1  Never",
        "  2  Rarely",
        "  3  Sometimes",
        "  4  Often",
        "  5  Always",
        "  dk Don't know, na Not applicable",
    ]


def test_a_question_is_asked_in_the_interviews_language() -> None:
    said = list(Wording(FRAMEWORK, start("fr")).question())
    assert said[1:3] == ["J'ai aidé un autre service.", "  1  Jamais"]
    assert said[-1] == "  dk Ne sait pas, na Sans objet"


def test_questions_stand_under_the_title_of_their_dimension() -> None:
    for at, title in (("role", "About you"), ("W1", "Work"), ("M1", "Mail")):
        conversation = start(context=None)
        while conversation.at != at:
            conversation = step(conversation, Answer("dk"))
        assert Wording(FRAMEWORK, conversation).section(conversation.current) == title


@pytest.mark.parametrize(("value", "told"), [(4, "4 Often"), ("dk", "Don't know"), ("na", "Not applicable"), (9, "9")])
def test_an_answer_is_told_in_words(value: int | str, told: str) -> None:
    question = start().current
    assert question is not None
    assert Wording(FRAMEWORK, start()).answer(question, value) == told


def test_the_closing_tells_commands_that_can_be_copied() -> None:
    said = "\n".join(Wording(FRAMEWORK, start()).closing(Path("my notes/a.jsonl"), "my framework"))
    assert "readiness score 'my notes/a.jsonl' --framework 'my framework'" in said
    assert "readiness report 'my notes/a.jsonl' --out report.html --framework 'my framework'" in said


def test_the_commands_told_speak_the_language_of_the_interview() -> None:
    said = "\n".join(Wording(FRAMEWORK, start("fr")).closing(Path("a.jsonl"), None))
    assert "readiness report a.jsonl --out report.html --lang fr" in said
    assert "readiness score a.jsonl --lang fr" in said


def test_every_message_is_french_too() -> None:
    messages = set(re.findall(r'_\("((?:[^"\\]|\\.)+)"\)', Path(wording.__file__).read_text(encoding="utf-8")))
    french = Wording(FRAMEWORK, start("fr"))
    assert {message for message in messages if french._(message) == message} == set()
    for message in messages:
        assert set(re.findall(r"\{\w+\}", french._(message))) == set(re.findall(r"\{\w+\}", message))
