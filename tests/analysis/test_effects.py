"""By how much two sets of people differ, each figure with its interval."""

from __future__ import annotations

import numpy as np
import pytest
import scipy.stats
from hypothesis import assume, given
from hypothesis import strategies as st

from readiness.analysis.effects import cliffs_delta, delta_interval, difference_interval, effect_of
from readiness.analysis.samples import Ordering, ordering_of
from tests.analysis.sampling import people, sample
from tests.scoring.profiles import tries


@tries(80)
@given(people(), people(), st.sampled_from((0.8, 0.95)))
def test_the_interval_of_a_difference_is_welchs(ours: list[float], theirs: list[float], confidence: float) -> None:
    assume(len(set(ours)) > 1 and len(set(theirs)) > 1)
    other = scipy.stats.ttest_ind(ours, theirs, equal_var=False).confidence_interval(confidence)
    found = difference_interval(sample(ours), sample(theirs), confidence)
    assert found == pytest.approx((other.low, other.high), abs=1e-8)


def test_where_nobody_differs_within_a_side_the_interval_has_no_width() -> None:
    assert difference_interval(sample([75, 75, 75]), sample([50, 50])) == (25, 25)


@tries(80)
@given(people(), people())
def test_the_interval_of_delta_holds_it_and_stays_possible(ours: list[float], theirs: list[float]) -> None:
    ordering = ordering_of(sample(ours), sample(theirs))
    low, high = delta_interval(ordering)
    assert -1 <= low <= ordering.delta + 1e-12
    assert ordering.delta - 1e-12 <= high <= 1
    assert delta_interval(ordering_of(sample(theirs), sample(ours))) == pytest.approx((-high, -low), abs=1e-9)


@tries(60)
@given(st.floats(-0.99, 0.99), st.floats(0.001, 0.3), st.integers(3, 200))
def test_the_interval_of_delta_ends_where_delta_would_be_that_far_from_it(delta: float, error: float, n: int) -> None:
    """An end is a d with (delta - d)^2 = (t * error)^2 * ((1 - delta * d) / (1 - delta^2))^2, less what is small."""
    low, high = delta_interval(Ordering(delta, (error**2 * n, 0.0), (n, n)))
    t, left = scipy.stats.t.ppf(0.975, n - 1), 1 - delta**2
    ends = np.roots([left + (t * error) ** 2, -2 * delta * left, delta**2 * left - (t * error) ** 2])
    assert (low, high) == pytest.approx((max(-1, ends.min()), min(1, ends.max())), abs=1e-9)


def test_after_a_complete_separation_the_interval_is_that_of_so_many_pairs_all_alike() -> None:
    low, high = delta_interval(ordering_of(sample([75, 100, 100, 100, 75]), sample([0] * 40)))
    wilson = scipy.stats.t.ppf(0.975, 4) ** 2
    assert (low, high) == (pytest.approx((5 - wilson) / (5 + wilson)), 1)


@tries(60)
@given(people(), people())
def test_the_other_way_round_every_figure_is_turned(ours: list[float], theirs: list[float]) -> None:
    found, turned = effect_of(sample(ours), sample(theirs)), effect_of(sample(theirs), sample(ours))
    assert turned.n == found.n[::-1]
    assert turned.means == found.means[::-1]
    assert (turned.difference, turned.delta) == (-found.difference, -found.delta)
    assert turned.interval == (-found.interval[1], -found.interval[0])
    assert turned.p == pytest.approx(found.p, rel=1e-6)


@tries(60)
@given(people(), people())
def test_who_is_higher_more_often_has_the_positive_delta(ours: list[float], theirs: list[float]) -> None:
    lifted = [score + 12.5 for score in ours]
    assert cliffs_delta(sample(lifted), sample(theirs)) >= cliffs_delta(sample(ours), sample(theirs)) - 1e-12
    assert cliffs_delta(sample([score + 101 for score in ours]), sample(theirs)) == 1
