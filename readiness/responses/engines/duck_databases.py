"""Tables of databases as DuckDB sees them: of its own files, of SQLite's, and of PostgreSQL's servers."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from readiness.faults import Fault, ResponseError
from readiness.framework.ledger import nearest_word, one_of, quoted
from readiness.responses.engines import duck_servers
from readiness.responses.engines import duck_sql as sql
from readiness.responses.engines.duck_faults import told
from readiness.responses.engines.duck_files import found
from readiness.responses.engines.locations import Kind, database_kind

if TYPE_CHECKING:
    from duckdb import DuckDBPyRelation

    from readiness.responses.engines.duck_session import Session
    from readiness.responses.engines.locations import Location

USUAL = {"postgres": "public", "duckdb": "main", "sqlite": "main"}  # the schema that need not be named
SQLITE_FILES = (".sqlite", ".sqlite3", ".db3")  # how one is called
SYSTEMS = ("information_schema", "pg_catalog", "pg_toast")


@dataclass(frozen=True)
class Attached:
    """A database that DuckDB looks into. name: as it is called in SQL. kind: postgres, duckdb or sqlite."""

    location: Location
    name: str
    kind: str

    def called(self, schema: str, table: str) -> str:
        """A table as the user names it."""
        return table if schema == USUAL[self.kind] else f"{schema}.{table}"

    def parts(self, called: str) -> tuple[str, str]:
        """Schema and name of a table that is to be, as the user names it."""
        schema, dot, table = called.rpartition(".")
        return (schema, table) if dot else (USUAL[self.kind], table)


def attach(session: Session, location: Location, *, write: bool = False, name: str | None = None) -> Attached:
    """Open the database of a location, to be read or written. name: as it was called in SQL before.

    Raises:
        ResponseError: it is not there, or cannot be opened.
    """
    kind = _kind_to_be(location) if write else kind_of(location)
    if kind in ("postgres", "sqlite"):
        session.load(kind)
    name = name or session.new_name("lake")
    with told(location.shown, location):
        if kind == "sqlite":  # whose columns may hold anything, whatever they are declared as
            session.execute("SET sqlite_all_varchar = true")
        place, options = _server(session, location) if kind == "postgres" else (location.place, [])
        options += [] if kind == "duckdb" else [f"TYPE {kind}"]
        options += [] if write else ["READ_ONLY"]
        session.execute(f"ATTACH {sql.text(place)} AS {name}" + (f" ({', '.join(options)})" if options else ""))
    return Attached(location, name, kind)


def _server(session: Session, location: Location) -> tuple[str, list[str]]:
    """How DuckDB is told of a server. The password goes where no message of its repeats it."""
    said = duck_servers.parameters(location.place)
    password = said.get(duck_servers.PASSWORD)
    if password is None:
        return duck_servers.connection_string(said), []
    secret = session.new_name("secret")
    session.execute(f"CREATE TEMPORARY SECRET {secret} (TYPE postgres, PASSWORD {sql.text(password)})")
    return duck_servers.connection_string(said), [f"SECRET {secret}"]


def kind_of(location: Location) -> str:
    """What a database is: postgres, duckdb or sqlite.

    Raises:
        ResponseError: there is no such file, or it is none.
    """
    if location.kind is Kind.server:
        return "postgres"
    found(location)
    path = Path(location.place)
    try:
        with path.open("rb"):
            pass
    except OSError as error:
        what, mend = (
            ("may not be read", "ask for the right to")
            if isinstance(error, PermissionError)
            else (f"cannot be read ({error.strerror})", "check the file")
        )
        raise ResponseError([Fault(location.shown, None, what, mend)]) from error
    kind = database_kind(path)
    if kind is None:
        what = "this is no database of DuckDB or SQLite"
        raise ResponseError([Fault(location.shown, None, what, "check the file")])
    return kind


def _kind_to_be(location: Location) -> str:
    """What a database is that may not be there yet: then by its name."""
    path = Path(location.place)
    if location.kind is Kind.server or path.exists():
        return kind_of(location)
    return "sqlite" if path.suffix.lower() in SQLITE_FILES else "duckdb"


def relation_of(session: Session, attached: Attached) -> tuple[DuckDBPyRelation, tuple[str, ...]]:
    """The table that is meant as a relation, and what its columns are called.

    Raises:
        ResponseError: there is no such table, more than one where none was named, or it may not be read.
    """
    location = attached.location
    with told(location.shown, location):
        schema, table = chosen(session, attached)
    where = location.with_table(attached.called(schema, table))
    with told(where.shown, location):
        whole = f"{attached.name}.{sql.name(schema)}.{sql.name(table)}"
        headers = tuple(session.relation(f"SELECT * FROM {whole}").columns)
        names = ", ".join(f"{sql.name(header)} AS {sql.name(str(place))}" for place, header in enumerate(headers))
        return session.relation(f"SELECT {names} FROM {whole}"), headers


def chosen(session: Session, attached: Attached) -> tuple[str, str]:
    """Schema and name of the table that is meant.

    Raises:
        ResponseError: there is none, or more than one.
    """
    location, there = attached.location, tables(session, attached)
    names = {attached.called(schema, table): (schema, table) for schema, table in there}
    if location.table is None:
        if len(there) == 1:
            return there[0]
        if not there:
            raise ResponseError([Fault(location.shown, None, "there is no table in it", "check which one is meant")])
        what = f"there are {len(there)} tables in it"
        mend = f"name one behind a number sign: {_listed(location, list(names))}"
        raise ResponseError([Fault(location.shown, None, what, mend)])
    meant = [names[name] for name in alike(location.table, attached, names)]
    if len(meant) == 1:
        return meant[0]
    what = f"there is no table {quoted(location.table)} in it"
    near = nearest_word(location.table, names)
    mend = f"did you mean {quoted(near)}?" if near else one_of(names) or "it has no tables at all"
    raise ResponseError([Fault(location.with_table(location.table).shown, None, what, mend)])


def alike(table: str, attached: Attached, names: Collection[str]) -> list[str]:
    """The tables that a name may mean: to the letter, with the schema that need not be named, or in another case."""
    usual = f"{USUAL[attached.kind]}."
    for meant in (table, table.removeprefix(usual)):
        if meant in names:
            return [meant]
    return [name for name in names if name.casefold() == table.removeprefix(usual).casefold()]


def _listed(location: Location, names: list[str], most: int = 12) -> str:
    first = location.with_table(names[0]).shown
    more = f" and {len(names) - most} more" if len(names) > most else ""
    return f"{first} (of {', '.join(names[:most])}{more})"


def tables(session: Session, attached: Attached) -> list[tuple[str, str]]:
    """Every table and view of a database that is not the system's own, by schema and name."""
    listed = " UNION ALL ".join(
        f"SELECT schema_name, {kind}_name FROM duckdb_{kind}s() WHERE database_name = {sql.text(attached.name)}"
        " AND NOT internal"
        for kind in ("table", "view")
    )
    rows = session.rows(f"SELECT DISTINCT * FROM ({listed}) ORDER BY ALL")
    return [(str(schema), str(table)) for schema, table in rows if schema not in SYSTEMS]
