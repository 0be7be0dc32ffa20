"""What the interviewer rated from evidence: beside what was said, or in its place, as the engagement asks for it."""

from __future__ import annotations

import csv
import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from tests.cli.running import Ran, run
from tests.responses.journals import said, seen, written

ANSWERS, RATINGS = {"GOV21": 4, "GOV22": "dk", "PRO11": 5}, {"GOV21": 2, "GOV22": 1, "PRO12": 4}


@pytest.fixture
def engagement(survey: Path, tmp_path: Path) -> Path:
    """One survey of 48 people, and an interview in which something was rated."""
    folder = tmp_path / "engagement"
    for name in ("surveys", "interviews"):
        (folder / name).mkdir(parents=True)
    shutil.move(survey, folder / "surveys")
    events = [
        *(said(item, value) for item, value in ANSWERS.items()),
        *(seen(i, v, "Minutes.") for i, v in RATINGS.items()),
    ]
    held(folder / "interviews/one.jsonl", *events)
    return folder


def held(path: Path, *events: Any) -> Path:
    return written(path, *events, respondent="somebody", framework="enterprise-2.0", role="executive")


def scored(engagement: Path, settings: str = "", *options: object) -> Ran:
    (engagement / "engagement.yaml").write_text(f"client: Somebody\n{settings}", encoding="utf-8")
    return run("score", engagement, *options, cwd=engagement.parent)


def result(engagement: Path, settings: str = "") -> dict[str, Any]:
    ran = scored(engagement, settings, "--format", "json")
    assert ran.code == 0
    return dict(json.loads(ran.out))


def said_by(engagement: Path, answers: dict[str, Any]) -> dict[str, Any]:
    """The result with an interview in which nothing was rated."""
    held(engagement / "interviews/one.jsonl", *(said(item, value) for item, value in answers.items()))
    return result(engagement)


def test_beside_the_result_is_the_one_without_ratings_and_a_group_more(engagement: Path) -> None:
    found = result(engagement)
    assert result(engagement, "evidence: beside\n") == found
    evidence = found.pop("evidence")
    assert evidence["use"] == "beside"
    assert evidence["texts"] == {item: ["Minutes."] for item in RATINGS}
    assert "somebody" not in json.dumps(evidence)
    assert found["groups"].pop()["by"] == {"source": "evidence"}
    assert found == said_by(engagement, ANSWERS)


@pytest.mark.parametrize(
    ("use", "composed"),
    [
        ("fills", {"GOV21": 4, "GOV22": 1, "PRO11": 5, "PRO12": 4}),
        ("replaces", {"GOV21": 2, "GOV22": 1, "PRO11": 5, "PRO12": 4}),
    ],
)
def test_mixed_the_result_is_that_of_interviews_composed_by_hand(
    use: str, composed: dict[str, Any], engagement: Path
) -> None:
    apart, found = result(engagement), result(engagement, f"evidence: {use}\n")
    assert found["evidence"] == apart["evidence"] | {"use": use}
    assert found.pop("groups")[-1] == apart["groups"][-1]
    by_hand = said_by(engagement, composed)
    assert found["overall"] == by_hand["overall"]


def test_how_many_ratings_stand_in_is_told(engagement: Path) -> None:
    ran = scored(engagement, "evidence: replaces\n")
    assert "evidence: replaces: 3 rating(s) from evidence stand in the place of what interviewees said" in ran.err


def test_another_word_is_a_fault_with_its_line_and_the_choices(engagement: Path) -> None:
    ran = scored(engagement, "groups: [role]\nevidence: replace\n")
    assert (ran.code, ran.out) == (1, "")
    assert "engagement.yaml, line 3: the engagement: 'evidence' should be one of beside, fills, replaces" in ran.err
    assert "did you mean 'replaces'?" in ran.err


def test_journals_by_themselves_have_what_was_seen_beside_them(engagement: Path) -> None:
    journal = engagement / "interviews/one.jsonl"
    rated = json.loads(run("score", journal, "--format", "json", cwd=engagement).out)
    assert [group["by"] for group in rated["groups"]] == [{"source": "evidence"}]
    held(journal, *(said(item, value) for item, value in ANSWERS.items()))
    plain = json.loads(run("score", journal, "--format", "json", cwd=engagement).out)
    assert (rated["overall"], plain["groups"]) == (plain["overall"], [])


@pytest.mark.parametrize("ending", ["html", "md"])
def test_ratings_alone_are_scored_and_told_though_nobody_said_anything(ending: str, tmp_path: Path) -> None:
    journal = held(tmp_path / "j.jsonl", seen("GOV21", 2, "Minutes."), seen("GOV22", 1))
    found = json.loads(run("score", journal, "--format", "json", cwd=tmp_path).out)
    assert (found["overall"]["n"], found["groups"][0]["indicators"]["decision_participation"]["value"]) == (0, 12.5)
    assert run("report", journal, "--out", f"r.{ending}", cwd=tmp_path).code == 0
    assert "Minutes." in (tmp_path / f"r.{ending}").read_text(encoding="utf-8").replace("\\", "")


def test_each_interview_s_ratings_are_a_row_of_their_own(engagement: Path) -> None:
    ran = scored(engagement, "", "--out", "each.csv")
    assert ran.code == 0
    with (engagement.parent / "each.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [row["source"] for row in rows[-2:]] == ["interview", "evidence"]
    assert {row["respondent (confidential)"] for row in rows[-2:]} == {"somebody"}
    assert rows[-1]["indicator.decision_participation"] == "12.5"


@pytest.mark.parametrize(("language", "named"), [("en", "What was seen"), ("fr", "Ce qui est constaté")])
def test_the_terminal_calls_it_what_it_is(language: str, named: str, engagement: Path) -> None:
    assert f" {named} " in scored(engagement, "", "--lang", language).out


def test_a_rating_that_cannot_be_read_is_told(engagement: Path) -> None:
    held(engagement / "interviews/one.jsonl", said("GOV21", 4), seen("GOV21", 9))
    ran = scored(engagement, "", "--strict")
    assert ran.code == 1
    assert "one.jsonl (ratings), row 1, column GOV21: '9' is not one of 1, 2, 3, 4, 5" in ran.err
