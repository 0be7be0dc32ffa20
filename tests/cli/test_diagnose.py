"""`diagnose`: of a survey, an engagement or a result; careless respondents, found and left out."""

from __future__ import annotations

import csv
import json
import random
from pathlib import Path
from typing import Any

import pytest

from readiness.framework.models import Framework
from tests.cli.running import Ran, run


def careless(survey: Path, framework: Framework, lines: int) -> Path:
    """The survey with so many respondents more, each of whom gives one option to everything."""
    rows = list(csv.DictReader(survey.read_text(encoding="utf-8-sig").splitlines()))
    rng = random.Random(1)
    added = [
        {key: rows[n][key] for key in rows[n] if key not in framework.items}
        | {"respondent": f"line{n}"}
        | dict.fromkeys((key for key in rows[n] if key in framework.items), str(rng.randrange(1, 6)))
        for n in range(lines)
    ]
    path = survey.with_name("more.csv")
    with path.open("w", encoding="utf-8", newline="") as file:
        sheet = csv.DictWriter(file, list(rows[0]))
        sheet.writeheader()
        sheet.writerows([*rows, *added])
    return path


def record(ran: Ran) -> Any:
    assert ran.code == 0, ran.err
    return json.loads(ran.out)


def test_every_indicator_has_its_line(survey: Path, framework: Framework, tmp_path: Path) -> None:
    ran = run("diagnose", survey, cwd=tmp_path)
    assert (ran.code, ran.err) == (0, "")
    asked = [part for part in framework.indicators.values() if part.scope == "respondent"]
    for part in asked:
        assert part.title["en"].split()[0] in ran.out
    assert all(head in ran.out for head in ("r", "Alpha", "Omega", "lowest", "highest"))


def test_of_two_items_their_correlation_is_told_and_omega_of_more_only(survey: Path, tmp_path: Path) -> None:
    assert run("score", survey, "--result", "r.json", cwd=tmp_path).code == 0
    whole = json.loads((tmp_path / "r.json").read_text(encoding="utf-8"))
    two, three = list(whole["overall"]["analysis"]["instrument"].values())[:2]
    two.update(omega=0.41, item_rest={"A1": 0.26, "A2": 0.26})
    three.update(omega=0.83, item_rest={"A1": 0.5, "A2": 0.6, "A3": 0.31, "A4": None})
    (tmp_path / "r.json").write_text(json.dumps(whole), encoding="utf-8")
    ran = run("diagnose", "r.json", cwd=tmp_path)
    rows = [line.split()[-5:] for line in ran.out.split("Alpha")[1].splitlines() if line.rstrip().endswith("%")]
    assert (rows[0][0], rows[0][2]) == ("0.26", "–")
    assert (rows[1][0], rows[1][2]) == ("0.47", "0.83")


def test_groups_that_answered_far_more_often_are_told_unless_the_result_is_balanced(
    company: Path, tmp_path: Path
) -> None:
    hint = "--balance population gives each group the say of its people."
    plain, balanced = (
        run("diagnose", company, *options, cwd=tmp_path) for options in ([], ["--balance", "population"])
    )
    assert (plain.code, balanced.code) == (0, 0)
    assert hint in " ".join(plain.out.split())
    assert hint not in " ".join(balanced.out.split())


def test_french_is_said_in_french(survey: Path, tmp_path: Path) -> None:
    ran = run("diagnose", survey, "--lang", "fr", cwd=tmp_path)
    assert "Oméga" in ran.out
    assert "respondents" not in ran.out


def test_a_result_says_what_its_sources_say(company: Path, tmp_path: Path) -> None:
    assert run("score", company, "--result", "r.json", cwd=tmp_path).code == 0
    for options in ([], ["--format", "json"]):
        assert (
            run("diagnose", "r.json", *options, cwd=tmp_path).out
            == run("diagnose", company, *options, cwd=tmp_path).out
        )


def test_json_is_that_part_of_the_result(survey: Path, tmp_path: Path) -> None:
    told = record(run("diagnose", survey, "--format", "json", cwd=tmp_path))
    whole = record(run("score", survey, "--format", "json", cwd=tmp_path))
    assert told["overall"]["reliability"] == whole["overall"]["reliability"]
    assert told["overall"]["analysis"]["instrument"] == whole["overall"]["analysis"]["instrument"]
    assert told["respondents"] == whole["respondents"]


def test_careless_respondents_are_counted_and_count(survey: Path, framework: Framework, tmp_path: Path) -> None:
    more = careless(survey, framework, 7)
    told = record(run("diagnose", more, "--format", "json", cwd=tmp_path))
    assert told["overall"]["n"] == 55
    assert told["overall"]["analysis"]["careless"] == {
        "n": 55,
        "straight_lining": 7,
        "speeding": None,
        "either": 7,
        "excluded": False,
    }
    shown = run("diagnose", more, cwd=tmp_path).out
    assert "7 of 55 respondents answered carelessly" in shown
    assert "--exclude-careless" in shown


@pytest.mark.parametrize("command", [["score"], ["diagnose"]])
def test_they_are_left_out_where_that_is_wished_and_it_is_said_how_many(
    command: list[str], survey: Path, framework: Framework, tmp_path: Path
) -> None:
    more = careless(survey, framework, 7)
    ran = run(*command, more, "--exclude-careless", "--format", "json", cwd=tmp_path)
    assert "7 of 55 respondents answered carelessly and are left out (7 in a straight line)" in ran.err
    told, plain = record(ran)["overall"], record(run(*command, survey, "--format", "json", cwd=tmp_path))["overall"]
    assert told["analysis"].pop("careless")["excluded"] is True
    plain["analysis"].pop("careless")
    assert told == plain


def test_a_report_leaves_them_out_too(survey: Path, framework: Framework, tmp_path: Path) -> None:
    ran = run("report", careless(survey, framework, 7), "--exclude-careless", "--out", "r.md", cwd=tmp_path)
    assert ran.code == 0
    assert "7 of 55 respondents answered carelessly and are left out" in ran.err


def test_nobody_is_taken_out_of_a_result_afterwards(survey: Path, tmp_path: Path) -> None:
    run("score", survey, "--result", "r.json", cwd=tmp_path)
    ran = run("diagnose", "r.json", "--exclude-careless", cwd=tmp_path)
    assert (ran.code, ran.out) == (2, "")
    assert "r.json: a result is reported on as it was scored; leave --by, --framework" in ran.err


def test_of_a_few_respondents_nothing_is_said(survey: Path, tmp_path: Path) -> None:
    lines = survey.read_text(encoding="utf-8").splitlines(keepends=True)
    survey.write_text("".join(lines[:4]), encoding="utf-8")
    ran = run("diagnose", survey, cwd=tmp_path)
    assert (ran.code, ran.out) == (0, "Too few respondents to show anything.\n")
    excluding = run("diagnose", survey, "--exclude-careless", cwd=tmp_path)
    assert excluding.code == 0
    assert "answered carelessly" not in excluding.err


def test_interviews_alone_have_nobody_to_leave_out(company: Path, tmp_path: Path) -> None:
    journals = sorted((company / "interviews").iterdir())
    ran = run("diagnose", *journals, "--exclude-careless", cwd=tmp_path)
    assert ran.code == 0
    assert "no survey" in ran.err
