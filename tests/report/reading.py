"""Reading a page back, without a browser and without the code that wrote it."""

from __future__ import annotations

import json
import re
from html.parser import HTMLParser
from typing import Any

from readiness.scoring.result import Result

VOID = {"meta", "br", "img", "link", "input", "hr", "col"}


class Page(HTMLParser):
    """Every element that says where its figure comes from, with its text: `figures` is (path, text)."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.figures: list[tuple[str, str]] = []
        self._open: list[tuple[str, str | None, str | None]] = []
        self._text: list[list[str]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in VOID:
            return
        named = dict(attrs)
        inside = next((place for _, place, _ in reversed(self._open) if place), "")
        at = named.get("data-at") or (f"{inside}/{named['data-k']}" if "data-k" in named else None)
        self._open.append((tag, named.get("data-in"), at))
        self._text.append([])

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        pass

    def handle_endtag(self, tag: str) -> None:
        opened, _, at = self._open.pop()
        assert opened == tag, f"<{opened}> is closed by </{tag}>"
        text = "".join(self._text.pop())
        if at:
            self.figures.append((at, text))

    def handle_data(self, data: str) -> None:
        if self._text:
            self._text[-1].append(data)


def figure_at(result: Result, path: str) -> Any:
    """What stands in the result at a path such as `groups/3/dimensions/culture/value`."""
    here: Any = json.loads(result.to_json())
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
