"""Rows become coded responses, each respondent once, whatever the order."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from readiness.framework.models import Framework
from readiness.responses.coding import ABSENT, DK, MISSING, MODE, NA
from readiness.responses.joining import beside, with_context
from readiness.responses.table import Responses, assemble, from_rows, sheet_of


def coded(responses: Responses, *columns: str) -> list[tuple[Any, ...]]:
    return sorted(responses.frame.select(*columns).collect().rows(), key=repr)


def test_answers_are_positions_and_what_is_none_has_codes_of_its_own(framework: Framework) -> None:
    cells = ["1", "half the time", "3.5", "dk", "na", "", None]
    rows = [{"respondent": str(n), "A1": cell, "A2": "1"} for n, cell in enumerate(cells)]
    assert [code for _, code in coded(from_rows(framework, rows), "respondent", "A1")] == [
        0,
        1,
        2,
        DK,
        NA,
        MISSING,
        MISSING,
    ]


def test_a_number_stands_beside_its_code(framework: Framework) -> None:
    rows = [{"respondent": str(n), "N1": cell} for n, cell in enumerate([12.5, "-3", "dk", None, 9000])]
    responses = from_rows(framework, rows)
    assert coded(responses, "respondent", "N1", "N1#") == [
        ("0", 0, 12.5),
        ("1", 0, -3.0),
        ("2", DK, None),
        ("3", MISSING, None),
        ("4", MISSING, None),
    ]
    assert [str(unread) for unread in responses.unread] == [
        "rows, row 5, column N1: '9000' is not a number from -10 to 5000, dk or na"
    ]


@pytest.mark.parametrize("value", [True, False, 4, "x"])
def test_values_that_are_no_answer_are_listed(value: object, framework: Framework) -> None:
    assert len(from_rows(framework, [{"A1": value}]).unread) == 1


def test_an_item_that_a_sheet_has_no_column_for_was_put_to_nobody_in_it(framework: Framework) -> None:
    first = sheet_of([{"respondent": "a", "A1": "1"}])
    second = sheet_of([{"respondent": "b", "A2": "2", "unit": "U"}])
    responses = assemble(framework, [first, second])
    assert coded(responses, "respondent", "A1", "A2", "unit") == [("a", 0, ABSENT, None), ("b", ABSENT, 1, "U")]
    assert responses.items == {"A1", "A2"}


def test_an_unread_cell_is_found_in_its_own_file_and_row(framework: Framework) -> None:
    sheets = [sheet_of([{"A1": "1"}, {"A1": "1"}], file="one"), sheet_of([{"A1": "2"}, {"A1": "nine"}], file="two")]
    (unread,) = assemble(framework, sheets).unread
    assert (unread.file, unread.row, unread.column, unread.found) == ("two", 2, "A1", "nine")


def test_rows_that_agree_count_once_and_rows_that_differ_not_at_all(framework: Framework) -> None:
    rows = [
        {"respondent": "same", "A1": "Never"},
        {"respondent": " same ", "A1": "1"},
        {"respondent": "differs", "A1": "1"},
        {"respondent": "differs", "A1": "2"},
        {"respondent": "differs", "A1": "2"},
        {"respondent": "once", "A1": "2"},
    ]
    responses = from_rows(framework, rows)
    assert coded(responses, "respondent") == [("once",), ("same",)]
    assert (responses.read, responses.rejected, responses.set_aside) == (3, 1, ("differs",))


@pytest.mark.parametrize("id_", ["", "  ", "NA", None])
def test_rows_without_an_id_are_each_somebody(id_: str | None, framework: Framework) -> None:
    responses = from_rows(framework, [{"respondent": id_, "A1": "1"}, {"respondent": id_, "A1": "1"}])
    assert (responses.read, responses.rejected) == (2, 0)


def test_rows_in_which_nothing_stands_are_nobody(framework: Framework) -> None:
    rows = [{"unit": "", "A1": None}, {"unit": "U", "A1": None}, {"unit": " ", "A1": ""}, {"unit": None, "A1": "2"}]
    assert from_rows(framework, rows).read == 2


IDS = st.sampled_from(["a", "b", "c", "", "NA"])
CELLS = st.sampled_from(["1", "Never", "2", "dk", "", "oops"])
ROWS = st.lists(
    st.fixed_dictionaries({"respondent": IDS, "unit": st.sampled_from(["U", ""]), "A1": CELLS, "A2": CELLS}), min_size=1
)


@given(rows=ROWS, rng=st.randoms(use_true_random=False))
def test_the_order_of_rows_never_matters(rows: list[dict[str, str]], rng: random.Random, framework: Framework) -> None:
    mixed = rng.sample(rows, len(rows))
    one, other = from_rows(framework, rows), from_rows(framework, mixed)
    columns = ("respondent", "unit", "A1", "A2")
    assert coded(one, *columns) == coded(other, *columns)
    assert (one.read, one.rejected, one.set_aside) == (other.read, other.rejected, other.set_aside)


@given(rows=ROWS)
def test_everybody_is_read_set_aside_or_counted_once(rows: list[dict[str, str]], framework: Framework) -> None:
    responses = from_rows(framework, rows)
    named = {row["respondent"] for row in rows} - {"", "NA"}
    anonymous = sum(row["respondent"] in ("", "NA") and is_somebody(row) for row in rows)
    assert responses.read == len(named) + anonymous
    assert set(responses.set_aside) <= named
    assert responses.frame.collect().height == responses.read - responses.rejected


def is_somebody(row: Mapping[str, str]) -> bool:
    return any(cell for name, cell in row.items() if name != "respondent")


def test_context_for_all_gives_way_to_what_a_row_says(framework: Framework) -> None:
    responses = from_rows(
        framework, [{"respondent": "a", "role": "employee", "A1": "1"}, {"respondent": "b", "A1": "1"}]
    )
    filled = with_context(framework, responses, {"role": "Encadrement", "unit": "U"})
    assert coded(filled, "respondent", "role", "unit") == [("a", "employee", "U"), ("b", "manager", "U")]
    assert filled.context == {"role", "unit"}


def test_two_modes_stand_in_one_frame_and_are_told_apart(framework: Framework) -> None:
    survey = from_rows(framework, [{"respondent": "a", "A1": "1"}])
    interviews = from_rows(framework, [{"respondent": "a", "N1": "3", "unit": "U"}])
    both = beside(framework, survey, interviews)
    assert coded(both, MODE, "respondent", "A1", "N1", "unit") == [
        ("interview", "a", ABSENT, 0, "U"),
        ("survey", "a", 0, ABSENT, None),
    ]


def rows_with(framework: Framework, rows: Sequence[Mapping[str, Any]], columns: Sequence[str]) -> Responses:
    return from_rows(framework, rows, columns)


def test_columns_may_be_named_beforehand(framework: Framework) -> None:
    responses = rows_with(framework, [{"A1": "1"}], ["A1", "A2"])
    assert coded(responses, "A1", "A2") == [(0, MISSING)]


def test_counters_of_different_files_are_different_people(framework: Framework) -> None:
    """The number that a form gives begins anew in every form."""
    rows = [{"respondent": "1", "A1": "1"}, {"respondent": "2", "A1": "2"}]
    other = [{"respondent": "1", "A1": "2"}, {"respondent": "2", "A1": "2"}, {"respondent": "3", "A1": "1"}]
    sheets = [replace(sheet_of(some, file=name), counter=True) for name, some in (("a", rows), ("b", other))]
    for order in (sheets, sheets[::-1]):
        read = assemble(framework, order)
        assert (read.read, read.rejected, read.frame.collect().height) == (4, 0, 4)


def test_a_counter_that_differs_within_its_file_is_set_aside(framework: Framework) -> None:
    rows = [{"respondent": "1", "A1": "1"}, {"respondent": "1", "A1": "2"}, {"respondent": "2", "A1": "2"}]
    read = assemble(framework, [replace(sheet_of(rows, file="a"), counter=True)])
    assert (read.set_aside, read.frame.collect().height) == (("1",), 1)
