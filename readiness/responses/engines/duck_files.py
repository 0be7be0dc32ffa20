"""Files of a data lake as DuckDB reads them: Parquet or CSV, one of them, a folder of them, or a pattern for them.

Files of one source are one table, so they have to have the same columns: an item that has no column in a file was not
put to anyone in it, which an empty cell would not say.
"""

from __future__ import annotations

import csv
import glob
import gzip
import io
import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote

from readiness.faults import Fault, ResponseError
from readiness.framework.ledger import quoted
from readiness.responses.engines import duck_sql as sql
from readiness.responses.engines.duck_faults import told

if TYPE_CHECKING:
    from duckdb import DuckDBPyRelation

    from readiness.responses.engines.duck_session import Session
    from readiness.responses.engines.locations import Location

PARQUET, CSV = "Parquet", "CSV"
ENDINGS = {
    ".parquet": PARQUET,
    ".parq": PARQUET,
    ".pq": PARQUET,
    ".csv": CSV,
    ".tsv": CSV,
    ".tab": CSV,
    ".txt": CSV,
    ".csv.gz": CSV,
    ".tsv.gz": CSV,
}
TABLES_OF_FILES = {"_delta_log": "Delta", ".hoodie": "Hudi", "metadata": "Iceberg"}  # what keeps books in a folder
_PARQUET_MARK = b"PAR1"
_BEGINNING = 256 * 1024  # bytes by which a CSV file's dialect is told
_LONGEST_HEAD = 4 * 1024 * 1024
_BLANK_PARTITION = "__HIVE_DEFAULT_PARTITION__"  # how Hive and Spark call the folder of those without a value


@dataclass(frozen=True)
class Header:
    """How a CSV file is written, and what its columns are called."""

    delimiter: str
    skipped: int
    columns: tuple[str, ...]


def relation_of(session: Session, location: Location) -> tuple[DuckDBPyRelation, tuple[str, ...]]:
    """A source of files as a relation, and what its columns are called.

    Raises:
        ResponseError: it is not there, holds nothing that can be read, or files that do not fit each other.
    """
    paths = found(location)
    kind = _kind_of_all(location, paths)
    root = location.place if Path(location.place).is_dir() else None
    partitions = [_partition(path, root) for path in paths]
    keys = tuple(partitions[0])
    for path, partition in zip(paths, partitions, strict=True):
        if tuple(partition) != keys:
            what = "its folders do not name the same keys as those of the other files"
            raise ResponseError([Fault(path, None, what, "name the folders one by one")])
    with told(location.shown, location):
        return (_parquet if kind == PARQUET else _csv)(session, location, paths, keys)


def found(location: Location) -> list[str]:
    """The files that a source stands for, in the order of their names.

    Raises:
        ResponseError: there are none.
    """
    place = location.place
    _must_be_reachable(location)
    if os.path.isfile(place):  # noqa: PTH113 a pattern may be no path
        return [place]
    if os.path.isdir(place):  # noqa: PTH112
        return _of_folder(location)
    if location.is_pattern:
        listed = sorted(path for path in glob.glob(place, recursive=True) if Path(path).is_file())  # noqa: PTH207
        paths = [path for path in listed if not _is_hidden(Path(path).name)]
        if paths:
            return paths
        raise ResponseError([Fault(location.shown, None, "no file fits this pattern", "check the path")])
    raise ResponseError([Fault(location.shown, None, "there is no such file", _nearest(Path(place)))])


def _must_be_reachable(location: Location) -> None:
    try:
        Path(location.place).stat()
    except PermissionError as error:
        raise ResponseError([_unreadable(location.shown)]) from error
    except OSError:
        pass  # it may be a pattern


def _unreadable(path: str) -> Fault:
    return Fault(path, None, "may not be read", "ask for the right to")


def _nearest(path: Path) -> str:
    from readiness.framework.ledger import nearest_word

    beside = [other.name for other in path.parent.iterdir()] if path.parent.is_dir() else []
    near = nearest_word(path.name, beside)
    return f"did you mean {path.parent / near}?" if near else "check the path"


def _of_folder(location: Location) -> list[str]:
    paths: list[str] = []

    def refuse(error: OSError) -> None:
        raise ResponseError([_unreadable(str(error.filename))]) from error

    for folder, inner, names in os.walk(location.place, onerror=refuse):
        _refuse_books(location, folder, inner)
        inner[:] = sorted(name for name in inner if not _is_hidden(name))
        paths += [str(Path(folder) / name) for name in names if not _is_hidden(name)]
    if paths:
        return sorted(paths)
    what = "there is no file of Parquet or CSV in this folder"
    raise ResponseError([Fault(location.shown, None, what, "check the path")])


def _is_hidden(name: str) -> bool:
    """Whether a name is one of what writers leave beside the data, such as `_SUCCESS`."""
    return name.startswith(("_", "."))


def _refuse_books(location: Location, folder: str, inner: Sequence[str]) -> None:
    """Refuse a table that says elsewhere which of its files hold: the others may be of rows that were removed."""
    for name, kind in TABLES_OF_FILES.items():
        if name in inner and (kind != "Iceberg" or any((Path(folder) / name).glob("*.metadata.json"))):
            what = f"this is a {kind} table, of whose files not all may hold"
            raise ResponseError([Fault(location.shown, None, what, "score it by --engine spark")])


def _kind_of_all(location: Location, paths: Sequence[str]) -> str:
    for path in paths:
        if not os.access(path, os.R_OK, effective_ids=os.access in os.supports_effective_ids):
            raise ResponseError([_unreadable(path)])
    kinds = {path: _kind(path) for path in paths}
    strange = next((path for path, kind in kinds.items() if kind is None), None)
    if strange is not None:
        alone = strange == location.place
        mend = "score it without --engine" if alone else "name the files of responses, or a pattern for them"
        raise ResponseError([Fault(strange, None, "this is neither Parquet nor CSV", mend)])
    if len(set(kinds.values())) > 1:
        what = "there are files of Parquet and of CSV in it"
        raise ResponseError([Fault(location.shown, None, what, "name the files of one kind by a pattern")])
    return str(kinds[paths[0]])


def _kind(path: str) -> str | None:
    """What a file is by its name or, since many a lake gives it no ending, by its first bytes."""
    name = Path(path).name.lower()
    known = next((kind for ending, kind in ENDINGS.items() if name.endswith(ending)), None)
    if known:
        return known
    with Path(path).open("rb") as file:
        return PARQUET if file.read(len(_PARQUET_MARK)) == _PARQUET_MARK else None


def _partition(path: str, root: str | None) -> dict[str, str | None]:
    """What the folders between the one that was named and a file say of its rows: `country=FR/` and so on."""
    if root is None:
        return {}
    pairs = [part.partition("=") for part in Path(path).relative_to(root).parts[:-1]]
    return {
        unquote(key): None if value == _BLANK_PARTITION else unquote(value) for key, equals, value in pairs if equals
    }


def _parquet(
    session: Session, location: Location, paths: Sequence[str], keys: Sequence[str]
) -> tuple[DuckDBPyRelation, tuple[str, ...]]:
    columns, alike = _columns_of_parquet(session, paths)
    own = [name for name in columns if name.casefold() not in {key.casefold() for key in keys}]
    # Where types differ, the wider holds for all. Else one file tells, and not all are opened at each step of the plan.
    options = f"union_by_name = {_truth(not alike)}, hive_partitioning = false, binary_as_string = true"
    source = f"read_parquet({sql.files(paths)}, {options}{', filename = ' + sql.text(_FILE) if keys else ''})"
    return _with_partitions(session, source, [sql.name(name) for name in own], own, paths, location.place, keys)


def _columns_of_parquet(session: Session, paths: Sequence[str]) -> tuple[tuple[str, ...], bool]:
    """What the columns of all files are called, and whether they are of the same types in all.

    Raises:
        ResponseError: they differ.
    """
    if len(paths) == 1:
        return _described(session, paths[0]), True
    leaf = "struct_pack(name, kind := coalesce(duckdb_type, type))"
    leaves = f"SELECT file_name, list_sort(list({leaf})) AS leaves FROM parquet_schema({sql.files(paths)})"
    leaves += " WHERE coalesce(num_children, 0) = 0 GROUP BY file_name"
    sorts = session.rows(f"SELECT min(file_name) FROM ({leaves}) GROUP BY leaves ORDER BY 1")
    described = {str(path): _described(session, str(path)) for (path,) in sorts}
    _must_agree(described)
    return _described(session, paths[0]), len(sorts) == 1


def _must_agree(columns: dict[str, tuple[str, ...]]) -> None:
    """Refuse files of which one has a column that another has not."""
    first, *others = columns
    for other in others:
        for one, two in ((first, other), (other, first)):
            lacking = [name for name in columns[two] if name not in columns[one]]
            if lacking:
                what = f"it has no column {quoted(lacking[0])}, which {two} has"
                mend = "name the files one by one, so that who was not asked is told from who did not answer"
                raise ResponseError([Fault(one, None, what, mend)])


def _described(session: Session, path: str) -> tuple[str, ...]:
    relation = session.relation(
        f"SELECT * FROM read_parquet({sql.file(path)}, hive_partitioning = false, binary_as_string = true)"
    )
    return tuple(relation.columns)


_FILE = "file it is from"  # a column that no table has


def _with_partitions(
    session: Session,
    source: str,
    chosen: Sequence[str],
    headers: Sequence[str],
    paths: Sequence[str],
    root: str,
    keys: Sequence[str],
) -> tuple[DuckDBPyRelation, tuple[str, ...]]:
    """A table with columns for what the folders say, all columns named by their place."""
    names = [f"{column} AS {sql.name(str(place))}" for place, column in enumerate(chosen)]
    if not keys:
        return session.relation(f"SELECT {', '.join(names)} FROM {source}"), tuple(headers)
    said = session.new_name("folders")
    cells = [(path, *_partition(path, root).values()) for path in paths]
    rows = ", ".join(f"({', '.join('NULL' if c is None else sql.text(c) for c in row)})" for row in cells)
    keyed = [f"key{number}" for number in range(len(keys))]
    types = ", ".join(f"{key}::VARCHAR AS {key}" for key in keyed)
    session.execute(
        f"CREATE TEMPORARY TABLE {said} AS SELECT file, {types} FROM (VALUES {rows}) AS said(file, {', '.join(keyed)})"
    )
    names += [f"{key} AS {sql.name(str(len(headers) + place))}" for place, key in enumerate(keyed)]
    joined = f"SELECT {', '.join(names)} FROM {source} AS data JOIN {said} ON data.{sql.name(_FILE)} = {said}.file"
    return session.relation(joined), (*headers, *keys)


def _csv(
    session: Session, location: Location, paths: Sequence[str], keys: Sequence[str]
) -> tuple[DuckDBPyRelation, tuple[str, ...]]:
    headers = {path: _header(path) for path in paths}
    _must_agree({path: header.columns for path, header in headers.items()})
    own = [name for name in headers[paths[0]].columns if name.casefold() not in {key.casefold() for key in keys}]
    ways: dict[tuple[Header, bool], list[str]] = {}
    for path, header in headers.items():
        ways.setdefault((header, _has_quotes(path)), []).append(path)
    parts = [_csv_part(header, quoted, alike, own, bool(keys)) for (header, quoted), alike in ways.items()]
    source = f"({' UNION ALL '.join(parts)})"
    chosen = [sql.name(f"column {place}") for place in range(len(own))]
    return _with_partitions(session, source, chosen, own, paths, location.place, keys)


def _csv_part(header: Header, quoted: bool, paths: Sequence[str], own: Sequence[str], keyed: bool) -> str:
    """Files that are written alike, their columns in the order of `own`."""
    types = ", ".join(f"{sql.text(str(place))}: 'VARCHAR'" for place in range(len(header.columns)))
    # Lines that end before the header does are filled up only where no cell is quoted: with quotes, DuckDB would take
    # one that is never closed for the end of the file, and say nothing of the rows that it loses.
    options = (
        f"auto_detect = false, header = true, skip = {header.skipped}, delim = {sql.text(header.delimiter)}, "
        f"""quote = '"', escape = '"', nullstr = '', null_padding = {_truth(not quoted)}, """
        f"columns = {{{types}}}, hive_partitioning = false" + (f", filename = {sql.text(_FILE)}" if keyed else "")
    )
    places = _places(header.columns, own)
    chosen = [f"{sql.name(str(place))} AS {sql.name(f'column {at}')}" for at, place in enumerate(places)]
    chosen += [sql.name(_FILE)] if keyed else []
    return f"SELECT {', '.join(chosen)} FROM read_csv({sql.files(paths)}, {options})"


def _places(columns: Sequence[str], own: Sequence[str]) -> list[int]:
    """Where the columns of a file are found. Those that are called the same are taken in their order."""
    left = [(name, place) for place, name in enumerate(columns)]
    places: list[int] = []
    for name in own:
        at = next(at for at, (other, _) in enumerate(left) if other == name)
        places.append(left.pop(at)[1])
    return places


def _header(path: str) -> Header:
    """How a CSV file is written, by its beginning.

    Raises:
        ResponseError: it is empty, no text, or not in UTF-8.
    """
    from readiness.responses.formats.dialects import sniffed
    from readiness.responses.formats.encodings import UTF_8, UTF_8_MARKED, decoded

    data = _beginning(path)
    text = decoded(Path(path), data)
    if text.encoding not in (UTF_8, UTF_8_MARKED) or text.damaged:
        raise ResponseError([Fault(path, None, "the text is not UTF-8", "save it as UTF-8")])
    decoded_text = text.data.decode()
    delimiter = text.sep or sniffed(decoded_text)
    try:
        columns = next(csv.reader(io.StringIO(decoded_text[:_LONGEST_HEAD], newline=""), delimiter=delimiter), [])
    except csv.Error as error:
        raise ResponseError([Fault(path, 1, "the header cannot be read", "check the quotes in it")]) from error
    if not columns:
        mend = "begin the file with the line that names the columns"
        raise ResponseError([Fault(path, 1, "the first line is empty", mend)])
    return Header(delimiter, text.skipped, tuple(columns))


def _beginning(path: str) -> bytes:
    """The first lines of a file, no character cut."""
    opened = gzip.open if path.lower().endswith(".gz") else open
    size = _BEGINNING
    try:
        with opened(path, "rb") as file:
            data: bytes = file.read(size)
            while b"\n" not in data and len(data) == size and size < _LONGEST_HEAD:
                data += file.read(size)
                size *= 2
    except (OSError, EOFError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise ResponseError([Fault(path, None, f"cannot be read ({reason})", "check the file")]) from error
    return data if len(data) < size else data[: data.rfind(b"\n") + 1] or data


def _has_quotes(path: str) -> bool:
    """Whether a file may have quoted cells."""
    opened = gzip.open if path.lower().endswith(".gz") else open
    with opened(path, "rb") as file:
        while chunk := file.read(1 << 20):
            if b'"' in chunk:
                return True
    return False


def _truth(value: bool) -> str:
    return "true" if value else "false"
