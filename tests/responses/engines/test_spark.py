"""Spark as an engine: what it works out is exact, and what is written is whole."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from pathlib import Path

import narwhals as nw
import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from readiness.faults import ResponseError
from readiness.responses.engines.engine import Gathered
from readiness.responses.engines.spark import Spark

WHOLE = st.integers(-(2**63), 2**63 - 1)
WIDE = st.integers(-(10**38) + 1, 10**38 - 1)
SLOW = [HealthCheck.function_scoped_fixture, HealthCheck.too_slow]


@pytest.fixture(scope="module")
def spark() -> Iterator[Spark]:
    engine = Spark()
    yield engine
    engine.close()


def _bits(numbers: list[float | None]) -> list[bytes | None]:
    return [None if number is None else struct.pack("<d", number) for number in numbers]


@settings(max_examples=15, suppress_health_check=SLOW)
@given(
    st.lists(st.floats(allow_nan=False), min_size=1, max_size=30),
    st.lists(WHOLE, min_size=1, max_size=30),
    st.data(),
)
def test_every_bit_of_a_figure_that_is_looked_up_arrives(
    spark: Spark, floats: list[float], whole: list[int], data: st.DataObject
) -> None:
    most = min(len(floats), len(whole)) - 1
    places = data.draw(st.lists(st.none() | st.integers(0, most), min_size=1, max_size=40))
    index = pl.Series("place", places, dtype=pl.Int32)
    tables = {"f": pl.Series(floats, dtype=pl.Float64), "w": pl.Series(whole, dtype=pl.Int64)}
    frame = spark.held(pl.DataFrame({"row": range(len(places)), "place": index}))
    looked = spark.gathered(frame, {name: Gathered(table, "place") for name, table in tables.items()})
    found = spark.collected(looked.sort("row"))
    assert found.columns == ["row", "place", "f", "w"]
    assert _bits(found["f"].to_list()) == _bits([None if place is None else floats[place] for place in places])
    assert found["w"].to_list() == [None if place is None else whole[place] for place in places]


def test_a_figure_beyond_its_table_is_a_fault_and_no_blank(spark: Spark) -> None:
    looked = spark.gathered(spark.held(pl.DataFrame({"a": [3]})), {"b": Gathered(pl.Series([1, 2]), "a")})
    with pytest.raises(ResponseError):
        spark.collected(looked)


def test_a_figure_may_be_looked_up_by_one_that_was(spark: Spark) -> None:
    frame = spark.held(pl.DataFrame({"a": [0, 1, 2]}))
    first = spark.gathered(frame, {"b": Gathered(pl.Series([2, 1, 0]), "a")})
    second = spark.gathered(first, {"a": Gathered(pl.Series([10, 20, 30]), "b")})
    assert spark.collected(second).select("a", "b").sort("a").rows() == [(10, 0), (20, 1), (30, 2)]


@settings(max_examples=10, suppress_health_check=SLOW)
@given(st.lists(WIDE, min_size=1, max_size=20))
def test_wide_numbers_come_and_go_digit_by_digit(spark: Spark, numbers: list[int]) -> None:
    frame = spark.held(pl.DataFrame({"row": range(len(numbers)), "n": pl.Series(numbers, dtype=pl.Int128)}))
    found = spark.collected(frame.sort("row"))
    assert found.schema["n"] == pl.Int128
    assert found["n"].to_list() == numbers


def test_sums_of_wide_numbers_are_exact_or_a_fault(spark: Spark) -> None:
    frame = spark.held(pl.DataFrame({"n": [2**62] * 8})).with_columns(nw.col("n").cast(spark.wide))
    assert spark.collected(frame.select(nw.col("n").sum())).item() == 2**65
    most = spark.held(pl.DataFrame({"n": pl.Series([10**38 - 1] * 2, dtype=pl.Int128)}))
    with pytest.raises(ResponseError, match="a number is too large to be worked with exactly"):
        spark.collected(most.select(nw.col("n").sum()))


def test_an_overflow_of_plain_numbers_is_a_fault_too(spark: Spark) -> None:
    frame = spark.held(pl.DataFrame({"n": [2**62, 2**62]}))
    with pytest.raises(ResponseError, match="a number is too large to be worked with exactly"):
        spark.collected(frame.select(nw.col("n").sum()))


def test_columns_are_worked_out_by_sparks_own_sql(spark: Spark) -> None:
    frame = spark.worked(spark.held(pl.DataFrame({"a": [1], "A": [2]})), {"b": "`a` + 10 * `A`", "c": "length('é')"})
    assert spark.collected(frame).rows() == [(1, 2, 21, 1)]


def test_held_tables_join_without_a_shuffle(spark: Spark) -> None:
    left = spark.held(pl.DataFrame({"k": [1, 2, 2, None]}))
    right = spark.held(pl.DataFrame({"k": [1, 2], "t": ["x", None]}))
    joined = left.join(right, on="k", how="left")
    assert sorted(spark.collected(joined).rows(), key=repr) == [(1, "x"), (2, None), (2, None), (None, None)]


def test_a_table_of_nothing_can_be_held_and_collected(spark: Spark) -> None:
    empty = pl.DataFrame(schema={"a": pl.Int64, "w": pl.Int128, "t": pl.String})
    assert spark.collected(spark.held(empty)).equals(empty)


def test_a_kept_frame_is_the_same_frame(spark: Spark) -> None:
    frame = spark.held(pl.DataFrame({"a": [1, 2]}))
    with spark.kept(frame) as kept:
        assert spark.collected(kept.sort("a"))["a"].to_list() == [1, 2]
    assert spark.collected(frame.sort("a"))["a"].to_list() == [1, 2]


@pytest.mark.parametrize("name", ["scores", "scores.parquet", "a [folder]/scores.csv", "deep/er/csv/"])
def test_what_is_written_is_read_back(spark: Spark, tmp_path: Path, name: str) -> None:
    told = pl.DataFrame({"respondent (confidential)": ['a,"b"', "é\nf", None], "x.y": ["1", None, "3"]})
    place = f"{tmp_path}/{name}"
    Path(place).parent.mkdir(parents=True, exist_ok=True)
    for _ in ("new", "in the place of what is there"):
        spark.write(spark.held(told), place)
    found = spark.located(place)
    assert found.headers == tuple(told.columns)
    assert sorted(spark.collected(found.frame).rows(), key=repr) == sorted(told.rows(), key=repr)
    assert not [path for path in tmp_path.rglob("*") if path.suffix in (".part", ".old")]


def test_what_was_there_stays_when_writing_fails(spark: Spark, tmp_path: Path) -> None:
    place = str(tmp_path / "scores")
    spark.write(spark.held(pl.DataFrame({"a": [1]})), place)
    broken = spark.held(pl.DataFrame({"a": [2**62]})).with_columns(nw.col("a") * 4)
    with pytest.raises(ResponseError, match="a number is too large"):
        spark.write(broken, place)
    assert spark.collected(spark.located(place).frame).item() == 1
    assert [path.name for path in tmp_path.iterdir()] == ["scores"]


def test_where_no_folder_can_be_made_is_told(spark: Spark) -> None:
    with pytest.raises(ResponseError) as error:
        spark.write(spark.held(pl.DataFrame({"a": [1]})), "/proc/scores")
    assert str(error.value) == "/proc/scores: no folder can be made there; name another folder"
