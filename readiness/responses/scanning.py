"""Scanning: a large delimited or Parquet file read in pieces, by the engine's own parser, with types told beforehand.

The types come from the beginning of the file: small whole numbers are read as such, words that repeat as categories, all
else as text. That is a guess about speed and never about meaning: where a cell further down does not fit, the scan ends
with `MisguessedError` and is begun again with everything as text.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import polars as pl

from readiness.responses.cells import EMPTY

if TYPE_CHECKING:
    from pathlib import Path

SAMPLE = 128 * 1024
SMALL_WHOLE = re.compile(r"-?[1-9]?\d$|-?1[01]\d$")
PIECE = 400_000  # rows; the parser stays two pieces ahead, so that it need not wait for us
BOM = b"\xef\xbb\xbf"


class MisguessedError(Exception):
    """A cell is not of the type that the beginning of the file made us expect."""


@dataclass(frozen=True)
class Scan:
    """A file to be read in pieces.

    header: the cells of its first row. types: by place. skip: rows above the responses.
    """

    path: Path
    delimiter: str
    header: tuple[str, ...]
    types: Mapping[int, type[pl.DataType]]
    nulls: tuple[str, ...] = ()
    skip: int = 1

    def as_text(self, places: Sequence[int] | None = None) -> Scan:
        """The same with these columns, or all, read as text."""
        chosen = range(len(self.header)) if places is None else places
        return replace(self, types={**self.types, **dict.fromkeys(chosen, pl.String)})

    def pieces(self, places: Sequence[int] | None = None) -> Iterator[pl.DataFrame]:
        """The rows below the header in order, columns named by place as in `Grid`; only those at `places` if given.

        Reading begins with this call and goes on while nobody asks.

        Raises:
            MisguessedError: a cell does not fit the type of its column, or a line has too many cells.
        """
        schema = {str(place): self.types[place] for place in range(len(self.header))}
        lazy = pl.scan_csv(
            self.path,
            has_header=False,
            skip_rows=self.skip,
            separator=self.delimiter,
            schema=schema,
            null_values=list(self.nulls) or None,
        )
        if places is not None:
            lazy = lazy.select([str(place) for place in places])
        return _unwrapped(lazy.collect_batches(chunk_size=PIECE, lazy=False))


def _unwrapped(batches: Iterator[pl.DataFrame]) -> Iterator[pl.DataFrame]:
    try:
        yield from batches
    except pl.exceptions.PolarsError as error:
        raise MisguessedError(str(error)) from error


def scan_of(path: Path) -> Scan | None:
    """How a delimited file can be read in pieces; None if it has to be read by other means.

    That is so for what is no UTF-8, has its header over several lines, or no header at all.
    """
    with path.open("rb") as file:
        sample = file.read(SAMPLE)
    if sample.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\0" in sample:
        return None
    marked = sample.startswith(BOM)
    try:
        text = (sample[3:] if marked else sample).decode(errors="strict")
    except UnicodeDecodeError as error:
        if error.start < len(sample) - 8:
            return None
        text = sample[: error.start].decode()
    if "\n" not in text or re.search(r"\r(?!\n)", text[:-1]):
        return None
    lines = text.rsplit("\n", 1)[0]
    delimiter = max(",;\t|", key=lines.split("\n", 1)[0].count)
    try:
        rows = list(csv.reader(io.StringIO(lines), delimiter=delimiter, strict=True))
    except csv.Error:
        return None
    if len(rows) < 3 or not rows[0] or len(rows[0]) < 2:
        return None
    width = len(rows[0])
    body = [row for row in rows[1:-1] if len(row) == width]
    if len(body) < len(rows) - 2:
        return None
    columns = list(zip(*body, strict=True))
    nulls = tuple(word for word in sorted(EMPTY) if word and any(word in cells for cells in columns))
    return Scan(path, delimiter, tuple(rows[0]), {n: _type(cells) for n, cells in enumerate(columns)}, nulls)


def _type(cells: Sequence[str]) -> type[pl.DataType]:
    there = [cell for cell in cells if cell not in EMPTY]
    distinct = set(there)
    if len(there) > 20 and len(distinct) > len(there) // 2:
        return pl.String
    if distinct and all(SMALL_WHOLE.match(cell) for cell in distinct):
        return pl.Int8
    return pl.Categorical
