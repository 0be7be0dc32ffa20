"""What is said is legible everywhere, and said in the interview's language."""

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from readiness.interview import plain_wording, wording
from readiness.interview.adaptive import Advice
from readiness.interview.conversation import step
from readiness.interview.moves import Answer
from readiness.interview.wording import Wording, legible
from tests.interview.moments import FRAMEWORK, STORIED, after, start


@given(st.text())
def test_nothing_legible_looks_like_a_prompt_or_steers_the_terminal(text: str) -> None:
    shown = legible(text)
    assert "> " not in shown
    assert all(char == "\n" or ord(char) >= 32 for char in shown)
    assert not any(0x7F <= ord(char) < 0xA0 for char in shown)


def test_legible_keeps_words_and_lines() -> None:
    assert legible("« é œ € »\n a > b\t!") == "« é œ € »\n a >\N{NO-BREAK SPACE}b !"


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


# What only some interviews say


def told(language: str = "en") -> Wording:
    return Wording(STORIED, after(language=language))


def test_a_question_is_said_to_settle_what_it_could() -> None:
    assert list(told().reason(Advice("P", ("deadlock", "drift"), ("deadlock",)))) == [
        "Could settle: “Deadlock”, “Drift”."
    ]
    (french,) = told(language="fr").reason(Advice("P", ("drift",)))
    assert french.replace("\N{NO-BREAK SPACE}", " ") == "Pourrait trancher : « Dérive »."


def test_where_it_settles_nothing_it_is_said_what_it_bears_on() -> None:
    assert list(told().reason(Advice("P", (), ("drift",)))) == ["Bears on: “Drift”."]


def test_a_question_that_was_not_chosen_for_it_gives_no_reason() -> None:
    assert list(told().reason(Advice("H", ("deadlock",)))) == []
    assert list(told().reason(Advice("P"))) == []


def test_every_message_is_french_too() -> None:
    said = "".join(Path(str(room.__file__)).read_text(encoding="utf-8") for room in (wording, plain_wording))
    messages = set(re.findall(r'_\("((?:[^"\\]|\\.)+)"\)', said))
    french = Wording(FRAMEWORK, start("fr"))
    assert {message for message in messages if french._(message) == message} == set()
    for message in messages:
        assert set(re.findall(r"\{\w+\}", french._(message))) == set(re.findall(r"\{\w+\}", message))
