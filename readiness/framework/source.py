"""YAML files read safely: bounded, plain, and with the line of everything.

A file is one pass over the parser's events. Whatever could make it expand or hide what it says is refused: aliases,
anchors, merge keys, tags, a second document, deep nesting, too many values. Nothing is built before it was judged:
libyaml's own composer crashes on 100 kB of `[`, so the event stream is abandoned as soon as it nests too deep.
"""

from __future__ import annotations

import re
import stat
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import yaml

from readiness.faults import Fault
from readiness.framework.nodes import Broken, Mapping, Node, Scalar, Sequence

_LOADER: Final = getattr(yaml, "CLoader", yaml.Loader)  # only its parser is used; it constructs nothing
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ufffe\uffff]")
_UTF_16 = (b"\xff\xfe", b"\xfe\xff")
_EXPECTS_KEY: Final = None
_DROP: Final = ("", "the value of a refused key")  # a key's place, when the value that follows has nowhere to go
MOST_FAULTS = 50  # refused constructions reported of one file

# What libyaml says, and what a person can do about it. The first fragment that matches is taken.
_MENDS = (
    ("cannot start any token", "indent with spaces, and put quotes round a text that starts with a special character"),
    ("mapping values are not allowed", "put quotes round a text that holds a colon, or mend the indentation"),
    ("unexpected end of stream", "close the quotes or brackets opened here"),
    ("could not find expected ':'", "write a colon and a space after the key, or quotes round the text"),
    ("did not find expected key", "mend the indentation, or put quotes round the whole text"),
    ("did not find expected '-' indicator", "mend the indentation: the items of a list start in one column"),
    (
        "did not find expected comment or line break",
        "begin the text on the next line, indented, or write it without | or >",
    ),
    ("did not find expected ',' or", "close the bracket, or put quotes round a text that holds a comma or bracket"),
    ("unknown escape character", "write a backslash twice, or use single quotes"),
)


@dataclass(frozen=True)
class Limits:
    """How much one file may hold: bytes, values, levels of nesting."""

    size: int = 4_000_000
    nodes: int = 50_000
    depth: int = 40


@dataclass(frozen=True)
class Document:
    """What was read of one file. `root` is None where nothing could be."""

    name: str
    root: Node | None
    faults: tuple[Fault, ...] = ()
    nodes: int = 0


class _AbandonedError(Exception):
    """The rest of the file is not worth reading: the fault that says why has been recorded."""


def read(path: Path, name: str | None = None, limits: Limits = Limits()) -> Document:
    """Read one YAML file; its faults call it `name`, or by its path. Never raises for what the file holds."""
    name = path.as_posix() if name is None else name
    try:
        if not stat.S_ISREG(path.stat().st_mode):  # a pipe would wait for ever, a device never end
            return _refused(name, "is not a file", "name a YAML file")
        with path.open("rb") as stream:
            data = stream.read(limits.size + 1)
    except FileNotFoundError:
        return _refused(name, "there is no such file", "create it, or correct its name")
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        return _refused(name, f"cannot be read ({reason})", "check the file and its permissions")
    return parse(data, name, limits)


def parse(data: bytes | str, name: str, limits: Limits = Limits()) -> Document:
    """Read YAML from memory; `name` is what its faults call it."""
    if isinstance(data, str):
        data = data.encode("utf-8", "surrogatepass")
    if len(data) > limits.size:
        return _refused(name, f"holds more than {limits.size // 1_000_000} MB", "split the file, or shorten it")
    if data.startswith(_UTF_16):
        return _refused(name, "is UTF-16, not UTF-8", "save it as UTF-8")
    data = data.removeprefix(b"\xef\xbb\xbf")
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        return _refused(name, f"is not UTF-8 (byte 0x{data[error.start]:02x})", "save it as UTF-8", line)
    if found := _CONTROL.search(text):
        line = text.count("\n", 0, found.start()) + 1
        character = f"U+{ord(found[0]):04X}"
        return _refused(name, f"holds the control character {character}", "remove it; a framework is plain text", line)
    return _Builder(name, limits).build(data)


def _refused(name: str, what: str, mend: str, line: int | None = None) -> Document:
    return Document(name, None, (Fault(name, line, what, mend),))


class _Builder:
    """Turns the events of one file into nodes."""

    def __init__(self, name: str, limits: Limits) -> None:
        self._name = name
        self._limits = limits
        self._faults: list[Fault] = []
        self._root: Node | None = None
        self._stack: list[Mapping | Sequence] = []
        self._pending: list[str | tuple[str, str] | None] = []  # beside each mapping: the key that waits for a value
        self._nodes = 0

    def build(self, data: bytes) -> Document:
        try:
            for event in yaml.parse(data, Loader=_LOADER):
                self._take(event)
        except _AbandonedError:
            self._root = None
        except yaml.YAMLError as error:
            self._faults.append(_syntax(error, self._name, data))
            self._root = None
        else:
            if self._root is None and not self._faults:
                self._fault(None, "is empty", "write its keys")
        return Document(self._name, self._root, tuple(self._faults), self._nodes)

    def _take(self, event: Any) -> None:
        kind = type(event)
        if kind is yaml.ScalarEvent:
            self._scalar(event)
        elif kind is yaml.MappingStartEvent:
            self._open(Mapping(event.start_mark.line + 1), event)
        elif kind is yaml.SequenceStartEvent:
            self._open(Sequence(event.start_mark.line + 1), event)
        elif kind is yaml.MappingEndEvent or kind is yaml.SequenceEndEvent:
            self._stack.pop()
            self._pending.pop()
        elif kind is yaml.AliasEvent:
            line = event.start_mark.line + 1
            self._fault(line, f"alias '*{_short(event.anchor)}'", "write out what it stands for")
            self._attach(Broken(line))
        elif kind is yaml.DocumentStartEvent and self._root is not None:
            self._abandon(event.start_mark.line + 1, "a second document ('---')", "keep one document in a file")

    def _scalar(self, event: Any) -> None:
        line = event.start_mark.line + 1
        quoted = bool(event.style)
        if event.tag is not None or event.anchor is not None:
            self._refuse_properties(event, line)
        if quoted and (found := _CONTROL.search(event.value)):  # from an escape such as "\e", which a terminal obeys
            character = f"U+{ord(found[0]):04X}"
            self._fault(line, f"a text holds the control character {character}", "remove the escape")
            self._attach(Broken(line))
            return
        self._attach(Scalar(event.value, quoted, line))

    def _open(self, node: Mapping | Sequence, event: Any) -> None:
        if event.tag is not None or event.anchor is not None:
            self._refuse_properties(event, node.line)
        self._attach(node)
        self._stack.append(node)
        self._pending.append(_EXPECTS_KEY)
        if len(self._stack) > self._limits.depth:
            self._abandon(node.line, f"nests more than {self._limits.depth} levels deep", "nest less")

    def _attach(self, node: Node) -> None:
        self._nodes += 1
        if self._nodes > self._limits.nodes:
            self._abandon(node.line, f"holds more than {self._limits.nodes} values", "split the file, or shorten it")
        if not self._stack:
            self._root = node
            return
        top = self._stack[-1]
        if isinstance(top, Sequence):
            top.parts.append(node)
            return
        key = self._pending[-1]
        if key is _EXPECTS_KEY:
            self._pending[-1] = self._key(top, node)
        else:
            if isinstance(key, str):
                top.entries[key] = node
            self._pending[-1] = _EXPECTS_KEY

    def _key(self, mapping: Mapping, node: Node) -> str | tuple[str, str]:
        """The key that a node stands for, or `_DROP` when its value has nowhere to go."""
        if isinstance(node, Broken):
            return _DROP
        if not isinstance(node, Scalar):
            self._fault(node.line, "a list or mapping stands as a key", "write a plain key")
        elif node.text == "<<" and not node.quoted:
            self._fault(node.line, "merge key '<<'", "write out the keys it stands for")
        elif not node.text:
            self._fault(node.line, "an empty key", "write a key before the colon")
        elif node.text in mapping.lines:
            first = mapping.lines[node.text]
            what = f"key '{_short(node.text)}' is there twice, first on line {first}"
            self._fault(node.line, what, "keep one of them")
        else:
            mapping.lines[node.text] = node.line
            return node.text
        return _DROP

    def _refuse_properties(self, event: Any, line: int) -> None:
        if getattr(event, "tag", None) is not None:
            self._fault(line, f"tag '{_short(event.tag)}'", "remove it; quotes make a text")
        if event.anchor is not None:
            self._fault(line, f"anchor '&{_short(event.anchor)}'", "remove it; write out what it stands for")

    def _fault(self, line: int | None, what: str, mend: str) -> None:
        self._faults.append(Fault(self._name, line, what, mend))
        if len(self._faults) >= MOST_FAULTS:
            raise _AbandonedError

    def _abandon(self, line: int, what: str, mend: str) -> None:
        self._fault(line, what, mend)
        raise _AbandonedError


def _short(text: str, longest: int = 60) -> str:
    return text if len(text) <= longest else text[: longest - 1] + "…"


def _syntax(error: yaml.YAMLError, name: str, data: bytes) -> Fault:
    """A syntax error in one sentence, at the line where a person has to look."""
    problem = str(getattr(error, "problem", None) or "not YAML")
    mark = getattr(error, "problem_mark", None)
    context = getattr(error, "context_mark", None)
    if context is not None and (mark is None or "end of stream" in problem or "<stream end>" in problem):
        mark = context  # where it was opened says more than where the file ends
    mend = next((mend for fragment, mend in _MENDS if fragment in problem), "mend the YAML around this line")
    if "did not find expected ',' or" in problem and mark is not None and _character(data, mark) == ":":
        if context is not None and context.line == mark.line:
            problem, mend = "a text in brackets holds a colon", "put quotes round the whole text"
        elif context is not None:
            mend = f"close the bracket of line {context.line + 1}, or put quotes round a text that holds a colon"
    return Fault(name, None if mark is None else mark.line + 1, f"not YAML: {problem}", mend)


def _character(data: bytes, mark: Any) -> str:
    """What stands where the parser stopped."""
    line = data.decode("utf-8").splitlines()[mark.line : mark.line + 1]
    return line[0][mark.column : mark.column + 1] if line else ""
