"""A plural rule that is taken says for every number of things which form goes with it; any other is refused."""

from __future__ import annotations

import gettext

import pytest
from babel import Locale
from babel.messages.plurals import PLURALS
from hypothesis import given
from hypothesis import strategies as st

from readiness.language.plurals import wrong_headers, wrong_rule

ITALIAN = Locale.parse("it")


@pytest.mark.parametrize(("forms", "rule"), sorted(set(PLURALS.values())))
def test_the_rules_of_languages_are_taken(forms: int, rule: str) -> None:
    assert wrong_rule(rule, forms) is None


@pytest.mark.parametrize(
    ("rule", "forms", "what"),
    [
        ("n/0", 2, "'n/0' divides by nothing"),
        ("n == 7 ? 1 / (n - 7) : 0", 2, "divides by nothing"),
        ("1 / (n - 5000)", 2, "divides by what may be nothing"),
        ("n", 2, "gives 2 things the form 2, and there are 2"),
        ("0 - (n > 1)", 2, "gives 2 things the form -1"),
        ('__import__("os")', 2, "is none (invalid token in plural form: __import__)"),
        ("9**9**9", 2, "is none"),
        ("n == !n", 2, "is none"),
        ("(" * 400, 2, "((…' is none"),
        ("", 2, "'' is none"),
        ("0", 0, "and not 0"),
        ("0", 10**9, "and not 1000000000"),
    ],
)
def test_a_rule_that_fails_for_some_number_is_refused(rule: str, forms: int, what: str) -> None:
    assert what in str(wrong_rule(rule, forms))


PIECES = st.sampled_from(
    ["n", "0", "1", "2", "10", "%", "/", "*", "-", "+", "==", ">", "!", "&&", "||", "?", ":", "(", ")"]
)


@given(st.lists(PIECES, max_size=9).map(" ".join), st.integers(1, 4), st.integers(0, 10**9))
def test_a_rule_that_is_taken_never_fails(rule: str, forms: int, n: int) -> None:
    if wrong_rule(rule, forms) is None:
        assert isinstance(gettext.c2py(rule)(n), int)


@pytest.mark.parametrize("spelled", ['msgid ""', ' msgid  ""  ', 'msgid ""\n""', 'msgctxt "x"\nmsgid ""'])
def test_a_header_is_found_however_it_is_spelled(spelled: str) -> None:
    text = f'{spelled}\nmsgstr ""\n"Plural-"\n"Forms: nplurals=2; plural=n/0;\\n"\n'
    [(_line, what, mend)] = wrong_headers(text.splitlines(), ITALIAN)
    assert "divides by nothing" in what
    assert mend.startswith('write "Plural-Forms: nplurals=2; plural=(n != 1);\\n"')


def test_every_header_is_judged_by_its_line() -> None:
    good, bad = (f'msgid ""\nmsgstr ""\n"plural-forms: nplurals=2; plural={rule};\\n"\n' for rule in ("n > 1", "n / 0"))
    assert [line for line, *_ in wrong_headers((good + bad).splitlines(), ITALIAN)] == [6]


def test_what_a_message_says_is_no_header() -> None:
    text = 'msgid ""\n"In brief"\nmsgstr "Plural-Forms: nplurals=2; plural=n/0;\\n"\n'
    assert list(wrong_headers(text.splitlines(), ITALIAN)) == []
