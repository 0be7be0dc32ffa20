"""Markdown as our templates write it becomes blocks, and what was typed stays what was typed."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from readiness.report.docx.blocks import Heading, Paragraph, Picture, Point, Rule, Run, Table, text_of
from readiness.report.docx.paragraphs import LONGEST_NAME, bookmark
from readiness.report.docx.reading import blocks
from readiness.report.escaping import escape_markdown

PAGE = """\
# Title

Words with **bold**, *slanted* and [a link](#part).

## Part

- one

  goes on
  - below
1. first
2. second

5. apart

| a | b | |
|:---|---:|:---|
| x | 1 | |

![What it shows](charts/heat-unit.svg)

> said

---

## Part
"""


def test_every_kind_of_block_is_read() -> None:
    plain = (Run("x"),)
    assert blocks(PAGE) == (
        Heading(0, (Run("Title"),), "title"),
        Paragraph(
            (
                Run("Words with "),
                Run("bold", bold=True),
                Run(", "),
                Run("slanted", italic=True),
                Run(" and "),
                Run("a link", link="#part"),
                Run("."),
            )
        ),
        Heading(1, (Run("Part"),), "part"),
        Point((Run("one"),), 0),
        Point((Run("goes on"),), 0, goes_on=True),
        Point((Run("below"),), 1),
        Point((Run("first"),), 0, series=1),
        Point((Run("second"),), 0, series=1),
        Point((Run("apart"),), 0, series=1),
        Table((((Run("a"),), (Run("b"),)), (plain, (Run("1"),))), ("left", "right"), "Part"),
        Picture("charts/heat-unit.svg", "What it shows"),
        Paragraph((Run("said"),), quoted=1),
        Rule(),
        Heading(1, (Run("Part"),), "part-1"),
    )


@given(st.text(max_size=60))
def test_what_is_typed_is_read_as_typed(typed: str) -> None:
    escaped = escape_markdown(typed)
    shown = re.sub(r"[ \t\r\n\f\v]+", " ", text_of((Run(escaped),)))
    if not shown.strip():
        return
    alone, cell = blocks(f"- {escaped}"), blocks(f"| a |\n|---|\n| {escaped} |\n| b |")
    assert [type(block) for block in (*alone, *cell)] == [Point, Table]
    assert isinstance(alone[0], Point)
    assert isinstance(cell[0], Table)
    assert text_of(alone[0].runs) == text_of(cell[0].rows[1][0])
    assert len(alone[0].runs) == 1
    assert not (alone[0].runs[0].bold or alone[0].runs[0].italic or alone[0].runs[0].link)


@given(st.lists(st.text(max_size=60), unique=True, max_size=8))
def test_two_names_are_two_bookmarks_that_word_allows(names: list[str]) -> None:
    made = [bookmark(name) for name in names]
    assert len(set(made)) == len(names)
    assert all(len(one) <= LONGEST_NAME and re.fullmatch(r"\w+", one) for one in made)
