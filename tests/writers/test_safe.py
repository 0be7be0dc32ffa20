"""No text is run by a spreadsheet, wherever it cuts a line into cells; and every text can be had back."""

from __future__ import annotations

import csv
import io
import json
import re

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from readiness.writers.safe import RUNNABLE, inert, inert_json, is_runnable, visible
from tests.scoring.profiles import tries
from tests.writers.reading import exact

SIGNS = "=+-@＝＋－＠"
TEXTS = st.text(st.sampled_from("aé1 .,;|\t\r\n\"'\\:{}\0\x01\u00a0\ufeff" + SIGNS), max_size=12)


def begins_like_a_formula(cell: str) -> bool:
    """As a spreadsheet might see it: blanks, quotes and what is not seen do not count."""
    return cell.lstrip(' \u00a0\ufeff\t\r\n\0\x01"')[:1] in tuple(SIGNS)


@pytest.mark.parametrize(
    ("text", "mended"),
    [
        ("=1+1", "'=1+1"),
        ("+33 1 23", "'+33 1 23"),
        ("-1+1", "'-1+1"),
        ("@SUM(1)", "'@SUM(1)"),
        ("  =1", "'  =1"),
        ("\t=1", "'\t'=1"),
        ("\rx", "'\rx"),
        ("\0=1", "'\0=1"),
        ("＝1", "'＝1"),
        ("'=1", "''=1"),
        ('"=1"', '\'"=1"'),
        ("Sales;=1", "Sales;'=1"),
        ("a\n=1", "a\n'=1"),
        ("Sales - North", "Sales - North"),
        ("a=b", "a=b"),
        ("'tis", "'tis"),
        ("", ""),
    ],
)
def test_an_apostrophe_stands_before_what_could_be_run(text: str, mended: str) -> None:
    assert inert(text) == mended
    assert is_runnable(text) == (text != mended)


@tries(400)
@given(TEXTS)
def test_no_cell_begins_like_a_formula_whatever_separates_them(text: str) -> None:
    mended = inert(text)
    assert mended[:1] not in ("\t", "\r", "\n", "\0")
    for cell in re.split("[,;|\t\r\n]", mended):
        assert not begins_like_a_formula(cell)


@tries(400)
@given(TEXTS)
def test_the_apostrophes_can_be_taken_out_again(text: str) -> None:
    assert exact(inert(text)) == text


@tries(400)
@given(TEXTS)
def test_both_spellings_of_the_rule_say_the_same(text: str) -> None:
    assert pl.Series([text]).str.contains(RUNNABLE).to_list() == [is_runnable(text)]


@tries(400)
@given(TEXTS, TEXTS.map(lambda text: f"k{text}"), st.floats(allow_nan=False, allow_infinity=False), st.booleans())
def test_json_says_the_same_and_no_cell_cut_from_it_begins_like_a_formula(
    text: str, key: str, number: float, spaced: bool
) -> None:
    told = {"first": text, key: number, f"{text}=": text}
    line = inert_json(json.dumps(told, ensure_ascii=spaced, separators=(",", ":")))
    assert json.loads(line) == told
    for separator in ",;|\t":
        for cell in next(csv.reader(io.StringIO(line), delimiter=separator), []):
            assert not begins_like_a_formula(cell)
        for cell in line.split(separator):
            assert not begins_like_a_formula(cell)


@tries(200)
@given(TEXTS)
def test_json_is_only_changed_where_a_text_could_be_run(text: str) -> None:
    line = json.dumps({"a": text}, ensure_ascii=False, separators=(",", ":"))
    assert inert_json(line) == line or is_runnable(text)


def test_control_characters_are_shown_by_their_pictures() -> None:
    assert visible("a\0b\x1bc\rd\te\nf\ufffeg\ud800") == "a␀b␛c␍d\te\nf\ufffdg\ufffd"
