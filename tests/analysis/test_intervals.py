"""Intervals of means and shares: against printed tables, defining equations and formulas written out by hand."""

from __future__ import annotations

import math
import statistics

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from readiness.analysis.intervals import Error, mean_interval, plain_error, t_quantile, unseen, wilson
from tests.scoring.profiles import tries

# Two-sided 95 % points of Student's t as any textbook prints them.
PRINTED = {1: 12.706, 2: 4.303, 3: 3.182, 4: 2.776, 7: 2.365, 10: 2.228, 19: 2.093, 30: 2.042, 60: 2.000, 120: 1.980}
Z = 1.959963984540054
PERCENT = (0.0, 100.0)

scores = st.lists(st.sampled_from((0.0, 12.5, 25.0, 50.0, 75.0, 87.5, 100.0)), min_size=2, max_size=30)
shares = st.fractions(0, 1, max_denominator=400).map(float)


@pytest.mark.parametrize("df", PRINTED)
def test_quantiles_are_those_of_printed_tables(df: int) -> None:
    assert round(t_quantile(df), 3) == PRINTED[df]


@tries(60)
@given(scores, st.sampled_from((0.0, 0.1, 0.5, 0.9)))
def test_a_mean_lies_within_t_standard_errors(given_scores: list[float], sampled: float) -> None:
    assume(len(set(given_scores)) > 1)
    n, mean, sd = len(given_scores), statistics.mean(given_scores), statistics.stdev(given_scores)
    low, high = mean_interval(mean, plain_error(sd, n, sampled), PERCENT)
    margin = t_quantile(n - 1) * sd / math.sqrt(n) * math.sqrt(1 - sampled)
    assert low == pytest.approx(max(0.0, mean - margin))
    assert high == pytest.approx(min(100.0, mean + margin))


@tries(60)
@given(st.floats(0, 60), st.floats(1.0000001, 5000), st.floats(0, 1), st.floats(0, 100))
def test_an_interval_holds_its_mean_and_stays_within_what_a_score_can_be(
    sd: float, n: float, sampled: float, mean: float
) -> None:
    low, high = mean_interval(mean, plain_error(sd, n, sampled), PERCENT)
    assert 0 <= low <= mean <= high <= 100


@tries(40)
@given(st.floats(1, 40), st.integers(2, 500), st.floats(0, 1), st.floats(0, 1))
def test_the_more_of_the_population_was_asked_the_narrower(sd: float, n: int, one: float, other: float) -> None:
    less, more = sorted((one, other))
    assert plain_error(sd, n, more).se <= plain_error(sd, n, less).se


@pytest.mark.parametrize("sampled", [1.0, 1.2])
@pytest.mark.parametrize("spread", [0.0, 20.0])
def test_where_nobody_is_left_to_be_asked_there_is_no_width(spread: float, sampled: float) -> None:
    assert mean_interval(40.0, plain_error(spread, 12, sampled), PERCENT) == (40.0, 40.0)
    assert wilson(0.25, 12, sampled) == (0.25, 0.25)


# -- where everybody gives the same score -------------------------------------------------------------------------


@tries(40)
@given(st.integers(1, 3000))
def test_of_so_large_an_unseen_share_95_of_100_samples_would_have_shown_somebody(n: int) -> None:
    assert (1 - unseen(n)) ** n == pytest.approx(0.05)


def test_the_rule_of_three() -> None:
    assert unseen(300) == pytest.approx(3 / 300, rel=0.01)


@tries(40)
@given(st.floats(0, 100), st.integers(2, 400), st.sampled_from((0.0, 0.4)))
def test_without_a_spread_an_interval_says_how_far_the_unseen_could_move_the_mean(
    value: float, n: int, sampled: float
) -> None:
    low, high = mean_interval(value, plain_error(0.0, n, sampled), PERCENT)
    share = (1 - 0.05 ** (1 / n)) * (1 - sampled)
    assert low == pytest.approx(value * (1 - share), abs=1e-9)  # as many unseen people at the lowest score
    assert high == pytest.approx(value + share * (100 - value), abs=1e-9)


def test_an_error_without_a_spread_has_no_margin() -> None:
    assert Error(0.0, 5).margin() == 0.0


# -- shares -------------------------------------------------------------------------------------------------------


@tries(80)
@given(shares, st.integers(1, 3000))
def test_the_ends_of_a_shares_interval_are_just_not_told_apart_from_it(share: float, n: int) -> None:
    """Wilson's ends solve (share - p)² = z² p (1 - p) / n."""
    for p in wilson(share, n):
        assert (share - p) ** 2 == pytest.approx(Z**2 * p * (1 - p) / n, abs=1e-9)


@tries(60)
@given(shares, st.integers(1, 3000), st.sampled_from((0.0, 0.5, 0.99)))
def test_a_shares_interval_holds_it_and_stays_within_one(share: float, n: int, sampled: float) -> None:
    low, high = wilson(share, n, sampled)
    assert 0 <= low <= share <= high <= 1
    assert wilson(1 - share, n, sampled) == pytest.approx((1 - high, 1 - low))


@tries(30)
@given(shares, st.integers(1, 200), st.integers(2, 9))
def test_asking_all_but_one_in_k_says_as_much_as_k_times_as_many(share: float, n: int, k: int) -> None:
    assert wilson(share, n, 1 - 1 / k) == pytest.approx(wilson(share, n * k))
