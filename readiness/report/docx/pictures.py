"""Pictures: charts, drawn from the same SVG as everywhere else, with what they show in words behind them."""

from __future__ import annotations

import io
from functools import lru_cache
from typing import TYPE_CHECKING

from readiness.report.docx.xml import element, written
from readiness.report.drawings import Drawing

if TYPE_CHECKING:
    from docx.oxml.xmlchemy import BaseOxmlElement
    from docx.parts.document import DocumentPart

SHARPNESS = 2.0  # pixels of a picture for each unit of its view box
DPI = 96.0  # of which lengths in other units than pixels are made
UNIT = 9525  # EMU, of which an inch has 914,400: a view box is measured in pixels, 96 to the inch
TWIP = 635  # EMU of a twentieth of a point
_LETTER = '<svg xmlns="http://www.w3.org/2000/svg" width="40" height="40" viewBox="0 0 40 40">{}</svg>'


def picture_run(part: DocumentPart, drawing: Drawing, width: int, number: int) -> BaseOxmlElement:
    """A chart within a run of text, at most `width` twentieths of a point wide."""
    broad = min(drawing.width * UNIT, width * TWIP)
    size = broad, round(broad * drawing.height / drawing.width)
    words = f"{drawing.title}. {drawing.description}" if drawing.title else drawing.description
    return element("w:r", element("w:drawing", inline(part, png(drawing.svg), size, number, drawing.name, words)))


def inline(
    part: DocumentPart, content: bytes, size: tuple[int, int], number: int, name: str, words: str
) -> BaseOxmlElement:
    """A picture that stands in a line of text. size: width and height in EMU. words: what it shows."""
    from docx.oxml.ns import qn
    from docx.shared import Emu

    made = part.new_pic_inline(io.BytesIO(content), Emu(size[0]), Emu(size[1]))
    for properties in (*made.iter(qn("wp:docPr")), *made.iter(qn("pic:cNvPr"))):
        properties.set("id", str(number + 1))
        properties.set("name", written(name))
        properties.set("descr", written(words))
    return made


def png(svg: str, background: str | None = "#ffffff", size: tuple[int, int] | None = None) -> bytes:
    """An SVG drawn; without a background it is seen through. size: in pixels, where not as large as it says it is.

    Raises:
        ValueError: it cannot be.
    """
    import resvg_py

    if size is None:
        return bytes(resvg_py.svg_to_bytes(svg_string=svg, zoom=SHARPNESS, dpi=DPI, background=background))
    return bytes(resvg_py.svg_to_bytes(svg_string=svg, width=size[0], height=size[1], dpi=DPI, background=background))


@lru_cache(maxsize=1)
def can_letter() -> bool:
    """Whether there is any font here: without one, charts are drawn without a word."""
    text = '<text x="2" y="30" font-family="sans-serif" font-size="30" fill="#000">A</text>'
    return png(_LETTER.format(text)) != png(_LETTER.format(""))
