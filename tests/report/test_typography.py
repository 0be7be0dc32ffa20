"""French typography in whole pages, wherever words, figures and marks of punctuation were put together."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import pytest

from readiness.report.html import render_html
from readiness.report.markdown import render_markdown
from tests.report.building import HOSTILE, SHAPES

TOLD = [shape for shape in SHAPES if shape != "hostile"]  # of which typed text is all that differs
ORDINARY_SPACE = re.compile(r"[^\s|:·-] [;:?!»%](?=\s|$)|« ")
NO_SPACE = re.compile(r"[^\W\d_][;?!](?=\s|$)|[^\W\d_]:(?=\s|$)|[^\W_]»|«[^\W_]")
STRAIGHT = re.compile(r"\w'\w|(?<!\w)\"|\"(?!\w)")


class Words(HTMLParser):
    """What a page says, heading by heading and paragraph by paragraph; what stands in attributes too."""

    INLINE = frozenset({"a", "abbr", "b", "bdi", "em", "i", "small", "span", "strong", "sub", "sup", "u", "tspan"})

    def __init__(self, page: str) -> None:
        super().__init__()
        self.said = [""]
        self._silent = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in ("style", "script"):
            self._silent = tag
        if tag not in self.INLINE:
            self.said.append("")
        self.said[-1:-1] = [value or "" for name, value in attrs if name in ("aria-label", "title", "alt")]

    def handle_endtag(self, tag: str) -> None:
        if tag == self._silent:
            self._silent = ""
        if tag not in self.INLINE:
            self.said.append("")

    def handle_data(self, data: str) -> None:
        if not self._silent:
            self.said[-1] += data


def ours(said: str) -> bool:
    """Whether words are the report's own: the invented framework's are English, and marked by how they end."""
    return not re.search(r"\(fr\)|Scenario \d|Indicator \d|Dimension \d|Sales|Unit \d", said)


@pytest.mark.parametrize("shape", TOLD)
def test_a_page_keeps_marks_with_their_words(shape: str) -> None:
    faults = [
        said
        for words in Words(render_html(SHAPES[shape](), "fr")).said
        if words not in HOSTILE
        and (said := re.sub(r"[ \t\r\n]+", " ", words))
        and (ORDINARY_SPACE.search(said) or STRAIGHT.search(said) or (ours(said) and NO_SPACE.search(said)))
    ]
    assert faults == []


@pytest.mark.parametrize("shape", TOLD)
def test_markdown_keeps_marks_with_their_words(shape: str) -> None:
    text = re.sub(r"`[^`]*`", "", render_markdown(SHAPES[shape](), "fr"))
    lines = [line for line in text.splitlines() if "alert(1)" not in line]
    faults = [line for line in lines if ORDINARY_SPACE.search(line) or STRAIGHT.search(line)]
    assert faults == []
