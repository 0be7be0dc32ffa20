"""`commentary.yaml` into what it says. Keys that stand there empty, as a draft has them, say nothing."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from readiness.framework.frozen import Text
from readiness.framework.ledger import quoted
from readiness.framework.nodes import Node, Scalar
from readiness.framework.table import Table
from readiness.framework.vocabulary import Keys
from readiness.framework.wording import read_text
from readiness.report.commentary.records import (
    STATES,
    VERDICTS,
    WHOLE,
    Action,
    By,
    Comment,
    Commentary,
    Override,
    Quote,
    Subject,
    by_of,
)
from readiness.report.languages import judge_languages

if TYPE_CHECKING:
    from readiness.framework.wording import Page

PAGE = Keys((), ("summary", "sections", "scenarios", "groups", "actions"))
ON_SCENARIO = Keys((), ("comment", "override", "quotes"))
ON_GROUP = Keys(("of",), ("comment", "quotes", "scenarios"))
OVERRIDE = Keys(("verdict", "reason"), ())
QUOTE = Keys(("text",), ("by", "source"))
ACTION = Keys(("do",), ("owner", "by", "scenario", "group", "status"))
SOURCES = ("survey", "interview")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


def read_yaml_page(page: Page, root: Node, languages: Sequence[str]) -> Commentary:
    """What a file says; its faults go to the page's ledger. languages: in which a text may be written."""
    return _Reader(page, languages).commentary(root)


def day_of(said: str) -> datetime.date | None:
    """A day as `2027-03-31`; None for anything else."""
    try:
        return datetime.date.fromisoformat(said) if _DAY.fullmatch(said) else None
    except ValueError:
        return None


def is_blank(node: Node | None) -> bool:
    """Whether nothing is written there."""
    return node is None or (isinstance(node, Scalar) and not node.text.strip())


class _Reader:
    """Reads one page."""

    def __init__(self, page: Page, languages: Sequence[str]) -> None:
        self._page = page
        self._languages = languages
        self._comments: list[Comment] = []
        self._overrides: list[Override] = []
        self._quotes: list[Quote] = []

    def commentary(self, root: Node) -> Commentary:
        if is_blank(root):
            return Commentary()
        table = Table(self._page, root, "the commentary", PAGE)
        self._comment(table, "summary", Subject())
        for id_, node, line in _entries(table, "sections"):
            self._say(Subject(section=id_, lines={"section": line}), node, f"section {quoted(id_)}", line)
        self._scenarios(table, Subject())
        for node in _listed(table, "groups"):
            self._group(node)
        actions = tuple(self._action(node) for node in _listed(table, "actions"))
        return Commentary(tuple(self._comments), tuple(self._overrides), tuple(self._quotes), actions)

    def _scenarios(self, table: Table, group: Subject) -> None:
        for id_, node, line in _entries(table, "scenarios"):
            subject = replace(group, scenario=id_, lines={**group.lines, "scenario": line})
            who = f"scenario {quoted(id_)}"
            if isinstance(node, Scalar):
                self._say(subject, node, who, line)
                continue
            told = Table(self._page, node, who, ON_SCENARIO, line)
            self._comment(told, "comment", subject)
            self._override(told, subject)
            self._quotes_of(told, subject)

    def _group(self, node: Node) -> None:
        table = Table(self._page, node, "a group", ON_GROUP)
        subject = self._of(table, "of")
        if subject.group == WHOLE:
            if table.readable and "of" in table:
                self._page.fault(table.place("of").line, "a group is formed by nothing", "write of: {unit: …}")
            return
        self._comment(table, "comment", subject)
        self._quotes_of(table, subject)
        self._scenarios(table, subject)

    def _override(self, table: Table, subject: Subject) -> None:
        node = table.node("override")
        if is_blank(node) or node is None:
            return
        inside = Table(self._page, node, f"{table.who}: override", OVERRIDE, table.place("override").line)
        verdict = inside.choice("verdict", VERDICTS, "undetermined")
        reason = self._text(inside, "reason")
        if not reason and "reason" in inside:
            what = f"{inside.who} gives no reason"
            self._page.fault(inside.place("reason").line, what, "write why the computed verdict does not hold")
        self._overrides.append(Override(subject, verdict, reason, table.place("override")))

    def _quotes_of(self, table: Table, subject: Subject) -> None:
        for node in _listed(table, "quotes"):
            quote = Table(self._page, node, f"{table.who}: a quote", QUOTE)
            text = self._text(quote, "text")
            interview = quote.choice("source", SOURCES, "survey") == "interview"
            if text:
                self._quotes.append(Quote(subject, text, self._text(quote, "by"), interview, quote.place()))

    def _action(self, node: Node) -> Action:
        table = Table(self._page, node, "an action", ACTION)
        text = self._text(table, "do")
        if not text and "do" in table:
            self._page.fault(table.place("do").line, "an action says nothing", "write under 'do' what is to be done")
        named = table.node("scenario")
        scenario = "" if is_blank(named) else table.reference("scenario", "scenario") or ""
        return Action(
            do=text,
            owner=self._text(table, "owner"),
            by=self._day(table),
            status="open" if is_blank(table.node("status")) else table.choice("status", STATES, "open"),
            subject=replace(self._of(table, "group"), scenario=scenario),
            at=table.place(),
        )

    def _day(self, table: Table) -> datetime.date | None:
        node = table.node("by")
        if node is None or is_blank(node):
            return None
        day = day_of(node.text) if isinstance(node, Scalar) else None
        if day is None:
            table.wrong("by", node, "a day", "write it as 2027-03-31")
        return day

    def _of(self, table: Table, key: str) -> Subject:
        return Subject(group=self._by(table, key), lines={"group": table.place(key).line})

    def _by(self, table: Table, key: str) -> By:
        if is_blank(table.node(key)):
            return WHOLE
        keys: dict[str, str | None] = {}
        for name, node, _line in table.entries(key):
            if isinstance(node, Scalar):
                keys[name] = None if is_blank(node) or node.value is None else node.text
            else:
                table.wrong(key, node, "one value a key", "write {unit: Sales}")
        return by_of(keys)

    def _comment(self, table: Table, key: str, subject: Subject) -> None:
        node = table.node(key)
        if node is not None:
            self._say(subject, node, f"{table.who}: {quoted(key)}", table.place(key).line)

    def _say(self, subject: Subject, node: Node, what: str, line: int | None) -> None:
        text = self._read(node, what)
        if text:
            self._comments.append(Comment(subject, text, self._page.at(line)))

    def _text(self, table: Table, key: str) -> Text:
        node = table.node(key)
        return Text() if node is None else self._read(node, f"{table.who}: {quoted(key)}")

    def _read(self, node: Node, what: str) -> Text:
        if is_blank(node):
            return Text()
        judge_languages(self._page, node, what, self._languages)
        return read_text(self._page, node, what)


def _entries(table: Table, key: str) -> Iterator[tuple[str, Node, int]]:
    return iter(()) if is_blank(table.node(key)) else table.entries(key)


def _listed(table: Table, key: str) -> Iterator[Node]:
    return iter(()) if is_blank(table.node(key)) else table.listed(key)
