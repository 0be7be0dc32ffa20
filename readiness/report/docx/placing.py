"""Where a report goes in the document that it is written into."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from docx.document import Document
    from docx.oxml.xmlchemy import BaseOxmlElement
    from docx.parts.document import DocumentPart

PLACE = "{report}"  # a paragraph of a firm's document that says this is where the report goes


def is_titled(document: Document, style: str) -> bool:
    """Whether what stays around the report has a title already. style: the id of the style of titles."""
    from docx.oxml.ns import qn

    paragraphs = document.element.body.findall(qn("w:p"))
    titles = (one for one in paragraphs if one.style == style and _said(one))
    return any(_said(one) == PLACE for one in paragraphs) and any(_said(one) != PLACE for one in titles)


def has_pictured_head(document: Document) -> bool:
    """Whether the head of some page holds a picture, which is the firm's logo then."""
    from docx.opc.constants import RELATIONSHIP_TYPE
    from docx.oxml.ns import qn

    heads = (one.target_part.element for one in document.part.rels.values() if one.reltype == RELATIONSHIP_TYPE.HEADER)
    return any(next(head.iter(qn("w:drawing"), qn("w:pict")), None) is not None for head in heads)


def put(document: Document, elements: list[BaseOxmlElement]) -> None:
    """The report's text in place of what the body said, or where a paragraph of it asks for it."""
    from docx.oxml.ns import qn

    body: BaseOxmlElement = document.element.body
    asked = next((one for one in body.findall(qn("w:p")) if _said(one) == PLACE), None)
    if asked is None:
        for child in list(body):
            if child.tag != qn("w:sectPr"):
                body.remove(child)
        place = 0
    else:
        place = body.index(asked)
        body.remove(asked)
    for one in reversed(elements):
        body.insert(place, one)
    _forget(document.part)


def _said(paragraph: BaseOxmlElement) -> str:
    from docx.oxml.ns import qn

    return "".join(text.text or "" for text in paragraph.iter(qn("w:t"))).strip()


def _forget(part: DocumentPart) -> None:
    """Pictures and links that only the text had which is gone: they would be carried along for nothing."""
    from docx.opc.constants import RELATIONSHIP_TYPE

    named = {value for one in part.element.iter() for value in one.attrib.values()}
    kinds = (RELATIONSHIP_TYPE.IMAGE, RELATIONSHIP_TYPE.HYPERLINK)
    for id_, relation in list(part.rels.items()):
        if relation.reltype in kinds and id_ not in named:
            part.rels.pop(id_)
