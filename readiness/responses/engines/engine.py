"""What every engine can do: find a table where it lies, look figures up, work a frame out, write one back.

Frames are Narwhals' lazy ones, so that one plan serves all engines; what Narwhals has no word for is done here.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    import narwhals as nw
    import polars as pl
    from narwhals.dtypes import DType


@dataclass(frozen=True)
class Located:
    """A table where it lies.

    name: what messages call it, without any password. frame: its rows; its columns are called "0", "1", … in their
    order, since a name may hold anything. headers: what the table itself calls them.
    """

    name: str
    frame: nw.LazyFrame[Any] = field(repr=False)  # or its rows would be printed
    headers: tuple[str, ...]


@dataclass(frozen=True)
class Gathered:
    """A column to be looked up: what stands in `table`, which has no nulls, at the place that the column `index` says.

    table: of whole numbers of up to 64 bits, or of floats, whose every bit has to arrive.
    """

    table: pl.Series
    index: str


class Engine(Protocol):
    """Where a survey is scored without leaving it."""

    name: str  # as `--engine` has it
    wide: DType  # a type of whole numbers of some 38 digits, in which sums and squares are exact

    def located(self, source: str) -> Located:
        """One source: files or folders of Parquet or CSV, or a table.

        Raises:
            ResponseError: it is not there, cannot be reached or read, or may not be.
        """

    def gathered(self, frame: nw.LazyFrame[Any], columns: Mapping[str, Gathered]) -> nw.LazyFrame[Any]:
        """The frame with columns looked up in tables of a few thousand figures at the most."""

    def worked(self, frame: nw.LazyFrame[Any], columns: Mapping[str, str]) -> nw.LazyFrame[Any]:
        """The frame with columns by expressions in the engine's own SQL, for what Narwhals has no word for."""

    def held(self, table: pl.DataFrame) -> nw.LazyFrame[Any]:
        """A small table of ours as a frame of the engine, to be joined."""

    def collected(self, frame: nw.LazyFrame[Any], sources: Sequence[str] = ()) -> pl.DataFrame:
        """A frame worked out: of grouped results, never of respondents. `wide` columns become 128 bit integers.

        sources: what messages name where something is wrong.

        Raises:
            ResponseError: the engine cannot be reached any more, or could not read what it was to read.
        """

    def kept(self, frame: nw.LazyFrame[Any]) -> AbstractContextManager[nw.LazyFrame[Any]]:
        """The frame, for as long as it is used, kept by the engine where that saves reading it again."""

    def write(self, frame: nw.LazyFrame[Any], to: str) -> None:
        """Write a frame where it belongs: each engine says in its own documentation what `to` may be.

        What was there before is replaced once all is written.

        Raises:
            UsageError: it cannot be written there.
            ResponseError: it could not be written.
        """

    def close(self) -> None:
        """Let go of whatever was opened. What the user had opened is left open."""
