"""A report hands on nothing that a firm's document would fetch when it is opened."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest
from docx import Document
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.oxml.xmlchemy import BaseOxmlElement

from readiness.report.docx import fetched_by, render_docx
from readiness.report.docx.outside import Outside, cut_off
from tests.report.building import SHAPES
from tests.report.docx.opening import faults

ADDRESS = "http://example.com/letter.dotm"
RELATIONSHIPS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
MERGE = (
    '<w:mailMerge {}><w:mainDocumentType w:val="formLetters"/><w:dataType w:val="textFile"/>'
    '<w:query w:val="SELECT *"/><w:dataSource r:id="{}"/></w:mailMerge>'
)
PICTURE = '<w:r {}><w:drawing><a:blip r:embed="rIdOwn" r:link="{}"/></w:drawing></w:r>'


def firm(path: Path) -> Path:
    """A document with a template elsewhere, letters to send from elsewhere, a picture elsewhere, and a link."""
    document = Document()
    head = document.sections[0].header
    settings = document.part.part_related_by(RELATIONSHIP_TYPE.SETTINGS)
    root: BaseOxmlElement = document.settings.element
    template = settings.relate_to(ADDRESS, f"{RELATIONSHIPS}/attachedTemplate", is_external=True)
    root.insert(0, parse_xml(f'<w:attachedTemplate {nsdecls("w", "r")} r:id="{template}"/>'))
    addresses = settings.relate_to("file:///addresses.csv", f"{RELATIONSHIPS}/mailMergeSource", is_external=True)
    root.insert(1, parse_xml(MERGE.format(nsdecls("w", "r"), addresses)))
    picture = head.part.relate_to("http://example.com/seen.png", RELATIONSHIP_TYPE.IMAGE, is_external=True)
    head.paragraphs[0]._p.append(parse_xml(PICTURE.format(nsdecls("w", "a", "r"), picture)))
    link = head.part.relate_to("https://example.com/", RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
    head.paragraphs[0]._p.append(parse_xml(f'<w:hyperlink {nsdecls("w", "r")} r:id="{link}"/>'))
    document.save(str(path))
    return path


@pytest.fixture
def written(tmp_path: Path) -> bytes:
    return render_docx(SHAPES["no_scenario"](), "en", model=firm(tmp_path / "firm.docx"))


def test_what_is_fetched_is_told(tmp_path: Path) -> None:
    found = fetched_by(firm(tmp_path / "firm.docx"))
    assert set(found) == {
        Outside("attachedTemplate", ADDRESS),
        Outside("mailMergeSource", "file:///addresses.csv"),
        Outside("image", "http://example.com/seen.png"),
    }


def test_only_links_that_a_reader_follows_lead_out_of_a_report(written: bytes) -> None:
    with zipfile.ZipFile(io.BytesIO(written)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    assert cut_off(parts)[1] == ()
    said = b"".join(parts.values())
    for gone in (b"letter.dotm", b"addresses.csv", b"seen.png"):
        assert gone not in said
    assert b'Target="https://example.com/"' in said


def test_nothing_names_what_is_gone(written: bytes) -> None:
    assert list(faults(written)) == []
    document = Document(io.BytesIO(written))
    settings: BaseOxmlElement = document.settings.element
    assert not [one.tag for one in settings if one.tag in (qn("w:attachedTemplate"), qn("w:mailMerge"))]
    head = document.sections[0].header
    [blip] = head._element.iter(qn("a:blip"))
    assert dict(blip.attrib) == {qn("r:embed"): "rIdOwn"}
    [link] = head._element.iter(qn("w:hyperlink"))
    assert head.part.rels[link.get(qn("r:id"), "")].is_external


def test_a_document_that_fetches_nothing_is_left_as_it_is(tmp_path: Path) -> None:
    Document().save(str(tmp_path / "firm.docx"))
    with zipfile.ZipFile(tmp_path / "firm.docx") as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    assert cut_off(parts) == (parts, ())


def test_parts_that_are_no_xml_are_left_to_whoever_opens_them() -> None:
    parts = {"word/_rels/document.xml.rels": b"<Relationships", "word/document.xml": b""}
    assert cut_off(parts) == (parts, ())
