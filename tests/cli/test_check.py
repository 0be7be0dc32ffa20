"""`check`: all faults of a framework, each with its place; what it holds where there is none."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from readiness.framework.catalogue import find
from tests.cli.running import run


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    return Path(shutil.copytree(find("enterprise-2.0"), tmp_path / "copy"))


def test_what_a_sound_framework_holds_is_said(tmp_path: Path) -> None:
    ran = run("check", "enterprise-2.0", cwd=tmp_path)
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.startswith("enterprise-2.0 ")
    assert "5 dimensions" in ran.out
    assert ran.out.splitlines()[0].endswith("in en, fr")


def test_what_is_asked_of_every_role_is_said(tmp_path: Path) -> None:
    told = {
        row[0]: row[1:] for row in map(str.split, run("check", "enterprise-2.0", cwd=tmp_path).out.splitlines()) if row
    }
    assert told["Role"] == ["Items", "Survey", "Minutes", "Items", "Interview", "Minutes"]
    assert told["employee"] == ["60", "66", "11", "121", "123", "20"]
    assert told["executive"][3:5] == ["38", "40"]
    assert told["manager"][4] == "90"


def test_what_could_be_better_worded_is_a_hint(copy: Path, tmp_path: Path) -> None:
    trust = copy / "trust.yaml"
    worded = "I can question an instruction before carrying it out."
    trust.write_text(trust.read_text("utf-8").replace(worded, "I do not dare to question an instruction."), "utf-8")
    ran = run("check", "copy", cwd=tmp_path)
    assert ran.code == 0
    assert "hint: " in ran.err
    assert "item 'TRU24' is reversed by a negation in en: 'not'" in ran.err


def test_a_folder_is_checked_from_anywhere(copy: Path, tmp_path: Path) -> None:
    assert run("check", "copy", cwd=tmp_path).out == run("check", "enterprise-2.0", cwd=tmp_path).out


def test_a_copy_that_kept_the_shipped_id_is_warned_of(copy: Path, tmp_path: Path) -> None:
    header = copy / "framework.yaml"
    assert "'enterprise-2.0' is a framework that comes with readiness" in run("check", "copy", cwd=tmp_path).err
    header.write_text(header.read_text("utf-8").replace("id: enterprise-2.0", "id: ours"), "utf-8")
    assert run("check", "copy", cwd=tmp_path).err == ""


def test_every_fault_has_its_file_its_line_and_a_way_to_mend_it(copy: Path, tmp_path: Path) -> None:
    culture, scenarios = copy / "culture.yaml", copy / "scenarios.yaml"
    culture.write_text(culture.read_text(encoding="utf-8").replace("scale: frequency", "scale: frequensy", 1), "utf-8")
    scenarios.write_text(scenarios.read_text(encoding="utf-8").replace("kind: risk", "kind: riks", 1), "utf-8")
    ran = run("check", "copy", cwd=tmp_path)
    assert (ran.code, ran.out) == (1, "")
    assert "culture.yaml, line " in ran.err
    assert "did you mean 'frequency'?" in ran.err
    assert "scenarios.yaml, line " in ran.err
    assert "2 faults" in ran.err


def test_what_is_not_translated_is_a_warning(copy: Path, tmp_path: Path) -> None:
    framework = copy / "framework.yaml"
    text = framework.read_text(encoding="utf-8")
    framework.write_text(text.replace('title: {en: "Unit", fr: "Service"}', 'title: {en: "Unit"}'), "utf-8")
    ran = run("check", "copy", cwd=tmp_path)
    assert ran.code == 0
    assert "warning: " in ran.err
    assert "framework.yaml" in ran.err


@pytest.mark.parametrize("folder", ["nowhere", "/dev/null", "."])
def test_where_there_is_no_framework_that_is_said(folder: str, tmp_path: Path) -> None:
    ran = run("check", folder, cwd=tmp_path)
    assert (ran.code, ran.out) == (1, "")
    assert f"readiness: {folder}: " in ran.err
