"""Numbers, lists and words in the reader's language."""

from __future__ import annotations

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from readiness.language.speech import speak, spoken

NARROW, WIDE = "\u202f", "\u00a0"


def test_english_and_french_are_spoken() -> None:
    assert spoken()[0] == "en"
    assert {"en", "fr"} <= set(spoken())


def test_french_has_a_decimal_comma_and_narrow_spaces() -> None:
    french = speak("fr")
    assert french.number(12345.678, 1) == f"12{NARROW}345,7"
    assert french.percent(0.453) == f"45{WIDE}%"
    assert french.percent(0.4534, 1) == f"45,3{WIDE}%"
    assert french.listed(["a", "b", "c"]) == "a, b et c"
    assert french.date(datetime.date(2026, 1, 2)) == "2 janvier 2026"


def test_english_dates_are_british_unless_a_territory_is_named() -> None:
    day = datetime.date(2026, 4, 15)
    assert [speak(tag).date(day) for tag in ("en", "en-GB", "en-US")] == ["15 April 2026"] * 2 + ["April 15, 2026"]


def test_english_has_a_decimal_point() -> None:
    english = speak("en")
    assert english.number(12345.678, 1) == "12,345.7"
    assert english.percent(0.453) == "45%"
    assert english.listed(["a", "b"]) == "a and b"


def test_a_difference_has_its_sign_and_zero_has_none() -> None:
    english = speak("en")
    assert [english.signed(x, 1) for x in (3.2, -3.2, 0.0, -0.01)] == ["+3.2", "−3.2", "0.0", "0.0"]


def test_plurals_follow_the_language() -> None:
    one, many = "%(n)s respondent", "%(n)s respondents"
    assert speak("en").ngettext(one, many, 0) == many
    assert speak("fr").ngettext(one, many, 0) == speak("fr").ngettext(one, many, 1)
    assert speak("fr").ngettext(one, many, 2) != speak("fr").ngettext(one, many, 1)


@pytest.mark.parametrize("tag", ["fr-CA", "fr_CH", "fr", "FR"])
def test_a_region_speaks_its_language(tag: str) -> None:
    assert speak(tag).gettext("In brief") == "En bref"


@pytest.mark.parametrize("tag", ["xx", "de", "", "../../etc/passwd", "not a language"])
def test_an_unknown_language_is_english(tag: str) -> None:
    assert speak(tag).language == "en"
    assert speak(tag).gettext("In brief") == "In brief"


def test_an_unknown_message_is_its_own_translation() -> None:
    assert speak("fr").gettext("No such message") == "No such message"
    assert speak("fr").gettext("") == ""


def test_languages_are_named_in_the_reader_s_language() -> None:
    assert speak("fr").language_name("en") == "anglais"
    assert speak("en").language_name("fr") == "French"
    assert speak("en").language_name("no such tag") == "no such tag"


@given(st.floats(min_value=-1e9, max_value=1e9), st.integers(min_value=0, max_value=4))
def test_a_number_is_rounded_once(x: float, digits: int) -> None:
    read = speak("en").number(x, digits).replace(",", "").replace("−", "-")
    assert float(read) == float(format(x, f".{digits}f"))
    french = speak("fr").number(x, digits).replace(NARROW, "").replace(",", ".").replace("−", "-")
    assert float(french) == float(read)
