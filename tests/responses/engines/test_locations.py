"""What a word on the command line names, and what of it is shown."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from readiness.responses.engines.locations import Kind, location_of


@pytest.mark.parametrize(
    ("word", "kind", "place", "table", "engines"),
    [
        ("survey.csv", Kind.path, "survey.csv", None, ()),
        ("surveys/", Kind.path, "surveys/", None, ()),
        ("surveys/2026/part-*.parquet", Kind.path, "surveys/2026/part-*.parquet", None, ("duckdb", "spark")),
        ("file:///data/a%20b.csv", Kind.path, "/data/a b.csv", None, ()),
        ("file:/data/a.csv", Kind.path, "/data/a.csv", None, ()),
        (r"C:\data\survey.csv", Kind.path, r"C:\data\survey.csv", None, ()),
        ("s3a://lake/survey/", Kind.url, "s3a://lake/survey/", None, ("spark",)),
        ("hdfs:/lake/survey", Kind.url, "hdfs:/lake/survey", None, ("spark",)),
        ("answers.duckdb#answers", Kind.database_file, "answers.duckdb", "answers", ("duckdb",)),
        ("answers.sqlite", Kind.database_file, "answers.sqlite", None, ("duckdb",)),
        ("answers.db#", Kind.database_file, "answers.db", None, ("duckdb",)),
        ("wave#2.duckdb#answers#1", Kind.database_file, "wave#2.duckdb", "answers#1", ("duckdb",)),
        ("survey#2.csv", Kind.path, "survey#2.csv", None, ()),
        ("postgres://me@db/hr#survey.answers", Kind.server, "postgres://me@db/hr", "survey.answers", ("duckdb",)),
        ("PostgreSQL://db/hr", Kind.server, "PostgreSQL://db/hr", None, ("duckdb",)),
        ("hr.survey.answers", Kind.table, "hr.survey.answers", None, ("spark",)),
        ("answers", Kind.path, "answers", None, ()),
    ],
)
def test_a_word_names_one_kind_of_thing(
    word: str, kind: Kind, place: str, table: str | None, engines: tuple[str, ...]
) -> None:
    location = location_of(word)
    assert (location.kind, location.place, location.table, location.engines) == (kind, place, table, engines)


def test_a_file_that_is_there_is_what_it_begins_with(tmp_path: Path) -> None:
    nameless = tmp_path / "answers"
    with sqlite3.connect(nameless) as connection:
        connection.execute("CREATE TABLE answers (CUL11)")
    assert location_of(str(nameless)).kind is Kind.database_file
    assert location_of(f"{nameless}#answers").table == "answers"


def test_a_file_whose_name_looks_like_a_pattern_is_one_file(tmp_path: Path) -> None:
    path = tmp_path / "wave [2].csv"
    assert location_of(str(path)).is_pattern
    path.write_text("CUL11\n4\n")
    assert not location_of(str(path)).is_pattern


def test_a_file_called_as_a_table_would_be_is_a_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("survey.answers").write_text("CUL11\n4\n")
    assert location_of("survey.answers").kind is Kind.path


@pytest.mark.parametrize(
    ("word", "shown"),
    [
        ("postgres://me:secret@db:5432/hr#t", "postgres://me@db:5432/hr#t"),
        ("postgres://me:secret%40x@db/hr?sslmode=require", "postgres://me@db/hr"),
        ("postgres://me:se@cr#et/x?y@db/hr#t", "postgres://me@db/hr#t"),
        ("postgres://:secret@db/hr", "postgres://@db/hr"),
        ("postgresql:///hr?host=db&password=secret", "postgresql:///hr"),
        ("s3a://KEY:secret@lake/survey/", "s3a://KEY@lake/survey/"),
        ("abfss://c@acc.dfs.core.windows.net/p?sig=secret", "abfss://c@acc.dfs.core.windows.net/p"),
        ("postgres://me@db/hr#t", "postgres://me@db/hr#t"),
    ],
)
def test_no_password_is_ever_shown(word: str, shown: str) -> None:
    location = location_of(word)
    assert location.shown == str(location) == shown
    assert "se" not in repr(location).replace("database", "")


def test_a_password_may_hold_what_separates_the_parts_of_an_address() -> None:
    location = location_of("postgres://me:p@ss#w/rd?!@db/hr#answers")
    assert (location.place, location.secret) == ("postgres://me:p%40ss%23w%2Frd%3F%21@db/hr", "p@ss#w/rd?!")
    assert location.table == "answers"


def test_a_password_spelled_by_number_stays_as_it_is() -> None:
    location = location_of("postgres://me:p%40ss@db/hr")
    assert (location.place, location.secret) == ("postgres://me:p%40ss@db/hr", "p@ss")
