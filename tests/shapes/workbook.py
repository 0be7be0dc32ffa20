"""Workbooks as other programs write them."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Sequence
from datetime import datetime
from typing import Any
from xml.sax.saxutils import escape

import xlsxwriter

Merge = tuple[int, int, int]  # a row, its first and its last column


def xlsx(
    rows: Sequence[Sequence[Any]], sheet: str = "Sheet1", merged: Sequence[Merge] = (), dimension: str | None = None
) -> bytes:
    """One sheet. Numbers, texts and moments are typed. dimension: what the sheet claims to cover, true or not."""
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}) as book:
        page = book.add_worksheet(sheet)
        moment = book.add_format({"num_format": "m/d/yy h:mm:ss"})
        for place, row in enumerate(rows):
            for column, cell in enumerate(row):
                if isinstance(cell, datetime):
                    page.write_datetime(place, column, cell, moment)
                elif isinstance(cell, int | float):
                    page.write_number(place, column, cell)
                elif cell:
                    page.write_string(place, column, cell)
        for place, first, last in merged:
            page.merge_range(place, first, place, last, str(rows[place][first]))
    return _claiming(file.getvalue(), dimension) if dimension else file.getvalue()


def _claiming(book: bytes, dimension: str) -> bytes:
    """The same workbook with another dimension in its sheet."""
    changed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(book)) as old, zipfile.ZipFile(changed, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.infolist():
            content = old.read(part)
            if part.filename == "xl/worksheets/sheet1.xml":
                claim = f'<dimension ref="{dimension}"/>'.encode()
                content, found = re.subn(rb'<dimension ref="[^"]*"/>', claim, content)
                assert found == 1
            new.writestr(part, content)
    return changed.getvalue()


ODS = "application/vnd.oasis.opendocument.spreadsheet"
SPACES = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for name in ("office", "table", "text", "manifest")
)


def ods(rows: Sequence[Sequence[Any]], sheet: str = "Feuille1") -> bytes:
    """One sheet, as LibreOffice nests it."""
    lines = "".join(f"<table:table-row>{''.join(map(_ods_cell, row))}</table:table-row>" for row in rows)
    table = f'<table:table table:name="{escape(sheet)}">{lines}</table:table>'
    body = f"<office:body><office:spreadsheet>{table}</office:spreadsheet></office:body>"
    head = '<?xml version="1.0" encoding="UTF-8"?>'
    entries = "".join(
        f'<manifest:file-entry manifest:full-path="{path}" manifest:media-type="{kind}"/>'
        for path, kind in (("/", ODS), ("content.xml", "text/xml"))
    )
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as book:
        book.writestr(zipfile.ZipInfo("mimetype"), ODS)
        book.writestr(
            "content.xml",
            f'{head}<office:document-content {SPACES} office:version="1.2">{body}</office:document-content>',
        )
        book.writestr(
            "META-INF/manifest.xml",
            f'{head}<manifest:manifest {SPACES} manifest:version="1.2">{entries}</manifest:manifest>',
        )
    return file.getvalue()


def _ods_cell(cell: Any) -> str:
    if cell is None or cell == "":
        return "<table:table-cell/>"
    if isinstance(cell, int | float):
        kind = f'office:value-type="float" office:value="{cell}"'
        return f"<table:table-cell {kind}><text:p>{cell}</text:p></table:table-cell>"
    lines = "".join(f"<text:p>{escape(line)}</text:p>" for line in str(cell).split("\n"))
    return f'<table:table-cell office:value-type="string">{lines}</table:table-cell>'
