"""The page in a real browser: readable for everyone, silent, nothing cut, nothing fetched."""

from __future__ import annotations

from functools import lru_cache

import pytest
from axe_playwright_python.sync_playwright import Axe

from readiness.report.html import render_html
from tests.report.building import HOSTILE, SHAPES, Inventor, hostile, invented_framework
from tests.report.conftest import Open

pytestmark = pytest.mark.browser

WAYS = [
    *((width, scheme, "screen") for width in (360, 768, 1280) for scheme in ("light", "dark")),
    (794, "light", "print"),
]
# What a reader can see of an element: its box, unless it stands in a region that scrolls or is for screen readers.
OVERFLOWING = """() => [...document.querySelectorAll('main *, header *, nav *, footer *')].filter(e => {
    if (e.closest('svg') || e.closest('.region') || e.closest('.sr')) return false;
    const box = e.getBoundingClientRect();
    return box.width > 0 && (box.right > innerWidth + 1 || box.left < -1);
}).map(e => e.outerHTML.slice(0, 120))"""
CUT = """() => [...document.querySelectorAll('main *')].filter(e =>
    !e.closest('.region') && !e.closest('svg') && !e.closest('.sr') && getComputedStyle(e).overflowX !== 'auto'
    && e.clientWidth > 0 && e.scrollWidth > e.clientWidth + 1 && getComputedStyle(e).display !== 'inline'
).map(e => e.outerHTML.slice(0, 120))"""
OVERLAPPING = """() => {
    const texts = [];
    const walker = document.createTreeWalker(document.querySelector('main'), NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
        const node = walker.currentNode;
        if (!node.data.trim() || node.parentElement.closest('.sr, svg')) continue;
        const range = document.createRange();
        range.selectNodeContents(node);
        for (const box of range.getClientRects())
            if (box.width > 1 && box.height > 1) texts.push([box, node.data.trim().slice(0, 40)]);
    }
    texts.sort((a, b) => a[0].top - b[0].top);
    const found = [];
    for (let i = 0; i < texts.length; i++)
        for (let j = i + 1; j < texts.length && texts[j][0].top < texts[i][0].bottom; j++) {
            const [a, b] = [texts[i][0], texts[j][0]];
            const wide = Math.min(a.right, b.right) - Math.max(a.left, b.left);
            const high = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
            if (wide > 2 && high > 0.4 * Math.min(a.height, b.height)) found.push([texts[i][1], texts[j][1]]);
        }
    return found.slice(0, 20);
}"""


@lru_cache
def page_of(shape: str, language: str) -> str:
    return render_html(SHAPES[shape](), language)


def faults_of(found: dict) -> list[tuple[str, str]]:
    return [(fault["id"], node["html"][:160]) for fault in found["violations"] for node in fault["nodes"][:3]]


@pytest.mark.parametrize(("width", "scheme", "media"), WAYS)
@pytest.mark.parametrize("language", ["en", "fr"])
def test_nobody_is_shut_out(opened: Open, language: str, width: int, scheme: str, media: str) -> None:
    with opened(page_of("analysed", language), width, scheme, media) as seen:
        assert faults_of(Axe().run(seen.page).response) == []
        assert seen.requests == []
        assert seen.messages == []


@pytest.mark.parametrize("shape", [shape for shape in SHAPES if shape != "analysed"])
def test_nobody_is_shut_out_of_any_shape(opened: Open, shape: str) -> None:
    with opened(page_of(shape, "fr"), 360, "dark") as seen:
        assert faults_of(Axe().run(seen.page).response) == []
        assert seen.requests == []
        assert seen.messages == []


@pytest.mark.parametrize(("width", "media"), [(360, "screen"), (768, "screen"), (1280, "screen"), (672, "print")])
@pytest.mark.parametrize("shape", SHAPES)
def test_nothing_is_cut_and_no_text_overlaps(opened: Open, shape: str, width: int, media: str) -> None:
    with opened(page_of(shape, "fr"), width, "light", media) as seen:
        assert seen.page.evaluate("document.documentElement.scrollWidth") <= width
        assert seen.page.evaluate(OVERFLOWING) == []
        assert seen.page.evaluate(CUT) == []
        assert seen.page.evaluate(OVERLAPPING) == []


def test_hostile_names_show_as_typed(opened: Open) -> None:
    with opened(render_html(hostile(), "en")) as seen:
        names = seen.page.locator("#groups table.heat tbody th bdi").all_text_contents()
        assert names[1:] == list(HOSTILE)
        assert seen.page.locator("main script, main img, iframe").count() == 0
        assert seen.requests == []
        assert seen.messages == []


def test_every_link_leads_somewhere(opened: Open) -> None:
    with opened(page_of("ordinary", "en")) as seen:
        nowhere = """[...document.querySelectorAll('a[href^="#"]')].map(a => a.getAttribute('href').slice(1))
            .filter(id => !document.getElementById(id))"""
        assert seen.page.evaluate(nowhere) == []
        ids = seen.page.evaluate("[...document.querySelectorAll('[id]')].map(e => e.id)")
        assert len(ids) == len(set(ids))


def test_the_keyboard_reaches_the_report_and_its_tables(opened: Open) -> None:
    with opened(page_of("ordinary", "en"), 360) as seen:
        seen.page.keyboard.press("Tab")
        assert seen.page.evaluate("document.activeElement.className") == "skip"
        seen.page.keyboard.press("Enter")
        assert seen.page.evaluate("document.activeElement.id") == "report"
        wide = "[...document.querySelectorAll('.region')].every(e => e.tabIndex === 0 && e.getAttribute('aria-label'))"
        assert seen.page.evaluate(wide)


@pytest.mark.parametrize("width", [360, 1280])
def test_beside_every_profile_stands_which_figure_is_bounds_and_which_is_the_interval(opened: Open, width: int) -> None:
    with opened(page_of("analysed", "en"), width) as seen:
        for section in ("brief", "dimensions", "interviews"):
            keys = seen.page.locator(f"#{section} .key, #{section} .scale-head").all()
            said = [key.inner_text() for key in keys if key.is_visible()]
            assert len(said) == 1, section
            assert "bounds" in said[0]
            assert ("95% interval" in said[0]) == (section != "interviews")  # whose people were chosen


@pytest.mark.parametrize("dimensions", [1, 2, 5])
def test_dots_are_as_large_whatever_the_number_of_dimensions(opened: Open, dimensions: int) -> None:
    make = Inventor(invented_framework(dimensions=dimensions, scenarios=0))
    result = make.result(make.group(40, whole=True), [({"unit": "Sales"}, make.group(30))])
    with opened(render_html(result, "en")) as seen:
        height = seen.page.locator(".dots tbody svg").first.bounding_box()["height"]
        assert 15 <= height <= 32
