"""A report in a language that nobody wrote code for: an Italian framework, and a catalogue with a few words."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.cli.running import run

FRAMEWORK = """format: 1
id: piccolo
version: "1.0"
languages: [it]
title: {it: Collaborazione in azienda}
questionnaires: [cultura.yaml]
scales:
  accordo:
    options:
      - {value: 1, label: {it: Per niente d’accordo}}
      - {value: 2, label: {it: Né d’accordo né in disaccordo}}
      - {value: 3, label: {it: Del tutto d’accordo}}
"""
QUESTIONS = """dimension: cultura
title: {it: Cultura}
indicators:
  fiducia:
    desired: high
    title: {it: Fiducia}
    items:
      F1: {text: {it: Mi fido dei colleghi.}, scale: accordo}
      F2: {text: {it: Mi fido della direzione.}, scale: accordo}
"""
WORDS = """msgid "In brief"
msgstr "In breve"

msgid "%(n)s respondent"
msgid_plural "%(n)s respondents"
msgstr[0] "%(n)s persona ha risposto"
msgstr[1] "%(n)s persone hanno risposto"
"""
ANSWERS = [(1, 3), (2, 3), (3, 3), (1, 1), (2, 2), (3, 2), (1, 3)]


@pytest.fixture
def italian(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name, text in {
        "piccolo/framework.yaml": FRAMEWORK,
        "piccolo/cultura.yaml": QUESTIONS,
        "parole/it.po": WORDS,
        "risposte.csv": "respondent,F1,F2\n" + "".join(f"r{n},{a},{b}\n" for n, (a, b) in enumerate(ANSWERS)),
    }.items():
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
    monkeypatch.setenv("READINESS_LOCALES", "parole")
    return tmp_path


def test_the_report_is_italian_as_far_as_the_words_go(italian: Path) -> None:
    ran = run("report", "risposte.csv", "--framework", "piccolo", "--out", "r.html", cwd=italian)
    assert ran.code == 0
    page = (italian / "r.html").read_text(encoding="utf-8")
    for words in ("<html lang=it>", "In breve</h2>", "7 persone hanno risposto", "Mi fido dei colleghi."):
        assert words in page.replace('"it"', "it")
    assert "<span lang=en>Readiness report</span>" in page.replace('"en"', "en")
    assert "lang=it>Mi fido" not in page


def test_numbers_are_as_the_language_writes_them(italian: Path) -> None:
    ran = run("score", "risposte.csv", "--framework", "piccolo", "--lang", "it", cwd=italian)
    assert "1.000 redraws" in ran.out


def test_how_much_is_not_translated_is_told(italian: Path) -> None:
    ran = run("report", "risposte.csv", "--framework", "piccolo", "--out", "r.md", cwd=italian)
    assert "of our texts are not translated into Italian and stay English" in ran.err
    assert "In breve" in (italian / "r.md").read_text(encoding="utf-8")


def test_a_fault_in_the_words_costs_nothing_that_was_there(italian: Path) -> None:
    (italian / "r.html").write_text("before", encoding="utf-8")
    (italian / "parole" / "it.po").write_text('msgid "In brief"\nmsgstr "<b>"\n', encoding="utf-8")
    ran = run("report", "risposte.csv", "--framework", "piccolo", "--out", "r.html", cwd=italian)
    assert ran.code == 1
    assert ran.err.endswith(
        "readiness: parole/it.po, line 1: the translation holds '<', which breaks pages; leave it out\n"
    )
    assert (italian / "r.html").read_text(encoding="utf-8") == "before"


def test_what_comes_along_is_complete_and_says_nothing(survey: Path, tmp_path: Path) -> None:
    ran = run("report", survey, "--out", "r.md", "--lang", "fr", cwd=tmp_path)
    assert "not translated" not in ran.err


def test_a_pipe_among_the_words_is_one_fault_and_no_wait(italian: Path) -> None:
    (italian / "parole" / "it.po").unlink()
    os.mkfifo(italian / "parole" / "it.po")
    ran = run("score", "risposte.csv", "--framework", "piccolo", cwd=italian)
    assert (ran.code, ran.out) == (1, "")
    assert ran.err == "readiness: parole/it.po: this is no file; take it away, or put a file in its place\n"
