"""`--by`: tables and crossings, and keys that are not there."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.cli.running import run


def groups(survey: Path, *by: str) -> list[dict[str, str | None]]:
    options = [word for key in by for word in ("--by", key)]
    ran = run("score", survey, *options, "--format", "json", cwd=survey.parent)
    assert (ran.code, ran.err) == (0, "")
    return [group["by"] for group in json.loads(ran.out)["groups"]]


def test_each_by_is_a_table_and_a_comma_crosses(survey: Path) -> None:
    found = groups(survey, "unit", "role", "unit,role")
    kinds = [tuple(by) for by in found]
    assert set(kinds) == {("unit",), ("role",), ("unit", "role")}
    assert kinds == sorted(kinds, key=[("unit",), ("role",), ("unit", "role")].index)


def test_groups_stand_in_the_order_of_their_code_points(survey: Path) -> None:
    units = [by["unit"] for by in groups(survey, "unit")]
    assert units == sorted(units)
    assert len(units) == 3


def test_the_same_table_asked_for_twice_is_one(survey: Path) -> None:
    assert groups(survey, "unit", "unit", " unit ", "unit,unit") == groups(survey, "unit")


def test_who_left_a_key_blank_is_a_group_of_its_own(survey: Path) -> None:
    survey.write_text(survey.read_text(encoding="utf-8").replace(",Stores,", ",,"), encoding="utf-8")
    assert groups(survey, "unit")[-1] == {"unit": None}


@pytest.mark.parametrize(
    ("by", "told"),
    [
        ("units", "--by units: enterprise-2.0 has no context key 'units'; did you mean 'unit'?"),
        ("unit,rôle", "--by rôle: enterprise-2.0 has no context key 'rôle'; did you mean 'role'?"),
        ("xyz", "--by xyz: enterprise-2.0 has no context key 'xyz'; use one of organisation, unit, role"),
        ("CUL11", "--by CUL11: enterprise-2.0 has no context key 'CUL11'; use one of organisation"),
        (",", "--by ',': this names no key; name one, or several with commas between them"),
        ("", "--by '': this names no key; name one"),
    ],
)
def test_a_key_that_does_not_exist_is_wrong_usage(by: str, told: str, survey: Path) -> None:
    ran = run("score", survey, "--by", by, "--result", "r.json", cwd=survey.parent)
    assert (ran.code, ran.out) == (2, "")
    assert told in ran.err
    assert not (survey.parent / "r.json").exists()


def test_every_key_that_does_not_exist_is_listed(survey: Path) -> None:
    ran = run("report", survey, "--out", "r.md", "--by", "units", "--by", "rolle,units", cwd=survey.parent)
    assert ran.code == 2
    assert [line.split(":")[1] for line in ran.err.splitlines()[:2]] == [" --by units", " --by rolle"]
    assert ran.err.endswith("2 faults\n")


def test_a_key_that_nobody_recorded_is_a_fault_of_the_input(survey: Path) -> None:
    ran = run("score", survey, "--by", "phase", cwd=survey.parent)
    assert (ran.code, ran.out) == (1, "")
    assert "--by phase: no response says its phase; use one of unit, role, level, country, tenure" in ran.err


@pytest.mark.parametrize(("language", "mark"), [("en", "Off-process freedom?"), ("fr", "liberté hors processus ?")])
def test_a_group_that_may_be_on_a_scenario_is_not_shown_as_safe(
    language: str, mark: str, company: Path, tmp_path: Path
) -> None:
    ran = run("score", company, "--lang", language, cwd=tmp_path, env={"COLUMNS": "200"})
    lines = ran.out.replace("\u00a0", " ").replace("\u202f", " ").splitlines()
    assert [line.split("  ")[0] for line in lines if mark in line] == [" unit=Customer Service"]
    said = {"en": "?: not settled", "fr": "? : les réponses reçues ne suffisent pas"}[language]
    assert any(line.startswith(said) for line in lines)


def test_a_group_below_the_threshold_is_named_and_not_shown(survey: Path) -> None:
    ran = run("score", survey, "--by", "unit,role", "--format", "json", cwd=survey.parent)
    found: list[dict[str, Any]] = json.loads(ran.out)["groups"]
    hidden = [group for group in found if group.get("suppressed")]
    assert hidden
    assert all(set(group) == {"by", "suppressed"} for group in hidden)
    assert all(group["n"] >= 5 for group in found if group not in hidden)
