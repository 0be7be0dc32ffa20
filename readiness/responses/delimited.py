"""Delimited text: CSV and its relatives, as they come out of spreadsheets of several countries."""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

import polars as pl

from readiness.faults import Fault, ResponseError

if TYPE_CHECKING:
    from pathlib import Path

DELIMITERS = (",", ";", "\t", "|")
SAMPLE = 64 * 1024
QUOTED = re.compile(r'"[^"]*"')
MOST_LISTED = 20


@dataclass(frozen=True)
class Delimited:
    """What a delimited file holds: a frame of text, columns named by its header, and what there is to tell of it."""

    frame: pl.DataFrame
    remarks: tuple[str, ...] = ()


def read(path: Path) -> Delimited:
    """A delimited file. Lines that end before the header does are filled up with missing cells, and told.

    Raises:
        ResponseError: the file is no text, has no header or nothing else, repeats a column or has longer lines than it.
    """
    text = decoded(path)
    delimiter = sniffed(text[:SAMPLE])
    header = _header(path, text, delimiter)
    try:
        frame = pl.read_csv(
            io.BytesIO(text.encode()),
            separator=delimiter,
            infer_schema=False,
            has_header=False,
        )
    except pl.exceptions.PolarsError:
        frame = None
    if frame is None or frame.width != len(header):
        raise ResponseError(_broken_lines(path, text, delimiter, len(header)))
    if frame.height < 2:
        mend = "export the responses again"
        raise ResponseError([Fault(str(path), None, "the file has a header and no responses", mend)])
    names = dict(zip(frame.columns, header, strict=True))
    remarks = _short_lines(path, text, delimiter, frame) if frame[frame.columns[-1]].null_count() else ()
    return Delimited(frame.slice(1).rename(names), tuple(remarks))


def decoded(path: Path) -> str:
    """The text of a file: UTF-8 or UTF-16 by their marks, else UTF-8, else Windows' Western European."""
    data = path.read_bytes()
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        text = data.decode("utf-16", errors="replace")
    else:
        try:
            text = data.decode("utf-8-sig")
        except UnicodeDecodeError:
            text = data.decode("cp1252", errors="replace")
    if "\0" in text:
        found = "the file has NUL bytes, so it is no text"
        raise ResponseError([Fault(str(path), None, found, "export the responses as CSV in UTF-8")])
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if not text.strip():
        raise ResponseError([Fault(str(path), None, "the file is empty", "export the responses again")])
    return text if text.endswith("\n") else text + "\n"


def sniffed(sample: str) -> str:
    """The delimiter that the first line has most of."""
    first = next((line for line in sample.splitlines() if line.strip()), "")
    counts = Counter({delimiter: first.count(delimiter) for delimiter in DELIMITERS})
    return counts.most_common(1)[0][0]


def _header(path: Path, text: str, delimiter: str) -> list[str]:
    try:
        first = next(csv.reader(io.StringIO(text), delimiter=delimiter, strict=True))
    except csv.Error as error:
        mend = "check the quotes in this line"
        raise ResponseError([Fault(str(path), 1, f"the header cannot be read: {_quoting(error)}", mend)]) from error
    if not first:
        mend = "begin the file with the line that names the columns"
        raise ResponseError([Fault(str(path), 1, "the first line is empty", mend)])
    header = [name.strip().strip("\ufeff").strip() for name in first]
    repeated = sorted(name for name, count in Counter(filter(None, header)).items() if count > 1)
    if repeated:
        mend = "keep one column of each name"
        raise ResponseError([Fault(str(path), 1, f"column {name!r} occurs more than once", mend) for name in repeated])
    return [name or f"(column {place} without a name)" for place, name in enumerate(header, start=1)]


def _quoting(error: csv.Error) -> str:
    """What is wrong with a line's quotes, in words."""
    found = str(error)
    return "a quoted cell is never closed" if "end of data" in found or "limit" in found else found


def _lines(text: str, delimiter: str) -> Iterator[tuple[int, int | str]]:
    """Every line that is not empty: its number, and how many cells it has or why it cannot be read."""
    reader = csv.reader(io.StringIO(text), delimiter=delimiter, strict=True)
    while True:
        start = reader.line_num + 1
        try:
            row = next(reader, None)
        except csv.Error as error:
            yield start, _quoting(error)
            return
        if row is None:
            return
        if row:
            yield start, len(row)


def _broken_lines(path: Path, text: str, delimiter: str, width: int) -> list[Fault]:
    """The lines that a file cannot be read for: longer than its header, or with a quote that never closes."""
    faults = []
    for line, cells in _lines(text, delimiter):
        if isinstance(cells, str):
            faults.append(Fault(str(path), line, cells, "check the quotes from this line on"))
        elif cells > width:
            found = f"{cells} cells where the header has {width}"
            faults.append(Fault(str(path), line, found, "check quotes and delimiters in this line"))
    default = Fault(str(path), None, "the file cannot be read as a table", "export the responses as CSV in UTF-8")
    return faults[:MOST_LISTED] or [default]


def _short_lines(path: Path, text: str, delimiter: str, frame: pl.DataFrame) -> list[str]:
    """The lines that end before the header does, as a spreadsheet may write them, or a transfer that broke off."""
    bare = QUOTED.sub("", text) if '"' in text else text
    if bare.count(delimiter) == frame.height * (frame.width - 1):
        return []
    short = [(line, n) for line, n in _lines(text, delimiter) if isinstance(n, int) and n < frame.width]
    told = [
        f"{path}, line {line}: {cells} cell(s) where the header has {frame.width}; the others count as missing"
        for line, cells in short[:MOST_LISTED]
    ]
    more = len(short) - len(told)
    return [*told, f"{path}: {more} more lines are as short"] if more else told
