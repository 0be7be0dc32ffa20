"""WordprocessingML, element by element."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from docx.oxml.xmlchemy import BaseOxmlElement

_FORBIDDEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
REPLACEMENT = "\ufffd"


def element(tag: str, *inside: BaseOxmlElement, **attributes: str | int) -> BaseOxmlElement:
    """An element such as `element("w:p", …, val=1)`; attributes are of the namespace `w`."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    made = OxmlElement(tag)
    for name, value in attributes.items():
        made.set(qn(f"w:{name}"), str(value))
    made.extend(inside)
    return made


def written(text: str) -> str:
    """Text as an XML file can hold it: characters that none may hold are shown as unreadable."""
    return _FORBIDDEN.sub(REPLACEMENT, text)


def text_element(text: str, tag: str = "w:t") -> BaseOxmlElement:
    """Text, its blanks kept."""
    from docx.oxml.ns import qn

    made = element(tag)
    made.set(qn("xml:space"), "preserve")
    made.text = written(text)
    return made
