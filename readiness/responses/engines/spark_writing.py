"""Frames written to where Spark has its files: a folder of Parquet or of CSV.

All is written beside the place first, and put in what is there before's stead once it is whole.
"""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from readiness.faults import Fault, UsageError

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, DataFrameWriter


def written(frame: DataFrame, to: str, name: str) -> None:
    """Write a frame as a folder: of CSV if it is called so, else of Parquet. name: what messages call it.

    What was there is replaced once all is written. A server that is reached by Spark Connect moves no files, so that
    there nothing may be in the place.

    Raises:
        UsageError: something is there that cannot be replaced. What Spark raises passes through.
    """
    place = to.rstrip("/") or to
    files = _files(frame, place)
    as_csv = place.lower().endswith((".csv", "/csv"))
    if files is None:
        try:
            _save(frame.write.mode("error"), place, as_csv)
        except Exception as error:
            if "PATH_ALREADY_EXISTS" not in str(error):
                raise
            what = "there is something already, which cannot be replaced over Spark Connect"
            raise UsageError([Fault(name, None, what, "name another folder, or remove this one")]) from None
        return
    beside = f"{place}.{uuid4().hex[:8]}.part"
    try:
        _save(frame.write.mode("error"), beside, as_csv)
        files.put(beside, place)
    except BaseException:
        with suppress(Exception):
            files.remove(beside)
        raise


def _save(writer: DataFrameWriter, to: str, as_csv: bool) -> None:
    if as_csv:
        writer.csv(to, header=True, quote='"', escape='"', nullValue="", emptyValue="")
    else:
        writer.parquet(to)


class _Files:
    """The file system on which a path lies, as Hadoop sees it."""

    def __init__(self, session: Any, path: str) -> None:
        self._path = session._jvm.org.apache.hadoop.fs.Path
        self._system = self._path(path).getFileSystem(session._jsparkSession.sessionState().newHadoopConf())

    def put(self, new: str, place: str) -> None:
        """Let what is new stand in the place; what was there goes only after that."""
        old = f"{place}.{uuid4().hex[:8]}.old"
        had = self._system.exists(self._path(place))
        if had:
            self._move(place, old)
        try:
            self._move(new, place)
        except BaseException:
            if had:
                self._move(old, place)
            raise
        if had:
            self.remove(old)

    def remove(self, path: str) -> None:
        """Take away a folder with all that is in it."""
        self._system.delete(self._path(path), True)

    def _move(self, from_: str, to: str) -> None:
        if not self._system.rename(self._path(from_), self._path(to)):
            raise PermissionError(f"{from_} cannot be renamed to {to} (Permission denied)")


def _files(frame: DataFrame, path: str) -> _Files | None:
    """The file system, where the session lets us at it; not over Spark Connect."""
    session: Any = frame.sparkSession
    return _Files(session, path) if hasattr(type(session), "_jvm") or "_jvm" in vars(session) else None
