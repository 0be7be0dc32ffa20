"""JSON: a list of objects, one a respondent, or JSON Lines, one object a line.

Objects inside objects become columns named `outer.inner`; a list of plain values is one cell, joined by `;`. What JSON
itself forbids or leaves open (a key that is there twice, NaN, half of a character) is a fault.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import polars as pl

from readiness.faults import Fault, ResponseError
from readiness.responses.formats.grids import MOST_COLUMNS, grid_of, too_wide, with_names
from readiness.responses.grid import Grid

if TYPE_CHECKING:
    from pathlib import Path

Row = dict[str, str | None]
JOINED = ";"
RESULT = {"format", "framework", "respondents", "overall"}  # what every result has, and no table of responses


class _Pairs(list[tuple[str, Any]]):
    """An object as it stands in the file, so that a key that is there twice is seen."""


class _NoNumber(str):
    """NaN or Infinity, which programs write and JSON does not know."""

    __slots__ = ()


class _WrongError(Exception):
    """What is wrong with an object."""


KINDS = {list: "an array", str: "a text", bool: "true or false", type(None): "null"}


def read(path: Path) -> Grid:
    """A JSON file: an array of objects, or an object that holds one.

    Raises:
        ResponseError: it is no such table; objects that cannot be rows are all listed, counted from 1.
    """
    text = _text(path)
    try:
        document = _loads(text)
    except RecursionError:
        raise _no_table(path, "this JSON is nested too deeply to be a table") from None
    except ValueError as error:
        if _is_lines(text):
            remark = f"{path}: one JSON object a line, so it is read as JSON Lines"
            return _lines(path, text, (remark,))
        line = error.lineno if isinstance(error, json.JSONDecodeError) else None
        what = "this is not JSON"
        raise ResponseError([Fault(str(path), line, what, "export the responses again")]) from None
    return _grid(path, [_row_or_wrong(entry) for entry in _unwrapped(_entries(path, document))])


def read_lines(path: Path) -> Grid:
    """A JSON Lines file; empty lines are left out.

    Raises:
        ResponseError: some lines are no JSON objects of plain values; all of them are listed.
    """
    text = _text(path)
    if _is_one_array(text):
        grid = read(path)
        return replace(grid, remarks=(f"{path}: the file is one JSON array, and read as one", *grid.remarks))
    return _lines(path, text)


def _text(path: Path) -> str:
    try:
        return path.read_text("utf-8-sig")
    except UnicodeDecodeError:
        raise ResponseError([Fault(str(path), None, "the file is not UTF-8 text", "write it as UTF-8")]) from None


def _loads(text: str) -> Any:
    return json.loads(text, object_pairs_hook=_Pairs, parse_constant=_NoNumber)


def _is_lines(text: str) -> bool:
    """Whether a text that is not JSON is JSON Lines: its first two lines are objects."""
    lines = [line for line in text.split("\n", 3)[:3] if line.strip()][:2]
    return len(lines) == 2 and all(line.strip().startswith("{") and line.strip().endswith("}") for line in lines)


def _is_one_array(text: str) -> bool:
    """Whether a text is an array of objects, and not a line each."""
    if not text.lstrip().startswith("["):
        return False
    try:
        return _is_table(_loads(text))
    except (ValueError, RecursionError):
        return False


def _lines(path: Path, text: str, remarks: tuple[str, ...] = ()) -> Grid:
    rows: list[Row | str] = []
    numbers: list[int] = []
    for number, line in enumerate(text.split("\n"), start=1):  # other line ends may stand in a text
        if line.strip():
            rows.append(_row_of_line(line))
            numbers.append(number)
    if not rows:
        raise ResponseError([Fault(str(path), None, "the file is empty", "export the responses again")])
    return _grid(path, rows, numbers, remarks)


def _row_of_line(line: str) -> Row | str:
    try:
        entry = _loads(line)
    except (ValueError, RecursionError):  # ValueError: no JSON, or a number of thousands of digits
        return "this is not JSON"
    return _row_or_wrong(entry)


def _entries(path: Path, document: Any) -> Sequence[Any]:
    """The array that is the table: the document, or the one array of objects in it."""
    if isinstance(document, _Pairs):
        if {key for key, _ in document} >= RESULT:
            what = "this is a result, not responses"
            mend = "`report`, `diagnose`, `levers` and `whatif` take it; here name what it was scored from"
            raise ResponseError([Fault(str(path), None, what, mend)])
        tables = {key: value for key, value in document if _is_table(value)}
        if len(tables) == 1:
            return next(iter(tables.values()))
        if not tables:
            raise _no_table(path, "this is one object that holds no array of objects")
        raise _no_table(path, f"this object holds several arrays of objects: {', '.join(map(repr, tables))}")
    if not isinstance(document, list):
        raise _no_table(path, f"this is {KINDS.get(type(document), 'a number')}, not an array of objects")
    if not document:
        raise ResponseError([Fault(str(path), None, "the file holds no responses", "export the responses again")])
    return document


def _is_table(value: Any) -> bool:
    return isinstance(value, list) and not isinstance(value, _Pairs) and any(isinstance(v, _Pairs) for v in value)


def _unwrapped(entries: Sequence[Any]) -> Sequence[Any]:
    """Objects that hold nothing but one object under a number of their own, as older LimeSurveys write, without it."""
    numbered = all(
        isinstance(entry, _Pairs) and len(entry) == 1 and entry[0][0].isdigit() and isinstance(entry[0][1], _Pairs)
        for entry in entries
    )
    return [entry[0][1] for entry in entries] if numbered else entries


def _no_table(path: Path, what: str) -> ResponseError:
    return ResponseError([Fault(str(path), None, what, "write an array of objects, one a respondent")])


def _grid(
    path: Path, rows: Sequence[Row | str], numbers: Sequence[int] | None = None, remarks: Sequence[str] = ()
) -> Grid:
    """Rows as a grid. numbers: the lines they stand in; by default they are counted from 1."""
    places = numbers or range(1, len(rows) + 1)
    faults = [
        _fault(path, place, row, numbers is not None)
        for place, row in zip(places, rows, strict=True)
        if isinstance(row, str)
    ]
    if faults:
        raise ResponseError(faults)
    right = [row for row in rows if isinstance(row, dict)]
    names = list(dict.fromkeys(name for row in right for name in row))
    if len(names) > MOST_COLUMNS:
        raise ResponseError([too_wide(path, len(names))])
    if not names:
        raise _no_table(path, "the objects are empty")
    columns = {str(place): [row.get(name) for row in right] for place, name in enumerate(names)}
    cells = with_names([names], pl.DataFrame(columns, schema=dict.fromkeys(columns, pl.String)))
    return grid_of(path, cells, "json", rows=pl.Series([0, *places], dtype=pl.UInt32), header_rows=1, remarks=remarks)


def _fault(path: Path, place: int, what: str, lines: bool) -> Fault:
    if lines:
        return Fault(str(path), place, what, "write one JSON object of plain values a line")
    return Fault(str(path), None, f"object {place}: {what}", "write an array of objects of plain values")


def _row_or_wrong(entry: Any) -> Row | str:
    """An object as a row, or what is wrong with it."""
    if not isinstance(entry, _Pairs):
        return f"this is {KINDS.get(type(entry), 'a number')}, not an object"
    row: Row = {}
    try:
        _fill(row, entry, "")
    except _WrongError as wrong:
        return str(wrong)
    except RecursionError:
        return "this is nested too deeply"
    return row


def _fill(row: Row, pairs: _Pairs, prefix: str) -> None:
    if len({key for key, _ in pairs}) < len(pairs):
        twice = next(key for key, count in Counter(key for key, _ in pairs).items() if count > 1)
        raise _WrongError(f"{prefix + twice!r} occurs more than once")
    for key, value in pairs:
        name = prefix + key
        if isinstance(value, _Pairs):
            _fill(row, value, f"{name}.")
            continue
        if name in row:
            raise _WrongError(f"{name!r} occurs more than once")
        if isinstance(value, list):
            if any(isinstance(part, list) for part in value):
                raise _WrongError(f"{name!r} holds more than one value")
            row[name] = JOINED.join(_cell(name, part) or "" for part in value) or None
        else:
            row[name] = _cell(name, value)


def _cell(name: str, value: Any) -> str | None:
    """A plain value as text."""
    if isinstance(value, _NoNumber):
        raise _WrongError(f"{name!r} is {value}, which is no number in JSON")
    if "\0" in name or (isinstance(value, str) and "\0" in value):
        raise _WrongError(f"{name!r} holds a NUL character")
    if not _is_text(name) or (isinstance(value, str) and not _is_text(value)):
        raise _WrongError(f"{name!a} holds half of a character")
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
    return None if value is None or value == "" else str(value)


def _is_text(text: str) -> bool:
    """Whether a text can be written: JSON may escape half of a character, which no file can hold."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True
