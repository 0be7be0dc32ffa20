"""Alpha, item-rest correlations, floor and ceiling, against plain Python; and what they say of single answers."""

from __future__ import annotations

import math
import random
from collections.abc import Sequence
from dataclasses import replace
from statistics import correlation, mean

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from readiness.analysis.moments import Pair
from readiness.analysis.reliability import instrument_of, is_against, reliability_of
from tests.analysis.answering import Row, asked, ways_of

ROWS = st.integers(2, 5).flatmap(
    lambda count: st.lists(
        st.lists(st.one_of(st.none(), st.integers(0, 4)), min_size=count, max_size=count), min_size=1, max_size=30
    )
)


def naive_covariance(rows: Sequence[Row], i: int, j: int) -> float | None:
    both = [(25 * row[i], 25 * row[j]) for row in rows if row[i] is not None and row[j] is not None]
    if len(both) < 2:
        return None
    x, y = mean(a for a, _ in both), mean(b for _, b in both)
    return sum((a - x) * (b - y) for a, b in both) / (len(both) - 1)


def naive_alpha(rows: Sequence[Row]) -> float | None:
    there = [n for n in range(len(rows[0])) if naive_covariance(rows, n, n) is not None]
    sums = [naive_covariance(rows, i, j) for i in there for j in there]
    if len(there) < 2 or any(c is None for c in sums):
        return None
    total, own = sum(sums), sum(naive_covariance(rows, n, n) for n in there)
    return len(there) / (len(there) - 1) * (1 - own / total) if total > 1e-6 else None


def naive_item_rest(rows: Sequence[Row], item: int) -> float | None:
    x, y = [], []
    for row in rows:
        rest = [25 * code for n, code in enumerate(row) if n != item and code is not None]
        if row[item] is not None and rest:
            x.append(25 * row[item])
            y.append(sum(rest) / len(rest))
    return correlation(x, y) if len(x) > 1 and len(set(x)) > 1 and len(set(y)) > 1 else None


@given(ROWS)
def test_alpha_is_what_pairwise_covariances_give(rows: list[Row]) -> None:
    expected = naive_alpha(rows)
    found = reliability_of(ways_of(rows))
    assert found.alpha == (None if expected is None else pytest.approx(expected, abs=1e-9, rel=1e-9))
    there = [n for n in range(len(rows[0])) if naive_covariance(rows, n, n) is not None]
    assert found.items == len(there)
    assert found.n == sum(any(row[n] is not None for n in there) for row in rows)


@given(ROWS)
def test_each_item_is_correlated_with_the_mean_of_the_others(rows: list[Row]) -> None:
    there = [n for n in range(len(rows[0])) if naive_covariance(rows, n, n) is not None]
    known = [[row[n] for n in there] for row in rows]
    expected = {f"I{n}": naive_item_rest(known, place) for place, n in enumerate(there)} if there else {}
    found = instrument_of(ways_of(rows)).item_rest
    assert set(found) == set(expected)
    for item, r in expected.items():
        if r is None:  # means that differ by rounding alone are the same to us, or are nearly so
            assert found[item] is None or abs(found[item]) <= 1
        else:
            assert found[item] == pytest.approx(r, abs=1e-9)


@given(ROWS, st.randoms())
def test_neither_the_order_of_ways_nor_how_they_are_counted_changes_a_byte(rows: list[Row], rng: random.Random) -> None:
    once = {tuple(row): rows.count(row) for row in rows}
    shuffled = rng.sample(list(once), len(once))
    told = [ways_of(rows), ways_of(shuffled, [once[row] for row in shuffled])]
    assert len({reliability_of(ways).model_dump_json() for ways in told}) == 1
    assert len({instrument_of(ways).model_dump_json() for ways in told}) == 1


@given(ROWS)
def test_a_reversed_item_counts_as_if_it_had_been_asked_the_other_way(rows: list[Row]) -> None:
    turned = [[None if row[0] is None else 4 - row[0], *row[1:]] for row in rows]
    plain, other = ways_of(rows), ways_of(turned, fw=asked(len(rows[0]), reversed_=[0]))
    assert reliability_of(plain) == reliability_of(other)
    assert instrument_of(plain) == instrument_of(other)


def test_an_item_that_one_person_answered_is_no_item_with_data() -> None:
    found = reliability_of(ways_of([(0, 1, 2), (2, 1, None), (4, 3, None)]))
    assert (found.items, found.n) == (2, 3)


def test_no_alpha_where_a_pair_was_never_answered_together() -> None:
    assert reliability_of(ways_of([(0, None), (1, None), (None, 2), (None, 4)])).alpha is None


def test_no_alpha_where_the_items_cancel_out() -> None:
    assert reliability_of(ways_of([(0, 4), (4, 0), (1, 3)])).alpha is None


@given(ROWS, st.integers(2, 6))
def test_nothing_rests_on_fewer_than_asked_for(rows: list[Row], fewest: int) -> None:
    found, instrument = reliability_of(ways_of(rows), fewest), instrument_of(ways_of(rows), fewest=fewest)
    count = len(rows[0])
    answered = [sum(row[n] is not None for row in rows) for n in range(count)]
    together = [
        sum(row[i] is not None and row[j] is not None for row in rows)
        for i in range(count)
        for j in range(i)
        if min(answered[i], answered[j]) >= fewest
    ]
    assert found.items == sum(n >= fewest for n in answered)
    if together and min(together) < fewest:
        assert found.alpha is None
        assert instrument.omega is None
    assert set(instrument.item_rest) == {f"I{n}" for n in range(count) if answered[n] >= fewest}


def drawn(seed: int, count: int, turned: Sequence[int], n: int = 200, middle: float = 2) -> list[Row]:
    """People whose answers to items hang on one view of theirs, the items at some places keyed the wrong way."""
    rng = random.Random(seed)
    rows: list[Row] = []
    for _ in range(n):
        view = rng.gauss(middle, 0.9)
        codes = [min(4, max(0, round(view + rng.gauss(0, 0.9)))) for _ in range(count)]
        rows.append([4 - code if place in turned else code for place, code in enumerate(codes)])
    return rows


@pytest.mark.parametrize("seed", range(10))
def test_one_of_four_keys_that_is_wrong_is_found(seed: int) -> None:
    place = seed % 4
    assert instrument_of(ways_of(drawn(seed, 4, [place]))).looks_reversed == (f"I{place}",)


@pytest.mark.parametrize("seed", range(10))
def test_of_two_items_either_may_be_the_one(seed: int) -> None:
    assert instrument_of(ways_of(drawn(seed, 2, [1]))).looks_reversed == ("I0", "I1")


def test_right_keys_raise_no_alarm() -> None:
    found = [instrument_of(ways_of(drawn(seed, count, []))).looks_reversed for seed in range(50) for count in (2, 3, 4)]
    assert set(found) == {()}


def test_items_with_nothing_in_common_raise_one_as_seldom_as_the_level_says() -> None:
    rng = random.Random(1)
    rows = [[[rng.randrange(5) for _ in range(2)] for _ in range(60)] for _ in range(1000)]
    alarms = [bool(instrument_of(ways_of(each)).looks_reversed) for each in rows]
    assert sum(alarms) <= 0.065 * len(alarms)


@pytest.mark.parametrize(
    ("r", "n", "apart", "against"),
    [
        (-0.5, 100, 0, True),
        (-1.0, 10, 0, True),
        (-1.0, 3, 90, False),
        (-0.9, 4, 0, False),
        (-0.05, 10**6, 0, False),
        (0.3, 50, 20, False),
        (0.02, 50, 60, True),
        (0.02, 50, 49, False),
        (0.5, 50, 60, False),
        (1.0, 50, 60, False),
        (None, 50, 100, True),
    ],
)
def test_an_alarm_asks_for_items_that_surely_go_apart_or_lie_at_opposite_ends(
    r: float | None, n: int, apart: float, against: bool
) -> None:
    both = Pair(n, 1.0, 0.0 if r is None else 1.0, r or 0.0, apart)
    assert is_against(both) is against


@pytest.mark.parametrize("count", [2, 4])
def test_a_wrong_key_is_found_where_everybody_answers_at_one_end(count: int) -> None:
    for seed in range(10):
        rows = drawn(seed, count, [], middle=3.9)
        turned = [[4 - row[0], *row[1:]] for row in rows]
        found = instrument_of(ways_of(turned)).looks_reversed
        assert found == (("I0", "I1") if count == 2 else ("I0",))
        assert instrument_of(ways_of(rows)).looks_reversed == ()


@given(st.lists(st.integers(0, 4), min_size=1, max_size=30))
def test_floor_and_ceiling_are_shares_of_those_with_a_score(codes: list[int]) -> None:
    found = instrument_of(ways_of([(code,) for code in codes]))
    assert found.floor == codes.count(0) / len(codes)
    assert found.ceiling == codes.count(4) / len(codes)


def test_whoever_has_no_score_is_at_neither_end() -> None:
    found = instrument_of(ways_of([(0, 0), (4, 4), (None, None), (2, 1)], [1, 2, 40, 1]))
    assert (found.floor, found.ceiling) == (0.25, 0.5)
    assert instrument_of(ways_of([(None,)])).floor is None


def test_raw_scores_have_ends_of_their_own() -> None:
    ways = ways_of([(0, 0), (4, 4), (4, 3)], fw=asked(2, extra=", aggregate: sum, range: raw"))
    raw = replace(ways, score=np.array([2.0, 10.0, 9.0]))
    found = instrument_of(raw, limits=(2.0, 10.0))
    assert (found.floor, found.ceiling) == (1 / 3, 1 / 3)
    assert instrument_of(raw).ceiling == 0


@pytest.mark.parametrize("seed", range(5))
def test_an_item_that_the_factor_leaves_nothing_is_named(seed: int) -> None:
    rng = random.Random(seed)
    rows: list[Row] = []
    for _ in range(100):  # two items that err in opposite ways from what the first one says
        view, error = rng.randrange(5), rng.randrange(-2, 3)
        rows.append([view, min(4, max(0, view + error)), min(4, max(0, view - error + rng.choice((0, 0, 1))))])
    found = instrument_of(ways_of(rows))
    assert found.held == ("I0",)
    assert found.omega is not None
    assert 0 < found.omega < 1


@given(ROWS)
def test_with_two_items_omega_is_alpha(rows: list[Row]) -> None:
    pairs = [row[:2] for row in rows]
    alpha, omega = reliability_of(ways_of(pairs)).alpha, instrument_of(ways_of(pairs)).omega
    if omega is not None and alpha is not None:
        assert math.isclose(alpha, omega, abs_tol=1e-8)
    covariance = naive_covariance(pairs, 0, 1)
    assert (omega is None) == (covariance is None or covariance <= 1e-9)
