"""Locations: what a word on the command line names: a file here, an address elsewhere, or a table of a database.

Told by the word alone, and by the first bytes of a file that is there. Imports nothing that takes long.
"""

from __future__ import annotations

import os
import re
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path
from urllib.parse import parse_qsl, quote, unquote

POSTGRES = ("postgres", "postgresql")
DATABASE_FILES = (".duckdb", ".ddb", ".db", ".sqlite", ".sqlite3", ".db3")
DUCKDB, SPARK = "duckdb", "spark"  # as `--engine` has them
_SQLITE_MARK = b"SQLite format 3\0"
_DUCKDB_MARK, _DUCKDB_MARK_AT = b"DUCK", 8
_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]+):(?=//)|(file|dbfs|hdfs):(?=/)", re.IGNORECASE)
_WITH_SECRET = re.compile(r"\A([A-Za-z][A-Za-z0-9+.-]*://[^:/?#@]*):(.*)@", re.DOTALL)
_WILD = re.compile(r"[*?\[]")
_TABLE_NAME = re.compile(r"[^\W\d]\w*(?:\.[^\W\d]\w*){1,2}\Z")
_FILES = re.compile(  # endings by which a name with a dot in it is one of a file
    r"\.(?:csv|tsv|tab|txt|xlsx|xlsm|xls|xlsb|ods|parquet|sav|zsav|por|dta|jsonl?|ndjson|ya?ml|html?|md|zip|gz|pdf|docx?)\Z",
    re.IGNORECASE,
)


class Kind(StrEnum):
    """What a location is."""

    path = "path"  # a file, a folder or a pattern on this machine
    url = "url"  # files elsewhere
    database_file = "database file"  # of DuckDB or SQLite
    server = "database"  # PostgreSQL
    table = "table"  # of a catalogue that an engine knows


@dataclass(frozen=True, repr=False)
class Location:
    """What one word on the command line names.

    place: the file, folder, pattern or address, without the table; it may hold a password, which `shown` does not.
    table: of a database, as the user wrote it; None where none was named.
    """

    kind: Kind
    place: str
    table: str | None = None

    def __str__(self) -> str:
        return self.shown

    def __repr__(self) -> str:
        return f"Location({self.kind.value}: {self.shown})"

    @property
    def shown(self) -> str:
        """What messages call it: as it was written, without any password or key in it."""
        place = self.place
        if self.kind in (Kind.url, Kind.server):
            place = _WITH_SECRET.sub(r"\1@", place).partition("?")[0]
        return place if self.table is None else f"{place}#{self.table}"

    @property
    def path(self) -> Path | None:
        """The file or folder on this machine; None where it is none."""
        return Path(self.place) if self.kind in (Kind.path, Kind.database_file) else None

    @property
    def is_pattern(self) -> bool:
        """Whether it stands for several files by a pattern such as `survey/*.parquet`."""
        return self.kind is Kind.path and bool(_WILD.search(self.place)) and not os.path.lexists(self.place)

    @property
    def engines(self) -> tuple[str, ...]:
        """The engines without one of which it cannot be read, the likeliest first; () where none is needed."""
        if self.is_pattern:
            return (DUCKDB, SPARK)
        return {Kind.url: (SPARK,), Kind.table: (SPARK,), Kind.path: ()}.get(self.kind, (DUCKDB,))

    @property
    def told(self) -> str:
        """What it is in words, such as "this is a database"."""
        return {
            Kind.path: "this is a pattern for several files" if self.is_pattern else "this is a file or folder",
            Kind.url: "this is an address in a data lake",
            Kind.database_file: "this is a file of a database",
            Kind.server: "this is a database",
            Kind.table: "there is no such file; as a table's name it is known to an engine only",
        }[self.kind]

    @property
    def secret(self) -> str | None:
        """The password in an address as it was meant; None where there is none."""
        if self.kind not in (Kind.url, Kind.server):
            return None
        found = _WITH_SECRET.match(self.place)
        options = dict(parse_qsl(self.place.partition("?")[2]))
        return unquote(found[2]) if found else options.get("password")

    def with_table(self, table: str) -> Location:
        """Another table of the same database."""
        return replace(self, table=table)


def location_of(word: str) -> Location:
    """What a word names. Whether it is there has not been looked at."""
    scheme = _SCHEME.match(word)
    if scheme and (scheme[1] or scheme[2]).lower() == "file":
        return location_of(_path_of(word))
    if scheme:
        kind = Kind.server if (scheme[1] or scheme[2]).lower() in POSTGRES else Kind.url
        return _server(word) if kind is Kind.server else Location(kind, word)
    if os.path.lexists(word):
        return Location(Kind.database_file if is_database_file(Path(word)) else Kind.path, word)
    return _database_file(word) or Location(Kind.table if _is_table(word) else Kind.path, word)


def is_database_file(path: Path) -> bool:
    """Whether a file that is there holds a database, by its first bytes; where it is empty or of text, by its name."""
    return database_kind(path) is not None or (path.suffix.lower() in DATABASE_FILES and not os.path.isdir(path))  # noqa: PTH112


def database_kind(path: Path) -> str | None:
    """What wrote a database's file: "duckdb" or "sqlite", by its first bytes; None where neither did."""
    if not os.path.isfile(path):  # noqa: PTH113 - no fault where it may not be asked; a pipe can be read but once
        return None
    try:
        with path.open("rb") as file:
            start = file.read(len(_SQLITE_MARK))
    except OSError:
        return None
    if start == _SQLITE_MARK:
        return "sqlite"
    return "duckdb" if start[_DUCKDB_MARK_AT:].startswith(_DUCKDB_MARK) else None


def _path_of(url: str) -> str:
    """The path that an address of the scheme `file` means."""
    rest = url.partition(":")[2]
    if rest.startswith("//"):
        rest = "/" + rest[2:].partition("/")[2]
    return unquote(rest)


def _server(word: str) -> Location:
    """A server's database. A password may hold what separates an address's parts: there it is spelled by number."""
    spelled = _WITH_SECRET.sub(lambda found: f"{found[1]}:{quote(found[2], safe='%')}@", word)
    address, sign, rest = spelled.rpartition("@")
    rest, marked, table = rest.partition("#")
    return Location(Kind.server, f"{address}{sign}{rest}", table if marked and table else None)


def _database_file(word: str) -> Location | None:
    """A file of a database with a table behind a number sign, which may be in the file's own name as well."""
    for found in re.finditer("#|$", word):
        file, table = word[: found.start()], word[found.end() :]
        path = Path(file)
        if path.suffix.lower() in DATABASE_FILES or database_kind(path):
            return Location(Kind.database_file, file, table or None)
    return None


def _is_table(word: str) -> bool:
    return bool(_TABLE_NAME.match(word)) and not _FILES.search(word)
