"""A commentary written into a folder, and the result that it is about."""

from __future__ import annotations

from functools import lru_cache
from html.parser import HTMLParser
from pathlib import Path

from readiness.report.commentary.engagement import commentary_for
from readiness.report.commentary.judging import Judged
from readiness.report.commentary.records import Commentary
from readiness.scoring.result import Result
from tests.report.analysing import with_analysis
from tests.report.building import Inventor, invented_framework

SECTIONS = {"brief": ("In brief", "En bref"), "gaps": ("Who sees it differently",), "groups": ("Groups side by side",)}


@lru_cache
def result() -> Result:
    """40 people: 30 in Sales, 7 in IT, a hidden works council; two interviews.

    All but Sales are on the last two of three scenarios.
    """
    make = Inventor(invented_framework(dimensions=2, scenarios=3), seed=3)
    groups = [
        ({"unit": "Sales"}, make.group(30, pull=0)),
        ({"unit": "IT"}, make.group(7, pull=1)),
        ({"unit": "Works council"}, None),
        ({"role": "executive"}, make.group(12, pull=1)),
        ({"source": "interview"}, make.group(2, pull=1)),
    ]
    return with_analysis(make.result(make.group(40, pull=1, whole=True), groups))


def judged(folder: Path, **pages: str) -> Judged:
    """What the pages say of that result: `yaml`, `md`, or `fr` for `commentary.fr.md`."""
    names = {"yaml": "commentary.yaml", "md": "commentary.md"}
    for kind, text in pages.items():
        (folder / names.get(kind, f"commentary.{kind}.md")).write_text(text, encoding="utf-8")
    return commentary_for(folder, result(), lambda: SECTIONS)


def commentary(folder: Path, **pages: str) -> Commentary:
    """The same without what its writer is told."""
    return judged(folder, **pages).commentary


class Attributes(HTMLParser):
    """What the elements of a page have of some attributes: `href` and `id`."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.href: list[str] = []
        self.id: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002 the parser's
        for name, value in attrs:
            if name in ("href", "id"):
                getattr(self, name).append(value)
