"""Interviews as a table, written like every other: confidential, inert, whole or not at all."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest

from tests.cli.interviews import acme_in, contents, interviews, laptop_in
from tests.cli.running import run
from tests.interview.held import hold
from tests.interview.small import write


@pytest.fixture
def acme(tmp_path: Path) -> Path:
    return acme_in(tmp_path)


@pytest.fixture
def laptop(acme: Path, tmp_path: Path) -> Path:
    return laptop_in(tmp_path, acme)


def test_a_table_comes_on_stdout_and_the_warning_on_stderr(acme: Path) -> None:
    ran = interviews("export", ".", cwd=acme)
    assert ran.code == 0
    assert ran.err == "readiness: confidential: what individuals said in interviews; do not pass it on\n"
    rows = list(csv.DictReader(io.StringIO(ran.out)))
    assert [(row["respondent"], row["role"], row["W1"], row["W3"]) for row in rows] == [
        ("p1", "manager", "4", "dk"),
        ("p2", "employee", "1", ""),
    ]


def test_ratings_may_stand_in_place_of_answers(acme: Path) -> None:
    rows = list(csv.DictReader(io.StringIO(interviews("export", ".", "--ratings", cwd=acme).out)))
    assert [(row["respondent"], row["W1"]) for row in rows] == [("p1", "2"), ("p2", "")]


@pytest.mark.parametrize("kind", ["csv", "xlsx", "parquet", "jsonl"])
def test_what_is_written_is_scored_like_the_interviews(kind: str, company: Path, tmp_path: Path) -> None:
    ran = interviews("export", company, "--out", f"out.{kind}", cwd=tmp_path)
    assert (ran.code, ran.out) == (0, "")
    assert ran.err.startswith(f"readiness: wrote out.{kind}, confidential")
    assert "could not be read" not in run("score", f"out.{kind}", cwd=tmp_path).err


def test_a_journal_named_twice_is_one_row(acme: Path) -> None:
    ran = interviews("export", ".", "interviews", "interviews/p1.jsonl", cwd=acme)
    assert len(ran.out.splitlines()) == 3


@pytest.mark.parametrize(
    ("out", "told"),
    [
        ("t.docx", "--out t.docx: a table of interviews is written as .csv, .xlsx, .parquet or .jsonl"),
        ("interviews/p1.jsonl", "whatever lies in interviews is read as answers"),
        ("interviews/t.csv", "whatever lies in interviews is read as answers"),
        ("surveys/t.csv", "whatever lies in surveys is read as answers"),
    ],
)
def test_nothing_is_written_over_or_where_it_would_be_read(out: str, told: str, acme: Path) -> None:
    before = contents(acme)
    ran = interviews("export", ".", "--out", out, cwd=acme)
    assert (ran.code, ran.out) == (2, "")
    assert told in ran.err
    assert contents(acme) == before


def test_no_table_is_written_as_if_it_were_a_journal_of_the_folder(laptop: Path, tmp_path: Path) -> None:
    framework = write(tmp_path / "small")
    ran = interviews("export", "laptop", "--framework", framework, "--out", "laptop/t.jsonl", cwd=tmp_path)
    assert ran.code == 2
    assert "whatever lies in laptop and ends in .jsonl is read as a journal; name another folder" in ran.err


def test_every_fault_of_every_source_is_told_and_nothing_written(acme: Path) -> None:
    (acme / "interviews/d.jsonl").write_bytes(bytes(100))
    hold(acme / "interviews/x.jsonl", framework="large")
    ran = interviews("export", ".", "--out", "t.csv", cwd=acme)
    assert (ran.code, ran.out) == (1, "")
    assert "d.jsonl, line 1: not a journal" in ran.err
    assert "x.jsonl, line 1: this interview was held with the framework 'large', not 'small'" in ran.err
    assert ran.err.endswith("2 faults\n")
    assert not (acme / "t.csv").exists()


def test_a_place_without_journals_is_a_fault(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    ran = interviews("export", "empty", cwd=tmp_path)
    assert (ran.code, ran.out) == (1, "")
    assert "empty: there is no journal here; name an engagement" in ran.err
