"""A result as a Word document."""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING

from readiness.faults import Fault, UsageError
from readiness.language.speech import Speech, speak
from readiness.report.docx.blocks import Block, Heading, Paragraph, Picture, Point, Rule, Run, Table, text_of
from readiness.report.docx.contents import contents
from readiness.report.docx.frame import describe, frame, text_width
from readiness.report.docx.model import empty, firm_s
from readiness.report.docx.numbering import numbering
from readiness.report.docx.packing import repacked
from readiness.report.docx.paragraphs import Writer, keep_with_next
from readiness.report.docx.pictures import can_letter, picture_run
from readiness.report.docx.reading import blocks
from readiness.report.docx.styles import styled
from readiness.report.docx.tables import table_element
from readiness.report.drawings import Drawing, drawings
from readiness.report.edition import PLAIN, Edition
from readiness.report.markdown import NO_BARS, written
from readiness.report.templates import html_environment
from readiness.report.view import Report, view
from readiness.scoring.result import Result

if TYPE_CHECKING:
    from docx.document import Document
    from docx.oxml.xmlchemy import BaseOxmlElement

PLACE = "{report}"  # a paragraph of a firm's document that says this is where the report goes
LEADS_ON = (":", "\u00a0:")


def render_docx(result: Result, language: str, edition: Edition = PLAIN, model: Path | None = None) -> bytes:
    """A result as a Word document in `language`.

    model: a firm's own document, whose styles, page, head and foot are kept.

    Raises:
        UsageError: the extra is not installed.
        InputError: the model is no document that a report can be written into.
        jinja2.TemplateError: an own template has a fault.
    """
    judge_installed()
    speech = speak(language)
    return document_of(speech, view(result, language, edition), model)


def document_of(speech: Speech, report: Report, model: Path | None = None) -> bytes:
    """A view as a Word document."""
    document = empty() if model is None else firm_s(model)
    writer, width = _writer(document, speech, report, own=model is not None)
    page = blocks(written(speech, report, NO_BARS))
    charts = drawings(speech, report)
    put(document, list(_elements(writer, page, {one.name: one for one in charts}, width, speech.gettext("Contents"))))
    describe(document, report.title, ", ".join(report.edition.theme.authors), speech.locale)
    frame(document, writer, head=str(report.title), foot="")
    whole = io.BytesIO()
    document.save(whole)
    return repacked(whole.getvalue())


def judge_installed() -> None:
    """Whether the extra is there.

    Raises:
        UsageError: it is not.
    """
    try:
        import docx  # noqa: F401
        import markdown_it  # noqa: F401
        import resvg_py  # noqa: F401
    except ImportError as error:
        mend = "pip install 'readiness[docx]'"
        raise UsageError([Fault("DOCX", None, "Word documents need an extra", mend)]) from error


def _writer(document: Document, speech: Speech, report: Report, *, own: bool) -> tuple[Writer, int]:
    """What writes into a document, and how wide its text is."""
    templates = html_environment(report.edition.templates)
    lists = numbering(document, templates)
    width = text_width(document.sections[-1])
    styles = styled(document, templates, report.edition.theme, lists.bullets, speech.locale, width, own)
    return Writer(document.part, styles, lists), width


def put(document: Document, elements: list[BaseOxmlElement]) -> None:
    """The report's text in place of what the body said, or where a paragraph of it asks for it."""
    from docx.oxml.ns import qn

    body = document.element.body
    asked = next((one for one in body.iter(qn("w:p")) if _said(one) == PLACE and one.getparent() is body), None)
    if asked is None:
        for child in list(body):
            if child.tag != qn("w:sectPr"):
                body.remove(child)
        place = 0
    else:
        place = body.index(asked)
        body.remove(asked)
    for one in reversed(elements):
        body.insert(place, one)


def _said(paragraph: BaseOxmlElement) -> str:
    from docx.oxml.ns import qn

    return "".join(text.text or "" for text in paragraph.iter(qn("w:t"))).strip()


def _elements(
    writer: Writer, page: tuple[Block, ...], charts: Mapping[str, Drawing], width: int, title: str
) -> Iterator[BaseOxmlElement]:
    """The body of a document, the contents standing before its first section."""
    numbers = count(1)
    headings = [block for block in page if isinstance(block, Heading)]
    first = next((heading for heading in headings if heading.level == 1), None)
    for place, block in enumerate(page):
        following = page[place + 1] if place + 1 < len(page) else None
        if block is first:
            yield from contents(writer, title, headings)
        made = _element(writer, block, charts, width, numbers)
        if isinstance(block, Paragraph) and _leads_on(block, following):
            keep_with_next(made[0])
        yield from made


def _element(
    writer: Writer, block: Block, charts: Mapping[str, Drawing], width: int, numbers: Iterator[int]
) -> list[BaseOxmlElement]:
    match block:
        case Heading():
            return [writer.heading(block)]
        case Paragraph():
            return [writer.prose(block)]
        case Point():
            return [writer.point(block)]
        case Rule():
            return [writer.rule()]
        case Table():
            return [table_element(writer, block, width), writer.paragraph((), "Table Text")]
        case Picture():
            return _picture(writer, block, charts, width, next(numbers))


def _picture(
    writer: Writer, picture: Picture, charts: Mapping[str, Drawing], width: int, number: int
) -> list[BaseOxmlElement]:
    """A chart with its title below; where it is unknown or cannot be lettered, what it shows in words."""
    drawing = charts.get(Path(picture.name).stem)
    if drawing is None or not can_letter():
        return [writer.paragraph((Run(picture.description),), "caption")]
    shown = writer.paragraph((), "Body Text")
    shown.append(picture_run(writer.part, drawing, width, number))
    keep_with_next(shown)
    return [shown, writer.paragraph((Run(drawing.title),), "caption")]


def _leads_on(paragraph: Paragraph, following: Block | None) -> bool:
    """Whether a paragraph would be lost at the foot of a page without what follows it."""
    return isinstance(following, Table | Point) and text_of(paragraph.runs).rstrip().endswith(LEADS_ON)
