"""Headings, paragraphs and points of lists, with what stands in them."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import count
from typing import TYPE_CHECKING

from readiness.report.docx.blocks import Heading, Paragraph, Point, Run, Runs
from readiness.report.docx.numbering import Numbering
from readiness.report.docx.styles import Styles
from readiness.report.docx.xml import element, text_element

if TYPE_CHECKING:
    from docx.oxml.xmlchemy import BaseOxmlElement
    from docx.parts.document import DocumentPart

DEEPEST_HEADING = 4
DEEPEST_POINT = 3
QUOTED_BY = 567  # twentieths of a point: a centimetre
LONGEST_NAME = 40  # characters that Word allows a bookmark


@dataclass
class Writer:
    """Writes paragraphs into one document."""

    part: DocumentPart
    styles: Styles
    numbering: Numbering
    leftward: bool = False  # the language is written from right to left
    marks: Iterator[int] = field(default_factory=lambda: count(1))

    def heading(self, heading: Heading) -> BaseOxmlElement:
        """A heading that links, the contents and Word's navigation find."""
        if heading.level == 0:
            return self.paragraph(heading.runs, "Title")
        made = self.paragraph((), f"Heading {min(heading.level, DEEPEST_HEADING)}")
        mark = next(self.marks)
        made.append(element("w:bookmarkStart", id=mark, name=bookmark(heading.name)))
        made.extend(self.runs(heading.runs))
        made.append(element("w:bookmarkEnd", id=mark))
        return made

    def prose(self, paragraph: Paragraph) -> BaseOxmlElement:
        """A paragraph of text."""
        made = self.paragraph(paragraph.runs, "Quote" if paragraph.quoted else "Body Text")
        if paragraph.quoted > 1:
            _properties(made).append(element("w:ind", left=QUOTED_BY * paragraph.quoted))
        return made

    def point(self, point: Point) -> BaseOxmlElement:
        """A point of a list, or a further paragraph of one."""
        depth = min(point.depth, DEEPEST_POINT - 1)
        kind = "List Continue" if point.goes_on else "List Number" if point.series else "List Bullet"
        made = self.paragraph(point.runs, kind + (f" {depth + 1}" if depth else ""))
        if point.series and not point.goes_on:
            number = self.numbering.of(point.series, point.start)
            inside = element("w:ilvl", val=depth), element("w:numId", val=number)
            _properties(made).append(element("w:numPr", *inside))
        return made

    def rule(self) -> BaseOxmlElement:
        """A line across the page."""
        made = self.paragraph((), "Body Text")
        line = element("w:bottom", val="single", sz=4, space=1, color="BFBFBF")
        _properties(made).append(element("w:pBdr", line))
        return made

    def paragraph(self, runs: Runs, style: str) -> BaseOxmlElement:
        """A paragraph in a style."""
        made = element("w:p", element("w:pPr", element("w:pStyle", val=self.styles.id_of(style))))
        made.extend(self.runs(runs))
        return made

    def runs(self, runs: Runs) -> Iterator[BaseOxmlElement]:
        """Stretches of text; those that lead somewhere as links."""
        for run in runs:
            yield self._linked(run) if run.link else self._run(run)

    def _linked(self, run: Run) -> BaseOxmlElement:
        from docx.opc.constants import RELATIONSHIP_TYPE
        from docx.oxml.ns import qn

        made = element("w:hyperlink", self._run(run), history=1)
        if run.link.startswith("#"):
            made.set(qn("w:anchor"), bookmark(run.link[1:]))
        else:
            made.set(qn("r:id"), self.part.relate_to(run.link, RELATIONSHIP_TYPE.HYPERLINK, is_external=True))
        return made

    def _run(self, run: Run) -> BaseOxmlElement:
        looks = element("w:rPr")
        if run.link or run.code:
            looks.append(element("w:rStyle", val=self.styles.id_of("Hyperlink" if run.link else "HTML Code")))
        for tag, wanted in (("w:b", run.bold), ("w:i", run.italic), ("w:strike", run.struck)):
            if wanted:
                looks.append(element(tag))
        made = element("w:r", looks) if len(looks) else element("w:r")
        for place, line in enumerate(run.text.split("\n")):
            if place:
                made.append(element("w:br"))
            made.append(text_element(line))
        return made


def bookmark(name: str) -> str:
    """A heading's name as Word allows it: letters, digits and underscores, at most forty, no digit first.

    What is lost that way is made up for by a hash, so that two names stay two.
    """
    plain = "_" + re.sub(r"\W", "_", name)
    if plain == f"_{name}" and len(plain) <= LONGEST_NAME:
        return plain
    return f"{plain[: LONGEST_NAME - 9]}_{hashlib.sha256(name.encode(errors='replace')).hexdigest()[:8]}"


def keep_with_next(paragraph: BaseOxmlElement) -> None:
    """A paragraph on the page of what follows it."""
    _properties(paragraph).insert(1, element("w:keepNext"))


def on_a_new_page(paragraph: BaseOxmlElement) -> None:
    """A paragraph at the head of a page."""
    _properties(paragraph).insert(1, element("w:pageBreakBefore"))


def _properties(paragraph: BaseOxmlElement) -> BaseOxmlElement:
    properties: BaseOxmlElement = paragraph[0]
    return properties
