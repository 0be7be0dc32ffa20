"""Parquet: every type of column as the text that a survey file would hold."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from readiness.faults import ResponseError
from readiness.responses.formats.parquet import read
from readiness.responses.formats.typed import text_of

MOMENT = datetime(2024, 1, 2, 3, 4, 5)


@pytest.mark.parametrize(
    ("values", "dtype", "expected"),
    [
        ([4, None], pl.Int8, ["4", None]),
        ([4.0, 2.5, None], pl.Float64, ["4", "2.5", None]),
        ([4.0, None], pl.Float64, ["4", None]),
        ([0.1], pl.Float32, ["0.1"]),
        ([float("nan"), float("inf"), 1e20], pl.Float64, ["NaN", "inf", "1e+20"]),
        ([True, False, None], pl.Boolean, ["true", "false", None]),
        (["", " a ", None], pl.String, [None, " a ", None]),
        (["Often", None], pl.Categorical, ["Often", None]),
        (["Often"], pl.Enum(["Never", "Often"]), ["Often"]),
        ([date(2024, 1, 2)], pl.Date, ["2024-01-02"]),
        ([MOMENT, None], pl.Datetime("us"), ["2024-01-02 03:04:05", None]),
        ([MOMENT.replace(microsecond=120_000)], pl.Datetime("us"), ["2024-01-02 03:04:05.12"]),
        ([MOMENT.replace(tzinfo=UTC)], pl.Datetime("us", "UTC"), ["2024-01-02 03:04:05+00:00"]),
        ([time(7, 5)], pl.Time, ["07:05:00"]),
        ([timedelta(minutes=5)], pl.Duration, ["PT5M"]),
        ([Decimal("1.50")], pl.Decimal(5, 2), ["1.50"]),
        ([["a", "b"], [], None, [None], ["c"]], pl.List(pl.String), ["a;b", None, None, None, "c"]),
        ([[1.0, 2.5]], pl.List(pl.Float64), ["1;2.5"]),
        ([[1, 2]], pl.Array(pl.Int64, 2), ["1;2"]),
        ([None], pl.Null, [None]),
        ([b"abc"], pl.Binary, ["abc"]),
        ([b"\xff"], pl.Binary, None),
        ([[["a"]]], pl.List(pl.List(pl.String)), None),
    ],
)
def test_a_column_is_text(values: list[Any], dtype: Any, expected: list[str | None] | None) -> None:
    text = text_of(pl.Series("a", values, dtype=dtype))
    assert (None if text is None else text.to_list()) == expected
    assert text is None or text.dtype == pl.String


@given(st.lists(st.none() | st.floats(allow_nan=False)))
def test_a_number_is_the_same_number_as_text(values: list[float | None]) -> None:
    text = text_of(pl.Series(values, dtype=pl.Float64))
    assert text is not None
    assert [None if cell is None else float(cell) for cell in text] == values


def test_names_stand_in_a_row_above_and_structs_are_flattened(tmp_path: Path) -> None:
    path = tmp_path / "s.parquet"
    pl.DataFrame({"r": ["a", "b"], "q": [{"x": 4, "y": {"z": "Often"}}, {"x": 5, "y": None}]}).write_parquet(path)
    grid = read(path)
    assert [grid.row(place) for place in range(3)] == [["r", "q.x", "q.y.z"], ["a", "4", "Often"], ["b", "5", ""]]
    assert (grid.header_rows, list(grid.rows)) == (1, [0, 1, 2])


def test_a_column_that_no_cell_can_hold_is_a_fault(tmp_path: Path) -> None:
    path = tmp_path / "s.parquet"
    pl.DataFrame({"a": [1], "b": [[{"x": 1}]]}).write_parquet(path)
    with pytest.raises(ResponseError, match=r"column 'b' holds List.*which is no cell"):
        read(path)


@pytest.mark.parametrize("content", [b"", b"PAR1", b"PAR1" + bytes(100) + b"PAR1"])
def test_a_damaged_file_is_told(content: bytes, tmp_path: Path) -> None:
    path = tmp_path / "s.parquet"
    path.write_bytes(content)
    with pytest.raises(ResponseError, match="cannot be read as Parquet"):
        read(path)


def test_a_file_without_rows_is_told(tmp_path: Path) -> None:
    path = tmp_path / "s.parquet"
    pl.DataFrame({"a": []}, schema={"a": pl.String}).write_parquet(path)
    with pytest.raises(ResponseError, match="holds no responses"):
        read(path)


def test_a_small_file_of_cells_without_end_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "s.parquet"
    pl.DataFrame({"A1": pl.repeat(4, 12_000_000, dtype=pl.Int8, eager=True)}).write_parquet(path)
    with pytest.raises(ResponseError, match="packed so tightly, 12,000,000 cells, that it is not opened"):
        read(path)
    pl.DataFrame({"A1": pl.repeat("x" * 1000, 12_000, eager=True)}).write_parquet(path)
    with pytest.raises(ResponseError, match="packed so tightly, 12,000,000 bytes of text, that it is not opened"):
        read(path)


def test_empty_columns_are_no_reason_to_refuse_a_file(tmp_path: Path) -> None:
    path = tmp_path / "s.parquet"
    ids = pl.Series("r", [f"r{number * 7919}" for number in range(50_000)])
    empty = [pl.Series(f"q{place}", [None] * len(ids), dtype=pl.String) for place in range(300)]
    pl.DataFrame([ids, *empty]).write_parquet(path)
    assert read(path).cells.height == 50_001
