"""What stands around a report's text: its properties, the logo, the head and the foot of every page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from readiness.report.docx.blocks import Run
from readiness.report.docx.contents import field_runs
from readiness.report.docx.paragraphs import Writer
from readiness.report.docx.pictures import UNIT, inline, png
from readiness.report.docx.xml import element, written
from readiness.report.theme import Logo
from readiness.report.theme.logo import logo_size
from readiness.report.view import Report

if TYPE_CHECKING:
    from docx.document import Document
    from docx.oxml.xmlchemy import BaseOxmlElement
    from docx.section import Section

DATES = ("created", "modified", "lastPrinted")
LONGEST = 255  # characters that a property may have
A4 = 11906  # twentieths of a point across
NARROWEST = 2000  # that a text can be, whatever margins say
LOGO_HEIGHT = 540_000  # EMU: a centimetre and a half
LOGO_WIDEST = 2_880_000  # eight centimetres
LOGO_SHARPNESS = 4  # pixels of a drawn logo for each that its place has
_SIDES = 'width="{0}" height="{1}"'
_WRAPPED = f'<svg xmlns="http://www.w3.org/2000/svg" {_SIDES}><image {_SIDES} href="{{2}}"/></svg>'
LOGO = 0  # its number among the pictures


def describe(document: Document, report: Report, locale: str) -> None:
    """The document's properties. No date is among them: the same report gives the same bytes."""
    properties = document.core_properties
    properties.title = written(report.title)[:LONGEST]
    properties.subject = written(report.imprint.client)[:LONGEST]
    properties.author = written(report.imprint.authors or report.imprint.firm)[:LONGEST]
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
    margins: int = sum(margin.twips for margin in (section.left_margin, section.right_margin) if margin is not None)
    whole: int = section.page_width.twips if section.page_width is not None else A4
    return max(NARROWEST, whole - margins)


def letterhead(writer: Writer, report: Report) -> list[BaseOxmlElement]:
    """The firm's logo, as a paragraph of its own; nothing where there is none."""
    logo = report.edition.theme.logo
    if logo is None:
        return []
    shown = inline(writer.part, _shown(logo), _within(logo), LOGO, "logo", report.imprint.logo_alt)
    paragraph = writer.paragraph((), "Body Text")
    paragraph.append(element("w:r", element("w:drawing", shown)))
    return [paragraph]


def _shown(logo: Logo) -> bytes:
    """A logo as every Word shows it. A drawing is as sharp as its place asks, however large it says it is."""
    if logo.media == "image/png" or logo.data[6:10] in (b"JFIF", b"Exif"):
        return logo.data
    across, down = (max(1, round(side / UNIT * LOGO_SHARPNESS)) for side in _within(logo))
    if logo.media == "image/svg+xml":
        return png(logo.data.decode("utf-8", "replace"), None, (across, down))
    return png(_WRAPPED.format(across, down, logo.uri), None, (across, down))


def _within(logo: Logo) -> tuple[int, int]:
    """A logo's width and height, neither beyond its most."""
    broad, high = logo_size(logo.media, logo.data)
    scale = min(LOGO_HEIGHT / high, LOGO_WIDEST / broad)
    return max(1, round(broad * scale)), max(1, round(high * scale))


def frame(document: Document, writer: Writer, report: Report) -> None:
    """A head and a foot for every page, where the document has none of its own. The foot tells the page's number."""
    imprint, section = report.imprint, document.sections[-1]
    head = [part for part in (imprint.client, str(report.title)) if part]
    foot = [str(part) for part in (imprint.confidentiality, imprint.firm) if part]
    if section.header.is_linked_to_previous:
        _fill(section.header._element, writer.paragraph((Run(" · ".join(head)),), "header"))
    if section.footer.is_linked_to_previous:
        line = writer.paragraph((Run(" · ".join(foot)),) if foot else (), "footer")
        line.append(element("w:r", element("w:tab")))
        line.extend(field_runs("PAGE", "1"))
        _fill(section.footer._element, line)


def _fill(root: BaseOxmlElement, paragraph: BaseOxmlElement) -> None:
    for child in list(root):
        root.remove(child)
    root.append(paragraph)
