"""Columns are as wide as what stands in them needs, and together as wide as the text."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from readiness.report.docx.blocks import Run, Table
from readiness.report.docx.tables import NARROW, WIDE, column_widths

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
