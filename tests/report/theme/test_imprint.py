"""Whose a report is: at its head, at its foot, in every language; whatever is typed there is shown as typed."""

from __future__ import annotations

import datetime
import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from hypothesis import given
from hypothesis import strategies as st

from readiness.framework.frozen import Text
from readiness.report.edition import Edition
from readiness.report.html import render_html
from readiness.report.markdown import render_markdown
from readiness.report.theme import Logo, Theme
from readiness.report.theme.style import quoted
from tests.report.building import HOSTILE, SHAPES
from tests.report.conftest import Open

SVG = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 4 1"><rect width="4" height="1" fill="#5b2a86"/></svg>'
FULL = Theme(
    client="Brivelane",
    firm="Marlowe & Finch",
    authors=("Ada Marlowe", "Élie Finch"),
    date=datetime.date(2026, 3, 5),
    confidentiality=Text({"en": "For the board", "fr": "Réservé au conseil"}),
    logo=Logo("logo.svg", "image/svg+xml", SVG, Text({"en": "Two birds", "fr": "Deux oiseaux"})),
    light={"accent": "#5b2a86"},
    dark={"accent": "#c9a4ee"},
    serif="Garamond",
)


def test_the_head_of_a_page_is_in_its_language() -> None:
    english, french = (render_html(SHAPES["ordinary"](), language, Edition(theme=FULL)) for language in ("en", "fr"))
    for words in ("Brivelane", "Marlowe &amp; Finch", "Ada Marlowe and Élie Finch", "5 March 2026", "Two birds"):
        assert words in english
    for words in ("Ada Marlowe et Élie Finch", "5 mars 2026", "Réservé au conseil", "Deux oiseaux"):
        assert words in french


def test_the_head_of_markdown_says_the_same() -> None:
    head = render_markdown(SHAPES["ordinary"](), "fr", Edition(theme=FULL)).partition("\n## ")[0]
    for words in (
        "**Brivelane**",
        "Marlowe \\& Finch · Ada Marlowe et Élie Finch · 5 mars 2026",
        "*Réservé au conseil*",
    ):
        assert words in head


def test_a_report_of_nobody_s_names_nobody() -> None:
    page = render_html(SHAPES["ordinary"](), "en")
    assert 'class="confidential"' not in page
    assert "<img" not in page


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_theme_s_colours_and_fonts_are_the_page_s(scheme: str, opened: Open) -> None:
    with opened(render_html(SHAPES["ordinary"](), "en", Edition(theme=FULL)), scheme=scheme) as seen:
        accent = seen.page.evaluate("getComputedStyle(document.querySelector('.eyebrow')).color")
        font = seen.page.evaluate("getComputedStyle(document.querySelector('h1')).fontFamily")
        drawn = seen.page.evaluate("document.querySelector('.logo img').naturalWidth")
        assert accent == {"light": "rgb(91, 42, 134)", "dark": "rgb(201, 164, 238)"}[scheme]
        assert font.startswith("Garamond,")
        assert drawn > 0
        assert Axe().run(seen.page).response["violations"] == []
        assert (seen.requests, seen.messages) == ([], [])


def test_whatever_is_typed_is_shown_as_typed(opened: Open) -> None:
    theme = Theme(client=" ".join(HOSTILE), firm=HOSTILE[0], authors=HOSTILE, confidentiality=Text({"": HOSTILE[3]}))
    with opened(render_html(SHAPES["one_unit"](), "en", Edition(theme=theme))) as seen:
        for place, typed in ((".client", HOSTILE), (".signed", HOSTILE), (".confidential", HOSTILE[3:4])):
            shown = " ".join(seen.page.inner_text(place).split())
            for text in typed:
                assert " ".join(text.split()) in shown
        assert seen.messages == []
        assert seen.page.locator("h2").count() > 3


@given(st.text(max_size=60))
def test_a_css_string_ends_where_it_ends(text: str) -> None:
    inside = quoted(text)[1:-1]
    assert not re.search(r"[\"'<>;{}\n]", inside)
    read = re.sub(r"\\([0-9a-f]{1,6}) ", lambda found: chr(int(found[1], 16)), inside)
    assert read == text


def test_drawings_that_stand_by_themselves_have_the_theme_s_colours() -> None:
    from readiness.language.speech import speak
    from readiness.report.drawings import drawings
    from readiness.report.view import view

    plain = drawings(speak("en"), view(SHAPES["ordinary"](), "en"))
    themed = drawings(speak("en"), view(SHAPES["ordinary"](), "en", Edition(theme=FULL)))
    assert any('="#0b4f6c"' in drawing.svg for drawing in plain)
    for before, after in zip(plain, themed, strict=True):
        assert after.svg.count('="#5b2a86"') == before.svg.count('="#0b4f6c"')
        assert '="#0b4f6c"' not in after.svg


def test_colours_for_light_leave_the_shipped_dark_ones_alone(opened: Open) -> None:
    theme = Theme(light={"accent": "#5b2a86", "risk": "#9a1b4a"}, dark={"accent": "#c9a4ee"})
    page = render_html(SHAPES["one_unit"](), "en", Edition(theme=theme))
    colour = "name => getComputedStyle(document.documentElement).getPropertyValue(name).trim()"
    expected = {
        ("light", "screen"): ("#5b2a86", "#9a1b4a"),
        ("dark", "screen"): ("#c9a4ee", "#f0956a"),
        ("dark", "print"): ("#5b2a86", "#9a1b4a"),
    }
    for (scheme, media), colours in expected.items():
        with opened(page, 1280, scheme, media) as seen:
            assert tuple(seen.page.evaluate(colour, f"--{name}") for name in ("accent", "risk")) == colours
