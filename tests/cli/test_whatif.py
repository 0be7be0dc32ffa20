"""`whatif` prints every scenario before and after, and refuses what no score could be."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from tests.cli.running import run

VALUES = ", ".join(f"{{value: {value}, label: a{value}}}" for value in (-2, 0, 1, 2))
SCALE = f"scales: {{s: {{options: [{VALUES}]}}}}\n"


@pytest.fixture(scope="module")
def result(company: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo company's result."""
    folder = tmp_path_factory.mktemp("whatif")
    assert run("score", company, "--result", "result.json", cwd=folder).code == 0
    return folder / "result.json"


@pytest.mark.parametrize("columns", ["80", "120"])
def test_every_scenario_is_shown_before_and_after(columns: str, result: Path, tmp_path: Path) -> None:
    ran = run("whatif", result, "time_allocation=60", "--group", "unit=Claims", cwd=tmp_path, env={"COLUMNS": columns})
    assert (ran.code, ran.err) == (0, "")
    lines = [" ".join(line.split()) for line in ran.out.splitlines()]
    for pattern in (
        r"Time and objectives: \d+ → 60 \(\+\d+\)",
        r"Off-process freedom present, critical \(0.9\d\) ruled out, clear \(0.0\d\)",
        r"Lethal paralysis ruled out, (\w+ \(0\.\d+\)) ruled out, \1",
        r"Weakest condition: low:( Time and( objectives)?)?",
        r"Overall [\d.]+ [\d.]+",
    ):
        assert any(re.fullmatch(pattern, line) for line in lines), pattern


def test_the_same_in_french(result: Path, tmp_path: Path) -> None:
    arguments = ("whatif", result, "process_embedding=10", "--group", "unit=Claims", "--lang", "fr")
    ran = run(*arguments, cwd=tmp_path, env={"COLUMNS": "120"})
    assert (ran.code, ran.err) == (0, "")
    for french in ("Ancrage dans le travail\u00a0: ", " → 10", "Avant", "Après", "présent, critique (0,"):
        assert french in ran.out
    assert "ne bouge pas, ou pas dans ce sens" in ran.out
    for english in ("Before", "After", "does not move", "ruled out"):
        assert english not in ran.out


def test_before_is_what_the_result_says(result: Path, tmp_path: Path) -> None:
    record = json.loads(result.read_text(encoding="utf-8"))
    ran = run("whatif", result, "free_trust=80", "--format", "json", cwd=tmp_path)
    told = json.loads(ran.out)
    assert told["by"] == {}
    assert told["readiness"]["overall"][0] == pytest.approx(record["overall"]["readiness"]["value"], abs=1e-9)
    assert set(told["scenarios"]) == set(record["overall"]["scenarios"])
    for id_, compared in told["scenarios"].items():
        membership = record["overall"]["scenarios"][id_]["membership"]
        assert compared["before"]["membership"] == pytest.approx(membership, abs=1e-12)
        assert compared["before"]["limiting"] == record["overall"]["scenarios"][id_]["limiting"]
    assert told["readiness"]["trust"][1] > told["readiness"]["trust"][0]


def test_where_a_lever_s_target_is_supposed_its_scenario_is_gone(result: Path, tmp_path: Path) -> None:
    group = ("--group", "unit=Stores")
    route = json.loads(run("levers", result, *group, "--format", "json", cwd=tmp_path).out)["route"]
    supposed = [f"{step['indicator']}={step['target']}" for step in route["steps"]]
    told = json.loads(run("whatif", result, *supposed, *group, "--format", "json", cwd=tmp_path).out)
    turned = {id_: one["after"] for id_, one in told["scenarios"].items() if one["turned"]}
    assert set(turned) == {"regalian_enterprise"}
    assert turned["regalian_enterprise"]["membership"] == pytest.approx(0.4)
    assert told["objections"] == []


def test_a_sign_means_points_from_where_the_group_is(result: Path, tmp_path: Path) -> None:
    words = ("process_embedding=+10", "email_dependence=-5.5", "--group", "unit=Customer Service", "--format", "json")
    changes = {c["indicator"]: c for c in json.loads(run("whatif", result, *words, cwd=tmp_path).out)["changes"]}
    for id_, by in (("process_embedding", 10), ("email_dependence", -5.5)):
        assert changes[id_]["after"] == pytest.approx(changes[id_]["before"] + by)
    ran = run("whatif", result, *words[:-2], cwd=tmp_path, env={"COLUMNS": "120"})
    assert "Embedding in the work: 39 → 49 (+10)" in ran.out


def test_where_scores_go_below_zero_a_minus_is_a_score(tmp_path: Path) -> None:
    (tmp_path / "f").mkdir()
    for name, text in (
        ("framework", 'format: 1\nid: f\nversion: "1"\nlanguages: [en]\nquestionnaires: [q.yaml]\n' + SCALE),
        ("q", "dimension: d\nindicators:\n  i: {desired: high, range: raw, items: {A: {text: A, scale: s}}}\n"),
    ):
        (tmp_path / f"f/{name}.yaml").write_text(text, encoding="utf-8")
    (tmp_path / "s.csv").write_text("respondent,A\n" + "".join(f"{i},1\n" for i in range(9)), encoding="utf-8")
    for said, after in (("i=-2", -2), ("i=+1", 2), ("i=0", 0)):
        ran = run("whatif", "s.csv", said, "--framework", "f", "--format", "json", cwd=tmp_path)
        assert (ran.code, json.loads(ran.out)["changes"][0]["after"]) == (0, after), ran.err


def test_a_verdict_that_sampling_leaves_open_is_not_told_as_settled(result: Path, tmp_path: Path) -> None:
    group = ("--group", "unit=Customer Service")
    told = run("whatif", result, "process_embedding=+10", *group, cwd=tmp_path, env={"COLUMNS": "120"}).out
    assert "undetermined, watch (0.29)   undetermined, watch (0.29)" in told
    assert "its verdict goes by the value" in told  # others have moved
    assert "so left out here: Community management as an alibi" in told
    cured = run("whatif", result, "time_allocation=+30", *group, cwd=tmp_path, env={"COLUMNS": "120"}).out
    assert "undetermined, watch (0.29)   ruled out, clear" in cured
    assert "Assessed only for the whole organisation" not in run("whatif", result, "free_trust=+1", cwd=tmp_path).out


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["time_alocation=60"], "did you mean 'time_allocation'?"),
        (["time_allocation=400"], "write one from 0 to 100"),
        (["time_allocation=nan"], "write one from 0 to 100"),
        (["time_allocation="], "write one from 0 to 100"),
        (["time_allocation=+90"], "and +90 takes it to 1"),
        (["embedding=60"], "did you mean 'process_embedding'?"),
        (["time_allocation=6", "time_allocation=7"], "keep one of them"),
        ([], "add NAME=VALUE"),
    ],
)
def test_what_cannot_be_supposed_is_said_and_mended(words: list[str], said: str, result: Path, tmp_path: Path) -> None:
    ran = run("whatif", result, *words, cwd=tmp_path)
    assert (ran.code, ran.out) == (2, "")
    assert said in ran.err


def test_without_a_source_it_asks_for_one(tmp_path: Path) -> None:
    ran = run("whatif", "time_allocation=60", cwd=tmp_path)
    assert (ran.code, ran.out) == (2, "")
    assert "there is no source" in ran.err


def test_of_a_suppressed_group_nothing_is_told(result: Path, tmp_path: Path) -> None:
    ran = run("whatif", result, "time_allocation=60", "--group", "unit=Legal", cwd=tmp_path)
    assert (ran.code, ran.out) == (1, "")
    assert "suppressed" in ran.err
