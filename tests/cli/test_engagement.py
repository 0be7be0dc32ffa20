"""An engagement's folder: its settings hold for everything in it, and every fault in them is told by line."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from textwrap import dedent
from typing import Any

import pytest

from tests.cli.running import Ran, run


@pytest.fixture
def engagement(survey: Path, company: Path, tmp_path: Path) -> Path:
    """An engagement with one survey of 48 people and two interviews, and no settings yet."""
    folder = tmp_path / "engagement"
    (folder / "surveys").mkdir(parents=True)
    shutil.move(survey, folder / "surveys")
    shutil.copytree(company / "interviews", folder / "interviews")
    return folder


def settled(engagement: Path, settings: str) -> Ran:
    (engagement / "engagement.yaml").write_text(dedent(settings).lstrip(), encoding="utf-8")
    return run("score", engagement, "--format", "json", cwd=engagement.parent)


def result(engagement: Path, settings: str) -> dict[str, Any]:
    ran = settled(engagement, settings)
    assert (ran.code, ran.err) == (0, "")
    return dict(json.loads(ran.out))


def test_both_modes_are_scored_beside_each_other(engagement: Path) -> None:
    found = result(engagement, "client: Somebody")
    assert found["respondents"]["read"] == found["overall"]["n"] == 48
    assert [group["by"] for group in found["groups"]] == [{"source": "interview"}, {"source": "evidence"}]


def test_groups_are_the_tables_to_score(engagement: Path) -> None:
    found = result(engagement, "client: Somebody\ngroups: [role, [unit, role], role]\n")
    assert list(dict.fromkeys(tuple(group["by"]) for group in found["groups"])) == [
        ("role",),
        ("unit", "role"),
        ("source",),
    ]


def test_by_stands_in_for_the_settings_groups(engagement: Path) -> None:
    settled(engagement, "client: Somebody\ngroups: [role]\n")
    ran = run("score", engagement, "--by", "unit", "--format", "json", cwd=engagement.parent)
    assert {tuple(group["by"]) for group in json.loads(ran.out)["groups"]} == {("unit",), ("source",)}


def test_context_holds_for_whoever_says_nothing_else(engagement: Path) -> None:
    found = result(engagement, "client: Somebody\ncontext: {phase: during}\ngroups: [phase]\n")
    assert found["groups"][0]["by"] == {"phase": "during"}
    assert found["groups"][0]["n"] == 48


def test_context_is_named_by_any_label(engagement: Path) -> None:
    coded = settled(engagement, "client: Somebody\ncontext: {role: employee}\ngroups: [role]\n")
    labelled = settled(engagement, "client: Somebody\ncontext: {role: Personnel non encadrant}\ngroups: [role]\n")
    assert labelled == coded


def test_a_threshold_of_the_client_hides_more(engagement: Path) -> None:
    def hidden(found: dict[str, Any]) -> int:
        return sum("suppressed" in group for group in found["groups"])

    usual = result(engagement, "client: Somebody\ngroups: [unit]\n")
    strict = result(engagement, "client: Somebody\ngroups: [unit]\nthresholds: {min_group: 10}\n")
    assert hidden(strict) > hidden(usual)


def test_facts_about_the_organisation_stand_for_everybody(engagement: Path) -> None:
    found = result(engagement, "client: Somebody\nfacts: {rollout_scale: 62.5}\ngroups: [role]\n")
    shown = [found["overall"], *(group for group in found["groups"] if "suppressed" not in group)]
    assert len(shown) > 2
    for group in shown:
        assert group["indicators"]["rollout_scale"]["value"] == 62.5
        assert group["indicators"]["rollout_scale"]["bounds"] == [62.5, 62.5]


def test_a_fact_may_be_an_answer(engagement: Path) -> None:
    found = result(engagement, "client: Somebody\nfacts: {GOV01: 5}\n")
    assert found["overall"]["indicators"]["rollout_scale"]["value"] == 100


def test_a_framework_is_named_from_the_engagements_folder(engagement: Path) -> None:
    from readiness.framework.catalogue import find

    shutil.copytree(find("enterprise-2.0"), engagement / "own")
    named = settled(engagement, "client: Somebody\nframework: own\n")
    assert named.code == 0
    assert named == settled(engagement, "client: Somebody\nframework: enterprise-2.0\n")


def test_every_fault_of_the_settings_form_is_told_by_line(engagement: Path) -> None:
    ran = settled(
        engagement,
        """
        framwork: enterprise-2.0
        languages: en
        groups: [unit, [role, {a: b}]]
        thresholds: {min_group: 2, min_comment: 4}
        context: [phase]
        facts: {rollout_scale: [1, 2]}
        """,
    )
    assert (ran.code, ran.out) == (1, "")
    told = ran.err.splitlines()
    assert told[-1] == "readiness: 8 faults"
    assert [int(line.split("line ")[1].split(":")[0]) for line in told[:-1]] == sorted([1, 1, 2, 3, 4, 4, 5, 6])
    for line in ("'client'", "did you mean 'framework'?", "at least 3", "did you mean 'min_comments'?"):
        assert line in ran.err


def test_whatever_the_framework_does_not_know_is_told_by_line(engagement: Path) -> None:
    ran = settled(
        engagement,
        """
        client: Somebody
        groups: [units, [role, untold]]
        context:
          phase: afterwards
          fase: after
        facts:
          rollout: 20
          rollout_scale: 120
          GOV01: 7
          free_trust: 50
        """,
    )
    assert (ran.code, ran.out) == (1, "")
    settings = engagement / "engagement.yaml"
    for line, what in [
        (2, "'units' is no context key of enterprise-2.0; did you mean 'unit'?"),
        (2, "'untold' is no context key of enterprise-2.0; "),
        (4, "context 'phase' is 'afterwards'; write one of before, during, after, or their labels"),
        (5, "'fase' is no context key of enterprise-2.0; did you mean 'phase'?"),
        (7, "'rollout' is no fact about the organisation; did you mean 'rollout_scale'?"),
        (8, "fact 'rollout_scale' is '120'; write a score from 0 to 100"),
        (9, "fact 'GOV01' is '7'; write one of 1, 2, 3, 4, 5, their labels, dk or na"),
        (10, "'free_trust' is no fact about the organisation; use one of rollout_scale, community_role, GOV01, GOV02"),
    ]:
        assert f"readiness: {settings}, line {line}: {what}" in ran.err
    assert ran.err.endswith("8 faults\n")


@pytest.mark.parametrize(
    ("settings", "told"),
    [
        ("", "engagement.yaml"),
        ("client: a\nclient: b\n", "line 2"),
        ("client: &a x\nframework: *a\n", "line 1"),
        ("client: !!python/object:os.system x\n", "line 1"),
        ("client: [", "line 2: not YAML"),
        ("- client", "line 1"),
    ],
)
def test_settings_are_read_as_strictly_as_a_framework(settings: str, told: str, engagement: Path) -> None:
    ran = settled(engagement, settings)
    assert (ran.code, ran.out) == (1, "")
    assert told in ran.err


def test_an_unknown_framework_is_told_with_the_nearest(engagement: Path) -> None:
    ran = settled(engagement, "client: Somebody\nframework: enterprise-2\n")
    assert ran.code == 1
    assert "did you mean 'enterprise-2.0'?" in ran.err


def test_an_engagement_without_answers_says_what_to_add(tmp_path: Path) -> None:
    (tmp_path / "engagement.yaml").write_text("client: Somebody\n")
    ran = run("score", ".", cwd=tmp_path)
    assert ran.code == 1
    assert "there is nothing to score; add survey files or interviews" in ran.err


def test_an_engagement_stands_alone(engagement: Path) -> None:
    settled(engagement, "client: Somebody\n")
    ran = run("score", engagement, engagement / "surveys/survey.csv", cwd=engagement.parent)
    assert ran.code == 1
    assert "score an engagement by itself, or name the files in it" in ran.err


def test_faults_of_both_modes_are_told_together(engagement: Path) -> None:
    (engagement / "surveys/survey.csv").write_text("a,b\n1,2\n")
    journal = next((engagement / "interviews").glob("*.jsonl"))
    journal.write_text("no journal\n")
    ran = settled(engagement, "client: Somebody\n")
    assert ran.code == 1
    assert "survey.csv, line 1: no column is an item" in ran.err
    assert journal.name in ran.err


def test_a_spreadsheets_lock_and_hidden_files_are_left_alone(engagement: Path) -> None:
    (engagement / "surveys/.DS_Store").write_bytes(b"\0\0")
    (engagement / "surveys/~$survey.xlsx").write_bytes(b"\0\0")
    assert settled(engagement, "client: Somebody\n").code == 0
