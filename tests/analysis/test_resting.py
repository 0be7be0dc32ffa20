"""Which roles an indicator's figure rests on."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from readiness.analysis.resting import resting
from readiness.analysis.ways import Ways
from readiness.framework.models import Framework
from readiness.scoring.findings import Resting
from tests.analysis.answering import ways_of
from tests.scoring.building import framework, items, scenario
from tests.scoring.profiles import tries

ROLES = ("employee", "manager", "executive", "it", None)
FIVE = f"{{desired: high, items: {items(A='scale: five')}}}"
FW = framework(scenario("{high: a}"), a=FIVE, b=f"{{desired: high, items: {items(B='scale: five')}}}")


def people(n: int, unanswered: int = 0, fw: Framework = FW) -> dict[str, Ways]:
    return {"a": ways_of([[3], [None]], [n, unanswered], fw)}


def rests(**by_role: int) -> Resting:
    return resting(FW, {role: people(n) for role, n in by_role.items()}, 5)["a"]


def test_each_role_is_told_with_how_many_of_it_have_a_score() -> None:
    by_role = {"manager": people(9, unanswered=20), "employee": people(40)}
    assert resting(FW, by_role, 5) == {"a": Resting(roles={"employee": 40, "manager": 9})}


def test_only_what_a_scenario_looks_at_is_told() -> None:
    assert list(resting(FW, {"employee": {**people(9), "b": people(9)["a"]}}, 5)) == ["a"]


def test_a_figure_that_rests_on_one_role_is_flagged() -> None:
    assert rests(manager=12, employee=0) == Resting(roles={"manager": 12}, only="manager")


def test_roles_with_too_few_to_tell_are_named_without_their_number() -> None:
    assert rests(employee=40, manager=4, executive=3) == Resting(roles={"employee": 40}, few=("manager", "executive"))


def test_one_small_role_takes_the_next_smallest_with_it() -> None:
    """Everybody's number is told elsewhere: less the others it would be that of the small role."""
    assert rests(employee=40, manager=9, executive=3) == Resting(roles={"employee": 40}, few=("manager", "executive"))


def test_two_small_roles_that_are_too_few_together_take_another_with_them() -> None:
    assert rests(employee=40, manager=2, executive=2) == Resting(roles={}, few=("employee", "manager", "executive"))


def test_people_without_a_role_are_kept_back_already() -> None:
    by_role = {"employee": people(40), "manager": people(3), None: people(2)}
    assert resting(FW, by_role, 5)["a"] == Resting(roles={"employee": 40}, few=("manager",))


def test_what_may_not_be_shown_elsewhere_is_not_shown_here() -> None:
    by_role = {"employee": people(40), "manager": people(9), "executive": people(8)}
    told = resting(FW, by_role, 5, lambda role, indicator: (role, indicator) != ("manager", "a"))
    assert told["a"] == Resting(roles={"employee": 40}, few=("manager", "executive"))


def test_an_indicator_nobody_of_a_known_role_has_a_score_in_rests_on_nothing() -> None:
    assert resting(FW, {"employee": people(0, unanswered=9), None: people(9)}, 5) == {}


@tries(150)
@given(st.dictionaries(st.sampled_from(ROLES), st.integers(0, 12), min_size=1), st.permutations(ROLES))
def test_nothing_kept_back_can_be_worked_out(counts: dict[str | None, int], order: list[str | None]) -> None:
    told = resting(FW, {role: people(counts[role]) for role in order if role in counts}, 5).get("a")
    known = {role: n for role, n in counts.items() if n and role is not None}
    assert (told is None) == (not known)
    if told is None:
        return
    assert set(told.roles) | set(told.few) == set(known)
    assert all(told.roles[role] == known[role] >= 5 for role in told.roles)
    hidden = [known[role] for role in told.few] + [n for role, n in counts.items() if n and role is None]
    assert not told.few or not told.roles or (len(hidden) >= 2 and sum(hidden) >= 5)
    assert told.only == (next(iter(known)) if len(known) == 1 else None)
    listed = [role for role in ("employee", "manager", "executive", "it") if role in told.roles]
    assert list(told.roles) == listed
