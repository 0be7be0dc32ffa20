"""Following: a mapping as it was read from YAML, obeyed to the letter.

What a mapping does not name is ignored; an answer it does not list cannot be read; a column it names that is not there
is a fault with its line.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING

from readiness.faults import Fault
from readiness.framework.ledger import nearest, one_of
from readiness.responses.cells import EMPTY, AnswerReader, ContextReader, number, trimmed
from readiness.responses.coding import MISSING
from readiness.responses.labels import Answers, ContextLabels, Values
from readiness.responses.mapping import (
    CONTROL,
    UNREADABLE,
    WORDS,
    Answer,
    Entry,
    FileMapping,
    SurveyMapping,
    column_called,
    listed,
)
from readiness.responses.matching import Decision, is_called, shown, with_codes
from readiness.responses.platforms import PLATFORMS
from readiness.responses.sheets import values_of

if TYPE_CHECKING:
    from readiness.framework.models import Framework, Item
    from readiness.responses.export import Column, Export

CODES = {word: code for code, word in WORDS.items()}


@dataclass(frozen=True)
class ListedAnswers:
    """Reads an item's cells by a list of texts: one that is not on it cannot be read, whatever it may look like."""

    item: Item
    framework: Framework
    answers: Mapping[str, Answer]
    _strict: AnswerReader = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_strict", AnswerReader(self.item, self.framework))

    def code(self, cell: str) -> int | None:
        """The code of a cell; None if it is not listed. Plain numbers of a number item need not be."""
        text = readable_text(cell)
        if text is None:
            return None
        answer = self.answers.get(text)
        if answer is not None:
            return (
                None if answer.meaning == UNREADABLE else CODES.get(answer.meaning, self._strict.code(answer.meaning))
            )
        if text in EMPTY:
            return MISSING
        return self._strict.code(text) if self.item.type == "number" and number(text) is not None else None

    def number(self, cell: str) -> float | None:
        """The number in a cell of a number item."""
        answer = self.answers.get(listed(cell))
        return number(answer.meaning if answer else trimmed(cell))

    def expected(self) -> str:
        """What would have been understood, in words."""
        return "an answer that the mapping lists"

    def remarks(self, cells: Iterable[str]) -> tuple[str, ...]:  # noqa: ARG002 for readers that have some
        """Nothing: a mapping has been decided on."""
        return ()


@dataclass(frozen=True)
class ListedValues:
    """Reads a context key's cells by a list of texts; a key without options takes others as they stand."""

    answers: Mapping[str, Answer]
    others: ContextLabels

    def value(self, cell: str) -> str | None:
        """The value of a cell; None if it is empty or listed as missing.

        Raises:
            KeyError: it is not listed, and the key has named options.
        """
        text = readable_text(cell)
        answer = self.answers.get(text) if text is not None else None
        if answer is not None:
            if answer.meaning == UNREADABLE:
                raise KeyError(cell)
            return None if answer.meaning == "missing" else self._strict.value(answer.meaning)
        if self.others.key.options and trimmed(cell) not in EMPTY:
            raise KeyError(cell)
        return self.others.value(cell)

    @property
    def _strict(self) -> ContextReader:
        return ContextReader(self.others.key)

    def expected(self) -> str:
        """What would have been understood, in words."""
        return "an answer that the mapping lists"


def readable_text(cell: str) -> str | None:
    """A cell as a mapping lists it; None where it holds what no mapping can."""
    bare = trimmed(cell)
    return None if CONTROL.search(bare.translate({9: " ", 10: " ", 13: " "})) else listed(bare)


@dataclass(frozen=True)
class Followed:
    """What a mapping makes of an export: a decision for every column, and who reads what."""

    decisions: tuple[Decision, ...]
    answers: Mapping[str, Answers]
    values: Mapping[str, Values]


def of_file(mapping: SurveyMapping, file: str) -> FileMapping | None:
    """The part of a mapping that is for a file, by its name."""
    named = (part for part in mapping.files if part.file == file)  # which may hold what a pattern means otherwise
    fitting = (part for part in mapping.files if not part.file or fnmatchcase(file, part.file))
    return next(named, None) or next(fitting, None)


def wrong_for(mapping: SurveyMapping, framework: Framework) -> list[Fault]:
    """Whatever in a mapping the framework does not know."""
    faults: list[Fault] = []

    def fault(line: int | None, what: str, mend: str) -> None:
        faults.append(Fault(mapping.source, line, what, mend))

    if mapping.framework and mapping.framework != framework.id:
        mend = f"score with --framework and the folder of {mapping.framework!r}, or change it here"
        fault(None, f"this mapping is for the framework {mapping.framework!r}, not {framework.id!r}", mend)
        return faults
    for part in mapping.files:
        if part.platform is not None and part.platform not in PLATFORMS:
            mend = nearest(part.platform, PLATFORMS) or one_of(PLATFORMS)
            fault(part.line, f"there is no platform {part.platform!r}", mend)
    for entry in (entry for part in mapping.files for entry in part.columns):
        known: Iterable[str] = {
            "item": framework.items,
            "context": framework.context,
            "question": framework.unscored,
        }.get(entry.to, (entry.name,))
        if entry.name not in known:
            kind = {"context": "context key"}.get(entry.to, entry.to)
            mend = nearest(entry.name, known) or one_of(known) or "ignore the column"
            fault(entry.line, f"{entry.name!r} is no {kind} of {framework.id}", mend)
            continue
        for answer in answers_in(mapping, entry):
            wrong = _wrong_answer(framework, entry, answer)
            if wrong is not None and wrong not in {(one.what, one.mend) for one in faults}:
                fault(answer.line or entry.line, *wrong)
    return faults


def answers_in(mapping: SurveyMapping, entry: Entry) -> tuple[Answer, ...]:
    """The answers of an entry, its own or those it shares."""
    return mapping.scales.get(entry.shared, ()) if entry.shared else entry.answers or ()


def _wrong_answer(framework: Framework, entry: Entry, answer: Answer) -> tuple[str, str] | None:
    """What is wrong with what an answer is said to mean."""
    if answer.meaning == UNREADABLE:
        return None
    said = f"answer {shown(answer.text)} of {entry.name} is said to be {answer.meaning!r}"
    if entry.to == "item":
        reader = AnswerReader(framework.items[entry.name], framework)
        if answer.meaning not in CODES and reader.code(answer.meaning) is None:
            return said, f"write {reader.expected()}, missing, not_asked or unreadable"
    elif entry.to == "context" and answer.meaning != "missing":
        context = ContextReader(framework.context[entry.name])
        try:
            context.value(answer.meaning)
        except KeyError:
            return said, f"write {context.expected()}, missing or unreadable"
    return None


def follow(
    framework: Framework, export: Export, mapping: SurveyMapping, part: FileMapping, weight: str | None = None
) -> Followed | list[Fault]:
    """What a mapping makes of an export, or what is wrong with one for the other.

    weight: the header or code of the column of case weights, where that is said besides the mapping.
    """
    decided: dict[int, Decision] = {}
    entries: dict[str, list[Entry]] = {}
    faults: list[Fault] = []
    lines: dict[int, int | None] = {}
    for entry in part.columns:
        found = column_called(export.columns, entry)
        if len(found) != 1 or found[0].place in decided:
            faults.append(_astray(export, mapping, entry, found, lines))
            continue
        column = found[0]
        lines[column.place] = entry.line
        decided[column.place] = with_codes(export, Decision(column, entry.to, entry.name, entry.how, entry.choice))
        if entry.to != "ignored":
            entries.setdefault(entry.name or entry.to, []).append(entry)
    faults += [fault for group in entries.values() for fault in _twice(mapping, group)]
    if faults:
        return faults
    if weight is not None:
        decided |= {
            column.place: Decision(column, "weight", how="id")
            for column in export.columns
            if is_called(column, weight) and (column.place not in decided or decided[column.place].to == "ignored")
        }
    decisions = tuple(
        decided.get(column.place) or Decision(column, "ignored", how="not in the mapping") for column in export.columns
    )
    answers: dict[str, Answers] = {}
    values: dict[str, Values] = {}
    for name, group in entries.items():
        if all(entry.answers is None and not entry.shared for entry in group):
            continue
        texts = {answer.text: answer for entry in group for answer in answers_in(mapping, entry)}
        if group[0].to == "item":
            answers[name] = ListedAnswers(framework.items[name], framework, texts)
        elif group[0].to == "context":
            meant = [decision for decision in decisions if decision.to == "context" and decision.name == name]
            values[name] = ListedValues(texts, values_of(framework, name, meant))
    return Followed(decisions, answers, values)


def _astray(
    export: Export, mapping: SurveyMapping, entry: Entry, found: Sequence[Column], lines: Mapping[int, int | None]
) -> Fault:
    """Why an entry means no column, or not one alone."""
    called = shown(entry.header) if entry.header else "without a name"
    if len(found) > 1:
        places = ", ".join(str(column.place + 1) for column in found)
        what = f"{export.file} has {len(found)} columns {called}"
        return Fault(mapping.source, entry.line, what, f"add place: {found[0].place + 1} (they are columns {places})")
    if found:
        what = f"column {called} stood on line {lines[found[0].place]} already"
        return Fault(mapping.source, entry.line, what, "keep one of them")
    elsewhere = [column for column in export.columns if listed(column.header) == entry.header]
    if elsewhere:
        what = f"column {entry.place} of {export.file} is not {called}"
        return Fault(mapping.source, entry.line, what, f"write place: {elsewhere[0].place + 1}, or leave it out")
    mend = nearest(entry.header, [listed(column.header) for column in export.columns])
    mend = mend or "leave it out, or draw the mapping again (readiness map)"
    return Fault(mapping.source, entry.line, f"{export.file} has no column {called}", mend)


def _twice(mapping: SurveyMapping, group: Sequence[Entry]) -> list[Fault]:
    """Two columns for one thing, unless each stands for an option of it."""
    choices = [entry.choice for entry in group]
    if len(group) == 1 or (all(choices) and len(set(choices)) == len(choices)):
        return []
    name = group[0].name or f"the {group[0].to}"
    what = f"{name} is read from the column on line {group[0].line} already"
    return [Fault(mapping.source, entry.line, what, "keep one, or give each its choice") for entry in group[1:]]
