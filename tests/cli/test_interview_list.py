"""The list says of every interview how far it has come, and of every journal what is wrong with it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.interviews import acme_in, interviews, laptop_in, record
from tests.cli.running import run
from tests.interview.small import write


@pytest.fixture
def acme(tmp_path: Path) -> Path:
    return acme_in(tmp_path)


@pytest.fixture
def laptop(acme: Path, tmp_path: Path) -> Path:
    return laptop_in(tmp_path, acme)


def test_it_says_of_each_whose_it_is_and_how_far_it_has_come(acme: Path) -> None:
    found = record("list", acme, cwd=acme)
    assert found["missing_roles"] == found["damaged"] == []
    assert found["interviews"][0] == {
        "id": "p1",
        "role": "manager",
        "language": "en",
        "begun": "2026-03-05T09:00:10.000Z",
        "last": "2026-03-05T09:00:40.000Z",
        "answered": 2,
        "asked": 2,
        "rated": 1,
        "notes": 0,
        "finished": True,
        "file": f"{acme}/interviews/p1.jsonl",
        "framework": "small",
        "damaged": [],
    }
    assert [one["finished"] for one in found["interviews"]] == [True, False]


def test_the_table_has_the_unfinished_first_and_below_it_the_roles_to_come(acme: Path) -> None:
    (acme / "interviews/p1.jsonl").unlink()
    ran = interviews("list", acme, cwd=acme)
    assert ran.code == 0
    assert [word in ran.out for word in ("p2", "employee", "2026-03-05", "2 / ", "unfinished", "p2.jsonl")]
    assert ran.err == "readiness: not interviewed yet: Manager\n"


def test_it_speaks_the_engagement_s_framework_s_languages(acme: Path) -> None:
    told = interviews("list", acme, "--lang", "fr", cwd=acme).out
    assert "Entretien" in told
    assert "en cours" in told


def test_a_damaged_journal_is_listed_with_what_is_wrong(acme: Path) -> None:
    (acme / "interviews/d.jsonl").write_bytes(bytes(100))
    ran = interviews("list", acme, cwd=acme)
    assert (ran.code, "damaged" in ran.out) == (0, True)
    assert f"readiness: {acme}/interviews/d.jsonl, line 1: not a journal; give a .jsonl file" in ran.err
    (damaged,) = record("list", acme, cwd=acme)["damaged"]
    assert (damaged["file"], damaged["what"]) == (f"{acme}/interviews/d.jsonl", "not a journal")


def test_the_folder_one_is_in_is_listed_where_none_is_named(acme: Path, tmp_path: Path) -> None:
    assert len(record("list", cwd=acme)["interviews"]) == 2
    assert len(record("list", "acme/interviews", cwd=tmp_path)["interviews"]) == 2
    (elsewhere := tmp_path / "elsewhere").mkdir()
    ran = interviews("list", cwd=elsewhere)
    assert (ran.code, ran.out) == (1, "")
    assert "there are no interviews here; name an engagement's folder" in ran.err
    run("interview", "--plain", cwd=elsewhere)
    assert len(record("list", cwd=elsewhere)["interviews"]) == 1


def test_journals_of_a_framework_of_one_s_own_are_counted_with_it(laptop: Path, tmp_path: Path) -> None:
    framework = write(tmp_path / "small")
    assert [one["asked"] for one in record("list", laptop, cwd=tmp_path)["interviews"]] == [None, None]
    found = record("list", laptop, "--framework", framework, cwd=tmp_path)
    assert [(one["answered"], one["asked"] > 3) for one in found["interviews"]] == [(3, True), (1, True)]


def test_two_hundred_are_listed_at_once(acme: Path) -> None:
    sound = (acme / "interviews/p1.jsonl").read_bytes()
    for n in range(200):
        (acme / f"interviews/x{n:03}.jsonl").write_bytes(sound)
    assert len(record("list", acme, cwd=acme)["interviews"]) == 202


@pytest.mark.parametrize(
    ("where", "code", "told"),
    [
        ("nowhere", 1, "nowhere: there is no such file or folder; check the path"),
        ("engagement.yaml", 2, "this is a file; list needs a folder"),
    ],
)
def test_what_cannot_be_listed_is_said(where: str, code: int, told: str, acme: Path) -> None:
    ran = interviews("list", where, cwd=acme)
    assert (ran.code, ran.out) == (code, "")
    assert told in ran.err
