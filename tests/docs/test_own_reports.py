"""What the docs show of themes, templates and languages is what works."""

from __future__ import annotations

import re
from dataclasses import fields
from pathlib import Path

import pytest

from readiness.faults import EditionError
from readiness.language.catalogues import OWN, known_messages
from readiness.language.speech import speak
from readiness.report.edition import Edition
from readiness.report.html import render_html
from readiness.report.own_templates import known_names
from readiness.report.theme.palette import COLOURS
from readiness.report.theme.reading import THEME, read_theme
from readiness.report.view import Report
from tests.docs.test_examples import ROOT, shown
from tests.report.building import SHAPES

SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 2 1"/>'


def test_the_theme_shown_is_one_and_has_every_key(tmp_path: Path) -> None:
    [settings] = shown("docs/theme.md", "yaml")
    (tmp_path / "engagement.yaml").write_text(settings, encoding="utf-8")
    (tmp_path / "logo.svg").write_text(SVG, encoding="utf-8")
    theme = read_theme(tmp_path)
    assert theme.client == "Brivelane Group"
    assert theme.light["good"] == "#15767b"
    page = (ROOT / "docs/theme.md").read_text(encoding="utf-8")
    assert {f"`{key}`" for key in (*THEME.known, *COLOURS)} <= set(re.findall(r"`\w+`", page))


def test_the_fault_of_a_colour_shown_is_said_so(tmp_path: Path) -> None:
    [said] = shown("docs/theme.md", "text")
    settings = shown("docs/theme.md", "yaml")[0].replace("#5b2a86", "#9b6bc9").replace("  logo", "  # logo")
    (tmp_path / "engagement.yaml").write_text(settings, encoding="utf-8")
    with pytest.raises(EditionError) as caught:
        read_theme(tmp_path)
    [fault] = caught.value.faults
    assert said.partition(": theme")[2].strip() == f"{fault.what}; {fault.mend}".partition("theme")[2]


def test_the_template_shown_makes_a_page(tmp_path: Path) -> None:
    [text] = shown("docs/templates.md", "jinja")
    (tmp_path / "html").mkdir()
    (tmp_path / "html/report.html.j2").write_text(text, encoding="utf-8")
    page = render_html(SHAPES["analysed"](), "en", Edition(templates=tmp_path))
    assert "with thanks to everybody who answered" in page
    assert "section-methods" not in page.partition("</style>")[2]


def test_what_the_page_on_templates_names_is_there() -> None:
    text = (ROOT / "docs/templates.md").read_text(encoding="utf-8")
    assert set(re.findall(r"`report\.(\w+)`", text)) <= {part.name for part in fields(Report)}
    names = set(re.findall(r"`((?:html|markdown)/[\w/]+\.[\w.]+)`", text))
    assert names <= set(known_names())
    rows = {name: line for line in text.splitlines() if "Blocks:" in line for name in re.findall(r"^\| `(.*?)`", line)}
    assert len(rows) > 2
    for name, row in rows.items():
        shipped = (ROOT / "report_templates" / name).read_text(encoding="utf-8")
        blocks = set(re.findall(r"{% block (\w+)", shipped))
        assert blocks == set(re.findall(r"`(\w+)`", row.partition("Blocks:")[2])), name


def test_the_words_shown_are_ours_and_speak(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    [text] = shown("docs/languages.md", "po")
    assert set(re.findall(r'msgid "(.*)"', text)) <= {ids[0] for ids in known_messages()}
    (tmp_path / "it.po").write_text(text, encoding="utf-8")
    monkeypatch.setenv(OWN, str(tmp_path))
    assert speak("it").gettext("In brief") == "In breve"
