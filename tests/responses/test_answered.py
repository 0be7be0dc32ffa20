"""What an interview holds is coded as the table of its journal would be."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import polars as pl
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from readiness.framework.models import Framework
from readiness.responses.answered import RowCoder
from readiness.responses.coding import DK, MISSING, NA
from readiness.responses.interviews import read_interviews
from readiness.responses.journal import Value
from tests.responses.journals import said, written

# Whatever a journal can hold of an answer: what the interview writes, what others may have written, and nonsense.
VALUES = st.one_of(
    st.sampled_from([1, 2, 2.0, 3.5, 3, -10, 5000, 5001, 12.5, 1e300, -0.0, "dk", "na", "NA", "DK", "", "  2 "]),
    st.sampled_from(
        ["Always, or nearly so", "D’habitude", "d'habitude", "2 - Half", "Don't know", "Sans objet", "1,250"]
    ),
    st.integers(),
    st.floats(allow_nan=False, allow_infinity=False),
    st.text(max_size=6),
)
CONTEXT = st.one_of(
    st.sampled_from(["manager", "Encadrement", " PERSONNEL ", "boss", "dk", "na", "NA", "", "12", "1,250", "3,5"]),
    st.integers(-5, 2000),
    st.floats(allow_nan=False, allow_infinity=False),
    st.text(max_size=6),
)
SAID = st.fixed_dictionaries(
    {}, optional={"A1": VALUES, "A2": VALUES, "N1": VALUES, "role": CONTEXT, "unit": CONTEXT, "WHY": VALUES}
)


def row_of_the_journal(framework: Framework, answers: dict[str, Value], known: dict[str, Value]) -> dict[str, Any]:
    with TemporaryDirectory() as folder:
        events = [said(item, value) for item, value in answers.items()]
        journal = written(Path(folder) / "j.jsonl", *events, respondent="r", framework="small", **known)
        frame = read_interviews(framework, [journal]).said.frame.collect()
    assert isinstance(frame, pl.DataFrame)
    return frame.row(0, named=True)


@given(SAID, st.fixed_dictionaries({}, optional={"role": CONTEXT, "unit": CONTEXT}))
@example({"N1": 0.1 + 0.2}, {"unit": "  "})
def test_a_row_is_the_one_that_the_journal_gives(
    framework: Framework, answers: dict[str, Value], known: dict[str, Value]
) -> None:
    row = RowCoder(framework).row({**known, **answers})
    journal = row_of_the_journal(framework, answers, known)
    assert row == {name: journal[name] for name in row}
    assert set(journal) - set(row) == {"respondent"}  # every column that is scored is there


@given(SAID, st.sampled_from(["A1", "A2", "N1"]), VALUES)
def test_the_cells_of_one_answer_are_those_of_the_row_with_it(
    framework: Framework, answers: dict[str, Value], item: str, value: Value
) -> None:
    coder = RowCoder(framework)
    assert {**coder.row(answers), **coder.cells(item, value)} == coder.row({**answers, item: value})


@pytest.mark.parametrize(
    ("item", "value", "cells"),
    [
        ("A1", 3.5, {"A1": 2}),
        ("A1", "dk", {"A1": DK}),
        ("A1", 3, {"A1": MISSING}),
        ("A1", None, {"A1": MISSING}),
        ("N1", 12.5, {"N1": 0, "N1#": 12.5}),
        ("N1", 5001, {"N1": MISSING, "N1#": None}),
        ("N1", "na", {"N1": NA, "N1#": None}),
    ],
)
def test_a_cell_holds_the_place_of_an_option_or_why_there_is_none(
    framework: Framework, item: str, value: Value | None, cells: dict[str, Any]
) -> None:
    assert RowCoder(framework).cells(item, value) == cells


def test_a_context_that_is_none_of_the_options_was_not_recorded(framework: Framework) -> None:
    row = RowCoder(framework).row({"role": "boss", "unit": "7"})
    assert (row["role"], row["unit"], row["unit#"]) == (None, "7", 7.0)
