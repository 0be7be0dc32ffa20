"""Markdown, as our templates write it, into blocks: so that a document says what the page in Markdown says.

Own templates and everything a consultant adds come along that way, and no text is worded in two places.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import count
from typing import TYPE_CHECKING

from readiness.report.docx.blocks import (
    Block,
    Heading,
    Paragraph,
    Picture,
    Point,
    Rule,
    Run,
    Runs,
    Side,
    Table,
    text_of,
)

if TYPE_CHECKING:
    from markdown_it.token import Token

_SIDE = re.compile(r"text-align:(left|center|right)")
_NO_NAME = re.compile(r"[^\w\- ]")


def blocks(markdown: str) -> tuple[Block, ...]:
    """The blocks of a page in GitHub's dialect. HTML in it is text."""
    from markdown_it import MarkdownIt

    reader = MarkdownIt("commonmark", {"html": False}).enable(["table", "strikethrough"])
    return tuple(_Reading().read(reader.parse(markdown)))


@dataclass
class _List:
    """A list that is open: its number among numbered lists, 0 for bullets, and whether its point has begun."""

    series: int
    start: int
    begun: bool = False


@dataclass
class _Reading:
    """Where a reader of Markdown is."""

    lists: list[_List] = field(default_factory=list)
    quoted: int = 0
    title: str = ""
    taken: dict[str, int] = field(default_factory=dict)
    series: Iterator[int] = field(default_factory=lambda: count(1))

    def read(self, tokens: Sequence[Token]) -> Iterator[Block]:
        """The blocks that tokens stand for."""
        place = 0
        while place < len(tokens):
            token = tokens[place]
            if token.type == "table_open":
                end = next(i for i in range(place, len(tokens)) if tokens[i].type == "table_close")
                yield _table(tokens[place:end], self.title)
                place = end
            elif token.type == "heading_open":
                yield self._heading(int(token.tag[1:]) - 1, _runs(tokens[place + 1]))
                place += 1
            elif token.type == "inline":
                yield from self._paragraph(token)
            elif token.type in ("fence", "code_block"):
                yield from (Paragraph((Run(line, code=True),)) for line in token.content.splitlines())
            elif token.type == "hr":
                yield Rule()
            else:
                self._go(token)
            place += 1

    def _go(self, token: Token) -> None:
        """Into a list, a point or a quotation, or out of it."""
        if token.type in ("bullet_list_open", "ordered_list_open"):
            numbered = token.type == "ordered_list_open"
            self.lists.append(_List(next(self.series) if numbered else 0, int(token.attrs.get("start", 1))))
        elif token.type in ("bullet_list_close", "ordered_list_close"):
            self.lists.pop()
        elif token.type == "list_item_open":
            self.lists[-1].begun = False
        elif token.type in ("blockquote_open", "blockquote_close"):
            self.quoted += token.nesting

    def _heading(self, level: int, runs: Runs) -> Heading:
        self.title = text_of(runs)
        name = _NO_NAME.sub("", self.title.lower()).replace(" ", "-")  # as GitHub makes them
        seen = self.taken.get(name, 0)
        self.taken[name] = seen + 1
        return Heading(level, runs, f"{name}-{seen}" if seen else name)

    def _paragraph(self, token: Token) -> Iterator[Block]:
        for child in token.children or ():
            if child.type == "image":
                yield Picture(str(child.attrs.get("src", "")), child.content)
        runs = _runs(token)
        if not text_of(runs).strip():
            return
        if not self.lists:
            yield Paragraph(runs, self.quoted)
            return
        inner = self.lists[-1]
        yield Point(runs, len(self.lists) - 1, inner.series, inner.start, goes_on=inner.begun)
        inner.begun = True


def _table(tokens: Sequence[Token], title: str) -> Table:
    rows: list[list[Runs]] = []
    sides: list[Side] = []
    for token in tokens:
        if token.type == "tr_open":
            rows.append([])
        elif token.type == "inline":
            rows[-1].append(_runs(token))
        elif token.type == "th_open":
            sides.append(_side(str(token.attrs.get("style", ""))))
    return _without_empty_columns(Table(tuple(map(tuple, rows)), tuple(sides), title))


def _side(style: str) -> Side:
    found = _SIDE.search(style)
    match found and found[1]:
        case "center":
            return "center"
        case "right":
            return "right"
    return "left"


def _without_empty_columns(table: Table) -> Table:
    """A table without the columns that no row has anything in, as those of lines that are not drawn."""
    _, *body = table.rows
    kept = [place for place in range(len(table.sides)) if not body or any(text_of(row[place]).strip() for row in body)]
    return Table(
        tuple(tuple(row[place] for place in kept) for row in table.rows),
        tuple(table.sides[place] for place in kept),
        table.title,
    )


def _runs(token: Token) -> Runs:
    """The runs of a line, those that look the same joined."""
    found: list[Run] = []
    for run in _pieces(token.children or ()):
        if found and _look(found[-1]) == _look(run):
            found[-1] = Run(found[-1].text + run.text, *_look(run))
        else:
            found.append(run)
    return tuple(found)


def _look(run: Run) -> tuple[bool, bool, bool, bool, str]:
    return run.bold, run.italic, run.struck, run.code, run.link


def _pieces(children: Sequence[Token]) -> Iterator[Run]:
    open_ = {"strong": 0, "em": 0, "s": 0}
    link = ""
    for child in children:
        kind = child.type.removesuffix("_open").removesuffix("_close")
        if kind in open_:
            open_[kind] += child.nesting
        elif kind == "link":
            link = str(child.attrs.get("href", "")) if child.nesting > 0 else ""
        elif child.type != "image" and (text := {"softbreak": " ", "hardbreak": "\n"}.get(child.type, child.content)):
            yield Run(text, open_["strong"] > 0, open_["em"] > 0, open_["s"] > 0, child.type == "code_inline", link)
