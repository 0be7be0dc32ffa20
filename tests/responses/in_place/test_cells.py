"""Cells become the codes that a file's cells become, whatever type a table gives them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import narwhals as nw
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from readiness.framework.models import Framework
from readiness.responses.coding import DURATION, RESPONDENT, WEIGHT
from readiness.responses.engines.engine import Engine
from readiness.responses.files import Reading, read_survey
from readiness.responses.in_place.cells import half_even
from readiness.responses.in_place.survey import InPlace, open_in_place
from tests.scoring.in_place.claims import shipped

BIGGEST = 2.0**51


@given(st.lists(st.one_of(st.floats(-BIGGEST, BIGGEST), st.integers(-(2**50), 2**50).map(lambda n: n / 2)), min_size=1))
def test_a_half_goes_to_the_even_number_as_polars_rounds(numbers: list[float]) -> None:
    frame = pl.DataFrame({"x": numbers}, schema={"x": pl.Float64})
    found = nw.from_native(frame).select(half_even(nw.col("x"))).to_native()["x"]
    assert found.to_list() == frame["x"].round().to_list()


def test_a_half_goes_to_the_even_number_on_an_engine_too(engine: Engine) -> None:
    numbers = [0.5, 1.5, 2.5, -0.5, -1.5, 0.49999999999999994, 1e11 + 0.5, 3.0000000001]
    held = engine.held(pl.DataFrame({"x": numbers}))
    found = engine.collected(held.select(nw.col("x"), half_even(nw.col("x")).alias("y"))).sort("x")
    assert found["y"].to_list() == found["x"].round().to_list()


@pytest.fixture(scope="module")
def framework() -> Framework:
    return shipped()


def coded(
    framework: Framework, engine: Engine, table: pl.DataFrame, folder: Path, weight: str | None = None
) -> InPlace:
    table.write_parquet(folder / "answers.parquet")
    return open_in_place(framework, engine, [str(folder / "answers.parquet")], Reading(weight=weight))


def rows(survey: InPlace, *names: str) -> list[tuple[Any, ...]]:
    return survey.engine.collected(survey.frame.select(RESPONDENT, *names)).sort(RESPONDENT).select(names).rows()


@pytest.mark.parametrize(
    "cells",
    [
        pl.Series([1, 5, None, 3], dtype=pl.Int8),
        pl.Series([1, 5, None, 3], dtype=pl.UInt64),
        pl.Series([1.0, 5.0, None, 3.0], dtype=pl.Float32),
        pl.Series(["1", "5", None, "3"], dtype=pl.String),
        pl.Series(["1", "5", None, "3"], dtype=pl.Decimal(4, 1), strict=False),
        pl.Series([" 1 ", "5.0", "NA", "3,0"], dtype=pl.String),
    ],
    ids=lambda cells: str(cells.dtype),
)
def test_an_answer_is_the_same_in_whatever_type_it_comes(
    cells: pl.Series, framework: Framework, engine: Engine, tmp_path: Path
) -> None:
    table = pl.DataFrame({"respondent": ["a", "b", "c", "d"], "CUL11": cells})
    survey = coded(framework, engine, table, tmp_path)
    assert rows(survey, "CUL11") == [(0,), (4,), (-2,), (2,)]
    assert survey.unread_count == 0


def test_numbers_that_are_no_option_are_counted_and_count_as_missing(
    framework: Framework, engine: Engine, tmp_path: Path
) -> None:
    table = pl.DataFrame({"respondent": [1, 2, 3, 4], "CUL11": [1, 9, 9, 0]})
    survey = coded(framework, engine, table, tmp_path)
    assert rows(survey, "CUL11") == [(0,), (-2,), (-2,), (-2,)]
    assert sorted((cell.found, cell.count) for cell in survey.unreadable) == [("0", 1), ("9", 2)]


@pytest.mark.parametrize("typed", [False, True])
def test_weights_are_those_of_a_file(typed: bool, framework: Framework, engine: Engine, tmp_path: Path) -> None:
    said = ["0.5", "1000", "1000.5", "-1", "0", "", "0.0000001", "0.0000005", "1.0000005", "2.5"]
    table = pl.DataFrame({"respondent": [f"p{n}" for n in range(len(said))], "w": said, "CUL11": ["1"] * len(said)})
    csv = tmp_path / "answers.csv"
    table.write_csv(csv)
    here = read_survey(framework, [csv], Reading(weight="w"))
    if typed:
        table = table.with_columns(pl.col("w").cast(pl.Float64, strict=False))
    survey = coded(framework, engine, table, tmp_path, "w")
    assert rows(survey, RESPONDENT, WEIGHT) == here.frame.sort(RESPONDENT).select(RESPONDENT, WEIGHT).collect().rows()
    assert survey.unread_count == here.unread_count


def test_times_are_those_of_a_file(framework: Framework, engine: Engine, tmp_path: Path) -> None:
    said = ["600", "12.5", "0,5", "1:20", "00:07:30", "90:00", "-1", "soon", "", "1e3", "3000000000"]
    table = pl.DataFrame(
        {"respondent": [f"p{n}" for n in range(len(said))], "duration": said, "CUL11": ["1"] * len(said)}
    )
    csv = tmp_path / "answers.csv"
    table.write_csv(csv)
    here = read_survey(framework, [csv], Reading()).frame.sort(RESPONDENT).select(DURATION).collect().rows()
    assert rows(coded(framework, engine, table, tmp_path), DURATION) == here
