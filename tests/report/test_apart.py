"""Two scores that differ never look alike, and a target is printed where it is far enough."""

from __future__ import annotations

from decimal import Decimal

from hypothesis import assume, given
from hypothesis import strategies as st

from readiness.report.apart import digits_of_change, digits_of_step, reached

SCORES = st.floats(-100, 100).map(lambda score: round(score, 6)) | st.integers(0, 100).map(float)
BY = st.sampled_from([1e-5, 0.004, 0.05, 0.5, 3.0]).flatmap(lambda by: st.sampled_from([by, -by]))


def printed(score: float, digits: int) -> Decimal:
    return Decimal(format(score, f".{digits}f"))


def test_a_step_across_the_last_tenth_is_seen() -> None:
    assert digits_of_step(49.98, 50.0) == (2, 2)
    assert digits_of_step(49.6, 49.9) == (1, 1)
    assert digits_of_step(30.2, 42.14) == (0, 1)
    assert digits_of_step(50.4, 50.0) == (1, 1)


@given(SCORES, BY)
def test_a_target_is_printed_beyond_its_start_and_far_enough(start: float, by: float) -> None:
    target = start + by
    first, second = digits_of_step(start, target)
    before, after = printed(start, first), printed(reached(target, by > 0, second), second)
    assert (before < after) if by > 0 else (before > after)
    assert second >= 1
    beyond = float(after) - target if by > 0 else target - float(after)
    assert beyond >= -1e-6


@given(SCORES, SCORES)
def test_a_step_that_is_seen_takes_no_decimal_more(start: float, target: float) -> None:
    assume(abs(start - target) > 2)
    assert digits_of_step(start, target) == (0, 1)


@given(SCORES, BY)
def test_a_change_is_seen(before: float, by: float) -> None:
    digits = digits_of_change(before, before + by)
    assert printed(before, digits) != printed(before + by, digits)
    assert digits_of_change(before, before) == 0
