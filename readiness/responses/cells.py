"""Cells: what a piece of text in a survey file says, or that it cannot be read.

An item's cell holds an option's value or its label in any language; empty is missing, and so is `NA` as R and pandas
write it; `dk` and `na`, lower case, or their labels are *don't know* and *not applicable*. Nothing is guessed: what is
none of these is unreadable, and never becomes a number.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from readiness.framework.folding import folded
from readiness.responses.coding import DK, HEAVIEST, MISSING, NA, WEIGHT_UNIT

if TYPE_CHECKING:
    from readiness.framework.models import ContextKey, Framework, Item

EMPTY = frozenset({"", "NA", "NaN"})
THOUSANDS = re.compile(r"[+-]?[1-9]\d{0,2},\d{3}$")  # "1,250" is one and a quarter, or a thousand and more


def trimmed(text: str) -> str:
    """A cell without the invisible characters around it."""
    return text.strip().strip("\ufeff\u200b").strip()


def text_of(value: Any) -> str | None:
    """A value as it would stand in a cell; None stays None."""
    if value is None or isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)


def number(text: str) -> float | None:
    """A number written with a point or a comma; None if it is none, or if the comma may stand for thousands."""
    if "_" in text or THOUSANDS.match(text):
        return None
    try:
        value = float(text.replace(",", ".", 1)) if text.count(",") == 1 and "." not in text else float(text)
    except ValueError:
        return None
    return value if math.isfinite(value) else None


@dataclass(frozen=True)
class AnswerReader:
    """Reads the cells of one item."""

    item: Item
    framework: Framework
    _labels: dict[str, int] = field(init=False, default_factory=dict)
    _values: dict[float, int] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        for code, words in ((DK, self.framework.missing.dk), (NA, self.framework.missing.na)):
            self._labels.update({folded(label): code for label in words.values()})
        if self.item.type == "scale":
            for position, option in enumerate(self.framework.scales[str(self.item.scale)].options):
                self._values[float(option.value)] = position
                for label in (*option.label.values(), *option.aliases):
                    self._labels[folded(label)] = position

    def code(self, cell: str) -> int | None:
        """The code of a cell; None if it cannot be read. A number item's answer has code 0."""
        text = trimmed(cell)
        if text in EMPTY:
            return MISSING
        if text == "dk":
            return DK
        if text == "na":
            return NA
        value = number(text)
        if self.item.type == "number" and value is not None:
            return 0 if float(self.item.min or 0) <= value <= float(self.item.max or 0) else None
        if value is not None and value in self._values:
            return self._values[value]
        return self._labels.get(folded(text))

    def number(self, cell: str) -> float | None:
        """The number in a cell of code 0 of a number item."""
        return number(trimmed(cell))

    def remarks(self, cells: Iterable[str]) -> tuple[str, ...]:  # noqa: ARG002 for readers that have some
        """What there is to tell of how these cells are read: nothing, since nothing else than they say is."""
        return ()

    def expected(self) -> str:
        """What would have been understood, in words."""
        if self.item.type == "number":
            return f"a number from {self.item.min:g} to {self.item.max:g}, dk or na"
        values = [f"{option.value:g}" for option in self.framework.scales[str(self.item.scale)].options]
        return f"one of {', '.join(values)}, their labels, dk or na"


@dataclass(frozen=True)
class ContextReader:
    """Reads the cells of one context key."""

    key: ContextKey
    _named: dict[str, str] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        for option, words in (self.key.options or {}).items():
            self._named[folded(option)] = option
            self._named.update({folded(label): option for label in words.values()})

    def value(self, cell: str) -> str | None:
        """The value of a cell; None if it is empty.

        Raises:
            KeyError: the key has named options, and this is none of them.
        """
        text = trimmed(cell)
        if text in EMPTY:
            return None
        return self._named[folded(text)] if self.key.options else text

    def expected(self) -> str:
        """What would have been understood, in words."""
        return f"one of {', '.join(self.key.options or {})}, or their labels"


def weight_of(cell: str) -> int | None:
    """A case weight in whole units of 1e-6; 0 where there is none, None if the cell cannot be read."""
    text = trimmed(cell)
    if text in EMPTY:
        return 0
    value = number(text)
    if value is None or not 0 <= value <= HEAVIEST:
        return None
    weight = round(value * WEIGHT_UNIT)
    return None if value and not weight else weight  # what is too light to count is told, and not taken for none


def expected_weight() -> str:
    """What would have been understood as a case weight, in words."""
    return f"a weight from 0 to {HEAVIEST}"


def distinct(cells: Iterable[str | None]) -> list[str]:
    """The different texts among cells."""
    return sorted({cell for cell in cells if cell is not None})


def readable(cells: Mapping[str, int | None]) -> dict[str, int]:
    """Those that could be read."""
    return {cell: code for cell, code in cells.items() if code is not None}
