"""How each side sees an indicator: by which items, and who can be compared."""

from __future__ import annotations

import itertools
import math
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from readiness.analysis.views import Views, comparable, in_order, view_of
from readiness.framework.models import Framework
from tests.analysis.answering import Row, ways_of
from tests.scoring.building import framework, items
from tests.scoring.profiles import tries


def about(**said: str) -> Framework:
    """One indicator `a` with these items."""
    return framework(a=f"{{desired: high, items: {items(**said)}}}")


def compared_by(**said: str) -> list[str]:
    return [item.id for item in comparable(about(**said).indicators["a"])]


def test_only_what_is_asked_about_the_company_compares() -> None:
    said = {"A": "scale: five, referent: self", "B": "scale: five, referent: company"}
    assert compared_by(**said, C="scale: five, referent: team", D="scale: five") == ["B"]


def test_where_no_item_says_what_it_is_about_all_compare() -> None:
    assert compared_by(A="scale: five", B="scale: five, reversed: true") == ["A", "B"]


def test_an_indicator_about_ones_own_work_does_not_compare() -> None:
    assert compared_by(A="scale: five, referent: self", B="scale: five") == []


def test_an_item_that_does_not_count_does_not_compare() -> None:
    assert compared_by(A="scale: five, weight: 0", B="scale: five") == ["B"]


@tries(60)
@given(
    rows=st.lists(st.tuples(*[st.one_of(st.none(), st.integers(0, 4))] * 3), min_size=1, max_size=8),
    weights=st.tuples(*[st.sampled_from((0.5, 1, 2))] * 3),
    kept=st.sets(st.sampled_from(("A", "B", "C")), min_size=1),
)
def test_a_view_is_the_mean_of_what_is_answered_of_the_items_compared(
    rows: list[Row], weights: tuple[float, ...], kept: set[str]
) -> None:
    fw = about(**{name: f"scale: five, weight: {weight}" for name, weight in zip("ABC", weights, strict=True)})
    found = view_of(ways_of(rows, fw=fw), [item for id_, item in fw.items.items() if id_ in kept], 0.6)
    for row, score in zip(rows, found, strict=True):
        answers = [
            (25 * code, w)
            for code, w, name in zip(row, weights, "ABC", strict=True)
            if name in kept and code is not None
        ]
        all_weight = sum(w for w, name in zip(weights, "ABC", strict=True) if name in kept)
        answered = sum(w for _, w in answers)
        if answered < 0.6 * all_weight - 1e-9:
            assert math.isnan(score)
        else:
            assert score == pytest.approx(sum(s * w for s, w in answers) / answered)


def test_an_item_that_was_not_put_to_a_role_does_not_compare_it_though_some_answered_all_the_same() -> None:
    fw = about(A="scale: five", B="scale: five, roles: [employee]")
    answers = ways_of([[1, 2]], [9], fw)
    views = Views(fw.indicators["a"], 0.6, {"employee": {"a": answers}, "manager": {"a": answers}})
    pair = ("employee", "manager")
    assert [item.id for item in views.common(pair, (5, 5), by_role=True)] == ["A"]
    assert [item.id for item in views.common(pair, (5, 5))] == ["A", "B"]


def test_an_item_that_too_few_of_one_side_answered_does_not_compare() -> None:
    fw = about(A="scale: five", B="scale: five")
    ours, theirs = ways_of([[1, 2]], [9], fw), ways_of([[1, 2], [1, None]], [4, 5], fw)
    views = Views(fw.indicators["a"], 0.6, {"one": {"a": ours}, "other": {"a": theirs}})
    assert [item.id for item in views.common(("one", "other"), (5, 5))] == ["A"]
    assert [item.id for item in views.common(("one", "other"), (5, 4))] == ["A", "B"]


@pytest.mark.parametrize("values", list(itertools.permutations(["zeta", "manager", "Alpha", "employee"])))
def test_values_come_as_the_framework_has_them_and_others_by_code_point(values: Sequence[str]) -> None:
    assert in_order(about(A="scale: five"), "role", [*values, None]) == ["employee", "manager", "Alpha", "zeta"]
