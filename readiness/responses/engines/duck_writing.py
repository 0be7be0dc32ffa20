"""Scores of single respondents written by DuckDB: into a Parquet file, or into a new table of a database."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from readiness.faults import Fault, ResponseError, UsageError
from readiness.leftovers import UNFINISHED, own_folder
from readiness.responses.engines import duck_databases
from readiness.responses.engines import duck_sql as sql
from readiness.responses.engines.duck_faults import told
from readiness.responses.engines.locations import Kind, Location, location_of

if TYPE_CHECKING:
    from duckdb import DuckDBPyRelation

    from readiness.responses.engines.duck_databases import Attached
    from readiness.responses.engines.duck_session import Session

CONFIDENTIAL = "respondent (confidential)"  # the first column of every table of scores, by which one is known again
_SECRET = "scores of single respondents, nothing is suppressed: do not pass on"


def write(session: Session, relation: DuckDBPyRelation, to: str, attached: list[Attached]) -> None:
    """Write a relation to a place. attached: the databases that are being read.

    Raises:
        UsageError: it cannot be written there.
        ResponseError: it could not be written.
    """
    location = location_of(to)
    if location.kind in (Kind.server, Kind.database_file):
        _write_table(session, relation, location, attached)
    elif location.kind is Kind.path and to.lower().endswith(".parquet"):
        _write_parquet(session, relation, Path(to))
    else:
        what = "DuckDB writes scores into Parquet or a table of a database"
        mend = "name a .parquet file, or a table such as answers.duckdb#scores"
        raise UsageError([Fault(location.shown, None, what, mend)])


def _write_parquet(session: Session, relation: DuckDBPyRelation, path: Path) -> None:
    """A file that appears, or replaces what stood there, once all is written."""
    view = session.new_name("scores")
    session.connection.register(view, relation)  # a view of the connection's own, which no transaction minds
    try:
        if path.is_dir():
            raise IsADirectoryError(None, "it is a folder", str(path))
        path.parent.mkdir(parents=True, exist_ok=True)
        with own_folder(UNFINISHED, path.parent) as folder:
            begun = folder / path.name
            options = f"FORMAT parquet, KV_METADATA {{confidential: {sql.text(_SECRET)}}}"
            with told(str(path), do="write"):
                session.execute(f"COPY (FROM {view}) TO {sql.text(str(begun))} ({options})")
            begun.replace(path)
    except OSError as error:
        what = f"cannot be written ({error.strerror or error})"
        raise ResponseError([Fault(str(path), None, what, "name another file")]) from error
    finally:
        session.connection.unregister(view)


def _write_table(session: Session, relation: DuckDBPyRelation, location: Location, attached: list[Attached]) -> None:
    if location.table is None:
        mend = f"name one, such as {location.with_table('scores').shown}"
        raise UsageError([Fault(location.shown, None, "it is not said which table to write", mend)])
    staged = session.new_table("staged")
    with told(location.shown):
        session.work(lambda: relation.create(staged))
        session.let_go()
    try:
        with _opened(session, location, attached) as database, told(location.shown, location, "write"):
            _replace(session, database, staged)
    finally:
        session.drop("TABLE", staged)


@contextmanager
def _opened(session: Session, location: Location, attached: list[Attached]) -> Iterator[Attached]:
    """A database open for writing. A file of one that is being read is closed for as long."""
    reading = [other for other in attached if _is_same_file(other.location, location)]
    for other in reading:
        session.execute(f"DETACH {other.name}")
    try:
        database = duck_databases.attach(session, location, write=True)
        try:
            yield database
        finally:
            session.execute(f"DETACH {database.name}")
    finally:
        for other in reading:
            duck_databases.attach(session, other.location, name=other.name)


def _is_same_file(one: Location, other: Location) -> bool:
    if not one.kind is other.kind is Kind.database_file:
        return False
    return Path(one.place).resolve() == Path(other.place).resolve()


def _replace(session: Session, database: Attached, staged: str) -> None:
    """Make the table, in place of one that we made, in one transaction."""
    assert database.location.table is not None
    schema, table = database.parts(database.location.table)
    whole = f"{database.name}.{sql.name(schema)}.{sql.name(table)}"
    names = [database.called(*both) for both in duck_databases.tables(session, database)]
    there = duck_databases.alike(database.location.table, database, names)
    if there:
        columns = [str(row[0]) for row in session.rows(f"DESCRIBE {whole}")]
        if columns[:1] != [CONFIDENTIAL]:
            what = "there is a table of this name, which holds no scores of ours"
            raise UsageError([Fault(database.location.shown, None, what, "name another table")])
    session.execute("BEGIN TRANSACTION")
    try:
        if there:
            session.execute(f"DROP TABLE {whole}")
        session.execute(f"CREATE TABLE {whole} AS FROM {staged}")
        session.execute("COMMIT")
    except BaseException:
        session.roll_back()
        raise
