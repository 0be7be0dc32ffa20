"""How wide words are, before anybody draws them: rather too wide, so that nothing overlaps or is cut.

Which font a reader's machine draws a chart with is not known. Widths are those of DejaVu Sans, the widest of those that
machines come with.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from readiness.report.words import Said

NARROW, SLIM, PLAIN, CAPITAL, WIDE, SQUARE = 0.33, 0.46, 0.66, 0.79, 1.02, 1.1  # of the size of the font
_WIDTHS = {
    **dict.fromkeys("ijlI.,:;'|!’·\u00a0\u202f ", NARROW),
    **dict.fromkeys('ftr()[]-–/\\"“”«»\u2011', SLIM),
    **dict.fromkeys("#+<>=~^&×÷≤≥", 0.86),
    **dict.fromkeys("mwMWOQ@%—…", WIDE),
}
BOLD = 1.12  # how much wider than plain
SHORTENED = "…"
BROKEN = "-"
_BLANKS = re.compile(r"[ \t\r\n\f\v]+")  # not the no-break spaces of French


@dataclass(frozen=True)
class Lettered:
    """A text in lines that fit. whole: all of it, where the lines do not hold all; lang: its language, "" for the
    report's own."""

    lines: tuple[str, ...] = ()
    lang: str = ""
    whole: str = ""


def width(text: str, size: float, bold: bool = False) -> float:
    """How wide a text is at most, in the units that `size` is in."""
    return size * (BOLD if bold else 1) * sum(_of(letter) for letter in text)


def _of(letter: str) -> float:
    found = _WIDTHS.get(letter)
    if found is not None:
        return found
    if unicodedata.combining(letter):
        return 0.0
    if unicodedata.east_asian_width(letter) in "WF" or ord(letter) > 0xFFFF:
        return SQUARE
    if letter.isalnum():
        return CAPITAL if letter.isupper() else PLAIN
    return WIDE if ord(letter) > 0x2100 else PLAIN


def lettered(text: str, room: float, size: float, most: int = 2, bold: bool = False) -> Lettered:
    """A text in at most `most` lines of at most `room`; of one that is longer … and the end stand in the last."""
    words = _BLANKS.sub(" ", text).strip(" ")
    lines = _broken(words.split(" ") if words else (), room, size, bold)
    lang = text.lang if isinstance(text, Said) else ""
    if len(lines) <= most:
        return Lettered(tuple(lines), lang)
    return Lettered((*lines[: most - 1], _ending(words, room, size, bold)), lang, words)


def _ending(text: str, room: float, size: float, bold: bool) -> str:
    """The end of a text, as much of it as fits: names that begin alike are told apart by how they end."""
    begin = len(text)
    while begin and width(SHORTENED + text[begin - 1 :], size, bold) <= room:
        begin -= 1
    while begin < len(text) and unicodedata.combining(text[begin]):
        begin += 1
    return SHORTENED + text[begin:].lstrip()


def _broken(words: Sequence[str], room: float, size: float, bold: bool) -> list[str]:
    lines: list[str] = []
    for word in words:
        if lines and width(f"{lines[-1]} {word}", size, bold) <= room:
            lines[-1] += f" {word}"
        else:
            lines += _parts(word, room, size, bold)
    return lines


def _parts(word: str, room: float, size: float, bold: bool) -> Iterator[str]:
    """A word, in as many parts as it takes where it is wider than a line."""
    rest = word
    while width(rest, size, bold) > room and len(rest) > 1:
        first = _longest(rest, room - width(BROKEN, size, bold), size, bold)
        yield rest[:first] + ("" if rest[first - 1] in "-–/_." else BROKEN)
        rest = rest[first:]
    yield rest


def _longest(text: str, room: float, size: float, bold: bool) -> int:
    """How many letters fit: one at least, and none without what combines with it."""
    end = 1
    while end < len(text) and width(text[: end + 1], size, bold) <= room:
        end += 1
    while end < len(text) and unicodedata.combining(text[end]):
        end += 1
    return end
