"""One self-contained file, the same every time, for any framework, with templates of one's own."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from readiness.framework.catalogue import shipped, templates_folder
from readiness.framework.loading import load
from readiness.report.edition import Edition
from readiness.report.html import render_html
from readiness.report.markdown import render_markdown
from readiness.report.templates import sha256
from tests.report.building import SHAPES, Inventor, hostile, invented_framework
from tests.report.golden import FOLDER, outlines, pages
from tests.report.reading import Page

RENDERERS = [render_html, render_markdown]


def test_no_other_page_is_kept() -> None:
    assert {path.name for path in FOLDER.iterdir()} == {*pages(), *outlines()}


@pytest.mark.parametrize("name", pages())
def test_the_small_report_is_as_it_was(name: str) -> None:
    kept = (FOLDER / name).read_text(encoding="utf-8")
    assert pages()[name] == kept, "if this is meant: python -m tests.report.golden"


@pytest.mark.parametrize("name", outlines())
def test_what_every_shape_says_is_as_it_was(name: str) -> None:
    kept = (FOLDER / name).read_text(encoding="utf-8")
    assert outlines()[name] == kept, "if this is meant: python -m tests.report.golden"


@pytest.mark.parametrize("render", RENDERERS)
@pytest.mark.parametrize("shape", SHAPES)
def test_rendering_twice_gives_the_same_bytes(shape: str, render: object) -> None:
    assert callable(render)
    assert render(SHAPES[shape](), "fr") == render(SHAPES[shape](), "fr")


@pytest.mark.parametrize("shape", SHAPES)
def test_a_page_is_whole_and_asks_for_nothing(shape: str) -> None:
    html = render_html(SHAPES[shape](), "en")
    Page(html)  # every element is closed
    script = re.findall(r"(?s)<script>(.*?)</script>", html)
    assert [f"script-src '{sha256(one)}'" in html for one in script] == [True]
    assert "default-src 'none'" in html
    html = html.replace(script[0], "")
    assert not re.search(r"(?i)<(link|iframe|object|embed|img|form)\b", html)
    assert not re.search(r"""(?i)\s(on\w+|src|srcset|action)\s*=\s*["']""", html.replace("&#34;", ""))
    assert not re.search(r"""(?i)@import|url\((?!#|"data:image)""", html)
    outside = [target for target in re.findall(r'href="([^"]*)"', html) if not target.startswith("#")]
    assert [target.partition(",")[0] for target in outside] == ["data:application/gzip;base64"]


def test_hostile_names_stay_text() -> None:
    html = render_html(hostile(), "en")
    assert html.count("<script") == 1
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in html
    assert "{{ 7*7 }}" in html


def test_characters_that_no_page_may_hold_are_shown_as_unreadable() -> None:
    names = ["a\x00b", "a\x1bb", "a\x85b"]
    make = Inventor(invented_framework(scenarios=0))
    result = make.result(make.group(9, whole=True), [({"unit": name}, make.group(9)) for name in names])
    for render in RENDERERS:
        text = render(result, "en")
        assert text.count("a\ufffdb") >= 3
        text.encode("utf-8")


@pytest.mark.parametrize("language", ["en", "fr"])
def test_every_shipped_framework_renders(language: str) -> None:
    for folder in shipped().values():
        make = Inventor(load(folder))
        result = make.result(make.group(50, whole=True), [({"unit": "A"}, make.group(20)), ({"unit": "B"}, None)])
        for render in RENDERERS:
            assert len(render(result, language)) > 5000


def test_nothing_in_the_report_knows_our_framework() -> None:
    ids = {
        id_
        for folder in shipped().values()
        for framework in [load(folder)]
        for id_ in (*framework.indicators, *framework.scenarios, *framework.items, *framework.families)
        if "_" in id_ or id_.isupper()
    }
    code = [*templates_folder().rglob("*.j2"), *(templates_folder().parent / "readiness" / "report").rglob("*.py")]
    words = {word for file in code for word in re.findall(r"\w+", file.read_text(encoding="utf-8"))}
    assert ids & words == set()


def test_texts_in_another_language_than_the_page_say_so() -> None:
    make = Inventor(invented_framework(languages=["de"], scenarios=1))
    html = render_html(make.result(make.group(9, whole=True)), "fr")
    assert re.search(r"<html lang=\"?fr\"?>", html)
    assert re.search(r'<span lang="?de"?>Readiness of an invented company</span>', html)


def test_own_templates_stand_before_the_shipped_ones(tmp_path: Path) -> None:
    (tmp_path / "html").mkdir()
    own = '{% extends "shipped/html/report.html.j2" %}{% block colophon %}<p>Our firm</p>{% endblock %}'
    (tmp_path / "html" / "report.html.j2").write_text(own, encoding="utf-8")
    html = render_html(SHAPES["one_unit"](), "en", Edition(templates=tmp_path))
    assert "<p>Our firm</p>" in html
    assert html.count("<h2") == render_html(SHAPES["one_unit"](), "en").count("<h2")


@pytest.mark.parametrize("render", RENDERERS)
def test_what_could_not_be_read_and_how_people_count_is_told(render: object) -> None:
    assert callable(render)
    plain = SHAPES["ordinary"]()
    told = plain.respondents.model_copy(update={"unread": 34, "weighted": True, "balance": "role"})
    page, before = (render(result, "fr") for result in (plain.model_copy(update={"respondents": told}), plain))
    for words in ("Cellules illisibles", "Les réponses sont pondérées", "Chaque valeur de «"):
        assert words in page
        assert words not in before
    assert "34" in page
