"""Labels: what the cells of one column of an export say, beyond what the canonical table may hold.

A tool may write an option as `4 - Often`, `(4) Often`, `Often (8)` or as a code that the file itself explains. Words
count more than numbers: a code need not be our value, and a label says what was on the screen. A number counts where no
word contradicts it. What is left is unreadable; a label that is only nearly one of ours is proposed, never taken.
"""

from __future__ import annotations

import difflib
import html
import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING, Protocol

from readiness.framework.folding import folded
from readiness.responses.cells import EMPTY, AnswerReader, ContextReader, number, trimmed
from readiness.responses.coding import DK, MISSING, NA
from readiness.responses.doubts import doubts
from readiness.responses.headers import TAG

if TYPE_CHECKING:
    from readiness.framework.models import ContextKey, Framework, Item

_NUMBER = r"[+-]?\d+(?:[.,]\d+)?"
CODE_FIRST = re.compile(
    rf"[(\[]?({_NUMBER})\s*[)\]]?\s*(?:[-–—−.:=)\]|]\s*|\s(?=[(\[]))[(\[]?(?=[^\W\d_])(.+?)[)\]]?\s*$", re.DOTALL
)
CODE_LAST = re.compile(rf"(.*[^\W\d_].*?)\s*(?:[(\[]\s*({_NUMBER})\s*[)\]]|\s[-–—−=:]\s*({_NUMBER}))\s*$", re.DOTALL)
DATE = re.compile(r"\d{1,2}[-./]?[^\W\d_]{3,5}\.?([-./]\d+)?$")  # `6-Jun`: what a spreadsheet makes of 6-6
QUOTES = str.maketrans(dict.fromkeys("\"“”„«»‹›'", "") | dict.fromkeys("–—−‐‑", "-") | {"…": "", "*": "", "_": " "})
LONGEST_LABEL = 1_000  # characters; looking for a code in a longer text would take for ever
PROPOSED = 0.8  # difflib's ratio above which a label is proposed to the consultant, who decides


class Answers(Protocol):
    """Whatever reads the cells of one item's column."""

    def code(self, cell: str) -> int | None:
        """The code of a cell, as in `coding`; None if it cannot be read."""

    def number(self, cell: str) -> float | None:
        """The number in a cell of code 0 of a number item."""

    def expected(self) -> str:
        """What would have been understood, in words."""

    def remarks(self, cells: Iterable[str]) -> tuple[str, ...]:
        """What there is to tell of how these cells are read."""


class Values(Protocol):
    """Whatever reads the cells of one context key's column."""

    def value(self, cell: str) -> str | None:
        """The value of a cell; None if it is empty. Raises KeyError where it cannot be read."""

    def expected(self) -> str:
        """What would have been understood, in words."""


def cleaned(cell: str) -> str:
    """A cell without HTML, invisible ends and the `;` that some tools write behind the last choice."""
    text = TAG.sub(" ", html.unescape(cell)) if "&" in cell or "<" in cell else cell
    return trimmed(trimmed(text).rstrip(";"))


@lru_cache(4096)  # every item of a scale has the same labels
def loosened(text: str) -> str:
    """A label as it is compared at last: accents, quotes and kinds of dash aside too."""
    bare = unicodedata.normalize("NFKD", folded(text).translate(QUOTES))
    return " ".join("".join(char for char in bare if not unicodedata.combining(char)).rstrip(".:").split())


# What tools and people write for the two answers that are none, where a framework calls them otherwise; each is told.
_DONT_KNOW = (
    "I don't know|I do not know|Do not know|Don't know|Je ne sais pas|Ne sait pas|Ne sais pas|NSP|Ich weiß nicht"
)
_DOES_NOT_APPLY = "Not applicable|Does not apply|Non applicable|Sans objet|Non concerné|Non concernée|Trifft nicht zu"
USUAL = {loosened(words): code for code, told in ((DK, _DONT_KNOW), (NA, _DOES_NOT_APPLY)) for words in told.split("|")}


@lru_cache(4096)
def apart(text: str) -> tuple[float, str] | None:
    """A code and the words beside it, as in `4 - Often` or `Often (8)`; None where there are not both."""
    if len(text) > LONGEST_LABEL:
        return None
    if first := CODE_FIRST.match(text):
        value, words = number(first[1]), first[2]
    elif last := CODE_LAST.match(text):
        value, words = number(last[2] or last[3]), last[1]
    else:
        return None
    return None if value is None else (value, words)


@dataclass(frozen=True)
class LabelReader:
    """Reads one item's column of an export.

    labels, missing, not_put: of the column, as in `export.Column`. beside: cells of the column that hold a code beside
    words, such as `5 - Never`, by which the meaning of a bare number in it is judged.
    """

    item: Item
    framework: Framework
    labels: Mapping[str, str] = field(default_factory=dict)
    missing: frozenset[str] = frozenset()
    not_put: frozenset[str] = frozenset()
    beside: frozenset[str] = frozenset()
    _strict: AnswerReader = field(init=False)
    _words: dict[str, int | None] = field(init=False, default_factory=dict)  # None: two options share a label
    _told: dict[float, bool] = field(init=False, default_factory=dict)  # of each option's value: has it a label
    _others: tuple[str, ...] = field(init=False)  # what in the column shows that its codes are not our values
    _trusted: bool | None = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_strict", AnswerReader(self.item, self.framework))
        for code, words in ((DK, self.framework.missing.dk), (NA, self.framework.missing.na)):
            for label in words.values():
                self._learn(label, code)
        if self.item.type == "scale":
            for position, option in enumerate(self.framework.scales[str(self.item.scale)].options):
                labels = (*option.label.values(), *option.aliases)
                self._told[float(option.value)] = any(number(label) is None for label in labels)
                for label in labels:
                    self._learn(label, position)
        explained = {code: label for code, label in self.labels.items() if number(label) is None}
        object.__setattr__(self, "labels", {**explained, **_by_number(explained)})
        object.__setattr__(self, "missing", self.missing | frozenset(_by_number(dict.fromkeys(self.missing, ""))))
        judged = self._judged()
        object.__setattr__(self, "_others", tuple(text for text, agrees in judged.items() if not agrees))
        object.__setattr__(self, "_trusted", not self._others if judged else None)

    def _learn(self, label: str, code: int) -> None:
        parts = apart(label)
        for loose in (loosened(label), *([loosened(parts[1])] if parts else [])):
            if loose and self._words.setdefault(loose, code) != code:
                self._words[loose] = None

    def _judged(self) -> dict[str, bool]:
        """Whether the column's codes are our values, by each of its labels that can be read; nothing if none can."""
        judged: dict[str, bool] = {}
        for code, label in self.labels.items():
            said = self._by_words(label) if number(code) is not None else None
            if said is not None and said >= 0:
                judged[f"{code} = {label}"] = said == self._strict.code(code)
        for cell in sorted(self.beside):
            parts = apart(cell)
            said = self._words.get(loosened(parts[1])) if parts else None
            if parts and said is not None and said >= 0:
                judged[cell] = said == self._strict.code(repr(parts[0]))
        return judged

    def code(self, cell: str) -> int | None:
        """The code of a cell; None if it cannot be read. A number item's answer has code 0."""
        text = self._declared(cleaned(cell))
        if text in self.labels:
            return self._by_label(text, self.labels[text])
        if text in self.missing or text in self.not_put:
            said = self._words.get(loosened(text))
            # Not shown, because of the tool's logic or because somebody left: our own rules say who was to be asked.
            return said if said in (DK, NA) else MISSING
        strict = self._strict.code(text)
        if strict is not None:
            # Beside labelled codes that are not our values, one without a label is none of them either.
            mistrusted = self._trusted is False and strict >= 0 and number(text) is not None
            return None if mistrusted else strict
        return self._by_words(text)

    def _declared(self, text: str) -> str:
        """A text as the file declares it, which may write 1 for 1.0."""
        value = number(text) if self.labels or self.missing else None
        return text if value is None or text in self.labels or text in self.missing else f"{value:g}"

    def _by_label(self, text: str, label: str) -> int | None:
        """A code that the file explains: by the label, whatever the code is."""
        said = self._by_words(cleaned(label))
        if text in self.missing:
            return said if said in (DK, NA) else MISSING
        if said is None and (self._trusted or self.item.type == "number"):
            return self._strict.code(text)
        return said

    def _by_words(self, text: str) -> int | None:
        """A text by its words; by a number in it only where our option of that value has no words."""
        known = self._strict.code(text) if number(text) is None and text not in EMPTY else None
        if known is None:
            known = self._words.get(loosened(text), USUAL.get(loosened(text)))
        if known is not None:
            return known
        parts = apart(text)
        if parts is None:
            return None
        value, words = parts
        known = self._words.get(loosened(words))
        wordless = self.item.type == "number" or (self._told.get(value) is False and self._trusted is not False)
        if known is None and wordless and not DATE.match(text):
            return self._strict.code(repr(value))
        return known

    def number(self, cell: str) -> float | None:
        """The number in a cell of a number item that has one."""
        text = cleaned(cell)
        plain = number(text)
        if plain is not None:
            return plain
        parts = apart(text)
        return parts[0] if parts else None

    def expected(self) -> str:
        """What would have been understood, in words."""
        if self.labels and self._trusted is None:
            code, label = next(iter(self.labels.items()))
            return (
                f"a code that the file calls as we do: it calls {code} {label!r}; say in a mapping what its codes mean"
            )
        if not self._others:
            return self._strict.expected()
        return f"a label, dk or na; numbers alone are not read, since {self._others[0]!r} has another than ours"

    def remarks(self, cells: Iterable[str]) -> tuple[str, ...]:
        """Where a code says one thing and its label another, of which the label was followed; and what is in doubt."""
        if self.item.type == "number":
            return ()
        cells = list(cells)
        told = self._doubts(list(map(cleaned, cells))) if self._trusted is None else []
        for cell in cells:
            text, code = self._declared(cleaned(cell)), self.code(cell)
            if code in (DK, NA) and loosened(text) not in self._words and loosened(text) in USUAL:
                told.append(f"{text!r} is read as {'dk' if code == DK else 'na'}")
            if code is None or code < 0:
                continue
            value = self.framework.scales[str(self.item.scale)].options[code].value
            if text in self.labels:
                given, label = number(text), self.labels[text]
                if given is not None and given != value:
                    told.append(f"{text} is labelled {label!r} in the file and read as that: {value:g}")
                elif self._by_words(cleaned(label)) is None:
                    told.append(
                        f"{text} is labelled {label!r} in the file, which no option is called; read as {value:g}"
                    )
            elif self._strict.code(text) is None and (parts := apart(text)) and parts[0] != value:
                told.append(f"{text!r} is read by its words, not by its number: {value:g}")
        return tuple(told)

    def _doubts(self, texts: Sequence[str]) -> list[str]:
        """What leaves in doubt whether numbers alone are our values."""
        values = [float(option.value) for option in self.framework.scales[str(self.item.scale)].options]
        worded = {text: code for text in texts if number(text) is None and (code := self._by_words(text)) is not None}
        named = {values[code]: text for text, code in worded.items() if code >= 0}
        return doubts(values, {value for text in texts if (value := number(text)) is not None}, named)

    def proposal(self, cell: str) -> tuple[str, float] | None:
        """The nearest label to a cell that cannot be read, and how alike they are; None where none is."""
        text = self._declared(cleaned(cell))
        text = self.labels.get(text, text)
        parts = apart(text)
        words = loosened(parts[1] if parts else text)
        labels = {loosened(label): label for label in self._spoken()}
        near = difflib.get_close_matches(words, labels, n=1, cutoff=PROPOSED) if len(words) <= 100 else []
        if not near:
            return None
        return labels[near[0]], difflib.SequenceMatcher(None, words, near[0], autojunk=False).ratio()

    def _spoken(self) -> list[str]:
        missing = self.framework.missing
        spoken = [*missing.dk.values(), *missing.na.values()]
        if self.item.type == "scale":
            for option in self.framework.scales[str(self.item.scale)].options:
                spoken += [*option.label.values(), *option.aliases]
        return spoken


def _by_number(explained: Mapping[str, str]) -> dict[str, str]:
    """The same, under every code as a spreadsheet may write it: `1` for `1.0`."""
    values = {code: number(code) for code in explained}
    return {f"{value:g}": explained[code] for code, value in values.items() if value is not None}


@dataclass(frozen=True)
class ContextLabels:
    """Reads one context key's column of an export: a code by the file's label for it, an option by any of its names."""

    key: ContextKey
    labels: Mapping[str, str] = field(default_factory=dict)
    missing: frozenset[str] = frozenset()
    _strict: ContextReader = field(init=False)
    _loose: dict[str, str | None] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_strict", ContextReader(self.key))
        for option, words in (self.key.options or {}).items():
            for name in (option, *words.values()):
                loose = loosened(name)
                if self._loose.setdefault(loose, option) != option:
                    self._loose[loose] = None

    def value(self, cell: str) -> str | None:
        """The value of a cell; None if it is empty or declared missing.

        Raises:
            KeyError: the key has named options, and this is none of them.
        """
        text = trimmed(cell)
        if text in self.missing:
            return None
        text = trimmed(self.labels.get(text, text))
        if not self.key.options or text in EMPTY:
            return self._strict.value(text)
        try:
            return self._strict.value(text)
        except KeyError:
            parts = apart(cleaned(text))
            for said in (cleaned(text), *([parts[1]] if parts else [])):
                if (known := self._loose.get(loosened(said))) is not None:
                    return known
            raise

    def expected(self) -> str:
        """What would have been understood, in words."""
        return self._strict.expected()
