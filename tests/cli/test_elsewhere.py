"""`score --engine`: answers scored where they lie, and what is said where that cannot be."""

from __future__ import annotations

import json
from pathlib import Path

import polars as pl
import pytest

from tests.cli.running import run
from tests.responses.engines.postgres import postgres

ASKED = ("--by", "unit", "--by", "unit,role", "--format", "json")


@pytest.fixture
def parquet(survey: Path) -> Path:
    """The company's survey as a table of text."""
    path = survey.with_suffix(".parquet")
    pl.read_csv(survey, infer_schema=False).write_parquet(path)
    return path


def test_duckdb_prints_the_record_that_we_print(survey: Path) -> None:
    here = run("score", survey.name, *ASKED, cwd=survey.parent)
    there = run("score", survey.name, *ASKED, "--engine", "duckdb", cwd=survey.parent)
    assert (there.code, there.out) == (0, here.out)


def test_an_engagement_keeps_its_settings_and_interviews(company: Path) -> None:
    here = run("score", company.name, "--format", "json", cwd=company.parent)
    there = run("score", company.name, "--format", "json", "--engine", "duckdb", cwd=company.parent)
    assert (there.code, there.out) == (0, here.out)


def test_a_database_is_scored_where_it_lies_without_being_asked(survey: Path) -> None:
    here = run("score", survey.name, *ASKED, cwd=survey.parent)
    rows = pl.read_csv(survey, infer_schema=False)
    with postgres() as server:
        columns = ", ".join(f'"{name}" text' for name in rows.columns)
        cells = ", ".join(
            "(" + ", ".join("NULL" if cell is None else "'" + cell.replace("'", "''") + "'" for cell in row) + ")"
            for row in rows.iter_rows()
        )
        server.run(f"CREATE TABLE answers ({columns}); INSERT INTO answers VALUES {cells}")
        there = run("score", f"{server.address()}#answers", *ASKED, cwd=survey.parent)
    assert (there.code, there.out) == (0, here.out)
    assert "this is a database, and is scored by DuckDB where it lies" in there.err


def test_respondents_scores_stay_there(parquet: Path) -> None:
    folder = parquet.parent
    ran = run("score", parquet.name, "--engine", "duckdb", "--out", "scores.parquet", cwd=folder)
    own = run("score", parquet.name, "--out", "own.parquet", cwd=folder)
    assert (ran.code, own.code) == (0, 0)
    name = "respondent (confidential)"
    there, here = (pl.read_parquet(folder / file).sort(name) for file in ("scores.parquet", "own.parquet"))
    assert there.columns == here.columns
    scores = [column for column, dtype in here.schema.items() if dtype.is_float()]
    assert there.select(pl.exclude(scores).cast(pl.String)).equals(here.select(pl.exclude(scores).cast(pl.String)))
    assert there.select(scores).null_count().equals(here.select(scores).null_count())
    apart = (there.select(scores).fill_null(0) - here.select(scores).fill_null(0)).select(pl.all().abs().max())
    assert max(apart.row(0)) < 1e-12


@pytest.mark.parametrize(
    ("arguments", "code", "told"),
    [
        (["postgres://me:secret@127.0.0.1:1/hr"], 1, "postgres://me@127.0.0.1:1/hr: nothing answers there; check host"),
        (["s3a://lake/answers"], 2, "s3a://lake/answers: this is an address in a data lake; add --engine spark"),
        (["none.duckdb"], 1, "none.duckdb: there is no such file; check the path"),
        (["SURVEY", "--engine", "duckdb", "--rejects", "r.csv"], 2, "single cells are not listed of a survey"),
        (["SURVEY", "--engine", "duckdb", "--out", "x.csv"], 2, "DuckDB writes scores into Parquet or a table"),
        (["SURVEY", "--engine", "duckdb", "--out", "SURVEY"], 2, "this file is read, and would be written over"),
        (["SURVEY", "--engine", "duckdb", "--by", "planet"], 2, "enterprise-2.0 has no context key 'planet'"),
    ],
)
def test_what_cannot_be_is_said_in_a_sentence(arguments: list[str], code: int, told: str, parquet: Path) -> None:
    words = [parquet.name if word == "SURVEY" else word for word in arguments]
    ran = run("score", *words, "--no-analysis", cwd=parquet.parent)
    assert ran.code == code
    assert told in ran.err
    assert "secret" not in ran.err
    assert "Traceback" not in ran.err


def test_cells_that_cannot_be_read_are_told_by_column(survey: Path) -> None:
    rows = pl.read_csv(survey, infer_schema=False)
    item = next(name for name in rows.columns if name.startswith("CUL"))
    wrong = rows.with_columns(pl.when(pl.int_range(pl.len()) < 3).then(pl.lit("often-ish")).otherwise(item).alias(item))
    wrong.write_csv(survey.parent / "wrong.csv")
    ran = run("score", "wrong.csv", "--engine", "duckdb", "--format", "json", "--strict", cwd=survey.parent)
    assert f"column {item}: 'often-ish' is not one of" in ran.err
    assert "and 2 more like it" in ran.err
    assert "3 cell(s) could not be read and count as missing" in ran.err
    assert json.loads(ran.out)["respondents"]["unread"] == 3
    assert ran.code == 1


def test_ids_that_an_engine_takes_for_paths_are_refused(tmp_path: Path) -> None:
    (tmp_path / "framework.yaml").write_text(
        "format: 1\nid: dotted\nversion: '1'\nlanguages: [en]\nquestionnaires: [a.yaml]\n"
        "scales: {five: {options: [{value: 1, label: {en: no}}, {value: 2, label: {en: yes}}]}}\n",
        encoding="utf-8",
    )
    (tmp_path / "a.yaml").write_text(
        "dimension: a\nindicators: {b: {desired: high, items: {q.1: {text: {en: '?'}, scale: five}}}}\n",
        encoding="utf-8",
    )
    (tmp_path / "answers.csv").write_text("respondent,q.1\na,1\nb,2\n", encoding="utf-8")
    ran = run("score", "answers.csv", "--framework", ".", "--engine", "duckdb", cwd=tmp_path)
    assert ran.code == 2
    assert "dotted has the id 'q.1', which may have no dot there" in ran.err


def test_of_numbers_it_is_said_that_there_is_no_analysis(tmp_path: Path) -> None:
    (tmp_path / "framework.yaml").write_text(
        "format: 1\nid: counted\nversion: '1'\nlanguages: [en]\nquestionnaires: [a.yaml]\n"
        "scales: {five: {options: [{value: 1, label: {en: no}}, {value: 2, label: {en: yes}}]}}\n",
        encoding="utf-8",
    )
    (tmp_path / "a.yaml").write_text(
        "dimension: a\nindicators:\n"
        "  b: {desired: high, items: {Q1: {text: {en: '?'}, type: number, min: 0, max: 9}}}\n",
        encoding="utf-8",
    )
    rows = "".join(f"p{n},{n % 10}\n" for n in range(12))
    (tmp_path / "answers.csv").write_text(f"respondent,Q1\n{rows}", encoding="utf-8")
    asked = ("score", "answers.csv", "--framework", ".", "--format", "json")
    there = run(*asked, "--engine", "duckdb", cwd=tmp_path)
    here = run(*asked, "--no-analysis", cwd=tmp_path)
    assert "no intervals, reliability or gaps" in there.err
    found, own = json.loads(there.out), json.loads(here.out)
    found["overall"]["analysis"] = own["overall"]["analysis"] = None
    assert found == own


@pytest.mark.parametrize(
    ("sources", "written"),
    [
        (["lake"], ["--out", "lake/a.parquet"]),
        (["lake/*.parquet"], ["--out", "lake/b.parquet"]),
        (["lake"], ["--result", "lake/new.json"]),
        (["lake/a.parquet"], ["--result", "./lake/../lake/a.parquet"]),
        (["lake"], ["--out", "same.parquet", "--result", "same.parquet"]),
        (["lake"], ["--platform", "limesurvey"]),
        (["lake"], ["--sheet", "x"]),
    ],
)
def test_nothing_that_is_read_is_written_over(sources: list[str], written: list[str], parquet: Path) -> None:
    folder = parquet.parent
    (folder / "lake").mkdir()
    rows = pl.read_parquet(parquet)
    rows.write_parquet(folder / "lake/a.parquet")
    ran = run("score", *sources, "--engine", "duckdb", "--no-analysis", *written, cwd=folder)
    assert ran.code == 2, ran.err
    assert [path.name for path in (folder / "lake").iterdir()] == ["a.parquet"]
    assert pl.read_parquet(folder / "lake/a.parquet").equals(rows)
    assert not (folder / "same.parquet").exists()


@pytest.mark.parametrize("command", [("report", "--out", "r.html"), ("diagnose",), ("levers",), ("map",)])
@pytest.mark.parametrize(
    ("source", "told"),
    [
        ("answers.duckdb", "answers.duckdb: this is a file of a database"),
        ("answers.duckdb#wave", "answers.duckdb#wave: this is a file of a database"),
        ("postgres://me:s3cret@host/hr#a", "postgres://me@host/hr#a: this is a database"),
        ("s3a://lake/answers", "s3a://lake/answers: this is an address in a data lake"),
        ("*.parquet", "*.parquet: this is a pattern for several files"),
    ],
)
def test_what_only_score_takes_is_told_with_what_to_name_instead(
    command: tuple[str, ...], source: str, told: str, tmp_path: Path
) -> None:
    ran = run(*command, source, cwd=tmp_path)
    assert ran.code == 1
    assert f"{told}; name an export of it, or its result, which `readiness score --result` writes" in ran.err


@pytest.mark.parametrize("command", [["map"], ["check"], ["diagnose"], ["score", "--engine", "duckdb"], ["score"]])
def test_no_message_tells_a_password(command: list[str], tmp_path: Path) -> None:
    address = "postgres://me:s3cret@127.0.0.1:1/hr"
    ran = run(*command, address, cwd=tmp_path)
    assert ran.code in (1, 2)
    assert "s3cret" not in ran.err + ran.out


def test_what_pandas_writes_for_missing_is_missing(parquet: Path) -> None:
    folder = parquet.parent
    rows = (
        pl.read_parquet(parquet)
        .head(20)
        .with_columns(
            pl.when(pl.int_range(pl.len()) == 3).then(float("nan")).otherwise(1.5).alias("w"),
            pl.when(pl.int_range(pl.len()) == 5)
            .then(float("nan"))
            .otherwise(pl.int_range(pl.len()))
            .alias("respondent"),
        )
    )
    rows.write_parquet(folder / "nan.parquet")
    asked = ("score", "nan.parquet", "--weight", "w", "--format", "json")
    here, there = run(*asked, cwd=folder), run(*asked, "--engine", "duckdb", cwd=folder)
    assert (there.code, there.out) == (0, here.out)


def test_ids_that_differ_by_blanks_alone_are_one(parquet: Path) -> None:
    folder = parquet.parent
    rows = (
        pl.read_parquet(parquet)
        .head(6)
        .with_columns(pl.Series("respondent", ["a", "a\u00a0", "\u2003b", "b", "\u00a0", "\u00a0"]))
    )
    rows.write_csv(folder / "blanks.csv")
    asked = ("score", "blanks.csv", "--format", "json")
    here, there = run(*asked, cwd=folder), run(*asked, "--engine", "duckdb", cwd=folder)
    assert (there.code, there.out) == (0, here.out)
