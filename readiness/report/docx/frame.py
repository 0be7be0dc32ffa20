"""What stands around a report's text: its title among the document's properties, the head and the foot of a page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from readiness.report.docx.blocks import Run
from readiness.report.docx.contents import page_field
from readiness.report.docx.paragraphs import Writer
from readiness.report.docx.xml import element, written

if TYPE_CHECKING:
    from docx.document import Document
    from docx.oxml.xmlchemy import BaseOxmlElement
    from docx.section import Section

DATES = ("created", "modified", "lastPrinted")
LONGEST = 255  # characters that a property may have


def describe(document: Document, title: str, author: str, locale: str) -> None:
    """The document's properties. No date is among them: the same report gives the same bytes."""
    properties = document.core_properties
    properties.title = written(title)[:LONGEST]
    properties.author = written(author)[:LONGEST]
    properties.last_modified_by = ""
    properties.language = locale
    properties.comments = ""
    properties.revision = 1
    root = properties._element
    for child in list(root):
        if child.tag.rpartition("}")[2] in DATES:
            root.remove(child)


def text_width(section: Section) -> int:
    """How wide a section's text is, in twentieths of a point."""
    margins = sum(int(margin.twips) for margin in (section.left_margin, section.right_margin) if margin is not None)
    whole = int(section.page_width.twips) if section.page_width is not None else 11906
    return max(2000, whole - margins)


def frame(document: Document, writer: Writer, head: str, foot: str) -> None:
    """A head and a foot for every page, where the document has none of its own. The foot tells the page's number."""
    section = document.sections[-1]
    if section.header.is_linked_to_previous and head:
        _fill(section.header._element, [writer.paragraph((Run(head),), "header")])
    if section.footer.is_linked_to_previous:
        line = writer.paragraph((Run(foot),) if foot else (), "footer")
        line.append(element("w:r", element("w:tab")))
        line.extend(page_field())
        _fill(section.footer._element, [line])


def _fill(root: BaseOxmlElement, paragraphs: list[BaseOxmlElement]) -> None:
    for child in list(root):
        root.remove(child)
    root.extend(paragraphs)
