"""The least that a way out can cost, as a mixed-integer programme (SciPy's HiGHS), whatever the order of the moves.

It asks for the end of a route only: every scenario out of the way, and whatever a guard needs safe at last. A route
that costs no more is therefore the cheapest. It shares no code with the package.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp

from tests.analysis import levers_reference as naive
from tests.analysis.levers_drawn import Case, Drawn, Tree

NEAR = 1e-7  # a condition gives way this far from its threshold, so that a solver's tolerance breaks none


@dataclass
class _Programme:
    """Variables are distances first, one an indicator, then truths: each row says sum(coefficients) >= least."""

    case: Case
    rows: list[tuple[dict[int, float], float]] = field(default_factory=list)
    truths: int = 0

    def place(self, id_: str) -> int:
        return [drawn.id for drawn in self.case.indicators].index(id_)

    def drawn(self, id_: str) -> Drawn:
        return self.case.indicators[self.place(id_)]

    def truth(self) -> int:
        self.truths += 1
        return len(self.case.indicators) + self.truths - 1

    def far(self, drawn: Drawn) -> float:
        end = naive.reach(self.case, drawn)
        return 0.0 if end is None or drawn.value is None else abs(end - drawn.value)

    def off(self, tree: Tree, bar: float, turned: bool = False) -> int:
        """A truth that may be 1 only where a tree is worth at most `bar`."""
        truth = self.truth()
        match tree:
            case ("high" | "low", indicator, anchors):
                self.leaf(truth, self.drawn(indicator), anchors, bar, turned)
            case ("not", (part,)):
                self.rows.append(({truth: -1, self.off(part, bar, not turned): 1}, 0))
            case (join, parts):
                offs = [self.off(part, bar, turned) for part in parts]
                if (join == "all") != turned:
                    self.rows.append(({truth: -1, **dict.fromkeys(offs, 1.0)}, 0))
                else:
                    self.rows += [({truth: -1, off: 1}, 0) for off in offs]
        return truth

    def leaf(
        self, truth: int, drawn: Drawn, anchors: tuple[float, float, float, float], bar: float, turned: bool
    ) -> None:
        out, crossover, full, odds = anchors
        height = 1 - bar if turned else bar
        share = math.log(height / (1 - height)) / odds
        threshold = crossover + share * (full - crossover if share >= 0 else crossover - out)
        rising = (full > out) != turned
        assert drawn.value is not None
        up = drawn.movable == "up"
        distance = (threshold - drawn.value) * (1 if up else -1)  # along its way
        place, far = self.place(drawn.id), self.far(drawn)
        if rising != up:  # moving helps
            if distance > far:
                self.rows.append(({truth: -1}, 0))
            elif distance > 0:
                self.rows.append(({place: 1, truth: -distance}, 0))
        elif distance < 0:
            self.rows.append(({truth: -1}, 0))
        else:
            self.rows.append(({place: -1, truth: -far - 1}, -distance - far - 1 - NEAR))

    def guards(self) -> None:
        for moving, needs in self.case.guards:
            moves = self.truth()
            self.rows.append(({self.place(moving): -1, moves: self.far(self.drawn(moving))}, 0))
            for drawn in map(self.drawn, needs):
                middle = (drawn.low + drawn.high) / 2
                if naive.safe(drawn, drawn.value):
                    continue
                distance = abs(middle - (drawn.value or 0.0))
                towards = (drawn.movable == "up") != (drawn.desired == "low")
                able = towards and distance <= self.far(drawn)
                self.rows.append(({self.place(drawn.id): 1, moves: -distance} if able else {moves: -1}, 0))


def least_cost(case: Case) -> float | None:
    """What the cheapest end costs; None where there is none."""
    watch = naive.Watch(case)
    programme = _Programme(case)
    for id_, tree in watch.trees.items():
        programme.rows.append(({programme.off(tree, watch.bar(id_)): 1}, 1))
    programme.guards()
    width = len(case.indicators) + programme.truths
    matrix = np.zeros((len(programme.rows), width))
    for number, (row, _) in enumerate(programme.rows):
        for place, coefficient in row.items():
            matrix[number, place] = coefficient
    prices = [naive.price(drawn, drawn.value + 1) if drawn.value is not None else 0.0 for drawn in case.indicators]
    far = [programme.far(drawn) for drawn in case.indicators]
    found = milp(
        np.array([*prices, *[0.0] * programme.truths]),
        integrality=np.array([0] * len(far) + [1] * programme.truths),
        bounds=Bounds(np.zeros(width), np.array([*far, *[1.0] * programme.truths])),
        constraints=LinearConstraint(matrix, np.array([least for _, least in programme.rows]), np.inf),
        options={"mip_rel_gap": 0},
    )
    return float(found.fun) if found.success else None
