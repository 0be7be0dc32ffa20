"""Tables of Delta: a folder of Parquet files, and a log that says which of them are the table now.

Where the cluster has Delta's own library, that reads them. Where it has not, the log is read here; what would change
what a file says (deleted rows kept aside, columns under other names) is refused.

The log: https://github.com/delta-io/delta/blob/master/PROTOCOL.md
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote, urlsplit

from readiness.faults import Fault, ResponseError

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession

_COMMIT = re.compile(r"(\d{20})\.json")
_CHECKPOINT = re.compile(r"(\d{20})\.checkpoint(?:\.(\d{10})\.(\d{10}))?\.parquet")
_ACTIONS = (
    "add STRUCT<path: STRING, partitionValues: MAP<STRING, STRING>, deletionVector: STRUCT<storageType: STRING>>, "
    "remove STRUCT<path: STRING>, "
    "metaData STRUCT<schemaString: STRING, partitionColumns: ARRAY<STRING>, configuration: MAP<STRING, STRING>>, "
    "protocol STRUCT<minReaderVersion: INT, readerFeatures: ARRAY<STRING>>"
)
# What a reader has to know that does not change what the files say, or is looked for by itself.
_HARMLESS = {
    "columnMapping",
    "deletionVectors",
    "timestampNtz",
    "vacuumProtocolCheck",
    "v2Checkpoint",
    "domainMetadata",
}
_NO_LIBRARY = re.compile(
    r"DATA_SOURCE_NOT_FOUND|ClassNotFoundException|DELTA_CONFIGURE_SPARK_SESSION|Failed to find data"
)
_NOTHING = re.compile(r"PATH_NOT_FOUND")


@dataclass
class Log:
    """What a log says of the table: the files that are live, how they are parted, and what a reader has to know."""

    live: dict[str, Mapping[str, Any]] = field(default_factory=dict)
    metadata: Mapping[str, Any] | None = None
    protocol: Mapping[str, Any] | None = None

    def take(self, actions: Iterable[Mapping[str, Any]]) -> None:
        """The actions of one commit: what is added is live, whatever the same commit removes."""
        actions = list(actions)
        for action in actions:
            if action["remove"] and action["remove"]["path"]:
                self.live.pop(action["remove"]["path"], None)
        for action in actions:
            if action["add"] and action["add"]["path"]:
                self.live[action["add"]["path"]] = action["add"]
            if action["metaData"] and action["metaData"]["schemaString"]:
                self.metadata = action["metaData"]
            if action["protocol"] and action["protocol"]["minReaderVersion"]:
                self.protocol = action["protocol"]


def delta_frame(session: SparkSession, path: str, name: str) -> DataFrame | None:
    """The table of Delta that a folder holds; None where it holds none. name: for messages.

    Raises:
        ResponseError: the table can only be read by Delta's own library, which the cluster lacks.
    """
    names = _log_files(session, path)
    if not names:
        return None
    try:
        frame = session.read.format("delta").load(path)
        frame.schema  # noqa: B018 so that what is missing is missed now
        return frame
    except Exception as error:
        if not _NO_LIBRARY.search(str(error)):
            raise
    log = _read(session, names, name)
    _must_be_plain(log, name)
    return _live_frame(session, path, log, name)


def _log_files(session: SparkSession, path: str) -> list[str]:
    """The files of the log, by name; empty where there is no log."""
    try:
        return list(session.read.format("text").load(f"{path}/_delta_log/*").inputFiles())
    except Exception as error:
        if _NOTHING.search(str(error)):
            return []
        raise


def _read(session: SparkSession, files: Sequence[str], name: str) -> Log:
    """The log from its newest whole checkpoint on."""
    base, parts = _newest_checkpoint(files)
    commits = sorted((int(found[1]), file) for file in files if (found := _COMMIT.fullmatch(_last(file))))
    later = [(version, file) for version, file in commits if version > base]
    expected = list(range(base + 1, base + 1 + len(later)))
    if [version for version, _ in later] != expected or (base < 0 and not later):
        what = "its log is not complete, or begins with a checkpoint of another kind"
        raise ResponseError([Fault(name, None, what, "read it where Delta's own library is installed")])
    log = Log()
    if parts:
        log.take(_checkpoint_actions(session, parts))
    if later:
        _take_commits(session, log, later)
    return log


def _newest_checkpoint(files: Sequence[str]) -> tuple[int, list[str]]:
    """The version of the newest checkpoint of which every part is there, and its parts; -1 where there is none."""
    found: dict[tuple[int, int], list[str]] = {}
    for file in files:
        match = _CHECKPOINT.fullmatch(_last(file))
        if match:
            found.setdefault((int(match[1]), int(match[3] or 1)), []).append(file)
    whole = {version: parts for (version, number), parts in found.items() if len(parts) == number}
    newest = max(whole, default=-1)
    return newest, whole.get(newest, [])


def _checkpoint_actions(session: SparkSession, parts: Sequence[str]) -> list[dict[str, Any]]:
    frame = session.read.schema(_ACTIONS).parquet(*map(_address, parts))
    return list(frame.toArrow().to_pylist())


def _take_commits(session: SparkSession, log: Log, commits: Sequence[tuple[int, str]]) -> None:
    frame = session.read.schema(_ACTIONS).json([_address(file) for _, file in commits])
    rows = frame.selectExpr("*", "_metadata.file_name AS commit").toArrow().to_pylist()
    by_commit: dict[str, list[dict[str, Any]]] = {}
    for row in rows:
        by_commit.setdefault(unquote(row["commit"]), []).append(row)
    for commit in sorted(by_commit):
        log.take(by_commit[commit])


def _must_be_plain(log: Log, name: str) -> None:
    """Raise where a file does not say by itself what the table says."""
    why = None
    if log.metadata is None or log.protocol is None:
        why = "its log does not say what its columns are"
    else:
        settings = dict(log.metadata["configuration"] or [])
        features = set(log.protocol["readerFeatures"] or [])
        if settings.get("delta.columnMapping.mode", "none") != "none":
            why = "its columns go by other names in its files (column mapping)"
        elif any(add["deletionVector"] for add in log.live.values()):
            why = "some of its rows are deleted without being taken out of the files (deletion vectors)"
        elif features - _HARMLESS or log.protocol["minReaderVersion"] > 3:
            why = (
                f"it asks for what cannot be done here ({', '.join(sorted(features - _HARMLESS)) or 'a newer reader'})"
            )
    if why:
        mend = "read it where Delta's own library is installed, or export it as Parquet"
        raise ResponseError([Fault(name, None, f"this table of Delta cannot be read here: {why}", mend)])


def _live_frame(session: SparkSession, path: str, log: Log, name: str) -> DataFrame:
    """The files that are live, in the columns that the log says; those by which they are parted are their folders."""
    from pyspark.sql.types import StructType

    assert log.metadata is not None
    schema = StructType.fromJson(json.loads(log.metadata["schemaString"]))
    if not log.live:
        return session.createDataFrame([], schema)
    for file, add in log.live.items():
        _must_lie_by_key(file, dict(add["partitionValues"] or []), name)
    from readiness.responses.engines.spark_files import escaped

    files = [_under(path, file, escaped) for file in sorted(log.live)]
    return session.read.option("basePath", path).schema(schema).parquet(*files).select(*map(_quoted, schema.names))


def _must_lie_by_key(file: str, values: Mapping[str, str | None], name: str) -> None:
    """Raise unless a file's folders say what its partition values are, as most writers lay them out."""
    folders = unquote(unquote(urlsplit(file).path)).split("/")[:-1]
    for key, value in values.items():
        if f"{key}={'__HIVE_DEFAULT_PARTITION__' if value is None else value}" not in folders:
            what = "this table of Delta cannot be read here: its files do not lie in folders named by their keys"
            raise ResponseError([Fault(name, None, what, "read it where Delta's own library is installed")])


def _under(path: str, file: str, escaped: Any) -> str:
    plain = unquote(file)
    return escaped(plain) if re.match(r"[a-z][a-z0-9+.-]*:/|/", plain) else f"{path}/{escaped(plain)}"


def _address(file: str) -> str:
    from readiness.responses.engines.spark_files import escaped

    return escaped(unquote(file))


def _last(file: str) -> str:
    return unquote(file).rpartition("/")[2]


def _quoted(name: str) -> str:
    return f"`{name.replace('`', '``')}`"
