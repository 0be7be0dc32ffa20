"""Workbooks: a sheet a table, frozen headers, typed cells, nothing that runs. One row after the other, memory flat."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from readiness.faults import Fault, InputError
from readiness.writers.columns import Column, Kind
from readiness.writers.safe import is_runnable, visible

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

Cell = str | int | float | bool | None
MOST_ROWS, MOST_COLUMNS, MOST_TEXT = 1_048_576, 16_384, 32_767  # what the format holds; a text in UTF-16 units
FORMATS: Mapping[Kind, str] = {
    "text": "General",
    "flag": "General",
    "number": "General",
    "count": "#,##0",
    "score": "0.0",
    "membership": "0.00",
    "share": "0%",
}
NARROWEST, WIDEST = 9, 60
KEPT = 1000  # texts, such as verdicts, that are looked at once and not in every row
HEAD = {"bold": True, "bg_color": "#1F3A5F", "font_color": "#FFFFFF", "valign": "top", "border": 1}
GREY = {"bg_color": "#E4E4E4", "font_color": "#595959", "italic": True}
MADE = datetime.datetime(2000, 1, 1)  # the same result gives the same bytes, whenever it is written


@contextmanager
def workbook(path: Path, title: str, named: Path) -> Iterator[Book]:
    """A workbook to put sheets into, written when the block ends. Its temporary files stand beside it.

    named: what faults call it.

    Raises:
        OSError: it cannot be written.
        InputError: more rows, columns or text than the format holds.
    """
    from xlsxwriter import Workbook
    from xlsxwriter.exceptions import XlsxFileError

    plain = dict.fromkeys(("strings_to_formulas", "strings_to_urls", "strings_to_numbers"), False)
    made = Workbook(str(path), {**plain, "constant_memory": True, "tmpdir": str(path.parent)})
    made.use_zip64()
    made.set_properties({"title": title, "created": MADE})
    yield Book(made, named)
    try:
        made.close()
    except XlsxFileError as error:
        raise OSError(str(error)) from error


class _Exact(float):
    """A number that is written with all its digits. XlsxWriter rounds to 16, which is not every bit."""

    def __format__(self, _: str) -> str:
        return repr(float(self))


class Book:
    """A workbook that is being written."""

    def __init__(self, book: Workbook, path: Path) -> None:
        self._book, self._path = book, path
        self._formats: dict[tuple[str, bool, bool], Format] = {}
        self._texts: dict[str, tuple[str, Format | None]] = {}

    def sheet(self, name: str, columns: Sequence[Column], rows: Iterable[Sequence[Cell]], hidden: str = "") -> int:
        """A sheet of typed rows below a frozen header; returns how many rows.

        hidden: the word that stands in cells which are suppressed.
        """
        self.judge(0, len(columns))
        sheet = self._book.add_worksheet(name)
        head = self._book.add_format(HEAD)
        widths = [max(NARROWEST, len(column.name) + 4) for column in columns]
        for place, column in enumerate(columns):
            sheet.write_string(0, place, self._text(column.name), head)
        flags = {column.name: place for place, column in enumerate(columns)}
        hidden_by = [flags[column.hidden_by] if column.hidden_by else None for column in columns]
        number = 0
        for number, row in enumerate(rows, 1):
            self.judge(number, 0)
            for place, (column, flag, cell) in enumerate(zip(columns, hidden_by, row, strict=True)):
                if cell is not None:
                    self._write(sheet, number, place, column.kind, cell)
                    if column.kind == "text":
                        widths[place] = max(widths[place], min(len(str(cell)) + 2, WIDEST))
                elif flag is not None and row[flag]:
                    sheet.write_string(number, place, hidden, self._format(column.kind, grey=True))
        for place, width in enumerate(widths):
            sheet.set_column(place, place, width)
        sheet.freeze_panes(1, 1)
        sheet.autofilter(0, 0, number, len(columns) - 1)
        sheet.set_landscape()
        sheet.repeat_rows(0)
        sheet.fit_to_pages(1, 0)
        sheet.set_header(f"&L&F&C{name}&R&P / &N")
        return number

    def judge(self, rows: int, columns: int) -> None:
        """Whether a sheet holds as much, its header not counted.

        Raises:
            InputError: it does not.
        """
        if columns > MOST_COLUMNS:
            raise self._too_large(f"{columns:,} columns do not fit a sheet, which ends at {MOST_COLUMNS:,}")
        if rows >= MOST_ROWS:
            raise self._too_large(f"more rows than a sheet holds, which ends at row {MOST_ROWS:,}")

    def _write(self, sheet: Worksheet, row: int, place: int, kind: Kind, cell: Cell) -> None:
        if isinstance(cell, bool):
            sheet.write_boolean(row, place, cell)
        elif isinstance(cell, str):
            if cell not in self._texts:
                if len(self._texts) >= KEPT:
                    self._texts.clear()
                self._texts[cell] = self._text(cell), self._format("text", quoted=True) if is_runnable(cell) else None
            sheet.write_string(row, place, *self._texts[cell])
        elif cell is not None:
            exact = _Exact(cell) if isinstance(cell, float) else cell
            sheet.write_number(row, place, exact, self._format(kind))

    def _format(self, kind: Kind, *, grey: bool = False, quoted: bool = False) -> Format:
        """quoted: as if typed behind an apostrophe, so that a text stays one when somebody edits its cell."""
        key = (FORMATS[kind], grey, quoted)
        if key not in self._formats:
            said = {"num_format": FORMATS[kind], "quote_prefix": quoted}
            self._formats[key] = self._book.add_format(said | GREY if grey else said)
        return self._formats[key]

    def _text(self, text: str) -> str:
        if len(text) > MOST_TEXT // 2 and len(text.encode("utf-16-le", "replace")) // 2 > MOST_TEXT:
            raise self._too_large(f"a text of {len(text):,} characters does not fit a cell, which holds {MOST_TEXT:,}")
        return visible(text)

    def _too_large(self, what: str) -> InputError:
        return InputError([Fault(str(self._path), None, what, "write .csv or .parquet")])
