"""`score --result`: the record, or its tables, in the form that the file's ending asks for."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from readiness.scoring.result import Result
from readiness.writers.tables import tables_of
from tests.cli.running import run
from tests.writers.reading import READERS, plain, read_xlsx, record, same


@pytest.fixture
def survey(company: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(company / "surveys/kiosk.csv", tmp_path / "survey.csv"))


@pytest.mark.parametrize("form", READERS)
def test_every_form_holds_what_is_printed_as_json(form: str, survey: Path) -> None:
    ran = run(
        *("score", survey, "--by", "unit", "--lang", "fr", "--format", "json", "--result", f"out/r{form}"),
        cwd=survey.parent,
    )
    assert (ran.code, ran.err) == (0, f"readiness: wrote out/r{form}\n")
    result = Result.model_validate(json.loads(ran.out))
    tables = tables_of(result, "fr")
    path = survey.parent / "out" / f"r{form}"
    read = read_xlsx(path, tables, "masqué") if form == ".xlsx" else READERS[form](path, tables)
    assert same(record(read), plain(result.model_dump()))
    assert read["framework"][0]["title"] == "Préparation à l’entreprise 2.0"
    assert [found.name for found in path.parent.iterdir()] == [path.name]


def test_json_is_the_record(survey: Path) -> None:
    ran = run("score", survey, "--format", "json", "--result", "r.json", cwd=survey.parent)
    assert (survey.parent / "r.json").read_text("utf-8") == ran.out


@pytest.mark.parametrize("name", ["r.docx", "r", "r.csv.gz"])
def test_an_unknown_ending_is_wrong_usage(name: str, survey: Path) -> None:
    ran = run("score", survey, "--result", name, cwd=survey.parent)
    assert (ran.code, ran.out) == (2, "")
    kinds = ".json, .csv, .xlsx, .parquet or .jsonl"
    assert ran.err == f"readiness: --result {name}: a result is written as {kinds}; name such a file\n"
    assert list(survey.parent.iterdir()) == [survey]


def test_a_survey_is_not_written_over(survey: Path) -> None:
    before = survey.read_bytes()
    (survey.parent / "link.csv").symlink_to(survey)
    for name in ("survey.csv", "./survey.csv", "link.csv"):
        ran = run("score", survey, "--result", name, cwd=survey.parent)
        assert ran.code == 2
        assert "this file is read, and would be written over; name another file" in ran.err
    assert survey.read_bytes() == before


def test_nor_is_a_result_put_among_the_answers_of_an_engagement(company: Path, tmp_path: Path) -> None:
    shutil.copytree(company, tmp_path / "demo")
    ran = run("score", "demo", "--result", "demo/surveys/r.csv", cwd=tmp_path)
    assert ran.code == 2
    assert "whatever lies in demo/surveys is read as answers; name another file" in ran.err
    assert not (tmp_path / "demo/surveys/r.csv").exists()
    assert run("score", "demo", "--result", "demo/results/r.csv", cwd=tmp_path).code == 0
