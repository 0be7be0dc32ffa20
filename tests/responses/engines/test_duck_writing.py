"""Scores of single respondents, written by DuckDB into files and tables: whole or not at all, over none but ours."""

from __future__ import annotations

import sqlite3
import stat
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import duckdb
import narwhals as nw
import polars as pl
import pytest

from readiness.faults import ResponseError, UsageError
from readiness.responses.engines.duck import Duck
from readiness.responses.engines.duck_writing import CONFIDENTIAL
from tests.responses.engines.postgres import PASSWORD, Server, postgres

SCORES = pl.DataFrame(
    {
        CONFIDENTIAL: ["r1", "r2"],
        "unit": ["Sales", None],
        "trust": [0.1 + 0.2, None],
        "high trust": [True, None],
        "items": pl.Series([4, 5], dtype=pl.Int16),
    }
)


@pytest.fixture
def duck() -> Iterator[Duck]:
    engine = Duck()
    yield engine
    engine.close()


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    with postgres() as running:
        running.run("CREATE SCHEMA survey; CREATE TABLE survey.answers AS SELECT 'r1' AS respondent")
        running.run("CREATE ROLE reader LOGIN PASSWORD 'read'; GRANT USAGE ON SCHEMA survey TO reader")
        running.run("GRANT SELECT ON survey.answers TO reader")
        yield running


def _fault(duck: Duck, to: str, kind: type[Exception], scores: pl.DataFrame = SCORES) -> str:
    with pytest.raises(kind) as raised:
        duck.write(duck.held(scores), to)
    assert "\n" not in str(raised.value)
    assert PASSWORD not in str(raised.value)
    return str(raised.value)


def test_scores_become_a_parquet_file(duck: Duck, tmp_path: Path) -> None:
    path = tmp_path / "new" / "scores.parquet"
    duck.write(duck.held(SCORES), str(path))
    assert pl.read_parquet(path).equals(SCORES)
    assert "do not pass on" in pl.read_parquet_metadata(path)["confidential"]
    duck.write(duck.held(SCORES.head(1)), str(path))
    assert pl.read_parquet(path).equals(SCORES.head(1))
    assert [other.name for other in path.parent.iterdir()] == ["scores.parquet"]


def test_a_file_that_cannot_be_written_in_full_leaves_what_was_there(duck: Duck, tmp_path: Path) -> None:
    path = tmp_path / "scores.parquet"
    path.write_text("before")
    frame = duck.worked(
        duck.held(pl.DataFrame({CONFIDENTIAL: range(1000)})), {"n": f'(300 - "{CONFIDENTIAL}")::UTINYINT'}
    )
    with pytest.raises(ResponseError):
        duck.write(frame, str(path))
    assert path.read_text() == "before"
    assert [other.name for other in tmp_path.iterdir()] == ["scores.parquet"]


def test_a_folder_is_no_file_to_write(duck: Duck, tmp_path: Path) -> None:
    (tmp_path / "scores.parquet").mkdir()
    told = f"{tmp_path}/scores.parquet: cannot be written (it is a folder); name another file"
    assert _fault(duck, f"{tmp_path}/scores.parquet", ResponseError) == told


@pytest.mark.parametrize("to", ["scores.csv", "scores", "s3a://lake/scores.parquet"])
def test_other_files_are_not_for_duckdb(duck: Duck, to: str) -> None:
    assert "DuckDB writes scores into Parquet or a table of a database" in _fault(duck, to, UsageError)


def test_scores_become_a_table_beside_the_answers_being_read(duck: Duck, tmp_path: Path) -> None:
    path = tmp_path / "answers.duckdb"
    with closing(duckdb.connect(str(path))) as database:
        database.execute("CREATE TABLE answers AS SELECT 'r' || range AS respondent, range AS CUL11 FROM range(10)")
    located = duck.located(f"{path}#answers")
    scores = located.frame.select(nw.col("0").alias(CONFIDENTIAL), (nw.col("1") * 2).alias("trust"))
    for _ in range(2):  # the second time in place of the first
        duck.write(scores, f"{path}#scores")
    duck.write(scores, f"{path}#scores2")
    assert duck.collected(located.frame.select(nw.len())).item() == 10  # it is still being read
    duck.close()
    with closing(duckdb.connect(str(path), read_only=True)) as database:
        assert database.execute("SELECT sum(trust) FROM scores").fetchall() == [(90,)]
        assert database.execute("SELECT count(*) FROM scores2").fetchall() == [(10,)]


@pytest.mark.parametrize("name", ["new.duckdb", "new.db", "new.sqlite"])
def test_a_database_is_made_where_there_is_none(duck: Duck, tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    duck.write(duck.held(SCORES), f"{path}#scores")
    rows: list[tuple[object, ...]]
    if name.endswith("sqlite"):
        with closing(sqlite3.connect(path)) as database:
            rows = database.execute("SELECT * FROM scores").fetchall()
    else:
        with closing(duckdb.connect(str(path), read_only=True)) as opened:
            rows = opened.execute("SELECT * FROM scores").fetchall()
    assert rows == [("r1", "Sales", 0.1 + 0.2, True, 4), ("r2", None, None, None, 5)]


def test_a_table_that_is_not_ours_stays(duck: Duck, tmp_path: Path) -> None:
    path = tmp_path / "answers.duckdb"
    with closing(duckdb.connect(str(path))) as database:
        database.execute("CREATE TABLE answers AS SELECT 'r1' AS respondent")
    told = "there is a table of this name, which holds no scores of ours; name another table"
    assert _fault(duck, f"{path}#answers", UsageError) == f"{path}#answers: {told}"
    assert _fault(duck, f"{path}#ANSWERS", UsageError) == f"{path}#ANSWERS: {told}"
    assert duck.collected(duck.located(f"{path}#answers").frame).rows() == [("r1",)]


def test_a_table_has_to_be_named(duck: Duck, tmp_path: Path) -> None:
    told = f"it is not said which table to write; name one, such as {tmp_path}/x.duckdb#scores"
    assert _fault(duck, f"{tmp_path}/x.duckdb", UsageError) == f"{tmp_path}/x.duckdb: {told}"
    assert not (tmp_path / "x.duckdb").exists()


def test_scores_become_a_table_of_postgresql(duck: Duck, server: Server) -> None:
    located = duck.located(f"{server.address()}#survey.answers")
    for _ in range(2):
        duck.write(duck.held(SCORES), f"{server.address()}#survey.scores")
        found = server.run("SELECT * FROM survey.scores ORDER BY 1")
        assert found.splitlines() == ["r1|Sales|0.30000000000000004|t|4", "r2||||5"]
    told = "there is a table of this name, which holds no scores of ours; name another table"
    where = f"postgres://keeper@127.0.0.1:{server.port}/postgres#survey.answers"
    assert _fault(duck, f"{server.address()}#survey.answers", UsageError) == f"{where}: {told}"
    assert duck.collected(located.frame).rows() == [("r1",)]


def test_where_writing_fails_the_table_before_stays(duck: Duck, server: Server) -> None:
    to = f"{server.address()}#survey.kept"
    duck.write(duck.held(SCORES), to)
    hostile = SCORES.with_columns(pl.lit("nul\0").alias("unit"))  # which no text of PostgreSQL may hold
    _fault(duck, to, ResponseError, hostile)
    assert server.run("SELECT count(unit), count(*) FROM survey.kept") == "1|2"


@pytest.mark.parametrize(
    ("user", "password", "table", "told"),
    [
        (
            "reader",
            "read",
            "survey.scores_of_reader",
            "the user may not write schema survey; ask whoever keeps the data",
        ),
        ("keeper", PASSWORD, "nowhere.scores", "there is no schema 'nowhere' in it; make it, or name another"),
        (
            "keeper",
            "wrong",
            "survey.scores",
            "the server does not take the password of keeper; check user and password",
        ),
    ],
)
def test_what_a_server_does_not_let_us_write_is_told(
    duck: Duck, server: Server, user: str, password: str, table: str, told: str
) -> None:
    fault = _fault(duck, f"{server.address('postgres', user, password)}#{table}", ResponseError)
    assert fault.startswith(f"postgres://{user}@127.0.0.1:{server.port}/postgres#{table}: {told}")


def test_what_is_written_is_for_its_owner_alone(duck: Duck, tmp_path: Path) -> None:
    path = tmp_path / "scores.parquet"
    duck.write(duck.held(SCORES), str(path))
    assert stat.S_IMODE(path.stat().st_mode) & 0o022 == 0
