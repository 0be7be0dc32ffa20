"""`levers` prints a way out a step at a time, for any source, and says what stands in the way."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from readiness.framework.models import Framework
from readiness.scoring.routes import WayOut
from tests.cli.running import run

WIDE = {"COLUMNS": "120"}


@pytest.fixture(scope="module")
def result(company: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo company's result."""
    folder = tmp_path_factory.mktemp("levers")
    assert run("score", company, "--result", "result.json", cwd=folder).code == 0
    return folder / "result.json"


def way_out(*arguments: object, cwd: Path) -> dict[str, Any]:
    ran = run("levers", *arguments, "--format", "json", cwd=cwd)
    assert ran.code == 0
    told: dict[str, Any] = json.loads(ran.out)
    return told


def test_a_route_is_told_step_by_step(result: Path, tmp_path: Path) -> None:
    ran = run("levers", result, "--group", "unit=Claims", cwd=tmp_path, env=WIDE)
    assert (ran.code, ran.err) == (0, "")
    for words in (
        "unit=Claims",
        "Present: Off-process freedom",
        "The cheapest way out (1 step, cost ",
        " 1. Time and objectives ↑ from ",
        " to 42.1, cost ",
        "No longer present after it: Off-process freedom",
        "What helps (Off-process freedom): Allow hours spent helping other teams",
        "Questions: PRO21, PRO22\n",  # the survey asked the core items alone
        "Then still present: none",
        "Push to take part ↓ from ",
        " to 51.6 (pause)",
        "at most 0.40",
    ):
        assert words in ran.out


def test_the_same_in_french(result: Path, tmp_path: Path) -> None:
    ran = run("levers", result, "--group", "unit=Claims", "--lang", "fr", cwd=tmp_path, env=WIDE)
    assert (ran.code, ran.err) == (0, "")
    assert "La sortie la moins coûteuse (1 étape, coût " in ran.out
    for english in ("No longer", "Present", "cost", "Items", "Everybody", "pause)\n•", "Still", "from"):
        assert english not in ran.out


def test_a_narrow_terminal_shows_every_word(result: Path, tmp_path: Path) -> None:
    wide, narrow = (
        run("levers", result, "--group", "unit=Stores", cwd=tmp_path, env={"COLUMNS": columns}).out
        for columns in ("200", "50")
    )
    assert narrow.split() == wide.split()
    assert max(map(len, narrow.splitlines())) <= 50


def limited(company: Path, tmp_path: Path, limits: str) -> Path:
    """The demo company under other limits."""
    folder = Path(shutil.copytree(company, tmp_path / "company"))
    (folder / "engagement.yaml").write_text(f"client: x\nlimits: {limits}\n", encoding="utf-8")
    return folder


def test_an_engagement_and_its_result_have_the_same_ways_out(company: Path, result: Path, tmp_path: Path) -> None:
    folder = limited(company, tmp_path, "{}")
    for group in ([], ["--group", "unit=Stores"], ["--group", "source=interview"]):
        asked, told = (way_out(source, *group, cwd=tmp_path) for source in (folder, result))
        assert (asked["by"], asked["present"]) == (told["by"], told["present"])
        assert [s["indicator"] for s in asked["route"]["steps"]] == [s["indicator"] for s in told["route"]["steps"]]


def test_what_is_printed_as_json_is_the_record(result: Path, tmp_path: Path, framework: Framework) -> None:
    told = way_out(result, "--group", "unit=Engineering", cwd=tmp_path)
    assert told.pop("by") == {"unit": "Engineering"}
    record = WayOut.model_validate(told)
    assert record.present == ("lethal_paralysis",)
    assert record.route is not None
    assert set(record.route.moved) <= set(framework.indicators)
    assert len(record.alternatives) == 1  # the only other condition that moves


def test_the_engagement_s_limits_hold_and_those_of_the_command_line_beside_them(company: Path, tmp_path: Path) -> None:
    folder = limited(company, tmp_path, '{output_channelling: {movable: no, until: "2027", why: works council}}')
    held = way_out(folder, "--group", "unit=Engineering", cwd=tmp_path)
    assert held["route"]["moved"] == ["decision_timeliness"]
    ran = run(
        *("levers", folder, "--group", "unit=Engineering", "--limit", "decision_timeliness=40"),
        cwd=tmp_path,
        env={"COLUMNS": "200"},
    )
    assert ran.code == 0
    assert "There is no way out of: Lethal paralysis" in ran.out
    assert "(until 2027, works council)" in ran.out
    assert ran.out.count("Without this one there would be a way out") == 2


def test_a_result_brings_the_engagement_s_limits_and_they_are_told(company: Path, tmp_path: Path) -> None:
    limits = '{output_channelling: {movable: no, until: "2027", why: works council}, trust: no, recognition: 70}'
    folder = limited(company, tmp_path, limits)
    assert run("score", folder, "--by", "unit", "--result", "limited.json", cwd=tmp_path).code == 0
    record = json.loads((tmp_path / "limited.json").read_text(encoding="utf-8"))["overall"]["analysis"]["limits"]
    assert record[0] == {"name": "output_channelling", "to": None, "until": "2027", "why": "works council"}
    group = ("--group", "unit=Engineering")
    held = [way_out(source, *group, cwd=tmp_path) for source in (folder, "limited.json")]
    assert held[0]["route"]["moved"] == held[1]["route"]["moved"] == ["decision_timeliness"]
    ran = run("levers", "limited.json", *group, cwd=tmp_path, env={"COLUMNS": "400"})
    assert (
        "Limits respected: Follow-up on contributions cannot move until 2027: works council; "
        "Trust cannot move; Recognition can go no further than 70\n"
    ) in ran.out


def test_limits_that_a_result_cannot_have_are_refused(result: Path, tmp_path: Path) -> None:
    record = json.loads(result.read_text(encoding="utf-8"))
    record["overall"]["analysis"]["limits"] = [{"name": "fre_trust"}]
    (tmp_path / "edited.json").write_text(json.dumps(record), encoding="utf-8")
    ran = run("levers", "edited.json", cwd=tmp_path)
    assert (ran.code, ran.out) == (1, "")
    assert "did you mean 'free_trust'?" in ran.err


def test_of_everybody_on_nothing_the_groups_that_are_on_something_are_named(
    company: Path, result: Path, tmp_path: Path
) -> None:
    told = [run("levers", source, cwd=tmp_path, env={"COLUMNS": "400"}) for source in (company, result)]
    assert told[0].out == told[1].out
    for words in ("unit=Claims (Off-process freedom); unit=Engineering (Lethal paralysis)", "--group unit=Claims\n"):
        assert words in told[0].out
    assert "unit=Customer Service" not in told[0].out
    assert "Groups" not in run("levers", result, "--group", "unit=Workshops", cwd=tmp_path).out


@pytest.mark.parametrize(
    ("language", "words"),
    [
        (
            "en",
            "Not settled by those who happened to answer: Off-process freedom (present in 28% of redraws of the "
            "respondents)",
        ),
        ("fr", "La liberté hors processus (présent dans 28\u202f% des tirages répétés parmi les répondants)"),
    ],
)
def test_what_sampling_leaves_open_is_not_told_as_safe(language: str, words: str, result: Path, tmp_path: Path) -> None:
    group = ("--group", "unit=Customer Service", "--lang", language)
    told = run("levers", result, *group, cwd=tmp_path, env={"COLUMNS": "400"}).out
    assert words.replace("\u202f", " ") in told.replace("\u202f", " ").replace("\u00a0", " ")


def test_faults_in_an_engagement_s_limits_stop_the_run(company: Path, tmp_path: Path) -> None:
    folder = limited(company, tmp_path, "{fre_trust: no}")
    ran = run("levers", folder, cwd=tmp_path)
    assert (ran.code, ran.out) == (1, "")
    assert "did you mean 'free_trust'?" in ran.err


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--limit", "fre_trust=no"], "did you mean 'free_trust'?"),
        (["--limit", "email=no"], "did you mean 'email_dependence' or 'email_reliance'?"),
        (["--limit", "free_trust"], "this is no limit"),
        (["--limit", "free_trust=-3"], "write a score from 0 to 100"),
        (["--group", "unit"], "write KEY=VALUE"),
        (["--group", "unit=Claim"], "did you mean 'unit=Claims'?"),
        (["--alternatives", "-1"], "--alternatives"),
        (["--lang", "xx"], "nothing is written in this language"),
    ],
)
def test_wrong_usage_is_said_and_mended(arguments: list[str], said: str, result: Path, tmp_path: Path) -> None:
    ran = run("levers", result, *arguments, cwd=tmp_path, env={"COLUMNS": "200"})
    assert (ran.code, ran.out) == (2, "")
    assert said in ran.err


def test_a_key_that_is_unknown_is_called_as_it_was_given(company: Path, tmp_path: Path) -> None:
    ran = run("levers", company, "--group", "unti=Claims", cwd=tmp_path)
    assert (ran.code, ran.out) == (2, "")
    assert "--group unti" in ran.err
    assert "did you mean 'unit'?" in ran.err


def test_of_a_suppressed_group_nothing_is_told(result: Path, company: Path, tmp_path: Path) -> None:
    for source in (result, company):
        ran = run("levers", source, "--group", "unit=Legal", cwd=tmp_path)
        assert (ran.code, ran.out) == (1, "")
        assert "unit=Legal is suppressed" in ran.err


def test_a_result_of_another_framework_is_refused(result: Path, tmp_path: Path) -> None:
    record = json.loads(result.read_text(encoding="utf-8"))
    other = tmp_path / "other.json"
    for changed, said in (
        ({"digest": {"scoring": "0", "text": "0"}}, "scored with another enterprise-2.0 than this one"),
        ({"id": "theirs"}, "does not come with readiness; name its folder with --framework"),
    ):
        other.write_text(json.dumps({**record, "framework": {**record["framework"], **changed}}), encoding="utf-8")
        ran = run("levers", other, cwd=tmp_path)
        assert (ran.code, ran.out) == (1, "")
        assert said in ran.err


def test_no_file_and_no_result_are_faults(tmp_path: Path) -> None:
    (tmp_path / "broken.json").write_text("{}", encoding="utf-8")
    for source, said in (("none.json", "cannot be read"), ("broken.json", "no result of format 1")):
        ran = run("levers", source, cwd=tmp_path)
        assert (ran.code, ran.out) == (1, "")
        assert said in ran.err
