"""Spark: answers are scored on a cluster, in a lakehouse, or on all cores of this machine, without leaving it.

Only what Spark Connect offers too is used: no function of ours runs on a worker, so that a worker needs no Python.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Any, TypeVar

import narwhals as nw

from readiness.faults import Fault, InputError, ResponseError
from readiness.responses.engines.engine import Gathered, Located
from readiness.responses.engines.spark_files import source_frame
from readiness.responses.engines.spark_session import opened, quietly, without_secrets
from readiness.responses.engines.spark_waiting import aside
from readiness.responses.engines.spark_writing import written

if TYPE_CHECKING:
    import polars as pl
    from narwhals.dtypes import DType

Made = TypeVar("Made")


class Spark:
    """A session of Spark: the one that is there already, that of `SPARK_REMOTE`, or one of our own.

    Raises:
        UsageError: Spark, or a Java for it, is not installed.
        ResponseError: the cluster cannot be reached.
    """

    name = "spark"
    wide: DType = nw.Decimal(38, 0)

    def __init__(self) -> None:
        self._opened = opened()
        self._session = self._opened.session

    def located(self, source: str) -> Located:
        """A file or folder of Parquet or CSV, a table of Delta, or a table of a catalogue.

        Raises:
            ResponseError: it is not there, cannot be reached or read, or may not be.
        """
        name = without_secrets(source)

        def found() -> tuple[Any, tuple[str, ...]]:
            native = source_frame(self._session, source)
            headers = tuple(native.columns)
            return native.toDF(*map(str, range(len(headers)))), headers

        native, headers = self._waited_for(found, name)
        if not headers:
            raise ResponseError([Fault(name, None, "it has no columns", "name a table of answers")])
        return Located(name, _lazy(native), headers)

    def gathered(self, frame: nw.LazyFrame[Any], columns: Mapping[str, Gathered]) -> nw.LazyFrame[Any]:
        """The frame with columns looked up in arrays, which are part of the plan."""
        return self.worked(frame, {name: _element(column) for name, column in columns.items()})

    def worked(self, frame: nw.LazyFrame[Any], columns: Mapping[str, str]) -> nw.LazyFrame[Any]:
        """The frame with columns by expressions in Spark's SQL."""
        from pyspark.sql import functions as F  # noqa: N812

        native = frame.to_native()
        return _lazy(self._waited_for(lambda: native.withColumns({name: F.expr(sql) for name, sql in columns.items()})))

    def held(self, table: pl.DataFrame) -> nw.LazyFrame[Any]:
        """A small table of ours, which every worker gets a copy of."""
        import polars as pl

        plain = table.with_columns(pl.col(pl.Int128).cast(pl.Decimal(38, 0)), pl.col(pl.UInt64).cast(pl.Int64))
        return _lazy(self._waited_for(lambda: self._session.createDataFrame(plain.to_arrow()).hint("broadcast")))

    def collected(self, frame: nw.LazyFrame[Any], sources: Sequence[str] = ()) -> pl.DataFrame:
        """A frame worked out, of grouped results. `wide` columns become 128 bit integers.

        Raises:
            ResponseError: the cluster cannot be reached any more, or could not read what it was to read.
        """
        import polars as pl

        table = pl.DataFrame(pl.from_arrow(self._waited_for(frame.to_native().toArrow, ", ".join(sources))))
        return table.with_columns(pl.col(pl.Decimal(38, 0)).cast(pl.Int128))

    @contextmanager
    def kept(self, frame: nw.LazyFrame[Any]) -> Iterator[nw.LazyFrame[Any]]:
        """The frame, which workers keep in memory and on their disks; as it is where the session keeps nothing."""
        native = frame.to_native()
        try:
            native = native.persist()
        except Exception:  # as services without machines of one's own refuse
            yield frame
            return
        try:
            yield _lazy(native)
        finally:
            with suppress(Exception):
                native.unpersist()

    def write(self, frame: nw.LazyFrame[Any], to: str) -> None:
        """Write a frame as a folder: of CSV files where it is called `….csv` or `…/csv`, else of Parquet files.

        What was there before is replaced once all is written; over Spark Connect, nothing may be there.

        Raises:
            UsageError: something is there that cannot be replaced.
            ResponseError: it could not be written.
        """
        name = without_secrets(to)
        self._waited_for(lambda: written(frame.to_native(), to, name), name)

    def close(self) -> None:
        """Stop what we have begun; a session that was there before is left as it was."""
        with quietly():
            self._opened.close()

    def _waited_for(self, make: Callable[[], Made], where: str = "") -> Made:
        """What Spark is asked for; what it raises is told as a fault. where: what it is about, if not the session."""
        try:
            with quietly():
                return aside(make, self._opened.look)
        except InputError:
            raise
        except Exception as error:
            raise ResponseError([self._opened.told(error, where)]) from None


def _lazy(native: Any) -> nw.LazyFrame[Any]:
    frame: nw.LazyFrame[Any] = nw.from_native(native).lazy()
    return frame


def _element(column: Gathered) -> str:
    """An element of an array that is written as one text, and made an array when the plan is made.

    As many literals as it has elements would take Spark seconds to parse. Every bit of a float arrives: `repr` writes
    the shortest text that is read as the same float.
    """
    values = ",".join(map(repr, column.table.to_list()))
    kind = "DOUBLE" if column.table.dtype.is_float() else "BIGINT"
    return f"CAST(split('{values}', ',') AS ARRAY<{kind}>)[`{column.index}`]"
