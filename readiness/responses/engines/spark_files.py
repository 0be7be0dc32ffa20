"""What a path holds that Spark is to read: files of Parquet, of CSV, or a table of Delta.

Only what Spark Connect can do is used, so that the files may lie where nobody but the cluster can look.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from readiness.faults import Fault, ResponseError
from readiness.responses.engines.delta import delta_frame
from readiness.responses.engines.spark_csv import csv_frame
from readiness.responses.engines.spark_session import without_secrets

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession

TEXTS = (".csv", ".tsv", ".tab", ".txt")
PARQUETS = (".parquet", ".parq", ".pq")
PACKED = (".gz", ".bz2", ".zst", ".zstd", ".lz4", ".snappy", ".deflate")
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]+:/")
_SPECIAL = re.compile(r"([\\*?\[\]{}])")


@dataclass(frozen=True)
class Listing:
    """The files of a path. nested: they lie in folders that are no `key=value`, where Spark has to be told to look."""

    files: tuple[str, ...]
    nested: bool


def source_frame(session: SparkSession, source: str) -> DataFrame:
    """What a source names: a path, or a table of a catalogue; `answers.csv` is a table only where there is one.

    Raises:
        ResponseError: files of several kinds lie there, or such as cannot be read as a table. What Spark itself raises,
            as that there is nothing, passes through.
    """
    if _is_path(source):
        return path_frame(session, source)
    try:
        frame = session.table(source)
        frame.schema  # noqa: B018 so that what is missing is missed now
    except Exception:
        if kind_of(source) is None:
            raise
        return path_frame(session, source)
    return frame


def _is_path(source: str) -> bool:
    if source.startswith("`"):
        return False
    return bool(_SCHEME.match(source) or "/" in source or "\\" in source or (source and Path(source).exists()))


def kind_of(name: str) -> str | None:
    """What a file is by its name: "csv" or "parquet"; None where the name does not say."""
    path = PurePosixPath(name.rstrip("/").lower())
    suffix = PurePosixPath(path.stem).suffix if path.suffix in PACKED else path.suffix
    if suffix in TEXTS:
        return "csv"
    return "parquet" if suffix in PARQUETS else None


def path_frame(session: SparkSession, source: str) -> DataFrame:
    """What lies at a path.

    Raises:
        ResponseError: files of several kinds lie there, or such as cannot be read as a table. What Spark itself raises,
            as that there is nothing, passes through.
    """
    path = _for_spark(source)
    delta = delta_frame(session, path, without_secrets(source))
    if delta is not None:
        return delta
    listing = _listing(session, path, source)
    kinds = {kind_of(file) or "parquet" for file in listing.files}
    if not kinds:
        mend = "name a folder of Parquet or CSV files"
        raise ResponseError([Fault(without_secrets(source), None, "the folder holds no files", mend)])
    if len(kinds) > 1:
        what, mend = "the folder holds both CSV and Parquet files", "name those of each kind by themselves"
        raise ResponseError([Fault(without_secrets(source), None, what, mend)])
    if kinds == {"csv"}:
        return csv_frame(session, path, listing.files, listing.nested, without_secrets(source))
    reader = session.read.option("mergeSchema", "true")
    return reader.option("recursiveFileLookup", str(listing.nested).lower()).parquet(path)


def escaped(path: str) -> str:
    """A path that means itself, whatever characters are in it, where a pattern could be meant."""
    return _SPECIAL.sub(r"\\\1", path)


def _for_spark(source: str) -> str:
    """A path as Spark takes it: one that is found on this machine by its full name, and not as a pattern."""
    path = Path(source)
    if _SCHEME.match(source) or not path.exists():
        return source.rstrip("/") or source
    return escaped(str(path.absolute()))


def _listing(session: SparkSession, path: str, source: str) -> Listing:
    """The files that Spark finds at a path, in all folders under it."""
    read = session.read.format("text").option("recursiveFileLookup", "true").load(path)
    files = tuple(read.inputFiles())
    root = unquote(urlsplit(source).path if _SCHEME.match(source) else str(Path(source).absolute())).rstrip("/")
    folders = {part for file in files for part in _folders(unquote(urlsplit(file).path), root)}
    parted = {folder for folder in folders if "=" in folder}
    if parted and folders - parted:
        what = f"some of its folders are parted by a key ({min(parted)}) and some are not ({min(folders - parted)})"
        mend = "name the folders of each kind by themselves"
        raise ResponseError([Fault(without_secrets(source), None, what, mend)])
    return Listing(files, bool(folders) and not parted)


def _folders(file: str, root: str) -> Sequence[str]:
    """The folders between the path that was named and a file; none where the path is a pattern."""
    return PurePosixPath(file[len(root) :].lstrip("/")).parts[:-1] if file.startswith(f"{root}/") else ()
