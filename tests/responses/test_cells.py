"""A cell is read as what it says or not at all; nothing is guessed."""

from __future__ import annotations

import math
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from readiness.framework.models import Framework
from readiness.responses.cells import AnswerReader, ContextReader, folded, number, trimmed
from readiness.responses.coding import DK, MISSING, NA
from readiness.responses.table import from_rows


def read(framework: Framework, cell: str, item: str = "A1") -> int | None:
    return AnswerReader(framework.items[item], framework).code(cell)


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        *[(cell, MISSING) for cell in ("", "  ", "\t", "NA", " NA ", "NaN", "\ufeff", "\u200b")],
        *[(cell, DK) for cell in ("dk", " dk", "Don't know", "don’t  KNOW", "ne sait pas", "Ne\u00a0sait\u202fpas")],
        *[(cell, NA) for cell in ("na", "Not applicable", "SANS OBJET")],
        *[(cell, 0) for cell in ("1", " 1 ", "1.0", "1,0", "01", "+1", "Never", "jamais", "NEVER", "\ufeffNever")],
        *[
            (cell, 1)
            for cell in (
                "2",
                "La moitié du temps",
                "la moitie\u0301 du temps",
                "2 - half",
                "ha\u00adlf the time",
            )
        ],
        *[(cell, 2) for cell in ("3.5", "3,5", "D'habitude", "d’habitude", "D‘habitude", "Always,  or nearly so")],
        *[
            (cell, None)
            for cell in ("0", "4", "3", "DK", "Na", "N/A", "nan", "-", "?", "1 2", "1;2", "inf", "1_0", "true", "Neve")
        ],
    ],
)
def test_a_cell_is_a_value_a_label_one_of_two_words_or_unreadable(
    cell: str, code: int | None, framework: Framework
) -> None:
    assert read(framework, cell) == code


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        *[(cell, 0) for cell in ("0", "-10", "5000", "12,5", "1250", "0,125", "1e3")],
        *[(cell, None) for cell in ("-10.5", "5000.1", "1,250", "1_000", "1 250", "inf", "nan", "many")],
        *[("dk", DK), ("Sans objet", NA), ("", MISSING)],
    ],
)
def test_a_number_is_read_within_its_range_and_never_guessed(cell: str, code: int | None, framework: Framework) -> None:
    assert read(framework, cell, "N1") == code


@given(cell=st.text())
def test_any_text_is_read_as_a_known_code_or_as_none(cell: str, framework: Framework) -> None:
    for item in ("A1", "A2", "N1"):
        assert read(framework, cell, item) in (None, DK, MISSING, NA, 0, 1, 2)


@given(
    cells=st.lists(
        st.one_of(st.text(), st.sampled_from(["1", "2", "3,5", "never", "dk", "NA", "7"])), min_size=1, max_size=8
    )
)
def test_any_cell_of_a_file_is_answered_missing_or_listed_and_never_two_of_them(
    cells: list[str], framework: Framework
) -> None:
    responses = from_rows(framework, [{"respondent": str(n), "A1": cell} for n, cell in enumerate(cells)])
    codes = dict(responses.frame.select("respondent", "A1").collect().iter_rows())
    listed = {unread.row - 1: unread for unread in responses.unread}
    assert len(codes) == responses.read == len(cells)
    for place, cell in enumerate(cells):
        known = read(framework, cell)
        assert codes[str(place)] == (MISSING if known is None else known)
        assert (place in listed) == (known is None)
        if place in listed:
            assert listed[place].found == cell


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_a_number_is_read_back_whatever_its_decimal_mark(x: float) -> None:
    assert number(repr(x)) == x
    comma = repr(x).replace(".", ",")
    assert number(comma) in (x, None)


@given(st.text())
def test_no_text_becomes_a_number_that_is_not_finite(text: str) -> None:
    value = number(text)
    assert value is None or math.isfinite(value)


@given(st.text())
def test_folding_twice_is_folding_once_and_forgets_case_and_form(text: str) -> None:
    assert folded(folded(text)) == folded(text) or "\u0345" in unicodedata.normalize("NFKD", text)
    assert folded(f"  {text}\u00a0") == folded(text)


@given(st.text())
def test_trimming_leaves_no_invisible_ends(text: str) -> None:
    assert trimmed(f"\ufeff {trimmed(text)}\u200b ") == trimmed(text)


@pytest.mark.parametrize(
    ("cell", "value"), [("manager", "manager"), (" Encadrement ", "manager"), ("", None), ("NA", None)]
)
def test_context_with_options_is_read_by_id_or_label(cell: str, value: str | None, framework: Framework) -> None:
    assert ContextReader(framework.context["role"]).value(cell) == value


def test_context_with_options_knows_no_others(framework: Framework) -> None:
    with pytest.raises(KeyError):
        ContextReader(framework.context["role"]).value("boss")


@given(text=st.text())
def test_context_without_options_is_any_text(text: str, framework: Framework) -> None:
    value = ContextReader(framework.context["unit"]).value(text)
    assert value == (trimmed(text) if trimmed(text) not in ("", "NA", "NaN") else None)


def test_what_would_have_been_understood_is_named(framework: Framework) -> None:
    assert AnswerReader(framework.items["A1"], framework).expected() == "one of 1, 2, 3.5, their labels, dk or na"
    assert AnswerReader(framework.items["N1"], framework).expected() == "a number from -10 to 5000, dk or na"
    assert ContextReader(framework.context["role"]).expected() == "one of manager, employee, or their labels"
