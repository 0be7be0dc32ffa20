"""A result as a Word document."""

from __future__ import annotations

import io
from pathlib import Path
from typing import TYPE_CHECKING

from readiness.faults import Fault, InputError, UsageError
from readiness.language.speech import Speech, speak
from readiness.report.docx.blocks import Block, Heading
from readiness.report.docx.body import Body
from readiness.report.docx.frame import describe, frame, letterhead, text_width
from readiness.report.docx.model import empty, firm_s, unusable
from readiness.report.docx.numbering import numbering
from readiness.report.docx.packing import repacked
from readiness.report.docx.paragraphs import Writer
from readiness.report.docx.placing import has_pictured_head, is_titled, put
from readiness.report.docx.reading import blocks
from readiness.report.docx.styles import styled
from readiness.report.drawings import Drawing, drawings
from readiness.report.edition import PLAIN, Edition
from readiness.report.markdown import NO_BARS, showing, written
from readiness.report.own_templates import naming_templates
from readiness.report.templates import html_environment
from readiness.report.view import Report, view
from readiness.scoring.result import Result

if TYPE_CHECKING:
    from docx.document import Document

CHARTS = "charts"  # the folder that charts would lie in beside the page
Page = tuple[Block, ...]
LEFT_OUT = ("answers",)  # a picture for every indicator, three quarters of the file, of what the tables tell


def render_docx(result: Result, language: str, edition: Edition = PLAIN, model: Path | None = None) -> bytes:
    """A result as a Word document in `language`.

    model: a firm's own document, whose styles, page, head and foot are kept.

    Raises:
        UsageError: the extra is not installed.
        InputError: the model is no document that a report can be written into.
        EditionError: an own template has a fault.
    """
    judge_installed()
    return document_of(speak(language), view(result, language, edition), model)


def document_of(speech: Speech, report: Report, model: Path | None = None) -> bytes:
    """A view as a Word document."""
    with naming_templates(report.edition.templates):
        charts = tuple(chart for chart in drawings(speech, report) if chart.kind not in LEFT_OUT)
    page = blocks(written(speech, report, {**NO_BARS, "chart": showing(charts, CHARTS)}))
    if model is None:
        return _into(empty(), speech, report, page, charts, own=False)
    document = firm_s(model)
    try:
        return _into(document, speech, report, page, charts, own=True)
    except InputError:
        raise
    except Exception as error:
        _into(empty(), speech, report, page, charts, own=False)  # fails as well where the fault is not the model's
        raise unusable(model) from error


def _into(
    document: Document, speech: Speech, report: Report, page: Page, charts: tuple[Drawing, ...], *, own: bool
) -> bytes:
    """What a page says, written into a document. own: it is a firm's."""
    with naming_templates(report.edition.templates):
        writer, width = _writer(document, speech, report, own=own)
    if is_titled(document, writer.styles.id_of("Title")):
        page = tuple(block for block in page if not (isinstance(block, Heading) and block.level == 0))
    by_name = {chart.name: chart for chart in charts}
    body = Body(writer, by_name, width, speech.gettext("Contents"), speech.gettext("Figure"))
    logo = [] if has_pictured_head(document) else letterhead(writer, report)
    put(document, [*logo, *body.elements(page)])
    describe(document, report, speech.locale)
    frame(document, writer, report)
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
    styles = styled(document, templates, report.edition.theme, lists.bullets, speech, width, own)
    return Writer(document.part, styles, lists, leftward=speech.leftward), width
