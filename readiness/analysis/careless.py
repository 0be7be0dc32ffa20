"""Careless: respondents whose way of answering says little, whatever they answered. Flagged, and counted.

*Straight-lining*: one option after the other, whatever was asked. Items keyed both ways tell it apart from a view: who
agrees that decisions are taken at the right time, and in the same breath that they come too late, has not read both. It
is told of the items on scales of three options or more that are keyed both ways, in the framework's order, items
without an answer being passed over:

- all answers on one scale are the same option, of at least 8 answers, or 12 where it is the middle one, which somebody
  may well mean: see what is said of the middle in `docs/diagnosis.md`; or
- the same option stands in an unbroken row of at least 15 answers and at least half of all (the half is Curran's 2016
  rule; the method is Johnson's 2005 long string).

Either way at least two items of each key are among them.

*Speeding*: less than 2 seconds an answer (Huang, Curran, Keeney, Poposki & DeShon 2012), where a survey tool recorded
how long somebody took.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from readiness.responses.coding import DURATION
from readiness.scoring.findings import Careless

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from readiness.framework.models import Framework, Item

    Flag = NDArray[np.bool_]
    Codes = NDArray[np.int8]

FEWEST_OPTIONS = 3  # of a scale: of two, the same one comes often enough by itself
THROUGHOUT, MIDDLE_THROUGHOUT = 8, 12  # answers on one scale, all of them the same
UNBROKEN = 15  # answers in a row, all of them the same
HALF = 2  # of all answers, one in so many
OF_EACH_KEY = 2  # items
SECONDS = 2  # an answer
AT_ONCE = 16_384  # respondents, whose answers to all items fit into a processor's cache


@dataclass(frozen=True)
class Flags:
    """What is said of each respondent of a frame. speeding: None where no time was recorded."""

    answering: Flag
    straight_lining: Flag
    speeding: Flag | None

    @property
    def either(self) -> Flag:
        """Those who answered carelessly in one way or the other."""
        return self.straight_lining if self.speeding is None else self.straight_lining | self.speeding


@dataclass
class Carelessness:
    """How many respondents answered carelessly, counted while they come in pieces, in whatever order.

    excluding: whether these are to be left out of everything else.
    """

    framework: Framework
    excluding: bool = False
    _counts: dict[str, int] = field(default_factory=dict)

    def begin(self) -> None:
        """Begin anew."""
        self._counts = {}

    def add(self, frame: pl.DataFrame, sign: int = 1) -> Flags:
        """Count the respondents of a frame, or take them back (-1)."""
        found = flags(frame, self.framework)
        said = {"n": found.answering, "straight_lining": found.straight_lining, "either": found.either}
        if found.speeding is not None:
            said["speeding"] = found.speeding
        for name, flag in said.items():
            self._counts[name] = self._counts.get(name, 0) + sign * int(flag.sum())
        return found

    def given(self, counts: Mapping[str, int]) -> None:
        """Everybody at once, counted elsewhere: how many are answering (n), straight_lining, speeding, and either."""
        self._counts = dict(counts)

    def through(self, frame: pl.DataFrame, sign: int = 1) -> pl.DataFrame:
        """The respondents of a frame that go on, all of it counted as by `add`."""
        found = self.add(frame, sign)
        return frame.filter(~found.either) if self.excluding else frame

    def kept(self, frame: pl.DataFrame) -> pl.DataFrame:
        """The respondents of a frame that go on, nobody being counted."""
        return frame.filter(~flags(frame, self.framework).either) if self.excluding else frame

    def found(self, *, protect: bool = True) -> Careless:
        """The counts. Where nobody was too fast it is as where no time was recorded: the same answers, the same result.

        protect: tell nothing of fewer than `min_group` respondents. Of more, any count is told: like a share of those
        who know something, it rests on all of them, and says nothing of what anybody answered.
        """
        n = self._counts.get("n", 0)
        if protect and n < self.framework.defaults.min_group:
            return Careless(n=n, straight_lining=None, speeding=None, either=None, excluded=self.excluding)
        return Careless(
            n=n,
            straight_lining=self._counts.get("straight_lining", 0),
            speeding=self._counts.get("speeding") or None,
            either=self._counts.get("either", 0),
            excluded=self.excluding,
        )


def flags(frame: pl.DataFrame, framework: Framework) -> Flags:
    """What is said of each respondent of a frame that is coded as `responses.coding` says."""
    items = [item for item in framework.items.values() if item.id in frame.columns]
    form = _Form(framework, [item for item in items if item.type == "scale"])
    answers = frame.select([item.id for item in items]).to_numpy().reshape(frame.height, len(items))
    straight = np.zeros(frame.height, dtype=bool)
    answered = np.zeros(frame.height, dtype=np.int32)
    of_scales = [place for place, item in enumerate(items) if item.type == "scale"]
    for start in range(0, frame.height, AT_ONCE):
        rows = np.ascontiguousarray(answers[start : start + AT_ONCE].T)
        answered[start : start + AT_ONCE] = (rows >= 0).sum(axis=0, dtype=np.int32)
        straight[start : start + AT_ONCE] = form.straight_lining(rows[of_scales])
    speeding = None
    if DURATION in frame.columns:
        took = frame[DURATION].cast(pl.Float64).fill_null(np.inf).to_numpy()
        speeding = took < SECONDS * answered
    return Flags(answered > 0, straight, speeding)


def telling_scales(framework: Framework, items: Sequence[Item]) -> dict[str, list[int]]:
    """The places of the items on each scale by which straight-lining is told: long enough, and keyed both ways."""
    places: dict[str, list[int]] = {}
    for place, item in enumerate(items):
        places.setdefault(str(item.scale), []).append(place)

    def tells(scale: str) -> bool:
        turned = sum(items[place].reversed for place in places[scale])
        long = len(framework.scales[scale].options) >= FEWEST_OPTIONS
        return long and min(turned, len(places[scale]) - turned) >= OF_EACH_KEY

    return {scale: at for scale, at in places.items() if tells(scale)}


@dataclass(frozen=True)
class _Form:
    """The items that were put, in the framework's order, as far as straight-lining is told by them."""

    framework: Framework
    items: Sequence[Item]

    @cached_property
    def _scales(self) -> dict[str, list[int]]:
        return telling_scales(self.framework, self.items)

    def straight_lining(self, codes: Codes) -> Flag:
        """Who answers in a straight line. codes (items, respondents)."""
        found = np.zeros(codes.shape[1], dtype=bool)
        for scale, places in self._scales.items():
            found |= self._throughout(codes[places], places, len(self.framework.scales[scale].options))
        every = sorted(place for places in self._scales.values() for place in places)
        if len(every) >= UNBROKEN:
            found |= _unbroken(codes[every], [self.items[place].reversed for place in every])
        return found

    def _throughout(self, codes: Codes, places: Sequence[int], options: int) -> Flag:
        """Who gives one option to every item of a scale that they answer."""
        turned = np.array([self.items[place].reversed for place in places])
        there = codes >= 0
        first = codes.max(axis=0)
        same = ((codes == first) | ~there).all(axis=0)
        count = there.sum(axis=0, dtype=np.int16)
        backward = there[turned].sum(axis=0, dtype=np.int16)
        enough = np.where(first * 2 == options - 1, MIDDLE_THROUGHOUT, THROUGHOUT)
        both = (backward >= OF_EACH_KEY) & (count - backward >= OF_EACH_KEY)
        throughout: Flag = same & both & (count >= enough)
        return throughout


def _unbroken(codes: Codes, turned: Sequence[bool]) -> Flag:
    """Who gives one option to so many items in a row; codes (items, respondents) in the order they were put."""
    small = np.int8 if len(codes) <= np.iinfo(np.int8).max else np.int16
    count = (codes >= 0).sum(axis=0, dtype=small)
    enough = np.maximum(UNBROKEN, count // HALF + count % HALF).astype(small)
    last = np.full(codes.shape[1], -1, dtype=np.int8)
    keyed = np.zeros((2, codes.shape[1]), dtype=small)  # how many of each key the row holds so far
    found = np.zeros(codes.shape[1], dtype=bool)
    for place, (row, is_turned) in enumerate(zip(codes, turned, strict=True), start=1):
        there = row >= 0
        keyed *= (row == last) | ~there
        keyed[int(is_turned)] += there
        np.copyto(last, row, where=there)
        if place >= UNBROKEN:
            found |= (keyed[0] + keyed[1] >= enough) & (keyed.min(axis=0) >= OF_EACH_KEY)
    return found
