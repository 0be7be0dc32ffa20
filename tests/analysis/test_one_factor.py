"""One factor by minimum residuals: what it must find, and that nothing fits better."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from scipy.optimize import minimize

from readiness.analysis.one_factor import fitted

LOADING = st.floats(3, 30).flatmap(lambda size: st.sampled_from([size, size, size, -size]))


def sampled(seed: int, count: int, n: int) -> Any:
    """The covariances of answers that have one thing in common, and noise."""
    rng = np.random.default_rng(seed)
    answers = np.outer(rng.normal(size=n), rng.uniform(-0.2, 1, count)) + rng.normal(size=(n, count))
    return np.cov(answers.T) * 600


@given(st.lists(LOADING, min_size=3, max_size=8), st.data())
def test_a_factor_that_is_there_is_found(loadings: list[float], data: st.DataObject) -> None:
    own = np.array(data.draw(st.lists(st.floats(1, 900), min_size=len(loadings), max_size=len(loadings))))
    factor = np.array(loadings)
    found = fitted(np.outer(factor, factor) + np.diag(own))
    assert found is not None
    assert found.loadings * np.sign(found.loadings[0]) == pytest.approx(factor * np.sign(factor[0]), rel=1e-7)
    assert found.omega == pytest.approx(factor.sum() ** 2 / (factor.sum() ** 2 + own.sum()), rel=1e-7, abs=1e-9)
    assert found.held == ()


@given(st.tuples(*[st.floats(1, 100)] * 3), st.tuples(*[st.floats(1, 400)] * 3))
def test_three_items_have_a_closed_form(shared: tuple[float, ...], more: tuple[float, ...]) -> None:
    ab, ac, bc = shared
    squares = np.array([ab * ac / bc, ab * bc / ac, ac * bc / ab])
    matrix = np.diag(squares + more) + np.array([[0, ab, ac], [ab, 0, bc], [ac, bc, 0]])
    found = fitted(matrix)
    assert found is not None
    assert found.loadings**2 == pytest.approx(squares, rel=1e-6)


@pytest.mark.parametrize("seed", range(20))
def test_nothing_fits_better(seed: int) -> None:
    matrix = sampled(seed, 3 + seed % 5, (12, 40, 200)[seed % 3])
    found = fitted(matrix)
    assert found is not None
    above = np.triu_indices(len(matrix), 1)

    def misfit(loadings: Any) -> float:
        return float(((matrix - np.outer(loadings, loadings))[above] ** 2).sum() / 360_000)

    limits = np.sqrt(np.diag(matrix))
    rng = np.random.default_rng(seed)
    tried = [
        minimize(misfit, rng.uniform(-limits, limits), bounds=list(zip(-limits, limits, strict=True)), tol=1e-14)
        for _ in range(20)
    ]
    assert misfit(found.loadings) <= min(one.fun for one in tried) + 1e-9


def test_a_uniqueness_below_zero_is_held_at_zero_and_named() -> None:
    found = fitted(np.array([[100.0, 90, 90], [90, 100, 20], [90, 20, 100]]))
    assert found is not None
    assert found.held == (0,)
    assert found.uniqueness[0] == pytest.approx(0)
    assert found.omega is not None
    assert 0 < found.omega < 1


def test_two_items_have_equal_loadings() -> None:
    found = fitted(np.array([[100.0, 36], [36, 60]]))
    assert found is not None
    assert found.loadings == pytest.approx([6, 6])
    assert found.omega == pytest.approx(144 / (100 + 60 + 72))


@pytest.mark.parametrize(
    "matrix",
    [
        [[100.0, -36], [-36, 60]],  # no real loadings
        [[100.0, 0], [0, 60]],
        [[100.0]],
        [[0.0, 0], [0, 0]],
        [[100.0, float("nan")], [float("nan"), 60]],
    ],
)
def test_where_nothing_identifies_a_factor_there_is_none(matrix: list[list[float]]) -> None:
    assert fitted(np.array(matrix)) is None


@given(st.integers(0, 10**6), st.integers(3, 6), st.floats(0.01, 1000))
def test_the_unit_of_the_answers_is_no_matter(seed: int, count: int, unit: float) -> None:
    matrix = sampled(seed, count, 60)
    one, other = fitted(matrix), fitted(matrix * unit)
    assert one is not None
    assert other is not None
    assume(one.held == other.held == ())
    assert one.omega == pytest.approx(other.omega, abs=1e-6)


def test_an_item_that_does_not_vary_changes_nothing() -> None:
    matrix = sampled(3, 4, 100)
    wider = np.zeros((5, 5))
    wider[:4, :4] = matrix
    one, other = fitted(matrix), fitted(wider)
    assert one is not None
    assert other is not None
    assert one.omega == pytest.approx(other.omega)
