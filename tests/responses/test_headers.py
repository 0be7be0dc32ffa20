"""The same question is known however a tool writes it, and another one never."""

from __future__ import annotations

import pytest

from readiness.responses.headers import Texts, forms, plain, uncounted

TEXT = "In the last month, I showed my work while it was unfinished…"


@pytest.mark.parametrize(
    "written",
    [
        "IN THE LAST MONTH, I SHOWED MY WORK WHILE IT WAS UNFINISHED...",
        "  In the last month,\n I showed\u00a0my work while it was unfinished… *",
        "<p>In the last month, I <strong>showed</strong> my work&nbsp;while it was unfinished&hellip;</p>",
        "“In the last month, I showed my work – while it was unfinished”",
        "1. In the last month, I showed my work while it was unfinished",
        "1.1 In the last month, I showed my work while it was unfinished",
        "12 - In the last month, I showed my work while it was unfinished",
        "Q1) In the last month, I showed my work while it was unfinished",
        "[Q3_1] In the last month, I showed my work while it was unfinished",
        "VAR07: In the last month, I showed my work while it was unfinished",
    ],
)
def test_case_spaces_marks_html_and_numbers_make_no_difference(written: str) -> None:
    assert Texts({"A": (TEXT,)}).same(forms(written)) == {"A"}


def test_accents_and_ligatures_make_no_difference() -> None:
    assert plain("L’Œuvre d’équipe : façonnée") == plain("l'oeuvre d'equipe, faconnee")


def test_a_number_that_belongs_to_a_text_is_not_taken_from_it() -> None:
    texts = Texts({"THREE": ("3 years ago I was here",), "FIVE": ("5 years ago I was here",)})
    assert texts.same(forms("5 years ago I was here")) == {"FIVE"}
    assert texts.same(forms("9 years ago I was here")) == {"THREE", "FIVE"}


@pytest.mark.parametrize("written", ["Father2", "Father.1", "Father (2)", "Father?2", "Father_3"])
def test_a_tools_counter_behind_a_title_is_taken_off(written: str) -> None:
    assert "father" in uncounted(written)


def test_a_text_without_a_counter_has_none() -> None:
    assert uncounted("Father") == ()


NEAR = Texts({"A": ("I can say openly what I think of my manager",), "B": ("I can read openly what others think",)})


def test_a_misspelt_text_is_near() -> None:
    (near,) = NEAR.near("I can say opnely what I think of my manger")
    assert near.name == "A"
    assert 0.86 < near.ratio < 1


@pytest.mark.parametrize(
    "written",
    [
        "I cannot say openly what I think of my manager",
        "I can never say openly what I think of my manager",
        "I can say openly what I think of my 2 managers",
        "I can say nothing",
        "something else altogether is asked in here",
    ],
)
def test_a_text_of_another_sense_is_not_near(written: str) -> None:
    assert NEAR.near(written) == ()


def test_where_two_texts_are_as_near_both_are_told() -> None:
    texts = Texts({"TEAM": ("I trust the people in my team",), "UNIT": ("I trust the people in my unit",)})
    assert {near.name for near in texts.near("I trust the people in my teit")} == {"TEAM", "UNIT"}


LONG = Texts({"A": ("In the last month, I showed colleagues a piece of my work while it was still unfinished.",)})


@pytest.mark.parametrize(
    "written",
    [
        "In the last month, I showed colleagues a piece of my work while it was still unf",
        "In the last month, I showed colleagues a pie",
        "In the last month, I showed colleagues a piece…",
        "In the last month, I showed colleagues a piece ..",
    ],
)
def test_a_text_that_a_tool_cut_is_found_by_its_beginning(written: str) -> None:
    (near,) = LONG.cut(written)
    assert near.name == "A"
    assert near.ratio < 1


@pytest.mark.parametrize(
    "written",
    [
        "In the last month, I showed colleagues a piece of my work",  # a question of its own
        "In the last month, I sho",
        "In the last month, I showed colleagues a pix",
    ],
)
def test_a_text_that_only_begins_alike_is_another(written: str) -> None:
    assert LONG.cut(written) == ()
