"""Delimited text: CSV and its relatives, as they come out of spreadsheets of several countries.

Rows are counted as a spreadsheet shows them: a cell with line ends in it is in one row, an empty line is a row of its
own, and a first line `sep=;` is none. Faults name lines as a text editor counts them.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

import polars as pl

from readiness.faults import Fault, ResponseError
from readiness.responses.formats.dialects import SAMPLE, Dialect, sniffed
from readiness.responses.formats.encodings import UTF_8, UTF_8_MARKED, Text, decoded
from readiness.responses.formats.grids import MOST_COLUMNS, grid_of, too_wide
from readiness.responses.grid import Grid

if TYPE_CHECKING:
    from _csv import Reader as _CsvReader
    from pathlib import Path

BEGINNING = 256 * 1024  # enough to tell a dialect by
DOS_END = b"\x1a"
LONGEST_HEAD = 4 * 1024 * 1024  # bytes within which the first line has to end
MOST_LISTED = 20


def read(path: Path) -> Grid:
    """A delimited file. Lines that end before the first one does are filled up with empty cells, and told.

    Raises:
        ResponseError: the file is no text, has no header or nothing else, or has lines longer than the header.
    """
    return _grid(path, decoded(path))


def head(path: Path, rows: int) -> Grid:
    """The first rows of a delimited file, of which no more is read than that takes.

    Raises:
        ResponseError: as `read` does, for these rows.
    """
    size = BEGINNING
    while True:
        text, whole = _beginning(path, size)
        lines = _lines_of_rows(text, rows, whole)
        if lines is not None:
            return _grid(path, replace(text, data=_first_lines(text.data, lines)), whole=False)
        size *= 4


def dialect(path: Path) -> Dialect:
    """How a delimited file is written, by its beginning; what comes later may differ.

    Raises:
        ResponseError: the beginning is no text.
    """
    with path.open("rb") as file:
        raw = file.read(BEGINNING)
        file.seek(max(path.stat().st_size - 1, 0))
        end = file.read(1)
    text, _ = _beginning(path, BEGINNING)
    returns = raw.count(b"\r")
    plain = returns == raw.count(b"\r\n") or (raw.endswith(b"\r") and returns == raw.count(b"\r\n") + 1)
    scannable = text.encoding in (UTF_8, UTF_8_MARKED) and not text.damaged and plain
    if text.skipped and text.encoding == UTF_8_MARKED:
        scannable = False  # the mark would have to be skipped along with the line
    if end == DOS_END:
        scannable = False  # it would be a row
    return Dialect(_delimiter(text), text.encoding, scannable, text.skipped)


def _beginning(path: Path, size: int) -> tuple[Text, bool]:
    """The text of a file's first bytes, up to the end of a line, and whether that is all of it."""
    with path.open("rb") as file:
        data = file.read(size)
        whole = not file.read(1)
    if not whole:
        data = _whole_lines(data)
    return decoded(path, data), whole


def _whole_lines(data: bytes) -> bytes:
    """Bytes cut after their last line end, for a character must not be cut either; whole if there is no line end."""
    end = max(data.rfind(b"\n"), data.rfind(b"\r"))
    if end <= 0:
        return data[: len(data) // 4 * 4 - 4]
    if data[end + 1 : end + 2] == b"\0":  # the other half of a character in UTF-16
        end += 1
    return data[: end + 1]


def _lines_of_rows(text: Text, rows: int, whole: bool) -> int | None:
    """How many lines the first rows take; None if more has to be read to tell."""
    if not whole and b"\n" not in text.data[:-1]:
        return 1 if len(text.data) > LONGEST_HEAD else None
    reader = _reader(text.data, _delimiter(text))
    try:
        for _ in range(rows):
            if next(reader, None) is None:
                return reader.line_num if whole else None
    except csv.Error:
        return reader.line_num if whole or len(text.data) > LONGEST_HEAD else None
    return reader.line_num


def _first_lines(data: bytes, lines: int) -> bytes:
    end = 0
    for _ in range(lines):
        end = data.find(b"\n", end) + 1
        if not end:
            return data
    return data[:end]


def _delimiter(text: Text) -> str:
    return text.sep or sniffed(text.data[: 4 * SAMPLE].decode(errors="replace"))


def _grid(path: Path, text: Text, *, whole: bool = True) -> Grid:
    """A text as a grid. whole: it is all of the file, so that there have to be responses."""
    delimiter = _delimiter(text)
    first = _first_width(path, text, delimiter)
    width = _below_title(text, delimiter) if first == 1 and delimiter.encode() in text.data else first
    frame = _parsed(text.data, delimiter, width)
    if frame is None:
        faults = _broken_lines(path, text, delimiter, width)
        if faults:
            raise ResponseError(faults)
        # what is beyond the header is known to be empty now
        frame = None if b'"' in text.data else _parsed(text.data, delimiter, width, truncate=True)
        frame = _parsed_slowly(text.data, delimiter, width) if frame is None else frame
    told: list[str] = []
    if first < width:
        told = [f"{path}, line {1 + text.skipped}: a title of one cell above lines of up to {width}"]
    elif not _is_full(text.data, delimiter, frame):
        told = _short_lines(path, text, delimiter, width)
    remarks = (*text.remarks, *told)
    grid = grid_of(path, frame, "delimited", remarks=remarks)
    if whole and grid.cells.height < 2:
        mend = "export the responses again"
        raise ResponseError([Fault(str(path), None, "the file has a header and no responses", mend)])
    return grid


def _first_width(path: Path, text: Text, delimiter: str) -> int:
    """How many cells the first line has."""
    start = text.data[:LONGEST_HEAD]
    if len(start) < len(text.data) and b"\n" not in start:
        found = f"the first line is longer than {LONGEST_HEAD >> 20} million characters, so it names no columns"
        raise ResponseError([Fault(str(path), 1 + text.skipped, found, "export the responses as CSV in UTF-8")])
    try:
        first = next(_reader(start, delimiter))
    except csv.Error as error:
        what = f"the header cannot be read: {_quoting(error)}"
        raise ResponseError([Fault(str(path), 1 + text.skipped, what, "check the quotes in this line")]) from error
    if not first:
        mend = "begin the file with the line that names the columns"
        raise ResponseError([Fault(str(path), 1 + text.skipped, "the first line is empty", mend)])
    if len(first) > MOST_COLUMNS:
        raise ResponseError([too_wide(path, len(first))])
    return len(first)


def _below_title(text: Text, delimiter: str) -> int:
    """How many cells the longest line has, if most have more than the one of the first, which then is a title.

    What such a table is, is for those to say who know what platforms write.
    """
    lines = [len(row) for _, row in _lines(text, delimiter) if not isinstance(row, str)]
    return min(max(lines), MOST_COLUMNS) if sum(1 for cells in lines if cells > 1) > len(lines) / 2 else 1


def _parsed(data: bytes, delimiter: str, width: int, *, truncate: bool = False) -> pl.DataFrame | None:
    """The cells by Polars; None if it cannot, be it for the quotes or for longer lines."""
    if data.count(b'"') % 2:  # one is not closed or is no quote: Polars would say so in as many words as the file has
        return None
    try:
        frame = pl.read_csv(
            data,
            separator=delimiter,
            has_header=False,
            truncate_ragged_lines=truncate,
            schema={str(place): pl.String for place in range(width)},
        )
    except pl.exceptions.PolarsError:
        return None
    if b'""' in data:
        frame = frame.with_columns(pl.when(pl.all() != "").then(pl.all()))
    return frame


def _parsed_slowly(data: bytes, delimiter: str, width: int) -> pl.DataFrame:
    """The cells of a file with quotes inside cells that are not quoted, or with empty cells beyond the header."""
    rows = [[cell or None for cell in (*row[:width], *[""] * (width - len(row)))] for row in _reader(data, delimiter)]
    return pl.DataFrame(rows, schema={str(place): pl.String for place in range(width)}, orient="row")


def _reader(data: bytes, delimiter: str) -> _CsvReader:
    """The slower reader, which knows lines and says what is wrong with them; it decodes as it goes."""
    lines = io.TextIOWrapper(io.BytesIO(data), encoding="utf-8", errors="replace", newline="\n")
    return csv.reader(lines, delimiter=delimiter, strict=True)


def _quoting(error: csv.Error) -> str:
    """What is wrong with a line's quotes, in words."""
    found = str(error)
    return "a quoted cell is never closed" if "end of data" in found or "limit" in found else found


def _lines(text: Text, delimiter: str) -> Iterator[tuple[int, list[str] | str]]:
    """Every line that is not empty: its number, and its cells or why it cannot be read."""
    reader = _reader(text.data, delimiter)
    while True:
        start = reader.line_num + 1 + text.skipped
        try:
            row = next(reader, None)
        except csv.Error as error:
            yield start, _quoting(error)
            return
        if row is None:
            return
        if row:
            yield start, row


def _broken_lines(path: Path, text: Text, delimiter: str, width: int) -> list[Fault]:
    """The lines that a file cannot be read for: longer than its header, or with a quote that never closes."""
    faults = []
    for line, cells in _lines(text, delimiter):
        if isinstance(cells, str):
            faults.append(Fault(str(path), line, cells, "check the quotes from this line on"))
        elif any(cells[width:]):  # a spreadsheet may end every line with empty cells
            found = f"{len(cells)} cells where the header has {width}"
            faults.append(Fault(str(path), line, found, "check quotes and delimiters in this line"))
        if len(faults) == MOST_LISTED:
            break
    return faults


def _is_full(data: bytes, delimiter: str, frame: pl.DataFrame) -> bool:
    """Whether there are as many delimiters between the cells as there have to be, so that no line is short."""
    if not frame[frame.columns[-1]].null_count():
        return True
    inside = 0
    if b'"' in data:
        counts = frame.select(pl.all().str.count_matches(delimiter, literal=True).sum())
        inside = int(counts.sum_horizontal().item())
    return data.count(delimiter.encode()) - inside == frame.height * (frame.width - 1)


def _short_lines(path: Path, text: Text, delimiter: str, width: int) -> list[str]:
    """The lines that end before the header does, as a spreadsheet may write them, or a transfer that broke off."""
    short = [(line, len(row)) for line, row in _lines(text, delimiter) if not isinstance(row, str) and len(row) < width]
    told = [
        f"{path}, line {line}: {cells} cell(s) where the header has {width}; the others count as missing"
        for line, cells in short[:MOST_LISTED]
    ]
    more = len(short) - len(told)
    return [*told, f"{path}: {more} more lines are as short"] if more else told
