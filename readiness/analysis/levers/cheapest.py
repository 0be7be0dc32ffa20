"""Cheapest: the goals a group could be brought to, in the order of their cost, until one can be reached.

A goal is a stop for every indicator that moves. The search (best-first with an admissible estimate; Hart, Nilsson and
Raphael 1968) goes from goal to higher goal: whatever is wrong with a goal can be mended only by some indicator going
further, and each way to mend it is tried. What is wrong is that a scenario would still be present; or, where none is,
that no order of moves leads there. What a guard asks of others is added at once. No goal that can be reached and is
cheaper is ever passed over, which the tests hold against a search of everything.
"""

from __future__ import annotations

import heapq
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from itertools import product
from typing import TYPE_CHECKING

from readiness.analysis.formulas import Joined, Leaf, holds
from readiness.analysis.levers.passage import Passage, passage_to

if TYPE_CHECKING:
    from readiness.analysis.formulas import Formula, State
    from readiness.analysis.levers.terrain import Risk, Terrain

Raise = Mapping[int, int]  # the stop that some indicators have to come to at least
MOST_LOOKED_AT = 20_000  # goals, while looking for alternatives


@dataclass(frozen=True)
class Found:
    """A goal, and the moves that lead there."""

    goal: State
    moves: tuple[tuple[int, int], ...]


def cheapest(terrain: Terrain, leaving: Collection[str], most: int) -> list[Found]:
    """The cheapest goal at which the scenarios `leaving` are left and none is entered, and the next cheapest.

    Of those after the first none moves all that a better one moves. At most `most` are given, fewer where there are
    fewer; the first is there whenever there is any.
    """
    return list(_Search(terrain, frozenset(leaving)).found(most))


@dataclass
class _Search:
    terrain: Terrain
    leaving: frozenset[str]
    _closed: dict[State, State | None] = field(default_factory=dict)

    @cached_property
    def risks(self) -> tuple[Risk, ...]:
        """What has to be out of the way at the end."""
        return tuple(r for r in self.terrain.risks if r.scenario.id in self.leaving or r.standing != "present")

    def found(self, most: int) -> Iterator[Found]:
        """Goals that can be reached, in order."""
        accepted: list[frozenset[int]] = []
        queue: list[tuple[float, State]] = []
        seen: set[State] = set()
        self._push(queue, seen, self.terrain.start)
        while queue and len(accepted) < most:
            _, goal = heapq.heappop(queue)
            if accepted and len(seen) > MOST_LOOKED_AT:
                return
            moving = frozenset(place for place, stop in enumerate(goal) if stop)
            if any(better <= moving for better in accepted):
                continue
            mends = self._mends(goal)
            if mends is None:
                passage = passage_to(goal, self.terrain)
                if passage.moves is not None:
                    accepted.append(moving)
                    yield Found(goal, passage.moves)
                    continue
                mends = self._further(goal, passage)
            for mend in mends:
                self._push(queue, seen, mend)

    def _push(self, queue: list[tuple[float, State]], seen: set[State], goal: State) -> None:
        if goal in seen:
            return
        seen.add(goal)
        ahead = self._ahead(goal)
        if ahead is not None:
            heapq.heappush(queue, (self.terrain.cost(goal) + ahead, goal))

    def _further(self, goal: State, passage: Passage) -> list[State]:
        """Higher goals that might be reached where this one cannot."""
        higher = (self._raised(goal, {place: goal[place] + 1}) for place in sorted(passage.helpful))
        return [state for state in higher if state is not None]

    def _mends(self, goal: State) -> list[State] | None:
        """Higher goals at one of which a scenario still present would be gone; None where none is present.

        Of several scenarios the one that can be left in the fewest ways: it has to be left in one of them.
        """
        present = [self._ways_out(risk, goal) for risk in self.risks if holds(risk.end, goal)]
        return min(present, key=len) if present else None

    def _ways_out(self, risk: Risk, goal: State) -> list[State]:
        raised = (self._raised(goal, change) for change in changes(risk.end, goal))
        return list(dict.fromkeys(state for state in raised if state is not None))

    def _raised(self, goal: State, change: Raise) -> State | None:
        """A goal raised, and with it whatever a guard asks of others; None where that cannot be had."""
        return self._with_needs(tuple(max(stop, change.get(place, 0)) for place, stop in enumerate(goal)))

    def _with_needs(self, goal: State) -> State | None:
        if goal not in self._closed:
            self._closed[goal] = needed(goal, self.terrain)
        return self._closed[goal]

    def _ahead(self, goal: State) -> float | None:
        """At least what is still to be paid: of scenarios that share no indicator each one's cheapest way out.

        None where one of them cannot be left at all.
        """
        bills = []
        for risk in self.risks:
            if not holds(risk.end, goal):
                continue
            ways = self._ways_out(risk, goal)
            if not ways:
                return None
            base = self.terrain.cost(goal)
            touched = frozenset(p for way in ways for p, stop in enumerate(way) if stop != goal[p])
            bills.append((min(self.terrain.cost(way) for way in ways) - base, touched))
        due, taken = 0.0, frozenset[int]()
        for bill, touched in sorted(bills, key=lambda b: (-b[0], sorted(b[1]))):
            if not touched & taken:
                due += bill
                taken |= touched
        return due


def needed(goal: State, terrain: Terrain) -> State | None:
    """A goal with everything that guards ask of whatever moves; None where some of it cannot be had.

    What is safe at the start asks for nothing, even where it moves away later: that is a matter of the order.
    """
    stops = list(goal)
    left = [place for place, stop in enumerate(stops) if stop]
    while left:
        for _, safe in terrain.needs[left.pop()]:
            if holds(safe, terrain.start):
                continue
            if not isinstance(safe, Leaf):
                return None
            first = safe.truths.index(True)
            if stops[safe.place] < first:
                if not stops[safe.place]:
                    left.append(safe.place)
                stops[safe.place] = first
    return tuple(stops)


def changes(formula: Formula, goal: State) -> list[Raise]:
    """The ways in which a formula that holds could come not to, by indicators going further; none if it cannot."""
    match formula:
        case bool():
            return []
        case Leaf(place=place, truths=truths):
            later = [stop for stop in range(goal[place], len(truths)) if not truths[stop]]
            return [{place: later[0]}] if later else []
        case Joined(every=True, parts=parts):
            return [change for part in parts for change in changes(part, goal)]
        case Joined(parts=parts):
            ways = [changes(part, goal) for part in parts if holds(part, goal)]
            return [_merged(way) for way in product(*ways)]


def _merged(changes: tuple[Raise, ...]) -> Raise:
    merged: dict[int, int] = {}
    for change in changes:
        for place, stop in change.items():
            merged[place] = max(merged.get(place, 0), stop)
    return merged
