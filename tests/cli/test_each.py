"""`report --each`: a page for each group, beside the rest; stopped, it goes on where it was."""

from __future__ import annotations

import json
import re
import signal
import subprocess
import time
from pathlib import Path
from typing import Any

import pytest

from readiness.scoring.result import Result
from tests.cli.running import COMMAND, environment, run
from tests.cli.test_signals import stopped
from tests.report.reading import Page


def pages(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.glob("*-*.html")}


@pytest.fixture(scope="module")
def scored(company: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The result of the demo engagement."""
    folder = tmp_path_factory.mktemp("scored")
    assert run("score", company, "--result", "result.json", cwd=folder).code == 0
    return folder / "result.json"


@pytest.fixture(scope="module")
def many(scored: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A result of eighty units, so that writing takes a while."""
    result = Result.model_validate_json(scored.read_bytes())
    claims = next(group for group in result.groups if group.by == {"unit": "Claims"})
    groups = tuple(claims.model_copy(update={"by": {"unit": f"Unit {place:03}"}}) for place in range(80))
    path = tmp_path_factory.mktemp("many") / "result.json"
    path.write_text(result.model_copy(update={"groups": groups}).to_json(), encoding="utf-8")
    return path


def test_each_unit_of_an_engagement_has_a_page_in_the_language_asked_for(company: Path, tmp_path: Path) -> None:
    ran = run("report", company, "--each", "unit", "--out", "units", "--lang", "fr", cwd=tmp_path)
    assert ran.code == 0
    assert ran.out == ""
    assert ran.err.splitlines()[-1] == "readiness: wrote units: reports by unit, 6 written, 2 group(s) hidden"
    found = pages(tmp_path / "units")
    assert len(found) == 6
    for content in found.values():
        page = Page(content.decode())
        assert page.result["against"]["whom"] == "rest"
        assert page.result["against"]["n"] == 260 - page.result["group"]["n"]
        assert 'lang="fr"' in content.decode()
        assert "Brivelane" in content.decode()
    index = (tmp_path / "units/index.html").read_text(encoding="utf-8")
    assert re.findall(r'href="([^"#]+)"', index) == sorted(found)
    assert "Internal Audit" in index


def test_a_folder_that_holds_pages_in_another_language_is_left_as_it_is(scored: Path, tmp_path: Path) -> None:
    assert run("report", scored, "--each", "unit", "--out", "units", cwd=tmp_path).code == 0
    before = pages(tmp_path / "units")
    ran = run("report", scored, "--each", "unit", "--out", "units", "--lang", "fr", cwd=tmp_path)
    assert ran.code == 2
    assert "--out units: this folder holds the reports by unit in English; name another folder" in ran.err
    assert pages(tmp_path / "units") == before


def test_a_table_that_nobody_asked_to_score_is_scored(survey: Path, tmp_path: Path) -> None:
    ran = run("report", survey.name, "--each", "role", "--out", "roles", cwd=tmp_path)
    assert ran.code == 0
    assert pages(tmp_path / "roles")


def test_of_a_written_result_the_tables_that_it_has_are_named(scored: Path, tmp_path: Path) -> None:
    for each, mend in (("uni", "did you mean 'unit'?"), ("tenure", "unit")):
        ran = run("report", scored, "--each", each, "--out", "units", cwd=tmp_path)
        assert ran.code == 2
        assert f"--each {each}: " in ran.err
        assert "has no groups by" in ran.err
        assert mend in ran.err
    assert not (tmp_path / "units").exists()


def test_a_result_of_another_framework_is_set_beside_everybody(scored: Path, tmp_path: Path) -> None:
    raw = json.loads(scored.read_bytes())
    raw["framework"]["digest"]["scoring"] = "0" * 64
    (tmp_path / "result.json").write_text(json.dumps(raw), encoding="utf-8")
    assert run("report", "result.json", "--each", "unit", "--out", "units", cwd=tmp_path).code == 0
    page = Page(next(iter(pages(tmp_path / "units").values())).decode())
    assert (page.result["against"]["whom"], page.result["against"]["why"]) == ("everybody", "framework")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--each", "unit", "--out", "units.html"], "with --each name a folder"),
        (["--each", "unit", "--out", "file"], "this is a file; with --each name a folder"),
        (["--each", ",", "--out", "units"], "--each ',': this names no key"),
        (["--each", "units", "--out", "units"], "--each units: enterprise-2.0 has no context key 'units'; did you"),
        (["--each", "unit", "--by", "unis", "--out", "units"], "--by unis: enterprise-2.0 has no context key 'unis'"),
        (["--each", "unit", "--out", "taken"], "not ours"),
        (["--each", "unit", "--out", "company/surveys"], "is read as answers"),
        (["--anew", "--out", "report.html"], "--anew: one file is always written anew"),
        (["--each", "unit", "--document", "letter.docx", "--out", "units"], "--document letter.docx"),
    ],
)
def test_wrong_usage_is_told_before_anything_is_written(
    company: Path, tmp_path: Path, arguments: list[str], said: str
) -> None:
    (tmp_path / "company").symlink_to(company)
    (tmp_path / "file").write_text("mine", encoding="utf-8")
    (tmp_path / "taken").mkdir()
    (tmp_path / "taken/index.html").write_text("mine", encoding="utf-8")
    ran = run("report", "company", *arguments, cwd=tmp_path)
    assert ran.code == 2
    assert said in ran.err
    assert (tmp_path / "file").read_text("utf-8") == (tmp_path / "taken/index.html").read_text("utf-8") == "mine"
    assert not (tmp_path / "units").exists()
    assert not (company / "surveys/index.html").exists()


@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_whoever_stops_it_keeps_what_is_finished(number: signal.Signals, code: int, many: Path, tmp_path: Path) -> None:
    asked = ["report", str(many), "--each", "unit", "--out", "units"]
    working: subprocess.Popen[Any] = subprocess.Popen(
        [COMMAND, *asked], cwd=tmp_path, env=environment(), stdout=-1, stderr=-1, text=True
    )
    while working.poll() is None and not pages(tmp_path / "units"):
        time.sleep(0.01)
    stopped(working, number)
    out, err = working.communicate()
    assert (working.returncode, out, err) == (code, "", "readiness: stopped\n")
    left = pages(tmp_path / "units")
    assert 0 < len(left) < 80
    assert all(content.endswith(b"</html>") for content in left.values())
    assert {path.name for path in (tmp_path / "units").iterdir()} == {*left, "manifest.jsonl"}

    again = run(*asked, cwd=tmp_path)
    assert again.code == 0
    told = re.search(r"(\d+) written, (\d+) there already", again.err)
    assert told
    assert int(told[1]) + int(told[2]) == 80
    assert len(left) - int(told[2]) in (0, 1)  # the last page may be there without its line
    assert {name: pages(tmp_path / "units")[name] for name in left} == left
    assert run(*asked, cwd=tmp_path).err == "readiness: wrote units: reports by unit, 0 written, 80 there already\n"
