"""Files: whatever was named, read, understood and matched with the framework, as one set of responses.

Each file goes the same way: a format's reader makes a grid of it, a platform's reader an export of the grid, and its
columns are matched with the framework, or decided on by a mapping.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path, PurePath
from typing import TYPE_CHECKING, Protocol

from readiness.faults import Fault, ResponseError
from readiness.framework.ledger import nearest, one_of
from readiness.responses import formats, platforms
from readiness.responses.coding import RESPONDENT
from readiness.responses.engines.locations import Kind, location_of
from readiness.responses.matching import Matching, matched, shown
from readiness.responses.sheets import as_sheet
from readiness.responses.table import Responses, Sheet, assemble

if TYPE_CHECKING:
    from readiness.framework.models import Framework
    from readiness.responses.export import Export
    from readiness.responses.labels import Answers, Values
    from readiness.responses.mapping import FileMapping, SurveyMapping
    from readiness.responses.matching import Decision

JOURNAL_MARK = re.compile(rb'"journal"\s*:')
JOURNALS = (".jsonl", ".ndjson")
RESULT_TABLE = ["group", "by"]  # how every table of a result begins that tells of groups
_ADDRESS = re.compile(r"\A([A-Za-z][A-Za-z0-9+.-]+):/(?=[^/])")  # of what a path makes of an address
FORMATS = {"spss": "SPSS", "stata": "Stata"}  # the formats that are a platform's own


@dataclass(frozen=True)
class Sources:
    """Response files sorted into the two modes, which are never pooled."""

    surveys: tuple[Path, ...]
    interviews: tuple[Path, ...]


@dataclass(frozen=True)
class Reading:
    """How the user wants survey files read.

    mapping: the file that decides on columns and answers. platform: a key of `platforms.PLATFORMS`, instead of the one
    that is recognised. sheet: of workbooks. weight: the column of case weights.
    """

    mapping: Path | None = None
    platform: str | None = None
    sheet: str | None = None
    weight: str | None = None


AS_THEY_ARE = Reading()


class Named(Protocol):
    """Where responses come from: a file's path, or whatever else has a name."""

    @property
    def name(self) -> str:
        """What a mapping knows it by."""


@dataclass(frozen=True)
class Understood:
    """A file as an export, what there is to tell of its reading, and the sheet of a workbook that was asked for."""

    path: Named
    export: Export
    remarks: tuple[str, ...] = ()
    sheet: str | None = None


@dataclass(frozen=True)
class Drawn:
    """What would be done with files: a mapping, what stands in the way of scoring them, and what there is to tell."""

    mapping: SurveyMapping
    faults: tuple[Fault, ...] = ()
    remarks: tuple[str, ...] = ()


def is_journal(path: Path) -> bool:
    """Whether a file is an interview's journal, by its first line."""
    if path.suffix.lower() not in JOURNALS or not path.is_file():
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
    location = location_of(_ADDRESS.sub(r"\1://", str(path)))
    if location.engines and location.kind is not Kind.table:
        mend = "name an export of it, or its result, which `readiness score --result` writes"
        return [Fault(str(location), None, location.told, mend)]
    if not path.exists():
        return [Fault(str(path), None, "there is no such file", _nearest_file(path))]
    if path.is_dir():
        return [Fault(str(path), None, "this is a folder without engagement.yaml", "name the files in it")]
    fault = formats.unusable(path)
    return [fault] if fault else []


def _nearest_file(path: Path) -> str:
    beside = [other.name for other in path.parent.iterdir()] if path.parent.is_dir() else []
    near = difflib.get_close_matches(path.name, beside, 1)
    return f"did you mean {path.parent / near[0]}?" if near else "check the path"


def read_survey(framework: Framework, paths: Sequence[Path], reading: Reading = AS_THEY_ARE) -> Responses:
    """Survey files as one set of responses.

    Raises:
        ResponseError: files that cannot be read, all faults of all files; or a mapping that does not fit them.
        UsageError: there is no such platform.
    """
    mapping = mapping_of(framework, reading)
    sheets: list[Sheet] = []
    faults: list[Fault] = []
    for path in paths:
        try:
            sheets.append(sheet_of(framework, path, reading, mapping))
        except ResponseError as error:
            faults.extend(error.faults)
    if faults:
        raise ResponseError(faults)
    return assemble(framework, sheets, tuple(remark for sheet in sheets for remark in sheet.remarks))


def draw(framework: Framework, paths: Sequence[Path], reading: Reading = AS_THEY_ARE) -> Drawn:
    """What would be done with survey files, for `readiness map`.

    Raises:
        ResponseError: files that cannot be read at all.
    """
    from readiness.responses.mapping import drawn, with_shared

    parts: list[FileMapping] = []
    faults: list[Fault] = []
    remarks: list[str] = []
    in_the_way: list[Fault] = []
    for path in paths:
        try:
            found = understood(path, reading.platform, reading.sheet, ids_of(framework))
        except ResponseError as error:
            faults.extend(error.faults)
            continue
        matching = matched(framework, found.export, reading.weight)
        parts.append(drawn(framework, found.export, matching, found.sheet))
        remarks += [*found.remarks, *_warnings(found.export, matching)]
        in_the_way += _faults(framework, path, found.export, matching)
    if faults:
        raise ResponseError(faults)
    return Drawn(with_shared(framework, parts), tuple(in_the_way), tuple(remarks))


def mapping_of(framework: Framework, reading: Reading) -> SurveyMapping | None:
    """The mapping that is to be followed, if any.

    Raises:
        ResponseError: it has faults, or is for another framework.
    """
    if reading.mapping is None:
        return None
    from readiness.responses.following import wrong_for
    from readiness.responses.mapping_yaml import read_mapping

    mapping = read_mapping(reading.mapping)
    faults = wrong_for(mapping, framework)
    if faults:
        raise ResponseError(faults)
    return mapping


def ids_of(framework: Framework) -> frozenset[str]:
    """What the columns of the canonical table may be called, in lower case."""
    names = {RESPONDENT, *framework.context, *framework.items, *framework.unscored}
    return frozenset(name.casefold() for name in names)


def understood(
    path: Path, platform: str | None = None, sheet: str | None = None, ids: Collection[str] = ()
) -> Understood:
    """A file as an export. ids: what the columns of the canonical table may be called.

    Raises:
        ResponseError: it cannot be read, or holds no responses.
        UsageError: there is no such platform.
    """
    grid = formats.read(path, sheet)
    try:
        export = platforms.understood(grid, platform, ids)
    except ResponseError as error:
        named = [replace(fault, file=str(path)) if fault.file == grid.file else fault for fault in error.faults]
        raise ResponseError(named) from error
    told = (*grid.remarks, *_recognised(path, export, grid.format), *export.remarks)
    return Understood(path, export, tuple(dict.fromkeys(told)), sheet)


def _recognised(path: Path, export: Export, format_: str) -> tuple[str, ...]:
    """What platform a file was taken for, unless it is a plain table."""
    if export.platform == platforms.PLAIN:
        return ()
    title = FORMATS.get(format_) or platforms.PLATFORMS[export.platform].TITLE
    rows = f"{export.header_rows} header row{'s' if export.header_rows != 1 else ''}"
    responses = f"{export.cells.height} response{'s' if export.cells.height != 1 else ''}"
    return (f"{path}: read as {title}, {rows}, {responses}",)


@dataclass(frozen=True)
class Decided:
    """What an export's columns are, who reads their cells where that is said, and what there is to tell."""

    export: Export
    decisions: Sequence[Decision]
    answers: Mapping[str, Answers] = field(default_factory=dict)
    values: Mapping[str, Values] = field(default_factory=dict)
    remarks: tuple[str, ...] = ()

    def sheet(self, framework: Framework) -> Sheet:
        """The export as a sheet."""
        return as_sheet(framework, self.export, self.decisions, self.answers, self.values, self.remarks)


def sheet_of(framework: Framework, path: Path, reading: Reading, mapping: SurveyMapping | None) -> Sheet:
    """A file as a sheet.

    Raises:
        ResponseError: it cannot be read or understood, or its columns cannot be decided on.
    """
    part = part_of(mapping, path) if mapping else None
    platform = reading.platform or (part.platform if part else None)
    sheet = reading.sheet or (part.sheet if part else None)
    found = understood(path, platform, sheet, ids_of(framework))
    return decided(framework, found, reading, mapping).sheet(framework)


def part_of(mapping: SurveyMapping, path: Named) -> FileMapping:
    """What a mapping says of one file.

    Raises:
        ResponseError: it says nothing of it.
    """
    from readiness.responses.following import of_file

    part = of_file(mapping, path.name)
    if part is None:
        files = ", ".join(shown(part.file) for part in mapping.files) or "none"
        mend = f"add its columns under files, or a pattern such as '*{PurePath(path.name).suffix}'"
        raise ResponseError([Fault(mapping.source, None, f"no file in it fits {path.name}: it has {files}", mend)])
    return part


def decided(framework: Framework, found: Understood, reading: Reading, mapping: SurveyMapping | None) -> Decided:
    """What an export's columns are: matched with the framework, or as a mapping says.

    Raises:
        ResponseError: they cannot be told apart, none is an item, or the mapping does not fit.
    """
    if mapping is not None:
        return _followed(framework, found, mapping, reading.weight)
    matching = matched(framework, found.export, reading.weight)
    faults = _faults(framework, found.path, found.export, matching)
    items = {item.casefold() for item in framework.items}
    faults += _unweighted(found, matching.decisions, reading.weight, items)
    if faults:
        raise ResponseError(faults)
    remarks = (*found.remarks, *_warnings(found.export, matching))
    return Decided(found.export, matching.decisions, remarks=remarks)


def _followed(framework: Framework, found: Understood, mapping: SurveyMapping, weight: str | None) -> Decided:
    part = part_of(mapping, found.path)
    from readiness.responses.following import follow

    followed = follow(framework, found.export, mapping, part, weight)
    if isinstance(followed, list):
        raise ResponseError(followed)
    faults = _unweighted(found, followed.decisions, weight)
    if faults:
        raise ResponseError(faults)
    if not any(decision.to == "item" for decision in followed.decisions):
        mend = "say of some column which item it is"
        raise ResponseError([Fault(mapping.source, part.line, f"no column of {found.path.name} is an item", mend)])
    return Decided(found.export, followed.decisions, followed.answers, followed.values, found.remarks)


def _unweighted(
    found: Understood, decisions: Sequence[Decision], weight: str | None, items: Collection[str] = ()
) -> list[Fault]:
    """What is wrong where a column of case weights was asked for and there is none, or more than one."""
    columns = [decision.column for decision in decisions if decision.to == "weight"]
    if weight is not None and weight.strip().casefold() in items:
        mend = "name the column that holds weights"
        return [
            Fault(str(found.path), 1, f"column {weight!r} is none of weights: the framework calls so an item", mend)
        ]
    if weight is None or len(columns) == 1:
        return []
    if columns:
        what = f"{len(columns)} columns are called {weight!r}"
        return [Fault(str(found.path), 1, what, "say which one weighs in a mapping (readiness map FILE)")]
    headers = [" ".join(column.header.split()) for column in found.export.columns if column.header.strip()]
    mend = nearest(weight, headers) or one_of(headers)
    return [Fault(str(found.path), 1, f"there is no column {weight!r} to weigh by", mend)]


def _warnings(export: Export, matching: Matching) -> list[str]:
    return [f"{export.file}: {warning}" for warning in matching.warnings]


def _is_of_a_result(headers: Sequence[str]) -> bool:
    """Whether columns are those of a result's table, or of all its tables in one file."""
    names = [header.strip() for header in headers[:3]]
    return (names[1:] if names[:1] == ["table"] else names[:2]) == RESULT_TABLE


def _faults(framework: Framework, path: Named, export: Export, matching: Matching) -> list[Fault]:
    """What stands in the way of scoring an export: columns that cannot be told apart, or none that is an item."""
    headers = [column.header for column in export.columns if column.header.strip()]
    with_items = any(decision.to == "item" for decision in matching.decisions)
    if not with_items and _is_of_a_result(headers):
        what = "this looks like a table of a result, not like responses"
        mend = "of results only a .json can be read back: write one with `readiness score --result FILE.json`"
        return [Fault(str(path), 1, what, mend)]
    faults = [Fault(str(path), 1, conflict.what, conflict.mend) for conflict in matching.conflicts]
    if not faults and not with_items:
        listed = ", ".join(map(shown, headers[:5])) or "none"
        expected = ", ".join(list(framework.items)[:3])
        what = f"no column is an item of {framework.id}: found {listed}{' …' if len(headers) > 5 else ''}"
        mend = f"name the columns by item, such as {expected}, or say which they are in a mapping (readiness map FILE)"
        faults.append(Fault(str(path), 1, what, mend))
    return faults
