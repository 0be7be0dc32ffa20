"""Ways out, invented: one of everything there is to say of a route, and of what stands in its way."""

from __future__ import annotations

from typing import Any

from readiness.scoring.findings import HeldBack
from readiness.scoring.routes import Block, ResponseRef, Route, Step, Stuck, WayOut


def way_out(texts: Any) -> WayOut:
    """Two steps and a pause out of two scenarios, another way out, and a scenario of which nothing can be told."""
    ids, scenarios = list(texts["indicators"]), list(texts["scenarios"])

    def step(place: int, start: float, target: float, cost: float, **more: Any) -> Step:
        items = tuple(texts["indicators"][ids[place]]["items"])
        heading = "up" if target > start else "down"
        return Step(indicator=ids[place], heading=heading, start=start, target=target, cost=cost, items=items, **more)

    helping = (ResponseRef(scenario=scenarios[0], place=0),)
    first = step(
        0,
        17.25,
        50.0,
        6.55,
        enables=(ids[3],),
        keeps_out=scenarios[-1:],
        remaining=tuple(scenarios[:2]),
        responses=helping,
    )
    second = step(1, 82.4, 51.5510466, 3.0848953, rules_out=(scenarios[0],), remaining=(scenarios[1],))
    third = step(2, 86.0, 51.55, 3.445, rules_out=(scenarios[1],), pause=True)
    steps = (first, second, third)
    return WayOut(
        margin=0.1,
        present=tuple(scenarios[:2]),
        undetermined=scenarios[-1:],
        missing=(ids[-1],),
        route=Route(cost=13.0798953, moved=tuple(ids[:3]), steps=steps, loses=scenarios[-1:]),
        alternatives=(Route(cost=21.2, moved=tuple(ids[1:3]), steps=(second, third)),),
        spared=scenarios[-1:],
    )


def nothing_leads_out(texts: Any) -> WayOut:
    """One of each kind of what stands in the way, and what would open it; nothing moves."""
    ids, scenarios = list(texts["indicators"]), list(texts["scenarios"])
    limit = Block(kind="limit", indicator=ids[0], until="2027", why="the mail system is replaced")
    immovable = Block(kind="immovable", indicator=ids[2])
    blocks = (
        limit,
        Block(kind="limit", indicator=ids[1], to=47.5),
        immovable,
        Block(kind="range", indicator=ids[3], to=0.0),
        Block(kind="missing", indicator=ids[4]),
        Block(kind="guard", indicator=ids[0], needs=ids[1]),
        Block(kind="entry", indicator=ids[3], scenario=scenarios[-1]),
    )
    openings = (limit.model_copy(update={"cost": 4.25}), immovable.model_copy(update={"cost": 9.0}))
    return WayOut(
        margin=0.1,
        present=tuple(scenarios[:2]),
        stuck=(
            Stuck(scenarios=(scenarios[0],), blocks=blocks, openings=openings),
            Stuck(scenarios=tuple(scenarios[:2]), blocks=blocks[:1]),
        ),
    )


def partly(texts: Any) -> WayOut:
    """A way out of one scenario, and none out of the other."""
    whole, stuck = way_out(texts), nothing_leads_out(texts)
    return whole.model_copy(update={"stuck": stuck.stuck[:1], "undetermined": (), "missing": ()})


def limits(texts: Any) -> tuple[HeldBack, ...]:
    """One limit of each kind: held and stopped, until some time and for good, of an indicator and of a dimension."""
    ids, dimensions = list(texts["indicators"]), list(texts["dimensions"])
    return (
        HeldBack(name=ids[0], until="2027", why="the mail system is replaced"),
        HeldBack(name=ids[1], to=47.5, until="the merger"),
        HeldBack(name=ids[2], to=60.0),
        HeldBack(name=dimensions[-1]),
    )
