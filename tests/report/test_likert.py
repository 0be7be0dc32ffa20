"""A bar holds every answer once, lies across the line by its middle, and has good on the right."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from readiness.report.likert import AXIS, TONES, bar_of

COUNTS = st.lists(st.integers(0, 10**6), min_size=1, max_size=11)


@given(COUNTS, st.booleans())
def test_a_bar_holds_every_answer_once(counts: list[int], good_high: bool) -> None:
    bar = bar_of(counts, list(range(len(counts))), good_high)
    if not sum(counts):
        assert bar is None
        return
    assert bar is not None
    assert [piece.place for piece in bar.pieces] == sorted(
        (place for place, n in enumerate(counts) if n), reverse=not good_high
    )
    for piece in bar.pieces:
        assert piece.width == pytest.approx(AXIS * counts[piece.place] / sum(counts))
    ends = [piece.left + piece.width for piece in bar.pieces]
    assert all(end == pytest.approx(piece.left) for end, piece in zip(ends, bar.pieces[1:], strict=False))
    assert bar.pieces[0].left >= -1e-9
    assert ends[-1] <= 1 + 1e-9


@given(COUNTS, st.booleans())
def test_half_of_the_middle_lies_on_either_side_of_the_line(counts: list[int], good_high: bool) -> None:
    bar = bar_of(counts, list(range(len(counts))), good_high)
    if bar is None:
        return
    middle = (len(counts) - 1) / 2
    low = sum(n for place, n in enumerate(counts) if place < middle)
    high = sum(n for place, n in enumerate(counts) if place > middle)
    halves = sum(counts) - low - high
    bad = low if good_high else high
    assert AXIS - bar.pieces[0].left == pytest.approx(AXIS * (bad + halves / 2) / sum(counts))
    assert bar.good == (high if good_high else low) / sum(counts)


@given(COUNTS, st.randoms())
def test_options_in_any_order_make_the_same_bar(counts: list[int], chance: object) -> None:
    order = list(range(len(counts)))
    chance.shuffle(order)  # type: ignore[attr-defined]
    bar, mixed = (
        bar_of(counts, order, True),
        bar_of([counts[order.index(i)] for i in range(len(order))], range(len(order)), True),
    )
    assert (bar is None) == (mixed is None)
    if bar and mixed:
        assert [(piece.left, piece.width, piece.tone) for piece in bar.pieces] == [
            (piece.left, piece.width, piece.tone) for piece in mixed.pieces
        ]


@pytest.mark.parametrize(
    ("options", "tones"),
    [(2, [1, 5]), (3, [1, 3, 5]), (4, [1, 2, 4, 5]), (5, [1, 2, 3, 4, 5]), (7, [1, 2, 2, 3, 4, 4, 5])],
)
def test_tones_go_from_the_worst_to_the_best_and_only_the_middle_has_none(options: int, tones: list[int]) -> None:
    bar = bar_of([1] * options, range(options), True)
    assert bar is not None
    assert [piece.tone for piece in bar.pieces] == tones
    assert max(tones) <= TONES


def test_a_question_whose_high_answers_are_no_good_news_is_turned() -> None:
    bar = bar_of([1, 2, 3], [1, 2, 3], good_high=False)
    assert bar is not None
    assert bar.turned
    assert [piece.place for piece in bar.pieces] == [2, 1, 0]
    assert bar.good == pytest.approx(1 / 6)
