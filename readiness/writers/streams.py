"""Frames into CSV, JSON Lines and Parquet, one after the other as they come: memory does not grow with the rows.

All frames have the same columns. Their order, and that of their rows, is kept.
"""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

import polars as pl
from polars.io.plugins import register_io_source

from readiness.writers.safe import RUNNABLE, inert, inert_json, is_runnable

Schema = Mapping[str, pl.DataType]
AHEAD = 2  # frames that wait to be encoded


def write_csv(frames: Iterable[pl.DataFrame], schema: Schema, path: Path) -> None:
    """Commas, decimal points and UTF-8 with its mark, without which a spreadsheet takes it for a Windows code page."""
    header = pl.DataFrame(schema={inert(name): type_ for name, type_ in schema.items()})
    with path.open("wb") as file:
        header.write_csv(file, include_bom=True)
        for frame in frames:
            _inert(frame).write_csv(file, include_header=False)


def write_jsonl(frames: Iterable[pl.DataFrame], schema: Schema, path: Path) -> None:
    """One object a line, null where a cell is empty."""
    suspicious = any(map(is_runnable, schema))
    with path.open("wb") as file:
        for frame in frames:
            if suspicious or any(_suspects(frame, name).len() for name in _texts(frame)):
                file.write(inert_json(frame.write_ndjson()).encode())
            else:
                frame.write_ndjson(file)


def write_parquet(
    frames: Iterable[pl.DataFrame], schema: Schema, path: Path, metadata: Mapping[str, str] | None = None
) -> None:
    """Snappy pages without statistics: encoded, as fast as the disk takes them, while the next frame is made.

    Raises:
        OSError: the file cannot be written.
    """
    sink = _Sink()

    def encode() -> None:
        lazy = register_io_source(sink.source, schema=dict(schema))
        said = dict(metadata or {})
        lazy.sink_parquet(path, compression="snappy", statistics=False, metadata=said, engine="streaming")

    sink.run(encode, frames)


class _Sink:
    """Frames handed from the thread that makes them to the one that encodes them.

    The maker stays the main thread, since signals reach that one alone and an encoder in Rust would not look for them.
    """

    def __init__(self) -> None:
        self._handed: queue.Queue[pl.DataFrame | None] = queue.Queue(AHEAD)
        self._given_up = threading.Event()
        self._failure: BaseException | None = None

    def source(self, *_: Any) -> Iterator[pl.DataFrame]:
        """The frames, as a source that Polars asks for them."""
        while (frame := self._handed.get()) is not None:
            yield frame
        if self._given_up.is_set():
            raise RuntimeError("stopped")  # or the file would be finished as if it were whole

    def run(self, encode: Callable[[], None], frames: Iterable[pl.DataFrame]) -> None:
        """Encode all frames. Whatever ends the making of them early ends this too."""
        thread = threading.Thread(target=self._encoding, args=(encode,), daemon=True)
        thread.start()
        try:
            for frame in frames:
                if not self._hand(frame, thread):
                    break
        except BaseException:
            self._given_up.set()
            raise
        finally:
            self._hand(None, thread)
            thread.join()
        if isinstance(self._failure, pl.exceptions.ComputeError):  # how Polars says that the disk is full
            raise OSError(str(self._failure)) from self._failure
        if self._failure is not None:
            raise self._failure

    def _encoding(self, encode: Callable[[], None]) -> None:
        try:
            encode()
        except BaseException as failure:
            self._failure = failure

    def _hand(self, frame: pl.DataFrame | None, thread: threading.Thread) -> bool:
        """Wait for room; False where nobody takes it any more."""
        while thread.is_alive():
            try:
                self._handed.put(frame, timeout=0.1)
                return True
            except queue.Full:
                continue
        return False


def _texts(frame: pl.DataFrame) -> list[str]:
    return [
        name
        for name, type_ in frame.schema.items()
        if type_ == pl.String or isinstance(type_, pl.Categorical | pl.Enum)
    ]


def _suspects(frame: pl.DataFrame, name: str) -> pl.Series:
    """The distinct texts of a column that a spreadsheet could run."""
    column = frame[name]
    if isinstance(column.dtype, pl.Enum):  # its few categories instead of a million cells
        column = column.dtype.categories
    elif column.dtype != pl.String:
        column = column.unique().cast(pl.String)
    return column.filter(column.str.contains(RUNNABLE)).unique()


def _inert(frame: pl.DataFrame) -> pl.DataFrame:
    """The frame with no text in it that a spreadsheet could run."""
    changes = []
    for name in _texts(frame):
        suspects = _suspects(frame, name)
        if suspects.len():
            mended = [inert(text) for text in suspects]
            changes.append(pl.col(name).cast(pl.String).replace(suspects.to_list(), mended))
    return frame.with_columns(changes) if changes else frame
