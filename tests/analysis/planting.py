"""Surveys drawn from a seed, with what is to be found in them planted: gaps, turned keys, careless people.

Everybody sees their company alike, give or take a unit's mood, a mood and views of their own and the noise of an
answer, as in the demo's company; roles and levels see nothing otherwise unless a gap is planted.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
import polars as pl
from numpy.typing import NDArray

from readiness.analysis.gaps import found, gaps
from readiness.analysis.ways import NOT_PUT, Ways
from readiness.framework import catalogue
from readiness.framework.loading import load
from readiness.framework.models import Framework, Indicator, Item
from readiness.responses.coding import DK, MISSING, NA
from readiness.scoring.findings import Gaps

SHARES = {"executive": 0.06, "manager": 0.2, "employee": 0.62, "hr": 0.04, "it": 0.05, "community_manager": 0.03}
LEVELS = {"executive": ("top",), "manager": ("senior", "middle", "first_line", "first_line")}  # others lead no team
UNIT, MOOD, VIEW, NOISE = 5, 7, 10, 13  # standard deviations in points
EMPTY, DONT_KNOW, NOT_APPLICABLE = 0.03, 0.04, 0.02
MIDDLES = {"even": (35, 65), "skewed": (75, 92), "ceiling": (95, 115)}  # where an indicator's mean may lie


@dataclass(frozen=True)
class Gap:
    """A role that sees an indicator otherwise, by so many points."""

    role: str
    indicator: str
    points: float


@dataclass(frozen=True)
class Plants:
    """What is hidden in a survey. turned: items answered as if their key were the other way round. careless: how many
    people choose the same option throughout.
    """

    gaps: tuple[Gap, ...] = ()
    turned: tuple[str, ...] = ()
    careless: int = 0


NOTHING = Plants()


@dataclass(frozen=True)
class Survey:
    """A survey of the core items. codes (people, items): as `responses.coding` says, or `NOT_PUT`."""

    framework: Framework
    items: tuple[Item, ...]
    context: Mapping[str, NDArray[np.str_]]
    codes: NDArray[np.int16]
    careless: NDArray[np.bool_]
    _made: dict[str, tuple[NDArray[np.intp], Ways]] = field(default_factory=dict)

    @property
    def n(self) -> int:
        return len(self.codes)

    def ways(self) -> dict[str, Ways]:
        """Everybody's answers by indicator."""
        return {indicator.id: self._ways(indicator)[1] for indicator in self.framework.indicators.values()}

    def sides(self, key: str) -> dict[str | None, dict[str, Ways]]:
        """Answers by the value of a context key, and by indicator."""
        values = np.unique(self.context[key])
        return {str(value): self.ways_of(self.context[key] == value) for value in values}

    def ways_of(self, who: NDArray[np.bool_]) -> dict[str, Ways]:
        """Some people's answers by indicator."""
        made = {indicator.id: self._ways(indicator) for indicator in self.framework.indicators.values()}
        return {
            id_: ways.of(np.bincount(place[who], minlength=len(ways.people))) for id_, (place, ways) in made.items()
        }

    def frame(self) -> pl.DataFrame:
        """The answers as a frame that is coded as `responses.coding` says."""
        codes = np.where(self.codes == NOT_PUT, MISSING, self.codes).astype(np.int8)
        return pl.DataFrame({item.id: codes[:, place] for place, item in enumerate(self.items)})

    def rows(self) -> Iterator[dict[str, object]]:
        """The canonical table, a row a respondent."""
        values = {item.id: [o.value for o in self.framework.scales[str(item.scale)].options] for item in self.items}
        words = {DK: "dk", NA: "na", MISSING: None, NOT_PUT: None}
        for person in range(self.n):
            row: dict[str, object] = {"respondent": f"r{person:04}"}
            row.update({key: str(of[person]) for key, of in self.context.items()})
            for place, item in enumerate(self.items):
                code = int(self.codes[person, place])
                row[item.id] = values[item.id][code] if 0 <= code < NOT_PUT else words[code]
            yield row

    def _ways(self, indicator: Indicator) -> tuple[NDArray[np.intp], Ways]:
        """Which way each person answers an indicator, and all ways."""
        if indicator.id not in self._made:
            places = [place for place, item in enumerate(self.items) if item.id in indicator.items]
            items = tuple(self.items[place] for place in places)
            codes, place, people = np.unique(self.codes[:, places], axis=0, return_inverse=True, return_counts=True)
            points = np.column_stack([scored(self.framework, item, codes[:, at]) for at, item in enumerate(items)])
            score = _scores(self.framework, indicator, items, codes, points)
            self._made[indicator.id] = place.reshape(-1), Ways(indicator, items, points, codes, score, people)
        return self._made[indicator.id]


@functools.cache
def shipped() -> Framework:
    return load(catalogue.find(catalogue.DEFAULT))


def survey(seed: int, n: int | None = None, plants: Plants = NOTHING, middle: str | None = None) -> Survey:
    """A survey of the shipped framework's core items.

    n: how many answer, else between 60 and 600. middle: where answers lie, see `MIDDLES`; else any of them.
    """
    framework = shipped()
    # A stream that NumPy has promised never to change; and of it only uniform numbers.
    stream = np.random.RandomState(seed)
    n = n or int(60 * 10 ** stream.random_sample())
    middle = middle or _one(stream, list(MIDDLES))
    context = _context(stream, n)
    items = tuple(item for indicator in framework.indicators.values() for item in indicator.items.values() if item.core)
    codes = np.full((n, len(items)), NOT_PUT, dtype=np.int16)
    at = {item.id: place for place, item in enumerate(items)}
    seeing = _Seeing(stream, context, plants, MIDDLES[middle])
    for indicator in framework.indicators.values():
        answer = seeing.answers(indicator)
        for item in indicator.items.values():
            if item.core:
                put = np.ones(n, bool) if item.roles is None else np.isin(context["role"], item.roles)
                codes[:, at[item.id]] = np.where(put, _answered(stream, framework, item, answer, plants), NOT_PUT)
    careless = np.zeros(n, bool)
    careless[_order(stream, n)[: plants.careless]] = True
    straight = (stream.random_sample(n) * 5).astype(np.int16)
    codes = np.where(careless[:, None] & (codes != NOT_PUT), straight[:, None], codes).astype(np.int16)
    return Survey(framework, items, context, codes, careless)


def compared(drawn: Survey, fewest: int = 5) -> Gaps:
    """The gaps that are found between roles and between levels."""
    made = [one for key in ("role", "level") for one in gaps(drawn.framework, key, drawn.sides(key), fewest)]
    return found(drawn.framework, made, {})


def scored(framework: Framework, item: Item, codes: NDArray[np.int16]) -> NDArray[np.float64]:
    """What codes score, 0-100; NaN where there is no answer."""
    points = np.array([option.points for option in framework.scales[str(item.scale)].options])
    share = 100 * (points - points.min()) / (points.max() - points.min())
    share = 100 - share if item.reversed else share
    answered = (codes >= 0) & (codes != NOT_PUT)
    return np.where(answered, share[np.where(answered, codes, 0)], np.nan)


class _Seeing:
    """How everybody sees their company."""

    def __init__(
        self,
        stream: np.random.RandomState,
        context: Mapping[str, NDArray[np.str_]],
        plants: Plants,
        middle: tuple[int, int],
    ) -> None:
        self._stream, self._role, self._plants, self._middle = stream, context["role"], plants, middle
        units, unit = np.unique(context["unit"], return_inverse=True)
        self._mood = UNIT * _bell(stream, len(units))[unit] + MOOD * _bell(stream, len(unit))

    def answers(self, indicator: Indicator) -> Callable[[], NDArray[np.float64]]:
        """What everybody would answer to each item of an indicator, in its own direction and on 0-100."""
        towards = {"high": 1, "low": -1, "none": 0}[indicator.desired]
        drawn = self._level()
        level: float | NDArray[np.float64] = drawn if towards >= 0 else 100 - drawn
        for gap in self._plants.gaps:
            if gap.indicator == indicator.id:
                # Half to either side of the middle: there is room on the scale.
                level = 50 + gap.points / 2 * np.where(self._role == gap.role, 1, -1)
        seen = level + towards * self._mood + VIEW * _bell(self._stream, len(self._role))
        return lambda: seen + NOISE * _bell(self._stream, len(seen))

    def _level(self) -> float:
        low, high = self._middle
        return float(low + (high - low) * self._stream.random_sample())


def _answered(
    stream: np.random.RandomState,
    framework: Framework,
    item: Item,
    answer: Callable[[], NDArray[np.float64]],
    plants: Plants,
) -> NDArray[np.int16]:
    share = np.clip(answer() / 100, 0, 1)
    turned = item.reversed != (item.id in plants.turned)
    points = np.array([option.points for option in framework.scales[str(item.scale)].options])
    wanted = points.min() + (points.max() - points.min()) * (1 - share if turned else share)
    codes = np.abs(wanted[:, None] - points[None, :]).argmin(axis=1)
    left = stream.random_sample(len(codes))
    for code, part in ((MISSING, EMPTY), (DK, DONT_KNOW), (NA, NOT_APPLICABLE)):
        codes = np.where((left >= 0) & (left < part), code, codes)
        left = np.where(left >= 0, left - part, left)
    return codes.astype(np.int16)


def _context(stream: np.random.RandomState, n: int) -> dict[str, NDArray[np.str_]]:
    roles = np.array(list(SHARES))[np.searchsorted(np.cumsum(list(SHARES.values()))[:-1], stream.random_sample(n))]
    units = np.array([f"Unit {name}" for name in "ABCDEFGH"[: 3 + int(5 * stream.random_sample())]])
    draw = stream.random_sample(n)
    levels = []
    for role, drawn in zip(roles, draw, strict=True):
        of_role = LEVELS.get(str(role), ("without_team",))
        levels.append(of_role[int(drawn * len(of_role))])
    return {"unit": units[(stream.random_sample(n) * len(units)).astype(int)], "role": roles, "level": np.array(levels)}


def _scores(
    framework: Framework,
    indicator: Indicator,
    items: Sequence[Item],
    codes: NDArray[np.int16],
    points: NDArray[np.float64],
) -> NDArray[np.float64]:
    weights = np.array([item.weight for item in items])
    applies = ((codes != NOT_PUT) & (codes != NA)) @ weights
    answered = ~np.isnan(points) @ weights
    sums = np.nan_to_num(points) @ weights
    enough = (answered > 0) & (answered >= framework.min_answered_of(indicator) * applies - 1e-9)
    return np.where(enough, sums / np.where(answered > 0, answered, 1), np.nan)


def _bell(stream: np.random.RandomState, n: int) -> NDArray[np.float64]:
    """Numbers of mean 0 and variance 1, nearly normal: sums of four uniform ones, scaled."""
    return (stream.random_sample((4, n)).sum(axis=0) - 2) * np.sqrt(3.0)


def _order(stream: np.random.RandomState, n: int) -> NDArray[np.intp]:
    return np.argsort(stream.random_sample(n))


def _one(stream: np.random.RandomState, values: Sequence[str]) -> str:
    return values[int(stream.random_sample() * len(values))]
