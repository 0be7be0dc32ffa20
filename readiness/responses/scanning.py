"""Scanning: a large file read in pieces, by the data frame engine's own parser, with types told beforehand.

The types come from the beginning of the file: small whole numbers are read as such, words that repeat as categories,
all else as text. That is a guess about speed and never about meaning: where a cell further down does not fit, the scan
ends with `MisguessedError`, and whoever asked begins again with everything as text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

import polars as pl

from readiness.responses.ahead import Ahead
from readiness.responses.cells import EMPTY

if TYPE_CHECKING:
    from readiness.responses.table import Sheet

SMALL_WHOLE = re.compile(r"-?[1-9]?\d$|-?1[01]\d$")
PIECE = 300_000  # rows
WAITING = 4  # pieces that may wait to be worked on, so that the parser need not
FEW = 20  # cells from which nothing can be told yet


class MisguessedError(Exception):
    """A file is not as its beginning made us expect: a cell does not fit its column, or a line has too many."""


class Scan(Protocol):
    """A file that can be read in pieces."""

    def pieces(self, places: Sequence[int] | None = None) -> Iterator[pl.DataFrame]:
        """The responses in order, columns named by place as in `Grid`, of these places or all."""

    def row(self, place: int) -> int:
        """The number in the file of a response, which counts from 0."""


@dataclass(frozen=True)
class Delimited:
    """A delimited file.

    types: of every column, by place. skip: rows above the responses. first: the number of the first of these. nulls:
    words that mean a missing cell.
    """

    path: Path
    delimiter: str
    types: Sequence[type[pl.DataType]]
    skip: int
    first: int
    nulls: tuple[str, ...] = ()

    def as_text(self, places: Sequence[int] | None = None) -> Delimited:
        """The same with these columns, or all, read as text."""
        chosen = set(range(len(self.types)) if places is None else places)
        return replace(self, types=[pl.String if n in chosen else dtype for n, dtype in enumerate(self.types)])

    def pieces(self, places: Sequence[int] | None = None) -> Iterator[pl.DataFrame]:
        """The responses in order. Reading begins with this call, and goes on while nobody asks.

        Raises:
            MisguessedError: a cell does not fit the type of its column, or a line has too many cells.
        """
        columns = None if places is None else [str(place) for place in places]
        begun = _begun.pop(self.path, None)
        if begun is not None and begun.serves(self, places):
            return _unwrapped(piece if columns is None else piece.select(columns) for piece in begun.pieces)
        if begun is not None:
            begun.pieces.stop()
        return _unwrapped(self._scanned(columns))

    def _scanned(self, columns: Sequence[str] | None) -> Ahead[pl.DataFrame]:
        lazy = pl.scan_csv(
            self.path,
            has_header=False,
            skip_rows=self.skip,
            separator=self.delimiter,
            schema={str(place): dtype for place, dtype in enumerate(self.types)},
            null_values=list(self.nulls) or None,
        )
        lazy = lazy if columns is None else lazy.select(columns)
        # In the order of the file, so that rows can be numbered.
        return Ahead(lazy.collect_batches(chunk_size=PIECE, lazy=False), WAITING)

    def row(self, place: int) -> int:
        """The number in the file of a response, as a spreadsheet counts."""
        return place + self.first


@dataclass(frozen=True)
class _Begun:
    """A scan that was begun before anybody asked."""

    scan: Delimited
    pieces: Ahead[pl.DataFrame]

    def serves(self, scan: Delimited, places: Sequence[int] | None) -> bool:
        """Whether its pieces are what another scan would give of these columns."""
        wanted = range(len(scan.types)) if places is None else places
        alike = replace(self.scan, types=scan.types) == scan
        return alike and all(self.scan.types[place] == scan.types[place] for place in wanted)


_begun: dict[Path, _Begun] = {}


def begin(scan: Delimited) -> None:
    """Begin a scan that is likely to be asked for."""
    _begun[scan.path] = _Begun(scan, scan._scanned(None))


@dataclass(frozen=True)
class Held:
    """A sheet that is held beside files that are scanned."""

    sheet: Sheet

    def pieces(self, places: Sequence[int] | None = None) -> Iterator[pl.DataFrame]:
        """The responses, in the one piece that is held."""
        frame = self.sheet.frame
        frame = frame.rename({name: str(place) for place, name in enumerate(frame.columns)})
        yield frame if places is None else frame.select([str(place) for place in places])

    def row(self, place: int) -> int:
        """The number in the file of a response."""
        return self.sheet.row(place)


def _unwrapped(batches: Iterator[pl.DataFrame]) -> Iterator[pl.DataFrame]:
    try:
        yield from batches
    except pl.exceptions.PolarsError as error:
        raise MisguessedError(str(error)) from error


def types_of(cells: pl.DataFrame) -> tuple[list[type[pl.DataType]], tuple[str, ...]]:
    """How the columns of a file are read fastest, by its first rows; and which of their words mean a missing cell."""
    columns = [[cell for cell in column.to_list() if cell is not None] for column in cells]
    nulls = tuple(sorted(word for word in EMPTY if word and any(word in column for column in columns)))
    return [_type(column) for column in columns], nulls


def _type(cells: Sequence[str]) -> type[pl.DataType]:
    there = [cell for cell in cells if cell not in EMPTY]
    distinct = set(there)
    if len(there) > FEW and len(distinct) > len(there) // 2:
        return pl.String  # an id, or what somebody wrote
    if distinct and all(SMALL_WHOLE.match(cell) for cell in distinct):
        return pl.Int8
    return pl.Categorical
