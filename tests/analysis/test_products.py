"""Products: correlations over those who have both, against pairs of plain Python."""

from __future__ import annotations

import random
import statistics
from collections.abc import Mapping, Sequence

import numpy as np
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from readiness.analysis import products as module
from readiness.analysis.grid import Looked, in_steps
from readiness.analysis.products import Products
from tests.scoring.profiles import tries

IDS = ("x", "y", "z")
score = st.one_of(st.none(), st.sampled_from((0.0, 12.5, 100 / 3, 50.0, 75.0, 100.0)))
people = st.lists(st.tuples(score, score, score), min_size=1, max_size=40)
Person = tuple[float | None, float | None, float | None]


def looked(rows: Sequence[Person]) -> Mapping[str, Looked]:
    """Scores, each person by a place in a table that holds them in another order."""
    found = {}
    for place, id_ in enumerate(IDS):
        units = pl.Series([None if r[place] is None else round(r[place] * 1e9) for r in rows][::-1], dtype=pl.Int64)
        found[id_] = Looked.of(np.arange(len(rows))[::-1].copy(), in_steps(units, (0.0, 100.0)))
    return found


def summed(*pieces: tuple[Sequence[Person], int]) -> Products:
    products = Products(IDS)
    for rows, sign in pieces:
        products.add(looked(rows), sign)
    return products


def pairwise(rows: Sequence[Person], one: int, other: int) -> float:
    """Over those who have both; deviations are those of everybody who has one, as a matrix of all pairs has them."""
    both = [(float(r[one]), float(r[other])) for r in rows if r[one] is not None and r[other] is not None]  # type: ignore[arg-type]
    spreads = [statistics.pstdev(float(r[at]) for r in rows if r[at] is not None) for at in (one, other)]  # type: ignore[arg-type]
    if not both or not all(spreads):
        return 0.0
    means = [statistics.mean(pair[side] for pair in both) for side in (0, 1)]
    covariance = sum((a - means[0]) * (b - means[1]) for a, b in both) / len(both)
    return max(-1.0, min(1.0, covariance / spreads[0] / spreads[1]))


def having(rows: Sequence[Person]) -> bool:
    return all(any(r[place] is not None for r in rows) for place in range(3))


@tries(100)
@given(people)
def test_correlations_are_those_of_pairs(rows: list[Person]) -> None:
    if not having(rows):
        return
    naive = np.array([[1.0 if a == b else pairwise(rows, a, b) for a in range(3)] for b in range(3)])
    found = summed((rows, 1)).correlations()
    if np.linalg.eigvalsh(naive)[0] > 1e-6:  # else it is no matrix of correlations and is put right
        assert found == pytest.approx(naive, abs=2e-4)  # scores stand on a grid
    assert np.diag(found) == pytest.approx(1.0)
    assert np.allclose(found, found.T)
    assert np.linalg.eigvalsh(found)[0] > -1e-9


@tries(60)
@given(people, st.integers(0, 10**6), st.integers(1, 9))
def test_neither_order_nor_pieces_change_a_bit(rows: list[Person], seed: int, size: int) -> None:
    shuffled = random.Random(seed).sample(rows, len(rows))
    pieces = [(shuffled[start : start + size], 1) for start in range(0, len(rows), size)]
    assert summed(*pieces).correlations().tobytes() == summed((rows, 1)).correlations().tobytes()


@tries(40)
@given(people, people)
def test_whoever_is_taken_back_was_never_there(rows: list[Person], gone: list[Person]) -> None:
    back = summed(([*rows, *gone], 1), (gone, -1))
    assert back.correlations().tobytes() == summed((rows, 1)).correlations().tobytes()


def test_blocks_end_anywhere(monkeypatch: pytest.MonkeyPatch) -> None:
    rng = random.Random(3)
    rows = [(rng.choice([0.0, 50.0]), rng.choice([None, 25.0, 100.0]), rng.random() * 100) for _ in range(50)]
    whole = summed((rows, 1)).correlations()
    for size in (1, 7, 50, 64):
        monkeypatch.setattr(module, "ROWS_AT_ONCE", size)
        assert summed((rows, 1)).correlations().tobytes() == whole.tobytes()


def test_sums_stay_whole_for_a_full_scale_of_a_block() -> None:
    """Every sum of a block has to be below 2^53, or floats would no longer add up in any order."""
    assert module.ROWS_AT_ONCE * 50_000**2 < 2**53


def test_without_indicators_there_is_nothing_to_correlate() -> None:
    assert Products(()).correlations().shape == (0, 0)


# -- the grid -----------------------------------------------------------------------------------------------------


@tries(60)
@given(st.floats(-50, 50), st.floats(0.001, 200), st.lists(st.floats(0, 1), max_size=10))
def test_a_score_is_on_the_grid_to_half_a_step(low: float, width: float, shares: list[float]) -> None:
    scores = [low + share * width for share in shares]
    steps = in_steps(pl.Series([round(s * 1e9) for s in scores], dtype=pl.Int64), (low, low + width))
    for score, step in zip(scores, steps, strict=True):
        assert abs(low + width * step / 50_000 - score) <= width / 100_000 + 1e-8


def test_a_score_that_can_only_be_one_thing_is_the_first_step() -> None:
    assert in_steps(pl.Series([3 * 10**9, None]), (3.0, 3.0)).to_list() == [0, None]
