"""Blocked: why a scenario cannot be left, and which single limit, guard or rule would open a route if lifted."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from readiness.analysis.formulas import Leaf, holds, leaves
from readiness.analysis.levers.cheapest import changes, cheapest, needed
from readiness.analysis.levers.passage import passage_to
from readiness.analysis.levers.steps import DIGITS
from readiness.analysis.levers.stops import signed, terrain_of
from readiness.scoring.calibration import GRAIN, membership_at
from readiness.scoring.routes import Block, Stuck

if TYPE_CHECKING:
    from readiness.analysis.formulas import State
    from readiness.analysis.levers.rules import Rules
    from readiness.analysis.levers.terrain import Risk, Terrain
    from readiness.framework.configurations import Condition


def stuck_in(terrain: Terrain, present: Iterable[str]) -> tuple[Stuck, ...]:
    """The scenarios that cannot be left, each by itself; else, if not all can be left together, a few that cannot.

    What is given is all that has to be left aside for a route out of the rest to be there.
    """
    left = list(present)
    parts: list[tuple[str, ...]] = [(id_,) for id_ in left if not _can_leave(terrain, [id_])]
    left = [id_ for id_ in left if (id_,) not in parts]
    while not _can_leave(terrain, left):
        few = _smallest(terrain, left)
        parts.append(tuple(few))
        left = [id_ for id_ in left if id_ not in few]
    return tuple(_told(terrain, part, [*left, *part]) for part in parts)


def _can_leave(terrain: Terrain, leaving: Iterable[str]) -> bool:
    return bool(cheapest(terrain, tuple(leaving), 1))


def _smallest(terrain: Terrain, scenarios: list[str]) -> list[str]:
    """Of scenarios that cannot all be left, a few none of which can be spared for that to be so."""
    few = list(scenarios)
    for id_ in scenarios:
        rest = [other for other in few if other != id_]
        if not _can_leave(terrain, rest):
            few = rest
    return few


def _told(terrain: Terrain, part: tuple[str, ...], leaving: list[str]) -> Stuck:
    risks = [risk for risk in terrain.risks if risk.scenario.id in part]
    blocks = dict.fromkeys(block for risk in risks for block in _Why(terrain, risk).blocks())
    return Stuck(scenarios=part, blocks=tuple(blocks), openings=_openings(terrain, leaving, part))


def _openings(terrain: Terrain, leaving: list[str], part: tuple[str, ...]) -> tuple[Block, ...]:
    """Every single thing that, lifted, would open a route out of `leaving`, the cheapest first.

    The consultant's limits are asked first, then guards, then what the framework does not let move: of these only the
    first kind that opens anything is told, since a limit is easier lifted than a rule.
    """
    for lifts in (_limits(terrain.rules), _guards(terrain.rules), _fixed(terrain.rules, part)):
        found = []
        for block, rules in lifts:
            terrain = terrain_of(rules)
            routes = cheapest(terrain, leaving, 1) if _can_leave(terrain, part) else []
            if routes:
                cost = round(terrain.cost(routes[0].goal), DIGITS)
                found.append(block.model_copy(update={"cost": cost}))
        if found:
            return tuple(sorted(found, key=lambda block: block.cost or 0.0))
    return ()


def _limits(rules: Rules) -> Iterator[tuple[Block, Rules]]:
    for id_ in rules.limits:
        yield _limit(rules, id_), rules.without_limit(id_)


def _limit(rules: Rules, indicator: str) -> Block:
    limit = rules.limits[indicator]
    return Block(kind="limit", indicator=indicator, to=limit.to, until=limit.until, why=limit.why)


def _guards(rules: Rules) -> Iterator[tuple[Block, Rules]]:
    for guard in rules.guards:
        yield Block(kind="guard", indicator=guard.moving, needs=guard.needs), rules.without_guard(guard)


def _fixed(rules: Rules, scenarios: tuple[str, ...]) -> Iterator[tuple[Block, Rules]]:
    """What the framework does not let move to the side on which a condition of these scenarios would give way."""
    conditions = [found for s in rules.scenarios if s.id in scenarios for found in signed(s.when)]
    for indicator, up in dict.fromkeys((c.indicator, _relieving(c, turned)) for c, turned in conditions):
        mover = rules.movers.get(indicator)
        if rules.values[indicator] is not None and indicator not in rules.limits and (mover is None or mover.up != up):
            yield Block(kind="immovable", indicator=indicator), rules.moving(indicator, up)


@dataclass(frozen=True)
class _Why:
    """Why one scenario stays: what keeps each of its conditions as it is."""

    terrain: Terrain
    risk: Risk

    @property
    def rules(self) -> Rules:
        return self.terrain.rules

    def blocks(self) -> Iterator[Block]:
        """What keeps every condition that holds; then, of the ways there would be out of it, what each would enter."""
        for condition, turned in signed(self.risk.scenario.when):
            value = self.rules.values[condition.indicator]
            if value is None:
                yield Block(kind="missing", indicator=condition.indicator)
            elif _weight(value, condition, turned) > 0.5 - self.rules.margin:
                yield from self._of(condition.indicator, _relieving(condition, turned))
        for change in changes(self.risk.end, self.terrain.start):
            goal = needed(tuple(change.get(place, 0) for place in range(len(self.terrain.tracks))), self.terrain)
            if goal is not None:
                yield from self._entered(goal)
            elif len(change) > 1:
                for place in change:
                    yield from self._unmet(place, set())

    def _of(self, indicator: str, up: bool) -> Iterator[Block]:
        """What keeps a condition: its indicator does not move there, not far enough, or only by way of another."""
        place = self.terrain.places.get(indicator)
        turning = [leaf for leaf in leaves(self.risk.end) if leaf.place == place and leaf.truths[0]]
        if place is None or not turning:
            yield self._held(indicator, up)
            return
        far = min(leaf.truths.index(False) for leaf in turning)
        goal = tuple(far if p == place else 0 for p in range(len(self.terrain.tracks)))
        if needed(goal, self.terrain) is None:
            yield from self._unmet(place, set())

    def _held(self, indicator: str, up: bool) -> Block:
        """Why an indicator does not go where a condition would give way."""
        if indicator in self.rules.limits and self.rules.framework.indicators[indicator].movable == _heading(up):
            return _limit(self.rules, indicator)
        mover = self.rules.movers.get(indicator)
        if self.rules.framework.indicators[indicator].movable != _heading(up):
            return Block(kind="immovable", indicator=indicator)
        return Block(kind="range", indicator=indicator, to=mover.end / GRAIN if mover else self.rules.values[indicator])

    def _unmet(self, place: int, seen: set[int]) -> Iterator[Block]:
        """Needs that a guard asks for and that cannot be had, followed down to what keeps them."""
        seen.add(place)
        for need, safe in self.terrain.needs[place]:
            if holds(safe, self.terrain.start):
                continue
            if isinstance(safe, Leaf):
                if safe.place not in seen:
                    yield from self._unmet(safe.place, seen)
                continue
            yield Block(kind="guard", indicator=self.terrain.tracks[place].id, needs=need)
            yield self._unsafe(need)

    def _unsafe(self, need: str) -> Block:
        """Why an indicator does not come to its safe side."""
        if self.rules.values[need] is None:
            return Block(kind="missing", indicator=need)
        if need in self.rules.limits:
            return _limit(self.rules, need)
        return Block(kind="immovable", indicator=need)

    def _entered(self, goal: State) -> Iterator[Block]:
        """What would be entered on the way to a goal, or come too near at it; it may be this scenario again."""
        terrain = self.terrain
        bars = sorted(passage_to(goal, terrain).barred, key=lambda bar: (bar.scenario is None, str(bar)))
        for bar in bars:
            kind: Literal["entry", "guard"] = "entry" if bar.scenario else "guard"
            if bar.scenario or not bars[0].scenario:  # guards that wait for each other; else they only wait
                indicator = terrain.tracks[bar.place].id
                yield Block(kind=kind, indicator=indicator, scenario=bar.scenario, needs=bar.needs)
        for risk in terrain.risks:
            if holds(risk.end, goal) and (risk is self.risk or not holds(risk.end, terrain.start)):
                moving = [leaf.place for leaf in leaves(risk.end) if goal[leaf.place]]
                yield Block(kind="entry", indicator=terrain.tracks[moving[0]].id, scenario=risk.scenario.id)


def _relieving(condition: Condition, turned: bool) -> bool:
    """Whether a condition gives way as its score goes up."""
    return (condition.direction == "low") != turned


def _weight(value: float, condition: Condition, turned: bool) -> float:
    membership = membership_at(value, condition.calibration)
    return 1 - membership if turned else membership


def _heading(up: bool) -> str:
    return "up" if up else "down"
