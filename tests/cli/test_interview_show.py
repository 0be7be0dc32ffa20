"""An interview in words, fit to be read aloud."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.cli.interviews import acme_in, interviews, laptop_in, record
from tests.cli.running import run
from tests.interview.held import answer, go_on
from tests.interview.small import write


@pytest.fixture
def acme(tmp_path: Path) -> Path:
    return acme_in(tmp_path)


@pytest.fixture
def laptop(acme: Path, tmp_path: Path) -> Path:
    return laptop_in(tmp_path, acme)


def test_it_prints_an_interview_in_words(acme: Path) -> None:
    ran = interviews("show", "interviews/p1.jsonl", cwd=acme)
    assert (ran.code, ran.err) == (0, "")
    for line in ("Interview: p1", "W1. I helped another unit.", "Answer: 4 Often", "Rated from evidence: 2 Rarely"):
        assert f"\n{line}\n" in ran.out
    assert "\nEvidence: minutes\n" in ran.out
    assert "\x1b" not in ran.out


def test_it_speaks_the_interview_s_language_or_another(acme: Path) -> None:
    assert "Réponse\N{NO-BREAK SPACE}: 1 Jamais" in interviews("show", "interviews/p2.jsonl", cwd=acme).out
    assert "Answer: 1 Never" in interviews("show", "interviews/p2.jsonl", "--lang", "en", cwd=acme).out
    ran = interviews("show", "interviews/p2.jsonl", "--lang", "tlh", cwd=acme)
    assert (ran.code, ran.out) == (2, "")
    assert "en, fr" in ran.err


def test_json_holds_the_same(acme: Path) -> None:
    found = record("show", "interviews/p1.jsonl", cwd=acme)
    (section,) = found["sections"]
    assert section["title"] == "Work"
    assert section["questions"][0] == {
        "id": "W1",
        "text": "I helped another unit.",
        "answer": {"value": 4, "words": "4 Often", "confidence": None},
        "rating": {"value": 2, "words": "2 Rarely", "confidence": None},
        "evidence": ["minutes"],
        "notes": [],
    }


def test_nothing_steers_the_terminal_or_turns_the_text_round(acme: Path) -> None:
    go_on(acme / "interviews/p2.jsonl", answer("OPEN1", "\x1b[2J\u202egone"))
    told = interviews("show", "interviews/p2.jsonl", cwd=acme).out
    assert "[2J\N{REPLACEMENT CHARACTER}gone" in told
    assert "\x1b" not in told
    assert "\u202e" not in told


def test_a_code_page_that_lacks_a_letter_gets_the_nearest(acme: Path) -> None:
    ran = run("interview", "show", "interviews/p2.jsonl", cwd=acme, env={"PYTHONIOENCODING": "ascii"})
    assert ran.code == 0
    assert "Reponse" in ran.out


def test_what_was_damaged_is_told_with_the_rest(acme: Path) -> None:
    path = acme / "interviews/p1.jsonl"
    path.write_bytes(path.read_bytes().replace(b'"value":4', b'"value":5'))
    ran = interviews("show", path, cwd=acme)
    assert ran.code == 0
    assert "damaged line (it was about W1); it is left out; everything else is kept" in ran.out


@pytest.mark.parametrize(
    ("name", "code", "told"),
    [
        ("interviews", 2, "this is a folder, and one interview is shown; name one of its journals"),
        ("nowhere.jsonl", 1, "there is no such file or folder; check the path"),
        ("engagement.yaml", 1, "not a journal; give a .jsonl file"),
        ("pipe.jsonl", 1, "not a file; give a journal"),
    ],
)
def test_what_is_no_journal_cannot_be_shown(name: str, code: int, told: str, acme: Path) -> None:
    os.mkfifo(acme / "pipe.jsonl")
    ran = interviews("show", name, cwd=acme)
    assert (ran.code, ran.out) == (code, "")
    assert told in ran.err


def test_another_framework_s_interview_needs_its_name(laptop: Path, tmp_path: Path) -> None:
    ran = interviews("show", laptop / "p3.jsonl", cwd=tmp_path)
    assert (ran.code, ran.out) == (1, "")
    assert "was held with the framework 'small', not 'enterprise-2.0'; name its folder with --framework" in ran.err
    framework = write(tmp_path / "small")
    assert interviews("show", laptop / "p3.jsonl", "--framework", framework, cwd=tmp_path).code == 0
