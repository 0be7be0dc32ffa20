"""`map` says what would be done with a file; `score --mapping` does what the corrected one says; rejects are listed."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest

from tests.cli.running import run

SURVEY = """\
Response ID,Unit,CUL11. Help across units,CUL12,Remarks
r1,Sales,4 - Often,Sometimes,
r2,sales,Oftn,3,fine
r3,Stores,=1+1,-,
"""


@pytest.fixture
def export(tmp_path: Path) -> Path:
    path = tmp_path / "export.csv"
    path.write_text(SURVEY, encoding="utf-8")
    return path


def test_every_decision_is_printed(export: Path, tmp_path: Path) -> None:
    ran = run("map", export, cwd=tmp_path, env={"COLUMNS": "160"})
    assert (ran.code, ran.err) == (0, "")
    for shown in (
        "CUL11. Help across units",
        "code",
        "Oftn → unreadable (Often? alike by 0.89)",
        "Remarks",
        "is called so",
    ):
        assert shown in ran.out


def test_every_decision_is_json(export: Path, tmp_path: Path) -> None:
    ran = run("map", export, "--format", "json", cwd=tmp_path)
    (file,) = json.loads(ran.out)["files"]
    columns = {column["column"]: column for column in file["columns"]}
    assert file["file"] == "export.csv"
    assert columns["CUL11. Help across units"]["item"] == "CUL11"
    assert columns["CUL11. Help across units"]["answers"] == {
        "4 - Often": "4",
        "=1+1": "unreadable",
        "Oftn": "unreadable",
    }
    assert columns["Unit"]["alike"] == [["Sales", "sales"]]
    assert columns["Remarks"]["ignore"] == "nothing in enterprise-2.0 is called so"


def test_a_mapping_of_any_file_scores_as_the_file_does(company: Path, tmp_path: Path) -> None:
    plain = run("score", company, "--format", "json", cwd=tmp_path)
    drawn = run("map", company, "--out", "mapping.yaml", cwd=tmp_path)
    assert (drawn.code, drawn.err) == (0, "readiness: wrote mapping.yaml\n")
    again = run("score", company, "--mapping", "mapping.yaml", "--format", "json", cwd=tmp_path)
    assert (again.code, again.err) == (0, plain.err)
    assert again.out == plain.out


def test_a_corrected_mapping_is_followed(export: Path, tmp_path: Path) -> None:
    run("map", export, "--out", "mapping.yaml", cwd=tmp_path)
    mapping = tmp_path / "mapping.yaml"
    text = mapping.read_text(encoding="utf-8")
    assert "Oftn: unreadable  # Often? alike by 0.89" in text
    corrected = text.replace("Oftn: unreadable", "Oftn: 4").replace(
        "context: unit\n", "context: unit\n        answers: {sales: Sales}\n"
    )
    mapping.write_text(corrected, encoding="utf-8")
    ran = run("score", export, "--mapping", mapping, "--rejects", "rejects.csv", cwd=tmp_path)
    assert ran.code == 0
    assert "2 cell(s) could not be read" in ran.err
    assert "look like one" not in ran.err
    assert "'Oftn'" not in ran.err


def test_an_engagement_may_name_its_mapping(export: Path, tmp_path: Path) -> None:
    folder = tmp_path / "engagement"
    (folder / "surveys").mkdir(parents=True)
    export.rename(folder / "surveys/export.csv")
    (folder / "engagement.yaml").write_text("client: Somebody\nmapping: mapping.yaml\n")
    missing = run("score", folder, cwd=tmp_path)
    assert missing.code == 1
    assert "engagement/mapping.yaml: there is no such file" in missing.err
    (folder / "mapping.yaml").write_text("format: 1\nfiles: [{columns: [{column: CUL12, item: CUL12}]}]\n")
    ran = run("score", folder, cwd=tmp_path)
    assert "ignored columns: Response ID, Unit, CUL11. Help across units, Remarks" in ran.err


def test_every_cell_that_cannot_be_read_is_written_and_none_is_a_formula(export: Path, tmp_path: Path) -> None:
    ran = run("score", export, "--rejects", "rejects.csv", "--strict", cwd=tmp_path)
    assert ran.code == 1
    with (tmp_path / "rejects.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))
    expected = "one of 1, 2, 3, 4, 5, their labels, dk or na"
    assert rows == [
        ["file", "row", "column", "item", "found", "expected"],
        ["export.csv", "3", "CUL11. Help across units", "CUL11", "Oftn", expected],
        ["export.csv", "4", "CUL11. Help across units", "CUL11", "'=1+1", expected],
        ["export.csv", "4", "CUL12", "CUL12", "'-", expected],
    ]
    assert "row 3, column CUL11 ('CUL11. Help across units'): 'Oftn' is not one of 1" in ran.err


def test_where_everything_can_be_read_the_rejects_are_empty(survey: Path, tmp_path: Path) -> None:
    (tmp_path / "rejects.csv").write_text("of an earlier run")
    assert run("score", survey, "--rejects", "rejects.csv", cwd=tmp_path).code == 0
    assert (tmp_path / "rejects.csv").read_text() == "file,row,column,item,found,expected\n"


def test_columns_that_stand_in_the_way_are_told_and_the_mapping_is_written(tmp_path: Path) -> None:
    (tmp_path / "s.csv").write_text("CUL11,CUL11\n1,2\n")
    ran = run("map", "s.csv", "--out", "m.yaml", cwd=tmp_path)
    assert ran.code == 0
    assert "s.csv, line 1: column 'CUL11' occurs more than once" in ran.err
    assert run("score", "s.csv", "--mapping", "m.yaml", cwd=tmp_path).code == 1
    mended = (tmp_path / "m.yaml").read_text().replace("ignore: ", "item: CUL11\n        how: ", 1)
    (tmp_path / "m.yaml").write_text(mended)
    assert run("score", "s.csv", "--mapping", "m.yaml", cwd=tmp_path).code == 0


def test_a_survey_for_another_framework_is_mapped_to_it(tmp_path: Path) -> None:
    phq9 = Path(__file__).parents[1] / "instruments/phq-9"
    (tmp_path / "s.csv").write_text("P1,P2,x\n1,2,0\n")
    ran = run("map", "s.csv", "--framework", phq9, "--format", "json", cwd=tmp_path)
    assert json.loads(ran.out)["framework"] == "phq-9"
    assert [column.get("item") for column in json.loads(ran.out)["files"][0]["columns"]] == ["P1", "P2", None]


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["map", "export.csv", "--out", "m.txt"], "--out m.txt: this is written as .yaml; name a .yaml file"),
        (["score", "export.csv", "--rejects", "r.txt"], "--rejects r.txt: this is written as .csv; name a .csv file"),
        (["score", "export.csv", "--rejects", "export.csv"], "--rejects export.csv: this file is read"),
        (["score", "export.csv", "--platform", "limesurvy"], "there is no such platform; did you mean 'limesurvey'?"),
        (["map", "export.csv", "--platform", "x"], "there is no such platform; use one of"),
    ],
)
def test_wrong_usage_is_2_and_says_what_would_be_right(
    arguments: list[str], told: str, export: Path, tmp_path: Path
) -> None:
    ran = run(*arguments, cwd=tmp_path)
    assert (ran.code, ran.out) == (2, "")
    assert told in ran.err
    assert export.read_text(encoding="utf-8") == SURVEY


def test_what_cannot_be_read_at_all_cannot_be_mapped(tmp_path: Path) -> None:
    (tmp_path / "s.xlsx").write_bytes(b"PK\3\4")
    ran = run("map", "s.xlsx", "none.csv", cwd=tmp_path)
    assert (ran.code, ran.out) == (1, "")
    assert "none.csv: there is no such file" in ran.err


def test_the_platform_is_told_unless_it_is_a_plain_table(export: Path, tmp_path: Path) -> None:
    assert "read as" not in run("score", export, cwd=tmp_path).err
    forced = run("score", export, "--platform", "google_forms", cwd=tmp_path)
    assert "export.csv: read as Google Forms, 1 header row, 3 responses" in forced.err


def test_a_report_follows_a_mapping_too(company: Path, tmp_path: Path) -> None:
    survey = company / "surveys/kiosk.csv"
    run("map", survey, "--out", "m.yaml", cwd=tmp_path)
    assert run("report", survey, "--mapping", "m.yaml", "--out", "r.md", cwd=tmp_path).code == 0
    run("score", survey, "--result", "r.json", cwd=tmp_path)
    ran = run("report", "r.json", "--mapping", "m.yaml", "--out", "r.md", cwd=tmp_path)
    assert ran.code == 2
    assert "leave --mapping, --platform, --sheet and --weight out" in ran.err


def test_a_mapping_that_is_there_is_not_written_over(survey: Path, tmp_path: Path) -> None:
    """Somebody may have corrected it."""
    (tmp_path / "mapping.yaml").write_text("corrected by hand")
    ran = run("map", survey, "--out", "mapping.yaml", cwd=tmp_path)
    assert ran.code == 2
    assert "--out mapping.yaml: the file is there already; name another, or remove it" in ran.err
    assert (tmp_path / "mapping.yaml").read_text() == "corrected by hand"
