"""Passage: an order of moves that comes to given stops without entering a scenario, or why there is none.

One indicator moves at a time. It may move while a guard's needs are safe, and not to where a scenario would be present
that was not present just before: what was left is not entered again either.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from readiness.analysis.formulas import holds

if TYPE_CHECKING:
    from readiness.analysis.formulas import State
    from readiness.analysis.levers.terrain import Terrain


MOST_TRIED = 1_000  # orders of whole moves that led nowhere, before a way stop by stop is good enough


@dataclass(frozen=True)
class Barred:
    """Why an indicator could not go on: what it needs is not safe, or a scenario would be entered."""

    place: int
    needs: str | None = None
    scenario: str | None = None


@dataclass(frozen=True)
class Passage:
    """The way to some stops. moves: an indicator's place and the stop it goes to, in order; None where there is none.

    helpful: of a way that is not there, the indicators of which one at least would have to go further for there to be
    one. barred: what was in the way.
    """

    moves: tuple[tuple[int, int], ...] | None
    helpful: frozenset[int] = frozenset()
    barred: frozenset[Barred] = frozenset()


def passage_to(goal: State, terrain: Terrain) -> Passage:
    """How to come to `goal`, each indicator in one move if that can be, and as few scenarios as long as can be."""
    walk = _Walk(goal, terrain)
    passage = walk.stop_by_stop()
    whole = walk.in_whole_moves() if passage.moves is not None else None
    return passage if whole is None else Passage(whole)


def moved(state: State, place: int, stop: int) -> State:
    """The same stops, one of them another."""
    return (*state[:place], stop, *state[place + 1 :])


class _Walk:
    """A search from the start to one goal, nothing going further than there."""

    def __init__(self, goal: State, terrain: Terrain) -> None:
        self.goal = goal
        self.terrain = terrain
        self.going = [place for place, stop in enumerate(goal) if stop]

    def in_whole_moves(self) -> tuple[tuple[int, int], ...] | None:
        """The best order in which each indicator goes all its way at once, if one is found."""
        dead: set[State] = set()
        path: list[tuple[int, int]] = []
        ahead = [self._whole_moves(self.terrain.start)]
        state = [self.terrain.start]
        while state[-1] != self.goal:
            for place in ahead[-1]:
                after = moved(state[-1], place, self.goal[place])
                if after not in dead:
                    path.append((place, self.goal[place]))
                    state.append(after)
                    ahead.append(self._whole_moves(after))
                    break
            else:
                dead.add(state.pop())
                ahead.pop()
                if not state or len(dead) > MOST_TRIED:
                    return None
                path.pop()
        return tuple(path)

    def _whole_moves(self, state: State) -> Iterator[int]:
        """Moves that can be made all at once: first those that rule out a scenario, cheap ones first."""
        ready = [place for place in self.going if state[place] != self.goal[place] and self._passes(state, place)]
        return iter(sorted(ready, key=lambda place: (not self._rules_out(state, place), self._cost(place), place)))

    def _cost(self, place: int) -> float:
        return self.terrain.tracks[place].costs[self.goal[place]]

    def _rules_out(self, state: State, place: int) -> bool:
        after = moved(state, place, self.goal[place])
        return any(holds(r.way, state) and not holds(r.way, after) for r in self.terrain.touching[place])

    def _passes(self, state: State, place: int) -> bool:
        """Whether an indicator can go all its way from here."""
        return all(not self._bars(moved(state, place, stop), place) for stop in range(state[place], self.goal[place]))

    def _bars(self, state: State, place: int) -> list[Barred]:
        """What keeps an indicator from going to its next stop."""
        terrain = self.terrain
        bars = [Barred(place, needs=need) for need, safe in terrain.needs[place] if not holds(safe, state)]
        after = moved(state, place, state[place] + 1)
        return bars + [
            Barred(place, scenario=risk.scenario.id)
            for risk in terrain.touching[place]
            if holds(risk.way, after) and not holds(risk.way, state)
        ]

    def stop_by_stop(self) -> Passage:
        """The same with every stop a move of its own, until there is a way or everything within reach has been seen."""
        start = self.terrain.start
        came: dict[State, tuple[State, int] | None] = {start: None}
        barred: set[Barred] = set()
        left = [start]
        while left:
            state = left.pop()
            if state == self.goal:
                return Passage(_together(came, state))
            for place in self._next(state, barred):
                after = moved(state, place, state[place] + 1)
                if after not in came:
                    came[after] = (state, place)
                    left.append(after)
        return Passage(None, self._helpful(barred), frozenset(barred))

    def _next(self, state: State, barred: set[Barred]) -> list[int]:
        """The indicators to go on with: one that can only help, if it may; else all that may. Notes what bars others.

        Whatever a way to this goal or a higher one does, it makes that helping move at some time, and might as well
        make it now.
        """
        ready = []
        for place in self.going:
            if state[place] == self.goal[place]:
                continue
            bars = self._bars(state, place)
            barred.update(bars)
            if not bars:
                if place in self.terrain.harmless:
                    return [place]
                ready.append(place)
        return ready[::-1]

    def _helpful(self, barred: set[Barred]) -> frozenset[int]:
        """Whatever bars a way opens only if something that it hangs on goes further than the goal."""
        terrain = self.terrain
        places = {terrain.places[bar.needs] for bar in barred if bar.needs and bar.needs in terrain.places}
        entered = {bar.scenario for bar in barred if bar.scenario}
        places.update(place for risk in terrain.risks if risk.scenario.id in entered for place in risk.places)
        return frozenset(place for place in places if self.goal[place] + 1 < len(terrain.tracks[place].stops))


def _together(came: dict[State, tuple[State, int] | None], goal: State) -> tuple[tuple[int, int], ...]:
    """The moves that led to a goal; those of one indicator that follow each other are one."""
    moves: list[tuple[int, int]] = []
    state = goal
    while (step := came[state]) is not None:
        before, place = step
        if not moves or moves[-1][0] != place:
            moves.append((place, state[place]))
        state = before
    return tuple(reversed(moves))
