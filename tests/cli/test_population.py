"""How many people could have answered: read from the settings, told while scoring, a weight where it is asked for."""

from __future__ import annotations

import csv
import json
import random
import shutil
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from tests.cli.running import Ran, run

Cell = tuple[str, str]


@pytest.fixture
def engagement(survey: Path, tmp_path: Path) -> Path:
    """An engagement with one survey of 48 people, and no settings yet."""
    folder = tmp_path / "engagement"
    (folder / "surveys").mkdir(parents=True)
    shutil.move(survey, folder / "surveys")
    return folder


def answered(engagement: Path) -> dict[Cell, int]:
    """How many answered, by unit and role."""
    with (engagement / "surveys/survey.csv").open(encoding="utf-8", newline="") as file:
        return Counter((row["unit"], row["role"]) for row in csv.DictReader(file))


def settings(engagement: Path, population: dict[Cell, int], more: str = "") -> None:
    rows = [f"  - {{unit: {u}, role: {r}, people: {n}}}\n" for (u, r), n in population.items()]
    (engagement / "engagement.yaml").write_text(f"client: x\n{more}population:\n{''.join(rows)}", encoding="utf-8")


def score(engagement: Path, *options: object) -> Ran:
    return run("score", engagement, "--format", "json", *options, cwd=engagement.parent)


def result(engagement: Path, *options: object) -> dict[str, Any]:
    ran = score(engagement, *options)
    assert ran.code == 0, ran.err
    return dict(json.loads(ran.out))


def test_rates_stand_in_the_result_and_who_is_missing_is_told(engagement: Path) -> None:
    sizes = {cell: 10 * n for cell, n in answered(engagement).items()} | {("Moon", "manager"): 14}
    settings(engagement, sizes)
    ran = score(engagement)
    assert ran.err.splitlines() == [
        f"readiness: 48 of {sum(sizes.values())} people answered (10%)",
        "readiness: nobody of unit=Moon answered (14 people)",
    ]
    found = json.loads(ran.out)
    assert found["respondents"]["population"] == {"people": 494}
    responding = found["overall"]["analysis"]["responding"]
    assert (responding["population"], responding["rate"]) == (494, 48 / 494)
    assert responding["silent"] == [{"unit": "Moon"}]
    assert all(row["n"] is None or row["n"] >= 5 or not row["n"] for row in responding["groups"])


def test_a_population_changes_no_score(engagement: Path) -> None:
    (engagement / "engagement.yaml").write_text("client: x\n", encoding="utf-8")
    plain = result(engagement, "--by", "role")
    settings(engagement, {cell: 10 * n for cell, n in answered(engagement).items()})
    counted = result(engagement, "--by", "role")
    for one, other in zip([plain["overall"], *plain["groups"]], [counted["overall"], *counted["groups"]], strict=True):
        assert one.get("n") == other.get("n")
        for id_, estimate in one.get("indicators", {}).items():
            assert {**estimate, "interval": 0} == {**other["indicators"][id_], "interval": 0}


def test_the_order_of_rows_and_of_people_says_nothing(engagement: Path) -> None:
    sizes = {cell: 7 * n + 1 for cell, n in answered(engagement).items()}
    settings(engagement, sizes, "balance: population\ngroups: [role]\n")
    first = score(engagement)
    head, *rows = (engagement / "surveys/survey.csv").read_text(encoding="utf-8").splitlines(keepends=True)
    random.Random(1).shuffle(rows)
    (engagement / "surveys/survey.csv").write_text("".join([head, *rows]), encoding="utf-8")
    settings(engagement, dict(reversed(sizes.items())), "balance: population\ngroups: [role]\n")
    assert score(engagement) == first
    assert first.code == 0


def test_where_everybody_stands_for_as_many_nothing_changes(engagement: Path) -> None:
    settings(engagement, {cell: 10 * n for cell, n in answered(engagement).items()})
    plain, balanced = result(engagement), result(engagement, "--balance", "population")
    assert balanced["respondents"]["balance"] == "population"
    answers = {id_: item["n"] for id_, item in plain["overall"]["items"].items() if "n" in item}
    complete = [
        i for i in ("strategic_alignment", "wish_to_collaborate") if plain["overall"]["indicators"][i]["n"] == 48
    ]
    assert len(answers) > 50
    for id_ in complete:
        one, other = (found["overall"]["indicators"][id_]["value"] for found in (plain, balanced))
        assert one == pytest.approx(other)


def test_whose_say_goes_to_others_and_who_has_none_is_told(engagement: Path) -> None:
    there = answered(engagement)
    left_out = next(iter(there))
    settings(engagement, {c: 10 * n for c, n in there.items() if c != left_out} | {("Moon", "manager"): 14})
    told = score(engagement, "--balance", "population").err.splitlines()
    assert "are of groups too small to count by themselves" in told.pop(-2)
    assert told[-2:] == [
        "readiness: 14 people are of groups of which nobody answered; their say goes to the others",
        f"readiness: {there[left_out]} respondent(s) are of no group that the population names, and have no say",
    ]


def test_the_terminal_and_the_reports_say_who_has_what_say(engagement: Path) -> None:
    settings(engagement, {cell: 10 * n for cell, n in answered(engagement).items()}, "balance: population\n")
    table = run("score", engagement, cwd=engagement.parent)
    assert "Each group has the say of the people it has." in table.out
    ran = run("report", engagement, "--out", "r.md", "--lang", "fr", cwd=engagement.parent)
    assert ran.code == 0, ran.err
    page = (engagement.parent / "r.md").read_text(encoding="utf-8")
    assert "Chaque groupe pèse autant que le nombre de personnes qu’il compte" in page
    assert "Personnes qui pouvaient répondre : 480" in page.replace("\u00a0", " ").replace("\u202f", " ")


@pytest.mark.parametrize("sources", [["surveys/survey.csv"], ["."]])
def test_without_sizes_nothing_is_balanced_by_them(sources: list[str], engagement: Path) -> None:
    (engagement / "engagement.yaml").write_text("client: x\n", encoding="utf-8")
    ran = run("score", *sources, "--balance", "population", cwd=engagement)
    assert (ran.code, ran.out) == (2, "")
    assert "--balance population: how many people there are is not known; write a row for each group" in ran.err


def test_nor_by_sizes_of_single_keys(engagement: Path) -> None:
    said = "client: x\npopulation: {unit: {A: 20, B: 30}, role: {manager: 10, employee: 40}}\n"
    (engagement / "engagement.yaml").write_text(said, encoding="utf-8")
    ran = score(engagement, "--balance", "population")
    assert ran.code == 2
    assert "not known by the crossing of all keys" in ran.err


def test_nor_by_keys_that_no_response_says(engagement: Path) -> None:
    said = "client: x\nbalance: population\npopulation: {level: {no_team: 20, team: 30}}\n"
    (engagement / "engagement.yaml").write_text(said, encoding="utf-8")
    survey = engagement / "surveys/survey.csv"
    survey.write_text(survey.read_text(encoding="utf-8").replace("level", "dropped", 1), encoding="utf-8")
    ran = score(engagement)
    assert ran.code in (1, 2)
    assert "level" in ran.err


def test_faults_of_the_sizes_are_told_by_line(engagement: Path) -> None:
    rows = "  - {unit: Sales, role: boss, people: 12}\n  - {unt: Sales, role: manager, people: 2}\n"
    said = f"client: x\npopulation:\n{rows}"
    (engagement / "engagement.yaml").write_text(said, encoding="utf-8")
    ran = score(engagement)
    assert (ran.code, ran.out) == (1, "")
    assert "line 3: role is 'boss' in the population" in ran.err
    assert "line 4: 'unt' is no context key of enterprise-2.0; did you mean 'unit'?" in ran.err
    assert "line 4: this row" not in ran.err
