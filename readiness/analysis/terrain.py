"""Terrain: the few values at which anything changes while an indicator moves, and what holds at each of them.

Whether a scenario is present hangs on yes and no of its conditions alone (`scoring.presence`), and each of those turns
once while its score moves one way. Scores are judged on a grain of 1e-9, so each turn has a first score beyond it.
These scores, in their order, are an indicator's *stops*; between two stops nothing changes. Every way through the
scores can therefore be drawn back to one that goes from stop to stop, enters no more scenarios and costs no more: a
search over stops is exact.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Literal

from readiness.framework.models import All, Any_, Condition, Not
from readiness.scoring.calibration import PRESENT
from readiness.scoring.configuration import worth
from readiness.scoring.curve import GRAIN, membership_at

if TYPE_CHECKING:
    from readiness.analysis.rules import Mover, Rules
    from readiness.framework.models import Configuration, Scenario

State = tuple[int, ...]  # of every indicator that moves, the stop it is at
Standing = Literal["present", "undetermined", "absent"]
TIE = 1e-9  # what a membership may differ by and count as the same


@dataclass(frozen=True)
class Leaf:
    """A yes or no that hangs on one moving indicator, at each of its stops; it turns once on the way."""

    place: int
    truths: tuple[bool, ...]


@dataclass(frozen=True)
class Joined:
    """All of the parts, or any of them."""

    every: bool
    parts: tuple[Formula, ...]


Formula = Leaf | Joined | bool


def holds(formula: Formula, state: State) -> bool:
    """Whether a formula holds at these stops."""
    match formula:
        case bool():
            return formula
        case Leaf(place=place, truths=truths):
            return truths[state[place]]
        case Joined(every=every, parts=parts):
            return all(holds(p, state) for p in parts) if every else any(holds(p, state) for p in parts)


def leaves(formula: Formula) -> tuple[Leaf, ...]:
    """Every leaf of a formula."""
    match formula:
        case Leaf():
            return (formula,)
        case Joined(parts=parts):
            return tuple(leaf for part in parts for leaf in leaves(part))
    return ()


@dataclass(frozen=True)
class Risk:
    """A scenario on the way. way: whether it counts as present; end: whether it would still be too near at the end."""

    scenario: Scenario
    standing: Standing
    way: Formula
    end: Formula

    @cached_property
    def places(self) -> frozenset[int]:
        """The moving indicators it hangs on while on the way."""
        return frozenset(leaf.place for leaf in leaves(self.way))


@dataclass(frozen=True)
class Track:
    """One indicator that moves, and its stops: the score it has, then each score at which something has changed."""

    mover: Mover
    stops: tuple[int, ...]

    @property
    def id(self) -> str:
        """The indicator."""
        return self.mover.indicator.id

    @cached_property
    def costs(self) -> tuple[float, ...]:
        """What it costs to come to each stop."""
        return tuple(abs(stop - self.stops[0]) * self.mover.cost for stop in self.stops)

    def score(self, stop: int) -> float:
        """The score at a stop."""
        return self.stops[stop] / GRAIN


@dataclass(frozen=True)
class Terrain:
    """Everything a search has to know. needs: by indicator, what a guard asks of others before it moves."""

    rules: Rules
    tracks: tuple[Track, ...]
    risks: tuple[Risk, ...]
    needs: tuple[tuple[tuple[str, Formula], ...], ...]

    @property
    def start(self) -> State:
        """Where everything stands."""
        return (0,) * len(self.tracks)

    @cached_property
    def touching(self) -> tuple[tuple[Risk, ...], ...]:
        """By an indicator that moves, the scenarios that hang on it."""
        return tuple(tuple(risk for risk in self.risks if place in risk.places) for place in range(len(self.tracks)))

    @cached_property
    def harmless(self) -> frozenset[int]:
        """Indicators whose every move can only help, wherever everything else stands.

        It leads away from scenarios, to the safe side of whoever waits for it, and once it may be made it always may.
        A scenario that is present it may only rule out if nothing leads back into it, since that would then be barred.
        """
        return frozenset(place for place in range(len(self.tracks)) if self._only_helps(place))

    def _only_helps(self, place: int) -> bool:
        needs = [leaf for asked in self.needs for _, safe in asked for leaf in leaves(safe) if leaf.place == place]
        own = [leaf for _, safe in self.needs[place] for leaf in leaves(safe)]
        left = [leaf for risk in self.touching[place] for leaf in leaves(risk.way) if leaf.place == place]
        for_good = [risk for risk in self.touching[place] if risk.standing == "present"]
        left += [leaf for risk in for_good for leaf in leaves(risk.way)]
        return all(leaf.truths[-1] for leaf in (*needs, *own)) and not any(leaf.truths[-1] for leaf in left)

    @cached_property
    def places(self) -> Mapping[str, int]:
        """Where each indicator that moves stands in a state."""
        return {track.id: place for place, track in enumerate(self.tracks)}

    def cost(self, state: State) -> float:
        """What it costs to bring everything to these stops, in whatever order."""
        return sum(track.costs[stop] for track, stop in zip(self.tracks, state, strict=True))


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
                return _joined(every, [self._formula(inner, bar, unknown, turned) for inner in parts])

    def _leaf(self, indicator: str, outcome: Callable[[float], bool]) -> Formula:
        if indicator in self.tracks:
            place, track = self.tracks[indicator]
            truths = tuple(outcome(stop / GRAIN) for stop in track.stops)
            return Leaf(place, truths) if len(set(truths)) > 1 else truths[0]
        value = self.rules.values[indicator]
        return value is not None and outcome(value)


def _joined(every: bool, parts: list[Formula]) -> Formula:
    """Parts joined, those that are certain having had their say."""
    open_ = tuple(part for part in parts if not isinstance(part, bool))
    if any(part is not every for part in parts if isinstance(part, bool)):
        return not every
    if not open_:
        return every
    return open_[0] if len(open_) == 1 else Joined(every, open_)
