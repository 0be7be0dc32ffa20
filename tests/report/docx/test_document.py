"""A Word document says what the page says, and opens without repair."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest
from docx.oxml.ns import qn

from readiness.language.speech import speak
from readiness.report.docx import render_docx
from readiness.report.edition import Edition
from readiness.report.outline import outline
from readiness.report.view import view
from tests.report.building import HOSTILE, SHAPES, hostile
from tests.report.docx.opening import faults, opened, texts
from tests.report.tracing import aligned, assert_equal_to, strangers, traced

TWIP = 635  # EMU of a twentieth of a point


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("shape", SHAPES)
def test_every_number_in_the_document_equals_the_result_s(shape: str, language: str) -> None:
    result = SHAPES[shape]()
    with traced():
        places = texts(render_docx(result, language))
    figures, around = aligned(texts(render_docx(result, language)), places)
    assert len(figures) >= 3
    assert_equal_to(result, figures, language)
    assert strangers(result, around, language) == []


@pytest.mark.parametrize("shape", SHAPES)
def test_it_opens_without_repair(shape: str) -> None:
    assert list(faults(render_docx(SHAPES[shape](), "fr"))) == []


@pytest.mark.parametrize("language", ["en", "fr"])
def test_its_sections_are_those_of_the_page(language: str) -> None:
    result = SHAPES["analysed"]()
    document = opened(render_docx(result, language))
    heads = [one.text for one in document.paragraphs if one.style and one.style.name == "Heading 1"]
    sections = outline(speak(language), view(result, language))
    assert heads == [f"{section.number}. {section.title}" for section in sections]


def test_its_contents_lead_to_every_section() -> None:
    document = opened(render_docx(SHAPES["analysed"](), "en"))
    styles = {one.style_id: one.name for one in document.styles}
    heads, entries = [], []
    for paragraph in document.element.body.iter(qn("w:p")):
        style = styles[paragraph.pPr.pStyle.val]
        if style in ("Heading 1", "Heading 2"):
            heads += [mark.get(qn("w:name")) for mark in paragraph.iter(qn("w:bookmarkStart"))]
        elif style.startswith("toc "):
            entries += [link.get(qn("w:anchor")) for link in paragraph.iter(qn("w:hyperlink"))]
    assert entries == heads


def test_a_table_s_head_is_repeated_and_no_row_split() -> None:
    body = opened(render_docx(SHAPES["ordinary"](), "en")).element.body
    tables = list(body.iter(qn("w:tbl")))
    assert len(tables) > 20
    for table in tables:
        rows = list(table.iter(qn("w:tr")))
        assert [len(list(row.iter(qn("w:tblHeader")))) for row in rows] == [1] + [0] * (len(rows) - 1)
        assert all(len(list(row.iter(qn("w:cantSplit")))) == 1 for row in rows)


def test_a_table_is_as_wide_as_the_text_and_no_wider() -> None:
    document = opened(render_docx(SHAPES["sixty_units"](), "fr"))
    section = document.sections[0]
    width = (section.page_width - section.left_margin - section.right_margin) // TWIP
    for table in document.element.body.iter(qn("w:tbl")):
        columns = [int(column.get(qn("w:w"))) for column in table.iter(qn("w:gridCol"))]
        assert sum(columns) == width
        assert min(columns) > 0


def test_a_numbered_list_begins_with_its_own_first_number() -> None:
    document = opened(render_docx(SHAPES["analysed"](), "en"))
    numbered = [one for one in document.paragraphs if one.style and one.style.name == "List Number"]
    lists = {one._p.pPr.numPr.numId.val for one in numbered}
    ways = sum(one.text.startswith("The cheapest way out") for one in document.paragraphs if _heading(one))
    assert len(lists) == ways > 0


def _heading(paragraph: object) -> bool:
    return str(getattr(getattr(paragraph, "style", None), "name", "")).startswith("Heading")


@pytest.mark.parametrize(("language", "locale"), [("en", "en-GB"), ("fr", "fr-FR"), ("fr-CA", "fr-CA")])
def test_it_says_which_language_it_is_in(language: str, locale: str) -> None:
    document = opened(render_docx(SHAPES["no_scenario"](), language))
    told = [one.get(qn("w:val")) for one in document.styles.element.iter(qn("w:lang"))]
    assert (told, document.core_properties.language) == ([locale], locale)


def test_its_properties_name_the_title_and_nobody() -> None:
    properties = opened(render_docx(SHAPES["no_scenario"](), "en")).core_properties
    assert properties.title == "Readiness of an invented company"
    assert (properties.author, properties.last_modified_by, properties.created) == ("", "", None)


def test_every_page_has_its_number() -> None:
    footer = opened(render_docx(SHAPES["no_scenario"](), "en")).sections[0].footer
    assert " PAGE " in [one.text for one in footer._element.iter(qn("w:instrText"))]


@pytest.mark.parametrize("language", ["en", "fr"])
def test_written_twice_it_is_the_same_to_the_byte(language: str) -> None:
    result = SHAPES["analysed"]()
    content = render_docx(result, language)
    assert content == render_docx(result, language)
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert {member.date_time for member in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_names_show_as_typed() -> None:
    said = texts(render_docx(hostile(), "en"))
    for typed in HOSTILE:
        assert any(" ".join(typed.split()) in " ".join(text.split()) for text in said), typed


def test_characters_that_no_file_may_hold_are_shown_as_unreadable(tmp_path: Path) -> None:
    own = tmp_path / "markdown" / "sections"
    own.mkdir(parents=True)
    (own / "brief.md.j2").write_text(r"a{{ 'b\x01\ud800c' | safe }}", encoding="ascii")
    document = render_docx(SHAPES["no_scenario"](), "en", Edition(templates=tmp_path))
    assert any("b\ufffd\ufffdc" in text for text in texts(document))


def test_what_an_own_template_says_is_said_here_too(tmp_path: Path) -> None:
    own = tmp_path / "markdown" / "sections"
    own.mkdir(parents=True)
    (own / "brief.md.j2").write_text("> Ask *us* at <https://example.org/a>.\n>\n> > Soon.\n", encoding="ascii")
    document = opened(render_docx(SHAPES["no_scenario"](), "en", Edition(templates=tmp_path)))
    quoted = [one for one in document.paragraphs if one.style and one.style.name == "Quote"]
    assert [one.text for one in quoted] == ["Ask us at https://example.org/a.", "Soon."]
    assert [link.address for link in quoted[0].hyperlinks] == ["https://example.org/a"]
    assert [run.text for run in quoted[0].runs if run.italic] == ["us"]
