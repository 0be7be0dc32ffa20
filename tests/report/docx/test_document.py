"""A Word document says what the page says, and opens without repair."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import Path

import pytest
from docx.oxml.ns import qn

from readiness.faults import EditionError
from readiness.framework.frozen import Text
from readiness.language.catalogues import OWN
from readiness.language.speech import speak
from readiness.report.docx import render_docx
from readiness.report.edition import Edition
from readiness.report.outline import outline
from readiness.report.theme import Logo, Theme
from readiness.report.view import view
from tests.report.building import HOSTILE, SHAPES, Inventor, hostile, invented_framework
from tests.report.docx.opening import faults, opened, texts
from tests.report.payloads import PAYLOADS
from tests.report.tracing import aligned, assert_equal_to, strangers, traced

BLANKS = re.compile(r"[ \t\r\n\f\v]+")
UNREADABLE = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
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
        if style == "Heading 1":
            heads += [mark.get(qn("w:name")) for mark in paragraph.iter(qn("w:bookmarkStart"))]
        elif style.startswith("toc "):
            entries += [link.get(qn("w:anchor")) for link in paragraph.iter(qn("w:hyperlink"))]
    assert entries == heads != []


def test_what_is_said_first_begins_on_a_page_of_its_own() -> None:
    document = opened(render_docx(SHAPES["analysed"](), "en"))
    broken = [one.text for one in document.paragraphs if one.paragraph_format.page_break_before]
    assert broken == ["1. In brief"]


def test_a_template_of_one_s_own_that_makes_no_xml_is_a_fault_of_it(tmp_path: Path) -> None:
    own = tmp_path / "docx"
    own.mkdir()
    (own / "styles.xml.j2").write_text("<w:styles>")
    with pytest.raises(EditionError) as refused:
        render_docx(SHAPES["no_scenario"](), "en", Edition(templates=tmp_path))
    assert "styles.xml.j2" in str(refused.value)


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


@pytest.mark.usefixtures("really_drawn")
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


@pytest.mark.usefixtures("really_drawn")
def test_every_chart_has_its_words_and_a_numbered_caption() -> None:
    document = opened(render_docx(SHAPES["analysed"](), "en"))
    captions = [one.text for one in document.paragraphs if one.style and one.style.name == "Caption"]
    pictures = [one._inline.docPr.get("descr") for one in document.inline_shapes]
    assert len(pictures) > 5
    assert len({one.sha1 for one in document.part.package.image_parts}) == len(pictures)
    for number, (caption, words) in enumerate(zip(captions, pictures, strict=True), start=1):
        title = caption.removeprefix(f"Figure {number}. ")
        assert title != caption
        assert words.startswith(f"{title}. ")


def test_without_a_font_it_is_said_in_words_what_charts_show(monkeypatch: pytest.MonkeyPatch) -> None:
    result = SHAPES["ordinary"]()
    words = [one._inline.docPr.get("descr") for one in opened(render_docx(result, "en")).inline_shapes]
    monkeypatch.setattr("readiness.report.docx.body.can_letter", lambda: False)
    document = opened(render_docx(result, "en"))
    assert len(document.inline_shapes) == 0
    assert [one.text for one in document.paragraphs if one.style and one.style.name == "Caption"] == words


def test_a_theme_s_names_stand_at_head_and_foot() -> None:
    theme = Theme(
        client="Brivelane Group",
        firm="Example & Partners",
        authors=("A. Person", "B. Person"),
        confidentiality=Text({"en": "Confidential", "fr": "Confidentiel"}),
        light={"accent": "#aa0055"},
        serif="Garamond",
    )
    document = opened(render_docx(SHAPES["no_scenario"](), "fr", Edition(theme=theme)))
    section, properties = document.sections[0], document.core_properties
    assert section.header.paragraphs[0].text.startswith("Brivelane Group · Readiness")
    assert section.footer.paragraphs[0].text.startswith("Confidentiel · Example & Partners\t")
    assert (properties.author, properties.subject) == ("A. Person et B. Person", "Brivelane Group")
    heading = document.styles["Heading 1"].font
    assert (str(heading.color.rgb), heading.name) == ("AA0055", "Garamond")


SVG = b'<svg xmlns="http://www.w3.org/2000/svg" width="90" height="30"><rect width="90" height="30" fill="red"/></svg>'


def test_a_logo_stands_above_the_title_with_its_words() -> None:
    theme = Theme(logo=Logo("logo.svg", "image/svg+xml", SVG, Text({"en": "Example & Partners"})))
    content = render_docx(SHAPES["no_scenario"](), "en", Edition(theme=theme))
    assert list(faults(content)) == []
    (first, *_) = opened(content).inline_shapes
    assert first._inline.docPr.get("descr") == "Example & Partners"
    assert first.width == 3 * first.height
    assert texts(content)[1:3] == ["Example & Partners", "Readiness of an invented company"]


def test_bold_and_slanted_words_stay_so() -> None:
    document = opened(render_docx(SHAPES["ordinary"](), "en"))
    headline = next(one for one in document.paragraphs if one.text.endswith("Individual groups are on 10 more."))
    assert [run.bold for run in headline.runs] == [True]


def test_whatever_is_typed_shows_as_typed_and_breaks_nothing() -> None:
    make = Inventor(invented_framework(dimensions=1, indicators=1, items=1, scenarios=0))
    groups = [({"unit": payload}, make.group(30)) for payload in PAYLOADS]
    content = render_docx(make.result(make.group(40, whole=True), groups), "en")
    assert len(PAYLOADS) >= 200
    assert list(faults(content)) == []
    said = {BLANKS.sub(" ", text).strip() for text in texts(content)}
    assert [payload for payload in PAYLOADS if shown(payload) not in said] == []


def shown(typed: str) -> str:
    """What is typed as a line of text that a file can hold."""
    return BLANKS.sub(" ", UNREADABLE.sub("\ufffd", BLANKS.sub(" ", typed))).strip()


def test_a_language_from_right_to_left_runs_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "ar.po").write_text('msgid "In brief"\nmsgstr "باختصار"\n', encoding="utf-8")
    monkeypatch.setenv(OWN, str(tmp_path))
    content = render_docx(SHAPES["ordinary"](), "ar")
    document = opened(content)
    assert list(faults(content)) == []
    assert (
        document.styles.element.find(f"{qn('w:docDefaults')}/{qn('w:pPrDefault')}/{qn('w:pPr')}/{qn('w:bidi')}")
        is not None
    )
    assert all(len(list(table.iter(qn("w:bidiVisual")))) == 1 for table in document.element.body.iter(qn("w:tbl")))
    assert any(one.text == "1. باختصار" for one in document.paragraphs)
