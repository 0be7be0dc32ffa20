"""Rule 6: how far the unanswered could still move a figure, and what is certain already."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from readiness.framework.models import Framework
from tests.scoring.building import HUNDRED, framework, items, scenario
from tests.scoring.profiles import tries
from tests.scoring.running import scored

FIVE = "scale: five"


def bounds(said: str, **answers: Any) -> Any:
    fw = framework(x=f"{{desired: high, {said}}}", other=f"{{desired: high, items: {items(Q=FIVE)}}}")
    found = scored(fw, [{"respondent": "r", "Q": None} | answers]).overall.indicators["x"]
    return found.bounds


def told(fw: Framework, **answers: Any) -> Any:
    return scored(fw, [{"respondent": "r"} | answers]).overall.scenarios["story"]


def two(when: str, x: str = HUNDRED, y: str = HUNDRED) -> Framework:
    return framework(
        scenario(when),
        x=f"{{desired: high, items: {items(X=x)}}}",
        y=f"{{desired: high, items: {items(Y=y)}}}",
    )


def test_answered_items_leave_no_room() -> None:
    assert bounds(f"items: {items(A=FIVE, B=FIVE)}", A=2, B=4) == (50, 50)


@pytest.mark.parametrize("unanswered", [None, "dk"])
def test_an_unanswered_item_may_be_anything_on_its_scale(unanswered: str | None) -> None:
    assert bounds(f"items: {items(A=FIVE, B=FIVE)}", A=2, B=unanswered) == (12.5, 62.5)


def test_a_reversed_unanswered_item_may_be_anything_too() -> None:
    assert bounds(f"items: {items(A=FIVE, B=FIVE + ', reversed: true, weight: 3')}", A=2, B=None) == (6.25, 81.25)


def test_not_applicable_leaves_no_room() -> None:
    assert bounds(f"items: {items(A=FIVE, B=FIVE)}", A=2, B="na") == (25, 25)


def test_what_is_not_put_leaves_no_room() -> None:
    assert bounds(f"items: {items(A=FIVE, B=FIVE + ', ask_if: {Q: {at_least: 3}}')}", A=2, B=None, Q=2) == (25, 25)


def test_an_open_follow_up_counts_as_unanswered() -> None:
    assert bounds(f"items: {items(A=FIVE, B=FIVE + ', ask_if: {Q: {at_least: 3}}')}", A=2, B=None, Q=None) == (
        12.5,
        62.5,
    )


def test_a_follow_up_of_an_open_follow_up_is_open() -> None:
    chain = items(A=FIVE, B=FIVE + ", ask_if: {Q: {at_least: 3}}", C=FIVE + ", weight: 2, ask_if: {B: {at_least: 3}}")
    assert bounds(f"items: {chain}", A=5, B=None, C=None, Q=None) == (25, 100)
    assert bounds(f"items: {chain}", A=5, B=None, C=None, Q=1) == (100, 100)
    assert bounds(f"items: {chain}", A=5, B="dk", C=None, Q=4) == (50, 100)


def test_an_indicator_that_was_not_put_may_be_anything() -> None:
    assert bounds(f"items: {items(A=FIVE + ', ask_if: {Q: {at_least: 3}}')}", A=None, Q=1) == (0, 100)
    assert bounds(f"items: {items(A=FIVE)}", A="na", Q=1) == (0, 100)


def test_bounds_stand_though_the_score_is_missing() -> None:
    fw = framework(x=f"{{desired: high, items: {items(A=FIVE, B=FIVE)}}}")
    found = scored(fw, [{"respondent": "r", "A": 2, "B": None}]).overall.indicators["x"]
    assert (found.value, found.bounds) == (None, (12.5, 62.5))


@pytest.mark.parametrize(
    ("how", "expected"),
    [("min", (1, 2)), ("max", (2, 5)), ("sum", (3, 7)), ("mean", (1.5, 3.5)), ("geometric", (2**0.5, 10**0.5))],
)
def test_bounds_of_other_aggregates(how: str, expected: tuple[float, float]) -> None:
    assert bounds(f"range: raw, aggregate: {how}, items: {items(A=FIVE, B=FIVE)}", A=2, B=None) == pytest.approx(
        expected
    )


@tries(60)
@given(
    st.lists(st.sampled_from([1, 2, 3, 4, 5]), min_size=3, max_size=3),
    st.lists(st.sampled_from([None, "dk", "answer"]), min_size=3, max_size=3),
)
def test_whatever_is_answered_later_stays_within_the_bounds(final: list[int], now: list[str | None]) -> None:
    names = ("A", "B", "C")
    fw = framework(
        scenario("{all: [{high: x}, {not: {low: y}}]}"),
        x=f"{{desired: high, items: {items(A=FIVE, B=FIVE + ', weight: 3')}}}",
        y=f"{{desired: high, items: {items(C=FIVE + ', reversed: true')}}}",
    )
    partly = {name: later if said == "answer" else said for name, later, said in zip(names, final, now, strict=True)}
    before = scored(fw, [{"respondent": "r"} | partly]).overall
    after = scored(fw, [{"respondent": "r"} | dict(zip(names, final, strict=True))]).overall
    pairs = [(before.indicators[k].bounds, after.indicators[k].value) for k in ("x", "y")]
    pairs += [(before.readiness.bounds, after.readiness.value)]
    pairs += [(before.scenarios["story"].bounds, after.scenarios["story"].membership)]
    for (lower, upper), value in pairs:
        assert lower - 1e-9 <= value <= upper + 1e-9


def test_a_scenario_is_present_as_soon_as_nothing_could_undo_it() -> None:
    found = told(two("{any: [{high: x}, {high: y}]}"), X=90, Y=None)
    assert (found.verdict, found.membership) == ("present", None)
    assert found.limiting == ()


def test_a_scenario_is_ruled_out_as_soon_as_nothing_could_bring_it() -> None:
    found = told(two("{all: [{high: x}, {high: y}]}"), X=10, Y=None)
    assert (found.verdict, found.membership) == ("ruled out", None)


def test_a_scenario_that_hangs_on_what_is_unanswered_is_undetermined() -> None:
    found = told(two("{all: [{high: x}, {high: y}]}"), X=90, Y=None)
    assert found.verdict == "undetermined"
    assert found.level is None
    assert not found.reversible


def test_the_verdict_on_one_respondent_comes_from_the_bounds_not_from_the_value() -> None:
    fw = framework(scenario("{high: x}"), x=f"{{desired: high, items: {items(A=FIVE, B=FIVE, C=FIVE)}}}")
    found = told(fw, A=5, B=4, C=None)  # 87.5, but between 58 and 92: whatever C is, above 55
    assert found.verdict == "present"
    found = told(fw, A=4, B=3, C=None)  # 62.5, but between 42 and 75
    assert found.membership is not None
    assert found.membership > 0.5
    assert found.verdict == "undetermined"
    assert not found.reversible


def test_not_asked_is_where_nothing_that_was_put_could_settle_it() -> None:
    fw = two("{all: [{high: x}, {high: y}]}", y=HUNDRED + ", roles: [manager]")
    assert told(fw, role="employee", X=90, Y=None).verdict == "not asked"
    assert told(fw, role="employee", X=10, Y=None).verdict == "ruled out"
    assert told(fw, role="manager", X=90, Y=None).verdict == "undetermined"


def test_what_was_put_and_could_still_rule_it_out_makes_it_undetermined() -> None:
    fw = framework(
        scenario("{all: [{high: x}, {high: y}]}"),
        x=f"{{desired: high, items: {items(X=HUNDRED)}}}",
        y=f"{{desired: high, items: {items(Y=HUNDRED + ', roles: [manager]')}}}",
        other=f"{{desired: high, items: {items(Q=FIVE)}}}",
    )
    assert told(fw, role="employee", X=None, Y=None, Q=3).verdict == "undetermined"
    assert told(fw, role="employee", X="dk", Y=None, Q=3).verdict == "undetermined"


def test_one_respondent_alone_without_a_single_answer_is_read_but_not_scored() -> None:
    found = scored(two("{high: x}"), [{"respondent": "r", "X": None, "Y": "dk"}])
    assert (found.respondents.read, found.respondents.scored, found.overall.n) == (1, 0, 0)
    assert found.overall.readiness.bounds == (0, 100)
    assert found.overall.readiness.value is None
    assert found.overall.scenarios["story"].verdict == "undetermined"


def test_a_group_of_one_has_the_verdict_of_one_respondent() -> None:
    fw = framework(scenario("{high: x}"), x=f"{{desired: high, items: {items(A=FIVE, B=FIVE, C=FIVE)}}}")
    rows = [
        {"respondent": "r1", "unit": "Sales", "A": 4, "B": 3, "C": None},
        {"respondent": "r2", "unit": "Legal", "A": 1, "B": 1, "C": 1},
    ]
    groups = scored(fw, rows, by=[("unit",)]).groups
    assert {g.by["unit"]: g.scenarios["story"].verdict for g in groups} == {
        "Legal": "ruled out",
        "Sales": "undetermined",
    }
