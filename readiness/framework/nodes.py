"""YAML as a tree of nodes that know their line, with the plain scalars of YAML 1.2.

YAML 1.1, which PyYAML speaks by itself, reads `No` as false, `012` as 10 and `1:30` as 90. Here only `true` and
`false` are booleans, `012` is 12 and `1:30` is text, as YAML 1.2 says (core schema, chapter 10.3).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

Value = str | int | float | bool | None

_NULLS = frozenset({"", "~", "null", "Null", "NULL"})
_BOOLEANS = {"true": True, "True": True, "TRUE": True, "false": False, "False": False, "FALSE": False}
_NUMBER_STARTS = frozenset("+-.0123456789")
_INTEGER = re.compile(r"[-+]?[0-9]+")
_OCTAL = re.compile(r"0o[0-7]+")
_HEXADECIMAL = re.compile(r"0x[0-9a-fA-F]+")
_FLOAT = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?")
_INFINITE = re.compile(r"[-+]?\.(inf|Inf|INF)")
_NOT_A_NUMBER = frozenset({".nan", ".NaN", ".NAN"})
_LONGEST_INTEGER = 30  # longer ones are read as floats: int() refuses absurd ones, and takes long over long ones


class Node:
    """One place of a YAML file."""

    __slots__ = ("line",)

    def __init__(self, line: int) -> None:
        self.line = line


class Scalar(Node):
    """A single value. `text` is what was written; `quoted` scalars are always strings."""

    __slots__ = ("quoted", "text", "value")

    def __init__(self, text: str, quoted: bool, line: int) -> None:
        self.line = line
        self.text = text
        self.quoted = quoted
        self.value: Value = text if quoted else resolve(text)


class Sequence(Node):
    """A list of nodes."""

    __slots__ = ("parts",)

    def __init__(self, line: int) -> None:
        self.line = line
        self.parts: list[Node] = []


class Mapping(Node):
    """Nodes under string keys, in the order of the file. `lines` has the line of each key."""

    __slots__ = ("entries", "lines")

    def __init__(self, line: int) -> None:
        self.line = line
        self.entries: dict[str, Node] = {}
        self.lines: dict[str, int] = {}

    def __iter__(self) -> Iterator[str]:
        return iter(self.entries)


class Broken(Node):
    """Stands where something was refused and has been reported, so that nobody reports it again."""

    __slots__ = ()


def resolve(text: str) -> Value:
    """What a plain scalar means: null, a boolean, a number or, mostly, text."""
    if text in _NULLS:
        return None
    if text in _BOOLEANS:
        return _BOOLEANS[text]
    if text[0] not in _NUMBER_STARTS:
        return text
    return _number(text)


def _number(text: str) -> Value:
    if _INTEGER.fullmatch(text):
        return int(text) if len(text) <= _LONGEST_INTEGER else float(text)
    if _OCTAL.fullmatch(text) and len(text) <= _LONGEST_INTEGER:
        return int(text[2:], 8)
    if _HEXADECIMAL.fullmatch(text) and len(text) <= _LONGEST_INTEGER:
        return int(text[2:], 16)
    if _FLOAT.fullmatch(text):
        return float(text)
    if _INFINITE.fullmatch(text):
        return float("-inf") if text[0] == "-" else float("inf")
    return float("nan") if text in _NOT_A_NUMBER else text


def plain(node: Node | None) -> object:
    """The tree as plain Python: dict, list and values. What was refused becomes None."""
    match node:
        case Scalar():
            return node.value
        case Sequence():
            return [plain(part) for part in node.parts]
        case Mapping():
            return {key: plain(part) for key, part in node.entries.items()}
        case _:
            return None
