"""Files: which reader a file needs, and a file's columns matched with the framework's.

Readers stand in a dict by suffix: another format is a module and one line.
"""

from __future__ import annotations

import difflib
import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from readiness.faults import Fault, ResponseError
from readiness.responses import delimited, json_lines
from readiness.responses.coding import RESPONDENT
from readiness.responses.table import Responses, Sheet, assemble, sheet_of

if TYPE_CHECKING:
    import polars as pl

    from readiness.framework.models import Framework

JOURNAL_MARK = re.compile(rb'"journal"\s*:')


def _delimited(path: Path) -> Sheet:
    found = delimited.read(path)
    return Sheet(found.frame, path.name, remarks=found.remarks)


def _json_lines(path: Path) -> Sheet:
    return sheet_of(json_lines.read(path), file=path.name)


READERS: dict[str, Callable[[Path], Sheet]] = {
    ".csv": _delimited,
    ".tsv": _delimited,
    ".txt": _delimited,
    ".jsonl": _json_lines,
    ".ndjson": _json_lines,
}


@dataclass(frozen=True)
class Sources:
    """Response files sorted into the two modes, which are never pooled."""

    surveys: tuple[Path, ...]
    interviews: tuple[Path, ...]


def is_journal(path: Path) -> bool:
    """Whether a file is an interview's journal, by its first line."""
    if path.suffix.lower() not in (".jsonl", ".ndjson") or not path.is_file():
        return False
    with path.open("rb") as file:
        return JOURNAL_MARK.search(file.read(4096).split(b"\n", 1)[0]) is not None


def sorted_by_mode(paths: Sequence[Path]) -> Sources:
    """Files told apart into surveys and interviews.

    Raises:
        ResponseError: files that are not there, or that no reader is for.
    """
    faults = [fault for path in paths for fault in _unusable(path)]
    if faults:
        raise ResponseError(faults)
    once: dict[Path, Path] = {}  # a file named twice is read once
    for path in paths:
        once.setdefault(path.resolve(), path)
    named = once.values()
    interviews = tuple(path for path in named if is_journal(path))
    return Sources(tuple(path for path in named if path not in interviews), interviews)


def _unusable(path: Path) -> list[Fault]:
    if not path.exists():
        return [Fault(str(path), None, "there is no such file", _nearest_file(path))]
    if path.is_dir():
        return [Fault(str(path), None, "this is a folder without engagement.yaml", "name the files in it")]
    if path.suffix.lower() not in READERS:
        kinds = ", ".join(READERS)
        return [Fault(str(path), None, f"no reader is for {path.suffix or 'files without a suffix'}", f"use {kinds}")]
    return []


def _nearest_file(path: Path) -> str:
    beside = [other.name for other in path.parent.iterdir()] if path.parent.is_dir() else []
    near = difflib.get_close_matches(path.name, beside, 1)
    return f"did you mean {path.parent / near[0]}?" if near else "check the path"


def read_survey(framework: Framework, paths: Sequence[Path]) -> Responses:
    """Survey files as one set of responses.

    Raises:
        ResponseError: files that cannot be read, all faults of all files.
    """
    sheets: list[Sheet] = []
    faults: list[Fault] = []
    for path in paths:
        try:
            sheets.append(_matched(framework, READERS[path.suffix.lower()](path), path))
        except ResponseError as error:
            faults.extend(error.faults)
    if faults:
        raise ResponseError(faults)
    return assemble(framework, sheets, tuple(remark for sheet in sheets for remark in sheet.remarks))


def _matched(framework: Framework, sheet: Sheet, path: Path) -> Sheet:
    """A sheet with the columns that the framework knows, the others named as ignored."""
    known = {RESPONDENT, *framework.context, *framework.items, *framework.unscored}
    by_fold = {name.casefold(): name for name in known}
    found = {name: by_fold[name.casefold()] for name in sheet.frame.columns if name.casefold() in by_fold}
    meant = Counter(found.values())
    twice = [name for name, known in found.items() if meant[known] > 1]
    if twice:
        what = f"columns {', '.join(map(repr, twice))} differ in upper and lower case alone"
        raise ResponseError([Fault(str(path), 1, what, "keep one of them")])
    if not set(found.values()) & set(framework.items):
        raise ResponseError([_no_items(framework, sheet.frame, path)])
    ignored = tuple(name for name in sheet.frame.columns if name not in found)
    return replace(sheet, frame=sheet.frame.select(list(found)).rename(found), ignored=ignored)


def _no_items(framework: Framework, frame: pl.DataFrame, path: Path) -> Fault:
    shown = ", ".join(repr(name) for name in frame.columns[:5]) or "none"
    expected = ", ".join(list(framework.items)[:3])
    what = f"no column is an item of {framework.id}: found {shown}{' …' if frame.width > 5 else ''}"
    return Fault(str(path), 1, what, f"name the columns by item, such as {expected}")
