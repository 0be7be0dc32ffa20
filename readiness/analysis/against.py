"""Against the rest: everybody without one group, worked out from what a result publishes and from nothing else.

A group's indicator is a mean over its scored respondents, and everybody's is one, too: `(N·all − n·group) / (N − n)` is
the mean of the others. Readiness and scenarios then follow by the engine that scores a group. Only sums and differences
of published figures are used, and the suppression of a result allows for all of these (`scoring.suppression`): nothing
hidden comes to light that could not be computed by any reader.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

import numpy as np
from pydantic import Field

from readiness.analysis.evaluating import Block, Evaluation, Standing
from readiness.scoring.forms import Record
from readiness.scoring.plan import OVERALL
from readiness.scoring.result import Estimate, Group, ItemCounts, Result, ScenarioResult, SubGroup, Suppressed
from readiness.scoring.totals import UNIT

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from readiness.framework.models import Dimension, Framework, Indicator

    Columns = Mapping[str, NDArray[np.float64]]
    Figures = Mapping[str, Estimate | Suppressed]

AT_ONCE = 256  # groups that are evaluated together: enough for speed, few enough to hold
Why = Literal["weighted", "framework", "few"]


class Against(Record):
    """Whom a group is set against, and what these have: values by id, None where missing.

    An id is absent where its figure cannot be told. why: everybody, the group among them, stand in for the rest because
    respondents count by weights, or the framework is not at hand, or the rest are too few. scenarios: memberships.
    dimension_margins, indicator_margins: half of the 95% interval of a value, where that can be told.
    """

    whom: Literal["rest", "everybody"]
    why: Why | None = None
    n: int
    readiness: float | None = None
    dimensions: dict[str, float | None]
    indicators: dict[str, float | None]
    scenarios: dict[str, float | None]
    dimension_margins: dict[str, float] = Field(default={})
    indicator_margins: dict[str, float] = Field(default={})


def is_apart(own: Estimate, other: float, margin: float | None) -> bool:
    """Whether a group differs from the others by more than sampling explains, going by 95%.

    The error of a difference of two independent means is the root of the sum of their squared errors; of a group's
    interval the side counts that faces the others. margin: of the others.
    """
    if own.value is None or own.interval is None or margin is None:
        return False
    facing = own.interval[1] - own.value if other > own.value else own.value - own.interval[0]
    return abs(other - own.value) > math.hypot(facing, margin)


def against(result: Result, framework: Framework | None, groups: Iterable[SubGroup]) -> Iterator[Against | None]:
    """For each group, in their order, what it is set against; None where everybody is hidden.

    framework: the one that scored the result, None where it is not at hand. groups: parts of everybody, in this result.
    """
    whole = result.overall
    if not isinstance(whole, Group):
        yield from (None for _ in groups)
        return
    people = result.respondents
    if people.weighted or people.balance is not None:
        yield from (_everybody(whole, "weighted") for _ in groups)
    elif framework is None:
        yield from (_everybody(whole, "framework") for _ in groups)
    else:
        rest = _Rest(framework, whole, Evaluation(framework))
        for some in _batches(groups):
            yield from rest.of(some)


def _batches(groups: Iterable[SubGroup]) -> Iterator[list[SubGroup]]:
    some: list[SubGroup] = []
    for group in groups:
        some.append(group)
        if len(some) == AT_ONCE:
            yield some
            some = []
    if some:
        yield some


def _everybody(whole: Group, why: Why) -> Against:
    def values(figures: Figures) -> dict[str, float | None]:
        return {id_: one.value for id_, one in figures.items() if isinstance(one, Estimate)}

    told = {id_: one.membership for id_, one in whole.scenarios.items() if isinstance(one, ScenarioResult)}
    return Against(
        whom="everybody",
        why=why,
        n=whole.n,
        readiness=whole.readiness.value if isinstance(whole.readiness, Estimate) else None,
        dimensions=values(whole.dimensions),
        indicators=values(whole.indicators),
        scenarios=told,
        dimension_margins=_margins(whole.dimensions, {}),
        indicator_margins=_margins(whole.indicators, {}),
    )


def _margins(whole: Figures, group: Figures) -> dict[str, float]:
    """Half of everybody's intervals, widened to those of everybody without a group: an error goes with 1/√n."""
    found = {}
    for id_, every in whole.items():
        own = group.get(id_)
        n = own.n if isinstance(own, Estimate) else 0
        if isinstance(every, Estimate) and every.interval is not None and every.n > n:
            found[id_] = (every.interval[1] - every.interval[0]) / 2 * math.sqrt(every.n / (every.n - n))
    return found


@dataclass(frozen=True)
class _Told:
    """What the rest have in one indicator, as far as the figures that are shown tell it."""

    value: float | None
    applies: bool


@dataclass(frozen=True)
class _Rest:
    framework: Framework
    whole: Group
    evaluation: Evaluation

    def of(self, groups: Sequence[SubGroup]) -> Iterator[Against]:
        """The rest of each group, evaluated together."""
        told = [self._indicators(group) if self._are_enough(self.whole.n - group.n) else None for group in groups]
        blocks = [Block(_standing(one, self.framework), (), np.empty((1, 0))) for one in told if one is not None]
        readiness = self.evaluation.readiness(blocks) if blocks else iter(())
        memberships = self.evaluation.scenarios(blocks) if blocks else iter(())
        for group, one in zip(groups, told, strict=True):
            if one is None:
                yield _everybody(self.whole, "few")
            else:
                yield self._against(group, one, next(readiness), next(memberships))

    def _are_enough(self, n: int) -> bool:
        return n >= self.framework.defaults.min_group

    def _indicators(self, group: SubGroup) -> dict[str, _Told]:
        found = {id_: self._told(group, indicator) for id_, indicator in self.framework.indicators.items()}
        return {id_: told for id_, told in found.items() if told is not None}

    def _told(self, group: SubGroup, indicator: Indicator) -> _Told | None:
        """What the rest have in an indicator; None where a figure is hidden, or would rest on too few."""
        every, own = self.whole.indicators[indicator.id], group.indicators[indicator.id]
        if isinstance(every, Suppressed) or isinstance(own, Suppressed):
            return None
        if indicator.scope == "organisation":  # one value, inherited by all
            return _Told(every.value, every.value is not None or self._applies(group, indicator) is not False)
        n = every.n - own.n
        if n:
            return _Told(_mean(every, own, n), applies=True) if self._are_enough(n) else None
        applies = self._applies(group, indicator)
        return None if applies is None else _Told(None, applies)

    def _applies(self, group: SubGroup, indicator: Indicator) -> bool | None:
        """Whether an indicator was put to anybody of the rest; None where that cannot be told."""
        put = [
            (_put(self.whole.items[id_]), _put(group.items[id_])) for id_ in indicator.items if id_ in self.whole.items
        ]
        if any(every is None or own is None for every, own in put):
            return None
        return any((every or 0) > (own or 0) for every, own in put)

    def _against(self, group: SubGroup, told: Mapping[str, _Told], readiness: Columns, memberships: Columns) -> Against:
        dimensions = {id_: part for id_, part in self.framework.all_dimensions.items() if _is_told(part, told)}
        scenarios = [
            scenario.id
            for scenario in self.framework.scenarios.values()
            if scenario.id in group.scenarios and all(part.indicator in told for part in scenario.conditions)
        ]
        all_told = all(id_ in dimensions for id_ in self.framework.dimensions)
        return Against(
            whom="rest",
            n=self.whole.n - group.n,
            readiness=_only(readiness, OVERALL) if all_told else None,
            dimensions={id_: _only(readiness, id_) for id_ in dimensions},
            indicators={id_: one.value for id_, one in told.items()},
            scenarios={id_: _only(memberships, id_) for id_ in scenarios},
            dimension_margins=_kept(_margins(self.whole.dimensions, group.dimensions), dimensions),
            indicator_margins=_kept(_margins(self.whole.indicators, group.indicators), told),
        )


def _standing(told: Mapping[str, _Told], framework: Framework) -> Standing:
    untold = _Told(None, applies=True)
    found = {id_: told.get(id_, untold) for id_ in framework.indicators}
    return Standing({id_: one.value for id_, one in found.items()}, {id_: one.applies for id_, one in found.items()})


def _mean(every: Estimate, own: Estimate, n: int) -> float:
    """The mean of those who are in one set and not in the other, by sums in units of 1e-9 as they were added up."""
    sums = [round((one.value or 0.0) * one.n * UNIT) for one in (every, own)]
    return (sums[0] - sums[1]) / (n * UNIT)


def _put(item: ItemCounts | Suppressed) -> int | None:
    return None if isinstance(item, Suppressed) else item.n + item.dk + item.missing


def _is_told(part: Dimension, told: Mapping[str, _Told]) -> bool:
    """Whether everything that counts in a dimension is told."""
    counting = (one.id for one in part.indicators.values() if one.desired != "none")
    return all(id_ in told for id_ in counting) and all(_is_told(below, told) for below in part.dimensions.values())


def _kept(margins: Mapping[str, float], told: Collection[str]) -> dict[str, float]:
    return {id_: margin for id_, margin in margins.items() if id_ in told}


def _only(columns: Columns, id_: str) -> float | None:
    value = float(columns[id_][0])
    return None if math.isnan(value) else value
