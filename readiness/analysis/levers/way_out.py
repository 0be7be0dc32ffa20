"""Levers: the cheapest way out of the scenarios a group is on that leads into no other, and what stands in its way.

A move costs effort times tenths of its indicator's range, and goes the one way that the framework says it can. A route
is made of moves one after the other. It may not enter a scenario at any moment, nor move what a guard holds back; at
its end every scenario that was present is below 0.5 by a margin, and no other has come nearer than that.

The search is exact (`terrain`, `cheapest`, `passage`). Where a score is missing, nothing is taken to be safe or left
because of it: a condition on it counts as holding for a scenario that is present or absent for sure, and a scenario
that hangs on it is said to be undetermined, and never made certain.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from readiness.analysis.levers.blocked import stuck_in
from readiness.analysis.levers.cheapest import cheapest
from readiness.analysis.levers.rules import MARGIN, rules_of
from readiness.analysis.levers.steps import route_of
from readiness.analysis.levers.stops import terrain_of
from readiness.scoring.result import Estimate, ItemCounts, Suppressed
from readiness.scoring.routes import WayOut

if TYPE_CHECKING:
    from readiness.analysis.levers.terrain import Terrain
    from readiness.framework.models import Framework, Scenario
    from readiness.responses.limits import Limit
    from readiness.scoring.result import Group
    from readiness.scoring.routes import Route

ALTERNATIVES = 2


def way_out(
    framework: Framework,
    values: Mapping[str, float | None],
    limits: Iterable[Limit] = (),
    *,
    whole: bool = True,
    alternatives: int = ALTERNATIVES,
    margin: float = MARGIN,
) -> WayOut:
    """The cheapest route out of every risk scenario that is present, the next cheapest, and what cannot be left.

    values: a group's scores by indicator, facts included; None or absent is missing. whole: the group is everybody, of
    whom alone scenarios of level organisation are told. margin: how far below 0.5 a membership has to come.
    """
    risks = tuple(s for s in framework.scenarios.values() if s.kind == "risk")
    told = tuple(s for s in risks if whole or s.level == "any")
    terrain = terrain_of(rules_of(framework, values, limits, told, margin))
    present = _standing(terrain, "present")
    stuck = stuck_in(terrain, present)
    aside = {id_ for part in stuck for id_ in part.scenarios}
    leaving = [id_ for id_ in present if id_ not in aside]
    routes = [route_of(found, terrain) for found in cheapest(terrain, leaving, 1 + alternatives)]
    found = routes if leaving or not stuck else []
    return WayOut(
        margin=margin,
        present=present,
        undetermined=_standing(terrain, "undetermined"),
        missing=_missing(framework, values, told),
        route=found[0] if found else None,
        alternatives=tuple(found[1:]) if leaving else (),
        stuck=stuck,
        spared=tuple(s.id for s in risks if s not in told),
    )


def way_out_of(
    group: Group, framework: Framework, limits: Iterable[Limit] = (), *, whole: bool, alternatives: int = ALTERNATIVES
) -> WayOut:
    """The way out of a group, by the figures that are shown of it; of each step the items that it was asked."""
    values = {id_: one.value if isinstance(one, Estimate) else None for id_, one in group.indicators.items()}
    found = way_out(framework, values, limits, whole=whole, alternatives=alternatives)
    routes = [_as_asked(route, group) for route in (found.route, *found.alternatives) if route]
    return found.model_copy(update={"route": next(iter(routes), None), "alternatives": tuple(routes[1:])})


def _as_asked(route: Route, group: Group) -> Route:
    """A route whose steps name no item that nobody in the group answered, unless that would leave none."""
    steps = []
    for step in route.steps:
        asked = tuple(id_ for id_ in step.items if _answered(group.items.get(id_)))
        steps.append(step.model_copy(update={"items": asked or step.items}))
    return route.model_copy(update={"steps": tuple(steps)})


def _answered(item: ItemCounts | Suppressed | None) -> bool:
    """Whether anybody answered; what is suppressed, somebody did."""
    return isinstance(item, Suppressed) or (item is not None and item.n > 0)


def _standing(terrain: Terrain, standing: str) -> tuple[str, ...]:
    return tuple(risk.scenario.id for risk in terrain.risks if risk.standing == standing)


def _missing(
    framework: Framework, values: Mapping[str, float | None], scenarios: Iterable[Scenario]
) -> tuple[str, ...]:
    asked = {condition.indicator for scenario in scenarios for condition in scenario.conditions}
    return tuple(id_ for id_ in framework.indicators if id_ in asked and values.get(id_) is None)
