"""Every number in the Markdown is the result's, or nothing that was made up."""

from __future__ import annotations

import pytest
from markdown_it import MarkdownIt

from readiness.report.markdown import render_markdown
from tests.report.building import SHAPES
from tests.report.tracing import aligned, assert_equal_to, strangers, traced

GITHUB = MarkdownIt("commonmark").enable(["table", "strikethrough"])


def texts(markdown: str) -> list[str]:
    """What each line of text says; bars of text, in code, say nothing."""
    lines = (token.children or [] for token in GITHUB.parse(markdown) if token.type == "inline")
    return ["".join(child.content for child in line if child.type != "code_inline") for line in lines]


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("shape", SHAPES)
def test_every_number_in_the_markdown_equals_the_result_s(shape: str, language: str) -> None:
    result = SHAPES[shape]()
    with traced():
        places = texts(render_markdown(result, language))
    figures, around = aligned(texts(render_markdown(result, language)), places)
    assert len(figures) >= 3
    assert_equal_to(result, figures, language)
    assert strangers(result, around, language) == []
