"""What DuckDB, and the servers and files behind it, say when something is wrong, in a sentence of ours."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from readiness.faults import Fault, ResponseError
from readiness.responses.engines.locations import Kind, Location

LONGEST = 200  # characters of a message that nobody foresaw
SHORTEST = 4  # letters of a password that are looked for: fewer are part of many a word
DONE = {"read": "read", "write": "written"}
HIDDEN = "…"  # stands for a password
_ADDRESS = re.compile(r'\AUnable to connect to Postgres at ".*?": ', re.DOTALL)
_CLASS = re.compile(r"\A[A-Z][A-Za-z ]* Error: ")


@dataclass(frozen=True)
class Meaning:
    """What a message means: `what` and `mend` may use the groups of `pattern`, which is searched for in any case."""

    pattern: str
    what: str
    mend: str


_EXPORT = "export the responses again"
SERVER = (
    Meaning(
        r"password authentication failed for user \"(?P<user>[^\"]*)\"",
        "the server does not take the password of {user}",
        "check user and password (they may also come from PGUSER, PGPASSWORD or ~/.pgpass)",
    ),
    Meaning(
        r"no password supplied",
        "the server asks for a password",
        "name it in PGPASSWORD or ~/.pgpass",
    ),
    Meaning(r"database \"(?P<name>[^\"]*)\" does not exist", "there is no database '{name}' there", "check its name"),
    Meaning(r"role \"(?P<name>[^\"]*)\" does not exist", "the server knows no user '{name}'", "check the user"),
    Meaning(
        r"permission denied for (?P<of>schema|table|view|materialized view|foreign table|database) (?P<name>\S+)",
        "the user may not {do} {of} {name}",
        "ask whoever keeps the database for the right to",
    ),
    Meaning(
        r"no pg_hba\.conf entry", "the server does not let this user in from here", "ask whoever keeps the database"
    ),
    Meaning(r"could not translate host name", "there is no such host", "check the name of the host"),
    Meaning(
        r"connection refused|no such file or directory\s+is the server running",
        "nothing answers there",
        "check host and port, and that the server runs",
    ),
    Meaning(
        r"timeout expired|timed out|no route to host|network is unreachable",
        "the host does not answer",
        "check host and port, and that it can be reached from here",
    ),
    Meaning(
        r"invalid (?:connection option|uri query parameter)[^\"]*\"(?P<option>[^\"]*)\"",
        "PostgreSQL knows no option '{option}'",
        "write it as postgres://user@host:port/database#schema.table",
    ),
    Meaning(
        r"invalid (?:integer value|port number)|invalid percent-encoded|unexpected character|missing .* in connection",
        "this is no address of a database",
        "write it as postgres://user@host:port/database#schema.table",
    ),
    Meaning(
        r"received invalid response|expected authentication request|ssl (?:negotiation|error)|does not support ssl",
        "what answers there does not speak PostgreSQL, or not with this encryption",
        "check host, port and sslmode",
    ),
    Meaning(
        r"terminating connection|server closed the connection|connection (?:reset|to server was lost)|no connection to",
        "the server ended the connection",
        "try again once it runs",
    ),
    Meaning(
        r"too many (?:clients|connections)|remaining connection slots",
        "the server has no connection left",
        "try again later",
    ),
    Meaning(
        r"canceling statement due to (?P<why>.*)",
        "the server ended the query ({why})",
        "ask whoever keeps the database for more time",
    ),
)
DATABASE_FILE = (
    Meaning(
        r"conflicting lock is held",
        "another program has it open for writing",
        "close it there, or name a copy",
    ),
    Meaning(r"database is locked", "another program is writing to it", "try again once it is done, or name a copy"),
    Meaning(
        r"not a valid duckdb database|file is not a database|not an error|malformed|corrupt|checksum",
        "this is no database of DuckDB or SQLite, or is damaged",
        "check the file",
    ),
    Meaning(
        r"(?:version number|storage version|newer version|older version)",
        "another version of DuckDB wrote it, which this one cannot read",
        "pip install --upgrade 'readiness[duckdb]', or export the table as Parquet",
    ),
    Meaning(r"encrypt", "the database is encrypted", "export the table as Parquet"),
)
FILES = (
    Meaning(
        r"line: (?P<line>\d+).*?expected number of columns: (?P<expected>\d+) found: (?P<found>\d+)",
        "a line has {found} cells where the header names {expected}",
        "check the quotes and delimiters in it",
    ),
    Meaning(
        r"line: (?P<line>\d+).*?(?:invalid unicode|not utf-8)",
        "the text is not UTF-8",
        "save it as UTF-8",
    ),
    Meaning(
        r"line: (?P<line>\d+).*?unterminated quote",
        "a quote is opened and not closed, or stands within a cell",
        "check the quotes in it",
    ),
    Meaning(
        r"line: (?P<line>\d+).*?maximum line size",
        "a line is longer than 2 million characters",
        "check the quotes before it",
    ),
    Meaning(r"invalid unicode|invalid utf-?8|not valid utf", "a text in it is not UTF-8", _EXPORT),
    Meaning(
        r"no magic bytes|too small to be a parquet|not a parquet|footer|thrift|don't know what type|corrupt|zstd|snappy"
        r"|invalid compressed|decompress",
        "this is no Parquet, or is damaged",
        _EXPORT,
    ),
    Meaning(r"encrypted parquet|encryption", "the Parquet is encrypted", "export the responses without encryption"),
)
ANYWHERE = (
    Meaning(
        r"schema with name \"?(?P<name>[^\" ]*)\"? (?:not found|does not exist)|schema \"(?P<other>[^\"]*)\" does not",
        "there is no schema '{name}{other}' in it",
        "make it, or name another",
    ),
    Meaning(
        r"no space left|could not write .*temp|max_temp_directory_size|failed to offload",
        "the disk for temporary files is full",
        "free some, or name a larger one in TMPDIR",
    ),
    Meaning(
        r"out of memory|failed to allocate",
        "this does not fit into memory",
        "score it on a machine with more",
    ),
    Meaning(r"permission denied|read-only file system", "may not be {done}", "ask for the right to"),
    Meaning(r"no such file|no files found|does not exist", "there is no such file", "check the path"),
    Meaning(
        r"out of range|overflow", "a figure is too large to be added up exactly", "check weights and numbers in it"
    ),
)
_BY_KIND = {Kind.server: SERVER, Kind.database_file: (*DATABASE_FILE, *SERVER)}


@contextmanager
def told(where: str, location: Location | None = None, do: str = "read") -> Iterator[None]:
    """Tell what goes wrong in the block as one fault.

    where: what messages name. location: of what is being read or written. do: which of the two.

    Raises:
        ResponseError: something did.
    """
    import duckdb

    try:
        yield
    except (duckdb.Error, RuntimeError) as error:
        raise ResponseError([fault_of(str(error), where, location, do)]) from None  # its text may hold a password


def told_of(sources: Sequence[str], known: Sequence[Location]) -> str:
    """What messages name where any of several sources may be meant."""
    return ", ".join(sources) or ", ".join(location.shown for location in known) or "DuckDB"


def fault_of(message: str, where: str, location: Location | None = None, do: str = "read") -> Fault:
    """A message as a fault. Passwords never get into it."""
    said = _ADDRESS.sub("", _CLASS.sub("", message))
    kinds = _BY_KIND.get(location.kind, FILES) if location else (*FILES, *SERVER, *DATABASE_FILE)
    for meaning in (*kinds, *ANYWHERE):
        found = re.search(meaning.pattern, said, re.IGNORECASE | re.DOTALL)
        if found:
            groups = {key: hidden(" ".join(value.split()), location) for key, value in found.groupdict("").items()}
            line = int(groups["line"]) if "line" in groups else None
            return Fault(where, line, meaning.what.format(do=do, done=DONE[do], **groups), meaning.mend)
    return Fault(where, None, f"DuckDB could not {do} it ({_first_line(hidden(said, location))})", "")


def hidden(text: str, location: Location | None) -> str:
    """A text without the password of a location, and without any address that may hold one."""
    text = re.sub(r"(\w+://[^:/\s\"]*):[^\s\"]*@", rf"\1:{HIDDEN}@", text)
    text = re.sub(r"(password\s*=\s*)('[^']*'|\S+)", rf"\1{HIDDEN}", text, flags=re.IGNORECASE)
    secret = location.secret if location else None
    return text.replace(secret, HIDDEN) if secret and len(secret) >= SHORTEST else text


def _first_line(text: str) -> str:
    line = " ".join(text.strip().partition("\n")[0].split())
    return line if len(line) <= LONGEST else line[: LONGEST - 1] + "…"
