"""The cheapest way out is the cheapest, enters nothing, and says what stands in the way where there is none."""

from __future__ import annotations

import random

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from readiness.analysis.levers.way_out import way_out
from readiness.framework.catalogue import find
from readiness.framework.configurations import All, Any_, Condition, Configuration, Not
from readiness.framework.loading import load
from readiness.framework.models import Framework
from readiness.responses.limits import Limit
from readiness.scoring.routes import Block, Route, WayOut
from tests.analysis import levers_reference as naive
from tests.analysis.levers_drawn import Case, Drawn, Tree, cases
from tests.analysis.levers_programme import least_cost

SLOW = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much]
MOST_STATES = 20_000


@pytest.fixture(scope="module")
def shipped() -> Framework:
    return load(find("enterprise-2.0"))


def out_of(case: Case, alternatives: int = 2) -> WayOut:
    return way_out(case.framework(), case.values, case.limit_list(), alternatives=alternatives, margin=case.margin)


def moves_of(route: Route) -> list[tuple[str, float, float]]:
    return [(step.indicator, step.start, step.target) for step in route.steps]


def leaving(found: WayOut) -> set[str]:
    return set(found.present) - {id_ for part in found.stuck for id_ in part.scenarios}


@settings(max_examples=600, deadline=None, suppress_health_check=SLOW)
@given(cases())
def test_a_route_costs_what_a_search_of_everything_finds_and_enters_nothing(case: Case) -> None:
    assume(naive.states(case) <= MOST_STATES)  # beyond, a search of everything takes minutes
    found = out_of(case)
    watch = naive.Watch(case)
    assert list(found.present) == watch.present
    assert list(found.undetermined) == watch.open
    assert (naive.cheapest(case, set(watch.present)) is None) == bool(found.stuck)
    if leaving(found) or not found.stuck:
        cost = naive.cheapest(case, leaving(found))
        assert found.route is not None and cost is not None
        assert found.route.cost - 1e-6 <= cost < found.route.cost + 1e-3
    for route in filter(None, (found.route, *found.alternatives)):
        assert naive.wrongs(case, moves_of(route), leaving(found)) == []
        assert abs(sum(step.cost for step in route.steps) - route.cost) < 1e-6


@settings(max_examples=40, deadline=None, suppress_health_check=SLOW)
@given(cases(most=6))
def test_each_alternative_is_the_cheapest_that_does_not_move_all_that_a_better_one_moves(case: Case) -> None:
    found = out_of(case, alternatives=3)
    if not leaving(found) or found.route is None:
        assert found.alternatives == ()
        return
    routes = [found.route, *found.alternatives]
    for number in range(1, 4):
        better = [frozenset(route.moved) for route in routes[:number]]
        cost = naive.cheapest(case, leaving(found), better)
        if number == len(routes):
            assert cost is None
            break
        assert cost is not None
        assert routes[number].cost - 1e-6 <= cost < routes[number].cost + 1e-3


@settings(max_examples=100, deadline=None, suppress_health_check=SLOW)
@given(cases())
def test_what_opens_a_way_opens_it(case: Case) -> None:
    found = out_of(case)
    for part in found.stuck:
        wanted = leaving(found) | set(part.scenarios)
        for opening in part.openings:
            freed = _without(case, opening)
            if freed is None:
                continue
            cost = naive.cheapest(freed, wanted)
            assert cost is not None and opening.cost is not None
            assert opening.cost - 1e-6 <= cost < opening.cost + 1e-3


def _without(case: Case, block: Block) -> Case | None:
    """The case with one thing lifted; None for what the framework does not let move."""
    if block.kind == "limit":
        limits = {id_: to for id_, to in case.limits.items() if id_ != block.indicator}
        return Case(case.indicators, case.scenarios, case.guards, limits, case.margin)
    if block.kind == "guard":
        guards = tuple(
            (who, tuple(need for need in needs if (who, need) != (block.indicator, block.needs)))
            for who, needs in case.guards
        )
        return Case(case.indicators, case.scenarios, guards, case.limits, case.margin)
    return None


@given(cases(), st.randoms(use_true_random=False))
@settings(max_examples=50, deadline=None, suppress_health_check=SLOW)
def test_the_order_of_scores_and_limits_does_not_matter(case: Case, rng: random.Random) -> None:
    scores, limits = list(case.values.items()), case.limit_list()
    rng.shuffle(scores)
    rng.shuffle(limits)
    again = way_out(case.framework(), dict(scores), limits, margin=case.margin)
    assert again.model_dump_json() == out_of(case).model_dump_json()


def test_on_the_shipped_framework_no_route_enters_anything(shipped: Framework) -> None:
    for seed in range(60):
        case = _as_case(shipped, _profile(shipped, random.Random(seed)))
        found = way_out(shipped, case.values, case.limit_list())
        assert not found.stuck
        for route in filter(None, (found.route, *found.alternatives)):
            assert naive.wrongs(case, moves_of(route), set(found.present)) == []


def _profile(framework: Framework, rng: random.Random) -> dict[str, float]:
    """From anywhere at all to everything at its worst."""
    worst = {"high": (0.0, 40.0), "low": (60.0, 100.0), "none": (0.0, 100.0)}
    bad = rng.random()
    return {
        i.id: round(rng.uniform(*(worst[i.desired] if rng.random() < bad else (0.0, 100.0))), 3)
        for i in framework.indicators.values()
    }


def _as_case(framework: Framework, values: dict[str, float]) -> Case:
    indicators = tuple(
        Drawn(i.id, i.desired, i.movable, i.effort, 0.0, 100.0, values[i.id]) for i in framework.indicators.values()
    )
    scenarios = {s.id: (s.kind, _as_tree(s.when)) for s in framework.scenarios.values()}
    return Case(indicators, scenarios, tuple((guard.moving, guard.needs) for guard in framework.guards))


def _as_tree(part: Configuration) -> Tree:
    match part:
        case Condition(indicator=indicator, direction=direction, calibration=c):
            return direction, indicator, (c.out, c.crossover, c.in_, c.log_odds)
        case Not(part=inner):
            return "not", (_as_tree(inner),)
        case All(parts=parts):
            return "all", tuple(map(_as_tree, parts))
        case Any_(parts=parts):
            return "any", tuple(map(_as_tree, parts))


HIGH, LOW = (30.0, 55.0, 80.0, 3.0), (70.0, 45.0, 20.0, 3.0)


def up(id_: str, value: float | None, movable: str = "up", effort: float = 1.0) -> Drawn:
    return Drawn(id_, "low" if movable == "down" else "high", movable, effort, 0.0, 100.0, value)


def risks(**trees: Tree) -> dict[str, tuple[str, Tree]]:
    return {id_: ("risk", tree) for id_, tree in trees.items()}


def test_where_nothing_is_present_there_is_nothing_to_do() -> None:
    found = out_of(Case((up("x", 60),), risks(s=("low", "x", LOW))))
    assert (found.present, found.stuck, found.alternatives) == ((), (), ())
    assert found.route is not None
    assert (found.route.cost, found.route.steps) == (0, ())


def test_a_target_keeps_the_margin_and_no_more() -> None:
    found = out_of(Case((up("x", 20),), risks(s=("low", "x", LOW))))
    assert found.route is not None
    (step,) = found.route.steps
    assert naive.membership(step.target, LOW) <= 0.4 + 1e-9 < naive.membership(step.target - 1e-6, LOW)
    assert step.cost == pytest.approx((step.target - 20) / 10)


def test_a_scenario_near_but_absent_may_stay_and_come_no_nearer() -> None:
    near = risks(s=("low", "x", LOW), t=("all", (("low", "y", LOW), ("high", "x", (0.0, 46.0, 92.0, 3.0)))))
    found = out_of(Case((up("x", 44), up("y", 44, effort=0.1)), near))
    assert found.present == ("s",)
    assert found.route is not None
    assert [step.indicator for step in found.route.steps] == ["y", "x"]  # else x would enter t


def test_what_a_guard_needs_is_moved_first_and_as_far_as_it_asks() -> None:
    case = Case((up("x", 20), up("y", 20)), risks(s=("low", "x", LOW)), (("x", ("y",)),))
    found = out_of(case)
    assert found.route is not None
    first, second = found.route.steps
    assert (first.indicator, first.target, first.enables, first.rules_out) == ("y", 50, ("x",), ())
    assert (second.indicator, second.rules_out, second.remaining) == ("x", ("s",), ())


def test_an_indicator_may_move_in_two_stages() -> None:
    later = (90.0, 70.0, 50.0, 3.0)
    trees = risks(s=("low", "x", later), t=("all", (("high", "x", HIGH), ("low", "y", LOW))))
    found = out_of(Case((up("x", 10), up("y", 10)), trees, (("y", ("x",)),)))
    assert found.route is not None
    assert [step.indicator for step in found.route.steps] == ["x", "y", "x"]
    assert found.route.steps[0].target == 50
    assert found.route.moved == ("x", "y")


def test_what_was_left_is_not_entered_again() -> None:
    # z high brings s back by its other half, so it has to rise while s is still there, or not at all.
    trees = risks(s=("any", (("low", "x", LOW), ("high", "z", HIGH))), t=("low", "z", LOW))
    found = out_of(Case((up("x", 20), up("z", 20)), trees))
    assert found.route is not None
    assert [step.indicator for step in found.route.steps] in (["x", "z"], ["z", "x"])
    assert 48 < max(step.target for step in found.route.steps) < 55


def test_a_limit_holds_and_another_way_is_taken() -> None:
    trees = risks(s=("all", (("low", "x", LOW), ("low", "y", LOW))))
    case = Case((up("x", 30), up("y", 20)), trees)
    free, held = out_of(case), out_of(Case(case.indicators, trees, limits={"x": None}))
    short = out_of(Case(case.indicators, trees, limits={"x": 46.0}))
    assert [found.route and found.route.moved for found in (free, held, short)] == [("x",), ("y",), ("y",)]
    assert [route.moved for route in free.alternatives] == [("y",)]


def test_the_single_limit_that_blocks_is_named_with_what_lifting_it_would_cost() -> None:
    found = way_out(
        Case((up("x", 20),), risks(s=("low", "x", LOW))).framework(), {"x": 20}, [Limit("x", until="2027", why="law")]
    )
    (part,) = found.stuck
    assert found.route is None
    assert part.scenarios == ("s",)
    assert [(block.kind, block.until, block.why) for block in part.blocks] == [("limit", "2027", "law")]
    assert [(block.kind, block.indicator, round(block.cost or 0, 1)) for block in part.openings] == [
        ("limit", "x", 2.8)
    ]


def test_what_can_be_left_is_left_though_something_else_cannot() -> None:
    trees = risks(s=("low", "x", LOW), t=("low", "y", LOW))
    found = out_of(Case((up("x", 20, "no"), up("y", 20)), trees))
    assert [part.scenarios for part in found.stuck] == [("s",)]
    assert [block.kind for block in found.stuck[0].blocks] == ["immovable"]
    assert found.route is not None
    assert found.route.moved == ("y",)
    assert found.route.steps[-1].remaining == ("s",)


def test_a_guard_on_what_is_not_known_blocks() -> None:
    found = out_of(Case((up("x", 20), up("y", None)), risks(s=("low", "x", LOW)), (("x", ("y",)),)))
    assert [(block.kind, block.indicator) for block in found.stuck[0].blocks] == [("guard", "x"), ("missing", "y")]
    assert [(block.kind, block.needs) for block in found.stuck[0].openings] == [("guard", "y")]


def test_two_scenarios_that_pull_apart_cannot_both_be_left() -> None:
    mirrored = (("low", "x", (100.0, 60.0, 50.0, 3.0)), ("high", "x", (0.0, 15.0, 20.0, 3.0)))
    found = out_of(Case((up("x", 20), up("y", 20, "no")), risks(s=mirrored[0], t=mirrored[1])))
    assert [part.scenarios for part in found.stuck] == [("t",)]
    assert found.route is not None
    assert found.route.moved == ("x",)


def test_what_hangs_on_a_missing_score_is_undetermined_and_never_made_certain() -> None:
    trees = risks(s=("low", "x", LOW), t=("any", (("high", "x", HIGH), ("low", "y", LOW))))
    found = out_of(Case((up("x", 20), up("y", None)), trees))
    assert (found.present, found.undetermined, found.missing) == (("s",), ("t",), ("y",))
    assert found.route is not None
    assert found.route.steps[-1].target < 55


def test_lowering_a_setting_is_a_pause_and_lowering_a_cause_is_none(shipped: Framework) -> None:
    values = dict.fromkeys(shipped.indicators, 60.0) | {
        i.id: 40.0 for i in shipped.indicators.values() if i.desired == "low"
    }
    values |= {"participation_push": 60, "process_embedding": 5, "time_allocation": 5, "email_dependence": 80}
    values |= {"information_overload": 80, "channel_fit": 5, "notification_quality": 5, "rollout_scale": 20}
    values |= {"declared_collaboration": 40, "cultural_strength": 40, "imposed_trust": 40}
    found = way_out(shipped, values)
    assert found.present == ("off_process_freedom", "email_gridlock")
    assert found.route is not None
    pauses = {step.indicator: step.pause for route in (found.route, *found.alternatives) for step in route.steps}
    assert pauses["participation_push"]
    assert not any(pause for id_, pause in pauses.items() if id_ != "participation_push")


def test_embedding_the_work_waits_until_networks_weigh_on_decisions(shipped: Framework) -> None:
    values = dict.fromkeys(shipped.indicators, 60.0) | {
        i.id: 40.0 for i in shipped.indicators.values() if i.desired == "low"
    }
    values |= {"participation_push": 80, "process_embedding": 20, "time_allocation": 20, "rollout_scale": 20}
    values |= {"declared_collaboration": 40, "cultural_strength": 40, "imposed_trust": 40}
    values |= {"decision_concentration": 80, "decision_participation": 20}
    found = way_out(shipped, values, [Limit("time_allocation"), Limit("participation_push")])
    assert found.present == ("off_process_freedom",)
    assert found.route is not None
    assert [step.indicator for step in found.route.steps] == ["decision_participation", "process_embedding"]
    first, second = found.route.steps
    assert (first.target, first.enables) == (50, ("process_embedding",))
    assert second.rules_out == ("off_process_freedom",)
    responses = [shipped.scenarios[one.scenario].responses[one.place].relieves for one in second.responses]
    assert responses == ["process_embedding"]
    assert second.items == tuple(shipped.indicators["process_embedding"].items)


def test_a_group_is_told_nothing_of_the_whole_organisation(shipped: Framework) -> None:
    values: dict[str, float | None] = dict.fromkeys(shipped.indicators, 5.0)
    values["community_role"] = 90.0
    whole, part = way_out(shipped, values), way_out(shipped, values, whole=False)
    assert "alibi_community_management" in whole.present
    assert "alibi_community_management" not in part.present
    assert part.spared == ("alibi_community_management",)


def test_a_favourable_finding_that_a_route_ends_is_named() -> None:
    trees = {**risks(s=("low", "x", LOW)), "good": ("favourable", ("low", "x", LOW))}
    found = out_of(Case((up("x", 20),), trees))
    assert found.route is not None
    assert found.route.loses == ("good",)


def test_a_step_that_only_protects_says_from_what() -> None:
    trees = risks(s=("low", "x", LOW), t=("all", (("high", "x", (30.0, 45.0, 60.0, 3.0)), ("low", "y", LOW))))
    found = out_of(Case((up("x", 20), up("y", 20)), trees))
    assert found.route is not None
    assert [(step.indicator, step.keeps_out) for step in found.route.steps] == [("y", ("t",)), ("x", ())]


def test_one_dear_move_that_rules_out_two_scenarios_is_weighed_against_two_cheap_ones() -> None:
    efforts = {"z1": 1.0, "z2": 3.5, "x": 5.0, "a": 3.0, "b": 3.0}
    trees = {
        "s0": ("all", (("low", "z1", LOW), ("low", "z2", LOW))),
        "s1": ("all", (("low", "x", LOW), ("low", "a", LOW), ("low", "z2", LOW))),
        "s2": ("all", (("low", "x", LOW), ("low", "b", LOW))),
    }
    found = out_of(Case(tuple(up(id_, 20, effort=effort) for id_, effort in efforts.items()), risks(**trees)))
    assert found.route is not None
    assert found.route.moved == ("z1", "x")  # 6, not 6.5 as z2 with b


def test_on_the_shipped_framework_a_mixed_integer_programme_finds_nothing_cheaper(shipped: Framework) -> None:
    for seed in range(40):
        case = _as_case(shipped, _profile(shipped, random.Random(1000 + seed)))
        found = way_out(shipped, case.values)
        assert found.route is not None
        assert found.route.cost == pytest.approx(least_cost(case), abs=1e-3)
