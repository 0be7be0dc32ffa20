"""A way out of a group names the items that the group was asked, where it was asked any."""

from __future__ import annotations

from typing import Any

import pytest

from readiness.analysis.levers.way_out import way_out_of
from readiness.scoring.result import Group, Suppressed
from tests.scoring.building import HUNDRED, framework, items, scenario
from tests.scoring.running import scored

PAIR = items(A=HUNDRED, B=HUNDRED)
TWO = framework(scenario("{high: a}", "story"), a=f"{{desired: low, movable: down, min_answered: 0, items: {PAIR}}}")


def group(*rows: dict[str, Any]) -> Group:
    found = scored(TWO, rows).overall
    assert isinstance(found, Group)
    return found


def named(asked: Group) -> tuple[str, ...]:
    route = way_out_of(asked, TWO, whole=True).route
    assert route is not None
    return route.steps[0].items


@pytest.mark.parametrize(("row", "told"), [({"A": 90}, ("A",)), ({"B": 90}, ("B",)), ({"A": 90, "B": 80}, ("A", "B"))])
def test_items_that_nobody_answered_are_not_named(row: dict[str, Any], told: tuple[str, ...]) -> None:
    assert named(group(row, row)) == told


def test_of_a_fact_that_nobody_was_asked_all_items_are_named() -> None:
    answered = group({"A": 90}, {"A": 80})
    silent = answered.items["B"]
    assert named(answered.model_copy(update={"items": {"A": silent, "B": silent}})) == ("A", "B")


def test_items_that_are_suppressed_were_asked() -> None:
    answered = group({"A": 90}, {"A": 80})
    hidden = {"A": Suppressed(), "B": answered.items["B"]}
    assert named(answered.model_copy(update={"items": hidden})) == ("A",)
