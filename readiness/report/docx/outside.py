"""What a firm's document would fetch from elsewhere as soon as it is opened: templates, pictures, tables of addresses.

A report hands none of it on, since it would tell somebody who opens the report, and when, or run a template's macros.
Links that a reader has to follow stay.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from posixpath import basename, dirname, join
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from docx.oxml.xmlchemy import BaseOxmlElement

RELATIONSHIP = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
FOLLOWED = "hyperlink"
# Namespaces of the attributes that name a relation, as Word writes them and as the strict kind of document does.
NAMING = (
    "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}",
    "{http://purl.oclc.org/ooxml/officeDocument/relationships}",
)
PICTURES = ("blip", "svgBlip", "imagedata")  # may well have no address, unlike anything else that names one
MERGE = "mailMerge"  # asks for its addresses even when nothing says any more where they lie


@dataclass(frozen=True)
class Outside:
    """Something that a document fetches. kind: as its format calls it, such as `attachedTemplate`."""

    kind: str
    target: str


def cut_off(parts: Mapping[str, bytes]) -> tuple[dict[str, bytes], tuple[Outside, ...]]:
    """A document's parts without what would be fetched, and what that was."""
    cut, found = dict(parts), list[Outside]()
    for name in [name for name in parts if name.endswith(".rels")]:
        relations = _parsed(parts[name])
        if relations is None:
            continue
        gone = [one for one in relations.iter(RELATIONSHIP) if _is_fetched(one)]
        if gone:
            found += [Outside(_kind(one), one.get("Target", "")) for one in gone]
            ids = {one.get("Id", "") for one in gone}
            for one in gone:
                _remove(one)
            cut[name] = _written(relations)
            owner = join(dirname(dirname(name)), basename(name).removesuffix(".rels"))
            if owner in parts:
                cut[owner] = _unnamed(parts[owner], ids)
    return cut, tuple(found)


def _is_fetched(relation: BaseOxmlElement) -> bool:
    return str(relation.get("TargetMode", "")).casefold() == "external" and _kind(relation) != FOLLOWED


def _kind(relation: BaseOxmlElement) -> str:
    return str(relation.get("Type", "")).rpartition("/")[2]


def _unnamed(part: bytes, ids: set[str]) -> bytes:
    """A part without what names relations that are gone: Word would take the document for a damaged one."""
    root = _parsed(part)
    if root is None:
        return part
    for one in list(root.iter("{*}*")):
        named = [name for name, value in one.attrib.items() if str(name).startswith(NAMING) and value in ids]
        if named and _tag(one) in PICTURES:
            for name in named:
                del one.attrib[name]
        elif named:
            merge = next((above for above in one.iterancestors() if _tag(above) == MERGE), one)
            _remove(merge)
    return _written(root)


def _tag(one: BaseOxmlElement) -> str:
    return str(one.tag).rpartition("}")[2]


def _remove(one: BaseOxmlElement) -> None:
    above = one.getparent()
    if above is not None:
        above.remove(one)


def _parsed(content: bytes) -> BaseOxmlElement | None:
    """None where it is no XML: whoever opens the document says so."""
    from docx.oxml.parser import parse_xml

    try:
        root: BaseOxmlElement = parse_xml(content)
    except (SyntaxError, ValueError):
        return None
    return root


def _written(root: BaseOxmlElement) -> bytes:
    from docx.opc.oxml import serialize_part_xml

    content: bytes = serialize_part_xml(root)
    return content
