"""DuckDB as an engine: what it works out is exact, and nothing of it stays behind."""

from __future__ import annotations

import math
import struct
from collections.abc import Iterator
from pathlib import Path

import narwhals as nw
import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from readiness.faults import ResponseError
from readiness.responses.engines.duck import BATCH, Duck
from readiness.responses.engines.engine import Gathered

WHOLE = st.integers(-(2**63), 2**63 - 1)
WIDE = st.integers(-(2**127), 2**127 - 1)


@pytest.fixture(scope="module")
def duck() -> Iterator[Duck]:
    engine = Duck()
    yield engine
    engine.close()


def _bits(numbers: list[float | None]) -> list[bytes | None]:
    return [None if number is None else struct.pack("<d", number) for number in numbers]


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(st.floats(), min_size=1, max_size=30),
    st.lists(WHOLE, min_size=1, max_size=30),
    st.lists(st.none() | st.integers(0, 29), min_size=1, max_size=50),
)
def test_every_bit_of_a_figure_that_is_looked_up_arrives(
    duck: Duck, floats: list[float], whole: list[int], places: list[int | None]
) -> None:
    index = pl.Series("place", places, dtype=pl.Int32)
    tables = {"f": pl.Series(floats, dtype=pl.Float64), "w": pl.Series(whole, dtype=pl.Int64)}
    frame = duck.held(pl.DataFrame({"row": range(len(places)), "place": index}))
    looked = duck.gathered(frame, {name: Gathered(table, "place") for name, table in tables.items()})
    found = duck.collected(looked.sort("row"))
    assert found.columns == ["row", "place", "f", "w"]
    expected = [None if place is None or place >= len(floats) else floats[place] for place in places]
    assert _bits(found["f"].to_list()) == _bits(expected)
    assert found["w"].to_list() == [None if p is None or p >= len(whole) else whole[p] for p in places]


def test_a_figure_may_be_looked_up_by_one_that_was(duck: Duck) -> None:
    frame = duck.held(pl.DataFrame({"a": [0, 1, 2]}))
    first = duck.gathered(frame, {"b": Gathered(pl.Series([2, 1, 0]), "a")})
    second = duck.gathered(first, {"a": Gathered(pl.Series([10, 20, 30]), "b")})
    assert duck.collected(second).select("a", "b").rows() == [(30, 2), (20, 1), (10, 0)]
    assert duck.gathered(frame, {}) is frame


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.none() | WIDE, min_size=1, max_size=20))
@pytest.mark.parametrize("extreme", [2**127 - 1, -(2**127), 10**38, -(10**38), 0])
def test_whole_numbers_of_128_bits_go_in_and_out_unchanged(duck: Duck, extreme: int, numbers: list[int | None]) -> None:
    table = pl.DataFrame({"n": pl.Series([*numbers, extreme], dtype=pl.Int128)})
    frame = duck.held(table)
    assert frame.collect_schema()["n"] == duck.wide
    assert duck.collected(frame).equals(table)
    assert pl.concat(duck.batches(frame)).equals(table)


def test_a_sum_is_exact_or_a_fault(duck: Duck) -> None:
    frame = duck.held(pl.DataFrame({"n": [2**63 - 1] * 1000}))
    squares = frame.select((nw.col("n").cast(duck.wide) * nw.col("n")).alias("q"))
    assert duck.collected(squares.select(nw.col("q").max()))["q"].item() == (2**63 - 1) ** 2
    assert duck.collected(frame.select(nw.col("n").sum()))["n"].item() == 1000 * (2**63 - 1)
    with pytest.raises(ResponseError) as raised:
        duck.collected(squares.select(nw.col("q").sum()), ["survey.parquet"])
    told = "survey.parquet: a figure is too large to be added up exactly; check weights and numbers in it"
    assert str(raised.value) == told


def test_columns_are_worked_out_in_sql(duck: Duck) -> None:
    frame = duck.held(pl.DataFrame({"a": ["x", None], 'b "c"': [1, 2]}))
    worked = duck.worked(frame, {"d": "upper(a)", 'b "c"': '"b ""c""" + 1'})
    assert duck.collected(worked).to_dict(as_series=False) == {"a": ["x", None], "d": ["X", None], 'b "c"': [2, 3]}


def test_a_table_of_ours_arrives_as_it_is(duck: Duck) -> None:
    table = pl.DataFrame(
        {
            "text": ["é 'x'", None],
            "small": pl.Series([-1, None], dtype=pl.Int8),
            "key": pl.Series([1, None], dtype=pl.UInt32),
            "number": [math.nan, None],
            "truth": [True, None],
        }
    )
    assert duck.collected(duck.held(table)).equals(table)
    assert duck.collected(duck.held(table.clear())).equals(table.clear())


def test_what_is_kept_is_read_once_and_let_go(duck: Duck, tmp_path: Path) -> None:
    path = tmp_path / "survey.parquet"
    pl.DataFrame({"a": [1, 2, 3]}).write_parquet(path)
    located = duck.located(str(path))
    with duck.kept(located.frame) as kept:
        path.unlink()
        assert duck.collected(kept.select(nw.col("0").sum())).item() == 6
        assert _kept(duck)
    assert not _kept(duck)


def test_what_is_kept_is_let_go_when_something_fails(duck: Duck) -> None:
    with pytest.raises(ZeroDivisionError), duck.kept(duck.held(pl.DataFrame({"a": [1]}))):
        raise ZeroDivisionError
    assert not _kept(duck)


def _kept(duck: Duck) -> list[tuple[object, ...]]:
    return duck._session.rows("SELECT table_name FROM duckdb_tables() WHERE table_name LIKE 'kept%'")


def test_a_file_that_vanishes_meanwhile_is_told(duck: Duck, tmp_path: Path) -> None:
    path = tmp_path / "survey.parquet"
    pl.DataFrame({"a": [1, 2, 3]}).write_parquet(path)
    located = duck.located(str(path))
    frame = located.frame.select(nw.col("0").sum())
    path.unlink()
    with pytest.raises(ResponseError) as raised:
        duck.collected(frame, [located.name])
    assert str(raised.value) == f"{path}: there is no such file; check the path"


def test_a_frame_comes_in_pieces(duck: Duck, tmp_path: Path) -> None:
    path = tmp_path / "survey.parquet"
    pl.DataFrame({"a": range(3 * BATCH)}).write_parquet(path)
    pieces = list(duck.batches(duck.located(str(path)).frame))
    assert max(piece.height for piece in pieces) <= BATCH
    assert sorted(row for piece in pieces for row in piece["0"]) == list(range(3 * BATCH))
    with duck.kept(duck.held(pl.DataFrame({"a": [1]}))) as kept:  # pieces that nobody takes stop nobody else
        next(duck.batches(duck.located(str(path)).frame))
        assert duck.collected(kept).item() == 1
