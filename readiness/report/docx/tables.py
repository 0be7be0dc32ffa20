"""Tables: a head that every page repeats, rows that no page splits, columns as wide as what stands in them needs."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from readiness.report.docx.blocks import Runs, Side, Table, text_of
from readiness.report.docx.paragraphs import Writer
from readiness.report.docx.xml import element

if TYPE_CHECKING:
    from docx.oxml.xmlchemy import BaseOxmlElement

WIDE, NARROW = 180, 140  # twentieths of a point of an em, in the two styles of a table's text
MARGIN = 160  # what a cell keeps free, left and right together
LONGEST_WORD, LONGEST_CELL = 16, 60  # characters that a column makes room for
USUAL = 0.556  # of an em that a character takes on the average, in the fonts that reports are set in
# The widest font that stands in for one that is not installed: DejaVu Sans, as shares of an em, bold as heads are.
SLIM, SMALL, BROAD = "ijlI.,:;'’|!", 'ftr-–()[]/"', "mMwW%"
PLAIN = 0.92  # of bold letters' width
LEAST_SHARE = 0.7  # of what their longest words need that columns of text must be left with, for numbers' sake


def table_element(writer: Writer, table: Table, width: int) -> BaseOxmlElement:
    """A table across `width` twentieths of a point."""
    narrow = sum(_least(table, width, WIDE)) > width
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


def column_widths(table: Table, width: int, em: int) -> list[int]:
    """How wide each column is, all of them together exactly `width`. em: of the text, in the same unit.

    Each gets what its longest word needs; what is left over goes to those whose text would still have to be broken,
    text before numbers.
    """
    least, most = _least(table, width, em), _most(table, em)
    total = sum(least)
    if total >= width:
        return _exactly(_pressed(least, table.sides, width), width)
    wanted = [max(0.0, wish - one) for wish, one in zip(most, least, strict=True)]
    given = _given(wanted, table.sides, width - total)
    share = (width - total - sum(given)) / max(1, len(least))  # what is left over goes to all alike
    return _exactly([one + more + share for one, more in zip(least, given, strict=True)], width)


def _given(wanted: Sequence[float], sides: Sequence[Side], spare: float) -> list[float]:
    """What of its wish each column gets: text first, since a heading of numbers may well stand in several lines."""
    given = [0.0] * len(wanted)
    for of_text in (True, False):
        kind = [place for place, side in enumerate(sides) if (side == "left") is of_text]
        asked = sum(wanted[place] for place in kind)
        part = min(1.0, spare / asked) if asked else 0.0
        for place in kind:
            given[place] = wanted[place] * part
        spare -= asked * part
    return given


def _pressed(least: Sequence[float], sides: Sequence[Side], width: int) -> list[float]:
    """Columns that need more than there is: text gives way, as long as enough of it is left; then all alike."""
    texts = sum(one for one, side in zip(least, sides, strict=True) if side == "left")
    left = width - (sum(least) - texts)
    if texts and left >= LEAST_SHARE * texts:
        return [one * left / texts if side == "left" else one for one, side in zip(least, sides, strict=True)]
    return [width * one / sum(least) for one in least]


def _exactly(widths: Sequence[float], width: int) -> list[int]:
    """Whole numbers that add up."""
    ends = [round(sum(widths[: place + 1])) for place in range(len(widths))]
    if ends:
        ends[-1] = width
    return [end - start for start, end in zip([0, *ends], ends, strict=False)]


def _least(table: Table, width: int, em: int) -> list[float]:
    """What each column's longest word needs in whatever font; columns of text, where that is too much, in the usual.

    A figure or its heading that is torn cannot be read.
    """
    columns = list(zip(*(map(text_of, row) for row in table.rows), strict=True))
    safe = [_widest_word(column) * em + MARGIN for column in columns]
    if sum(safe) <= width:
        return safe
    return [
        _longest_word(column) * USUAL * em + MARGIN if side == "left" else one
        for column, side, one in zip(columns, table.sides, safe, strict=True)
    ]


def _most(table: Table, em: int) -> list[float]:
    """What each column's longest text would take, as far as a column makes room for it."""
    columns = zip(*(map(text_of, row) for row in table.rows), strict=True)
    return [min(max(map(len, column)), LONGEST_CELL) * USUAL * em + MARGIN for column in columns]


def _longest_word(column: Sequence[str]) -> int:
    longest = max((len(word) for text in column for word in text.split(" ")), default=1)
    return min(max(longest, 2), LONGEST_WORD)


def _widest_word(column: Sequence[str]) -> float:
    """The most that a word of a column takes, in em; its first text is a head."""
    head, *texts = ([_across(word) for word in text.split(" ")] for text in column)
    return max(2 * USUAL, *head, *(PLAIN * one for text in texts for one in text))


def _across(word: str) -> float:
    """How wide a word is, in em, as far as a column makes room for it."""
    return sum(map(_character, word[:LONGEST_WORD]))


def _character(char: str) -> float:
    if char in SLIM:
        return 0.38
    if char in SMALL:
        return 0.5
    if char in BROAD:
        return 1.1
    return 0.82 if char.isupper() else 0.7
