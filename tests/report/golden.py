"""The small report that is kept as a snapshot. `python -m tests.report.golden` writes it anew."""

from __future__ import annotations

from pathlib import Path

from readiness.report.html import render_html
from readiness.report.markdown import render_markdown
from readiness.scoring.result import Result
from tests.report.building import Inventor, invented_framework

FOLDER = Path(__file__).parent / "golden"


def small() -> Result:
    """Two dimensions, two scenarios, two units of which one is hidden."""
    make = Inventor(invented_framework(dimensions=2, indicators=3, items=1, scenarios=2), seed=7)
    return make.result(
        make.group(40, whole=True), [({"unit": "Sales"}, make.group(30)), ({"unit": "Works council"}, None)]
    )


def pages() -> dict[str, str]:
    """Every kept page by the name of its file."""
    result = small()
    return {
        "small.en.html": render_html(result, "en"),
        "small.fr.html": render_html(result, "fr"),
        "small.en.md": render_markdown(result, "en"),
        "small.fr.md": render_markdown(result, "fr"),
    }


if __name__ == "__main__":
    FOLDER.mkdir(exist_ok=True)
    for name, text in pages().items():
        (FOLDER / name).write_text(text, encoding="utf-8")
