"""Large: survey files that are read in pieces instead of being held, where their form allows it.

A file is understood by its beginning, as any other is, and its columns decided on; what is left is to read on. A file
that cannot be read on (a workbook, an encoding other than UTF-8, answers spread over columns, rows that are no
responses) is held, beside those that are not.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from readiness.faults import Fault, ResponseError
from readiness.responses import durations, platforms
from readiness.responses.bulk import Stream
from readiness.responses.coder import Part
from readiness.responses.coding import DURATION
from readiness.responses.files import (
    Decided,
    Reading,
    Understood,
    decided,
    ids_of,
    mapping_of,
    part_of,
    read_survey,
    sheet_of,
)
from readiness.responses.formats import delimited, kinds
from readiness.responses.headstart import HEAD, LARGE, SUFFIXES
from readiness.responses.scanning import Delimited, Held, types_of
from readiness.responses.sheets import all_answers_of, all_values_of, by_name, called

if TYPE_CHECKING:
    from pathlib import Path

    from readiness.framework.models import Framework
    from readiness.responses.mapping import SurveyMapping
    from readiness.responses.table import Responses


def open_survey(framework: Framework, paths: Sequence[Path], reading: Reading) -> Responses | Stream:
    """Survey files as one set of responses, read in pieces where they are large.

    Raises:
        ResponseError: files that cannot be read, all faults of all files; or a mapping that does not fit them.
        UsageError: there is no such platform.
    """
    if sum(path.stat().st_size for path in paths) < LARGE:
        return read_survey(framework, paths, reading)
    mapping = mapping_of(framework, reading)
    scanned = [_scanned(framework, path, reading, mapping) for path in paths]
    if not any(scanned):
        return read_survey(framework, paths, reading)
    parts: list[Part] = []
    faults: list[Fault] = []
    for path, part in zip(paths, scanned, strict=True):
        try:
            parts.append(part or _held(framework, path, reading, mapping))
        except ResponseError as error:
            faults.extend(error.faults)
    if faults:
        raise ResponseError(faults)
    return Stream(framework, parts)


def as_text(stream: Stream) -> Stream:
    """The same survey with nothing guessed of its columns, to be read from its beginning."""
    parts = [
        replace(part, scan=part.scan.as_text()) if isinstance(part.scan, Delimited) else part for part in stream.parts
    ]
    return Stream(stream.framework, parts, stream.given, stream.on_rows)


def _scanned(framework: Framework, path: Path, reading: Reading, mapping: SurveyMapping | None) -> Part | None:
    """A file that can be read on from its beginning; None where it has to be held, or where it has faults."""
    if path.suffix.lower() not in SUFFIXES or kinds.kind_of(path)[0] != "text":
        return None
    try:
        dialect = delimited.dialect(path)
        head = delimited.head(path, HEAD)
        said = part_of(mapping, path) if mapping else None
        platform = reading.platform or (said.platform if said else None)
        export = platforms.understood(head, platform, ids_of(framework))
        if not (dialect.scannable and export.regular and export.cells.height) or dialect.skip_lines:
            return None
        found = decided(framework, Understood(path, export, _recognised(path, export.platform)), reading, mapping)
    except ResponseError:
        return None  # whoever holds the file will find all of its faults
    skip = head.rows.to_list().index(export.rows[0])
    types, nulls = types_of(export.cells)
    scan = Delimited(path, dialect.delimiter, types, skip, int(export.rows[0]), nulls)
    return _part(framework, found, scan)


def _recognised(path: Path, platform: str) -> tuple[str, ...]:
    return () if platform == platforms.PLAIN else (f"{path}: read as {platforms.PLATFORMS[platform].TITLE}",)


def _part(framework: Framework, found: Decided, scan: Delimited) -> Part | None:
    """A scanned file; None where what belongs to one item is spread over columns."""
    groups = by_name(found.decisions)
    if any(len(group) > 1 or group[0].choice for group in groups.values()):
        return None
    columns = {name: group[0].column.place for name, group in groups.items()}
    timed = durations.recorded(found.decisions, found.export.platform)
    if timed is not None:
        columns[DURATION] = timed.column.place
    # What is no answer is read as text, to the letter: 01 is not 1, and a category that a quote begins and does not end
    # loses characters, where text is a fault. Of an answer hardly anything is left that an option is called.
    return Part(
        scan.as_text([place for name, place in columns.items() if name not in framework.items]),
        found.export.file,
        columns,
        answers=all_answers_of(framework, groups, found.answers),
        values=all_values_of(framework, groups, found.values),
        headers={name: group[0].column.header for name, group in groups.items()},
        ignored=tuple(
            called(decision) for decision in found.decisions if decision.to == "ignored" and decision != timed
        ),
        remarks=(*found.remarks, *([f"{found.export.file}: {durations.used(timed)}"] if timed else [])),
        counter=any(decision.to == "respondent" and decision.column.counter for decision in found.decisions),
    )


def _held(framework: Framework, path: Path, reading: Reading, mapping: SurveyMapping | None) -> Part:
    sheet = sheet_of(framework, path, reading, mapping)
    columns = {name: place for place, name in enumerate(sheet.frame.columns)}
    return Part(
        Held(sheet),
        sheet.file,
        columns,
        answers=sheet.answers,
        values=sheet.values,
        headers=sheet.headers,
        ignored=sheet.ignored,
        remarks=sheet.remarks,
        counter=sheet.counter,
    )
