"""The small report that is kept as a snapshot. `python -m tests.report.golden` writes it anew."""

from __future__ import annotations

from pathlib import Path

from readiness.report.html import render_html
from readiness.report.markdown import render_markdown
from readiness.scoring.result import Result
from tests.report.analysing import with_analysis
from tests.report.building import Inventor, invented_framework, with_texts

FOLDER = Path(__file__).parent / "golden"


def small() -> Result:
    """Two dimensions, two scenarios, two units of which one is hidden."""
    make = Inventor(invented_framework(dimensions=2, indicators=3, items=1, scenarios=2), seed=7)
    return make.result(
        make.group(40, whole=True), [({"unit": "Sales"}, make.group(30)), ({"unit": "Works council"}, None)]
    )


def seen() -> Result:
    """The same in small with interviews, and ratings from evidence that settle a scenario otherwise."""
    make = Inventor(invented_framework(dimensions=1, indicators=4, items=1, scenarios=1), seed=7)
    said = ({"source": "interview"}, make.group(2, pull=0))
    rated = ({"source": "evidence"}, make.rated(1, ("ind_0_0", "ind_0_1", "ind_0_2"), pull=1))
    texts = {"Q000": ("Minutes of nine meetings.", "A walk through the office."), "Q010": ("A register.",)}
    return with_texts(make.result(make.group(40, whole=True), [said, rated]), texts, "fills")


def analysed() -> Result:
    """The small one with everything that an analysis has to tell."""
    return with_analysis(small())


def pages() -> dict[str, str]:
    """Every kept page by the name of its file."""
    result, rated, certain = small(), seen(), analysed()
    return {
        "small.en.html": render_html(result, "en"),
        "small.fr.html": render_html(result, "fr"),
        "small.en.md": render_markdown(result, "en"),
        "small.fr.md": render_markdown(result, "fr"),
        "seen.en.md": render_markdown(rated, "en"),
        "seen.fr.md": render_markdown(rated, "fr"),
        "analysed.en.html": render_html(certain, "en"),
        "analysed.en.md": render_markdown(certain, "en"),
        "analysed.fr.md": render_markdown(certain, "fr"),
    }


if __name__ == "__main__":
    FOLDER.mkdir(exist_ok=True)
    for name, text in pages().items():
        (FOLDER / name).write_text(text, encoding="utf-8")
