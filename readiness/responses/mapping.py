"""A mapping: what every column of a file is and how its answers are read, as decisions a consultant can correct.

`drawn` says what would be done with an export by itself; a mapping that was read from YAML (`following`) has the same
form, and is followed to the letter.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from readiness.responses.alike import alike
from readiness.responses.cells import distinct, number, trimmed
from readiness.responses.coding import ABSENT, DK, MISSING, NA
from readiness.responses.labels import LabelReader
from readiness.responses.sheets import answers_of, by_name, cells_of, values_of

if TYPE_CHECKING:
    from readiness.framework.models import Framework
    from readiness.responses.evidence import Target
    from readiness.responses.export import Column, Export
    from readiness.responses.matching import Decision, Matching

UNREADABLE = "unreadable"
WORDS = {DK: "dk", NA: "na", MISSING: "missing", ABSENT: "not_asked"}
CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f]")
LONGEST_LISTED = 200  # characters of an answer: what is longer is no label
MOST_LISTED = 100  # answers of a column that cannot be read, and values of a context key


@dataclass(frozen=True)
class Answer:
    """How one text that stands in a column is read.

    meaning: an option's value, `dk`, `na`, `missing`, `not_asked`, `unreadable`, or a context key's value. told:
    what the file or the reader says of it, such as the file's own label, or the nearest one of ours.
    """

    text: str
    meaning: str
    told: str = ""
    line: int | None = None


@dataclass(frozen=True)
class Entry:
    """One column of a mapping.

    place: its number in the file from 1, where its header alone does not tell it. answers: how its texts are read;
    None where they are values and labels, as in any file. shared: the name of answers that several columns have.
    unlisted: how many more different texts cannot be read. apart: values that look like one.
    """

    header: str
    to: Target
    name: str = ""
    how: str = ""
    choice: str = ""
    place: int | None = None
    answers: tuple[Answer, ...] | None = None
    shared: str = ""
    unlisted: int = 0
    apart: tuple[tuple[str, ...], ...] = ()
    line: int | None = None


@dataclass(frozen=True)
class FileMapping:
    """The columns of one file, or of every file whose name fits. An empty `file` fits all."""

    file: str
    columns: tuple[Entry, ...]
    platform: str | None = None
    sheet: str | None = None
    line: int | None = None


@dataclass(frozen=True)
class SurveyMapping:
    """What a mapping file says. scales: answers that columns share, by name. source: the file it was read from."""

    framework: str
    files: tuple[FileMapping, ...]
    scales: Mapping[str, tuple[Answer, ...]] = field(default_factory=dict)
    source: str = ""


def listed(text: str) -> str:
    """A header or an answer as a mapping has it: on one line, without invisible ends."""
    return " ".join(CONTROL.sub(" ", trimmed(text)).split())


def drawn(framework: Framework, export: Export, matching: Matching, sheet: str | None = None) -> FileMapping:
    """What would be done with an export: every column, and every different answer in it."""
    headers = [listed(decision.column.header) for decision in matching.decisions]
    answers: dict[str, tuple[Answer, ...] | None] = {}
    unlisted: dict[str, int] = {}
    apart: dict[str, tuple[tuple[str, ...], ...]] = {}
    for name, group in by_name(matching.decisions).items():
        if name in framework.items:
            answers[name], unlisted[name] = _answers(framework, export, name, group)
        elif name in framework.context:
            answers[name], unlisted[name], apart[name] = _values(framework, export, name, group)
    entries = []
    for decision, header in zip(matching.decisions, headers, strict=True):
        told = decision.to in ("item", "context")
        entries.append(
            Entry(
                header,
                decision.to,
                decision.name if decision.to not in ("respondent", "weight") else "",
                decision.how,
                decision.choice,
                decision.column.place + 1 if not header or headers.count(header) > 1 else None,
                answers[decision.name] if told else None,
                unlisted=unlisted[decision.name] if told else 0,
                apart=apart.get(decision.name, ()) if told else (),
            )
        )
    return FileMapping(export.file, tuple(entries), export.platform, sheet)


def with_shared(framework: Framework, files: Sequence[FileMapping]) -> SurveyMapping:
    """Mappings of files as one, in which the items of a scale share their answers where they do not contradict."""
    scales: dict[str, dict[str, Answer]] = {}
    named = []
    for file in files:
        entries = []
        for entry in file.columns:
            scale = framework.items[entry.name].scale if entry.to == "item" else None
            if not scale or entry.answers is None:
                entries.append(entry)
                continue
            shared = _fitting(scales, scale, entry.answers)
            scales.setdefault(shared, {}).update({answer.text: answer for answer in entry.answers})
            entries.append(replace(entry, shared=shared))
        named.append(FileMapping(file.file, tuple(entries), file.platform, file.sheet))
    ordered = {name: tuple(sorted(found.values(), key=_by_meaning)) for name, found in scales.items()}
    return SurveyMapping(framework.id, tuple(named), ordered)


def _fitting(scales: Mapping[str, Mapping[str, Answer]], scale: str, answers: Iterable[Answer]) -> str:
    """The first set of answers of a scale that says nothing else of any of these texts."""
    place = 1
    while True:
        name = scale if place == 1 else f"{scale}_{place}"
        there = scales.get(name, {})
        if all(there.get(answer.text, answer) == answer for answer in answers):
            return name
        place += 1


def _by_meaning(answer: Answer) -> tuple[int, float, str]:
    """Options by their value, then what is no answer, then what cannot be read."""
    value = number(answer.meaning)
    last = {"dk": 1, "na": 2, "missing": 3, "not_asked": 4, UNREADABLE: 5}
    return (0, value, answer.text) if value is not None else (last.get(answer.meaning, 0), 0.0, answer.text)


def _texts(export: Export, group: Sequence[Decision]) -> list[str]:
    return distinct(cells_of(export, group).unique().to_list())


def _answers(
    framework: Framework, export: Export, item: str, group: Sequence[Decision]
) -> tuple[tuple[Answer, ...], int]:
    """How every different text of an item is read; what cannot be read is listed up to a number."""
    reader = answers_of(framework, item, group)
    column = group[0].column
    read: dict[str, Answer] = {}
    unread: dict[str, Answer] = {}
    for cell in _texts(export, group):
        text, code = listed(cell), reader.code(cell)
        if not text or CONTROL.search(trimmed(cell).replace("\n", "").replace("\t", "")):
            continue
        told = _label(column, text)
        if code is None:
            if len(text) <= LONGEST_LISTED:
                unread[text] = Answer(text, UNREADABLE, _with_proposal(reader, cell, told))
        elif code < 0:
            read[text] = Answer(text, WORDS[code], told)
        elif framework.items[item].type == "scale":
            read[text] = Answer(text, f"{_option_value(framework, item, code):g}", told)
        elif number(text) is None:
            read[text] = Answer(text, f"{reader.number(cell):g}", told)
    kept = [answer for text, answer in unread.items() if text not in read]
    answers = sorted([*read.values(), *kept[:MOST_LISTED]], key=_by_meaning)
    return tuple(answers), max(len(kept) - MOST_LISTED, 0)


def _label(column: Column, text: str) -> str:
    """What the file itself calls a code."""
    return f"in the file: {column.labels[text]}" if text in column.labels else ""


def _option_value(framework: Framework, item: str, code: int) -> float:
    return framework.scales[str(framework.items[item].scale)].options[code].value


def _with_proposal(reader: object, cell: str, told: str) -> str:
    near = reader.proposal(cell) if isinstance(reader, LabelReader) else None
    proposed = f"{near[0]}? alike by {near[1]:.2f}" if near else ""
    return "; ".join(filter(None, (told, proposed)))


def _values(
    framework: Framework, export: Export, key: str, group: Sequence[Decision]
) -> tuple[tuple[Answer, ...] | None, int, tuple[tuple[str, ...], ...]]:
    """How the texts of a context key are read, and which of its values look like one.

    A key without options takes any text as it stands: only what the file itself calls otherwise is listed.
    """
    reader = values_of(framework, key, group)
    read: list[Answer] = []
    unread: list[Answer] = []
    said: set[str] = set()
    for cell in _texts(export, group):
        text = listed(cell)
        if not text or CONTROL.search(text):
            continue
        try:
            value = reader.value(cell)
        except KeyError:
            unread.append(Answer(text, UNREADABLE, _label(group[0].column, text)))
            continue
        if value is not None:
            said.add(value)
        if framework.context[key].options or (value is None or listed(value) != text):
            read.append(Answer(text, "missing" if value is None else value, _label(group[0].column, text)))
    if framework.context[key].options:
        listed_ = {answer.text: answer for answer in (*unread[:MOST_LISTED], *read)}
        return tuple(listed_.values()), max(len(unread) - MOST_LISTED, 0), ()
    return tuple({answer.text: answer for answer in read}.values()) or None, 0, alike(said)


def column_called(columns: Sequence[Column], entry: Entry) -> list[Column]:
    """The columns of an export that an entry may mean."""
    found = [column for column in columns if listed(column.header) == entry.header]
    return found if entry.place is None else [column for column in found if column.place + 1 == entry.place]
