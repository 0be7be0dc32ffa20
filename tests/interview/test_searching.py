"""A question is found by words from its text, in any language, by its section or by its id."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from readiness.interview.conversation import step
from readiness.interview.moves import Answer
from readiness.interview.searching import matching
from tests.interview.playing import start


def found(words: str) -> list[str]:
    return [question.id for question in matching(start(), words)]


@pytest.mark.parametrize(
    ("words", "questions"),
    [
        ("helped", ["W1", "W4"]),
        ("HELPED team", ["W4"]),
        ("team  helped", ["W4"]),
        ("équipe", ["W4"]),
        ("aidé autre", ["W1"]),
        ("L’AIDE", ["W3"]),
        ("w1", ["W1"]),
        ("mail", ["M1", "CHOICE1"]),  # the section counts
        ("fonction", ["role"]),
        ("helped elsewhere", []),
        ("", []),
        ("  ", []),
    ],
)
def test_every_word_has_to_be_there_and_may_be_part_of_one(words: str, questions: list[str]) -> None:
    assert found(words) == questions


def test_only_what_is_shown_is_found() -> None:
    assert "W2" not in found("W2")
    conversation = step(step(start(), Answer("employee")), Answer(4))
    assert [question.id for question in matching(conversation, "W")][:2] == ["role", "W1"]
    assert [question.id for question in matching(conversation, "w2")] == ["W2"]
    assert matching(conversation, "w4") == ()


@given(st.text(max_size=20))
def test_any_words_find_something_or_nothing(words: str) -> None:
    order = [question.id for question in start().shown]
    places = [order.index(id_) for id_ in found(words)]
    assert places == sorted(places)
