"""Texts are shown as typed: paragraphs and lists, and nothing lost."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from readiness.report.commentary.prose import prose
from readiness.report.words import Said

LINES = st.lists(st.sampled_from(["", "- one", "-two", "three four", "  - five", "* six", "# seven", "1. eight", " "]))


def shape(text: str) -> list[tuple[bool, tuple[str, ...]]]:
    return [(block.listed, block.parts) for block in prose(Said(text))]


def test_an_empty_line_parts_paragraphs_and_a_dash_begins_a_list() -> None:
    text = "First\nline.\n\nSecond:\n- one\n  goes on\n- two\n\nThird."
    assert shape(text) == [
        (False, ("First line.",)),
        (False, ("Second:",)),
        (True, ("one goes on", "two")),
        (False, ("Third.",)),
    ]


def test_nothing_else_is_markup() -> None:
    for typed in ("# a", "* a", "1. a", "> a", "| a | b |", "-a", "**a**", "---"):
        assert shape(typed) == [(False, (typed,))]


def test_no_break_spaces_stay() -> None:
    assert shape("Quoi\u00a0?  Oui\u202f!") == [(False, ("Quoi\u00a0? Oui\u202f!",))]


@given(LINES)
def test_no_word_is_lost_and_none_is_added(lines: list[str]) -> None:
    shown = " ".join(part for block in prose(Said("\n".join(lines))) for part in block.parts).split()
    typed = [word for line in lines for word in line.split()]
    assert [word for word in typed if word != "-"] == [word for word in shown if word != "-"]


@given(st.text(alphabet="a- \n\t\u00a0", max_size=30))
def test_a_paragraph_has_one_part_and_no_part_is_empty_of_all(text: str) -> None:
    for block in prose(Said(text, "fr")):
        assert block.listed or len(block.parts) == 1
        assert any(block.parts)
        assert all(part.lang == "fr" for part in block.parts)
