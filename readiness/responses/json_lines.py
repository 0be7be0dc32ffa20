"""JSON Lines: one object a line, a respondent each, keys as in the canonical table."""

from __future__ import annotations

import json
from collections import Counter
from typing import TYPE_CHECKING, Any

from readiness.faults import Fault, ResponseError

if TYPE_CHECKING:
    from pathlib import Path


def read(path: Path) -> list[dict[str, Any]]:
    """Every line of a file as one respondent.

    Raises:
        ResponseError: some lines are no JSON objects of plain values; all of them are listed.
    """
    rows, faults = [], []
    try:
        lines = path.read_text("utf-8-sig").split("\n")  # other line ends may stand in a text
    except UnicodeDecodeError:
        raise ResponseError([Fault(str(path), None, "the file is not UTF-8 text", "write it as UTF-8")]) from None
    for place, line in enumerate(lines, start=1):
        if line.strip():
            row = _row(line)
            if isinstance(row, str):
                faults.append(Fault(str(path), place, row, "write one JSON object of plain values a line"))
            else:
                rows.append(row)
    if not rows and not faults:
        faults.append(Fault(str(path), None, "the file is empty", "export the responses again"))
    if faults:
        raise ResponseError(faults)
    return rows


def _row(line: str) -> dict[str, Any] | str:
    """A line's object, or what is wrong with it."""
    try:
        row = json.loads(line, object_pairs_hook=_Pairs)
    except (ValueError, RecursionError):  # ValueError: no JSON, or a number of thousands of digits
        return "this is not JSON"
    if not isinstance(row, _Pairs):
        return f"this is {KINDS.get(type(row), 'a number')}, not an object"
    values = dict(row)
    if len(values) < len(row):
        twice = next(key for key, count in Counter(key for key, _ in row).items() if count > 1)
        return f"{twice!r} occurs more than once"
    return next((what for key, value in row if (what := _wrong(key, value))), values)


def _wrong(key: str, value: Any) -> str:
    """What is wrong with one entry of an object; nothing if it can be a cell."""
    if isinstance(value, list):
        return f"{key!r} holds more than one value"
    if "\0" in key or (isinstance(value, str) and "\0" in value):
        return f"{key!r} holds a NUL character"
    if not _is_text(key) or (isinstance(value, str) and not _is_text(value)):
        return f"{key!a} holds half of a character"
    return ""


def _is_text(text: str) -> bool:
    """Whether a text can be written: JSON may escape half of a character, which no file can hold."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


class _Pairs(list[tuple[str, Any]]):
    """An object as it stands in the file, so that a key that is there twice is seen."""


KINDS = {list: "an array", str: "a text", bool: "true or false", type(None): "null"}
