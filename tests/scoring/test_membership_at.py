"""The curve for single numbers is the curve of the plan."""

from __future__ import annotations

import math

import narwhals as nw
import polars as pl
from hypothesis import given
from hypothesis import strategies as st

from readiness.framework.configurations import Calibration
from readiness.scoring.calibration import GRAIN, grains, membership, membership_at, on_grain


@st.composite
def anchors(draw: st.DrawFn) -> Calibration:
    places = sorted(draw(st.lists(st.integers(-1000, 1000), min_size=3, max_size=3, unique=True)))
    out, crossover, full = (place / 10 for place in places)
    if draw(st.booleans()):
        out, full = full, out
    odds = draw(st.floats(0.5, 400))
    return Calibration.model_validate({"out": out, "crossover": crossover, "in": full, "log_odds": odds})


@given(anchors(), st.lists(st.floats(-200, 200), min_size=1, max_size=20))
def test_one_number_has_the_membership_that_a_column_gives_it(calibration: Calibration, scores: list[float]) -> None:
    frame = nw.from_native(pl.DataFrame({"x": scores}))
    column = frame.select(membership(on_grain(nw.col("x")), calibration))["x"].to_list()
    for score, expected in zip(scores, column, strict=True):
        assert math.isclose(membership_at(grains(score) / GRAIN, calibration), expected, rel_tol=1e-9, abs_tol=1e-12)


@given(anchors(), st.floats(-200, 200), st.floats(0, 50))
def test_membership_goes_one_way(calibration: Calibration, score: float, further: float) -> None:
    near, far = membership_at(score, calibration), membership_at(score + further, calibration)
    assert near <= far if calibration.in_ > calibration.out else near >= far
