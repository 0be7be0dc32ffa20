"""Careless respondents of a survey that stays where it lies: found and counted there, by the rules of `careless`.

A row of answers, in which the same one may stand too often, is written down as a text: a letter for each item, in the
framework's order. Each option of each scale has two letters, one for items that are reversed, so that one text tells of
every scale, and of the items of each key; and rows of the same option are what a regular expression finds, which every
engine knows.

An engine makes a program of an expression. This one is short, since of a long one no engine makes a fast program: an
item takes one addition, and no letter is taken out of a text but from those of the few who may be careless.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

import narwhals as nw

from readiness.analysis.careless import (
    HALF,
    MIDDLE_THROUGHOUT,
    OF_EACH_KEY,
    SECONDS,
    THROUGHOUT,
    UNBROKEN,
    Carelessness,
    telling_scales,
)
from readiness.responses.coding import ABSENT, DURATION
from readiness.scoring.items import options_of

if TYPE_CHECKING:
    from readiness.framework.models import Framework, Item
    from readiness.responses.engines.engine import Engine

    Frame = nw.LazyFrame[Any]

ANSWERING, STRAIGHT_LINING, SPEEDING = "answering#", "straight_lining#", "speeding#"  # no id can hold a "#"
ANSWERS = "answers#"  # as a text
QUOTES = {"spark": "`", "duckdb": '"'}  # around a column's name


def flagged(frame: Frame, framework: Framework, engine: Engine) -> Frame:
    """A frame of coded responses with what is said of each respondent: ANSWERING, STRAIGHT_LINING and SPEEDING.

    The three are truths, as `careless.flags` has them; nobody is speeding where no time was recorded.
    """
    there = frame.collect_schema().names()
    text = _Text(framework, tuple(item for item in framework.items.values() if item.id in there), engine.name)
    frame = engine.worked(frame, {ANSWERS: text.written()})
    columns = {
        ANSWERING: text.is_there(),
        STRAIGHT_LINING: text.is_straight(),
        SPEEDING: text.is_fast() if DURATION in there else "FALSE",
    }
    return engine.worked(frame, columns).drop(ANSWERS)


def sieved(frame: Frame, counting: Carelessness, engine: Engine, sources: Sequence[str] = ()) -> Frame:
    """The respondents of a frame that go on, all of it counted by one query.

    sources: what messages name where something is wrong.

    Raises:
        ResponseError: the engine could not read what it was to read.
    """
    judged = flagged(frame, counting.framework, engine)
    counts = engine.collected(judged.select(*_counts()), sources).row(0, named=True)
    counting.given({name: int(count or 0) for name, count in counts.items()})  # the sum of nothing is a null
    if not counting.excluding:
        return frame
    return judged.filter(~_either()).drop(ANSWERING, STRAIGHT_LINING, SPEEDING)


def _either() -> nw.Expr:
    return nw.col(STRAIGHT_LINING) | nw.col(SPEEDING)


def _counts() -> Iterator[nw.Expr]:
    """How many are said to be what, by the names that `Carelessness` has for it."""
    said = {
        "n": nw.col(ANSWERING),
        "straight_lining": nw.col(STRAIGHT_LINING),
        "speeding": nw.col(SPEEDING),
        "either": _either(),
    }
    return (flag.cast(nw.Int64).sum().alias(name) for name, flag in said.items())


@dataclass(frozen=True)
class Letters:
    """The letters of some options, in their order, and those that codes of no answer come out as.

    numbered: whether a letter's number is that of the first, and the code. Otherwise it is looked up.
    """

    options: str
    nothing: str
    numbered: bool

    def of(self, code: str) -> str:
        """The letter of a code, in words of SQL that all engines know."""
        if self.numbered:
            return f"chr({code} + CAST({ord(self.options[0])} AS INTEGER))"
        return f"substr('{self.nothing}{self.options}', {code} + {1 - ABSENT}, 1)"


class Alphabet:
    """Letters that are given out once each. None of them means anything in a pattern, or in a text of SQL."""

    # Of Latin 1, since Spark's `chr` knows no more; each run is one of characters that follow each other.
    RUNS = (range(ord("0"), ord("Z") + 1), range(ord("_"), ord("~") + 1), range(0xA1, 0x100))
    NOTHING = "." * -ABSENT
    BEYOND = 0x100

    def __init__(self) -> None:
        self._runs = list(self.RUNS)
        self._beyond = self.BEYOND

    def letters(self, size: int) -> Letters:
        """Letters of so many options. Codes of no answer are below them all."""
        for place, run in enumerate(self._runs):
            if len(run) >= size - ABSENT:
                some = "".join(map(chr, run[: size - ABSENT]))
                self._runs[place] = run[size - ABSENT :]
                return Letters(some[-ABSENT:], some[:-ABSENT], numbered=True)
        self._beyond += size
        return Letters("".join(map(chr, range(self._beyond - size, self._beyond))), self.NOTHING, numbered=False)


@dataclass(frozen=True)
class _Text:
    """Answers as letters, and what is asked of them, in SQL. items: those with a column. engine: the name of it."""

    framework: Framework
    items: tuple[Item, ...]
    engine: str

    @cached_property
    def _sizes(self) -> dict[str, int]:
        """The scales that tell of straight-lining, and how many options each has."""
        told = telling_scales(self.framework, [item for item in self.items if item.type == "scale"])
        return {scale: len(self.framework.scales[scale].options) for scale in told}

    @cached_property
    def _alphabet(self) -> tuple[dict[str, tuple[Letters, Letters]], Letters]:
        """The letters of each telling scale, of items keyed one way and the other; and those of all other items."""
        alphabet = Alphabet()
        telling = {scale: (alphabet.letters(size), alphabet.letters(size)) for scale, size in self._sizes.items()}
        others = [options_of(item, self.framework) for item in self.items if item.scale not in telling]
        return telling, alphabet.letters(max(others, default=0))

    @cached_property
    def _every(self) -> list[Letters]:
        telling, others = self._alphabet
        return [*(letters for both in telling.values() for letters in both), others]

    def written(self) -> str:
        """A row of answers as a text."""
        telling, others = self._alphabet
        letters = [
            telling[str(item.scale)][int(item.reversed)] if item.scale in telling else others for item in self.items
        ]
        of_items = (some.of(self._name(item.id)) for some, item in zip(letters, self.items, strict=True))
        return f"concat({', '.join(of_items)})" if self.items else "''"

    def is_there(self) -> str:
        """Whether anything is answered."""
        return self._has(f"[{self._answers}]") if self.items else "FALSE"

    def is_fast(self) -> str:
        """Whether the answers took too little time."""
        took, count = self._name(DURATION), self._count(self._name(ANSWERS), self._answers)
        # Few take less than everything that is asked would need: only of these are answers counted.
        fast = f"CASE WHEN {took} < {SECONDS * len(self.items)} THEN {took} < {SECONDS} * {count} ELSE FALSE END"
        return f"coalesce({fast}, FALSE)"

    def is_straight(self) -> str:
        """Whether they were given in a straight line."""
        found = [self._throughout(scale) for scale in self._sizes]
        if sum(item.scale in self._sizes for item in self.items) >= UNBROKEN:
            found.append(self._unbroken())
        return " OR ".join(found) or "FALSE"

    def _throughout(self, scale: str) -> str:
        """Whether one option is given to every item of a scale that is answered."""
        both = self._alphabet[0][scale]
        passed = f"[^{_options(both)}]*"
        lines = []
        for code, letters in enumerate(_by_code(both)):
            enough = MIDDLE_THROUGHOUT if code * 2 == self._sizes[scale] - 1 else THROUGHOUT
            lines.append(f"({passed}[{letters}]){{{enough},}}{passed}")
        has_both_keys = self._has_both_keys(self._name(ANSWERS), [both])
        whole = f"^({'|'.join(lines)})$"
        return f"CASE WHEN {self._has(whole)} THEN {has_both_keys} ELSE FALSE END"

    def _unbroken(self) -> str:
        """Whether one option is given to so many items in a row, of whatever scales."""
        every = list(self._alphabet[0].values())
        telling = _options(letters for both in every for letters in both)
        by_code: dict[int, str] = {}
        for both in every:
            for code, letters in enumerate(_by_code(both)):
                by_code[code] = by_code.get(code, "") + letters
        rows = "|".join(f"[{letters}]([^{telling}]*[{letters}]){{{UNBROKEN - 1},}}" for letters in by_code.values())
        answers = self._name(ANSWERS)
        is_half = f"{self._count('line', telling)} * {HALF} >= {self._count(answers, telling)}"
        holds = f"{is_half} AND {self._has_both_keys('line', every)}"
        any_ = self._any(f"regexp_extract_all({answers}, '{rows}', 0)", holds)
        return f"CASE WHEN {self._has(rows)} THEN {any_} ELSE FALSE END"

    def _has_both_keys(self, text: str, scales: Sequence[tuple[Letters, Letters]]) -> str:
        """Whether enough items of each key are among those of a text."""
        sides = [_options(side) for side in zip(*scales, strict=True)]
        return " AND ".join(f"{self._count(text, side)} >= {OF_EACH_KEY}" for side in sides)

    @property
    def _answers(self) -> str:
        return _options(self._every)

    def _count(self, text: str, letters: str) -> str:
        """How often any of some letters stands in a text."""
        every = dict.fromkeys(letter for some in self._every for letter in some.nothing + some.options)
        others = "".join(letter for letter in every if letter not in letters)
        return f"length(translate({text}, '{others}', ''))"

    def _has(self, pattern: str) -> str:
        """Whether a pattern stands in the answers."""
        return f"regexp_{'like' if self.engine == 'spark' else 'matches'}({self._name(ANSWERS)}, '{pattern}')"

    def _any(self, lines: str, holds: str) -> str:
        """Whether something holds of any `line` of a list."""
        if self.engine == "spark":
            return f"exists({lines}, line -> {holds})"
        return f"len(list_filter({lines}, lambda line: {holds})) > 0"

    def _name(self, name: str) -> str:
        quote = QUOTES[self.engine]
        return f"{quote}{name.replace(quote, quote * 2)}{quote}"


def _options(letters: Iterable[Letters]) -> str:
    return "".join(some.options for some in letters)


def _by_code(both: tuple[Letters, Letters]) -> Iterator[str]:
    """The letters that stand for each option, whichever way an item is keyed."""
    return map("".join, zip(*(letters.options for letters in both), strict=True))
