"""A unit's page: every number is its extract's, nothing of another group is in it, and nobody is shut out."""

from __future__ import annotations

import json
import re
from copy import deepcopy
from functools import lru_cache
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe

from readiness.analysis.against import against, is_apart
from readiness.framework.catalogue import templates_folder
from readiness.report.units.extract import Extracts
from readiness.report.units.index import index_page
from readiness.report.units.page import Pages
from readiness.report.units.table import units_of
from readiness.report.units.view import unit_report
from readiness.report.words import Reader
from readiness.scoring.result import Estimate, SubGroup, Suppressed
from tests.report.building import HOSTILE, SHAPES, hostile
from tests.report.conftest import Open
from tests.report.reading import Page, figure_at, read
from tests.report.test_pages import CUT, OVERFLOWING, OVERLAPPING, WAYS, faults_of
from tests.report.units.making import KEYS, pages_of

PATHS = re.compile(r"^(group|against|answering)/")


@lru_cache
def pages(shape: str, language: str) -> dict[str, str]:
    return pages_of(SHAPES[shape](), language)


@lru_cache
def index(shape: str, language: str) -> str:
    result = SHAPES[shape]()
    return "".join(index_page(Pages(result, language), result, units_of(result, KEYS)))


def at(record: Any, path: str) -> Any:
    for part in path.split("/"):
        record = record[int(part)] if isinstance(record, list) else record[part]
    return record


def off_by(path: str) -> float:
    return 1.0 if path.endswith("/target") else 0.5  # a target is rounded to the side that is far enough


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("shape", ["ordinary", "analysed", "sixty_units"])
def test_every_number_is_that_of_the_extract_within_the_page(shape: str, language: str) -> None:
    for html in list(pages(shape, language).values())[:8]:
        page = Page(html)
        assert len(page.figures) >= 50
        for path, text in page.figures:
            assert PATHS.match(path)
            printed, digits = read(text, language)
            assert abs(printed - at(page.result, path)) <= off_by(path) * 10**-digits + 1e-9, (path, text)


@pytest.mark.parametrize("language", ["en", "fr"])
def test_every_number_of_the_index_is_the_result_s(language: str) -> None:
    result = SHAPES["ordinary"]()
    figures = Page(index("ordinary", language)).figures
    assert len(figures) == 9 * 6  # eight groups and everybody: how many answered, and five dimensions
    for path, text in figures:
        printed, digits = read(text, language)
        assert abs(printed - figure_at(result, path)) <= 0.5 * 10**-digits + 1e-9


def test_a_page_holds_its_own_group_and_no_other() -> None:
    made = pages("ordinary", "en")
    for name, html in made.items():
        extract = Page(html).result
        assert extract["group"]["by"] == {"unit": None if name == "None" else name}
        assert extract["against"]["whom"] == "rest"
        others = [other for other in made if other not in (name, "None", "IT")]
        assert [other for other in others if other in html.replace(name, "") or other in json.dumps(extract)] == []


def test_a_figure_that_is_hidden_is_hatched_and_has_no_number() -> None:
    result = SHAPES["ordinary"]()
    finance = next(one for one in result.groups if isinstance(one, SubGroup) and one.by == {"unit": "Finance"})
    hidden = [id_ for id_, one in finance.indicators.items() if isinstance(one, Suppressed)]
    assert hidden
    html = pages("ordinary", "en")["Finance"]
    shown = {path for path, _ in Page(html).figures}
    assert not [path for path in shown for id_ in hidden if path.startswith(f"group/indicators/{id_}/")]
    assert not [path for path in shown for id_ in hidden if path == f"against/indicators/{id_}"]
    assert html.count('<span class="hidden-mark">') >= len(hidden)


@pytest.mark.parametrize(("spared", "verb"), [(0, ""), (1, "is"), (2, "are")])
def test_the_headline_says_why_it_counts_fewer_ways_to_fail_than_there_are(spared: int, verb: str) -> None:
    result = deepcopy(SHAPES["ordinary"]())
    risks = [one for one in result.framework.texts["scenarios"].values() if one["kind"] == "risk"]
    for place, one in enumerate(risks):
        one["level"] = "organisation" if place < spared else "any"
    said = f"Of {len(risks)} in all, {spared} {verb} assessed only for the whole organisation."
    assert all((said in page) == bool(spared) for page in pages_of(result).values())


def test_better_or_worse_is_said_only_beyond_the_intervals_of_both() -> None:
    result = SHAPES["analysed"]()
    reader = Reader(result.framework.texts, "en")
    said = set()
    for group in [one for one in result.groups if isinstance(one, SubGroup) and list(one.by) == ["unit"]]:
        rest = next(against(result, None, [group]))
        assert rest is not None
        report = unit_report(reader, Extracts(result).of(group, rest), 5)
        for one in [one for part in report.parts for one in part.indicators]:
            own, other = group.indicators[one.line.id], rest.indicators.get(one.line.id)
            said.add(one.apart)
            if one.apart:
                assert isinstance(own, Estimate)
                assert own.value is not None
                assert other is not None
                assert is_apart(own, other, rest.indicator_margins[one.line.id])
                good = (own.value > other) == (one.line.desired == "high")
                words = {"higher", "lower"} if one.line.desired == "none" else {"better" if good else "worse"}
                assert one.apart in words
    assert {"better", "worse", ""} <= said


def test_the_palette_is_the_report_s() -> None:
    def blocks(name: str) -> list[dict[str, str]]:
        style = (templates_folder() / name).read_text(encoding="utf-8")
        found = re.findall(r":root \{(.*?)\}", style, re.DOTALL)[:2]
        return [dict(re.findall(r"--(\w+): (#[0-9a-f]{6})", block)) for block in found]

    for own, shared in zip(blocks("unit/unit.css"), blocks("html/report.css"), strict=True):
        assert own
        assert own == {name: shared[name] for name in own}


def test_a_page_is_light_enough_to_be_mailed() -> None:
    for language in ("en", "fr"):
        for html in pages("analysed", language).values():
            assert len(html.encode()) < 65_000


@pytest.mark.browser
@pytest.mark.parametrize(("width", "scheme", "media"), WAYS)
@pytest.mark.parametrize("language", ["en", "fr"])
def test_nobody_is_shut_out_of_a_unit_s_page(opened: Open, language: str, width: int, scheme: str, media: str) -> None:
    for html in (
        pages("analysed", language)["Claims"],
        pages("ordinary", language)["Finance"],
        index("ordinary", language),
    ):
        with opened(html, width, scheme, media) as seen:
            assert faults_of(Axe().run(seen.page).response) == []
            assert seen.requests == []
            assert seen.messages == []


@pytest.mark.browser
@pytest.mark.parametrize(("width", "media"), [(360, "screen"), (768, "screen"), (1280, "screen"), (672, "print")])
def test_nothing_of_a_unit_s_page_is_cut_and_no_text_overlaps(opened: Open, width: int, media: str) -> None:
    long = list(pages("sixty_units", "fr").values())
    made = [pages("analysed", "fr")["Claims"], pages("ordinary", "fr")["Finance"], long[0], index("sixty_units", "fr")]
    for html in made:
        with opened(html, width, "light", media) as seen:
            assert seen.page.evaluate("document.documentElement.scrollWidth") <= width
            assert seen.page.evaluate(OVERFLOWING) == []
            assert seen.page.evaluate(CUT) == []
            assert seen.page.evaluate(OVERLAPPING) == []


@pytest.mark.browser
def test_hostile_names_of_units_show_as_typed(opened: Open) -> None:
    made = pages_of(hostile())
    for name in HOSTILE:
        with opened(made[name]) as seen:
            assert seen.page.locator("h1 bdi").text_content() == name
            assert seen.page.locator("script, img, iframe").count() == 0
            assert (seen.requests, seen.messages) == ([], [])
    with opened(index("hostile", "en")) as seen:
        assert seen.page.locator("tbody th bdi").all_text_contents()[1:] == list(HOSTILE)
        assert seen.page.locator("script, img, iframe").count() == 0


@pytest.mark.browser
def test_every_link_of_a_unit_s_page_leads_somewhere(opened: Open) -> None:
    with opened(pages("analysed", "en")["Claims"]) as seen:
        nowhere = """[...document.querySelectorAll('a[href^="#"], use')].map(a => a.getAttribute('href').slice(1))
            .filter(id => !document.getElementById(id))"""
        assert seen.page.evaluate(nowhere) == []
        ids = seen.page.evaluate("[...document.querySelectorAll('[id]')].map(e => e.id)")
        assert len(ids) == len(set(ids))
