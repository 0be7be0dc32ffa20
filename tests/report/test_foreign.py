"""Words of another language in a page: marked, in their direction, and nothing of the page disturbed."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from readiness.language.catalogues import OWN
from readiness.language.speech import FOREIGN, speak
from readiness.report.foreign import named, sayer
from readiness.report.html import render_html
from readiness.report.mirroring import turned
from readiness.report.words import Said
from tests.report.building import SHAPES
from tests.report.conftest import Open
from tests.report.reading import Page

OPENS, CLOSES = FOREIGN
FEW = 'msgid "In brief"\nmsgstr "{}"\n'


def marked(text: str) -> str:
    return text.join(FOREIGN)


@pytest.fixture
def own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for language, words in (("it", "In breve"), ("ar", "باختصار")):
        (tmp_path / f"{language}.po").write_text(FEW.format(words), encoding="utf-8")
    monkeypatch.setenv(OWN, str(tmp_path))
    return tmp_path


def test_english_words_are_said_to_be_english(own: Path) -> None:
    page = f"<p>{marked('a ' + marked('<b>b</b>') + ' c')}</p>"
    assert named(page, speak("it")) == '<p><span lang="en">a <span lang="en"><b>b</b></span> c</span></p>'
    assert named(page, speak("ar")).startswith('<p><span lang="en" dir="ltr">a ')


def test_where_no_element_may_stand_the_words_stand_alone(own: Path) -> None:
    page = f'<title>{marked("a")}</title><p title="{marked("b")}"><svg><text>{marked("c")}</text></svg>'
    assert named(page, speak("it")) == '<title>a</title><p title="b"><svg><text>c</text></svg>'


@given(st.lists(st.sampled_from(["<p>", "</p>", "<b>", "</b>", "x", OPENS, CLOSES]), max_size=20).map("".join))
def test_marks_never_stay_and_elements_stay_balanced(page: str) -> None:
    made = named(page, speak("en"))
    assert not set(made) & set(FOREIGN)
    assert made.count("<span") == made.count("</span")
    assert re.sub(r"</?span[^>]*>", "", made) == re.sub(f"[{OPENS}{CLOSES}]", "", page)


def test_a_paragraph_of_a_framework_keeps_its_language(own: Path) -> None:
    page = render_html(SHAPES["all_scenarios"](), "it")
    assert "&lt;span" not in page
    assert 'lang="en"' in page or "lang=en" in page


def test_a_text_that_runs_the_other_way_says_so(own: Path) -> None:
    assert sayer(speak("ar"))(Said("x", "fr")) == '<span lang="fr" dir="ltr">x</span>'
    assert sayer(speak("en"))(Said("x", "he")) == '<span lang="he" dir="rtl">x</span>'
    assert sayer(speak("en"))(Said("x", "en")) == sayer(speak("en"))("x") == "x"


def test_figures_are_the_same_in_a_language_that_is_half_translated(own: Path) -> None:
    result = SHAPES["analysed"]()
    half, whole = Page(render_html(result, "it")), Page(render_html(result, "en"))
    assert [place for place, _ in half.figures] == [place for place, _ in whole.figures]
    assert len(half.figures) > 500


def test_a_style_sheet_is_mirrored_side_by_side() -> None:
    sheet = ".a { margin-left: 1px; text-align: right; padding: 1px 2px 3px 4px; left: 0; }"
    assert turned(sheet, False) == sheet
    expected = ".a { margin-right: 1px; text-align: left; padding: 1px 4px 3px 2px; right: 0; }"
    assert turned(sheet, True).startswith(expected)
    kept = "@page { @bottom-left { x: y } } .b { padding: 1px 2px; margin: 0 0 1px; border: 0; }"
    assert turned(kept, True).startswith(kept)


@pytest.mark.parametrize("width", [360, 1280])
def test_a_page_that_runs_leftward_keeps_its_scales_and_fits(own: Path, opened: Open, width: int) -> None:
    with opened(render_html(SHAPES["ordinary"](), "ar"), width=width) as seen:
        assert seen.page.evaluate("document.documentElement.dir") == "rtl"
        assert seen.page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        ends = seen.page.locator(".scale-head .ends span")
        low, high = (ends.nth(place).bounding_box() for place in (0, 1))
        assert width < 700 or (low and high and low["x"] < high["x"])
        assert seen.messages == []
