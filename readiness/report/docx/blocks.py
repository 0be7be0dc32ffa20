"""What a document is made of, before it is one: headings, paragraphs, lists, tables, pictures."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Side = Literal["left", "center", "right"]


@dataclass(frozen=True)
class Run:
    """A stretch of text that looks the same throughout. `link` is an address, or `#name` within the document."""

    text: str
    bold: bool = False
    italic: bool = False
    struck: bool = False
    code: bool = False
    link: str = ""


Runs = tuple[Run, ...]


@dataclass(frozen=True)
class Heading:
    """A heading; level 0 is the document's title. `name` is what links within the document call it."""

    level: int
    runs: Runs
    name: str


@dataclass(frozen=True)
class Paragraph:
    """A paragraph. `quoted` is how deep it stands in quotations."""

    runs: Runs
    quoted: int = 0


@dataclass(frozen=True)
class Point:
    """A point of a list. `series` tells numbered lists apart and is 0 for bullets; `goes_on` has no mark of its own."""

    runs: Runs
    depth: int
    series: int = 0
    start: int = 1
    goes_on: bool = False


@dataclass(frozen=True)
class Table:
    """A table, its first row being its head."""

    rows: tuple[tuple[Runs, ...], ...]
    sides: tuple[Side, ...]
    title: str  # of the part of the report that it stands in


@dataclass(frozen=True)
class Picture:
    """A picture by the name it is written under, and what it shows in words."""

    name: str
    description: str


@dataclass(frozen=True)
class Rule:
    """A line across the page."""


Block = Heading | Paragraph | Point | Table | Picture | Rule


def text_of(runs: Runs) -> str:
    """What runs say."""
    return "".join(run.text for run in runs)
