"""Interviews put together: everything that is done is told, and nothing is lost."""

from __future__ import annotations

from pathlib import Path

import pytest

from readiness.interview.journal import resume
from readiness.responses.journal import read_journal
from tests.cli.interviews import acme_in, contents, interviews, laptop_in, record
from tests.cli.running import run
from tests.interview.held import answer, go_on, hold


@pytest.fixture
def acme(tmp_path: Path) -> Path:
    return acme_in(tmp_path)


@pytest.fixture
def laptop(acme: Path, tmp_path: Path) -> Path:
    return laptop_in(tmp_path, acme)


def test_everything_that_is_done_is_listed(acme: Path, laptop: Path, tmp_path: Path) -> None:
    ran = interviews("merge", "laptop", "--into", "acme", cwd=tmp_path)
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.splitlines() == [
        "extended: laptop/p2.jsonl → acme/interviews/p2.jsonl",
        "copied: laptop/p3.jsonl → acme/interviews/p3.jsonl",
    ]
    assert read_journal(acme / "interviews/p2.jsonl").answers["W3"] == 5


def test_merging_again_changes_nothing(acme: Path, laptop: Path, tmp_path: Path) -> None:
    interviews("merge", "laptop", "--into", "acme", cwd=tmp_path)
    before = contents(tmp_path)
    ran = interviews("merge", "laptop", "acme", "--into", "acme", cwd=tmp_path)
    assert {line.split(":")[0] for line in ran.out.splitlines()} == {"there already"}
    assert contents(tmp_path) == before


def test_a_dry_run_only_says_so(acme: Path, laptop: Path, tmp_path: Path) -> None:
    before = contents(tmp_path)
    ran = interviews("merge", "laptop", "--into", "acme", "--dry-run", cwd=tmp_path)
    assert ran.err == "readiness: dry run: nothing was changed\n"
    assert contents(tmp_path) == before
    assert ran.out == interviews("merge", "laptop", "--into", "acme", cwd=tmp_path).out


def test_what_has_gone_apart_is_told_with_which_file_is_which(acme: Path, laptop: Path, tmp_path: Path) -> None:
    go_on(acme / "interviews/p2.jsonl", answer("W3", 1), answer("M1", 2))
    ran = interviews("merge", "laptop", "--into", "acme", cwd=tmp_path)
    assert ran.out.splitlines()[0] == "diverged: laptop/p2.jsonl → acme/interviews/p2-2.jsonl"
    apart, collision = ran.err.splitlines()
    assert apart == (
        "readiness: two copies of one interview diverged after 2 event(s): acme/interviews/p2.jsonl goes on with "
        "2 event(s) until 2026-03-06T09:00:20.000Z, acme/interviews/p2-2.jsonl with 1 until 2026-03-06T09:00:10.000Z"
    )
    assert collision.startswith("readiness: p2: different interviews share this pseudonym")
    assert "acme/interviews/p2-2.jsonl, acme/interviews/p2.jsonl; compare them with" in collision


def test_a_pseudonym_that_collides_is_told_with_how_to_mend(acme: Path, tmp_path: Path) -> None:
    hold(tmp_path / "other.jsonl", answer("W1", 5), respondent="p1")
    ran = interviews("merge", "other.jsonl", "--into", "acme", cwd=tmp_path)
    assert ran.code == 0
    assert "p1: different interviews share this pseudonym, so none of them will be scored" in ran.err
    scored = run("score", "acme", cwd=tmp_path)
    assert "1 respondent(s) set aside, since their rows differ: p1" in scored.err


def test_damaged_files_are_copied_as_they_are_and_named(acme: Path, laptop: Path, tmp_path: Path) -> None:
    torn = (laptop / "p3.jsonl").read_bytes().replace(b"small", b"smell")
    (laptop / "p3.jsonl").write_bytes(torn)
    ran = interviews("merge", "laptop", "--into", "acme", cwd=tmp_path)
    assert ran.code == 0
    assert ran.out.splitlines()[1] == "damaged: laptop/p3.jsonl → acme/interviews/p3.jsonl"
    assert "laptop/p3.jsonl, line 1: the journal's first line is damaged" in ran.err
    assert (acme / "interviews/p3.jsonl").read_bytes() == torn


def test_another_framework_s_interviews_are_refused_unless_told(acme: Path, laptop: Path, tmp_path: Path) -> None:
    hold(laptop / "x.jsonl", framework="large")
    before = contents(acme)
    ran = interviews("merge", "laptop", "--into", "acme", cwd=tmp_path)
    assert (ran.code, ran.out) == (1, "")
    assert ran.err == (
        "readiness: laptop/x.jsonl, line 1: this interview was held with the framework 'large', and the "
        "engagement's is 'small'; leave it out, or take it all the same with --any-framework\n"
    )
    assert contents(acme) == before
    assert interviews("merge", "laptop", "--into", "acme", "--any-framework", cwd=tmp_path).code == 0
    assert (acme / "interviews/x.jsonl").exists()


def test_what_lies_in_a_folder_and_is_no_journal_is_left_out(acme: Path, laptop: Path, tmp_path: Path) -> None:
    (laptop / "survey.jsonl").write_text('{"respondent": "r1", "W1": 3}\n')
    ran = interviews("merge", "laptop", "--into", "acme", cwd=tmp_path)
    assert ran.code == 0
    assert "readiness: left out: laptop/survey.jsonl, line 1: not a journal" in ran.err
    assert not (acme / "interviews/survey.jsonl").exists()


def test_json_says_what_was_done(acme: Path, laptop: Path, tmp_path: Path) -> None:
    found = record("merge", "laptop", "--into", "acme", cwd=tmp_path)
    assert (found["dry_run"], found["collisions"]) == (False, [])
    assert [(step["what"], step["file"]) for step in found["done"]] == [
        ("extended", "acme/interviews/p2.jsonl"),
        ("copied", "acme/interviews/p3.jsonl"),
    ]


def test_an_interview_that_is_being_held_is_not_touched(acme: Path, laptop: Path, tmp_path: Path) -> None:
    writer, _ = resume(acme / "interviews/p2.jsonl")
    with writer:
        ran = interviews("merge", "laptop", "--into", "acme", cwd=tmp_path)
    assert (ran.code, ran.out) == (1, "")
    assert "p2.jsonl: an interview is being held in this journal; close it, then merge again" in ran.err


def test_every_place_that_is_none_is_told_and_nothing_done(acme: Path, laptop: Path, tmp_path: Path) -> None:
    before = contents(tmp_path)
    ran = interviews("merge", "nowhere", "laptop", "acme/engagement.yaml", "--into", "acme", cwd=tmp_path)
    assert (ran.code, ran.out) == (1, "")
    assert "nowhere: there is no such file or folder; check the path" in ran.err
    assert "acme/engagement.yaml, line 1: not a journal" in ran.err
    assert ran.err.endswith("2 faults\n")
    ran = interviews("merge", "acme", "--into", "laptop", cwd=tmp_path)
    assert (ran.code, ran.out) == (1, "")
    assert "--into laptop: this is not an engagement; name a folder that has an engagement.yaml" in ran.err
    assert contents(tmp_path) == before
