"""A theme out of an engagement's settings."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from readiness.faults import EditionError
from readiness.report.theme import Theme
from readiness.report.theme.reading import read_theme

SVG = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 2 1"><rect width="2" height="1"/></svg>'


def theme(folder: Path, text: str) -> Theme:
    (folder / "engagement.yaml").write_text(f"client: Brivelane\n{text}", encoding="utf-8")
    return read_theme(folder)


def faults(folder: Path, text: str) -> list[str]:
    with pytest.raises(EditionError) as caught:
        theme(folder, text)
    return [f"{fault.line}: {fault.what}; {fault.mend}" for fault in caught.value.faults]


def test_without_a_theme_a_report_is_the_client_s(tmp_path: Path) -> None:
    assert theme(tmp_path, "") == Theme(client="Brivelane")


def test_everything_a_theme_may_say(tmp_path: Path) -> None:
    (tmp_path / "logo.svg").write_bytes(SVG)
    read = theme(
        tmp_path,
        """theme:
  firm: Marlowe & Finch
  client: Brivelane Group
  authors: [Ada Marlowe, Élie Finch]
  date: 2026-03-05
  confidentiality: {en: For the board, fr: Réservé au conseil}
  logo: logo.svg
  logo_alt: {en: Two birds}
  colours: {accent: "#5b2a86", dark: {accent: "#C9A"}}
  serif: Garamond Premier
""",
    )
    assert (read.firm, read.client, read.authors) == (
        "Marlowe & Finch",
        "Brivelane Group",
        ("Ada Marlowe", "Élie Finch"),
    )
    assert read.date == datetime.date(2026, 3, 5)
    assert read.confidentiality["fr"] == "Réservé au conseil"
    assert read.logo is not None
    assert read.logo.uri.startswith("data:image/svg+xml;base64,")
    assert read.light["accent"] == "#5b2a86"
    assert read.dark["accent"] == "#cc99aa"
    assert (read.serif, read.sans) == ("Garamond Premier", "")


def test_words_may_stand_for_a_day(tmp_path: Path) -> None:
    assert theme(tmp_path, "theme: {date: {en: Spring 2026, fr: printemps 2026}}\n").date == {
        "en": "Spring 2026",
        "fr": "printemps 2026",
    }


def test_all_faults_are_told_at_once_with_their_lines(tmp_path: Path) -> None:
    found = faults(
        tmp_path,
        """theme:
  frim: Marlowe
  date: 2026-02-30
  logo: missing.png
  colours:
    accent: "#9bd0ee"
    risk: red
    good: #0b6b4f
  sans: "x; } body { display: none"
""",
    )
    assert [line.split(":")[0] for line in found] == ["3", "4", "5", "7", "8", "9", "10"]
    for line, words in zip(
        found,
        (
            "did you mean 'firm'",
            "a day that exists",
            "there is no logo 'missing.png'",
            "needs 4.5; #",
            "six hexadecimal digits",
            "# begins a comment",
            "the name of one font",
        ),
        strict=True,
    ):
        assert words in line


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("logo.png", SVG, "is no PNG picture"),
        ("logo.svg", b"<html></html>", "is no SVG picture"),
        ("logo.svg", b'<!DOCTYPE svg [<!ENTITY a "aaaa">]><svg/>', "entities"),
        ("logo.svg", SVG + b" " * 100_000, "more than 100 kB"),
        ("logo.bmp", b"BM", "of no kind that pages show; save it as .svg"),
    ],
)
def test_what_cannot_be_a_logo_is_refused(name: str, content: bytes, words: str, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(content)
    [found] = faults(tmp_path, f"theme: {{firm: M, logo: {name}}}\n")
    assert words in found


@pytest.mark.parametrize("name", ["../logo.svg", "/etc/logo.svg"])
def test_a_logo_lies_beside_the_engagement(name: str, tmp_path: Path) -> None:
    [found] = faults(tmp_path, f"theme: {{firm: M, logo: {name}}}\n")
    assert "outside the engagement" in found


def test_a_logo_says_what_it_shows(tmp_path: Path) -> None:
    (tmp_path / "logo.svg").write_bytes(SVG)
    assert "nothing says what the logo shows" in faults(tmp_path, "theme: {logo: logo.svg}\n")[0]


@given(st.text(max_size=40))
def test_no_font_s_name_leaves_its_string(name: str) -> None:
    from readiness.report.theme.reading import _FONT

    if _FONT.fullmatch(name):
        assert not set(name) & set("\"'\\;{}<>()/\n\r\f")


def test_a_text_in_a_language_that_no_report_is_in_is_a_fault_as_in_a_commentary(tmp_path: Path) -> None:
    (tmp_path / "logo.svg").write_bytes(SVG)
    text = """client: Brivelane
theme:
  date: {en: Spring, frr: printemps}
  confidentiality: {xx: For the board}
  logo: logo.svg
  logo_alt: {en: Two birds, fr: Deux oiseaux}
"""
    (tmp_path / "engagement.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(EditionError) as caught:
        read_theme(tmp_path, ("en", "fr"))
    assert [(fault.line, fault.what, fault.mend.split(";")[0]) for fault in caught.value.faults] == [
        (3, "theme: 'date': unknown language 'frr'", "did you mean 'fr'?"),
        (4, "theme: 'confidentiality': unknown language 'xx'", "use one of en, fr"),
    ]
