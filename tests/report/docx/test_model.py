"""A firm's own document is written into, and refused where it is none."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from docx import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from hypothesis import given
from hypothesis import strategies as st

from readiness.faults import InputError
from readiness.framework.frozen import Text
from readiness.report.docx import render_docx
from readiness.report.docx.model import firm_s
from readiness.report.docx.pictures import png
from readiness.report.edition import Edition
from readiness.report.theme import Logo, Theme
from tests.report.building import SHAPES
from tests.report.docx.conftest import DOT
from tests.report.docx.opening import faults, opened, texts


def letter(path: Path, *said: str) -> Path:
    """A firm's document: US Letter, a head of its own, a Heading 1 of its own, and what it says."""
    document = Document()
    document.sections[0].left_margin = Mm(50)
    document.sections[0].header.paragraphs[0].text = "Example & Partners"
    document.styles["Heading 1"].font.size = Pt(31)
    for words in said:
        document.add_paragraph(words)
    document.save(str(path))
    return path


def test_its_page_its_head_and_its_styles_are_kept(tmp_path: Path) -> None:
    content = render_docx(SHAPES["ordinary"](), "en", model=letter(tmp_path / "firm.docx", "Lorem"))
    document = opened(content)
    assert list(faults(content)) == []
    assert round(document.sections[0].left_margin.mm) == 50
    assert document.sections[0].header.paragraphs[0].text == "Example & Partners"
    assert document.styles["Heading 1"].font.size == Pt(31)
    assert "Lorem" not in texts(content)


def test_what_it_has_not_is_added(tmp_path: Path) -> None:
    path = letter(tmp_path / "firm.docx")
    before = {style.name for style in Document(str(path)).styles}
    document = opened(render_docx(SHAPES["ordinary"](), "en", model=path))
    assert {"Report Table", "Table Text", "toc 1", "Hyperlink"} <= {style.name for style in document.styles} - before
    assert " PAGE " in [one.text for one in document.sections[0].footer._element.iter(qn("w:instrText"))]


def test_the_report_goes_where_a_paragraph_asks_for_it(tmp_path: Path) -> None:
    path = letter(tmp_path / "firm.docx", "A cover", "{report}", "The small print")
    said = texts(render_docx(SHAPES["ordinary"](), "en", model=path))
    assert said[:2] == ["A cover", "Readiness of an invented company"]
    assert said[-1] == "The small print"


TITLE = "Readiness of an invented company"


def test_a_cover_that_has_a_title_is_followed_by_no_second_one(tmp_path: Path) -> None:
    result = SHAPES["ordinary"]()
    cover = Document(str(letter(tmp_path / "firm.docx", "A cover", "{report}")))
    cover.paragraphs[0].style = "Title"
    cover.save(str(tmp_path / "titled.docx"))
    without, with_ = (texts(render_docx(result, "en", model=tmp_path / name)) for name in ("titled.docx", "firm.docx"))
    assert with_[:2] == ["A cover", TITLE]
    assert without == [words for words in with_ if words != TITLE]


@pytest.mark.parametrize("words", ["", "{report}"])
def test_an_empty_title_and_one_that_is_the_place_itself_are_none(tmp_path: Path, words: str) -> None:
    cover = Document(str(letter(tmp_path / "firm.docx", words, "{report}")))
    cover.paragraphs[0].style = "Title"
    cover.save(str(tmp_path / "firm.docx"))
    assert TITLE in texts(render_docx(SHAPES["ordinary"](), "en", model=tmp_path / "firm.docx"))


SVG = b'<svg xmlns="http://www.w3.org/2000/svg" width="40" height="20"><rect width="40" height="20"/></svg>'
EDITION = Edition(Theme(logo=Logo("logo.svg", "image/svg+xml", SVG, Text({"": "Two birds"}))))


@pytest.mark.parametrize("said", [["A letter"], ["A cover", "{report}", "The small print"]])
def test_the_theme_s_logo_stands_where_the_report_begins(tmp_path: Path, said: list[str]) -> None:
    content = render_docx(SHAPES["ordinary"](), "en", EDITION, letter(tmp_path / "firm.docx", *said))
    assert list(faults(content)) == []
    found = texts(content)
    assert found[found.index("Two birds") + 1] == TITLE
    assert ("A cover" in found[: found.index("Two birds")]) == ("A cover" in said)


def test_a_document_with_a_picture_in_its_head_has_its_logo(tmp_path: Path) -> None:
    firm = Document(str(letter(tmp_path / "firm.docx")))
    firm.sections[0].header.paragraphs[0].add_run().add_picture(io.BytesIO(png(DOT)))
    firm.save(str(tmp_path / "firm.docx"))
    assert "Two birds" not in texts(render_docx(SHAPES["ordinary"](), "en", EDITION, tmp_path / "firm.docx"))


def test_its_own_table_style_is_taken(tmp_path: Path) -> None:
    document = Document()
    document.styles.add_style("Report Table", WD_STYLE_TYPE.TABLE).font.size = Pt(7)
    document.save(str(tmp_path / "firm.docx"))
    made = opened(render_docx(SHAPES["ordinary"](), "en", model=tmp_path / "firm.docx"))
    assert made.tables[0].style is not None
    assert made.tables[0].style.font.size == Pt(7)


def test_a_style_that_has_another_id_is_found_by_its_name(tmp_path: Path) -> None:
    path = rewritten(letter(tmp_path / "firm.docx"), "word/styles.xml", b'w:styleId="Heading1"', b'w:styleId="Titre1"')
    content = render_docx(SHAPES["ordinary"](), "en", model=path)
    assert list(faults(content)) == []
    document = opened(content)
    used = {one.pPr.pStyle.val for one in document.element.body.iter(qn("w:p"))}
    assert "Titre1" in used
    assert "Heading1" not in used


def test_a_document_without_lists_or_styles_will_do(tmp_path: Path) -> None:
    path = tmp_path / "bare.docx"
    path.write_bytes(without(letter(path), "word/numbering.xml", "word/styles.xml", "word/stylesWithEffects.xml"))
    content = render_docx(SHAPES["analysed"](), "fr", model=path)
    assert list(faults(content)) == []


def test_a_template_will_do(tmp_path: Path) -> None:
    main = b"wordprocessingml.document.main+xml"
    path = rewritten(
        letter(tmp_path / "firm.dotx"), "[Content_Types].xml", main, main.replace(b"document", b"template")
    )
    content = render_docx(SHAPES["no_scenario"](), "en", model=path)
    assert main in zipfile.ZipFile(io.BytesIO(content)).read("[Content_Types].xml")


def test_a_report_can_be_the_document_of_the_next(tmp_path: Path) -> None:
    path, result = tmp_path / "house-style.docx", SHAPES["ordinary"]()
    before = render_docx(result, "en")
    path.write_bytes(before)
    after = render_docx(result, "en", model=path)
    assert list(faults(after)) == []
    assert texts(after) == texts(before)
    assert len(pictures(after)) == len(pictures(before))


def pictures(content: bytes) -> list[str]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return [name for name in archive.namelist() if name.startswith("word/media/")]


def test_the_same_document_gives_the_same_bytes(tmp_path: Path) -> None:
    path, result = letter(tmp_path / "firm.docx"), SHAPES["ordinary"]()
    assert render_docx(result, "en", model=path) == render_docx(result, "en", model=path)


def with_macros(path: Path) -> None:
    main = b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
    macros = b"application/vnd.ms-word.document.macroEnabled.main+xml"
    rewritten(letter(path), "[Content_Types].xml", main, macros)


def as_a_bomb(path: Path) -> None:
    with zipfile.ZipFile(letter(path), "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/media/image9.png", bytes(30 << 20))


def with_entities(path: Path) -> None:
    head = b"<?xml version='1.0' encoding='UTF-8' standalone='yes'?>"
    bomb = head + b'<!DOCTYPE w [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]>'
    rewritten(letter(path), "word/styles.xml", head, bomb)


def with_broken_xml(path: Path) -> None:
    rewritten(letter(path), "word/document.xml", b"</w:body>", b"")


def of_another_kind(path: Path) -> None:
    parts = _parts(letter(path))
    path.write_bytes(_packed({**parts, "word/document.xml": b"<html/>"}))


def without_text(path: Path) -> None:
    parts = _parts(letter(path))
    empty = re.sub(b"<w:body>.*</w:body>", b"", parts["word/document.xml"], flags=re.DOTALL)
    path.write_bytes(_packed({**parts, "word/document.xml": empty}))


def without_a_page(path: Path) -> None:
    parts = _parts(letter(path))
    loose = re.sub(b"<w:sectPr.*</w:sectPr>", b"", parts["word/document.xml"], flags=re.DOTALL)
    path.write_bytes(_packed({**parts, "word/document.xml": loose}))


def with_a_part_twice(path: Path) -> None:
    with zipfile.ZipFile(letter(path), "a") as archive:
        archive.writestr("word/Document.xml", "<html/>")


def with_a_page_of_no_width(path: Path) -> None:
    rewritten(letter(path), "word/document.xml", b'w:w="12240"', b'w:w="wide"')


def with_lists_of_no_number(path: Path) -> None:
    rewritten(letter(path), "word/numbering.xml", b'w:numId="1"', b'w:numId="one"')


def as_a_workbook(path: Path) -> None:
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")


def as_a_folder(path: Path) -> None:
    path.mkdir()


def as_text(path: Path) -> None:
    path.write_text("Dear Sir or Madam")


def as_nothing(path: Path) -> None:
    assert not path.exists()


@pytest.mark.parametrize(
    ("spoil", "found"),
    [
        (with_macros, "it holds macros"),
        (as_a_bomb, "so it is not opened"),
        (with_entities, "its XML defines entities"),
        (with_broken_xml, "no document that Word would open"),
        (of_another_kind, "its main part holds no text"),
        (without_text, "its main part holds no text"),
        (without_a_page, "its text says nothing of its page"),
        (with_a_part_twice, "two of its parts have the same name"),
        (with_a_page_of_no_width, "no document that Word would open"),
        (with_lists_of_no_number, "no document that Word would open"),
        (as_a_workbook, "this is no Word document"),
        (as_text, "this is no Word document"),
        (as_a_folder, "there is no such file"),
        (as_nothing, "there is no such file"),
    ],
)
def test_what_is_no_document_is_one_clear_fault(tmp_path: Path, spoil: Callable[[Path], None], found: str) -> None:
    path = tmp_path / "firm.docx"
    spoil(path)
    with pytest.raises(InputError, match=found) as refused:
        render_docx(SHAPES["no_scenario"](), "en", model=path)
    assert [fault.file for fault in refused.value.faults] == [str(path)]


@given(st.binary(max_size=200), st.integers(0, 2**16))
def test_a_document_that_is_damaged_anywhere_is_written_into_or_refused(
    tmp_path_factory: pytest.TempPathFactory, noise: bytes, at: int
) -> None:
    path = tmp_path_factory.mktemp("damaged") / "firm.docx"
    content = bytearray(letter(path).read_bytes())
    place = at % len(content)
    content[place : place + len(noise)] = noise
    path.write_bytes(content)
    try:
        firm_s(path)
    except InputError as refused:
        assert len(refused.faults) == 1


def rewritten(path: Path, part: str, before: bytes, after: bytes) -> Path:
    """A document with something in one part replaced."""
    parts = _parts(path)
    assert before in parts[part]
    parts[part] = parts[part].replace(before, after)
    path.write_bytes(_packed(parts))
    return path


def without(path: Path, *gone: str) -> bytes:
    """A document without some parts, and without what leads to them."""
    parts = {name: content for name, content in _parts(path).items() if name not in gone}
    relations = parts["word/_rels/document.xml.rels"].decode()
    for name in gone:
        target = name.removeprefix("word/")
        start = relations.rindex("<Relationship ", 0, relations.index(f'"{target}"'))
        relations = relations[:start] + relations[relations.index("/>", start) + 2 :]
    parts["word/_rels/document.xml.rels"] = relations.encode()
    return _packed(parts)


def _parts(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def _packed(parts: dict[str, bytes]) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return content.getvalue()
