"""Length and negations of items: what the word lists find, and what they leave alone."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from readiness.framework.loading import check
from readiness.framework.style import MOST_WORDS, negations_in, words_of


@pytest.mark.parametrize(
    ("language", "text", "found"),
    [
        ("en", "I do not trust the plan.", ["not"]),
        ("en", "We don’t ask, and we don't tell.", ["don’t", "don't"]),
        ("en", "I am never left uninformed.", ["never", "uninformed"]),
        ("en", "Nobody works without a plan.", ["Nobody", "without"]),
        ("en", "Until we unite under one unit, unless it is unique, ask.", []),
        ("en", "An unclear goal is set.", []),
        ("en", "Notes are noted in a notebook; another knot.", []),
        ("fr", "Je ne discute pas les consignes.", ["ne"]),
        ("fr", "On n’est jamais informé de rien.", ["n’est"]),
        ("fr", "Il n'est pas inutile de demander.", ["n'est", "inutile"]),
        ("fr", "On travaille sans plan et personne ne le dit.", ["sans", "ne"]),
        ("fr", "On avance pas à pas, une nouvelle unité à la fois.", []),
        ("de", "Niemand weiß nichts.", []),
        ("fr-CA", "Je ne sais pas.", ["ne"]),
    ],
)
def test_negations_are_found_by_language(language: str, text: str, found: list[str]) -> None:
    assert negations_in(text, language) == found


def test_words_are_what_stands_between_spaces_and_holds_a_letter() -> None:
    assert words_of("« L’idée » : 12 à 14 – oui !") == ["L’idée", "12", "à", "14", "oui"]


@pytest.mark.parametrize(
    ("item", "hint"),
    [
        (
            "{text: {en: We are not asked., fr: On décide seuls.}, reversed: true",
            "is reversed by a negation in en: 'not'",
        ),
        (
            "{text: {en: We are told., fr: On ne nous dit rien.}, reversed: true",
            "is reversed by a negation in fr: 'ne'",
        ),
        ("{text: {en: Nobody is never asked., fr: On demande.}", "negates twice in en: 'Nobody' and 'never'"),
        ("{text: {en: We are never told., fr: On nous dit.}", "holds a negation in en: 'never'"),
        (f"{{text: {{en: {'word ' * (MOST_WORDS + 1)}, fr: Mot.}}", f"has {MOST_WORDS + 1} words in en"),
    ],
)
def test_what_is_badly_worded_is_a_hint_and_no_warning(
    write: Callable[..., Path], good: dict[str, str], item: str, hint: str
) -> None:
    worded = good["culture.yaml"].replace("CUL03: {text: {en: We are told., fr: On nous dit.}", f"CUL03: {item}")
    checked = check(write(culture=worded))
    assert (checked.faults, checked.warnings) == ((), ())
    assert [fault.what for fault in checked.hints] == [f"item 'CUL03' {hint}"]
    assert checked.hints[0].line is not None


def test_a_text_for_all_languages_is_read_in_the_first(write: Callable[..., Path], good: dict[str, str]) -> None:
    worded = good["culture.yaml"].replace("{en: We are told., fr: On nous dit.}", "We are not told.")
    (found,) = check(write(culture=worded)).hints
    assert found.what == "item 'CUL03' holds a negation: 'not'"


def test_without_languages_the_fault_is_told_and_no_text_is_judged(
    write: Callable[..., Path], good: dict[str, str]
) -> None:
    worded = good["culture.yaml"].replace("{en: We are told., fr: On nous dit.}", "We are not told.")
    header = good["framework.yaml"].replace("languages: [en, fr]\n", "")
    checked = check(write(framework=header, culture=worded))
    assert any("languages" in fault.what for fault in checked.faults)
    assert checked.hints == ()


def test_a_well_worded_framework_has_no_hints(write: Callable[..., Path]) -> None:
    assert check(write()).hints == ()
