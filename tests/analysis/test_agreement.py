"""r_wg(j) and intraclass correlations, against plain Python."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from statistics import variance

import pytest
from hypothesis import given
from hypothesis import strategies as st

from readiness.analysis.agreement import agreement_of, icc, uneven
from tests.analysis.answering import Row, asked, ways_of

CODE = st.one_of(st.none(), st.integers(0, 4))
ROWS = st.integers(1, 4).flatmap(
    lambda count: st.lists(st.lists(CODE, min_size=count, max_size=count), min_size=1, max_size=12)
)
UNITS = st.lists(st.lists(st.integers(0, 100), max_size=7), min_size=1, max_size=8)


def naive_agreement(rows: Sequence[Row], options: int) -> float | None:
    columns = [[row[n] for row in rows if row[n] is not None] for n in range(len(rows[0]))]
    variances = [variance(column) for column in columns if len(column) > 1]
    if not variances:
        return None
    ratio = sum(variances) / len(variances) / ((options**2 - 1) / 12)
    if ratio > 1:
        return 0.0
    count = len(variances)
    return count * (1 - ratio) / (count * (1 - ratio) + ratio)


def naive_icc(units: Sequence[Sequence[int]]) -> tuple[Fraction | None, Fraction | None]:
    units = [unit for unit in units if unit]
    scores = [Fraction(score) for unit in units for score in unit]
    people, groups = len(scores), len(units)
    if groups < 2 or people == groups:
        return None, None
    grand = sum(scores) / people
    means = [Fraction(sum(unit), len(unit)) for unit in units]
    between = sum(len(u) * (m - grand) ** 2 for u, m in zip(units, means, strict=True)) / (groups - 1)
    within = sum((s - m) ** 2 for u, m in zip(units, means, strict=True) for s in u) / (people - groups)
    if between == within == 0:
        return None, None
    size = (people - Fraction(sum(len(u) ** 2 for u in units), people)) / (groups - 1)
    single = (between - within) / (between + (size - 1) * within)
    if not between:
        return single, None
    spearman_brown = size * single / (1 + (size - 1) * single)
    return single, spearman_brown


@given(ROWS)
def test_r_wg_is_the_one_of_james_demaree_and_wolf(rows: list[Row]) -> None:
    fw = asked(len(rows[0]))
    found = agreement_of(ways_of(rows, fw=fw), fw.scales)
    expected = naive_agreement(rows, 5)
    assert found == (None if expected is None else pytest.approx(expected, abs=1e-12))
    assert found is None or 0 <= found <= 1


@given(ROWS)
def test_keys_turned_round_change_no_agreement(rows: list[Row]) -> None:
    plain, turned = asked(len(rows[0])), asked(len(rows[0]), reversed_=[0])
    assert agreement_of(ways_of(rows, fw=plain), plain.scales) == agreement_of(ways_of(rows, fw=turned), turned.scales)


def test_who_answers_alike_agrees_wholly_and_who_splits_does_not_at_all() -> None:
    fw = asked(2)
    assert agreement_of(ways_of([(3, 1)], [4], fw), fw.scales) == 1
    assert agreement_of(ways_of([(0, 4), (4, 0)], [3, 3], fw), fw.scales) == 0


def test_one_person_agrees_with_nobody() -> None:
    fw = asked(2)
    assert agreement_of(ways_of([(3, 1)], [1], fw), fw.scales) is None


def test_an_item_that_too_few_answered_does_not_count() -> None:
    fw = asked(2)
    ways = ways_of([(1, 0), (2, None), (2, None), (2, 4), (3, None)], fw=fw)
    alone = asked(1)
    assert agreement_of(ways, fw.scales, fewest=3) == agreement_of(
        ways_of([(1,), (2,), (2,), (2,), (3,)], fw=alone), alone.scales
    )


def test_even_answers_have_the_variance_that_they_are_measured_by() -> None:
    # Of many people the sample's variance is the population's.
    assert uneven([10**6] * 5) == pytest.approx(1, abs=1e-6)
    assert uneven([3, 0, 0]) == 0
    assert uneven([1, 0]) is None


@given(UNITS)
def test_icc_is_that_of_one_way_analysis_of_variance(units: list[list[int]]) -> None:
    found = icc(
        [len(unit) for unit in units], [sum(unit) for unit in units], sum(score**2 for unit in units for score in unit)
    )
    for one, expected in zip(found, naive_icc(units), strict=True):
        assert one == (None if expected is None else pytest.approx(float(expected), rel=1e-9, abs=1e-9))


@given(UNITS)
def test_the_order_of_units_changes_no_bit(units: list[list[int]]) -> None:
    squares = sum(score**2 for unit in units for score in unit)
    orders = [units, sorted(units), sorted(units, key=len, reverse=True)]
    found = {icc([len(u) for u in order], [sum(u) for u in order], squares) for order in orders}
    assert len(found) == 1


@given(UNITS)
def test_units_of_a_billionth_give_the_same(units: list[list[int]]) -> None:
    squares = sum(score**2 for unit in units for score in unit)
    sizes, sums = [len(u) for u in units], [sum(u) for u in units]
    plain, whole = icc(sizes, sums, squares), icc(sizes, [s * 10**9 for s in sums], squares * 10**18)
    for one, other in zip(plain, whole, strict=True):
        assert one == (None if other is None else pytest.approx(other, rel=1e-9, abs=1e-9))
