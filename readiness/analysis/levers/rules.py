"""Rules: what may move in a group, which way, how far, at what cost, and what has to be safe before it does.

The framework's `movable`, `effort` and guards, the consultant's limits, and the scores of the group come together here.
Asking what would open a route means asking again with one rule lifted.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from readiness.framework.ranges import Range, indicator_range
from readiness.responses.limits import Limit, by_indicator
from readiness.scoring.calibration import GRAIN, grains

if TYPE_CHECKING:
    from collections.abc import Iterable

    from readiness.framework.models import Framework, Indicator, Scenario

MARGIN = 0.1  # how far below 0.5 a membership has to come: half a level, since a score is never known exactly
USUAL_EFFORT = 1.0  # of what is movable and says no effort, of which `check` warns
POINTS = 10  # an effort is the cost of so many points of a range of 100


@dataclass(frozen=True)
class Mover:
    """How one indicator may move. start, end: in grains of 1e-9; the end is where its range or a limit ends.

    up: whether it goes up. limit: what holds it short of its range. cost: of a grain.
    """

    indicator: Indicator
    up: bool
    start: int
    end: int
    cost: float
    limit: Limit | None = None


@dataclass(frozen=True)
class Guarded:
    """Before `moving` moves, `needs` has to be on its safe side."""

    moving: str
    needs: str


@dataclass(frozen=True)
class Rules:
    """What holds for one group. values: of every indicator, on the grain; None where it is not known."""

    framework: Framework
    values: Mapping[str, float | None]
    movers: Mapping[str, Mover]
    guards: tuple[Guarded, ...]
    limits: Mapping[str, Limit]
    scenarios: tuple[Scenario, ...]  # the risks a route has to mind
    margin: float

    def safe(self, indicator: str, value: float | None) -> bool:
        """Whether a score is on the safe side of its range: at its middle, or beyond as it is desired."""
        if value is None:
            return False
        low, high = self.range_of(indicator)
        middle = (low + high) / 2
        return value <= middle if self.framework.indicators[indicator].desired == "low" else value >= middle

    def range_of(self, indicator: str) -> Range:
        """Lowest and highest score."""
        return indicator_range(self.framework.indicators[indicator], self.framework.scales)

    def without_limit(self, indicator: str) -> Rules:
        """The same, if the consultant had not limited an indicator."""
        left = {id_: limit for id_, limit in self.limits.items() if id_ != indicator}
        return rules_of(self.framework, self.values, left.values(), self.scenarios, self.margin, self.guards)

    def without_guard(self, guarded: Guarded) -> Rules:
        """The same, if an indicator might move whatever another one is."""
        return replace(self, guards=tuple(guard for guard in self.guards if guard != guarded))

    def moving(self, indicator: str, up: bool) -> Rules:
        """The same, if an indicator could move to this side."""
        mover = _mover(self, self.framework.indicators[indicator], up, None)
        return replace(self, movers={**self.movers, indicator: mover}) if mover else self


def rules_of(
    framework: Framework,
    values: Mapping[str, float | None],
    limits: Iterable[Limit] = (),
    scenarios: tuple[Scenario, ...] = (),
    margin: float = MARGIN,
    guards: tuple[Guarded, ...] | None = None,
) -> Rules:
    """The rules for a group with these scores."""
    known = {id_: _on_grain(values.get(id_)) for id_ in framework.indicators}
    holding = by_indicator(limits, framework)
    bare = Rules(framework, known, {}, guards if guards is not None else _guards(framework), holding, scenarios, margin)
    movers = {
        indicator.id: mover
        for indicator in framework.indicators.values()
        if indicator.movable != "no"
        and (mover := _mover(bare, indicator, indicator.movable == "up", holding.get(indicator.id)))
    }
    return replace(bare, movers=movers)


def _on_grain(value: float | None) -> float | None:
    return None if value is None else grains(value) / GRAIN


def _guards(framework: Framework) -> tuple[Guarded, ...]:
    """Guards that bear on the only way an indicator can go, a need each."""
    return tuple(
        dict.fromkeys(
            Guarded(guard.moving, need)
            for guard in framework.guards
            if framework.indicators[guard.moving].movable == guard.direction
            for need in guard.needs
        )
    )


def _mover(rules: Rules, indicator: Indicator, up: bool, limit: Limit | None) -> Mover | None:
    """How far an indicator can go; None where it cannot move at all."""
    value = rules.values[indicator.id]
    if value is None or (limit is not None and limit.to is None):
        return None
    low, high = rules.range_of(indicator.id)
    end = high if up else low
    if limit is not None and limit.to is not None:
        end = min(end, limit.to) if up else max(end, limit.to)
    start, stop = grains(value), grains(end)
    if (stop <= start) if up else (stop >= start):
        return None
    effort = USUAL_EFFORT if indicator.effort is None else indicator.effort
    return Mover(indicator, up, start, stop, effort * 100 / (high - low) / POINTS / GRAIN, limit)
