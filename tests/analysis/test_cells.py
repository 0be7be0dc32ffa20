"""Cells: sums by the crossing of keys, as if rows were added up one by one, in whatever order and pieces they come."""

from __future__ import annotations

import random
from collections.abc import Sequence

import numpy as np
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from readiness.analysis import cells as module
from readiness.analysis.cells import Cells, CellSums
from readiness.responses.coding import WEIGHT, WEIGHT_UNIT
from tests.scoring.profiles import tries

KEYS = ("unit", "role")
LIMITS = {"x": (0.0, 100.0), "y": (-4.0, 8.5)}
STEPS = 50_000
Row = tuple[str | None, str | None, int | None, int | None, int]  # unit, role, steps of x and y, weight in units

step = st.one_of(st.none(), st.sampled_from((0, 1, 12_345, 25_000, STEPS)))
row = st.tuples(
    st.sampled_from(("A", "B", "Ä", "", None)),
    st.sampled_from(("boss", None)),
    step,
    step,
    st.sampled_from((250_000, 1_000_000, 3_141_593)),
)
rows_ = st.lists(row, max_size=30)


def frames(rows: Sequence[Row], weighted: bool) -> tuple[pl.DataFrame, pl.DataFrame]:
    people = pl.DataFrame(
        {"unit": [r[0] for r in rows], "role": [r[1] for r in rows]}, schema={"unit": pl.String, "role": pl.String}
    )
    columns = {"x": [r[2] for r in rows], "y": [r[3] for r in rows]}
    columns |= {WEIGHT: [r[4] for r in rows]} if weighted else {}
    return people, pl.DataFrame(columns, schema=dict.fromkeys(columns, pl.Int64))


def summed(pieces: Sequence[tuple[Sequence[Row], int]], weighted: bool) -> Cells:
    sums = CellSums(KEYS, LIMITS)
    for rows, sign in pieces:
        sums.add(*frames(rows, weighted), sign)
    return sums.cells()


def same(one: Cells, other: Cells) -> bool:
    """To the last bit."""
    arrays = ("rows", "n", "mass", "total", "squares")
    return one.values == other.values and all(
        getattr(one, name).tobytes() == getattr(other, name).tobytes() for name in arrays
    )


@tries(80)
@given(rows_, st.booleans())
def test_a_cell_holds_what_its_rows_add_up_to(rows: list[Row], weighted: bool) -> None:
    cells = summed([(rows, 1)], weighted)
    crossings = {(r[0], r[1]) for r in rows}
    assert set(cells.values) == crossings
    for place, values in enumerate(cells.values):
        inside = [r for r in rows if (r[0], r[1]) == values]
        assert cells.rows[place] == len(inside)
        for column, (low, high) in enumerate(LIMITS.values()):
            there = [
                (low + (high - low) * float(r[2 + column] or 0) / STEPS, r[4] / WEIGHT_UNIT if weighted else 1.0)
                for r in inside
                if r[2 + column] is not None
            ]
            assert cells.n[place, column] == len(there)
            assert cells.mass[place, column] == pytest.approx(sum(w for _, w in there))
            assert cells.total[place, column] == pytest.approx(sum(w * s for s, w in there), abs=1e-6)
            assert cells.squares[place, column] == pytest.approx(sum(w * s * s for s, w in there), abs=1e-4)


@tries(60)
@given(rows_, st.booleans(), st.integers(0, 10**6), st.integers(1, 7))
def test_neither_order_nor_pieces_change_a_bit(rows: list[Row], weighted: bool, seed: int, size: int) -> None:
    shuffled = random.Random(seed).sample(rows, len(rows))
    pieces = [(shuffled[start : start + size], 1) for start in range(0, len(shuffled), size)]
    assert same(summed(pieces, weighted), summed([(rows, 1)], weighted))


@tries(60)
@given(rows_, rows_, st.booleans())
def test_whoever_is_taken_back_was_never_there(rows: list[Row], gone: list[Row], weighted: bool) -> None:
    back = summed([([*rows, *gone], 1), (gone, -1)], weighted)
    assert same(back, summed([(rows, 1)], weighted))


def test_many_pieces_are_added_up_on_the_way(monkeypatch: pytest.MonkeyPatch) -> None:
    rows: list[Row] = [("A", None, place * 1000, None, 1) for place in range(20)]
    whole = summed([(rows, 1)], weighted=False)
    monkeypatch.setattr(module, "MOST_PIECES", 3)
    assert same(summed([([one], 1) for one in rows], weighted=False), whole)


@tries(40)
@given(st.lists(row, min_size=1, max_size=30))
def test_cells_stand_in_code_point_order_blanks_last(rows: list[Row]) -> None:
    values = summed([(rows, 1)], weighted=False).values
    assert list(values) == sorted(values, key=lambda key: [(value is None, value or "") for value in key])


@tries(40)
@given(rows_)
def test_a_groups_cells_are_all_that_have_its_values(rows: list[Row]) -> None:
    cells = summed([(rows, 1)], weighted=False)
    assert list(cells.within({})) == list(range(len(cells.values)))
    for unit in ("A", "B", "Ä", "", None, "nobody"):
        found = cells.rows[cells.within({"unit": unit})].sum()
        assert found == sum(r[0] == unit for r in rows)
        turned = cells.within({"role": "boss", "unit": unit})
        assert cells.rows[turned].sum() == sum(r[:2] == (unit, "boss") for r in rows)
    assert sum(len(places) for places in cells.by(["unit"]).values()) == len(cells.values)


def test_without_keys_everybody_is_in_one_cell() -> None:
    sums = CellSums((), LIMITS)
    people, steps = frames([("A", None, 0, STEPS, 1), ("B", None, STEPS, None, 1)], weighted=False)
    sums.add(people, steps, 1)
    cells = sums.cells()
    assert cells.values == ((),)
    assert cells.rows.tolist() == [2]


def test_nobody_makes_no_cell() -> None:
    cells = CellSums(KEYS, LIMITS).cells()
    assert cells.values == ()
    assert cells.total.shape == (0, 2)


def test_a_million_of_the_heaviest_fit() -> None:
    """Squares of steps times the heaviest weight, a million times, need more than 64 bits."""
    people = pl.DataFrame({"unit": ["A"] * 1_000_000, "role": ["boss"] * 1_000_000})
    full, heavy = pl.repeat(STEPS, 1_000_000, dtype=pl.Int64, eager=True), 1000 * WEIGHT_UNIT
    weights = pl.repeat(heavy, 1_000_000, dtype=pl.Int64, eager=True)
    sums = CellSums(KEYS, LIMITS)
    sums.add(people, pl.DataFrame({"x": full, "y": full, WEIGHT: weights}), 1)
    cells = sums.cells()
    assert np.allclose(cells.mass, 1e9)
    assert np.allclose(cells.squares, [[1e9 * 100.0**2, 1e9 * 8.5**2]])
