"""Every word that is said has a translation, and no translation is for words that nobody says."""

from __future__ import annotations

import ast
import re
from functools import lru_cache
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po

from readiness.language.speech import LOCALES
from tests.language.extraction import ROOT, message_ids

CATALOGUES = sorted(LOCALES.glob("*.po"))
PLACES = re.compile(r"%\(\w+\)s|\{\w*\}")


@lru_cache
def asked_for() -> dict[str | tuple[str, ...], list[str]]:
    return message_ids()


def catalogue(path: Path) -> Catalog:
    with path.open("rb") as file:
        return read_po(file, locale=path.stem)


@pytest.mark.parametrize("path", CATALOGUES, ids=lambda path: path.stem)
def test_every_message_is_translated(path: Path) -> None:
    known = {message.id: message for message in catalogue(path) if message.id}
    missing = {
        message: places
        for message, places in asked_for().items()
        if message not in known or not all(_forms(known[message].string)) or known[message].fuzzy
    }
    assert missing == {}


@pytest.mark.parametrize("path", CATALOGUES, ids=lambda path: path.stem)
def test_no_translation_is_stale(path: Path) -> None:
    said = set(asked_for()) | _literals()
    stale = [message.id for message in catalogue(path) if message.id and message.id not in said]
    assert stale == []


@pytest.mark.parametrize("path", CATALOGUES, ids=lambda path: path.stem)
def test_translations_fill_in_the_same_values(path: Path) -> None:
    for message in catalogue(path):
        if not message.id:
            continue
        allowed = set(PLACES.findall(" ".join(_forms(message.id))))
        for form in _forms(message.string):
            used = set(PLACES.findall(form))
            assert used <= allowed, message.id
            if len(_forms(message.id)) == 1:
                assert used == allowed, message.id


def test_french_typography_holds() -> None:
    for message in catalogue(LOCALES / "fr.po"):
        for form in _forms(message.string) if message.id else ():
            text = PLACES.sub("x", form)
            assert not re.search(r"[\w»)] ?[;:?!](?=\s|$)", text), form
            assert not re.search(r"«(?![\u00a0\u202f])|(?<![\u00a0\u202f])»", text), form
            assert "'" not in text, form


def _forms(text: str | tuple[str, ...] | list[str]) -> list[str]:
    return [text] if isinstance(text, str) else list(text)


@lru_cache
def _literals() -> frozenset[str]:
    """Strings of the code: some message ids are chosen there and said elsewhere."""
    return frozenset(
        node.value
        for path in (ROOT / "readiness").rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    )
