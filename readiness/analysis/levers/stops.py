"""Stops: the scores at which something turns while an indicator moves, and the terrain that they make."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from readiness.analysis.formulas import Leaf, joined
from readiness.analysis.levers.terrain import Risk, Terrain, Track
from readiness.framework.configurations import All, Any_, Condition, Not
from readiness.scoring.calibration import GRAIN, PRESENT, membership_at
from readiness.scoring.configuration import worth

if TYPE_CHECKING:
    from readiness.analysis.formulas import Formula
    from readiness.analysis.levers.rules import Mover, Rules
    from readiness.analysis.levers.terrain import Standing
    from readiness.framework.configurations import Configuration
    from readiness.framework.models import Scenario

TIE = 1e-9  # what a membership may differ by and count as the same


def terrain_of(rules: Rules) -> Terrain:
    """The terrain of a group."""
    turns: dict[str, set[int]] = {id_: set() for id_ in rules.movers}
    risks = [_judged(scenario, rules) for scenario in rules.scenarios]
    for scenario, standing, bar in risks:
        for test in _tests(scenario, standing, bar, rules):
            if test.indicator in turns:
                turns[test.indicator].update(_turn(rules.movers[test.indicator], test.outcome))
    for guard in rules.guards:
        if guard.moving in turns and guard.needs in turns:
            turns[guard.needs].update(_turn(rules.movers[guard.needs], lambda v, g=guard: rules.safe(g.needs, v)))  # type: ignore[misc]
    tracks = tuple(
        Track(mover, (mover.start, *sorted(turns[id_], reverse=not mover.up)))
        for id_, mover in rules.movers.items()
        if turns[id_]
    )
    build = _Building(rules, {track.id: (place, track) for place, track in enumerate(tracks)})
    return Terrain(
        rules,
        tracks,
        tuple(build.risk(*risk) for risk in risks),
        tuple(build.needs(track.id) for track in tracks),
    )


def _turn(mover: Mover, outcome: Callable[[float], bool]) -> list[int]:
    """The first grain on an indicator's way at which an outcome is another one; none where it stays the same."""
    near, far = mover.start, mover.end
    before = outcome(near / GRAIN)
    if outcome(far / GRAIN) == before:
        return []
    while abs(far - near) > 1:
        middle = (near + far) // 2
        if outcome(middle / GRAIN) == before:
            near = middle
        else:
            far = middle
    return [far]


@dataclass(frozen=True)
class _Test:
    """Whether a condition's membership, or one minus it, is above a bar."""

    condition: Condition
    turned: bool
    bar: float

    @property
    def indicator(self) -> str:
        return self.condition.indicator

    def outcome(self, score: float) -> bool:
        membership = membership_at(score, self.condition.calibration)
        return (1 - membership if self.turned else membership) > self.bar


def _judged(scenario: Scenario, rules: Rules) -> tuple[Scenario, Standing, float]:
    """How a scenario stands at the start, and the bar that it may not be above at the end."""
    low, high = (_worth(scenario, rules, field) for field in ("low", "high"))
    if low <= PRESENT < high:
        return scenario, "undetermined", PRESENT
    target = 0.5 - rules.margin
    if low > PRESENT:
        return scenario, "present", target + TIE
    return scenario, "absent", min(PRESENT, max(target, high) + TIE)  # who is near already may stay, and come no nearer


def _worth(scenario: Scenario, rules: Rules, field: str) -> float:
    """The lowest or highest membership that scores not known leave possible."""

    def of(condition: Condition, end: str) -> float:
        value = rules.values[condition.indicator]
        if value is None:
            return float(end == "high")
        return membership_at(value, condition.calibration)

    return float(worth(scenario.when, of, field))


def _tests(scenario: Scenario, standing: Standing, bar: float, rules: Rules) -> list[_Test]:
    """Everything that is asked of the scores a scenario hangs on."""
    bars = (PRESENT,) if standing == "undetermined" else (PRESENT, bar)
    return [
        _Test(condition, turned, height)
        for condition, turned in signed(scenario.when)
        for height in bars
        if rules.values[condition.indicator] is not None
    ]


def signed(part: Configuration, turned: bool = False) -> list[tuple[Condition, bool]]:
    """Every condition of a configuration, and whether it counts as its opposite."""
    match part:
        case Condition():
            return [(part, turned)]
        case Not(part=inner):
            return signed(inner, not turned)
        case All(parts=parts) | Any_(parts=parts):
            return [found for inner in parts for found in signed(inner, turned)]


@dataclass(frozen=True)
class _Building:
    """Formulas over the stops of the tracks there are."""

    rules: Rules
    tracks: Mapping[str, tuple[int, Track]]

    def risk(self, scenario: Scenario, standing: Standing, bar: float) -> Risk:
        """A scenario; what is not known counts against whoever wants to leave it, and for whoever cannot tell."""
        unknown = standing != "undetermined"
        way = self._formula(scenario.when, PRESENT, unknown)
        return Risk(scenario, standing, way, way if not unknown else self._formula(scenario.when, bar, unknown))

    def needs(self, moving: str) -> tuple[tuple[str, Formula], ...]:
        """What has to be safe before an indicator moves."""
        return tuple(
            (guard.needs, self._leaf(guard.needs, lambda value, need=guard.needs: self.rules.safe(need, value)))  # type: ignore[misc]
            for guard in self.rules.guards
            if guard.moving == moving
        )

    def _formula(self, part: Configuration, bar: float, unknown: bool, turned: bool = False) -> Formula:
        match part:
            case Condition():
                if self.rules.values[part.indicator] is None:
                    return unknown
                return self._leaf(part.indicator, _Test(part, turned, bar).outcome)
            case Not(part=inner):
                return self._formula(inner, bar, unknown, not turned)
            case All(parts=parts) | Any_(parts=parts):
                # One minus a minimum is the maximum of ones minus.
                every = isinstance(part, All) != turned
                return joined(every, [self._formula(inner, bar, unknown, turned) for inner in parts])

    def _leaf(self, indicator: str, outcome: Callable[[float], bool]) -> Formula:
        if indicator in self.tracks:
            place, track = self.tracks[indicator]
            truths = tuple(outcome(stop / GRAIN) for stop in track.stops)
            return Leaf(place, truths) if len(set(truths)) > 1 else truths[0]
        value = self.rules.values[indicator]
        return value is not None and outcome(value)
