"""Styles: a firm's own where its document has them, ours where it has not."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from readiness.language.speech import Speech
from readiness.report.theme import Theme

if TYPE_CHECKING:
    from docx.document import Document
    from docx.oxml.xmlchemy import BaseOxmlElement
    from jinja2 import Environment

TEMPLATE = "docx/styles.xml.j2"
SERIF, SANS = "Georgia", "Calibri"
COLOURS = {"ink": "#16202c", "soft": "#4d5967", "line": "#d5dbe1", "wash": "#eef1f4", "accent": "#0b4f6c"}


@dataclass(frozen=True)
class Styles:
    """The styles of one document: their ids by name, small letters throughout."""

    ids: dict[str, str]

    def id_of(self, name: str) -> str:
        """What the document calls a style inside."""
        return self.ids[name.lower()]


def styled(
    document: Document, templates: Environment, theme: Theme, bullets: int, speech: Speech, width: int, own: bool
) -> Styles:
    """The styles of a document, with those added that it lacks.

    bullets: the list of bulleted paragraphs. width: of the text, in twentieths of a point.
    own: the document is a firm's, whose fonts and colours go before those of the theme.
    """
    colours = {name: theme.light.get(name, value).lstrip("#").upper() for name, value in COLOURS.items()}
    fonts = {"serif": theme.serif or SERIF, "sans": theme.sans or SANS}
    told = {"bullets": bullets, "locale": speech.locale, "leftward": speech.leftward, "width": width}
    xml = templates.get_template(TEMPLATE).render(**colours, **fonts, **told)
    ours = _parsed(xml)
    root: BaseOxmlElement = document.styles.element
    if not own:
        root.insert(0, _child(ours, "docDefaults"))
    ids = _ids(root)
    taken = set(ids.values())
    renamed: dict[str, str] = {}
    added = [style for style in _styles(ours) if _name(style).lower() not in ids]
    for style in _styles(ours):
        before, name = _id(style), _name(style).lower()
        renamed[before] = ids[name] if name in ids else _free(before, taken)
    renamed["Normal"] = _default(root) or renamed["Normal"]
    for style in added:
        if not (own and _name(style) == "Normal" and _default(root)):
            _adopt(root, style, renamed)
            ids[_name(style).lower()] = renamed[_id(style)] if _id(style) in renamed else _id(style)
    _speak(root, speech.locale)
    return Styles(ids)


def _adopt(root: BaseOxmlElement, style: BaseOxmlElement, renamed: dict[str, str]) -> None:
    """One style added to a document, under an id that is free there."""
    from docx.oxml.ns import qn

    for tag in ("w:basedOn", "w:next"):
        for reference in style.findall(qn(tag)):
            reference.set(qn("w:val"), renamed.get(reference.get(qn("w:val"), ""), renamed["Normal"]))
    style.set(qn("w:styleId"), renamed[_id(style)])
    root.append(style)


def _speak(root: BaseOxmlElement, locale: str) -> None:
    """Text that says nothing else of its language is in the report's."""
    from docx.oxml.ns import qn

    for language in root.iter(qn("w:lang")):
        language.set(qn("w:val"), locale)
    if not root.findall(f"{qn('w:docDefaults')}/{qn('w:rPrDefault')}/{qn('w:rPr')}/{qn('w:lang')}"):
        from readiness.report.docx.xml import element

        looks = element("w:rPr", element("w:lang", val=locale))
        found = root.find(qn("w:docDefaults"))
        if found is None:
            root.insert(0, element("w:docDefaults", element("w:rPrDefault", looks)))
            return
        inside = found.find(qn("w:rPrDefault"))
        if inside is None:
            found.insert(0, element("w:rPrDefault", looks))
        elif inside.find(qn("w:rPr")) is None:
            inside.append(looks)
        else:
            inside[0].append(looks[0])


def _free(id_: str, taken: set[str]) -> str:
    found = id_
    while found in taken:
        found += "R"
    taken.add(found)
    return found


def _default(root: BaseOxmlElement) -> str | None:
    from docx.oxml.ns import qn

    for style in _styles(root):
        if style.get(qn("w:type")) == "paragraph" and style.get(qn("w:default")) in ("1", "true", "on"):
            return _id(style)
    return None


def _ids(root: BaseOxmlElement) -> dict[str, str]:
    return {_name(style).lower(): _id(style) for style in _styles(root)}


def _styles(root: BaseOxmlElement) -> list[BaseOxmlElement]:
    from docx.oxml.ns import qn

    return list(root.findall(qn("w:style")))


def _name(style: BaseOxmlElement) -> str:
    from docx.oxml.ns import qn

    name = style.find(qn("w:name"))
    value: str = "" if name is None else name.get(qn("w:val"), "")
    return value


def _id(style: BaseOxmlElement) -> str:
    from docx.oxml.ns import qn

    value: str = style.get(qn("w:styleId"), "")
    return value


def _child(root: BaseOxmlElement, tag: str) -> BaseOxmlElement:
    from docx.oxml.ns import qn

    found = root.find(qn(f"w:{tag}"))
    assert found is not None
    child: BaseOxmlElement = found
    return child


def _parsed(xml: str) -> BaseOxmlElement:
    from docx.oxml.parser import parse_xml

    root: BaseOxmlElement = parse_xml(xml.strip())
    return root
