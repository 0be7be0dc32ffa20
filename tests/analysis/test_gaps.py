"""Perception gaps: who is compared with whom, and what is called a gap."""

from __future__ import annotations

import statistics
from collections.abc import Mapping, Sequence

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from readiness.analysis.gaps import INTERVIEW, SURVEY, found, gaps, modes
from readiness.analysis.views import Answers, Comparison
from readiness.analysis.ways import Ways
from readiness.faults import UsageError
from readiness.framework.models import Framework
from tests.analysis.answering import ways_of
from tests.scoring.building import framework, items, scenario
from tests.scoring.profiles import tries

PAIR = items(A="scale: five, referent: company", B="scale: five, referent: company, reversed: true")
STORY = scenario("{high: a}")


def company(scenarios: str = "", extra: str = "") -> Framework:
    """One indicator `a` of two items about the company."""
    return framework(scenarios, a=f"{{desired: high{extra}, items: {PAIR}}}")


FW = company()


def side(points: Sequence[float | None], fw: Framework = FW) -> Answers:
    """People by what they say of the company: 0, 25, 50, 75 or 100 points, the same to both items."""
    rows = [[None, None] if point is None else [int(point / 25), 4 - int(point / 25)] for point in points]
    return {"a": ways_of(rows, fw=fw)}


def rosy_and_sober(n: int = 30) -> dict[str | None, Answers]:
    return {"manager": side([75, 100, 75] * (n // 3)), "employee": side([0, 25, 50] * (n // 3))}


def test_a_wide_gap_is_found_with_its_figures() -> None:
    told = found(FW, gaps(FW, "role", rosy_and_sober(), 5), {})
    (gap,) = told.found
    assert (told.compared, gap.key, gap.sides, gap.indicator) == (1, "role", ("employee", "manager"), "a")
    assert (gap.items, gap.n) == (("A", "B"), (30, 30))
    assert gap.means == pytest.approx((25, 250 / 3))
    assert gap.difference == pytest.approx(25 - 250 / 3)
    assert gap.interval[0] < gap.difference < gap.interval[1] < 0
    assert gap.delta == -1
    assert gap.p == gap.q < 1e-6


def test_who_sees_it_alike_has_no_gap() -> None:
    alike = {"manager": side([25, 50, 75] * 8), "employee": side([25, 50, 75] * 20)}
    told = found(FW, gaps(FW, "role", alike, 5), {})
    assert (told.compared, told.found) == (1, ())


def test_what_is_certain_but_negligible_is_no_gap() -> None:
    """Thousands of people make a difference certain that nobody would notice."""
    nearly = {"a": ways_of([[1, 3], [2, 2]], [5_400, 4_600], FW)}
    other = {"a": ways_of([[1, 3], [2, 2]], [4_600, 5_400], FW)}
    comparisons = gaps(FW, "role", {"manager": nearly, "employee": other}, 5)
    assert comparisons[0].effect.p < 1e-20
    assert found(FW, comparisons, {}).found == ()


def test_what_chance_would_find_among_so_many_comparisons_is_no_gap() -> None:
    one = gaps(FW, "role", {"manager": side([75, 75, 100, 50, 75]), "employee": side([50, 25, 50, 50, 25])}, 5)
    none = gaps(FW, "role", {"manager": side([75, 50] * 9), "employee": side([50, 75] * 9)}, 5)
    assert len(found(FW, one, {}).found) == 1
    assert found(FW, one + none * 50, {}).found == ()


def test_the_widest_gap_comes_first() -> None:
    sides = {**rosy_and_sober(), "executive": side([25, 50, 75] * 10)}
    widths = [abs(gap.delta) for gap in found(FW, gaps(FW, "role", sides, 5), {}).found]
    assert len(widths) == 3
    assert widths == sorted(widths, reverse=True)


@pytest.mark.parametrize("key", ["country", "language"])
def test_countries_and_languages_are_never_compared(key: str) -> None:
    with pytest.raises(UsageError, match=f"gaps by {key}: perceptions are not compared by {key}; .* roles or levels"):
        gaps(FW, key, rosy_and_sober(), 5)


def test_facts_about_the_organisation_are_no_perception() -> None:
    fw = company(extra=", scope: organisation")
    sides = {role: {"a": ways_of([[4, 0]], [20], fw)} for role in ("manager", "employee")}
    assert gaps(fw, "role", sides, 5) == []


def test_a_side_with_too_few_people_takes_no_part() -> None:
    sides = {**rosy_and_sober(), "executive": side([100] * 4)}
    assert [comparison.sides for comparison in gaps(FW, "role", sides, 5)] == [("employee", "manager")]
    assert len(gaps(FW, "role", sides, 4)) == 3


def test_of_two_people_nothing_is_said_even_where_nobody_has_to_be_protected() -> None:
    sides = {"manager": side([75, 100]), "employee": side([0, 25, 50])}
    assert gaps(FW, "role", sides, 1) == []


def test_only_people_who_can_be_compared_count_towards_the_fewest() -> None:
    sides = {**rosy_and_sober(), "executive": side([100, 100, 100, 100, None, None])}
    assert all("executive" not in comparison.sides for comparison in gaps(FW, "role", sides, 5))


def test_a_side_that_may_not_be_shown_takes_no_part() -> None:
    sides = {**rosy_and_sober(), "executive": side([100] * 9)}
    asked: list[tuple[str, str, str]] = []

    def may_show(key: str, value: str, indicator: str) -> bool:
        asked.append((key, value, indicator))
        return value != "manager"

    assert [comparison.sides for comparison in gaps(FW, "role", sides, 5, may_show)] == [("employee", "executive")]
    assert set(asked) == {("role", value, "a") for value in sides}


def test_whoever_has_no_role_is_no_side_and_one_of_everybody() -> None:
    (without,) = gaps(FW, "role", rosy_and_sober(), 5)
    (with_blanks,) = gaps(FW, "role", {**rosy_and_sober(), None: side([100] * 60)}, 5)
    assert with_blanks.effect == without.effect
    everybody = (25 * 30 + 250 / 3 * 30 + 100 * 60) / 120
    assert with_blanks.shifts == pytest.approx((25 - everybody, 250 / 3 - everybody))


people = st.lists(st.sampled_from((0, 25, 50, 75, 100, None)), min_size=5, max_size=15)


@tries(40)
@given(st.dictionaries(st.sampled_from(("employee", "manager", "x", "y")), people, min_size=2))
def test_every_two_sides_are_compared_person_by_person(sides: dict[str, list[float | None]]) -> None:
    made = gaps(FW, "role", {value: side(points) for value, points in sides.items()}, 3)
    known = {value: [p for p in points if p is not None] for value, points in sides.items()}
    order = sorted((v for v in known if len(known[v]) >= 3), key=["employee", "manager", "x", "y"].index)
    pairs = [(one, other) for at, one in enumerate(order) for other in order[at + 1 :]]
    assert [comparison.sides for comparison in made] == pairs
    everybody = statistics.fmean([p for points in known.values() for p in points]) if made else 0
    for comparison, (one, other) in zip(made, pairs, strict=True):
        means = (statistics.fmean(known[one]), statistics.fmean(known[other]))
        assert comparison.effect.means == pytest.approx(means)
        assert comparison.shifts == pytest.approx((means[0] - everybody, means[1] - everybody), abs=1e-8)


def turned_about(ways: Ways, order: Sequence[int]) -> Ways:
    return Ways(
        ways.indicator, ways.items, ways.points[order], ways.codes[order], ways.score[order], ways.people[order]
    )


@tries(20)
@given(st.randoms(use_true_random=False), st.permutations(("employee", "manager", "x")))
def test_no_order_of_people_or_sides_changes_anything(random: object, values: list[str]) -> None:
    rng = np.random.RandomState(random.randrange(1000))  # type: ignore[attr-defined]
    sides = {value: side(list(rng.choice([0, 25, 50, 75, 100], 9))) for value in ("employee", "manager", "x")}
    turned = {value: {"a": turned_about(sides[value]["a"], rng.permutation(9))} for value in values}
    assert gaps(FW, "role", turned, 5) == gaps(FW, "role", sides, 5)


def verdicts(values: Mapping[str, float | None], made: list[Comparison]) -> dict[str, tuple[str, str]]:
    (gap,) = found(company(STORY), made, values).found
    return dict(gap.verdicts)


def test_a_verdict_that_hangs_on_whose_view_is_true_is_told() -> None:
    made = gaps(FW, "role", rosy_and_sober(), 5)
    middle = (25 + 250 / 3) / 2
    assert verdicts({"a": middle}, made) == {"story": ("ruled out", "present")}
    assert verdicts({"a": 95.0}, made) == {}


def test_no_verdict_is_told_of_a_value_that_may_not_be_shown() -> None:
    made = gaps(FW, "role", rosy_and_sober(), 5)
    assert verdicts({"a": None}, made) == {}
    assert verdicts({}, made) == {}


def test_interviews_against_the_survey_is_a_difference_of_mode_told_whatever_chance_says() -> None:
    interviews, survey = side([75, 50, 100]), side([50, 75] * 10)
    (gap,) = modes(FW, interviews, survey, 5, {})
    assert (gap.key, gap.sides, gap.n) == ("source", (INTERVIEW, SURVEY), (3, 20))
    assert gap.q > 0.05


def test_two_interviews_are_no_mode_and_the_survey_keeps_its_threshold() -> None:
    assert modes(FW, side([75, 50]), side([50, 75] * 10), 5, {}) == ()
    assert modes(FW, side([75, 50, 100]), side([50] * 4), 5, {}) == ()


def test_if_interviews_are_right_verdicts_move_from_what_the_survey_says() -> None:
    fw = company(STORY)
    (gap,) = modes(fw, side([75, 75, 75]), side([50] * 9), 5, {"a": 50.0})
    assert gap.verdicts == {"story": ("present", "ruled out")}
