"""Cells that hold an error: calamine gives `#N/A` and `#REF!` as empty cells, and nothing must vanish so.

XLSX marks such a cell by `t="e"`. They are found by that mark, without understanding the XML around it. In ODS they are
only counted, as are the times that calamine does not read there.
"""

from __future__ import annotations

import re
import zipfile
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from html import unescape  # XML's five entities are among HTML's
from typing import TYPE_CHECKING

from readiness.responses.formats.archives import UNREAD_IN_ODS, pieces

if TYPE_CHECKING:
    from pathlib import Path

CELL = rb"<(?:\w+:)?c\s"
ERROR = re.compile(CELL + rb'([^>]*?\bt="e"[^>]*)(?<!/)>(?:(?!</(?:\w+:)?c>).)*?<(?:\w+:)?v>([^<]{1,20})</', re.DOTALL)
FILLED = re.compile(
    CELL + rb'[^>]*?\br="([A-Z]{1,3})\d+"[^>]*(?<!/)>(?:<f\b[^>]*/>|<f\b.*?</f>)?<(?:\w+:)?(?:v|is)\b', re.DOTALL
)
REFERENCE = re.compile(rb'\br="([A-Z]{1,3})(\d{1,7})"')
SHEET = re.compile(rb"<(?:\w+:)?sheet\s([^>]*)>")
RELATION = re.compile(rb"<(?:\w+:)?Relationship\s([^>]*)>")
ATTRIBUTE = re.compile(rb'([\w:]+)="([^"]*)"')
LAST_COLUMN = 1 << 14
ODS_PART = "content.xml"


@dataclass(frozen=True)
class SheetErrors:
    """The errors of one sheet: texts by row and column from 0. first_column: of all cells that hold anything."""

    cells: dict[tuple[int, int], str]
    first_column: int


def errors_in(path: Path, parts: Iterable[str]) -> dict[str, SheetErrors]:
    """The errors in some parts of an XLSX file, by the name of the sheet, or of the part if that has none."""
    found: dict[str, SheetErrors] = {}
    with zipfile.ZipFile(path) as archive:
        names = _sheet_names(archive)
        for part in parts:
            if part == ODS_PART:
                continue
            errors = _errors(archive, archive.getinfo(part))
            if errors.cells:
                found[names.get(part, part)] = errors
    return found


def unread_in_ods(path: Path) -> dict[str, int]:
    """How many cells of an ODS file hold an "error" or a "time", which are read as empty."""
    with zipfile.ZipFile(path) as archive:
        return dict(Counter(kind.decode() for kind in UNREAD_IN_ODS.findall(archive.read(ODS_PART))))


def _errors(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> SheetErrors:
    cells: dict[tuple[int, int], str] = {}
    first = LAST_COLUMN
    for _, piece in pieces(archive, part):
        for attributes, text in ERROR.findall(piece):
            at = REFERENCE.search(attributes)
            if at:
                cells[int(at[2]) - 1, _column(at[1])] = unescape(text.decode(errors="replace"))
        for cell in FILLED.finditer(piece) if first else ():
            first = min(first, _column(cell[1]))
            if first == 0:
                break
    return SheetErrors(cells, first)


def _column(letters: bytes) -> int:
    """A column's number from 0: A is 0, AA is 26."""
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number - 1


def _sheet_names(archive: zipfile.ZipFile) -> dict[str, str]:
    """The names of sheets by their parts."""
    try:
        book, relations = archive.read("xl/workbook.xml"), archive.read("xl/_rels/workbook.xml.rels")
    except KeyError:
        return {}
    targets = {said.get("Id", ""): said.get("Target", "") for said in map(_attributes, RELATION.findall(relations))}
    names: dict[str, str] = {}
    for said in map(_attributes, SHEET.findall(book)):
        target = targets.get(said.get("id", ""), "").lstrip("/").removeprefix("xl/")
        names[f"xl/{target}"] = said.get("name", "")
    return names


def _attributes(text: bytes) -> dict[str, str]:
    return {
        name.decode().rsplit(":", 1)[-1]: unescape(value.decode(errors="replace"))
        for name, value in ATTRIBUTE.findall(text)
    }
