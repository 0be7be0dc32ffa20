"""Steps: moves in their order, told: what each is for, what it costs, what serves it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from readiness.analysis.formulas import Leaf, holds
from readiness.analysis.levers.passage import moved
from readiness.scoring.calibration import PRESENT, membership_at
from readiness.scoring.configuration import worth
from readiness.scoring.routes import ResponseRef, Route, Step

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from readiness.analysis.formulas import State
    from readiness.analysis.levers.cheapest import Found
    from readiness.analysis.levers.rules import Mover, Rules
    from readiness.analysis.levers.terrain import Risk, Terrain
    from readiness.framework.configurations import Condition
    from readiness.framework.models import Scenario

DIGITS = 9  # what is behind in a float is chance


def route_of(found: Found, terrain: Terrain) -> Route:
    """A goal and the moves that lead there, told."""
    telling = _Telling(found, terrain)
    steps = tuple(telling.step(number) for number in range(len(found.moves)))
    moving = tuple(track.id for track, stop in zip(terrain.tracks, found.goal, strict=True) if stop)
    ends = {track.id: track.score(stop) for track, stop in zip(terrain.tracks, found.goal, strict=True)}
    return Route(
        cost=round(terrain.cost(found.goal), DIGITS),
        moved=_in_order(moving, terrain.rules),
        steps=steps,
        loses=_lost(terrain.rules, ends),
    )


def _in_order(indicators: Iterable[str], rules: Rules) -> tuple[str, ...]:
    wanted = set(indicators)
    return tuple(id_ for id_ in rules.framework.indicators if id_ in wanted)


@dataclass(frozen=True)
class _Telling:
    found: Found
    terrain: Terrain

    @cached_property
    def states(self) -> tuple[State, ...]:
        """Where everything stands before the first step, and after each."""
        states = [self.terrain.start]
        for place, stop in self.found.moves:
            states.append(moved(states[-1], place, stop))
        return tuple(states)

    def step(self, number: int) -> Step:
        """One move. Its scores are those on the grain, of which the costs are made."""
        place, stop = self.found.moves[number]
        track = self.terrain.tracks[place]
        before, after = self.states[number], self.states[number + 1]
        out = self._present(before) - self._present(after)
        kept = self._kept_out(place)
        return Step(
            indicator=track.id,
            heading="up" if track.mover.up else "down",
            start=track.score(before[place]),
            target=track.score(stop),
            cost=round(track.costs[stop] - track.costs[before[place]], DIGITS),
            rules_out=self._named(out),
            enables=self._enabled(number),
            keeps_out=self._named(kept),
            remaining=self._named(self._present(after)),
            items=tuple(track.mover.indicator.items),
            responses=self._responses(track.id, out, kept),
            pause=_pauses(track.mover, self.terrain.risks),
        )

    def _present(self, state: State) -> set[str]:
        return {risk.scenario.id for risk in self.terrain.risks if holds(risk.way, state)}

    def _named(self, ids: set[str]) -> tuple[str, ...]:
        return tuple(risk.scenario.id for risk in self.terrain.risks if risk.scenario.id in ids)

    def _enabled(self, number: int) -> tuple[str, ...]:
        """Indicators that move later, and could not have before this step."""
        place, _ = self.found.moves[number]
        waiting = (
            self.terrain.tracks[later].id
            for later, _ in self.found.moves[number + 1 :]
            for _, safe in self.terrain.needs[later]
            if isinstance(safe, Leaf) and safe.place == place and self._turns(safe, number)
        )
        return tuple(dict.fromkeys(waiting))

    def _turns(self, safe: Leaf, number: int) -> bool:
        return not holds(safe, self.states[number]) and holds(safe, self.states[number + 1])

    def _kept_out(self, place: int) -> set[str]:
        """Scenarios absent at the start that would be there at the end if one indicator had not moved."""
        without = moved(self.found.goal, place, 0)
        return self._present(without) - self._present(self.found.goal) - self._present(self.terrain.start)

    def _responses(self, indicator: str, out: set[str], kept: set[str]) -> tuple[ResponseRef, ...]:
        """What serves a move: of the scenarios it rules out or keeps out, else of those present, else of any."""
        circles = (out | kept, self._present(self.terrain.start), {risk.scenario.id for risk in self.terrain.risks})
        for circle in circles:
            found = tuple(
                ResponseRef(scenario=risk.scenario.id, place=number)
                for risk in self.terrain.risks
                if risk.scenario.id in circle
                for number, response in enumerate(risk.scenario.responses)
                if response.relieves == indicator
            )
            if found:
                return found
        return ()


def _pauses(mover: Mover, risks: Iterable[Risk]) -> bool:
    """Whether a move only pauses: it takes away a setting, in which a scenario shows, and none of its causes."""
    left = "high" if not mover.up else "low"
    return any(
        condition.part == "setting" and condition.direction == left and condition.indicator == mover.indicator.id
        for risk in risks
        for condition in risk.scenario.conditions
    )


def _lost(rules: Rules, ends: Mapping[str, float]) -> tuple[str, ...]:
    """Favourable findings that are there at the start, and not at the end."""
    after = {**rules.values, **ends}
    favourable = (s for s in rules.framework.scenarios.values() if s.kind == "favourable")
    return tuple(s.id for s in favourable if is_present(s, rules.values) and not is_present(s, after))


def is_present(scenario: Scenario, values: Mapping[str, float | None]) -> bool:
    """Whether a scenario is present for sure, whatever is not known."""

    def of(condition: Condition, end: str) -> float:
        value = values[condition.indicator]
        return float(end == "high") if value is None else membership_at(value, condition.calibration)

    return bool(worth(scenario.when, of, "low") > PRESENT)
