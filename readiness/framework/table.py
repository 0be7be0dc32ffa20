"""One mapping of a YAML file, read strictly: whatever is not as it should be goes to the ledger, with its line.

Every reader returns something usable even where it found a fault, so that reading goes on and all faults are found
at once. What was refused before (`Broken`) is passed over in silence.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from typing import TypeVar

from readiness.framework.frozen import Text
from readiness.framework.ledger import Place, did_you_mean, nearest, nearest_word, one_of, quoted
from readiness.framework.nodes import Broken, Mapping, Node, Scalar, Sequence
from readiness.framework.vocabulary import Keys
from readiness.framework.wording import Page, found, in_quotes, read_text

_ID = re.compile(r"\w[\w.-]*")
LONGEST_ID = 100
LARGEST_NUMBER = 1e9  # scores are summed as integers of 1e-9, which have to fit
Choice = TypeVar("Choice", bound=str)


class Table:
    """A mapping with known keys. `who` names it in messages, such as `indicator 'free_trust'`."""

    def __init__(self, page: Page, node: Node, who: str, keys: Keys, line: int | None = None) -> None:
        known = keys.known
        self.page = page
        self.who = who
        self.line = node.line if line is None else line
        self.readable = isinstance(node, Mapping)
        self._node = node if isinstance(node, Mapping) else Mapping(node.line)
        if not self.readable:
            if not isinstance(node, Broken):
                more = ", …" if len(known) > 4 else ""
                expected = f"its keys are expected ({', '.join(known[:4])}{more})"
                self.fault(self.line, f"{who}: {expected}, found {found(node)}", "write one key a line, indented")
            return
        self._judge_unknown(known)
        for key in keys.required:
            if key not in self._node.lines:
                self.fault(self.line, f"{who} has no {quoted(key)}", "add it")

    def _judge_unknown(self, known: tuple[str, ...]) -> None:
        """Report unknown keys. What stands under a misspelt one is read all the same: one slip is one fault."""
        unknown = [key for key in self._node if key not in known]
        if not unknown:
            return
        written, self._node = self._node, Mapping(self._node.line)
        self._node.entries.update(written.entries)
        self._node.lines.update(written.lines)
        for key in unknown:
            if self.page.ledger.is_full:
                return
            meant = nearest_word(key, known)
            mend = did_you_mean(meant) or one_of(known)
            if _is_torn(key, written.entries.get(key), meant):
                mend += "; in braces, a text with a comma stands in quotes"
            self.fault(written.lines[key], f"{self.who}: unknown key {quoted(key)}", mend)
            if meant is not None and meant not in self._node.lines:
                self._node.lines[meant] = written.lines[key]
                self._node.entries[meant] = written.entries[key]

    def __contains__(self, key: str) -> bool:
        return key in self._node.lines

    @property
    def is_empty(self) -> bool:
        """Whether there is no key at all."""
        return not self._node.lines

    def node(self, key: str) -> Node | None:
        """What stands under a key: None where there is nothing, or only what was refused before."""
        node = self._node.entries.get(key)
        return None if isinstance(node, Broken) else node

    def place(self, key: str | None = None) -> Place:
        """Where a key stands, or else the table."""
        return self.page.at(self._node.lines.get(key, self.line) if key else self.line)

    def fault(self, line: int | None, what: str, mend: str) -> None:
        """Record a fault on this page."""
        self.page.ledger.fault(self.page.at(line), what, mend)

    def wrong(self, key: str, node: Node, expected: str, mend: str) -> None:
        """Record that something else was expected under a key."""
        self.fault(node.line, f"{self.who}: {quoted(key)} should be {expected}, found {found(node)}", mend)

    def number(
        self,
        key: str,
        default: float | None,
        low: float = -LARGEST_NUMBER,
        high: float = LARGEST_NUMBER,
        above: float | None = None,
    ) -> float | None:
        """A finite number from `low` to `high`, or above `above`."""
        node = self.node(key)
        if node is None:
            return default
        value = number_of(node)
        if value is None:
            self.wrong(key, node, "a number", "write a number, without quotes")
        elif not low <= value <= high or (above is not None and value <= above):
            least = f"above {above:g}" if above is not None else f"from {low:g} to {high:g}"
            self.wrong(key, node, f"a number {least}", f"write a number {least}")
        else:
            return float(value)
        return default

    def whole(self, key: str, default: int, low: int, high: int = 1_000_000) -> int:
        """A whole number from `low` to `high`."""
        node = self.node(key)
        if node is None:
            return default
        value = number_of(node)
        if value is None or value != int(value) or not low <= value <= high:
            self.wrong(key, node, f"a whole number of at least {low}", f"write a whole number of at least {low}")
            return default
        return int(value)

    def flag(self, key: str, default: bool) -> bool:
        """True or false."""
        node = self.node(key)
        if node is None:
            return default
        if isinstance(node, Scalar) and isinstance(node.value, bool):
            return node.value
        self.wrong(key, node, "true or false", "write true or false, without quotes")
        return default

    def choice(self, key: str, choices: tuple[Choice, ...], default: Choice) -> Choice:
        """One of a few words."""
        node = self.node(key)
        if node is None:
            return default
        if isinstance(node, Scalar):
            for choice in choices:
                if node.text == choice:
                    return choice
            self.wrong(key, node, f"one of {', '.join(choices)}", nearest(node.text, choices) or one_of(choices))
        else:
            self.wrong(key, node, f"one of {', '.join(choices)}", one_of(choices))
        return default

    def string(self, key: str, default: str = "") -> str:
        """A text that is no translation: a version, an author, an address."""
        node = self.node(key)
        if node is None:
            return default
        if isinstance(node, Scalar) and isinstance(node.value, str):
            return node.value.strip()
        self._wrong_text(key, node)
        return default

    def id(self, key: str) -> str | None:
        """An id defined here: letters, digits, `_`, `-` and `.`."""
        node = self.node(key)
        word = None if node is None else self._word(node, quoted(key))
        return word if word and self.accepts(word, self.place(key).line, f"{self.who}: {quoted(key)}") else None

    def ids(self, key: str, kind: str | None = None) -> tuple[str, ...] | None:
        """A list of ids, noted as references to `kind`. None where there is no such list."""
        node = self.node(key)
        if node is None:
            return None
        if not isinstance(node, Sequence):
            self.wrong(key, node, "a list", f"write [{node.text}]" if isinstance(node, Scalar) else "write [a, b]")
            return None
        read: dict[str, None] = {}
        for part in node.parts:
            id_ = None if isinstance(part, Broken) else self._word(part, quoted(key))
            if id_ is None:
                continue
            if id_ in read:
                self.fault(part.line, f"{self.who}: {quoted(key)} names {quoted(id_)} twice", "keep one of them")
            read[id_] = None
            if kind:
                self.page.ledger.refer(kind, id_, self.page.at(part.line), self.who)
        return tuple(read)

    def reference(self, key: str, kind: str) -> str | None:
        """An id, noted as a reference to `kind`."""
        node = self.node(key)
        id_ = None if node is None else self._word(node, quoted(key))
        if id_ is not None:
            self.page.ledger.refer(kind, id_, self.place(key), self.who)
        return id_

    def _word(self, node: Node, what: str) -> str | None:
        if isinstance(node, Scalar) and node.text:
            return node.text
        self.fault(node.line, f"{self.who}: {what} should be an id, found {found(node)}", "write an id")
        return None

    def accepts(self, id_: str, line: int | None, what: str) -> bool:
        """Whether a word may be an id; a fault where it may not."""
        if _ID.fullmatch(id_) and len(id_) <= LONGEST_ID:
            return True
        mend = f"use letters, digits, '_', '-' and '.', at most {LONGEST_ID}, and begin with a letter or digit"
        self.fault(line, f"{what}: {quoted(id_)} cannot be an id", mend)
        return False

    def text(self, key: str, absent: str = "") -> Text:
        """A text in the framework's languages. `absent`: what to warn of when there is none."""
        node = self.node(key)
        if node is None:
            if absent and self.readable and key not in self:
                self.page.ledger.warn(self.place(), f"{self.who} has no {quoted(key)}", absent)
            return Text()
        return read_text(self.page, node, f"{self.who}: {quoted(key)}")

    def texts(self, key: str, absent: str = "") -> tuple[Text, ...]:
        """A list of texts."""
        node = self.node(key)
        if node is None:
            self.text(key, absent)
            return ()
        if not isinstance(node, Sequence):
            self.wrong(key, node, "a list of texts", "begin each text with '- '")
            return ()
        return tuple(
            read_text(self.page, part, f"{self.who}: {quoted(key)}")
            for part in node.parts
            if not isinstance(part, Broken)
        )

    def _wrong_text(self, key: str, node: Node) -> None:
        self.wrong(key, node, "a text", in_quotes(node))

    def entries(self, key: str) -> Iterator[tuple[str, Node, int]]:
        """What stands under a key as a mapping: name, node and line of each."""
        node = self.node(key)
        if node is None:
            return
        if not isinstance(node, Mapping):
            if not (isinstance(node, Scalar) and node.value is None and not node.quoted):
                self.wrong(key, node, "a mapping", "write 'id: …', one a line, indented")
            else:
                self.fault(
                    node.line, f"{self.who}: {quoted(key)} is empty", "write what belongs there, or remove the key"
                )
            return
        for name, part in node.entries.items():
            yield name, part, node.lines[name]

    def listed(self, key: str) -> Iterator[Node]:
        """What stands under a key as a list."""
        node = self.node(key)
        if node is None:
            return
        if not isinstance(node, Sequence):
            self.wrong(key, node, "a list", "begin each entry with '- '")
            return
        yield from (part for part in node.parts if not isinstance(part, Broken))


def _is_torn(key: str, node: Node | None, meant: str | None) -> bool:
    """Whether an unknown key looks like the rest of a text in braces, which a comma parted."""
    empty = isinstance(node, Scalar) and not node.text and not node.quoted
    return empty and (" " in key or meant is None)


def number_of(node: Node) -> int | float | None:
    """A finite number within reason, as an integer where it is whole; None where there is something else."""
    value = node.value if isinstance(node, Scalar) else None
    if isinstance(value, bool) or not isinstance(value, (int, float)) or not math.isfinite(value):
        return None
    if abs(value) > LARGEST_NUMBER:
        return None
    return int(value) if value == int(value) else value
