"""Tables: a head that every page repeats, rows that no page splits, columns as wide as what stands in them needs."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from readiness.report.docx.blocks import Runs, Side, Table, text_of
from readiness.report.docx.paragraphs import Writer
from readiness.report.docx.xml import element

if TYPE_CHECKING:
    from docx.oxml.xmlchemy import BaseOxmlElement

WIDE, NARROW = 100, 78  # twentieths of a point that a character takes, in the two styles of a table's text
MARGIN = 160  # what a cell keeps free, left and right together
LONGEST_WORD, LONGEST_CELL = 16, 60  # characters that a column makes room for


def table_element(writer: Writer, table: Table, width: int) -> BaseOxmlElement:
    """A table across `width` twentieths of a point."""
    narrow = _least(table, WIDE) > width
    widths = column_widths(table, width, NARROW if narrow else WIDE)
    style = "Table Text Narrow" if narrow else "Table Text"
    made = element("w:tbl", _properties(writer, table, width))
    made.append(element("w:tblGrid", *(element("w:gridCol", w=column) for column in widths)))
    for place, row in enumerate(table.rows):
        made.append(_row(writer, row, table.sides, widths, style, head=place == 0))
    return made


def _properties(writer: Writer, table: Table, width: int) -> BaseOxmlElement:
    return element(
        "w:tblPr",
        element("w:tblStyle", val=writer.styles.id_of("Report Table")),
        *([element("w:bidiVisual")] if writer.leftward else []),
        element("w:tblW", w=width, type="dxa"),
        element("w:tblLayout", type="fixed"),
        element("w:tblLook", val="0020", firstRow=1, lastRow=0, firstColumn=0, lastColumn=0, noHBand=1, noVBand=1),
        element("w:tblCaption", val=table.title),
    )


def _row(
    writer: Writer, cells: Sequence[Runs], sides: Sequence[Side], widths: Sequence[int], style: str, *, head: bool
) -> BaseOxmlElement:
    properties = element("w:trPr", element("w:cantSplit"))
    if head:
        properties.append(element("w:tblHeader"))
    row = element("w:tr", properties)
    for runs, side, width in zip(cells, sides, widths, strict=True):
        paragraph = writer.paragraph(runs, style)
        if head:
            paragraph[0].append(element("w:keepNext"))
        if side != "left":
            paragraph[0].append(element("w:jc", val=side))
        row.append(element("w:tc", element("w:tcPr", element("w:tcW", w=width, type="dxa")), paragraph))
    return row


def column_widths(table: Table, width: int, character: int) -> list[int]:
    """How wide each column is, all of them together exactly `width`.

    Each gets what its longest word needs; what is left over goes to those whose text would still have to be broken.
    """
    least, most = _needs(table, character)
    total = sum(least)
    if total >= width:
        return _exactly([width * one / total for one in least], width)
    wanted = [max(0, wish - one) for wish, one in zip(most, least, strict=True)]
    spare = width - total
    if sum(wanted) <= spare:  # room for everything: the rest goes to all alike
        share = (spare - sum(wanted)) / max(1, len(least))
        return _exactly([one + more + share for one, more in zip(least, wanted, strict=True)], width)
    return _exactly([one + spare * more / sum(wanted) for one, more in zip(least, wanted, strict=True)], width)


def _exactly(widths: Sequence[float], width: int) -> list[int]:
    """Whole numbers that add up."""
    ends = [round(sum(widths[: place + 1])) for place in range(len(widths))]
    if ends:
        ends[-1] = width
    return [end - start for start, end in zip([0, *ends], ends, strict=False)]


def _least(table: Table, character: int) -> int:
    return sum(_needs(table, character)[0])


def _needs(table: Table, character: int) -> tuple[list[int], list[int]]:
    """What each column needs at least, and at best."""
    least, most = [], []
    for column in zip(*(map(text_of, row) for row in table.rows), strict=True):
        longest = max((len(word) for text in column for word in text.split(" ")), default=1)
        least.append(min(max(longest, 2), LONGEST_WORD) * character + MARGIN)
        most.append(min(max(map(len, column)), LONGEST_CELL) * character + MARGIN)
    return least, most
