"""Word documents opened without the code that wrote them."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from posixpath import dirname, normpath

from docx import Document
from docx.document import Document as Opened
from docx.oxml.ns import qn
from lxml import etree

WORD = {"w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main"}
RELATIONSHIPS = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
TYPES = "{http://schemas.openxmlformats.org/package/2006/content-types}"


def opened(content: bytes) -> Opened:
    return Document(io.BytesIO(content))


def texts(content: bytes) -> list[str]:
    """What each paragraph says, those of tables included, and what stands behind pictures."""
    found = []
    for paragraph in opened(content).element.body.iter(qn("w:p")):
        found.append("".join(text.text or "" for text in paragraph.iter(qn("w:t"))))
        found += [picture.get("descr", "") for picture in paragraph.iter(qn("wp:docPr"))]
    return found


def faults(content: bytes) -> Iterator[str]:
    """What Word would want to repair: relations that lead nowhere, parts of no kind, ids that occur twice."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        names = archive.namelist()
        parts = {name: archive.read(name) for name in names}
    if len(names) != len(set(names)):
        yield "a part is there twice"
    yield from _unrelated(parts)
    yield from _untyped(parts)
    body = etree.fromstring(parts["word/document.xml"])
    for tag in ("wp:docPr", "w:bookmarkStart"):
        ids = [one.get("id") or one.get(qn("w:id")) for one in body.iter(qn(tag))]
        if len(ids) != len(set(ids)):
            yield f"an id of {tag} occurs twice"
    names_ = [one.get(qn("w:name")) for one in body.iter(qn("w:bookmarkStart"))]
    if len(names_) != len(set(names_)):
        yield "two bookmarks have one name"
    yield from _nowhere(parts, body, set(names_))
    yield from _misplaced(body)
    if "word/theme/theme1.xml" not in parts:  # with it, most styles are those of a firm
        yield from _misplaced(etree.fromstring(parts["word/styles.xml"]))


def _unrelated(parts: dict[str, bytes]) -> Iterator[str]:
    for name, content in parts.items():
        if not name.endswith(".rels"):
            continue
        folder = dirname(dirname(name))
        for relation in etree.fromstring(content).iter(RELATIONSHIPS):
            target = relation.get("Target", "")
            if relation.get("TargetMode") != "External":
                path = target.lstrip("/") if target.startswith("/") else normpath(f"{folder}/{target}").lstrip("/")
                if path not in parts:
                    yield f"{name} leads to {path}, which is not there"


def _untyped(parts: dict[str, bytes]) -> Iterator[str]:
    types = etree.fromstring(parts["[Content_Types].xml"])
    extensions = {one.get("Extension", "").lower() for one in types.iter(f"{TYPES}Default")}
    named = {one.get("PartName", "").lstrip("/") for one in types.iter(f"{TYPES}Override")}
    yield from (
        f"{name} is kind-less" for name in parts if name not in named and name.rpartition(".")[2] not in extensions
    )
    yield from (f"{name} has a kind and is not there" for name in named if name not in parts)


def _nowhere(parts: dict[str, bytes], body: etree._Element, bookmarks: set[str | None]) -> Iterator[str]:
    """Styles, lists, links and pictures that are named and do not exist."""
    styles = {one.get(qn("w:styleId")) for one in etree.fromstring(parts["word/styles.xml"]).iter(qn("w:style"))}
    for tag in ("w:pStyle", "w:rStyle", "w:tblStyle"):
        yield from (
            f"no style {one.get(qn('w:val'))}" for one in body.iter(qn(tag)) if one.get(qn("w:val")) not in styles
        )
    lists = {one.get(qn("w:numId")) for one in etree.fromstring(parts["word/numbering.xml"]).iter(qn("w:num"))}
    yield from (
        f"no list {one.get(qn('w:val'))}" for one in body.iter(qn("w:numId")) if one.get(qn("w:val")) not in lists
    )
    for link in body.iter(qn("w:hyperlink")):
        if link.get(qn("r:id")) is None and link.get(qn("w:anchor")) not in bookmarks:
            yield f"no bookmark {link.get(qn('w:anchor'))}"
    relations = etree.fromstring(parts["word/_rels/document.xml.rels"]).iter(RELATIONSHIPS)
    related = {one.get("Id") for one in relations}
    for one in body.iter():
        for attribute in ("r:id", "r:embed"):
            if one.get(qn(attribute)) is not None and one.get(qn(attribute)) not in related:
                yield f"no relation {one.get(qn(attribute))}"


ORDER = (
    "pStyle",
    "keepNext",
    "keepLines",
    "pageBreakBefore",
    "numPr",
    "pBdr",
    "shd",
    "tabs",
    "bidi",
    "spacing",
    "ind",
    "jc",
    "outlineLvl",
    "rPr",
)
LOOKS = ("rStyle", "rFonts", "b", "i", "strike", "color", "sz", "szCs", "u", "rtl", "lang")


def _misplaced(root: etree._Element) -> Iterator[str]:
    """Properties in another order than the schema's."""
    for tag, order in (("w:pPr", ORDER), ("w:rPr", LOOKS)):
        for properties in root.iter(qn(tag)):
            here = [order.index(child.tag.rpartition("}")[2]) for child in properties]
            if here != sorted(set(here)):
                yield f"{tag}: {[child.tag.rpartition('}')[2] for child in properties]}"
