"""Delimited text: CSV and its relatives, as they come out of spreadsheets of several countries."""

from __future__ import annotations

import codecs
import csv
import io
from collections import Counter
from typing import TYPE_CHECKING

import polars as pl

from readiness.faults import Fault, ResponseError

if TYPE_CHECKING:
    from pathlib import Path

DELIMITERS = (",", ";", "\t", "|")
SAMPLE = 64 * 1024


def read(path: Path) -> pl.DataFrame:
    """A delimited file as a frame of text, columns named by its header, trimmed.

    Raises:
        ResponseError: the file is no text, has no header, repeats a column or has lines of another length.
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
        raise ResponseError(_uneven_lines(path, text, delimiter, len(header)))
    names = dict(zip(frame.columns, header, strict=True))
    return frame.slice(1).rename(names)


def decoded(path: Path) -> str:
    """The text of a file: UTF-8 or UTF-16 by their marks, else UTF-8, else Windows' Western European."""
    data = path.read_bytes()
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        text = data.decode("utf-16", errors="replace")
    elif b"\0" in data:
        found = "the file has NUL bytes, so it is no text"
        raise ResponseError([Fault(str(path), None, found, "export the responses as CSV in UTF-8")])
    else:
        try:
            text = data.decode("utf-8-sig")
        except UnicodeDecodeError:
            text = data.decode("cp1252", errors="replace")
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
    header = [name.strip().strip("\ufeff") for name in next(csv.reader(io.StringIO(text), delimiter=delimiter))]
    repeated = sorted(name for name, count in Counter(filter(None, header)).items() if count > 1)
    if repeated:
        mend = "keep one column of each name"
        raise ResponseError([Fault(str(path), 1, f"column {name!r} occurs more than once", mend) for name in repeated])
    return [name or f"(column {place} without a name)" for place, name in enumerate(header, start=1)]


def _uneven_lines(path: Path, text: str, delimiter: str, width: int) -> list[Fault]:
    """Where a file's lines have another number of cells than its header."""
    faults = []
    reader = csv.reader(io.StringIO(text), delimiter=delimiter)
    try:
        for row in reader:
            if row and len(row) != width:
                found = f"{len(row)} cells where the header has {width}"
                faults.append(Fault(str(path), reader.line_num, found, "check quotes and delimiters in this line"))
    except csv.Error as error:
        faults.append(Fault(str(path), reader.line_num, str(error), "check the quotes in this line"))
    default = Fault(str(path), None, "the file cannot be read as a table", "export the responses as CSV in UTF-8")
    return faults[:20] or [default]
