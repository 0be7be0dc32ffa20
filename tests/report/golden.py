"""The small report that is kept as a snapshot. `python -m tests.report.golden` writes it anew."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

from readiness.report.html import render_html
from readiness.report.markdown import render_markdown
from readiness.scoring.result import Result
from tests.report.analysing import with_analysis
from tests.report.building import LONG_UNITS, Inventor, invented_framework, with_texts
from tests.report.reading import Lines

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


def _without_script(page: str) -> str:
    """The script is the same on every page, which names its fingerprint, and has tests of its own."""
    return re.sub(r"(?s)<script>.*?</script>", "<script></script>", page)


@lru_cache
def pages() -> dict[str, str]:
    """Every kept page by the name of its file."""
    result, rated, certain = small(), seen(), analysed()
    return {
        "small.en.html": _without_script(render_html(result, "en")),
        "small.fr.html": _without_script(render_html(result, "fr")),
        "small.en.md": render_markdown(result, "en"),
        "small.fr.md": render_markdown(result, "fr"),
        "seen.en.md": render_markdown(rated, "en"),
        "seen.fr.md": render_markdown(rated, "fr"),
        "analysed.en.html": _without_script(render_html(certain, "en")),
        "analysed.en.md": render_markdown(certain, "en"),
        "analysed.fr.md": render_markdown(certain, "fr"),
    }


def shapes() -> dict[str, Result]:
    """The shapes that a page has to take, of a small framework, so that what they say can be read whole."""

    def make(scenarios: int = 2, seed: int = 7) -> Inventor:
        return Inventor(invented_framework(dimensions=2, indicators=2, items=1, scenarios=scenarios), seed)

    def units(inventor: Inventor, names: Sequence[str]) -> Result:
        return inventor.result(
            inventor.group(15 * len(names), whole=True), [({"unit": name}, inventor.group(15)) for name in names]
        )

    everywhere = make(scenarios=4)
    return {
        "long_names": units(make(), LONG_UNITS[3:6]),
        "sixty_units": units(make(), LONG_UNITS),
        "one_unit": units(make(), ("Sales",)),
        "no_scenario": units(make(scenarios=0), ("Sales", "IT")),
        "all_scenarios": everywhere.result(
            everywhere.group(40, pull=1, whole=True), [({"unit": "Sales"}, everywhere.group(20, pull=1))]
        ),
        "everything_suppressed": make().result(None, [({"unit": unit}, None) for unit in ("Sales", "IT")]),
        "one_interview": make().result(make().group(1, whole=True, missing=0.2)),
    }


@lru_cache
def outlines() -> dict[str, str]:
    """What the page of every shape says, by the name of its file."""
    return {
        f"{shape}.{language}.txt": "\n".join(Lines(render_html(result, language)).lines) + "\n"
        for shape, result in shapes().items()
        for language in ("en", "fr")
    }


if __name__ == "__main__":
    FOLDER.mkdir(exist_ok=True)
    for name, text in {**pages(), **outlines()}.items():
        (FOLDER / name).write_text(text, encoding="utf-8")
