"""Where a report goes in the document that it is written into."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from docx.document import Document
    from docx.oxml.xmlchemy import BaseOxmlElement
    from docx.parts.document import DocumentPart

PLACE = "{report}"  # a paragraph of a firm's document that says this is where the report goes


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
