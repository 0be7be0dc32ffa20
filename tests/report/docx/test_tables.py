"""Columns are as wide as what stands in them needs, and together as wide as the text."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from readiness.report.docx.blocks import Run, Table
from readiness.report.docx.tables import LONGEST_WORD, MARGIN, NARROW, WIDE, column_widths

CELL = st.text(alphabet="ab ", max_size=80)


@st.composite
def tables(draw: st.DrawFn) -> Table:
    width = draw(st.integers(1, 14))
    rows = draw(st.lists(st.lists(CELL, min_size=width, max_size=width), min_size=1, max_size=6))
    return Table(tuple(tuple((Run(cell),) for cell in row) for row in rows), ("left",) * width, "")


@given(tables(), st.integers(2000, 20000), st.sampled_from([WIDE, NARROW]))
def test_columns_fill_the_text_exactly(table: Table, width: int, character: int) -> None:
    widths = column_widths(table, width, character)
    assert sum(widths) == width
    assert min(widths) > 0


def test_a_column_of_prose_gets_more_room_than_one_of_numbers() -> None:
    rows = ((Run("A question of some length, as they are"),), (Run("12"),)), ((Run("Another"),), (Run("3"),))
    first, second = column_widths(Table(rows, ("left", "right"), ""), 9000, WIDE)
    assert first > 2 * second


def test_numbers_and_their_heads_are_never_torn_for_text_s_sake() -> None:
    """The widths that DejaVu Sans Bold takes, which stands in for fonts that are missing: 9 points, by its metrics."""
    heads = ("Condition", "", "score", "membership", "bounds", "")
    values = ("Embedding in the work: low", "does not hold", "59.2", "0.15", "0.10–0.253", "cause, weakest condition")
    table = Table(
        tuple(tuple((Run(cell),) for cell in row) for row in (heads, values)),
        ("left", "left", "right", "right", "right", "left"),
        "",
    )
    needed = {"score": 564, "membership": 1264, "bounds": 768}
    for width in (9412, 7000):
        widths = column_widths(table, width, WIDE)
        for head, least in needed.items():
            assert widths[heads.index(head)] >= least + MARGIN


@given(tables(), st.integers(2000, 20000))
def test_whatever_stands_in_it_a_column_holds_its_words_where_there_is_room(table: Table, width: int) -> None:
    widths = column_widths(table, width, WIDE)
    words = [max(len(word) for row in table.rows for word in row[at][0].text.split(" ")) for at in range(len(widths))]
    needed = [min(longest, LONGEST_WORD) * WIDE * 0.6 + MARGIN for longest in words]
    if sum(min(longest, LONGEST_WORD) * WIDE * 0.75 + MARGIN + 2 * WIDE for longest in words) <= width:
        assert all(one >= least for one, least in zip(widths, needed, strict=True))
