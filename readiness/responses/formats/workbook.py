"""Workbooks: XLSX, XLSM, XLS and ODS by calamine, which sees cells that a false sheet dimension hides from others.

Of several sheets the one with most filled cells is taken, a hidden one only where no other has any; that is told.
Numbers read as they are shown without formats (`4`, `0.3`, a percentage as its number), dates and times as ISO text.
"""

from __future__ import annotations

import difflib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

import polars as pl

from readiness.faults import ResponseError
from readiness.responses.formats.archives import looked_through, refuse
from readiness.responses.formats.grids import MOST_COLUMNS, empty_at_start, grid_of, too_wide
from readiness.responses.formats.sheet_errors import ODS_PART, SheetErrors, errors_in, unread_in_ods
from readiness.responses.grid import Grid

if TYPE_CHECKING:
    from pathlib import Path

DATE_AND_TIME = r"^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(\.\d+)?$"
OF_NO_DAY = r"^(1899-12-3[01]|1900-0[12]-\d\d) "  # a time of the day, or how long something took
ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
NO_TABLE = "save the sheet of responses as XLSX or CSV"


class _BrokenError(Exception):
    """A sheet is damaged, or no table, as a chart is none."""


@dataclass(frozen=True)
class _Sheet:
    """A sheet that holds something. cells: without the empty rows above, of which there are `above`."""

    name: str
    hidden: bool
    cells: pl.DataFrame
    above: int
    filled: int


def read(path: Path, sheet: str | None = None) -> Grid:
    """A workbook's sheet of responses. sheet: its name; by default the one with most in it.

    Raises:
        ResponseError: the workbook is protected, damaged or a trap, holds nothing, or has no such sheet.
    """
    data = path.read_bytes()
    zipped = data.startswith(b"PK")
    passed_over = looked_through(path) if zipped else frozenset()
    errors = errors_in(path, passed_over) if passed_over else {}
    if not data:
        raise refuse(path, "the file is empty", "export the responses again")
    if not zipped and ENCRYPTED in data:
        raise _protected(path)
    book = _opened(path, data)
    del data
    names: list[str] = book.sheet_names
    if sheet is not None and sheet not in names:
        near = difflib.get_close_matches(sheet, names, 1, cutoff=0.0)
        mend = f"did you mean {near[0]!r}?" if near else "leave out --sheet"
        raise refuse(path, f"the workbook has no sheet {sheet!r}", f"{mend} It has {', '.join(map(repr, names))}")
    chosen: _Sheet | None = None
    others: list[str] = []
    broken: list[str] = []
    for name in names if sheet is None else [sheet]:
        try:
            found = _loaded(path, book, name, errors.get(name))
        except _BrokenError:
            broken.append(name)
            continue
        if found is None:
            continue
        if chosen is None or (not found.hidden, found.filled) > (not chosen.hidden, chosen.filled):
            found, chosen = chosen, found
        if found is not None:
            others.append(found.name)
    if chosen is None and broken:
        raise refuse(path, f"the sheet {broken[0]!r} cannot be read as a table", NO_TABLE)
    if chosen is None:
        what = "the workbook is empty" if sheet is None else f"the sheet {sheet!r} is empty"
        raise refuse(path, what, "export the responses again")
    remarks = [*_choice(path, chosen, others, names), *_errors_told(path, chosen, errors)]
    remarks += _unread_told(path) if ODS_PART in passed_over else []
    cells = chosen.cells
    if cells.height < 2:
        raise refuse(path, f"the sheet {chosen.name!r} has a header and no responses", "export the responses again")
    rows = pl.int_range(chosen.above + 1, chosen.above + cells.height + 1, dtype=pl.UInt32, eager=True)
    return grid_of(path, cells, "workbook", rows=rows, remarks=remarks)


def _protected(path: Path) -> ResponseError:
    return refuse(path, "the workbook is protected by a password", "open it and save it without one")


def _opened(path: Path, data: bytes) -> Any:
    import fastexcel

    try:
        return fastexcel.read_excel(data)
    except Exception as error:  # calamine's own errors, and what Rust code may panic with
        if "password" in str(error).lower():
            raise _protected(path) from error
        raise refuse(path, "the file cannot be read as a workbook", NO_TABLE) from error


def _loaded(path: Path, book: Any, name: str, errors: SheetErrors | None) -> _Sheet | None:
    """One sheet; None if nothing is in it."""
    import fastexcel

    try:
        sheet = book.load_sheet(name, header_row=None, skip_rows=0, dtypes="string")
    except fastexcel.FastExcelError as error:
        raise _BrokenError from error
    if not sheet.width or not sheet.height:
        return None
    if sheet.width > MOST_COLUMNS:
        raise ResponseError([too_wide(path, sheet.width)])
    cells = pl.DataFrame(sheet).with_columns(pl.when(pl.all() != "").then(pl.all()))
    cells = _with_errors(cells, errors)
    filled = cells.height * cells.width - int(cells.null_count().sum_horizontal().item())
    if not filled:
        return None
    above = empty_at_start(cells)
    return _Sheet(name, sheet.visible != "visible", _dated(cells.slice(above)), above, filled)


def _choice(path: Path, chosen: _Sheet, others: list[str], names: list[str]) -> list[str]:
    """Which sheet was taken, where there was a choice."""
    if not others:
        return []
    left = ", ".join(repr(name) for name in names if name in others)
    return [f"{path}: of its sheets {chosen.name!r} is read, which holds most, and not {left}; --sheet names another"]


def _dated(cells: pl.DataFrame) -> pl.DataFrame:
    """Dates without the midnight that the file format adds, times and durations without a day of 1899."""
    stamps = cells.select(pl.all().str.contains(DATE_AND_TIME).any()).row(0)
    dated = [_stamps(column) for column, any_ in zip(cells, stamps, strict=True) if any_]
    return cells.with_columns(dated)


def _stamps(column: pl.Series) -> pl.Series:
    """One column in which dates or times occur."""
    said = column.filter(column.str.contains(DATE_AND_TIME)).unique()
    of_no_day = said.filter(said.str.contains(OF_NO_DAY))
    days = said.filter(~said.str.contains(OF_NO_DAY))
    texts = {text: _hours(text) for text in of_no_day}
    if days.len() and days.str.ends_with(" 00:00:00").all():  # a column of moments keeps them all alike
        texts.update({text: text[:10] for text in days})
    return column.replace(texts) if texts else column


def _hours(text: str) -> str:
    """A time of the day, or a number of hours: the day before 1900 is none."""
    since = datetime.fromisoformat(text) - datetime(1899, 12, 31)
    seconds = since.total_seconds()
    if seconds < 0:
        return text[11:]
    if text.endswith(" 00:00:00") and seconds >= 86_400:
        return text[:10]  # as well a date in 1900
    return f"{int(seconds // 3600):02}:{int(seconds % 3600 // 60):02}:{text[17:]}"


def _errors_told(path: Path, chosen: _Sheet, errors: Mapping[str, SheetErrors]) -> list[str]:
    """How many cells hold an error, since nobody answered with one."""
    found = errors.get(chosen.name)
    if not found:
        return []
    first = next(iter(found.cells.values()))
    return [f"{path}: {len(found.cells)} cell(s) of the sheet {chosen.name!r} hold an error, such as {first}"]


def _unread_told(path: Path) -> list[str]:
    """What calamine does not read in ODS."""
    words = {"error": "an error", "time": "a time of the day or a duration"}
    return [
        f"{path}: {count} cell(s) hold {words[kind]}, which reads as empty in ODS; save it as XLSX if that matters"
        for kind, count in unread_in_ods(path).items()
    ]


def _with_errors(cells: pl.DataFrame, errors: SheetErrors | None) -> pl.DataFrame:
    """Cells with the errors in their places, which calamine gives as empty cells."""
    by_column: dict[int, list[tuple[int, str]]] = {}
    for (row, column), text in errors.cells.items() if errors else ():
        place = column - errors.first_column if errors else column
        if 0 <= place < cells.width and row < cells.height:
            by_column.setdefault(place, []).append((row, text))
    return cells.with_columns(
        cells.to_series(place).scatter([row for row, _ in found], [text for _, text in found])
        for place, found in by_column.items()
    )
