"""An SVG picture as far as it can do harm: read by a parser that expands nothing, within limits.

What a drawing refers to is drawn anew at each place that refers to it, so that a few lines can ask for millions of
shapes: those are counted before anything draws them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from xml.parsers import expat

from readiness.report.theme.references import NoReferenceError, judge_reference

if TYPE_CHECKING:
    from xml.parsers.expat import XMLParserType

SVG = "http://www.w3.org/2000/svg"
DEEPEST = 100  # elements within one another
MOST_ELEMENTS = 5_000
MOST_COSTLY = 50  # of each kind that a drawing of many pixels is made of
MOST_DRAWN_ANEW = 1_000  # elements, wherever something is referred to
LONGEST = 10_000.0  # pixels
COSTLY = ("use", "image", "filter", "pattern", "mask")
PAINTS = ("linearGradient", "radialGradient")  # colours: nothing is drawn anew for them
_NUMBER = r"[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?"
_LENGTH = re.compile(rf"\s*({_NUMBER})\s*(px|pt|pc|mm|cm|in|em|ex|%|)\s*")
# Pixels of a unit: CSS Values and Units 3, 5.2 and 6.2, for letters of 16 pixels.
_UNITS = {"": 1.0, "px": 1.0, "pt": 4 / 3, "pc": 16.0, "mm": 96 / 25.4, "cm": 96 / 2.54, "in": 96.0, "em": 16, "ex": 8}
_ADDRESS = re.compile(r"url\(\s*[\"']?\s*#([^\"')\s]+)")
_RULE = re.compile(r"([^{}]*)\{([^{}]*)\}")
_SELECTED = re.compile(r"[.#]?[\w-]+|\*|\[")

Size = tuple[float, float]  # width and height in pixels


class NoVectorError(Exception):
    """Bytes that are no SVG picture, or one that could do harm: what was found, and how to mend it."""

    def __init__(self, what: str, mend: str) -> None:
        self.what, self.mend = what, mend
        super().__init__(what)


@dataclass(eq=False)
class Element:
    """One element, without its text."""

    name: str
    attributes: Mapping[str, str]
    children: list[Element] = field(default_factory=list)

    def walk(self) -> Iterator[Element]:
        """It and everything in it."""
        yield self
        for child in self.children:
            yield from child.walk()


def vector_size(data: bytes) -> Size:
    """A picture's width and height in pixels.

    Raises:
        NoVectorError: it is no SVG, not whole, has no size, or would take too much to draw.
    """
    root, style = _read(data)
    _judge_amount(root)
    _judge_references(root)
    _judge_drawn_anew(root, style)
    return _size(root)


def _read(data: bytes) -> tuple[Element, str]:
    """The root, and what the style sheets in it say."""
    reader = _Reader()
    try:
        data.decode("utf-8")
        reader.parser.Parse(data, True)
    except UnicodeDecodeError:
        raise NoVectorError("is not UTF-8", "save it as UTF-8") from None
    except expat.ExpatError as error:
        if reader.root is None:
            raise NoVectorError("is no SVG picture", "save it again as one") from None
        what = f"is not whole (its line {error.lineno}: {expat.ErrorString(error.code)})"
        raise NoVectorError(what, "save it again") from None
    except ValueError as error:  # an encoding that nobody knows
        raise NoVectorError(f"cannot be read ({error})", "save it as UTF-8") from None
    if reader.root is None or reader.root.name != "svg":
        raise NoVectorError("is no SVG picture", f'its root is <svg xmlns="{SVG}">')
    return reader.root, "".join(reader.style)


class _Reader:
    """Builds elements while a parser reads. Stops at what goes beyond a limit."""

    def __init__(self) -> None:
        self.root: Element | None = None
        self.style: list[str] = []
        self._open: list[Element] = []
        self._count = 0
        self.parser: XMLParserType = expat.ParserCreate(namespace_separator=" ")
        self.parser.StartElementHandler = self._begin
        self.parser.EndElementHandler = self._close
        self.parser.CharacterDataHandler = self._text
        self.parser.EntityDeclHandler = self._refuse
        self.parser.SkippedEntityHandler = self._refuse

    def _begin(self, name: str, attributes: Mapping[str, str]) -> None:
        self._count += 1
        if len(self._open) >= DEEPEST:
            raise NoVectorError(f"has more than {DEEPEST} elements within one another", "save it as plain SVG")
        if self._count > MOST_ELEMENTS:
            raise NoVectorError(f"has more than {MOST_ELEMENTS} elements", "save a simpler drawing")
        local = {key.rpartition(" ")[2]: value for key, value in attributes.items()}
        space, _, own = name.rpartition(" ")
        made = Element(own if space == SVG else f"{space}:{own}", local)
        if self._open:
            self._open[-1].children.append(made)
        else:
            self.root = made
        self._open.append(made)

    def _close(self, name: str) -> None:  # noqa: ARG002 the parser's signature
        self._open.pop()

    def _text(self, text: str) -> None:
        if self._open[-1].name == "style":
            self.style.append(text)

    def _refuse(self, *told: object) -> None:  # noqa: ARG002 the parser's signature
        raise NoVectorError("defines entities, which could expand without end", "save it as plain SVG")


def _judge_amount(root: Element) -> None:
    names = [element.name for element in root.walk()]
    for kind in COSTLY:
        most = MOST_DRAWN_ANEW if kind == "use" else MOST_COSTLY
        if names.count(kind) > most:
            raise NoVectorError(f"has more than {most} elements <{kind}>", "save a simpler drawing")


def _judge_references(root: Element) -> None:
    """A picture in the picture is part of the file: nothing is fetched, and no other file read."""
    for element in root.walk():
        if element.name == "a":  # which leads somewhere, and shows nothing of it
            continue
        try:
            judge_reference(element.attributes.get("href", ""))
        except NoReferenceError as error:
            raise NoVectorError(error.what, error.mend) from None


def _judge_drawn_anew(root: Element, style: str) -> None:
    """Count what references draw once more, and what those that are drawn refer to in turn."""
    known = {id_: element for element in root.walk() if (id_ := element.attributes.get("id"))}
    rules = [
        (frozenset(_SELECTED.findall(selector)), _ADDRESS.findall(said)) for selector, said in _RULE.findall(style)
    ]
    rules = [rule for rule in rules if rule[1]]
    direct = {
        element: [
            found
            for id_ in _named(element, rules)
            if (found := known.get(id_)) is not None and found.name not in PAINTS
        ]
        for element in root.walk()
    }
    costs: dict[Element, int] = {}
    if sum(_cost(target, direct, costs, ()) for targets in direct.values() for target in targets) > MOST_DRAWN_ANEW:
        raise _too_many()


def _cost(
    element: Element, direct: Mapping[Element, list[Element]], costs: dict[Element, int], way: tuple[Element, ...]
) -> int:
    """How many elements are drawn where one is referred to."""
    if element in way:
        raise NoVectorError("refers to itself, without end", "save it as plain SVG, with nothing reused")
    if len(way) > DEEPEST:
        raise _too_many()
    if element not in costs:
        inside = list(element.walk())
        costs[element] = len(inside) + sum(
            _cost(target, direct, costs, (*way, element)) for one in inside for target in direct[one]
        )
    if costs[element] > MOST_DRAWN_ANEW:
        raise _too_many()
    return costs[element]


def _too_many() -> NoVectorError:
    what = f"draws more than {MOST_DRAWN_ANEW} elements by reference"
    return NoVectorError(what, "save it as plain SVG, with nothing reused")


def _named(element: Element, rules: list[tuple[frozenset[str], list[str]]]) -> Iterator[str]:
    """The ids that an element refers to, by itself or by a style sheet; rather one too many than one too few."""
    href = element.attributes.get("href", "").strip()
    if href.startswith("#") and element.name != "a":
        yield href[1:]
    for key, value in element.attributes.items():
        if key != "href":
            yield from _ADDRESS.findall(value)
    if rules:
        own = {"*", "[", element.name, f"#{element.attributes.get('id', '')}"}
        own |= {f".{name}" for name in element.attributes.get("class", "").split()}
        for selected, ids in rules:
            if not own.isdisjoint(selected):
                yield from ids


def _size(root: Element) -> Size:
    box = _box(root)
    sides = [_side(root, key) for key in ("width", "height")]
    width, height = (side or fallback for side, fallback in zip(sides, box or (None, None), strict=True))
    if width is None or height is None:
        raise NoVectorError("does not say how large it is", 'write a viewBox, such as viewBox="0 0 200 60"')
    return width, height


def _box(root: Element) -> Size | None:
    said = root.attributes.get("viewBox")
    if said is None:
        return None
    parts = re.split(r"[\s,]+", said.strip())
    if len(parts) != 4 or not all(re.fullmatch(_NUMBER, part) for part in parts):
        raise NoVectorError("has a viewBox that is not four numbers", 'write it as viewBox="0 0 200 60"')
    width, height = (float(part) for part in parts[2:])
    return _fitting(width, "viewBox"), _fitting(height, "viewBox")


def _side(root: Element, key: str) -> float | None:
    """A side in pixels; None where it is as the viewBox says."""
    said = root.attributes.get(key, "").strip()
    if said in ("", "auto"):
        return None
    found = _LENGTH.fullmatch(said)
    if found is None:
        raise NoVectorError(f"has a {key} that is no length", f'write it in pixels, such as {key}="60"')
    if found[2] == "%":
        return None
    return _fitting(float(found[1]) * _UNITS[found[2]], key)


def _fitting(length: float, key: str) -> float:
    if not 0 < length <= LONGEST:
        raise NoVectorError(f"has a {key} that is not between 0 and {LONGEST:,.0f}", "write the size in pixels")
    return length
