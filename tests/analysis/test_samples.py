"""Samples of scores, and how two of them lie beside each other."""

from __future__ import annotations

import math
import statistics
from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from readiness.analysis.samples import ordering_of, sample_of
from tests.analysis.sampling import SCORES, people, sample
from tests.scoring.profiles import tries


@tries(60)
@given(people(), st.permutations(range(3)))
def test_a_sample_is_its_people_in_any_order(scores: list[float], order: list[int]) -> None:
    thirds = [scores[at::3] for at in order]
    values = np.array([score for third in thirds for score in third])
    found = sample_of(values, np.ones(len(values), dtype=np.int64))
    assert found.values.tolist() == sorted(set(scores))
    assert found.counts.tolist() == [scores.count(value) for value in found.values]
    assert (found.n, found.mean) == (len(scores), pytest.approx(statistics.fmean(scores)))
    assert found.variance == pytest.approx(statistics.variance(scores))


def test_whoever_has_no_score_and_what_nobody_answered_is_left_out() -> None:
    found = sample_of(np.array([math.nan, 50, 25, 50]), np.array([7, 2, 0, 1]))
    assert (found.values.tolist(), found.counts.tolist()) == ([50], [3])


@tries(100)
@given(people(), people())
def test_delta_counts_every_pair(ours: list[float], theirs: list[float]) -> None:
    signs = [(one > other) - (one < other) for one, other in product(ours, theirs)]
    found = ordering_of(sample(ours), sample(theirs))
    assert found.delta == pytest.approx(statistics.fmean(signs), abs=1e-12)
    assert -1 <= found.delta <= 1


@tries(60)
@given(people(), people())
def test_either_side_varies_as_its_people_stand_among_the_others(ours: list[float], theirs: list[float]) -> None:
    stands = [statistics.fmean((one > other) - (one < other) for other in theirs) for one in ours]
    found = ordering_of(sample(ours), sample(theirs))
    assert found.variances[0] == pytest.approx(statistics.variance(stands), abs=1e-12)


@tries(60)
@given(people(), people(), st.sampled_from((0.5, 3.0)), st.floats(-20, 20))
def test_the_other_way_round_all_is_turned_and_no_unit_matters(
    ours: list[float], theirs: list[float], factor: float, shift: float
) -> None:
    found = ordering_of(sample(ours), sample(theirs))
    turned = ordering_of(sample(theirs), sample(ours))
    scaled = [[factor * score + shift for score in scores] for scores in (ours, theirs)]
    other = ordering_of(sample(scaled[0]), sample(scaled[1]))
    assert turned.delta == pytest.approx(-found.delta, abs=1e-12)
    assert turned.variances == pytest.approx(found.variances[::-1], abs=1e-12)
    assert (other.delta, *other.variances) == pytest.approx((found.delta, *found.variances), abs=1e-12)


def test_the_scores_of_two_items_stand_where_they_should() -> None:
    assert ordering_of(sample(SCORES), sample(SCORES)).delta == 0
