"""Standard errors by design: each against the same written in plain Python, row by row."""

from __future__ import annotations

import math
import statistics
from collections.abc import Sequence

import numpy as np
import polars as pl
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from readiness.analysis.cells import Cells, CellSums
from readiness.analysis.errors import Errors, Spread, errors_in_clusters, errors_one_by_one
from readiness.responses.coding import WEIGHT, WEIGHT_UNIT
from tests.scoring.profiles import tries

PERCENT = (0.0, 100.0)
STEP = 100 / 50_000
IDS = ("x", "y")
SCORES = (0.0, 25.0, 37.5, 50.0, 75.0, 100.0)
Row = tuple[str, tuple[float | None, float | None], int]  # unit, scores of x and y, case weight

row = st.tuples(
    st.sampled_from("ABCDEF"),
    st.tuples(st.sampled_from((*SCORES, None)), st.sampled_from((*SCORES, None))),
    st.integers(1, 4),
)


def cells_of(rows: Sequence[Row], *, weighted: bool = False) -> Cells:
    sums = CellSums(("unit",), dict.fromkeys(IDS, PERCENT))
    steps = {
        name: pl.Series([None if r[1][place] is None else round(r[1][place] / STEP) for r in rows], dtype=pl.Int64)
        for place, name in enumerate(IDS)
    }
    weights = {WEIGHT: pl.Series([r[2] * WEIGHT_UNIT for r in rows], dtype=pl.Int64)} if weighted else {}
    sums.add(pl.DataFrame({"unit": [r[0] for r in rows]}), pl.DataFrame({**steps, **weights}), 1)
    return sums.cells()


def in_clusters(rows: Sequence[Row], *, weighted: bool = False) -> Errors:
    cells = cells_of(rows, weighted=weighted)
    return errors_in_clusters(cells, list(cells.by(["unit"]).values()), IDS)


def by_hand(rows: Sequence[Row], one: int, other: int, *, weighted: bool) -> float:
    """The covariance of two means: residuals summed by unit, then the units' sums multiplied, k / (k - 1) of them."""
    moved: list[dict[str, float]] = []
    for place in (one, other):
        there = [(unit, scores[place], w if weighted else 1) for unit, scores, w in rows if scores[place] is not None]
        whole = sum(w for *_, w in there)
        mean = sum(w * score for _, score, w in there) / whole
        units: dict[str, float] = {}
        for unit, score, w in there:
            units[unit] = units.get(unit, 0.0) + w * (score - mean) / whole
        k = len(units)
        moved.append({unit: part * math.sqrt(k / (k - 1)) for unit, part in units.items()})
    return sum(part * moved[1].get(unit, 0.0) for unit, part in moved[0].items())


def tell_units(rows: Sequence[Row]) -> bool:
    """Whether both indicators occur in two units or more."""
    return all(len({unit for unit, scores, _ in rows if scores[place] is not None}) >= 2 for place in (0, 1))


@tries(80)
@given(st.lists(row, min_size=4, max_size=40), st.booleans())
def test_units_move_the_mean_as_their_residuals_do(rows: list[Row], weighted: bool) -> None:
    assume(tell_units(rows))
    found = in_clusters(rows, weighted=weighted)
    for one in (0, 1):
        for other in (0, 1):
            expected = by_hand(rows, one, other, weighted=weighted)
            assert found.together[one, other] == pytest.approx(expected, abs=1e-9)
        units = {unit for unit, scores, _ in rows if scores[one] is not None}
        error = found.errors[IDS[one]]
        assert error.df == len(units) - 1
        assert error.se == pytest.approx(math.sqrt(by_hand(rows, one, one, weighted=weighted)), abs=1e-6)


def test_respondents_who_are_units_by_themselves_are_drawn_one_by_one() -> None:
    scores = [0.0, 25.0, 25.0, 75.0, 100.0, 50.0]
    found = in_clusters([(f"u{i}", (s, s), 1) for i, s in enumerate(scores)])
    assert found.errors["x"].se == pytest.approx(statistics.stdev(scores) / math.sqrt(6))
    assert found.clusters == 6


@pytest.mark.parametrize("score", [0.0, 37.5, 100 / 3, 200 / 7, 100.0])
@pytest.mark.parametrize("sizes", [(3, 3, 3), (1, 7, 5)])
def test_units_that_are_all_of_one_score_have_no_spread_but_somebody_unseen(
    score: float, sizes: tuple[int, ...]
) -> None:
    found = in_clusters([(f"u{i}", (score, score), 1) for i, size in enumerate(sizes) for _ in range(size)])
    error = found.errors["x"]
    assert error.se == 0.0
    assert error.unseen == pytest.approx(1 - 0.05 ** (1 / sum(sizes)))


# -- one by one ---------------------------------------------------------------------------------------------------


@tries(40)
@given(st.floats(0, 50), st.floats(0, 50), st.integers(2, 90), st.integers(2, 90), st.floats(-1, 1), st.floats(0, 1))
def test_means_go_together_as_scores_do(sd1: float, sd2: float, n1: int, n2: int, r: float, sampled: float) -> None:
    spreads = {"y": Spread(sd2, n2, sampled), "x": Spread(sd1, n1, sampled)}
    found = errors_one_by_one(spreads, {"x": 0, "y": 1}, np.array([[1, r], [r, 1]]))
    left = 1 - sampled
    assert found.ids == ("y", "x")
    assert found.clusters is None
    assert found.together[0, 0] == pytest.approx(sd2**2 / n2 * left)
    assert found.together[0, 1] == pytest.approx(r * sd1 * sd2 / math.sqrt(n1 * n2) * left)
    assert found.errors["x"].df == n1 - 1
