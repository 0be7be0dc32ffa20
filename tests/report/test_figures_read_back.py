"""Every number on a page is the result's, found again by the place it names."""

from __future__ import annotations

import pytest

from readiness.report.html import render_html
from tests.report.building import SHAPES
from tests.report.reading import Page, read
from tests.report.tracing import values_of


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("shape", SHAPES)
def test_every_number_equals_the_result_s(shape: str, language: str) -> None:
    result = SHAPES[shape]()
    values = values_of(result)
    figures = Page(render_html(result, language)).figures
    assert len(figures) >= 3
    for path, text in figures:
        printed, digits = read(text, language)
        off = 1.0 if path.endswith("/target") else 0.5  # a target is rounded to the side that is far enough
        assert abs(printed - values[path]) <= off * 10**-digits + 1e-9, (path, text, values[path])


def test_the_figures_that_matter_are_there() -> None:
    result = SHAPES["ordinary"]()
    printed = {path for path, _ in Page(render_html(result, "en")).figures}
    values = values_of(result)
    wanted = [
        path
        for path, value in values.items()
        if value is not None
        and path.startswith("overall/")
        and path.split("/")[1] in ("dimensions", "indicators", "items", "scenarios", "readiness")
        and path.rpartition("/")[2] in ("value", "dk", "na", "missing", "not_asked", "membership", "0", "1")
        and "/interval" not in path
        and "/limiting/" not in path
    ]
    assert len(wanted) > 300
    assert [path for path in wanted if path not in printed] == []


def test_whatever_says_how_sure_a_figure_is_stands_beside_it() -> None:
    result = SHAPES["analysed"]()
    printed = {path for path, _ in Page(render_html(result, "en")).figures}
    values = values_of(result)
    beside = [
        path
        for path, value in values.items()
        if value is not None
        and path.startswith("overall/")
        and "analysis" not in path
        and ("/interval/" in path or path.endswith("/probability"))
    ]
    assert len(beside) > 80
    assert [path for path in beside if path not in printed] == []


def test_everything_that_was_found_is_printed() -> None:
    result = SHAPES["analysed"]()
    printed = {path for path, _ in Page(render_html(result, "fr")).figures}
    values = values_of(result)
    told = {
        path: value
        for path, value in values.items()
        if path.startswith("overall/analysis/") and isinstance(value, int | float) and not isinstance(value, bool)
    }
    silent = {path for path in told if path not in printed}
    few = "overall/analysis/responding/unknowing/1/"  # less than a fifth
    assert {path for path in silent if not path.startswith(few)} == {
        *(path for path in told if "/sampling/" in path or path.endswith("/p")),
        *(path for path in told if "/modes/" in path and ("interval/" in path or path.endswith("/q"))),
        *(path for path in told if "/item_rest/" in path and told[path] > 0),
        "overall/analysis/gaps/found/0/q",  # less than a thousandth
        "overall/analysis/way_out/margin",  # told as what memberships are at most
        *(path for path in told if path.endswith("/place") or "/analysis/limits/" in path),  # in sentences
        *(path for path in told if "/alternatives/" in path and "/steps/" in path and path.endswith("/cost")),
    }


def test_nothing_hidden_is_printed() -> None:
    for path, _ in Page(render_html(SHAPES["figures_hidden"](), "en")).figures:
        assert path.split("/")[0] == "respondents" or path.endswith("/n")
