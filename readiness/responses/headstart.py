"""A head start: a large file begins to be parsed while the rest of the program is still being loaded.

Loading takes as long as parsing a few hundred thousand rows, and the parser needs no part of what is loaded. What is
begun here is a guess: if the file turns out to need another reading, it is dropped, and nothing else has been lost.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import polars as pl

from readiness.faults import ResponseError
from readiness.responses import scanning
from readiness.responses.formats import delimited, kinds

if TYPE_CHECKING:
    from pathlib import Path

LARGE = 16 * 1024 * 1024  # bytes in all files together; below, everything is held
HEAD = 400  # rows by which a file is understood
SUFFIXES = (".csv", ".tsv", ".txt", ".tab")
WIDEST = 500  # columns; of a wider file most are not wanted


def begin(sources: Sequence[Path]) -> None:
    """Begin to read a source that is one large delimited file with its columns' names in the first row."""
    if len(sources) != 1:
        return
    path = sources[0]
    if path.suffix.lower() not in SUFFIXES or not path.is_file() or path.stat().st_size < LARGE:
        return
    try:
        scan = guessed(path)
    except (ResponseError, OSError):
        return  # whoever reads it will say what is wrong
    if scan is not None and len(scan.types) <= WIDEST:
        scanning.begin(scan)


def guessed(path: Path) -> scanning.Delimited | None:
    """How a delimited file would be scanned if its first row named the columns; None if it cannot be."""
    if kinds.kind_of(path)[0] != "text":
        return None
    dialect = delimited.dialect(path)
    head = delimited.head(path, HEAD)
    if not dialect.scannable or dialect.skip_lines or head.cells.height < 2:
        return None
    types, nulls = scanning.types_of(head.cells.slice(1))
    # Categories are for answers; what has a number in its name is likely to be asked for them, and all else as text.
    others = [place for place, name in enumerate(head.row(0)) if not any(map(str.isdigit, name))]
    types = [pl.String if place in others and dtype == pl.Categorical else dtype for place, dtype in enumerate(types)]
    return scanning.Delimited(path, dialect.delimiter, types, 1, int(head.rows[1]), nulls)
