"""Careless answers: every planted one is found, hardly anybody else is, and counting has no order."""

from __future__ import annotations

import random
from collections.abc import Sequence
from functools import cache
from typing import Any

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from readiness.analysis.careless import Carelessness, flags
from readiness.framework.catalogue import find
from readiness.framework.loading import load
from readiness.framework.models import Framework
from readiness.responses.coding import ABSENT, DK, DURATION, MISSING, NA
from tests.analysis.answering import asked
from tests.scoring.building import framework, items

UNANSWERED = (DK, MISSING, NA, ABSENT)
Answers = dict[str, int]


@cache
def shipped() -> Framework:
    return load(find("enterprise-2.0"))


def frame_of(rows: Sequence[Sequence[int]], fw: Framework, seconds: Sequence[int | None] | None = None) -> pl.DataFrame:
    columns = {id_: [row[n] for row in rows] for n, id_ in enumerate(fw.items)}
    frame = pl.DataFrame(columns, schema=dict.fromkeys(fw.items, pl.Int8))
    return frame if seconds is None else frame.with_columns(pl.Series(DURATION, seconds, dtype=pl.Int32))


def core(fw: Framework) -> list[Any]:
    return [(part, item) for part in fw.indicators.values() for item in part.items.values() if item.core]


def honest(fw: Framework, rng: random.Random, view: float, noise: float) -> Answers:
    """Somebody who reads every item: a view of each indicator around the middle, and some noise to each item."""
    views: dict[str, float] = {}
    answers = {}
    for part, item in core(fw):
        seen = views.setdefault(part.id, rng.gauss(0.5, view)) + rng.gauss(0, noise)
        steps = len(fw.scales[item.scale].options) - 1
        code = min(steps, max(0, round(seen * steps)))
        answers[item.id] = steps - code if item.reversed else code
        if rng.random() < 0.05:
            answers[item.id] = rng.choice(UNANSWERED)
    return answers


def flagged(fw: Framework, people: Sequence[Answers]) -> list[bool]:
    schema = {item.id: pl.Int8 for _, item in core(fw)}
    return [bool(flag) for flag in flags(pl.DataFrame(people, schema=schema), fw).straight_lining]


def with_line(answers: Answers, option: int, start: int, end: int) -> Answers:
    """The same answers with one option at these places, wherever something was answered."""
    places = list(answers)[start:end]
    return {item: option if item in places and code >= 0 else code for item, code in answers.items()}


@pytest.mark.parametrize("option", range(5))
def test_every_planted_straight_line_is_found(option: int) -> None:
    fw, rng = shipped(), random.Random(option)
    people = [honest(fw, rng, 0.15, 0.15) for _ in range(200)]
    planted = [with_line(answers, option, 0, 200) if n % 10 == 0 else answers for n, answers in enumerate(people)]
    found = flagged(fw, planted)
    assert all(found[::10])
    assert sum(found) == 20


@pytest.mark.parametrize("option", range(5))
def test_who_begins_well_and_ends_in_a_straight_line_is_found(option: int) -> None:
    fw, rng = shipped(), random.Random(option)
    assert all(flagged(fw, [with_line(honest(fw, rng, 0.15, 0.15), option, 20, 200) for _ in range(50)]))


@pytest.mark.parametrize(("view", "noise"), [(0.05, 0.12), (0.15, 0.15), (0.3, 0.05), (0.0, 0.15)])
def test_who_reads_and_answers_around_the_middle_is_hardly_ever_taken_for_careless(view: float, noise: float) -> None:
    fw, rng = shipped(), random.Random(7)
    found = flagged(fw, [honest(fw, rng, view, noise) for _ in range(2000)])
    assert sum(found) <= 0.005 * len(found)


def test_an_extreme_view_is_not_carelessness() -> None:
    fw = shipped()
    for best in (True, False):
        answers = {item.id: 4 if item.reversed is not best else 0 for _, item in core(fw)}
        assert flagged(fw, [answers]) == [False]


def naive_straight(codes: Sequence[int], turned: Sequence[bool], options: int) -> bool:
    """By the rule as it is written, for one scale."""
    answers = [(code, key) for code, key in zip(codes, turned, strict=True) if code >= 0]

    def both_keys(part: Sequence[tuple[int, bool]]) -> bool:
        return sum(key for _, key in part) >= 2 and sum(not key for _, key in part) >= 2

    if options < 3 or min(sum(turned), len(turned) - sum(turned)) < 2:
        return False
    if answers and len({code for code, _ in answers}) == 1:
        middle = 2 * answers[0][0] == options - 1
        if len(answers) >= (12 if middle else 8) and both_keys(answers):
            return True
    for start in range(len(answers)):
        for end in range(start + 15, len(answers) + 1):
            part = answers[start:end]
            if len({code for code, _ in part}) == 1 and 2 * len(part) >= len(answers) and both_keys(part):
                return True
    return False


@st.composite
def lines(draw: st.DrawFn, length: int) -> list[int]:
    """Answers in which one option comes often, and long."""
    often = draw(st.integers(0, 4))
    rarely = st.one_of(st.integers(0, 4), st.sampled_from(UNANSWERED))
    codes = draw(st.lists(st.one_of(st.just(often), st.just(often), st.just(often), rarely), min_size=length))
    start = draw(st.integers(0, length - 1))
    stop = draw(st.integers(start, length))
    return [often if start <= n < stop else code for n, code in enumerate(codes[:length])]


@given(st.data(), st.integers(4, 40))
def test_the_flag_is_the_rule_as_it_is_written(data: st.DataObject, length: int) -> None:
    turned = data.draw(st.lists(st.booleans(), min_size=length, max_size=length))
    rows = data.draw(st.lists(lines(length), min_size=1, max_size=4))
    fw = asked(length, reversed_=[n for n, key in enumerate(turned) if key])
    found = flags(frame_of(rows, fw), fw).straight_lining
    assert [bool(flag) for flag in found] == [naive_straight(row, turned, 5) for row in rows]


def test_items_all_keyed_one_way_may_all_be_answered_alike() -> None:
    fw = asked(30)
    assert not flags(frame_of([[0] * 30], fw), fw).straight_lining.any()


def test_yes_to_everything_tells_nothing_of_two_options() -> None:
    fw = asked(30, scale="yes_no", reversed_=range(15))
    assert not flags(frame_of([[1] * 30], fw), fw).straight_lining.any()


def test_number_items_count_as_answered_and_make_no_line() -> None:
    said = {f"I{n}": "scale: five" + (", reversed: true" if n % 2 else "") for n in range(8)}
    fw = framework(a=f"{{desired: high, items: {items(**said, N='type: number, min: 0, max: 9')}}}")
    row = [4] * 8 + [0]
    found = flags(frame_of([row, row], fw, [17, 18]), fw)
    assert found.straight_lining.all()
    assert found.speeding is not None
    assert found.speeding.tolist() == [True, False]


def test_less_than_two_seconds_an_answer_is_speeding_and_no_time_is_not() -> None:
    fw = asked(5)
    row = [0, 1, 2, MISSING, DK]
    found = flags(frame_of([row] * 4, fw, [5, 6, None, 600]), fw)
    assert found.speeding is not None
    assert found.speeding.tolist() == [True, False, False, False]
    assert flags(frame_of([row], fw), fw).speeding is None


def test_who_answers_nothing_does_not_count() -> None:
    fw = asked(3)
    counting = Carelessness(fw)
    counting.add(frame_of([[MISSING, DK, NA], [1, 2, MISSING]] * 6, fw, [0] * 12))
    assert counting.found().n == 6
    assert counting.found().speeding == 6


PEOPLE = st.lists(st.tuples(lines(16), st.one_of(st.none(), st.integers(0, 60))), min_size=1, max_size=12)


@given(PEOPLE, st.randoms(use_true_random=False), st.integers(0, 12))
def test_counts_are_the_same_in_any_pieces_and_order(people: list[Any], rng: random.Random, cut: int) -> None:
    fw = asked(16, reversed_=range(0, 16, 2))
    whole = Carelessness(fw)
    flag = whole.add(frame_of([row for row, _ in people], fw, [took for _, took in people]))
    mixed = rng.sample(people, len(people))
    pieces = Carelessness(fw)
    extra = people[:cut]
    for part, sign in ((mixed[cut:], 1), (extra, 1), (mixed[:cut], 1), (extra, -1)):
        if part:
            pieces.add(frame_of([row for row, _ in part], fw, [took for _, took in part]), sign)
    assert pieces.found() == whole.found()
    either = [bool(one) for one in flag.either]
    frame = frame_of([row for row, _ in people], fw, [took for _, took in people])
    assert whole.kept(frame).height == whole.through(frame).height == len(people)
    excluding = Carelessness(fw, excluding=True)
    assert excluding.kept(frame).height == excluding.through(frame).height == either.count(False)


def test_of_too_few_respondents_nothing_is_told() -> None:
    fw = asked(16, reversed_=range(0, 16, 2))
    counting = Carelessness(fw)
    counting.add(frame_of([[4] * 16] * 4, fw, [1] * 4))
    hidden = counting.found()
    assert (hidden.n, hidden.straight_lining, hidden.speeding, hidden.either) == (4, None, None, None)
    open_ = counting.found(protect=False)
    assert (open_.straight_lining, open_.speeding, open_.either) == (4, 4, 4)
    counting.add(frame_of([[0, 1] * 8], fw, [600]))
    assert counting.found().either == 4


def test_beginning_anew_forgets_everybody() -> None:
    fw = asked(16, reversed_=range(0, 16, 2))
    counting = Carelessness(fw)
    counting.add(frame_of([[4] * 16] * 6, fw))
    counting.begin()
    counting.add(frame_of([[0, 1] * 8] * 6, fw))
    assert (counting.found().n, counting.found().either) == (6, 0)
