"""DuckDB: files, and tables of databases, scored where they lie. It runs inside our own process and needs no server.

What a source may be: a file, a folder or a pattern of Parquet or CSV (`duck_files`), or a table of a DuckDB or SQLite
file or of PostgreSQL, named behind a number sign (`duck_databases`).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import narwhals as nw

from readiness.faults import Fault, ResponseError
from readiness.responses.engines import duck_databases, duck_files, duck_writing
from readiness.responses.engines import duck_sql as sql
from readiness.responses.engines.duck_faults import told, told_of
from readiness.responses.engines.duck_session import Session
from readiness.responses.engines.engine import Gathered, Located
from readiness.responses.engines.locations import Kind, location_of

if TYPE_CHECKING:
    import polars as pl
    from duckdb import DuckDBPyRelation
    from narwhals.dtypes import DType

    from readiness.responses.engines.duck_databases import Attached
    from readiness.responses.engines.locations import Location

BATCH = 100_000  # rows


class Duck:
    """DuckDB as an engine: see `Engine`.

    Raises:
        UsageError: DuckDB is not installed.
    """

    name = "duckdb"
    wide: DType = nw.Int128()

    def __init__(self) -> None:
        self._session = Session()
        self._sources: list[Location] = []
        self._attached: list[Attached] = []

    def located(self, source: str) -> Located:
        """One source. Texts of enumerated types and the like are texts; what is nested stays so, and is no cell.

        Raises:
            ResponseError: it is not there, cannot be reached or read, may not be, or holds no rows.
            UsageError: what DuckDB needs to read it is not installed.
        """
        location = location_of(source)
        if location.kind in (Kind.url, Kind.table):
            mend = "score it by --engine spark" if location.kind is Kind.url else "check the path"
            raise ResponseError([Fault(location.shown, None, _unknown(location), mend)])
        if location.kind is Kind.path:
            relation, headers = duck_files.relation_of(self._session, location)
        else:
            self._session.hold()
            attached = duck_databases.attach(self._session, location)
            self._attached.append(attached)
            relation, headers = duck_databases.relation_of(self._session, attached)
        self._sources.append(location)
        with told(location.shown, location):
            cells = relation.project(_as_cells(relation))
            self._must_hold_rows(cells, location)
            return Located(location.shown, _frame(cells), headers)

    def _must_hold_rows(self, relation: DuckDBPyRelation, location: Location) -> None:
        # The first row tells as well whether it may be read at all.
        if not self._session.work(relation.limit(1).pl).height:
            raise ResponseError([Fault(location.shown, None, "there are no rows in it", "check which one is meant")])

    def gathered(self, frame: nw.LazyFrame[Any], columns: Mapping[str, Gathered]) -> nw.LazyFrame[Any]:
        """The frame with columns looked up.

        The figures are lists in a table of one row, which the frame is crossed with: over a million rows that takes a
        third of the time that lists written out in SQL take, and a quarter of that of joins.
        """
        if not columns:
            return frame
        import polars as pl

        relation: DuckDBPyRelation = frame.to_native()
        lists = {f"list of {name}": gathered.table.implode() for name, gathered in columns.items()}
        looked_up = {
            name: f"list_extract({sql.name(f'list of {name}')}, {sql.name(gathered.index)} + 1)"
            for name, gathered in columns.items()
        }
        held = self.held(pl.DataFrame(lists)).to_native()
        return _frame(relation.cross(held).project(_with(relation.columns, looked_up)))

    def worked(self, frame: nw.LazyFrame[Any], columns: Mapping[str, str]) -> nw.LazyFrame[Any]:
        """The frame with columns by expressions in DuckDB's SQL."""
        relation: DuckDBPyRelation = frame.to_native()
        return _frame(relation.project(_with(relation.columns, columns)))

    def held(self, table: pl.DataFrame) -> nw.LazyFrame[Any]:
        """A small table of ours as a table of the engine."""
        import polars as pl

        name = self._session.new_name("held")
        wide = [column for column, dtype in table.schema.items() if dtype == pl.Int128]
        columns = [f"{sql.name(c)}::HUGEINT AS {sql.name(c)}" if c in wide else sql.name(c) for c in table.columns]
        # Arrow has no whole numbers of 128 bits, and a decimal of 38 digits does not hold all of them.
        arrow = table.with_columns(pl.col(wide).cast(pl.String)).to_arrow()
        connection = self._session.connection
        connection.register("ours", arrow)
        self._session.execute(f"CREATE TEMPORARY TABLE {name} AS SELECT {', '.join(columns)} FROM ours")
        connection.unregister("ours")
        return _frame(connection.table(name))

    def collected(self, frame: nw.LazyFrame[Any], sources: Sequence[str] = ()) -> pl.DataFrame:
        """A frame worked out. `wide` columns become 128 bit integers.

        Raises:
            ResponseError: something could not be read, or does not fit into memory or onto the disk.
        """
        relation: DuckDBPyRelation = frame.to_native()
        with self._told(sources):
            return _with_wide(relation, self._session.work(relation.pl))

    def batches(self, frame: nw.LazyFrame[Any], sources: Sequence[str] = ()) -> Iterator[pl.DataFrame]:
        """A frame worked out piece by piece, for writing what does not fit into memory.

        Raises:
            ResponseError: as `collected`.
        """
        import polars as pl

        relation: DuckDBPyRelation = frame.to_native()
        with self._told(sources):
            reader = self._session.work(lambda: relation.to_arrow_reader(BATCH))
        while True:
            with self._told(sources):
                batch = self._session.work(lambda: next(reader, None))
            if batch is None:
                return
            yield _with_wide(relation, pl.DataFrame(pl.from_arrow(batch)))

    @contextmanager
    def kept(self, frame: nw.LazyFrame[Any]) -> Iterator[nw.LazyFrame[Any]]:
        """The frame as a table, for as long as it is used: on the disk where memory does not hold it."""
        relation: DuckDBPyRelation = frame.to_native()
        name = self._session.new_table("kept")
        with self._told(()):
            self._session.work(lambda: relation.create(name))
        try:
            yield _frame(self._session.connection.table(name))
        finally:
            self._session.drop("TABLE", name)

    def write(self, frame: nw.LazyFrame[Any], to: str) -> None:
        """Write a frame into a Parquet file, or a table of a database: `answers.duckdb#scores`, `postgres://…#scores`.

        A table of that name is replaced only if its first column is `respondent (confidential)`, as of ours. For files
        of other kinds there are `batches`.

        Raises:
            UsageError: it is no such place, or another table stands there.
            ResponseError: it could not be written.
        """
        duck_writing.write(self._session, frame.to_native(), to, self._attached)

    def close(self) -> None:
        """Let go of the databases, and remove what was put on the disk."""
        self._session.close()

    @contextmanager
    def _told(self, sources: Sequence[str]) -> Iterator[None]:
        location = self._sources[0] if len(self._sources) == 1 else None
        with told(told_of(sources, self._sources), location):
            yield


def _unknown(location: Location) -> str:
    return "DuckDB reads files of this machine and databases" if location.kind is Kind.url else "there is no such file"


def _frame(relation: DuckDBPyRelation) -> nw.LazyFrame[Any]:
    return nw.from_native(relation).lazy()


def _with(columns: Sequence[str], worked: Mapping[str, str]) -> str:
    """What is selected: columns as they are, but for those that are worked out."""
    kept = [sql.name(name) for name in columns if name not in worked]
    return ", ".join([*kept, *(f"{expression} AS {sql.name(name)}" for name, expression in worked.items())])


def _as_cells(relation: DuckDBPyRelation) -> str:
    """Every column, those of types that only databases know as text."""
    return ", ".join(
        f"CAST({sql.name(name)} AS VARCHAR) AS {sql.name(name)}" if _is_odd(str(dtype)) else sql.name(name)
        for name, dtype in zip(relation.columns, relation.types, strict=True)
    )


def _is_odd(dtype: str) -> bool:
    plain = dtype.partition("(")[0].upper()
    if "INTERVAL" in dtype.upper() or plain.startswith("UNION"):  # inside of others too: Arrow has neither
        return True
    return plain in ("ENUM", "UUID", "JSON", "BIT", "TIME WITH TIME ZONE", "UHUGEINT", "BIGNUM", "VARIANT")


def _with_wide(relation: DuckDBPyRelation, table: pl.DataFrame) -> pl.DataFrame:
    """A table with whole numbers of 128 bits as such: Arrow has none, and DuckDB sends decimals of as many bits."""
    import polars as pl

    wide = [name for name, dtype in zip(relation.columns, relation.types, strict=True) if dtype == "HUGEINT"]
    return table.with_columns(pl.col(wide).cast(pl.Int128))
