"""Reading a page back, without a browser and without the code that wrote it."""

from __future__ import annotations

import base64
import gzip
import json
import re
from html.parser import HTMLParser
from typing import Any

from readiness.scoring.result import Result

VOID = {"meta", "br", "img", "link", "input", "hr", "col"}
CELLS, ROWS = {"td", "th"}, {"td", "th", "tr"}
# What HTML lets out the end tag of, and which of them a tag that follows ends.
ENDED_BY = {
    **dict.fromkeys(CELLS, CELLS),
    "tr": ROWS,
    **dict.fromkeys(("thead", "tbody"), ROWS | {"caption", "colgroup", "thead", "tbody"}),
    "dt": {"dt", "dd"},
    "dd": {"dt", "dd"},
    "li": {"li"},
    "option": {"option"},
}
MAY_END_UNSAID = {tag for ended in ENDED_BY.values() for tag in ended} - {"caption", "colgroup"}


class Page(HTMLParser):
    """Every element that says where its figure comes from, with its text: `figures` is (path, text).

    A cell of a table that says where its rows come from (`data-in`) has its place by its row's id and by what the head
    of the table says of its column (`data-k`).
    """

    def __init__(self, html: str) -> None:
        super().__init__()
        self.figures: list[tuple[str, str]] = []
        self.result = _carried(html)
        self._places = _places(self.result) if self.result else []
        self._open: list[tuple[str, str, str | None]] = []
        self._columns: list[str] = []
        self._row, self._column = "", 0
        self._text: list[list[str]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in VOID:
            return
        while self._open and self._open[-1][0] in ENDED_BY.get(tag, ()):
            self._end()
        named = dict(attrs)
        inside = self._open[-1][1] if self._open else ""
        inside = named.get("data-in") or inside
        at = named.get("data-at") or self._by_column(tag, named, inside)
        if "data-n" in named:
            at = self._places[int(named["data-n"] or "", 36)]
        if "data-p" in named:  # two ends in one element
            at = " ".join(self._places[int(named["data-p"] or "", 36) :][:2])
        self._open.append((tag, inside, at))
        self._text.append([])

    def _by_column(self, tag: str, named: dict[str, str | None], inside: str) -> str | None:
        """The place of a cell, by the head of its column."""
        if tag == "thead":
            self._columns = (named.get("data-k") or "").split()
        elif tag == "tr":
            self._row, self._column = (named.get("id") or "").removeprefix("item-"), 0
        elif tag == "td" and inside and "colspan" not in named:
            self._column += 1
            return f"{inside}/{self._row}/{self._columns[self._column - 1]}"
        return None

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        pass

    def handle_endtag(self, tag: str) -> None:
        while self._open[-1][0] != tag and self._open[-1][0] in MAY_END_UNSAID:
            self._end()
        assert self._open[-1][0] == tag, f"<{self._open[-1][0]}> is closed by </{tag}>"
        self._end()

    def _end(self) -> None:
        _, _, at = self._open.pop()
        text = "".join(self._text.pop())
        if at:
            texts = re.split(r"\s*;\s*|, |–", text.strip("[]")) if " " in at else [text]
            self.figures += zip(at.split(), texts, strict=True)

    def handle_data(self, data: str) -> None:
        if self._text:
            self._text[-1].append(data)


class Lines(HTMLParser):
    """The words of a page as a reader meets them, one block a line: `lines`."""

    BLOCKS = frozenset({"p", "h1", "h2", "h3", "h4", "h5", "li", "tr", "dt", "caption", "svg", "figcaption", "option"})
    SILENT = frozenset({"style", "script", "title", "desc", "defs"})

    def __init__(self, html: str) -> None:
        super().__init__()
        self._found: list[list[str]] = [[]]
        self._silent = 0
        self.feed(html)
        self.lines = [line for words in self._found if (line := re.sub(r"[ \n]+", " ", "".join(words)).strip())]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in self.BLOCKS:
            self._found.append([])
        elif tag in ("td", "th", "dd"):
            self._found[-1].append(" | ")
        else:
            self._found[-1].append(" " if tag in ("div", "span") else "")
        self._silent += tag in self.SILENT and not (tag == "title" and not dict(attrs) and not self._found[-1])

    def handle_endtag(self, tag: str) -> None:
        self._silent -= tag in self.SILENT and self._silent > 0

    def handle_data(self, data: str) -> None:
        if not self._silent:
            self._found[-1].append(data)


def section(html: str, id_: str) -> str:
    """One section of a page, as it is written."""
    found = re.search(
        rf'<section id="?{id_}"? class="?section.*?(?=<section id="?\w+"? class="?section|</main>)', html, re.S
    )
    assert found is not None, id_
    return found[0]


def _carried(html: str) -> Any:
    """The result that a page carries, unpacked."""
    found = re.search(r'href="data:application/gzip;base64,([^"]+)"', html)
    return json.loads(gzip.decompress(base64.b64decode(found[1]))) if found else None


def _places(result: Any) -> list[str]:
    """The path of every leaf of a result, in the order in which a page numbers them."""
    found: list[str] = []

    def walk(here: Any, path: tuple[str, ...]) -> None:
        below = sorted(here.items()) if isinstance(here, dict) else enumerate(here) if isinstance(here, list) else None
        if below is None:
            found.append("/".join(path))
        for key, value in below or ():
            walk(value, (*path, str(key)))

    walk({key: value for key, value in result.items() if key != "framework"}, ())
    return found


def figure_at(result: Result, path: str) -> Any:
    """What stands in the result at a path such as `groups/3/dimensions/culture/value`."""
    return standing_at(json.loads(result.to_json()), path)


def standing_at(result: Any, path: str) -> Any:
    """The same of a result that was read already."""
    here = result
    for part in path.split("/"):
        here = here[int(part)] if isinstance(here, list) else here[part]
    return here


def read(text: str, language: str) -> tuple[float, int]:
    """A number as printed in a language, and its decimals; percent as a share of 1."""
    plain = re.sub(r"[\s\u00a0\u202f]", "", text).replace("−", "-")
    percent = plain.endswith("%")
    plain = plain.removesuffix("%")
    plain = plain.replace(",", ".") if language == "fr" else plain.replace(",", "")
    digits = len(plain.partition(".")[2])
    return (float(plain) / 100, digits + 2) if percent else (float(plain), digits)
