"""The contents: a field that Word can bring up to date, and that is complete without it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from readiness.report.docx.blocks import Heading, Run
from readiness.report.docx.paragraphs import Writer
from readiness.report.docx.xml import element, text_element

if TYPE_CHECKING:
    from docx.oxml.xmlchemy import BaseOxmlElement

DEEPEST = 1  # so that it leaves the title's page to what the report says first
# Down to which level, with links, and without page numbers: only Word knows these, and asks before it looks them up.
FIELD = f' TOC \\o "1-{DEEPEST}" \\n \\h \\z '


def contents(writer: Writer, title: str, headings: Iterable[Heading]) -> Iterator[BaseOxmlElement]:
    """The contents under a title of their own; none where there is nothing to list."""
    listed = [heading for heading in headings if 1 <= heading.level <= DEEPEST]
    if not listed:
        return
    yield writer.paragraph((Run(title),), "TOC Heading")
    entries = [_entry(writer, heading) for heading in listed]
    for mark in reversed((_mark("begin"), _instruction(), _mark("separate"))):
        entries[0].insert(1, mark)
    entries[-1].append(_mark("end"))
    yield from entries


def field_runs(instruction: str, shown: str) -> list[BaseOxmlElement]:
    """The runs of a field such as the page's number, and what it shows until it is brought up to date."""
    text = element("w:r", text_element(shown))
    return [_mark("begin"), _instruction(f" {instruction} "), _mark("separate"), text, _mark("end")]


def _entry(writer: Writer, heading: Heading) -> BaseOxmlElement:
    words = "".join(run.text for run in heading.runs)
    entry = writer.paragraph((Run(words, link=f"#{heading.name}"),), f"toc {heading.level}")
    for link in entry.iter(element("w:rStyle").tag):
        link.getparent().remove(link)  # an entry looks like one, and not like a link
    return entry


def _mark(kind: str) -> BaseOxmlElement:
    return element("w:r", element("w:fldChar", fldCharType=kind))


def _instruction(words: str = FIELD) -> BaseOxmlElement:
    return element("w:r", text_element(words, "w:instrText"))
