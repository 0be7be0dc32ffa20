"""Standard errors by design: each against the same written in plain Python, row by row."""

from __future__ import annotations

import math
import random
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
    """The covariance of two means: residuals summed by unit, over √(1 - the unit's share), the sums multiplied."""
    moved: list[dict[str, float]] = []
    for place in (one, other):
        there = [(unit, scores[place], w if weighted else 1) for unit, scores, w in rows if scores[place] is not None]
        whole = sum(w for *_, w in there)
        mean = sum(w * score for _, score, w in there) / whole
        units: dict[str, float] = {}
        share: dict[str, float] = {}
        for unit, score, w in there:
            units[unit] = units.get(unit, 0.0) + w * (score - mean) / whole
            share[unit] = share.get(unit, 0.0) + w / whole
        moved.append({unit: part / math.sqrt(1 - share[unit]) for unit, part in units.items()})
    return sum(part * moved[1].get(unit, 0.0) for unit, part in moved[0].items())


def freedom_by_hand(rows: Sequence[Row], place: int) -> float:
    """Bell and McCaffrey's degrees of freedom person by person: the covariance of all scores as a matrix."""
    there = [(unit, float(scores[place])) for unit, scores, _ in rows if scores[place] is not None]  # type: ignore[arg-type]
    names = sorted({unit for unit, _ in there})
    n, k = len(there), len(names)
    sizes = {name: sum(unit == name for unit, _ in there) for name in names}
    groups = {name: [score for unit, score in there if unit == name] for name in names}
    grand = statistics.fmean(score for _, score in there)
    between = sum(len(g) * (statistics.fmean(g) - grand) ** 2 for g in groups.values()) / (k - 1)
    alike = 0.0
    if n > k:
        within = sum((score - statistics.fmean(groups[unit])) ** 2 for unit, score in there) / (n - k)
        typical = (n - sum(size**2 for size in sizes.values()) / n) / (k - 1)
        if between + within > 1e-9:
            alike = min(1.0, max(0.0, (between - within) / (between + (typical - 1) * within)))
    covariance = np.array(
        [[1.0 if i == j else alike * (there[i][0] == there[j][0]) for j in range(n)] for i in range(n)]
    )
    about = np.eye(n) - np.full((n, n), 1 / n)
    pick = np.array([[(unit == name) / math.sqrt(1 - sizes[name] / n) for unit, _ in there] for name in names])
    moved = pick @ about @ covariance @ about.T @ pick.T
    return float(np.trace(moved) ** 2 / np.trace(moved @ moved))


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
        error = found.errors[IDS[one]]
        if not weighted:
            assert error.df == pytest.approx(freedom_by_hand(rows, one), rel=1e-3)  # scores stand on a grid
        assert error.se == pytest.approx(math.sqrt(by_hand(rows, one, one, weighted=weighted)), abs=1e-6)


def test_respondents_who_are_units_by_themselves_are_drawn_one_by_one() -> None:
    scores = [0.0, 25.0, 25.0, 75.0, 100.0, 50.0]
    found = in_clusters([(f"u{i}", (s, s), 1) for i, s in enumerate(scores)])
    assert found.errors["x"].se == pytest.approx(statistics.stdev(scores) / math.sqrt(6))
    assert found.clusters == 6


@tries(30)
@given(st.integers(2, 6), st.integers(1, 5), st.integers(0, 10**6))
def test_units_of_one_size_have_one_degree_of_freedom_less_than_there_are(k: int, size: int, seed: int) -> None:
    rng = random.Random(seed)
    rows: list[Row] = [(f"u{u}", (rng.choice(SCORES), rng.choice(SCORES)), 1) for u in range(k) for _ in range(size)]
    assert in_clusters(rows).errors["x"].df == pytest.approx(k - 1)


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
