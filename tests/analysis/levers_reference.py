"""The levers a second time, from the words of the documentation alone: every state looked at, no formula simplified.

It shares no code with the package. A cost differs from the exact one by what a step goes beyond a threshold (`BEYOND`).
"""

from __future__ import annotations

import heapq
import math
from collections.abc import Collection, Iterator, Mapping

from tests.analysis.levers_drawn import Case, Drawn, Tree

BEYOND = 1e-6  # of an indicator's range: how far past a threshold a state is
PRESENT = 0.5 + 1e-9
Values = Mapping[str, float | None]


def membership(value: float, anchors: tuple[float, float, float, float]) -> float:
    out, crossover, full, odds = anchors
    x = round(value, 9)
    rising = full > out
    inner = (x >= crossover) if rising else (x <= crossover)
    share = (x - crossover) / (full - crossover) if inner else (x - crossover) / (crossover - out)
    try:
        return 1 / (1 + math.exp(-odds * share))
    except OverflowError:
        return 0.0


def worth(tree: Tree, values: Values, unknown: float) -> float:
    """A configuration's membership; what is not known makes it worth least (0) or most (1)."""
    match tree:
        case ("high" | "low", indicator, anchors):
            value = values[indicator]
            return unknown if value is None else membership(value, anchors)
        case ("not", (part,)):
            return 1 - worth(part, values, 1 - unknown)
        case ("all", parts):
            return min(worth(part, values, unknown) for part in parts)
        case ("any", parts):
            return max(worth(part, values, unknown) for part in parts)
    raise AssertionError(tree)


def leaves(tree: Tree) -> Iterator[tuple[str, tuple[float, float, float, float]]]:
    if tree[0] in ("high", "low"):
        yield tree[1], tree[2]
    else:
        for part in tree[1]:
            yield from leaves(part)


class Watch:
    """What every risk scenario asks for: how it stood at the start, whether it is there now, whether it may stay so."""

    def __init__(self, case: Case) -> None:
        self.case = case
        self.trees = {id_: tree for id_, (kind, tree) in case.scenarios.items() if kind == "risk"}
        self.low = {id_: worth(tree, case.values, 0.0) for id_, tree in self.trees.items()}
        self.high = {id_: worth(tree, case.values, 1.0) for id_, tree in self.trees.items()}
        self.present = [id_ for id_ in self.trees if self.low[id_] > PRESENT]
        self.open = [id_ for id_ in self.trees if self.low[id_] <= PRESENT < self.high[id_]]

    def there(self, values: Values) -> set[str]:
        """Scenarios that are there: those open at the start if they are certain, the others if they are possible."""
        return {id_ for id_, tree in self.trees.items() if self.now(tree, id_, values) > PRESENT}

    def now(self, tree: Tree, id_: str, values: Values) -> float:
        return worth(tree, values, 0.0 if id_ in self.open else 1.0)

    def bar(self, id_: str) -> float:
        target = 0.5 - self.case.margin
        if id_ in self.open:
            return PRESENT
        if id_ in self.present:
            return target + 1e-9
        return min(PRESENT, max(target, self.high[id_]) + 1e-9)

    def arrived(self, values: Values, leaving: set[str]) -> bool:
        """Whether whatever had to be left is far enough, and nothing else has come nearer."""
        asked = [id_ for id_ in self.trees if id_ not in self.present or id_ in leaving]
        return all(self.now(self.trees[id_], id_, values) <= self.bar(id_) for id_ in asked)


def safe(drawn: Drawn, value: float | None) -> bool:
    if value is None:
        return False
    middle = (drawn.low + drawn.high) / 2
    return value <= middle if drawn.desired == "low" else value >= middle


def reach(case: Case, drawn: Drawn) -> float | None:
    """How far an indicator may go; None where it may not move."""
    held = drawn.id in case.limits and case.limits[drawn.id] is None
    if drawn.value is None or drawn.movable == "no" or held:
        return None
    up = drawn.movable == "up"
    end = drawn.high if up else drawn.low
    if drawn.id in case.limits:
        to = case.limits[drawn.id]
        assert to is not None
        end = min(end, to) if up else max(end, to)
    return end if (end > drawn.value if up else end < drawn.value) else None


def scores(case: Case, watch: Watch, drawn: Drawn) -> list[float]:
    """Scores to try: the first one, and just beyond every place at which something might change."""
    end = reach(case, drawn)
    assert drawn.value is not None
    if end is None:
        return [drawn.value]
    beyond = BEYOND * (drawn.high - drawn.low) * (1 if drawn.movable == "up" else -1)
    tried = {(drawn.low + drawn.high) / 2, end}
    for id_, tree in watch.trees.items():
        for indicator, (out, crossover, full, odds) in leaves(tree):
            if indicator != drawn.id:
                continue
            tried.add(crossover + beyond)
            for bar in (watch.bar(id_), 1 - watch.bar(id_)):
                share = math.log(bar / (1 - bar)) / odds
                width = full - crossover if share >= 0 else crossover - out
                tried.add(crossover + share * width + beyond)
    low, high = sorted((drawn.value, end))
    on_the_way = sorted((x for x in tried if low < x <= high or low <= x < high), reverse=drawn.movable == "down")
    return [drawn.value, *[x for x in on_the_way if x != drawn.value]]


def price(drawn: Drawn, value: float) -> float:
    assert drawn.value is not None
    effort = 1.0 if drawn.effort is None else drawn.effort
    return effort * abs(value - drawn.value) / (drawn.high - drawn.low) * 100 / 10


def states(case: Case) -> int:
    """How many states a search of everything may have to look at."""
    watch = Watch(case)
    return math.prod(len(scores(case, watch, drawn)) for drawn in case.indicators if drawn.value is not None)


def cheapest(case: Case, leaving: set[str], unlike: Collection[frozenset[str]] = ()) -> float | None:
    """The cost of the cheapest way out, by Dijkstra's search over everything; None where there is none.

    unlike: sets of indicators of none of which all may move.
    """
    watch = Watch(case)
    by_id = {drawn.id: drawn for drawn in case.indicators}
    moving = [drawn for drawn in case.indicators if drawn.value is not None]
    steps = [scores(case, watch, drawn) for drawn in moving]
    start = (0,) * len(moving)

    def at(state: tuple[int, ...]) -> dict[str, float | None]:
        here = {drawn.id: steps[n][state[n]] for n, drawn in enumerate(moving)}
        return {**case.values, **here}

    queue, seen = [(0.0, start)], set()
    while queue:
        cost, state = heapq.heappop(queue)
        if state in seen:
            continue
        seen.add(state)
        gone = {drawn.id for n, drawn in enumerate(moving) if state[n]}
        if any(better <= gone for better in unlike):
            continue
        here = at(state)
        if watch.arrived(here, leaving):
            return cost
        there = watch.there(here)
        for n, drawn in enumerate(moving):
            if state[n] + 1 == len(steps[n]):
                continue
            if not all(
                safe(by_id[need], here[need]) for who, needs in case.guards for need in needs if who == drawn.id
            ):
                continue
            after = (*state[:n], state[n] + 1, *state[n + 1 :])
            if after not in seen and not watch.there(at(after)) - there:
                more = price(drawn, steps[n][after[n]]) - price(drawn, steps[n][state[n]])
                heapq.heappush(queue, (cost + more, after))
    return None


def wrongs(case: Case, moves: list[tuple[str, float, float]], leaving: set[str], points: int = 60) -> list[str]:
    """Everything that is wrong with a route, seen at many points of each move: (indicator, from, to)."""
    watch = Watch(case)
    by_id = {drawn.id: drawn for drawn in case.indicators}
    values = dict(case.values)
    found = []
    there = watch.there(values)
    for id_, start, target in moves:
        drawn, end = by_id[id_], reach(case, by_id[id_])
        at = values[id_]
        assert at is not None
        if end is None or abs(start - at) > 2e-9 or (target - start) * (1 if drawn.movable == "up" else -1) <= 0:
            found.append(f"{id_} cannot move so")
        elif (target - end) * (1 if drawn.movable == "up" else -1) > 1e-9:
            found.append(f"{id_} goes too far")
        for who, needs in case.guards:
            found += [f"{id_} without {n}" for n in needs if who == id_ and not safe(by_id[n], values[n])]
        for point in range(1, points + 1):
            values[id_] = target if point == points else start + (target - start) * point / points
            now = watch.there(values)
            found += [f"{id_} enters {entered}" for entered in now - there]
            there = now
    return found if watch.arrived(values, leaving) else [*found, "not arrived"]
