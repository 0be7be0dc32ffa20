"""Spark: answers are scored on a cluster, in a lake-house, or on this machine's own cores."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Any

import narwhals as nw

from readiness.responses.engines.engine import Gathered, Located
from readiness.responses.engines.java import java_home

if TYPE_CHECKING:
    import polars as pl
    from narwhals.dtypes import DType


class Spark:
    """A session of Spark: the one that is there, or one of our own."""

    name = "spark"
    wide: DType = nw.Decimal(38, 0)

    def __init__(self) -> None:
        os.environ["JAVA_HOME"] = str(java_home())
        from pyspark.sql import SparkSession

        self._session = (
            SparkSession.builder.master("local[*]")
            .appName("readiness")
            .config("spark.ui.enabled", "false")
            .config("spark.sql.shuffle.partitions", "8")
            .config("spark.driver.memory", "1g")
            .config("spark.driver.host", "127.0.0.1")
            .config("spark.driver.bindAddress", "127.0.0.1")
            .config("spark.sql.caseSensitive", "true")
            .getOrCreate()
        )

    def located(self, source: str) -> Located:
        """A file or folder of Parquet or CSV, or a table."""
        read = self._session.read
        if "/" not in source:
            frame = self._session.table(source)
        elif source.endswith(".csv"):
            frame = read.csv(source, header=True, inferSchema=False, multiLine=True, escape='"')
        else:
            frame = read.parquet(source)
        headers = tuple(frame.columns)
        return Located(source, nw.from_native(frame.toDF(*map(str, range(len(headers))))).lazy(), headers)

    def gathered(self, frame: nw.LazyFrame[Any], columns: Mapping[str, Gathered]) -> nw.LazyFrame[Any]:
        """Tables become arrays of the plan, of which an element is taken."""
        return self.worked(frame, {name: _element(column) for name, column in columns.items()})

    def worked(self, frame: nw.LazyFrame[Any], columns: Mapping[str, str]) -> nw.LazyFrame[Any]:
        """Columns by expressions in Spark's SQL."""
        from pyspark.sql import functions as F  # noqa: N812

        native = frame.to_native()
        return nw.from_native(native.withColumns({name: F.expr(sql) for name, sql in columns.items()})).lazy()

    def held(self, table: pl.DataFrame) -> nw.LazyFrame[Any]:
        """A small table of ours, sent to every worker."""
        import polars as pl
        from pyspark.sql import functions as F  # noqa: N812

        plain = table.with_columns(pl.col(pl.Int128).cast(pl.Decimal(38, 0)))
        return nw.from_native(F.broadcast(self._session.createDataFrame(plain.to_arrow()))).lazy()

    def collected(self, frame: nw.LazyFrame[Any], sources: Sequence[str] = ()) -> pl.DataFrame:  # noqa: ARG002
        """Grouped results, by Arrow."""
        import polars as pl

        table = pl.DataFrame(pl.from_arrow(frame.to_native().toArrow()))
        return table.with_columns(pl.col(pl.Decimal(38, 0)).cast(pl.Int128))

    @contextmanager
    def kept(self, frame: nw.LazyFrame[Any]) -> Iterator[nw.LazyFrame[Any]]:
        """The frame, held by the workers in memory and on their disks."""
        native = frame.to_native().persist()
        try:
            yield nw.from_native(native).lazy()
        finally:
            with suppress(Exception):
                native.unpersist()

    def write(self, frame: nw.LazyFrame[Any], to: str) -> None:
        """A folder of Parquet, or of CSV."""
        writer = frame.to_native().write.mode("overwrite")
        if to.rstrip("/").endswith(".csv"):
            writer.csv(to, header=True, escape='"')
        else:
            writer.parquet(to)

    def close(self) -> None:
        """Stop the session."""
        self._session.stop()


def _element(column: Gathered) -> str:
    """The element of an array, written as text, which is read once and for all when the plan is made."""
    values = ",".join(map(repr, column.table.to_list()))
    kind = "DOUBLE" if column.table.dtype.is_float() else "BIGINT"
    return f"CAST(split('{values}', ',') AS ARRAY<{kind}>)[`{column.index}`]"
