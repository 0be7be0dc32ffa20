"""The cheapest way out is the cheapest, enters nothing, and says what stands in the way where there is none."""

from __future__ import annotations

from hypothesis import HealthCheck, given, settings

from readiness.analysis.levers import way_out
from readiness.scoring.routes import Route, WayOut
from tests.analysis import levers_reference as naive
from tests.analysis.levers_drawn import Case, cases

THOROUGHLY = settings(
    max_examples=600, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)


def out_of(case: Case, alternatives: int = 2) -> WayOut:
    return way_out(case.framework(), case.values, case.limit_list(), alternatives=alternatives, margin=case.margin)


def moves_of(route: Route) -> list[tuple[str, float, float]]:
    return [(step.indicator, step.start, step.target) for step in route.steps]


@THOROUGHLY
@given(cases())
def test_a_route_costs_what_a_search_of_everything_finds(case: Case) -> None:
    found = out_of(case)
    watch = naive.Watch(case)
    assert list(found.present) == watch.present
    assert list(found.undetermined) == watch.open
    aside = {id_ for part in found.stuck for id_ in part.scenarios}
    leaving = set(watch.present) - aside
    cheapest = naive.cheapest(case, set(watch.present))
    assert (cheapest is None) == bool(aside)
    if leaving or not aside:
        cost = naive.cheapest(case, leaving)
        assert found.route is not None and cost is not None
        assert abs(found.route.cost - cost) < 1e-3
        assert cost >= found.route.cost - 1e-6
    for route in filter(None, (found.route, *found.alternatives)):
        assert naive.wrongs(case, moves_of(route), leaving) == []
        assert abs(sum(step.cost for step in route.steps) - route.cost) < 1e-6
