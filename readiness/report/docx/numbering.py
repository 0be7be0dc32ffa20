"""Lists: bullets as one list throughout, numbers beginning anew with every list."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from readiness.report.docx.xml import element

if TYPE_CHECKING:
    from docx.document import Document
    from docx.oxml.xmlchemy import BaseOxmlElement
    from jinja2 import Environment

TEMPLATE = "docx/numbering.xml.j2"
LEVELS = 3
TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.numbering+xml"
EMPTY = b'<w:numbering xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"/>'


@dataclass
class Numbering:
    """The lists of one document. `bullets` is what its bulleted paragraphs belong to."""

    root: BaseOxmlElement
    bullets: int
    numbers: int  # the definition that every numbered list follows
    ids: dict[int, int] = field(default_factory=dict)

    def of(self, series: int, start: int) -> int:
        """The list that a series of points belongs to, made when it is first asked for."""
        if series not in self.ids:
            self.ids[series] = _add(self.root, self.numbers, start)
        return self.ids[series]


def numbering(document: Document, templates: Environment) -> Numbering:
    """The lists of a document, our own two definitions added to whatever it has."""
    root = _root(document)
    first = max(_ids(root, "abstractNum", "abstractNumId"), default=-1) + 1
    ours = _parsed(templates.get_template(TEMPLATE).render(first=first))
    # Definitions have to stand before the lists that follow them.
    place = sum(1 for child in root if child.tag.endswith("}abstractNum") or child.tag.endswith("}numPicBullet"))
    for definition in reversed(list(ours)):
        root.insert(place, definition)
    return Numbering(root, _add(root, first, None), first + 1)


def _root(document: Document) -> BaseOxmlElement:
    from docx.opc.constants import RELATIONSHIP_TYPE
    from docx.opc.packuri import PackURI
    from docx.parts.numbering import NumberingPart

    part = document.part
    try:
        found = part.part_related_by(RELATIONSHIP_TYPE.NUMBERING)
    except KeyError:
        found = NumberingPart.load(PackURI("/word/numbering.xml"), TYPE, EMPTY, part.package)
        part.relate_to(found, RELATIONSHIP_TYPE.NUMBERING)
    root: BaseOxmlElement = found.element  # type: ignore[attr-defined]  # every part of XML has one
    return root


def _add(root: BaseOxmlElement, definition: int, start: int | None) -> int:
    """A list that follows a definition; start: where its numbers begin."""
    id_ = max(_ids(root, "num", "numId"), default=0) + 1
    made = element("w:num", element("w:abstractNumId", val=definition), numId=id_)
    if start is not None:
        begins = [element("w:startOverride", val=1 if level else start) for level in range(LEVELS)]
        made.extend(element("w:lvlOverride", begin, ilvl=level) for level, begin in enumerate(begins))
    last = [place for place, child in enumerate(root) if child.tag.endswith(("}num", "}abstractNum", "}numPicBullet"))]
    root.insert(last[-1] + 1, made)
    return id_


def _ids(root: BaseOxmlElement, tag: str, attribute: str) -> Iterator[int]:
    from docx.oxml.ns import qn

    return (int(child.get(qn(f"w:{attribute}"), "0")) for child in root.findall(qn(f"w:{tag}")))


def _parsed(xml: str) -> BaseOxmlElement:
    from docx.oxml.parser import parse_xml

    root: BaseOxmlElement = parse_xml(xml.strip())
    return root
