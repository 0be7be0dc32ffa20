"""Headings: what stands above a column, taken apart into code, question and sub-question.

The rows that name columns are read here as texts alone; which platform wrote them is no matter of this module.
"""

from __future__ import annotations

import functools
import html
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence

from readiness.framework.folding import folded
from readiness.responses.headers import unmarked

INLINE = re.compile(r"</?(?:a|b|big|code|em|font|i|s|small|span|strong|sub|sup|u)(?:\s[^<>]*)?>", re.IGNORECASE)
BLOCK = re.compile(
    r"</?(?:br|center|div|h[1-6]|hr|img|label|li|ol|p|pre|table|tbody|td|th|thead|tr|ul)(?:\s[^<>]*)?/?>", re.IGNORECASE
)
NAME = re.compile(r"[^\W\d][\w.:#-]*\Z")
LONGEST_NAME = 64
NUMBER = re.compile(r"[+-]?\d[\d.,  ]*%?\Z")
DATE = re.compile(r"\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}(?:[ T].*)?\Z")
MOST_SUB_QUESTIONS = 3


@functools.lru_cache(maxsize=16_384)
def words(heading: str) -> str:
    """A heading as one line of words: no markup, no line breaks, one kind of space."""
    return " ".join(
        html.unescape(BLOCK.sub(" ", INLINE.sub("", heading))).replace("\u200b", "").replace("\ufeff", "").split()
    )


@functools.lru_cache(maxsize=16_384)
def key(heading: str) -> str:
    """A heading as lists of known ones have it: case, accents, underscores, a colon or asterisk at its end aside."""
    spelled = unicodedata.normalize("NFKD", folded(words(heading).replace("_", " ")))
    return "".join(sign for sign in spelled if not unicodedata.combining(sign)).rstrip(" :*")


def keys(names: str) -> tuple[str, ...]:
    """Known headings, as a list of code has them: with bars between them."""
    return tuple(dict.fromkeys(map(key, names.split("|"))))


def bare(names: str) -> tuple[str, ...]:
    """Known names that are compared as they stand, with bars between them."""
    return tuple(names.split("|"))


def is_name(heading: str) -> bool:
    """Whether a heading is a name such as `Q3_2` or `CUL11` rather than words."""
    return len(heading) <= LONGEST_NAME and NAME.match(heading) is not None


def code_and_text(heading: str) -> tuple[str, str]:
    """The code and the words of a heading that may be either; a single word, such as `Department`, is both."""
    text = words(heading)
    if not is_name(text):
        return "", text
    return (text, text) if text.isalpha() else (text, "")


def bracketed(text: str) -> tuple[str, list[str]]:
    """A text, and what stands in square brackets at its end: `Trust [My team]` is `Trust` and `My team`."""
    subs: list[str] = []
    rest = unmarked(text).rstrip() if unmarked(text).rstrip().endswith("]") else text.rstrip()
    while rest.endswith("]") and len(subs) < MOST_SUB_QUESTIONS:
        start = _opening(rest)
        if start is None:
            break
        subs.insert(0, rest[start + 1 : -1].strip())
        rest = rest[:start].rstrip()
    return rest, subs


def _opening(text: str) -> int | None:
    """Where the bracket opens that closes at the end of a text."""
    depth = 0
    for place in range(len(text) - 1, -1, -1):
        depth += (text[place] == "]") - (text[place] == "[")
        if depth == 0:
            return place
    return None


def is_value(cell: str) -> bool:
    """Whether a cell is a number or a date, as a heading hardly is."""
    text = cell.strip()
    return NUMBER.match(text) is not None or DATE.match(text) is not None


def carried(row: Sequence[str], below: Sequence[str]) -> list[str]:
    """A row of questions that stand only over the first column of their block, written over all of its columns.

    A block ends where neither row has anything.
    """
    filled: list[str] = []
    for question, sub in zip(row, below, strict=True):
        carry = not question.strip() and sub.strip() and filled
        filled.append(filled[-1] if carry else question)
    return filled


def blocks(row: Sequence[str], below: Sequence[str]) -> Iterator[list[int]]:
    """The columns of each question, where it stands over the first one only."""
    block: list[int] = []
    for place, question in enumerate(row):
        if question.strip() or not below[place].strip():
            if block:
                yield block
            block = []
        if question.strip() or below[place].strip():
            block.append(place)
    if block:
        yield block


def has_two_rows(row: Sequence[str], below: Sequence[str]) -> bool:
    """Whether a row of questions over blocks of columns is followed by one of sub-questions.

    In each block of several columns the texts below differ; nothing below is a number or a date; and the questions are
    words. A row of answers is hardly ever like that. A single text over everything is a title.
    """
    if sum(1 for question in row if question.strip()) < 2:
        return False
    wide = [block for block in blocks(row, below) if len(block) > 1]
    if sum(map(len, wide)) < 3 or not row[wide[0][0]].strip():
        return False
    subs = [[below[place].strip() for place in block] for block in wide]
    if any(is_value(sub) for block in subs for sub in block if sub):
        return False
    alike = any(count > 1 for block in subs for sub, count in Counter(map(folded, block)).items() if sub)
    questions = [words(row[block[0]]) for block in wide if row[block[0]].strip()]
    return not alike and any(" " in question for question in questions) and not any(map(is_value, questions))
