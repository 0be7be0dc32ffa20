"""DuckDB: files, and tables of databases, scored where they lie. It runs inside our own process and needs no server."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import narwhals as nw

from readiness.responses.engines.engine import Gathered, Located

if TYPE_CHECKING:
    import polars as pl
    from duckdb import DuckDBPyRelation
    from narwhals.dtypes import DType


class Duck:
    """DuckDB as an engine: see `Engine`."""

    name = "duckdb"
    wide: DType = nw.Int128()

    def __init__(self) -> None:
        import duckdb

        self._connection = duckdb.connect(
            config={"autoinstall_known_extensions": "false", "autoload_known_extensions": "false"}
        )
        self._connection.execute("SET python_enable_replacements = false")
        self._connection.execute("SET enable_progress_bar = false")
        self._numbers = itertools.count()

    def located(self, source: str) -> Located:
        """One source: files or folders of Parquet or CSV, or a table of a database."""
        file, _, table = source.partition("#")
        if table:
            name = f"lake{next(self._numbers)}"
            self._connection.execute(f"ATTACH {_text(file)} AS {name} (READ_ONLY)")
            relation = self._connection.sql(f"SELECT * FROM {name}.{_name(table)}")
        elif source.endswith(".csv"):
            relation = self._connection.sql(
                f"SELECT * FROM read_csv({_text(source)}, header = true, all_varchar = true)"
            )
        else:
            relation = self._connection.sql(f"SELECT * FROM read_parquet({_text(source)})")
        headers = tuple(relation.columns)
        by_place = ", ".join(f"{_name(header)} AS {_name(str(place))}" for place, header in enumerate(headers))
        return Located(source, _frame(relation.project(by_place)), headers)

    def gathered(self, frame: nw.LazyFrame[Any], columns: Mapping[str, Gathered]) -> nw.LazyFrame[Any]:
        """The frame with columns looked up: a list each in a table of one row, crossed with the frame."""
        if not columns:
            return frame
        import polars as pl

        lists = {f"list of {name}": gathered.table.implode() for name, gathered in columns.items()}
        held = self.held(pl.DataFrame(lists)).to_native()
        looked_up = ", ".join(
            f"list_extract({_name(f'list of {name}')}, {_name(gathered.index)} + 1) AS {_name(name)}"
            for name, gathered in columns.items()
        )
        kept = ", ".join(_name(name) for name in frame.to_native().columns if name not in columns)
        return _frame(frame.to_native().cross(held).project(f"{kept}, {looked_up}"))

    def worked(self, frame: nw.LazyFrame[Any], columns: Mapping[str, str]) -> nw.LazyFrame[Any]:
        """The frame with columns by expressions in DuckDB's SQL."""
        relation: DuckDBPyRelation = frame.to_native()
        kept = [_name(name) for name in relation.columns if name not in columns]
        worked = [f"{sql} AS {_name(name)}" for name, sql in columns.items()]
        return _frame(relation.project(", ".join([*kept, *worked])))

    def held(self, table: pl.DataFrame) -> nw.LazyFrame[Any]:
        """A small table of ours as a table of the engine."""
        import polars as pl

        name = f"held{next(self._numbers)}"
        wide = [column for column, dtype in table.schema.items() if dtype == pl.Int128]
        self._connection.register("ours", table.with_columns(pl.col(wide).cast(pl.String)).to_arrow())
        columns = ", ".join(_name(c) + (f"::HUGEINT AS {_name(c)}" if c in wide else "") for c in table.columns)
        self._connection.execute(f"CREATE TEMPORARY TABLE {name} AS SELECT {columns} FROM ours")
        self._connection.unregister("ours")
        return _frame(self._connection.table(name))

    def collected(self, frame: nw.LazyFrame[Any], sources: Sequence[str] = ()) -> pl.DataFrame:  # noqa: ARG002
        """A frame worked out."""
        import polars as pl

        relation: DuckDBPyRelation = frame.to_native()
        wide = [name for name, dtype in zip(relation.columns, relation.types, strict=True) if dtype == "HUGEINT"]
        # Arrow has no whole numbers of 128 bits: DuckDB sends them as decimals of the same 128 bits.
        return relation.pl().with_columns(pl.col(wide).cast(pl.Int128))

    @contextmanager
    def kept(self, frame: nw.LazyFrame[Any]) -> Iterator[nw.LazyFrame[Any]]:
        """The frame as a table, for as long as it is used."""
        name = f"kept{next(self._numbers)}"
        frame.to_native().create(name)
        try:
            yield _frame(self._connection.table(name))
        finally:
            self._connection.execute(f"DROP TABLE {name}")

    def write(self, frame: nw.LazyFrame[Any], to: str) -> None:
        """Write a frame into a .parquet or .csv file."""
        relation: DuckDBPyRelation = frame.to_native()
        if to.endswith(".csv"):
            relation.write_csv(to)
        else:
            relation.write_parquet(to)

    def close(self) -> None:
        """Let go of the databases, and of what was kept."""
        self._connection.close()


def _frame(relation: DuckDBPyRelation) -> nw.LazyFrame[Any]:
    return nw.from_native(relation).lazy()


def _name(name: str) -> str:
    """A name as DuckDB's SQL has it."""
    return '"' + name.replace('"', '""') + '"'


def _text(text: str) -> str:
    """A text as DuckDB's SQL has it."""
    return "'" + text.replace("'", "''") + "'"
