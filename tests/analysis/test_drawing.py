"""Drawing: what is drawn has the means, the spread and the joint spread that errors say, and stays where it belongs."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from readiness.analysis.drawing import DRAWS, Held, Means, drawn_again, drawn_jointly, generator
from readiness.analysis.errors import Errors
from readiness.analysis.intervals import Error
from tests.scoring.profiles import tries

MANY = 40_000
ENDLESS = (-1e6, 1e6)
PERCENT = (0.0, 100.0)
Z = 1.959963984540054
T_4, T_19 = 2.7764451051977987, 2.093024054408263


def held(scores: Sequence[Sequence[float | None]], roles: Sequence[str | None], weights: Sequence[int] = ()) -> Held:
    ids = [f"x{place}" for place in range(len(scores[0]))]
    columns = {id_: [row[place] for row in scores] for place, id_ in enumerate(ids)}
    frame = pl.DataFrame({"role": roles, **columns}, schema={"role": pl.String, **dict.fromkeys(ids, pl.Float64)})
    if weights:
        frame = frame.with_columns(pl.Series("w", weights))
    return Held.of(frame, ids, "w", 1.0, ["role"])


def means(values: Sequence[float], errors: Sequence[Error], limits: tuple[float, float] = ENDLESS) -> Means:
    ids = tuple(f"x{place}" for place in range(len(values)))
    return Means(ids, np.array(values), errors, [limits] * len(values))


def jointly(group: Means, together: NDArray[np.float64], draws: int = MANY) -> NDArray[np.float64]:
    errors = Errors(group.ids, dict(zip(group.ids, group.errors, strict=True)), together)
    return drawn_jointly(group, errors, "x", draws)


# -- means drawn jointly ------------------------------------------------------------------------------------------


@tries(15)
@given(st.floats(0.5, 9), st.floats(0.5, 9), st.floats(-0.95, 0.95))
def test_means_have_the_mean_and_the_covariance_that_errors_say(se1: float, se2: float, r: float) -> None:
    together = np.array([[se1**2, r * se1 * se2], [r * se1 * se2, se2**2]])
    drawn = jointly(means([40.0, 60.0], [Error(se1, 1e9), Error(se2, 1e9)]), together)
    assert drawn.mean(axis=0) == pytest.approx([40, 60], abs=5 * max(se1, se2) / math.sqrt(MANY))
    assert np.cov(drawn.T) == pytest.approx(together, abs=0.03 * max(se1, se2) ** 2)


@pytest.mark.parametrize(("df", "t"), [(4, T_4), (19, T_19)])
def test_their_middle_is_as_wide_as_students_interval(df: int, t: float) -> None:
    drawn = jointly(means([50.0], [Error(3.0, df)]), np.array([[9.0]]))[:, 0]
    low, high = np.quantile(drawn, [0.025, 0.975])
    assert (high - low) / 2 == pytest.approx(3.0 * t, rel=0.03)


def test_indicators_that_are_the_same_are_drawn_the_same() -> None:
    """A covariance that is singular, and one that is 0, are both drawn from."""
    same = np.array([[4.0, 4.0, 0.0], [4.0, 4.0, 0.0], [0.0, 0.0, 0.0]])
    drawn = jointly(means([50.0, 50.0, 20.0], [Error(2.0, 9)] * 2 + [Error(0.0, 9)]), same)
    assert np.abs(drawn[:, 0] - drawn[:, 1]).max() < 0.01
    assert np.all(drawn[:, 2] == 20.0)


def test_nothing_is_drawn_beyond_what_a_score_can_be() -> None:
    drawn = jointly(means([95.0, 3.0], [Error(20.0, 5)] * 2, PERCENT), np.diag([400.0, 400.0]))
    assert drawn.min() == 0
    assert drawn.max() == 100


@pytest.mark.parametrize("value", [0.0, 30.0, 100.0])
def test_without_a_spread_what_is_drawn_is_what_the_unseen_could_make_of_it(value: float) -> None:
    drawn = jointly(means([value], [Error(0.0, 9, unseen=0.2)], PERCENT), np.zeros((1, 1)))[:, 0]
    low, high = np.quantile(drawn, [0.025, 0.975])
    assert low == pytest.approx(value - 0.2 * value, abs=0.5)
    assert high == pytest.approx(value + 0.2 * (100 - value), abs=0.5)


# -- respondents drawn again --------------------------------------------------------------------------------------

roles_ = st.lists(st.sampled_from(("a", "b", "c", None)), min_size=2, max_size=25)


@tries(60)
@given(roles_)
def test_everybody_is_in_one_stratum_and_none_is_alone(roles: list[str | None]) -> None:
    strata = held([[1.0]] * len(roles), roles).strata
    assert sorted(place for places in strata for place in places) == list(range(len(roles)))
    assert all(len(places) >= 2 for places in strata)


@tries(60)
@given(roles_)
def test_roles_of_several_are_strata_and_roles_of_one_are_put_together(roles: list[str | None]) -> None:
    strata = [{roles[place] for place in places} for places in held([[1.0]] * len(roles), roles).strata]
    alone = {role for role in roles if roles.count(role) == 1}
    for inside in strata:
        assert len(inside) == 1 or inside & alone
    mixed = [inside for inside in strata if len(inside) > 1]
    assert len(mixed) == (1 if len(alone) > 1 or (alone and len(roles) > 1) else 0)
    if len(alone) > 1:
        assert mixed == [alone]


@tries(40)
@given(roles_, st.integers(0, 9))
def test_respondents_drawn_never_leave_their_role(roles: list[str | None], seed: int) -> None:
    drawn = held([[1.0]] * len(roles), roles)
    counts = drawn.drawn(generator(str(seed)), 50)
    for places in drawn.strata:
        assert counts[:, places].sum(axis=1) == pytest.approx(len(places))  # n - 1 drawn, each for n / (n - 1)
    assert counts.min() >= 0


@pytest.mark.parametrize("weights", [(), (1, 3) * 10])
def test_their_means_have_the_error_of_strata_of_fixed_size(weights: Sequence[int]) -> None:
    """Rao and Wu (1988): the variance of each stratum's mean is s² / n, also in small strata."""
    rng = np.random.default_rng(4)
    roles = ["a"] * 4 + ["b"] * 16
    scores = [[float(s)] for s in np.r_[rng.normal(20, 5, 4), rng.normal(70, 12, 16)]]
    values = np.array(scores)[:, 0]
    w = np.array(weights or [1] * 20, dtype=float)
    mean = float((w * values).sum() / w.sum())
    drawn = drawn_again(means([mean], [Error(1.0, 1e9)]), held(scores, roles, weights), np.zeros(1), "x", MANY)[:, 0]
    if weights:  # the linear part of a ratio, stratum by stratum
        apart = w * (values - mean) / w.sum()
        expected = sum(apart[p].var(ddof=1) * len(p) for p in (np.arange(4), np.arange(4, 20)))
        assert drawn.var() == pytest.approx(expected, rel=0.12)
    else:
        parts = [values[:4], values[4:]]
        expected = sum((len(p) / 20) ** 2 * p.var(ddof=1) / len(p) for p in parts)
        assert drawn.var() == pytest.approx(expected, rel=0.04)
    assert drawn.mean() == pytest.approx(mean, abs=0.3)


def test_indicators_of_the_same_people_are_drawn_together() -> None:
    rng = np.random.default_rng(4)
    x = rng.normal(50, 10, 30)
    scores = np.column_stack([x, 100 - x])
    group = means(list(scores.mean(axis=0)), [Error(1.0, 1e9)] * 2)
    drawn = drawn_again(group, held(scores.tolist(), ["a"] * 30), np.zeros(2), "x", 2_000)
    assert drawn.sum(axis=1) == pytest.approx(100.0)


def test_those_who_have_no_score_are_drawn_and_say_nothing() -> None:
    scores: list[list[float | None]] = [[10.0, None], [20.0, 40.0], [30.0, 60.0], [None, 80.0]]
    drawn = drawn_again(means([20.0, 60.0], [Error(1.0, 1e9)] * 2), held(scores, ["a"] * 4), np.zeros(2), "x", 500)
    assert (drawn[:, 0].min(), drawn[:, 0].max()) == pytest.approx((10, 30), abs=1e-6)
    assert (drawn[:, 1].min(), drawn[:, 1].max()) == pytest.approx((40, 80), abs=1e-6)


@tries(20)
@given(st.floats(0, 1))
def test_the_part_that_was_asked_does_not_move(sampled: float) -> None:
    scores = [[float(s)] for s in (0, 25, 50, 75, 100)]
    group = means([50.0], [Error(1.0, 1e9)])
    whole = drawn_again(group, held(scores, ["a"] * 5), np.zeros(1), "x", 200) - 50
    part = drawn_again(group, held(scores, ["a"] * 5), np.array([sampled]), "x", 200) - 50
    assert part == pytest.approx(whole * math.sqrt(1 - sampled), abs=1e-8)


def test_a_group_is_drawn_the_same_every_time_and_each_group_otherwise() -> None:
    first, again, other = (generator(name).standard_normal(5) for name in ("unit=A", "unit=A", "unit=B"))
    assert np.array_equal(first, again)
    assert not np.array_equal(first, other)
    assert generator("").standard_normal() == pytest.approx(0.6212436900230874)
    assert DRAWS == 1_000
