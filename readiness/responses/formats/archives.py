"""Archives: a workbook looked through before it is opened, for a small one may unpack to more than any memory holds.

XLSX and ODS are ZIP archives of XML. Nothing here understands XML: parts are unpacked piece by piece, their real sizes
compared with what the directory says, and searched for a few marks.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING

from readiness.faults import Fault, ResponseError
from readiness.responses.formats.grids import MOST_COLUMNS
from readiness.zips import is_tight, opened

if TYPE_CHECKING:
    from pathlib import Path

MOST_PARTS = 5_000
MOST_UNPACKED = 1 << 30  # bytes
MOST_EMPTY = 3_000_000  # cells; a sheet is held as a rectangle from its first to its last cell
SPARSEST = 10  # cells of that rectangle for each that is there
MOST_TEXT = 512 << 20  # bytes that the cells of all sheets may have together by naming shared texts
MOST_SPACES = 8 << 20  # that ODS may write as a number
PIECE, OVERLAP = 4 << 20, 64 << 10

LAST_ROW = 1_048_576
# Patterns begin with letters, not with a word's edge, for then they are searched four times as fast.
ROW = re.compile(rb"""row\s[^>]*?\br=["'](\d{1,7})["']""")
FAR_ROW = re.compile(rb"""r=["'][A-Z]{1,3}\d{6,7}["']""")
SHARED = re.compile(rb"""t=["']s["'][^>]*>\s*<(?:\w+:)?v>(\d{1,8})<""")
TEXT_END = re.compile(rb"</(?:\w+:)?si>")
UNREAD_IN_ODS = re.compile(rb"""value-type=["'](error|time)["']""")
REPEATED_CELL = re.compile(rb"""<table:table-cell\b[^>]*?number-columns-repeated=["'](\d{4,})["'][^>]*""")
SPACES = re.compile(rb"""text:c=["'](\d+)["']""")
REPEATED_ROW = re.compile(
    rb"""<table:table-row\b[^>]*?number-rows-repeated=["'](\d{6,})["'][^>]*>(?:(?!</table:table-row>).)*?value-type""",
    re.DOTALL,
)


def refuse(path: Path, what: str, mend: str) -> ResponseError:
    """A file as a whole cannot be read."""
    return ResponseError([Fault(str(path), None, what, mend)])


def kind_of_archive(path: Path) -> str:
    """What a ZIP archive is: "xlsx", "ods", "xlsb", "docx", "pptx", "odf" (another document) or "zip".

    Raises:
        ResponseError: it is damaged.
    """
    names = {part.filename for part in _directory(path)}
    for mark, kind in (
        ("xl/workbook.xml", "xlsx"),
        ("xl/workbook.bin", "xlsb"),
        ("word/document.xml", "docx"),
        ("ppt/presentation.xml", "pptx"),
    ):
        if mark in names:
            return kind
    if "content.xml" in names:
        with opened(path, _damaged(path)) as archive, archive.open("content.xml") as part:
            return "ods" if b"office:spreadsheet" in part.read(PIECE) else "odf"
    return "zip"


def looked_through(path: Path) -> frozenset[str]:
    """The parts of a workbook with cells that calamine passes over; a workbook that is a trap is refused.

    These are errors such as `#N/A`, and times in ODS.

    Raises:
        ResponseError: it is damaged, or would unpack to more than a survey can have.
    """
    parts = _directory(path)
    _judge_sizes(path, parts)
    with opened(path, _damaged(path)) as archive:
        seen = {part.filename: _seen(path, archive, part) for part in parts}
        _judge_shared_texts(path, archive, seen)
    return frozenset(name for name, part in seen.items() if part.errors)


def _directory(path: Path) -> list[zipfile.ZipInfo]:
    with opened(path, _damaged(path)) as archive:
        return archive.infolist()


def _damaged(path: Path) -> ResponseError:
    return refuse(path, "the workbook is damaged", "open it, save it again as XLSX, or export the responses as CSV")


def _judge_sizes(path: Path, parts: list[zipfile.ZipInfo]) -> None:
    """By the directory alone, so that it takes no time."""
    mend = "export the responses as CSV"
    if len(parts) > MOST_PARTS:
        raise refuse(path, f"the workbook has {len(parts)} parts, more than any of a survey", mend)
    unpacked = sum(part.file_size for part in parts)
    if unpacked > MOST_UNPACKED:
        raise refuse(path, f"the workbook unpacks to {unpacked >> 20} MB, so it is not opened", mend)
    for part in parts:
        if is_tight(part):
            times = part.file_size // max(part.compress_size, 1)
            found = f"the workbook has a part packed {times} times to {part.file_size >> 20} MB, so it is not opened"
            raise refuse(path, found, mend)


def pieces(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> Iterator[tuple[int, bytes]]:
    """A part unpacked piece by piece, each from where on; it begins with the end of the one before.

    It never unpacks to more than the directory says.

    Raises:
        BadZipFile: the directory says something else than what is there.
    """
    with archive.open(part) as file:
        start, before = 0, b""
        while piece := file.read(PIECE):
            yield start, before + piece
            start += len(before) + len(piece)
            before = piece[-OVERLAP:]
            start -= len(before)


@dataclass
class _Seen:
    """What there is in a part, as far as that can be told by searching."""

    cells: int = 0
    rows: int = 0
    errors: bool = False
    spaces: int = 0
    ends: list[int] = field(default_factory=list)  # of shared texts


def _seen(path: Path, archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> _Seen:
    """One part looked through: a sheet must not stretch over far more cells than it has."""
    seen = _Seen()
    for start, piece in pieces(archive, part):
        seen.cells += piece.count(b"<c ") + piece.count(b":c ")
        seen.rows = max([seen.rows, *map(int, ROW.findall(piece))])
        if seen.rows < 100_000 and FAR_ROW.search(piece):
            seen.rows = LAST_ROW
        seen.errors = seen.errors or b't="e"' in piece or UNREAD_IN_ODS.search(piece) is not None
        if b"si>" in piece:
            last = seen.ends[-1] if seen.ends else 0
            seen.ends += [start + end.end() for end in TEXT_END.finditer(piece) if start + end.end() > last]
        if b"-repeated=" in piece:
            _judge_repeated(path, piece)
        if b"text:c=" in piece:
            seen.spaces += sum(map(int, SPACES.findall(piece)))
            if seen.spaces > MOST_SPACES:
                found = (
                    f"the cells of the workbook hold more than {MOST_SPACES >> 20} million spaces, so it is not opened"
                )
                raise refuse(path, found, "export the responses as CSV")
    widest = max(MOST_EMPTY, SPARSEST * seen.cells) // max(seen.rows, 1)  # columns
    if widest < MOST_COLUMNS and any(_beyond(widest).search(piece) for _, piece in pieces(archive, part)):
        found = "a sheet of the workbook has cells far away from all others, so it is not opened"
        raise refuse(path, found, "delete what stands right of and below the responses, or export them as CSV")
    return seen


def _judge_repeated(path: Path, piece: bytes) -> None:
    """ODS writes equal cells once, with how often they occur; empty ones fill the sheet up and do no harm."""
    cells = [int(cell[1]) for cell in REPEATED_CELL.finditer(piece) if b"value-type" in cell[0]]
    rows = [int(row[1]) for row in REPEATED_ROW.finditer(piece)]
    if max(cells, default=0) > MOST_COLUMNS or rows:
        found = f"a cell of the workbook stands for {max(cells + rows)} cells, so it is not opened"
        raise refuse(path, found, "export the responses as CSV")


def _judge_shared_texts(path: Path, archive: zipfile.ZipFile, seen: Mapping[str, _Seen]) -> None:
    """XLSX keeps a text once and lets cells name it: a long one named often is more than the file shows."""
    cells = sum(part.cells for part in seen.values())
    ends = next((part.ends for part in seen.values() if part.ends), [])
    lengths = [end - start for start, end in pairwise([0, *ends])]
    long = {number for number, length in enumerate(lengths) if length * cells > MOST_TEXT}
    if not long:
        return
    size = 0
    for name, part in seen.items():
        for _, piece in pieces(archive, archive.getinfo(name)) if part.cells else ():
            size += sum(lengths[number] for number in map(int, SHARED.findall(piece)) if number in long)
            if size > MOST_TEXT:
                found = "the cells of the workbook hold the same long texts over and over, so it is not opened"
                raise refuse(path, found, "export the responses as CSV")


def _letters(column: int) -> str:
    """The letters of a column's number from 0."""
    text, number = "", column + 1
    while number:
        number, rest = divmod(number - 1, 26)
        text = chr(65 + rest) + text
    return text


def _beyond(columns: int) -> re.Pattern[bytes]:
    """Finds a cell right of the first so many columns: one with more letters, or as many and later ones."""
    last = _letters(max(columns, 1) - 1)
    later = [f"[A-Z]{{{len(last) + 1},3}}"] if len(last) < 3 else []
    for at, letter in enumerate(last):
        if letter < "Z":
            later.append(f"{last[:at]}[{chr(ord(letter) + 1)}-Z][A-Z]{{{len(last) - at - 1}}}")
    return re.compile(rf"""r=["'](?:{"|".join(later)})\d""".encode())
