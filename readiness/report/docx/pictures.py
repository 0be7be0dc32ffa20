"""Pictures: charts, drawn from the same SVG as everywhere else, with what they show in words behind them."""

from __future__ import annotations

import io
from functools import lru_cache
from typing import TYPE_CHECKING

from readiness.report.drawings import Drawing

if TYPE_CHECKING:
    from docx.oxml.xmlchemy import BaseOxmlElement
    from docx.parts.document import DocumentPart

SHARPNESS = 2.0  # pixels of a picture for each unit of its view box
UNIT = 9525  # EMU, of which an inch has 914,400: a view box is measured in pixels, 96 to the inch
TWIP = 635  # EMU of a twentieth of a point
_LETTER = '<svg xmlns="http://www.w3.org/2000/svg" width="40" height="40" viewBox="0 0 40 40">{}</svg>'


def picture_run(part: DocumentPart, drawing: Drawing, width: int, number: int) -> BaseOxmlElement:
    """A chart within a run of text, at most `width` twentieths of a point wide."""
    from readiness.report.docx.xml import element

    broad = min(drawing.width * UNIT, width * TWIP)
    high = round(broad * drawing.height / drawing.width)
    return element("w:r", element("w:drawing", _inline(part, png(drawing.svg), broad, high, drawing, number)))


def _inline(
    part: DocumentPart, content: bytes, width: int, height: int, drawing: Drawing, number: int
) -> BaseOxmlElement:
    from docx.oxml.ns import qn
    from docx.shared import Emu

    from readiness.report.docx.xml import written

    inline = part.new_pic_inline(io.BytesIO(content), Emu(width), Emu(height))
    for properties in (*inline.iter(qn("wp:docPr")), *inline.iter(qn("pic:cNvPr"))):
        properties.set("id", str(number))
        properties.set("name", written(drawing.name))
        properties.set(
            "descr", written(f"{drawing.title}. {drawing.description}" if drawing.title else drawing.description)
        )
    return inline


def png(svg: str) -> bytes:
    """An SVG drawn."""
    import resvg_py

    return bytes(resvg_py.svg_to_bytes(svg_string=svg, zoom=SHARPNESS, background="#ffffff"))


@lru_cache(maxsize=1)
def can_letter() -> bool:
    """Whether there is any font here: without one, charts are drawn without a word."""
    text = '<text x="2" y="30" font-family="sans-serif" font-size="30" fill="#000">A</text>'
    return png(_LETTER.format(text)) != png(_LETTER.format(""))
