"""Whether chance alone would do, and what is left of that after many comparisons."""

from __future__ import annotations

import math
from itertools import combinations

import numpy as np
import pytest
import scipy.stats
from hypothesis import assume, given
from hypothesis import strategies as st

from readiness.analysis.chance import adjusted, brunner_munzel_p, p_of_no_difference, pearson_tail, permutation_p
from readiness.analysis.samples import ordering_of
from tests.analysis.sampling import SCORES, people, sample
from tests.scoring.profiles import tries


def drawings(everybody: list[float], n: int) -> list[tuple[list[float], list[float]]]:
    """Every way of drawing a side of n, and who is left."""
    places = range(len(everybody))
    return [
        ([everybody[at] for at in side], [everybody[at] for at in places if at not in side])
        for side in combinations(places, n)
    ]


@tries(25)
@given(people(8, 10), st.integers(3, 5))
def test_chance_alone_is_no_oftener_a_difference_than_it_says(everybody: list[float], n: int) -> None:
    ps = np.array([permutation_p(sample(ours), sample(theirs)) for ours, theirs in drawings(everybody, n)])
    # Of a few dozen drawings one more or less is a lot; far out, where many comparisons look, there is no slack.
    assert (ps <= 0.05).mean() <= 0.0625
    for level in (0.01, 0.001):
        assert (ps <= level).mean() <= level


@pytest.mark.parametrize("n", [3, 4, 6])
def test_permutations_are_counted_nearly_as_they_are(n: int) -> None:
    drawn = drawings([*SCORES, 12.5, 50.0], n)
    sums = np.array([sum(ours) for ours, _ in drawn])
    for (ours, theirs), one in zip(drawn[::13], sums[::13], strict=True):
        exact = min(1.0, 2 * min((sums >= one).mean(), (sums <= one).mean()))
        assert permutation_p(sample(ours), sample(theirs)) == pytest.approx(exact, abs=0.03)


@tries(80)
@given(people(3), people(3))
def test_the_other_answer_is_brunner_and_munzels(ours: list[float], theirs: list[float]) -> None:
    ordering = ordering_of(sample(ours), sample(theirs))
    assume(ordering.squared_error > 1e-9)
    expected = scipy.stats.brunnermunzel(ours, theirs).pvalue
    assert brunner_munzel_p(ordering) == pytest.approx(expected, rel=1e-6, abs=1e-12)


@tries(60)
@given(people(), people())
def test_the_larger_answer_counts(ours: list[float], theirs: list[float]) -> None:
    first, second = sample(ours), sample(theirs)
    found = p_of_no_difference(first, second)
    assert found == max(permutation_p(first, second), brunner_munzel_p(ordering_of(first, second)))
    assert 0 <= found <= 1


def test_where_everybody_says_the_same_there_is_no_difference() -> None:
    assert p_of_no_difference(sample([50] * 5), sample([50] * 30)) == 1


def test_a_complete_separation_of_a_handful_is_as_likely_as_drawing_it() -> None:
    found = p_of_no_difference(sample([75, 100, 75, 100, 75]), sample([0, 25, 0, 25, 25]))
    assert 2 / math.comb(10, 5) <= found < 0.03


def test_two_of_five_off_the_ceiling_are_no_finding_where_all_others_are_on_it() -> None:
    """Such a side is drawn once in 65 times; Welch and a normal approximation make it once in thousands."""
    ours, theirs = sample([100, 100, 100, 75, 0]), sample([100] * 47 + [75] * 3)
    assert p_of_no_difference(ours, theirs) > 0.05


@tries(60)
@given(st.floats(-4, 6), st.floats(-2.5, 2.5))
def test_the_curve_is_pearsons_of_type_three(z: float, skewness: float) -> None:
    assume(abs(skewness) > 0.01)
    assert pearson_tail(z, skewness) == pytest.approx(scipy.stats.pearson3.sf(z, skewness), abs=1e-7)


def test_the_curve_is_continuous_where_skewness_ends() -> None:
    for z in (-2.0, 0.3, 3.0):
        assert pearson_tail(z, 0.0011) == pytest.approx(pearson_tail(z, 0.0009), rel=5e-3)


@tries(80)
@given(st.lists(st.floats(0, 1), min_size=1, max_size=30))
def test_adjusting_is_benjamini_and_hochbergs(ps: list[float]) -> None:
    assert adjusted(ps) == pytest.approx(scipy.stats.false_discovery_control(ps), abs=1e-12)


@tries(60)
@given(st.lists(st.sampled_from((0.001, 0.01, 0.01, 0.04, 0.5)), min_size=1, max_size=12), st.randoms())
def test_the_order_of_comparisons_changes_no_q(ps: list[float], shuffle: object) -> None:
    qs = dict(zip(ps, adjusted(ps), strict=True))
    turned = ps[::-1]
    assert adjusted(turned) == [qs[p] for p in turned]
    assert all(q >= p for p, q in qs.items())


def test_nothing_compared_needs_no_adjusting() -> None:
    assert adjusted([]) == []
