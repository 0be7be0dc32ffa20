"""The Markdown is GitHub's: tables are whole, and whatever people typed shows as typed."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token

from readiness.report.escaping import Markdown, escape_markdown
from readiness.report.markdown import bar, render_markdown
from tests.report.building import HOSTILE, SHAPES, hostile

GITHUB = MarkdownIt("commonmark").enable(["table", "strikethrough"])
AUTOLINK = re.compile(r"(?i)(?<![\\\w])(https?://|www\.|[\w.+-]+@[\w-]+\.)")


def text_of(tokens: list[Token] | None) -> str:
    return "".join(token.content if token.type != "softbreak" else "\n" for token in tokens or [])


def inlines(markdown: str) -> list[Token]:
    return [token for token in GITHUB.parse(markdown) if token.type == "inline"]


@pytest.mark.parametrize("typed", HOSTILE)
@pytest.mark.parametrize("around", ["{}", "# {}", "- {}", "| {} | b |\n|---|---|\n| a | {} |", "**{}**"])
def test_a_name_shows_as_typed_wherever_it_stands(typed: str, around: str) -> None:
    tokens = inlines(around.format(*[escape_markdown(typed)] * 2))
    shown = [text_of(token.children) for token in tokens]
    kinds = {child.type for token in tokens for child in token.children or []}
    wanted = re.sub(r"[ \t\r\n]+", " ", typed).strip()
    assert wanted in shown
    assert kinds <= {"text", "text_special", "strong_open", "strong_close"}


@given(st.text(max_size=40))
def test_any_text_is_one_line_of_plain_text(typed: str) -> None:
    escaped = escape_markdown(typed)
    assert "\n" not in escaped
    document = GITHUB.parse(f"| a |\n|---|\n| {escaped} |\n\nend\n")
    assert [token.type for token in document if token.type.startswith(("tr_", "html"))].count("tr_open") == 2
    assert not AUTOLINK.search(escaped)
    kinds = {child.type for token in document for child in token.children or []}
    assert kinds <= {"text", "text_special"}


def test_text_is_escaped_once() -> None:
    once = Markdown.escape("*a*")
    assert Markdown.escape(once) == once == r"\*a\*"
    assert Markdown("**%(x)s**") % {"x": "*a*"} == r"**\*a\***"


def test_units_are_named_as_typed() -> None:
    names = [text_of(token.children) for token in inlines(render_markdown(hostile(), "en"))]
    for typed in HOSTILE:
        assert re.sub(r"[ \t\r\n]+", " ", typed).strip() in names


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("shape", SHAPES)
def test_tables_are_whole(shape: str, language: str) -> None:
    lines = render_markdown(SHAPES[shape](), language).splitlines()
    width = 0
    for before, line, after in zip(["", *lines], lines, [*lines[1:], ""], strict=False):
        if not line.startswith("|"):
            width = 0
            continue
        cells = len(re.findall(r"(?<!\\)\|", line))
        if not width:
            assert before == "", f"no empty line before a table: {line}"
            assert re.fullmatch(r"\|(:?-+:?\|)+", after), f"no rule below a table's head: {line}"
            width = cells
        assert cells == width, line


@pytest.mark.parametrize("shape", SHAPES)
def test_nothing_is_html_or_a_link(shape: str) -> None:
    for token in GITHUB.parse(render_markdown(SHAPES[shape](), "en")):
        assert token.type != "html_block"
        assert not {child.type for child in token.children or []} & {"html_inline", "link_open", "image"}


@pytest.mark.parametrize("shape", SHAPES)
def test_headings_stand_alone_and_go_down_one_by_one(shape: str) -> None:
    text = render_markdown(SHAPES[shape](), "fr")
    assert "\n\n\n" not in text
    assert not re.search(r"[ \t]$", text, re.MULTILINE)
    levels = [int(token.tag[1]) for token in GITHUB.parse(text) if token.type == "heading_open"]
    assert levels[0] == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))


def test_a_bar_shows_value_and_bounds() -> None:
    assert bar(0.5, (0.25, 0.75)) == "`·····─────●─────····`"
    assert bar(None, (0.0, 1.0)) == "`" + "─" * 20 + "`"
    assert bar(None, None) == ""
