"""Small frameworks drawn at random for the levers, with scores, guards and limits: as plain data and as records."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from hypothesis import strategies as st

from readiness.framework.configurations import All, Any_, Calibration, Condition, Configuration, Not
from readiness.framework.frozen import Text
from readiness.framework.models import Dimension, Framework, Guard, Indicator, Item, Missing, Scenario
from readiness.responses.limits import Limit

WORD = Text({"en": "word"})
RANGES = ((0.0, 100.0), (0.0, 100.0), (0.0, 27.0), (-2.0, 8.0))
Tree = Any  # ("high" | "low", indicator, (out, crossover, in, log odds)) or ("all" | "any" | "not", parts)


@dataclass(frozen=True)
class Drawn:
    """One indicator."""

    id: str
    desired: str
    movable: str
    effort: float | None
    low: float
    high: float
    value: float | None


@dataclass(frozen=True)
class Case:
    """A framework, the scores of a group, and limits. guards: moving and what it needs. limits: None is held."""

    indicators: tuple[Drawn, ...]
    scenarios: Mapping[str, tuple[str, Tree]]
    guards: tuple[tuple[str, tuple[str, ...]], ...] = ()
    limits: dict[str, float | None] = field(default_factory=dict)
    margin: float = 0.1

    @property
    def values(self) -> dict[str, float | None]:
        return {i.id: i.value for i in self.indicators}

    def framework(self) -> Framework:
        indicators = {i.id: _indicator(i) for i in self.indicators}
        moves = {i.id: i.movable for i in self.indicators}
        return Framework.model_validate(
            {
                "format": 1,
                "id": "drawn",
                "version": "1",
                "languages": ("en",),
                "title": WORD,
                "scales": {},
                "missing": Missing(dk=WORD, na=WORD),
                "guards": tuple(Guard(moving=m, direction=moves[m], needs=n) for m, n in self.guards),  # type: ignore[arg-type]
                "dimensions": {"d": Dimension(id="d", title=WORD, indicators=indicators)},
                "scenarios": {
                    id_: Scenario(id=id_, kind=kind, title=WORD, when=_tree(tree))  # type: ignore[arg-type]
                    for id_, (kind, tree) in self.scenarios.items()
                },
            }
        )

    def limit_list(self) -> list[Limit]:
        return [Limit(id_, to) for id_, to in self.limits.items()]


def _indicator(drawn: Drawn) -> Indicator:
    item = Item(id=drawn.id.upper(), text=WORD, type="number", min=drawn.low, max=drawn.high)
    return Indicator(
        id=drawn.id,
        desired=drawn.desired,  # type: ignore[arg-type]
        title=WORD,
        movable=drawn.movable,  # type: ignore[arg-type]
        effort=drawn.effort,
        range="percent" if (drawn.low, drawn.high) == (0, 100) else "raw",
        items={item.id: item},
    )


def _tree(tree: Tree) -> Configuration:
    match tree:
        case ("high" | "low" as direction, indicator, (out, crossover, full, odds)):
            anchors = Calibration.model_validate({"out": out, "crossover": crossover, "in": full, "log_odds": odds})
            return Condition(indicator=indicator, direction=direction, calibration=anchors)
        case ("not", (part,)):
            return Not(part=_tree(part))
        case (join, parts):
            joined: type[All] | type[Any_] = All if join == "all" else Any_
            return joined(parts=tuple(_tree(part) for part in parts))
    raise AssertionError(tree)


_often = st.sampled_from((True, True, True, False))
SHARES = st.integers(0, 20).map(lambda n: n / 20)  # round places in a range: where thresholds meet guards and ends


@st.composite
def cases(draw: st.DrawFn, most: int = 8) -> Case:
    """A case of at most so many indicators, half of which or so are on some scenario."""
    indicators = tuple(draw(_drawn(f"i{n}")) for n in range(draw(st.integers(2, most))))
    by_id = {i.id: i for i in indicators}
    scenarios = {
        f"s{n}": (draw(st.sampled_from(("risk", "risk", "risk", "favourable"))), draw(_trees(by_id)))
        for n in range(draw(st.integers(1, 5)))
    }
    moving = [i.id for i in indicators if i.movable != "no"]
    guards = []
    for _ in range(draw(st.integers(0, 5)) if moving else 0):
        mover = draw(st.sampled_from(moving))
        others = [id_ for id_ in by_id if id_ != mover]
        guards.append((mover, tuple(draw(st.lists(st.sampled_from(others), min_size=1, max_size=2, unique=True)))))
    limits = {}
    for id_ in draw(st.just([]) | st.lists(st.sampled_from(sorted(by_id)), max_size=2, unique=True)):
        share = draw(st.none() | SHARES)
        limits[id_] = None if share is None else _at(by_id[id_], share)
    margin = draw(st.sampled_from((0.1, 0.1, 0.05, 0.2)))
    return Case(indicators, scenarios, tuple(guards), limits, margin)


@st.composite
def _drawn(draw: st.DrawFn, id_: str) -> Drawn:
    low, high = draw(st.sampled_from(RANGES))
    movable = draw(st.sampled_from(("up", "up", "up", "down", "down", "down", "no")))
    share = draw(SHARES | st.floats(0, 1))
    if movable != "no" and draw(_often):  # far from where it goes
        share = share / 2 if movable == "up" else 1 - share / 2
    towards = "low" if movable == "down" else "high"
    value = None if draw(st.integers(0, 19)) == 0 else round(low + share * (high - low), 6)
    return Drawn(
        id_,
        draw(st.sampled_from((towards, towards, "high", "low", "none"))),
        movable,
        draw(st.sampled_from((1.0, 2.0, 3.0, 0.7, None))),
        low,
        high,
        value,
    )


def _at(drawn: Drawn, share: float) -> float:
    return round(drawn.low + share * (drawn.high - drawn.low), 6)


@st.composite
def _trees(draw: st.DrawFn, by_id: dict[str, Drawn], depth: int = 2) -> Tree:
    kind = draw(st.sampled_from(("all", "all", "any", "not", "leaf") if depth else ("leaf",)))
    if kind == "leaf":
        return draw(_leaves(by_id))
    if kind == "not":
        return ("not", (draw(_trees(by_id, depth - 1)),))
    parts = draw(st.lists(_trees(by_id, depth - 1), min_size=1, max_size=3))
    return (kind, tuple(parts))


@st.composite
def _leaves(draw: st.DrawFn, by_id: dict[str, Drawn]) -> Tree:
    drawn = by_id[draw(st.sampled_from(sorted(by_id)))]
    left = "high" if drawn.movable == "down" else "low"  # by moving
    direction = left if draw(_often) else draw(st.sampled_from(("high", "low")))
    places = sorted(draw(st.lists(st.integers(0, 20), min_size=3, max_size=3, unique=True)))
    out, crossover, full = (_at(drawn, place / 20) for place in places)
    if direction == "low":
        out, full = full, out
    return (direction, drawn.id, (out, crossover, full, draw(st.sampled_from((3.0, 3.0, 2.944438979, 1.0, 8.0)))))
