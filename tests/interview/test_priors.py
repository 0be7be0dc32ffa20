"""How often an option was chosen before is what it is expected to be chosen now, and nothing is held impossible."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from readiness.faults import ResponseError
from readiness.interview.priors import UNIFORM, Prior, read_prior
from tests.interview.small import build

FRAMEWORK = build()
Write = Callable[[str], Path]
VALUES = st.lists(st.integers(0, 9), min_size=1, max_size=6, unique=True)


@pytest.fixture
def write(tmp_path: Path) -> Write:
    def written(text: str) -> Path:
        path = tmp_path / "earlier.csv"
        path.write_text(text, encoding="utf-8")
        return path

    return written


@given(VALUES, st.dictionaries(st.floats(-5, 15), st.integers(0, 1000), max_size=6))
def test_shares_add_up_to_one_and_none_is_nothing(answers: list[int], counts: dict[float, int]) -> None:
    shares = Prior({"W1": counts}).shares("W1", answers)
    assert sum(shares) == pytest.approx(1)
    assert len(shares) == len(answers)
    assert all(share > 0 for share in shares)


@given(VALUES)
def test_where_nothing_is_known_every_answer_is_as_likely(answers: list[int]) -> None:
    even = [1 / len(answers)] * len(answers)
    assert UNIFORM.shares("W1", answers) == pytest.approx(even)
    assert Prior({"W2": {3.0: 7}}).shares("W1", answers) == pytest.approx(even)


def test_every_answer_counts_once_beforehand() -> None:
    assert Prior({"W1": {1.0: 2, 3.0: 1}}).shares("W1", [1, 2, 3]) == [3 / 6, 1 / 6, 2 / 6]


def test_a_number_counts_for_the_nearest_of_those_that_are_tried() -> None:
    assert Prior({"M1": {60.0: 1, 120.0: 2, 500.0: 1}}).shares("M1", [0, 125, 250, 375, 500]) == [
        pytest.approx(share) for share in (2 / 9, 3 / 9, 1 / 9, 1 / 9, 2 / 9)
    ]


def test_answers_of_earlier_responses_are_counted_by_item_and_value(write: Write) -> None:
    path = write("respondent,role,W1,W2,M1\na,manager,4,dk,12.5\nb,employee,4,2,\nc,employee,Rarement,na,12.5\n")
    prior = read_prior(FRAMEWORK, path)
    assert prior.counts == {"W1": {4.0: 2, 2.0: 1}, "W2": {2.0: 1}, "M1": {12.5: 2}}


def test_what_is_no_answer_counts_nothing(write: Write) -> None:
    prior = read_prior(FRAMEWORK, write("respondent,W1,W3\na,dk,5\nb,na,\nc,9,\n"))
    assert prior.counts == {"W1": {}, "W3": {5.0: 1}}
    assert prior.shares("W1", [1, 2]) == [0.5, 0.5]


@pytest.mark.parametrize("text", ["respondent,W1\na,dk\nb,\n", "respondent,W1\n"])
def test_responses_in_which_nobody_has_answered_are_refused(write: Write, text: str) -> None:
    with pytest.raises(ResponseError) as refused:
        read_prior(FRAMEWORK, write(text))
    assert all(fault.mend for fault in refused.value.faults)


def test_responses_that_cannot_be_read_are_refused(tmp_path: Path) -> None:
    with pytest.raises(ResponseError):
        read_prior(FRAMEWORK, tmp_path / "absent.csv")
