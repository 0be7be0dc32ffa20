"""The body of a document, block by block, the contents before its first section."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import count
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from readiness.report.docx.blocks import Block, Heading, Paragraph, Picture, Point, Rule, Run, Table, text_of
from readiness.report.docx.contents import contents, field_runs
from readiness.report.docx.paragraphs import Writer, keep_with_next, on_a_new_page
from readiness.report.docx.pictures import can_letter, picture_run
from readiness.report.docx.tables import table_element
from readiness.report.drawings import Drawing

if TYPE_CHECKING:
    from docx.oxml.xmlchemy import BaseOxmlElement

NUMBERED = "SEQ Figure \\* ARABIC"  # Word's own name for it in every language
LEADS_ON = (":", "\u00a0:")


@dataclass
class Body:
    """Writes blocks. width: of the text, in twentieths of a point. contents, figure: what these are called."""

    writer: Writer
    charts: Mapping[str, Drawing]
    width: int
    contents: str
    figure: str
    numbers: Iterator[int] = field(default_factory=lambda: count(1))

    def elements(self, page: tuple[Block, ...]) -> Iterator[BaseOxmlElement]:
        """A whole page."""
        headings = [block for block in page if isinstance(block, Heading)]
        first = next((heading for heading in headings if heading.level == 1), None)
        titled = page.index(first) if first else 0
        for place, block in enumerate(page):
            made = self._element(block)
            if block is first:
                yield from contents(self.writer, self.contents, headings)
                on_a_new_page(made[0])
            elif place < titled and isinstance(block, Paragraph):
                made = [self.writer.paragraph(block.runs, "Subtitle")]
            if isinstance(block, Paragraph) and _leads_on(block, page[place + 1 : place + 2]):
                keep_with_next(made[0])
            yield from made

    def _element(self, block: Block) -> list[BaseOxmlElement]:
        match block:
            case Heading():
                return [self.writer.heading(block)]
            case Paragraph():
                return [self.writer.prose(block)]
            case Point():
                return [self.writer.point(block)]
            case Rule():
                return [self.writer.rule()]
            case Table():
                # Without a paragraph between them Word makes one table of two.
                return [table_element(self.writer, block, self.width), self.writer.paragraph((), "Table Text")]
            case Picture():
                return self._picture(block)

    def _picture(self, picture: Picture) -> list[BaseOxmlElement]:
        """A chart above its number and title; where it is unknown or cannot be lettered, what it shows in words."""
        drawing = self.charts.get(PurePosixPath(picture.name).stem)
        if drawing is None:
            return [self.writer.paragraph((Run(picture.description),), "caption")]
        if not can_letter():
            return [self.writer.paragraph((Run(f"{drawing.title}. {drawing.description}"),), "caption")]
        number = next(self.numbers)
        shown = self.writer.paragraph((), "Body Text")
        shown.append(picture_run(self.writer.part, drawing, self.width, number))
        keep_with_next(shown)
        return [shown, self._caption(number, drawing.title)]

    def _caption(self, number: int, title: str) -> BaseOxmlElement:
        made = self.writer.paragraph((Run(f"{self.figure} "),), "caption")
        made.extend(field_runs(NUMBERED, str(number)))
        made.extend(self.writer.runs((Run(f". {title}"),)))
        return made


def _leads_on(paragraph: Paragraph, following: tuple[Block, ...]) -> bool:
    """Whether a paragraph would be lost at the foot of a page without what follows it."""
    announced = bool(following) and isinstance(following[0], Table | Point)
    return announced and text_of(paragraph.runs).rstrip().endswith(LEADS_ON)
