"""Tables of DuckDB's own files, of SQLite's, and of a real PostgreSQL, read by DuckDB, and what is wrong with them."""

from __future__ import annotations

import socket
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import duckdb
import pytest

from readiness.faults import ResponseError
from readiness.responses.engines.duck import Duck
from tests.responses.engines.postgres import PASSWORD, Server, postgres, without_rights

ANSWERS = """
    CREATE SCHEMA survey;
    CREATE TYPE mood AS ENUM ('good', 'bad');
    CREATE TABLE survey.answers (
        respondent text, "CUL11" smallint, cul12 numeric(4, 1), cul13 numeric, cul14 double precision, agreed boolean,
        mood mood, "on" date, at timestamp, abroad timestamptz, id uuid, choices integer[], extra jsonb);
    INSERT INTO survey.answers VALUES
        ('r1', 4, 4.0, 3.5, 0.1, true, 'good', '2026-01-02', '2026-01-02 03:04:05', '2026-01-02 03:04:05+02',
         'a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11', '{1,2}', '{"a": 1}'),
        ('r2', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL);
    CREATE VIEW survey.of_managers AS SELECT respondent, "CUL11" FROM survey.answers;
    CREATE TABLE survey.nobody (respondent text);
    CREATE TABLE public.staff (name text);
    INSERT INTO public.staff VALUES ('x');
    CREATE ROLE reader LOGIN PASSWORD 'r';
    CREATE ROLE stranger LOGIN PASSWORD 's';
    GRANT USAGE ON SCHEMA survey TO reader;
    GRANT SELECT ON survey.of_managers TO reader;
"""


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    with postgres() as running:
        running.run("CREATE DATABASE hr; CREATE DATABASE bare; CREATE DATABASE one;")
        running.run(ANSWERS, "hr")
        running.run("CREATE TABLE answers (respondent text); INSERT INTO answers VALUES ('r1')", "one")
        yield running


@pytest.fixture
def duck() -> Iterator[Duck]:
    engine = Duck()
    yield engine
    engine.close()


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "answers.duckdb"
    with closing(duckdb.connect(str(path))) as database:
        database.execute('CREATE TABLE answers ("Respondent" VARCHAR, "CUL 11" TINYINT)')
        database.execute("INSERT INTO answers VALUES ('r1', 4), ('r2', NULL)")
        database.execute("CREATE SCHEMA wave2; CREATE TABLE wave2.answers AS SELECT 5 AS CUL11")
        database.execute("CREATE VIEW everybody AS FROM answers")
    return path


@pytest.fixture
def lite(tmp_path: Path) -> Path:
    path = tmp_path / "answers.sqlite"
    with closing(sqlite3.connect(path)) as database:
        database.execute('CREATE TABLE "Answers" (respondent, CUL11 INTEGER, CUL12 REAL)')
        database.execute("INSERT INTO Answers VALUES ('007', 4, 0.5), ('r2', 'dk', NULL)")
        database.commit()
    return path


def _rows(duck: Duck, source: str) -> tuple[tuple[str, ...], list[tuple[object, ...]]]:
    located = duck.located(source)
    return located.headers, duck.collected(located.frame).rows()


def _fault(duck: Duck, source: str) -> str:
    with pytest.raises(ResponseError) as raised:
        duck.collected(duck.located(source).frame)
    (fault,) = raised.value.faults
    assert PASSWORD not in str(fault)
    assert "\n" not in str(fault)
    return str(fault)


def test_a_table_of_a_duckdb_file_is_read(duck: Duck, file: Path) -> None:
    headers = ("Respondent", "CUL 11")
    assert _rows(duck, f"{file}#answers") == (headers, [("r1", 4), ("r2", None)])
    assert _rows(duck, f"{file}#everybody")[0] == headers
    assert _rows(duck, f"{file}#main.answers")[0] == headers
    assert _rows(duck, f"{file}#wave2.answers") == (("CUL11",), [(5,)])


def test_a_file_is_never_written_to_by_reading_it(duck: Duck, file: Path) -> None:
    before = file.read_bytes()
    _rows(duck, f"{file}#answers")
    with pytest.raises(duckdb.Error, match="read-only"):
        duck._session.execute("DROP TABLE lake0.main.answers")
    duck.close()
    assert file.read_bytes() == before
    assert [path.name for path in file.parent.iterdir()] == [file.name]


def test_of_several_tables_one_has_to_be_named(duck: Duck, file: Path) -> None:
    tables = f"name one behind a number sign: {file}#answers (of answers, everybody, wave2.answers)"
    assert _fault(duck, str(file)) == f"{file}: there are 3 tables in it; {tables}"
    told = f"{file}#anwsers: there is no table 'anwsers' in it; did you mean 'answers'?"
    assert _fault(duck, f"{file}#anwsers") == told
    assert (
        _fault(duck, f"{file}#x")
        == f"{file}#x: there is no table 'x' in it; use one of answers, everybody, wave2.answers"
    )


def test_a_table_of_sqlite_is_read_whatever_its_columns_hold(duck: Duck, lite: Path) -> None:
    expected = (("respondent", "CUL11", "CUL12"), [("007", "4", "0.5"), ("r2", "dk", None)])
    assert _rows(duck, f"{lite}#answers") == expected
    assert _rows(duck, str(lite)) == expected  # the only one
    renamed = lite.rename(lite.with_suffix(".db"))
    assert _rows(duck, f"{renamed}#Answers") == expected


def test_a_file_open_for_writing_elsewhere_is_told(duck: Duck, file: Path, lite: Path) -> None:
    with _held_elsewhere("import duckdb; held = duckdb.connect({!r})", file):
        told = _fault(duck, f"{file}#answers")
    assert told == f"{file}#answers: another program has it open for writing; close it there, or name a copy"
    with _held_elsewhere("import sqlite3; held = sqlite3.connect({!r}); held.execute('BEGIN EXCLUSIVE')", lite):
        told = _fault(duck, f"{lite}#answers")
    assert told == f"{lite}#answers: another program is writing to it; try again once it is done, or name a copy"


@contextmanager
def _held_elsewhere(code: str, path: Path) -> Iterator[None]:
    """A file that another process holds while the block lasts."""
    program = [sys.executable, "-c", f"{code.format(str(path))}; print(flush=True); input()"]
    with subprocess.Popen(program, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as holder:
        assert holder.stdout is not None
        holder.stdout.readline()
        try:
            yield
        finally:
            holder.communicate(b"\n")


@pytest.mark.parametrize("suffix", [".duckdb", ".db", ".sqlite"])
@pytest.mark.parametrize("content", [b"", b"hello" * 5000])
def test_a_file_that_is_no_database_is_told(duck: Duck, tmp_path: Path, suffix: str, content: bytes) -> None:
    path = tmp_path / f"answers{suffix}"
    path.write_bytes(content)
    assert _fault(duck, f"{path}#t") == f"{path}#t: this is no database of DuckDB or SQLite; check the file"


@pytest.mark.parametrize("kind", ["file", "lite"])
def test_a_damaged_database_is_told(duck: Duck, kind: str, request: pytest.FixtureRequest) -> None:
    path: Path = request.getfixturevalue(kind)
    path.write_bytes(path.read_bytes()[:64] + b"\xff" * 30_000)
    told = "this is no database of DuckDB or SQLite, or is damaged; check the file"
    assert _fault(duck, f"{path}#answers") == f"{path}#answers: {told}"


def test_a_database_that_is_not_there_is_told_with_the_nearest(duck: Duck, file: Path) -> None:
    wrong = file.with_name("answer.duckdb")
    assert _fault(duck, f"{wrong}#answers") == f"{wrong}#answers: there is no such file; did you mean {file}?"


def test_a_database_that_may_not_be_read_is_told(duck: Duck) -> None:
    with tempfile.TemporaryDirectory() as name:
        Path(name).chmod(0o755)
        path = Path(name) / "answers.duckdb"
        duckdb.connect(str(path)).close()
        path.chmod(0)
        with without_rights():
            assert _fault(duck, f"{path}#t") == f"{path}#t: may not be read; ask for the right to"


def test_a_table_of_postgresql_is_read(duck: Duck, server: Server) -> None:
    located = duck.located(f"{server.address('hr')}#survey.answers")
    assert located.name == f"postgres://keeper@127.0.0.1:{server.port}/hr#survey.answers"
    assert located.headers[:3] == ("respondent", "CUL11", "cul12")
    schema = [str(dtype) for dtype in located.frame.collect_schema().values()]
    assert schema == [
        *["String", "Int16", "Decimal(precision=4, scale=1)", "Float64", "Float64", "Boolean", "String", "Date"],
        *["Datetime(time_unit='us', time_zone=None)", "Datetime(time_unit='us', time_zone='UTC')"],
        *["String", "List(Int32)", "String"],
    ]
    first, second = duck.collected(located.frame.select([str(place) for place in range(8)]).sort("0")).rows()
    assert [str(cell) for cell in first] == ["r1", "4", "4.0", "3.5", "0.1", "True", "good", "2026-01-02"]
    assert second == ("r2", *[None] * 7)


def test_answers_that_arrive_meanwhile_wait_for_the_next_run(duck: Duck, server: Server) -> None:
    server.run("CREATE TABLE live AS SELECT 'r1' AS respondent", "hr")
    frame = duck.located(f"{server.address('hr')}#live").frame
    server.run("INSERT INTO live VALUES ('r2')", "hr")
    assert duck.collected(frame).rows() == [("r1",)]
    with pytest.raises(ResponseError):
        duck.located(f"{server.address('hr')}#nowhere")
    assert duck.collected(frame).rows() == [("r1",)]
    again = Duck()
    assert again.collected(again.located(f"{server.address('hr')}#live").frame).height == 2
    again.close()
    duck.close()  # whoever is looked at cannot be removed
    server.run("DROP TABLE live", "hr")


def test_a_source_that_fails_does_not_stop_the_next(duck: Duck, server: Server) -> None:
    assert _rows(duck, f"{server.address('one')}#answers")[1] == [("r1",)]
    assert "no database 'nowhere'" in _fault(duck, f"{server.address('nowhere')}#t")
    assert _rows(duck, f"{server.address('one')}#answers")[1] == [("r1",)]


def test_views_and_the_only_table_are_found(duck: Duck, server: Server) -> None:
    view = f"{server.address('hr', 'reader', 'r')}#survey.of_managers"
    assert sorted(map(str, _rows(duck, view)[1])) == ["('r1', 4)", "('r2', None)"]
    assert _rows(duck, server.address("one")) == (("respondent",), [("r1",)])


def test_a_password_may_come_from_the_environment(duck: Duck, server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    source = f"{server.address('one', password=None)}#answers"
    where = f"postgres://keeper@127.0.0.1:{server.port}/one#answers"
    assert _fault(duck, source) == f"{where}: the server asks for a password; name it in PGPASSWORD or ~/.pgpass"
    monkeypatch.setenv("PGPASSWORD", PASSWORD)
    assert _rows(duck, source)[1] == [("r1",)]


def test_a_password_may_be_written_as_it_is(duck: Duck, server: Server) -> None:
    plain = f"postgres://keeper:{PASSWORD}@127.0.0.1:{server.port}/one#answers"
    assert _rows(duck, plain)[1] == [("r1",)]


@pytest.mark.parametrize(
    ("database", "user", "password", "table", "told"),
    [
        (
            "hr",
            "keeper",
            PASSWORD,
            "survey.anwsers",
            "there is no table 'survey.anwsers' in it; did you mean 'survey.ans",
        ),
        (
            "hr",
            "keeper",
            PASSWORD,
            "",
            "there are 4 tables in it; name one behind a number sign: postgres://keeper@127.0.",
        ),
        ("bare", "keeper", PASSWORD, "", "there is no table in it; check which one is meant"),
        ("bare", "keeper", PASSWORD, "x", "there is no table 'x' in it; it has no tables at all"),
        ("hr", "keeper", PASSWORD, "survey.nobody", "there are no rows in it; check which one is meant"),
        ("nowhere", "keeper", PASSWORD, "x", "there is no database 'nowhere' there; check its name"),
        (
            "hr",
            "keeper",
            "secret wrong",
            "x",
            "the server does not take the password of keeper; check user and password",
        ),
        (
            "hr",
            "nobody",
            "secret wrong",
            "x",
            "the server does not take the password of nobody; check user and password",
        ),
        (
            "hr",
            "stranger",
            "s",
            "survey.answers",
            "the user may not read schema survey; ask whoever keeps the database",
        ),
        ("hr", "reader", "r", "survey.answers", "the user may not read table answers; ask whoever keeps the database"),
        (
            "hr",
            "stranger",
            "s",
            "staff",
            "the user may not read table staff; ask whoever keeps the database for the right",
        ),
    ],
)
def test_what_a_server_refuses_is_one_sentence(
    duck: Duck, server: Server, database: str, user: str, password: str, table: str, told: str
) -> None:
    fault = _fault(duck, f"{server.address(database, user, password)}{'#' if table else ''}{table}")
    where = f"postgres://{user}@127.0.0.1:{server.port}/{database}{'#' if table else ''}{table}: "
    assert fault.startswith(where + told)
    assert "secret" not in fault


def test_a_host_where_nothing_answers_is_told(duck: Duck) -> None:
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        port = closed.getsockname()[1]
    told = "nothing answers there; check host and port, and that the server runs"
    assert _fault(duck, f"postgres://me:secret@127.0.0.1:{port}/hr#t") == f"postgres://me@127.0.0.1:{port}/hr#t: {told}"


def test_a_host_that_says_nothing_is_given_up(duck: Duck) -> None:
    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))
        silent.listen()
        port = silent.getsockname()[1]
        told = _fault(duck, f"postgres://me:secret@127.0.0.1:{port}/hr?connect_timeout=2#t")
    expected = "the host does not answer; check host and port, and that it can be reached from here"
    assert told == f"postgres://me@127.0.0.1:{port}/hr#t: {expected}"


@pytest.mark.parametrize(
    ("address", "told"),
    [
        ("postgres://me:secret@nowhere.invalid/hr", "there is no such host; check the name of the host"),
        (
            "postgres://me:secret@127.0.0.1:99999/hr",
            "this is no address of a database; write it as postgres://user@host",
        ),
        (
            "postgres://me:secret@127.0.0.1/hr?colour=red",
            "PostgreSQL knows no option 'colour'; write it as postgres://us",
        ),
    ],
)
def test_a_wrong_address_is_told(duck: Duck, address: str, told: str) -> None:
    fault = _fault(duck, f"{address}#t")
    assert f"hr#t: {told}" in fault
    assert "secret" not in fault


def test_a_server_that_ends_in_mid_query_is_told(duck: Duck) -> None:
    with postgres() as own:
        own.run("CREATE TABLE answers AS SELECT n AS a, repeat('x', 500) AS b FROM generate_series(1, 300000) AS n")
        located = duck.located(f"{own.address()}#answers")
        own.stop()
        with pytest.raises(ResponseError) as raised:
            duck.collected(located.frame.select("0"))
    (fault,) = raised.value.faults
    assert str(fault).startswith(f"postgres://keeper@127.0.0.1:{own.port}/postgres#answers: ")
    assert fault.what in ("the server ended the connection", "nothing answers there")
