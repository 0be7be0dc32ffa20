"""Rejects: every cell that could not be read, as a table for whoever can mend the file or the mapping."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from readiness.writers.safe import inert
from readiness.writers.whole import whole

if TYPE_CHECKING:
    from readiness.responses.table import Unread

COLUMNS = ("file", "row", "column", "item", "found", "expected")


def write_rejects(path: Path, unread: Iterable[Unread]) -> None:
    """Write a CSV file: where a cell stands, by the file's own header, what it was to say, what stood there, what may.

    It is written too where everything could be read, so that none of an earlier run is left.

    Raises:
        InputError: the file cannot be written.
    """
    with whole(path) as begun, begun.open("w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file, lineterminator="\n")
        rows.writerow(COLUMNS)
        for cell in unread:
            texts = (cell.header or cell.column, cell.column, cell.found, cell.expected)
            header, item, found, expected = map(inert, texts)
            rows.writerow((inert(cell.file), cell.row, header, item, found, expected))
