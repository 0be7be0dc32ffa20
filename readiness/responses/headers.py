"""Headers: a question as a survey tool writes it above a column, and the same question as a framework has it.

Case, spaces, accents, typography, HTML, numbering, and what tools add (`*`, `CUL11.`, `Question2`) make no difference.
A text that is only nearly the same is never the same: it is found by `Texts.near`, and whoever uses it has to say so.
"""

from __future__ import annotations

import difflib
import html
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

TAG = re.compile(r"</?[a-zA-Z][^<>]*>")
WORD = re.compile(r"[^\W_]+")
NUMBERING = re.compile(r"(?:(?:q|question|frage|item|no|nr|n)? ?\d{1,4}[a-z]? |[a-z] (?=\w))+(?=\w)")
PREFIX = re.compile(r"\s*[\[(]?(?=\w*[\d_])\w{1,40}(?:[\])]|\s*[.:)]|\s+[-–—|])\s*(?=\S)")
COUNTER = re.compile(r"(?:(?<=[^\s\d])\d{1,2}|\s*\(\d{1,2}\)|[._]\d{1,3})\s*$")
BRACKETED = re.compile(r"^(.*\S)?\s*\[([^\[\]]+)\]\s*$", re.DOTALL)
LETTERS = str.maketrans({"œ": "oe", "æ": "ae", "ø": "o", "ł": "l", "đ": "d"})

REQUIRED = re.compile(  # what tools put behind a question that has to be answered
    r"\s*(?:\*|[(\[](?:required|mandatory|obligatoire|requise?|pflichtfeld|pflichtfrage|erforderlich|obligatori[ao]|"
    r"obrigat[oó]ri[ao]|verplicht)[)\]])\s*\Z",
    re.IGNORECASE,
)

ALIKE = 0.86  # difflib's ratio above which two texts may be one, misspelt: a word in eight
AHEAD = 0.06  # how far the second best has to be behind
FEWEST_WORDS = 4  # of fewer words one more or less makes another question
LONGEST_COMPARED = 400  # difflib's time is quadratic in length
MOST_COMPARED = 5  # of the candidates that share words
SHORTEST_CUT = 24  # characters of a text that was cut
LIMITS = frozenset(
    {64, 80, 100, 120, 128, 250, 255, 256}
)  # characters at which tools cut; Stata's labels of variables at 80
DOTS = re.compile(r"\s*(?:…|\.{2,})\s*\Z")
TURNING = frozenset(  # a word of these more or less turns a question round, however near the rest
    [
        "not",
        "no",
        "never",
        "none",
        "nor",
        "without",
        "isn",
        "aren",
        "don",
        "doesn",
        "didn",
        "won",
        "cannot",
        "hardly",
        "less",
        "more",
        "before",
        "after",
        "ne",
        "pas",
        "jamais",
        "aucun",
        "aucune",
        "sans",
        "ni",
        "rien",
        "moins",
        "plus",
        "avant",
        "apres",
        "non",
        "nicht",
        "kein",
        "keine",
        "nie",
        "ohne",
    ]
)


def plain(text: str) -> str:
    """A text's words and nothing else: no case, accents, marks, HTML or kinds of space."""
    bare = TAG.sub(" ", html.unescape(text))
    folded = unicodedata.normalize("NFKD", bare.casefold().translate(LETTERS))
    return " ".join(
        WORD.findall("".join(char for char in folded if not unicodedata.combining(char) and char != "\xad"))
    )


def unmarked(text: str) -> str:
    """A header without the mark of a question that has to be answered."""
    return REQUIRED.sub("", text)


def forms(text: str) -> tuple[str, ...]:
    """A header's words: as they are, then without what numbers it or names its code."""
    found = [plain(text), plain(unmarked(text))]
    if prefix := PREFIX.match(text):
        found.append(plain(text[prefix.end() :]))
    found += [NUMBERING.sub("", form, count=1) for form in found if NUMBERING.match(form)]
    return tuple(form for form in dict.fromkeys(found) if form)


def uncounted(text: str) -> tuple[str, ...]:
    """The same without the counter that a tool puts behind a title that occurs again."""
    return forms(COUNTER.sub("", text)) if COUNTER.search(text) else ()


def bracketed(header: str) -> tuple[str, str] | None:
    """A header of the form `Question [row]` in its two parts."""
    found = BRACKETED.match(unmarked(header))
    return (found[1] or "", found[2]) if found else None


@dataclass(frozen=True)
class Near:
    """The text that is most like another: whose it is, the text, and how alike they are from 0 to 1."""

    name: str
    text: str
    ratio: float


@dataclass(frozen=True)
class Texts:
    """Texts by the name of what they belong to, such as an item's in every language."""

    texts: Mapping[str, tuple[str, ...]]
    _names: dict[str, set[str]] = field(init=False, default_factory=dict)  # by all words of a text
    _unnumbered: dict[str, set[str]] = field(init=False, default_factory=dict)  # by those after its number
    _plain: list[tuple[str, str, str]] = field(init=False, default_factory=list)  # name, text, its words
    _places: dict[str, list[int]] = field(init=False, default_factory=dict)  # where a word occurs

    def __post_init__(self) -> None:
        for name, texts in self.texts.items():
            for text in dict.fromkeys(texts):
                words = plain(text)
                self._names.setdefault(words, set()).add(name)
                for form in forms(text)[1:]:
                    self._unnumbered.setdefault(form, set()).add(name)
                for word in dict.fromkeys(words.split()):
                    self._places.setdefault(word, []).append(len(self._plain))
                self._plain.append((name, text, words[:LONGEST_COMPARED]))

    def same(self, forms: Iterable[str]) -> frozenset[str]:
        """The names whose text has the first of these forms that any has."""
        for form in forms:
            for index in (self._names, self._unnumbered):
                if form in index:
                    return frozenset(index[form])
        return frozenset()

    def near(self, text: str) -> tuple[Near, ...]:
        """Whose texts are nearly this one, the nearest first: one where it is clear, several where it is not."""
        words = NUMBERING.sub("", plain(text), count=1)[:LONGEST_COMPARED]
        split = set(words.split())
        if len(split) < FEWEST_WORDS:
            return ()
        shared = Counter(place for word in split for place in self._places.get(word, ()))
        found: dict[str, Near] = {}
        for place, count in sorted(shared.items(), key=lambda at: (-at[1], at[0]))[:MOST_COMPARED]:
            name, theirs, other = self._plain[place]
            if count * 2 < len(split) or not _same_sense(split, set(other.split())):
                continue
            ratio = _ratio(words, other)
            if ratio >= ALIKE - AHEAD and (name not in found or found[name].ratio < ratio):
                found[name] = Near(name, theirs, ratio)
        ranked = sorted(found.values(), key=lambda near: (-near.ratio, near.name))
        if not ranked or ranked[0].ratio < ALIKE:
            return ()
        return tuple(near for near in ranked if near.ratio > ranked[0].ratio - AHEAD)

    def cut(self, text: str) -> tuple[Near, ...]:
        """Whose text this is the beginning of, where it was cut: within a word, at a tool's limit, or with dots."""
        bare = text.strip()
        words = plain(DOTS.sub("", bare))
        if len(words) < SHORTEST_CUT:
            return ()
        marked = (
            not LIMITS.isdisjoint((len(bare), len(bare) + 1)) or DOTS.search(bare) is not None
        )  # a space may be lost
        found: dict[str, Near] = {}
        for name, theirs, other in self._plain:
            if other.startswith(words) and len(other) > len(words) and (marked or other[len(words)] != " "):
                found[name] = Near(name, theirs, len(words) / len(other))
        return tuple(found[name] for name in sorted(found))


def _same_sense(one: set[str], other: set[str]) -> bool:
    """Whether what differs is neither a number nor a word that turns the sense round."""
    return not any(word in TURNING or word.isdigit() for word in one ^ other)


def _ratio(one: str, other: str) -> float:
    matcher = difflib.SequenceMatcher(None, one, other, autojunk=False)
    if min(matcher.real_quick_ratio(), matcher.quick_ratio()) < ALIKE - AHEAD:
        return 0.0
    # The ratio depends on the order of the two: the lower is safe.
    return min(matcher.ratio(), difflib.SequenceMatcher(None, other, one, autojunk=False).ratio())
