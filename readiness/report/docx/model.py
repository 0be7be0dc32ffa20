"""The document that a report is written into: an empty one, or the firm's own, looked through before it is opened."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING

from readiness.faults import Fault, InputError
from readiness.report.docx.outside import Outside, cut_off
from readiness.report.docx.packing import packed
from readiness.zips import is_tight, opened

if TYPE_CHECKING:
    from docx.document import Document
    from docx.oxml.xmlchemy import BaseOxmlElement

MOST_PACKED = 64 << 20  # bytes
MOST_UNPACKED = 256 << 20
MOST_PARTS = 2_000
DOCUMENT = b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
TEMPLATE = b"application/vnd.openxmlformats-officedocument.wordprocessingml.template.main+xml"
TYPES = "[Content_Types].xml"
SAVE_AS_DOCX = "save it from Word as DOCX or DOTX"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_R = 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml"
A4 = '<w:pgSz w:w="11906" w:h="16838"/>'
MARGINS = (
    '<w:pgMar w:top="1304" w:right="1247" w:bottom="1304" w:left="1247" w:header="624" w:footer="624" w:gutter="0"/>'
)


def empty() -> Document:
    """A document on A4 with nothing in it, not even a style."""
    from docx import Document

    return Document(io.BytesIO(packed(_PARTS)))


def firm_s(path: Path) -> Document:
    """A firm's own document, or its template, without what it would fetch from elsewhere.

    Raises:
        InputError: it cannot be read, is none, has macros, or would unpack to more than any document holds.
    """
    from docx import Document

    parts, _outside = cut_off(_parts(path))
    try:
        document = Document(io.BytesIO(_as_document(parts)))
        root = document.part.element
    except Exception as error:  # whatever python-docx and lxml say of parts that are missing or no XML
        raise unusable(path) from error
    _judge_text(path, root)
    return document


def fetched_by(path: Path) -> tuple[Outside, ...]:
    """What a firm's own document would fetch from elsewhere, and a report written into it does not.

    Raises:
        InputError: it cannot be read, is none, has macros, or would unpack to more than any document holds.
    """
    return cut_off(_parts(path))[1]


def unusable(path: Path) -> InputError:
    """The fault of a document that is damaged in some way or other."""
    return _refused(path, "this is no document that Word would open", SAVE_AS_DOCX)


def _judge_text(path: Path, root: BaseOxmlElement) -> None:
    from docx.oxml.ns import qn

    body = root.find(qn("w:body"))
    if root.tag != qn("w:document") or body is None:
        raise _refused(path, "its main part holds no text (no w:document with a w:body)", SAVE_AS_DOCX)
    if body.find(qn("w:sectPr")) is None:
        raise _refused(path, "its text says nothing of its page (no w:sectPr)", SAVE_AS_DOCX)


def _parts(path: Path) -> dict[str, bytes]:
    """What a document consists of, once its sizes are judged."""
    try:
        if not path.is_file():
            raise _refused(path, "there is no such file", "check the path")
        if path.stat().st_size > MOST_PACKED:
            raise _refused(path, f"it has more than {MOST_PACKED >> 20} MB", "take its pictures out")
        content = path.read_bytes()
    except OSError as error:
        raise _refused(path, f"cannot be read ({error.strerror or error})", "check the path") from error
    with opened(io.BytesIO(content), _refused(path, "this is no Word document", SAVE_AS_DOCX)) as archive:
        members = archive.infolist()
        _judge(path, members)
        parts = {member.filename: _unpacked(archive, member) for member in members}
    _judge_kind(path, parts)
    return parts


def _judge(path: Path, members: list[zipfile.ZipInfo]) -> None:
    """By the directory alone, so that it takes no time."""
    total = sum(member.file_size for member in members)
    if len(members) > MOST_PARTS or total > MOST_UNPACKED or any(map(is_tight, members)):
        what = f"it unpacks to {total >> 20} MB in {len(members)} parts, so it is not opened"
        raise _refused(path, what, "save it again from Word, without what is not needed")
    if len({member.filename.casefold() for member in members}) < len(members):
        raise _refused(path, "two of its parts have the same name", SAVE_AS_DOCX)


def _unpacked(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> bytes:
    """A member, which never unpacks to more than the directory says."""
    with archive.open(member) as file:
        return file.read(member.file_size + 1)


def _judge_kind(path: Path, parts: dict[str, bytes]) -> None:
    types = parts.get(TYPES, b"")
    if b"macroEnabled" in types or any(name.lower().endswith("vbaproject.bin") for name in parts):
        raise _refused(path, "it holds macros, which a report would hand on", SAVE_AS_DOCX)
    if DOCUMENT not in types and TEMPLATE not in types:
        raise _refused(path, "this is no Word document", SAVE_AS_DOCX)
    if any(
        b"<!DOCTYPE" in text or b"<!ENTITY" in text for name, text in parts.items() if name.endswith((".xml", ".rels"))
    ):
        raise _refused(path, "its XML defines entities, which no document of Word's does", SAVE_AS_DOCX)


def _as_document(parts: dict[str, bytes]) -> bytes:
    """The same parts, a template having become a document."""
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_STORED) as whole:
        for name, content in parts.items():
            whole.writestr(name, content.replace(TEMPLATE, DOCUMENT) if name == TYPES else content)
    return archive.getvalue()


def _refused(path: Path, what: str, mend: str) -> InputError:
    return InputError([Fault(str(path), None, what, mend)])


_PARTS = {
    TYPES: f'{_HEAD}<Types xmlns="{_PACKAGE}/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    f'<Override PartName="/word/document.xml" ContentType="{_WORD}.document.main+xml"/>'
    f'<Override PartName="/word/styles.xml" ContentType="{_WORD}.styles+xml"/>'
    f'<Override PartName="/word/settings.xml" ContentType="{_WORD}.settings+xml"/></Types>',
    "_rels/.rels": f'{_HEAD}<Relationships xmlns="{_PACKAGE}/relationships">'
    f'<Relationship Id="rId1" Type="{_OFFICE}/officeDocument" Target="word/document.xml"/></Relationships>',
    "word/document.xml": f"{_HEAD}<w:document {_W} {_R}><w:body>"
    f"<w:sectPr>{A4}{MARGINS}</w:sectPr></w:body></w:document>",
    "word/_rels/document.xml.rels": f'{_HEAD}<Relationships xmlns="{_PACKAGE}/relationships">'
    f'<Relationship Id="rId1" Type="{_OFFICE}/styles" Target="styles.xml"/>'
    f'<Relationship Id="rId2" Type="{_OFFICE}/settings" Target="settings.xml"/></Relationships>',
    "word/styles.xml": f"{_HEAD}<w:styles {_W}/>",
    "word/settings.xml": f'{_HEAD}<w:settings {_W}><w:defaultTabStop w:val="720"/><w:compat>'
    '<w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"/>'
    "</w:compat></w:settings>",
}
