"""What the script adds, in a real browser; without it the same page is complete."""

from __future__ import annotations

import gzip
import re
from functools import lru_cache
from pathlib import Path

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from readiness.report.html import render_html
from readiness.scoring.result import Result
from tests.report.building import SHAPES
from tests.report.conftest import Open
from tests.report.reading import Page as Reading
from tests.report.reading import figure_at
from tests.report.test_pages import faults_of


@lru_cache
def html() -> str:
    return render_html(SHAPES["analysed"](), "en")


def shown(page: Page, selector: str) -> list[str]:
    return [one.inner_text() for one in page.locator(selector).all() if one.is_visible()]


def test_without_a_script_nothing_of_it_is_seen_and_nothing_is_missing(chromium: Browser, tmp_path: Path) -> None:
    file = tmp_path / "report.html"
    file.write_text(html(), encoding="utf-8")
    read = {}
    for on in (True, False):
        context = chromium.new_context(java_script_enabled=on)
        page = context.new_page()
        page.goto(file.as_uri())
        assert page.locator("#tools").is_visible() == on
        read[on] = page.locator("main").inner_text()
        context.close()
    added = {"Copy as image"}
    plain = [line for line in read[False].split("\n") if line.strip()]
    scripted = [line for line in read[True].split("\n") if line.strip() and line.strip() not in added]
    assert [re.sub(r"\s+", "", line) for line in plain] == [re.sub(r"\s+", "", line) for line in scripted]


def test_only_this_script_runs(opened: Open) -> None:
    page = html().replace("</main>", '</main><script>document.title = "taken"</script>', 1)
    with opened(page) as seen:
        assert seen.page.title() != "taken"
        assert seen.page.locator("#tools").is_visible()


def test_a_section_folds_and_a_link_into_it_opens_it_again(opened: Open) -> None:
    with opened(html()) as seen:
        seen.page.locator("#groups > h2 .fold").click()
        assert shown(seen.page, "#groups table") == []
        assert seen.page.locator("#groups > h2 .fold").get_attribute("aria-expanded") == "false"
        seen.page.locator('nav a[href="#groups"]').click()
        assert shown(seen.page, "#groups table")
        seen.page.locator("#tools-fold").click()
        assert shown(seen.page, "#scenarios .story") == []
        seen.page.emulate_media(media="print")
        assert shown(seen.page, "#scenarios .story")


def test_filtering_leaves_the_whole_and_the_chosen_group(opened: Open) -> None:
    with opened(html()) as seen:
        options = seen.page.locator("#tools-filter option").all_inner_texts()
        seen.page.select_option("#tools-filter", options[1])
        names = shown(seen.page, "#groups .group-table:first-of-type table.heat tbody th")
        assert names == ["Everybody", options[1]]
        seen.page.select_option("#tools-filter", "")
        assert len(shown(seen.page, "#groups .group-table:first-of-type table.heat tbody th")) > 2


def test_sorting_goes_by_figures_and_leaves_the_whole_on_top(opened: Open) -> None:
    with opened(html()) as seen:
        table = seen.page.locator("#groups table.heat").first
        table.locator("thead th").nth(2).locator("button").click()
        assert table.locator("thead th").nth(2).get_attribute("aria-sort") == "descending"
        rows = [row.locator("th, td").all() for row in table.locator("tbody tr").all()]
        assert rows[0][0].inner_text() == "Everybody"
        figures = [float(row[2].locator("b").first.inner_text()) for row in rows[1:] if len(row) > 2]
        assert figures == sorted(figures, reverse=True)


def test_a_traced_figure_tells_its_place_and_all_its_decimals(opened: Open) -> None:
    result = SHAPES["analysed"]()
    with opened(html()) as seen:
        seen.page.locator("#tools-tracing").click()
        figure = seen.page.locator("#dimensions b[data-n]").first
        figure.focus()
        seen.page.keyboard.press("Enter")
        panel = seen.page.locator("#tools-trace")
        panel.wait_for(state="visible")
        path = panel.locator("code").inner_text().replace(" › ", "/")
        assert float(panel.locator("span").inner_text().removeprefix("= ")) == figure_at(result, path)
        assert panel.locator("a").get_attribute("href").startswith("#dimension-")
        seen.page.keyboard.press("Escape")
        assert not panel.is_visible()


def test_a_traced_figure_is_written_as_the_page_s_language_writes_it(opened: Open) -> None:
    result = SHAPES["analysed"]()
    with opened(render_html(result, "fr")) as seen:
        seen.page.locator("#tools-tracing").click()
        seen.page.locator("#dimensions b[data-n]").first.click()
        panel = seen.page.locator("#tools-trace")
        panel.wait_for(state="visible")
        path = panel.locator("code").inner_text().replace(" › ", "/")
        said = panel.locator("span").inner_text().removeprefix("= ")
        assert "." not in said
        assert float(said.replace(",", ".")) == figure_at(result, path)
        assert "\u00a0: " in (seen.page.locator("#groups > h2 .fold").get_attribute("aria-label") or "")


def test_an_embedded_result_that_was_tampered_with_is_said_to_be_unreadable(opened: Open) -> None:
    start = html().index("base64,") + len("base64,")
    with opened(html()[:start] + "AAAA" + html()[start:]) as seen:
        seen.page.locator("#tools-tracing").click()
        seen.page.locator("#dimensions [data-n]").first.click()
        panel = seen.page.locator("#tools-trace")
        panel.wait_for(state="visible")
        assert panel.inner_text() == "The result embedded in this page cannot be read."
        assert seen.messages == []


def test_a_chart_is_copied_as_a_picture(opened: Open, tmp_path: Path) -> None:
    with opened(html()) as seen:
        seen.page.evaluate("() => { navigator.clipboard.write = () => Promise.reject(new Error('refused')); }")
        with seen.page.expect_download() as downloading:
            seen.page.locator("#dimensions .copy").click()
        file = tmp_path / "chart.png"
        downloading.value.save_as(file)
        content = file.read_bytes()
        assert content[:8] == b"\x89PNG\r\n\x1a\n"
        assert int.from_bytes(content[16:20], "big") > 600
        assert len(content) > 5_000


def test_the_result_is_downloaded_with_as_much_in_it_as_the_page_tells(opened: Open, tmp_path: Path) -> None:
    with opened(html()) as seen:
        with seen.page.expect_download() as downloading:
            seen.page.locator("#result").click()
        file = tmp_path / downloading.value.suggested_filename
        downloading.value.save_as(file)
        assert file.name == "result.json.gz"
        carried = Result.model_validate_json(gzip.decompress(file.read_bytes()))
    whole = SHAPES["analysed"]()
    assert carried.overall == whole.overall
    for told, group in zip(carried.groups, whole.groups, strict=True):
        assert told.model_copy(update={"items": {}}) == group.model_copy(update={"items": {}})
    chosen = {
        (place, id_)
        for place, group in enumerate(carried.groups)
        for id_, item in getattr(group, "items", {}).items()
        if getattr(item, "counts", None)
    }
    printed = {
        tuple(path.split("/")[1:4:2]) for path, _ in Reading(html()).figures if "/counts/" in path and path[0] == "g"
    }
    assert {(str(place), id_) for place, id_ in chosen} == printed
    assert not any(carried.groups[place].by.get("source") for place, _ in chosen)
    assert render_html(carried, "en") == html()


def test_nobody_is_shut_out_of_what_the_script_adds(opened: Open) -> None:
    for width, scheme in ((360, "dark"), (1280, "light")):
        with opened(html(), width, scheme) as seen:
            seen.page.locator("#tools-tracing").click()
            seen.page.locator("#groups > h2 .fold").click()
            seen.page.locator("#dimensions b[data-n]").first.click()
            seen.page.locator("#tools-trace").wait_for(state="visible")
            assert faults_of(Axe().run(seen.page).response) == []
            assert seen.requests == []
            assert seen.messages == []
