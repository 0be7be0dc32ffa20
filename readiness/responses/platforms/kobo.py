"""KoboToolbox and its relatives (ODK): paths of groups and questions; a column an option beside the joined one."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from readiness.faults import Fault, ResponseError
from readiness.responses.export import Column, Export
from readiness.responses.platforms import responses
from readiness.responses.platforms.headings import bare, code_and_text, is_name, key, words
from readiness.responses.platforms.vocabulary import NO, YES

if TYPE_CHECKING:
    import polars as pl

    from readiness.responses.grid import Grid

TITLE = "KoboToolbox"
OWN = frozenset(
    bare(
        "start|end|today|username|deviceid|subscriberid|simserial|phonenumber|device_id|audit|__version__|_version_|_id|"
        "_uuid|_submission_time|_validation_status|_notes|_status|_submitted_by|_tags|_index|_attachments|_geolocation|"
        "_xform_id_string|_duration|_bamboo_dataset_id|meta/instanceID|meta/instanceName|meta/rootUuid|formhub/uuid|_edited|"
        "SubmissionDate|meta-instanceID|meta-instanceName|KEY|SubmitterID|SubmitterName|AttachmentsPresent|ReviewState|"
        "AttachmentsExpected|DeviceID|Edits|FormVersion|instanceID|instanceName|formdef_version|starttime|endtime"
    )
)
SIGNS = frozenset(bare("_uuid|_submission_time|_validation_status|_index|_submitted_by|__version__|_xform_id_string"))
ODK_SIGNS = frozenset({"SubmissionDate", "KEY"})
IDS = ("_uuid", "KEY", "meta/instanceID", "meta-instanceID", "instanceID", "_id")
REPEATED = frozenset({"_parent_index", "_submission__uuid", "_submission__id", "_parent_table_name", "PARENT_KEY"})
SEPARATORS = ("/", ".", ":", "-")
TIMES = re.compile(r"start|end|today|_submission_time|SubmissionDate|starttime|endtime")
STEP = re.compile(r"(?<=[^\s/])/(?=[^\s/])")  # a slash between spaces is none


def recognise(grid: Grid) -> bool:
    """Whether Kobo's or ODK's own columns are there, or a joined column with a 0/1 column for each of its options."""
    headers = [header.strip() for header in grid.row(0)]
    named = set(headers)
    if len(named & SIGNS) > 1 or ODK_SIGNS.issubset(named) or named & REPEATED:
        return True
    return any(question in named for question in options(grid, headers))


def options(grid: Grid, headers: Sequence[str]) -> dict[str, list[int]]:
    """By the heading of a question with several options: their columns, called as it is and one step more.

    They hold 0 and 1. The column of the question itself, with all that was ticked, may have been left out.
    """
    there = {header for header in headers if header}
    cells = responses.sample(grid, 1)
    found: dict[str, list[int]] = {}
    for place, header in enumerate(headers):
        question = _question(header, there)
        if question and {key(text) for text in responses.values(cells, place)} <= YES | NO:
            found.setdefault(question, []).append(place)
    asked = {question: places for question, places in found.items() if len(places) > 1}
    return {question: places for question, places in asked.items() if question in there or _ticked(cells, places)}


def _question(header: str, there: set[str]) -> str:
    """The longest heading there is that begins this one; else what stands before its last step."""
    for separator in SEPARATORS:
        end = header.rfind(separator)
        while end > 0:
            if header[:end] in there:
                return header[:end]
            end = header.rfind(separator, 0, end)
    steps = list(STEP.finditer(header))
    return header[: steps[-1].start()] if steps else ""


def _ticked(cells: pl.DataFrame, places: Sequence[int]) -> bool:
    """Whether columns without a joined one hold 0 and 1 alone; a yes or no in words answers a question of its own."""
    said = {key(text) for place in places for text in responses.values(cells, place)}
    return bool(said) and said <= {"0", "1", "true", "false"}


def read(grid: Grid) -> Export:
    """An export of Kobo, by names or by labels.

    Raises:
        ResponseError: there are no responses, or this is the table of a repeated group.
    """
    headers = [header.strip() for header in grid.row(0)]
    if set(headers) & REPEATED:
        what = "this is the table of a repeated group: one row a repetition, not one a respondent"
        raise ResponseError([Fault(grid.file, 1, what, "use the main table of the export")])
    ticked = options(grid, headers)
    questions = {place: question for question, places in ticked.items() for place in places}
    groups = _groups([header for place, header in enumerate(headers) if place not in questions])
    columns = [_column(place, header, questions, groups) for place, header in enumerate(grid.row(0))]
    for question in ticked:
        if question in headers:
            about = "the ticked options in one cell; each has a column of its own"
            place = headers.index(question)
            columns[place] = replace(columns[place], kind="about", about=about)
    respondents = [headers.index(name) for name in IDS if name in headers]
    for place in respondents:
        columns[place] = replace(columns[place], kind="respondent")
    return responses.understood_as("kobo", grid, columns, 1, respondents=respondents)


def _groups(headers: Sequence[str]) -> frozenset[str]:
    """What stands before a slash in several headings, or names throughout: groups, and not a slash in a label."""
    before = Counter(header[: step.start()] for header in headers for step in STEP.finditer(header))
    named = {path for path in before if all(map(is_name, path.split("/")))}
    return frozenset(named | {path for path, count in before.items() if count > 1})


def _column(place: int, header: str, questions: Mapping[int, str], groups: frozenset[str]) -> Column:
    name = header.strip()
    if name in OWN:
        about = "time stamp" if TIMES.match(name) else "platform's own"
        return Column(place, header, name, kind="about", about=about)
    question = questions.get(place, name)
    code, text = code_and_text(_last(question, groups))
    return Column(place, header, code, text, choice=words(name[len(question) + 1 :]))


def _last(path: str, groups: frozenset[str]) -> str:
    """A question without the groups that it stands in."""
    ends = [step.end() for step in STEP.finditer(path) if path[: step.start()] in groups]
    return path[ends[-1] :] if ends else path
