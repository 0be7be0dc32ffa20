"""A mapping as YAML: written with everything a consultant has to know to correct it, and read back strictly."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, get_args

from readiness.faults import ResponseError
from readiness.framework.ledger import Ledger, nearest, one_of, quoted
from readiness.framework.nodes import Broken, Mapping, Node, Scalar, resolve
from readiness.framework.source import Limits, read
from readiness.framework.table import Table
from readiness.framework.vocabulary import Keys
from readiness.framework.wording import Page, found
from readiness.responses.evidence import Target
from readiness.responses.mapping import Answer, Entry, FileMapping, SurveyMapping, listed

if TYPE_CHECKING:
    from collections.abc import Sequence

FORMAT = 1
TOP = Keys(("format", "files"), ("framework", "scales"))
FILE = Keys(("columns",), ("file", "platform", "sheet"))
WORDS = ("dk", "na", "missing", "not_asked", "unreadable")
TARGETS = ("item", "context", "question", "respondent", "weight", "ignore")
ONLY = {"answers": ("item", "context"), "choice": ("item",)}  # keys that hold for some targets
COLUMN = Keys(("column",), (*TARGETS, "place", "how", "choice", "answers"))
LIMITS = Limits(size=20_000_000, nodes=500_000)
PLAIN = re.compile(r"[^\W\d_][\w-]*(?: [\w-]+)*")
OTHER_YAML = frozenset(["yes", "no", "on", "off", "y", "n", "none", "na"])  # what other readers may take for no text
HEAD = """\
# What every column of a survey file is, and how its answers are read. `readiness score FILE --mapping THIS` follows it
# to the letter; correct whatever is wrong.
#
# column   the header as it stands in the file, on one line; place: its number, where that does not tell it
# item, context, question   what the column is, by its id in the framework; or else
# respondent: true, weight: true   who answered, and how much they count
# ignore   why the column is not read; a column that does not stand here is ignored too
# choice   the option this column stands for, where an item has a column an option
# how      by what it was matched: of no effect
# answers  what the texts in the column mean: an option's value or label, dk, na, missing, not_asked or unreadable; or
#          the name of a set under `scales`, which columns share. Without it, values and labels are read as in any file.
#          An answer that is not listed cannot be read: it counts as missing, and as a reject.
"""


def written(mapping: SurveyMapping) -> str:
    """A mapping as YAML."""
    return "".join(f"{line}\n" for line in _lines(mapping))


def _lines(mapping: SurveyMapping) -> Iterator[str]:
    yield HEAD
    yield f"format: {FORMAT}"
    yield f"framework: {_text(mapping.framework)}"
    yield "files:"
    for part in mapping.files:
        yield f"  - file: {_text(part.file)}"
        if part.platform:
            yield f"    platform: {_text(part.platform)}"
        if part.sheet:
            yield f"    sheet: {_text(part.sheet)}"
        yield "    columns:"
        for entry in part.columns:
            yield from (f"      {line}" for line in _entry(entry))
    if mapping.scales:
        yield "scales:"
        for name, answers in mapping.scales.items():
            yield f"  {_text(name)}:" if answers else f"  {_text(name)}: {{}}"
            yield from (f"    {line}" for line in _answers(answers))


def _entry(entry: Entry) -> Iterator[str]:
    yield f"- column: {_text(entry.header)}"
    if entry.place is not None:
        yield f"  place: {entry.place}"
    if entry.to == "ignored":
        yield f"  ignore: {_text(entry.how)}"
        return
    yield f"  {entry.to}: {_text(entry.name) if entry.name else 'true'}"
    if entry.choice:
        yield f"  choice: {_text(entry.choice)}"
    if entry.how:
        yield f"  how: {_text(entry.how)}"
    for group in entry.apart:
        first, *others = (_comment(json_text(value)) for value in group)
        yield f"  # {', '.join((first, *others))} look like one and are kept apart; to merge them, write under answers:"
        yield from (f"  #   {other}: {first}" for other in others)
    if entry.shared:
        yield f"  answers: {_text(entry.shared)}"
    elif entry.answers:
        yield "  answers:"
        yield from (f"    {line}" for line in _answers(entry.answers))
    elif entry.answers is not None and entry.to == "item":
        yield "  answers: {}"
    if entry.unlisted:
        yield f"  # {entry.unlisted} more answers cannot be read"


def _answers(answers: Sequence[Answer]) -> Iterator[str]:
    for answer in answers:
        yield f"{_text(answer.text)}: {_meaning(answer.meaning)}" + (
            f"  # {_comment(answer.told)}" if answer.told else ""
        )


def _meaning(meaning: str) -> str:
    return meaning if meaning in WORDS or isinstance(resolve(meaning), int | float) else _text(meaning)


def _text(text: str) -> str:
    """A text as a scalar: in quotes unless it can be nothing else than a text."""
    plain = PLAIN.fullmatch(text) and isinstance(resolve(text), str) and text.casefold() not in OTHER_YAML
    return text if plain else json_text(text)


def json_text(text: str) -> str:
    """A text in double quotes; what YAML would take for an end of line is escaped."""
    return re.sub(
        "[\x7f-\x9f\u2028\u2029\ufeff]", lambda at: f"\\u{ord(at[0]):04x}", json.dumps(text, ensure_ascii=False)
    )


def _comment(text: str) -> str:
    return re.sub("[\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff]", " ", text)


def read_mapping(path: Path) -> SurveyMapping:
    """A mapping as it stands in a file.

    Raises:
        ResponseError: the file is no mapping; every fault of it with its line.
    """
    ledger = Ledger()
    document = read(path, limits=LIMITS)
    ledger.open(document.name)
    ledger.add(document.faults)
    if document.root is None:
        raise ResponseError(ledger.faults)
    page = Page(ledger, document.name)
    table = Table(page, document.root, "the mapping", TOP)
    if table.whole("format", default=FORMAT, low=1) != FORMAT:
        table.fault(table.place("format").line, "this mapping is of another format", f"write format: {FORMAT}")
    scales = {name: _read_answers(page, node, f"scale {quoted(name)}") for name, node, _ in table.entries("scales")}
    files = [_file(page, node, scales) for node in table.listed("files")]
    if ledger.faults:
        raise ResponseError(ledger.faults)
    return SurveyMapping(table.string("framework"), tuple(files), scales, document.name)


def _file(page: Page, node: Node, scales: dict[str, tuple[Answer, ...]]) -> FileMapping:
    table = Table(page, node, "a file", FILE)
    columns = [_column(page, part, scales) for part in table.listed("columns")]
    named = {key: _plain(table, key) for key in ("file", "platform", "sheet")}
    return FileMapping(
        named["file"], tuple(filter(None, columns)), named["platform"] or None, named["sheet"] or None, table.line
    )


def _column(page: Page, node: Node, scales: dict[str, tuple[Answer, ...]]) -> Entry | None:
    table = Table(page, node, "a column", COLUMN)
    if not table.readable or "column" not in table:
        return None
    header = listed(_plain(table, "column"))
    table.who = f"column {quoted(header)}"
    said = [key for key in TARGETS if key in table]
    if len(said) != 1:
        what = f"{table.who} is {' and '.join(said)}" if said else f"{table.who} is not said to be anything"
        table.fault(table.line, what, f"say one of {', '.join(TARGETS)}")
        return None
    (target,) = said
    for key, targets in ONLY.items():
        if key in table and target not in targets:
            what = f"{table.who}: {quoted(key)} means nothing where a column is {target}"
            table.fault(table.place(key).line, what, f"leave it out, or say {' or '.join(targets)}")
    entry = Entry(header, "ignored", choice=_plain(table, "choice"), line=table.line)
    if "place" in table:
        entry = replace(entry, place=table.whole("place", default=1, low=1))
    if target == "ignore":
        return replace(entry, how=_plain(table, "ignore"))
    if target in ("respondent", "weight"):
        if not table.flag(target, default=True):
            table.fault(table.place(target).line, f"{table.who}: {quoted(target)} is false", "write ignore instead")
        name = ""
    else:
        name = _plain(table, target)
    to = next(known for known in get_args(Target) if known == target)
    return _with_answers(page, table, replace(entry, to=to, name=name, how=_plain(table, "how")), scales)


def _with_answers(page: Page, table: Table, entry: Entry, scales: dict[str, tuple[Answer, ...]]) -> Entry:
    node = table.node("answers")
    if node is None:
        return entry
    if isinstance(node, Scalar) and node.text:
        if node.text not in scales:
            what = f"{table.who}: there is no scale {quoted(node.text)}"
            table.fault(node.line, what, nearest(node.text, scales) or one_of(scales) or "add it under scales")
        return replace(entry, shared=node.text)
    return replace(entry, answers=_read_answers(page, node, f"{table.who}: 'answers'"))


def _read_answers(page: Page, node: Node, who: str) -> tuple[Answer, ...]:
    if not isinstance(node, Mapping):
        if not isinstance(node, Broken):
            page.fault(node.line, f"{who} should be a mapping, found {found(node)}", "write text: value, one a line")
        return ()
    answers = []
    for text, part in node.entries.items():
        if isinstance(part, Scalar) and part.text:
            answers.append(Answer(listed(text), part.text.strip(), line=node.lines[text]))
        elif not isinstance(part, Broken):
            mend = "write a value, a label, dk, na, missing or unreadable"
            page.fault(part.line, f"{who}: {quoted(text)} is said to be {found(part)}", mend)
    return tuple(answers)


def _plain(table: Table, key: str) -> str:
    """A text that may look like a number, since a header or an id may."""
    node = table.node(key)
    if node is None:
        return ""
    if isinstance(node, Scalar):
        return node.text
    table.wrong(key, node, "a text", "write a text")
    return ""
