"""JSON Lines: one object a line, a respondent each, keys as in the canonical table."""

from __future__ import annotations

import json
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
        lines = path.read_text("utf-8-sig").splitlines()
    except UnicodeDecodeError:
        raise ResponseError([Fault(str(path), None, "the file is not UTF-8 text", "write it as UTF-8")]) from None
    for place, line in enumerate(lines, start=1):
        if line.strip():
            row = _row(line)
            if isinstance(row, str):
                faults.append(Fault(str(path), place, row, "write one JSON object of plain values a line"))
            else:
                rows.append(row)
    if faults:
        raise ResponseError(faults)
    return rows


def _row(line: str) -> dict[str, Any] | str:
    """A line's object, or what is wrong with it."""
    try:
        row = json.loads(line)
    except (json.JSONDecodeError, RecursionError):
        return "this is not JSON"
    if not isinstance(row, dict):
        return f"this is {type(row).__name__}, not an object"
    nested = [key for key, value in row.items() if isinstance(value, dict | list)]
    return f"{nested[0]!r} holds more than one value" if nested else row
