"""Headcounts: who has a view, and who was asked, counted by cell as if respondent by respondent."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from readiness.analysis.headcounts import headcount_name
from readiness.framework.models import Framework
from tests.analysis.surveyed import seen
from tests.scoring.building import framework, items
from tests.scoring.profiles import tries

WEIGHTS = {"A": 1.0, "B": 2.0, "C": 0.5}
ALL = items(A="scale: five", B="scale: five, weight: 2", C="scale: five, weight: 0.5, roles: [manager]")
FOLLOWED = items(D="scale: five, ask_if: {A: {at_least: 3}}", E="scale: five, roles: [manager]")


def asking(**others: str) -> Framework:
    return framework(x=f"{{desired: high, items: {ALL}}}", y=f"{{desired: high, items: {FOLLOWED}}}", **others)


CODED = asking()
WITH_NUMBERS = asking(z="{desired: high, items: {N: {text: {en: N}, type: number, min: 0, max: 9}}}")  # a row each

cell = st.sampled_from((1, 2, 3, 4, 5, None, "dk", "na"))
person = st.fixed_dictionaries({"role": st.sampled_from(("manager", "employee", None)), **dict.fromkeys("ABCDE", cell)})
ids = st.lists(person, min_size=1, max_size=12)


def has_view(row: dict[str, Any], compared: str) -> bool:
    """At least 0.6 of the weight is answered."""
    answered = sum(WEIGHTS[item] for item in compared if isinstance(row[item], int))
    return answered > 0 and answered >= 0.6 * sum(WEIGHTS[item] for item in compared) - 1e-9


def was_asked(row: dict[str, Any]) -> bool:
    """Of D and E; whoever has no role is put every item, and whoever says anything to one was."""
    follows = isinstance(row["A"], int) and row["A"] >= 3
    return follows or row["role"] != "employee" or row["D"] is not None or row["E"] is not None


@pytest.mark.parametrize("asked", [CODED, WITH_NUMBERS])
@tries(40)
@given(rows=ids)
def test_everybody_is_counted_by_cell(asked: Framework, rows: list[dict[str, Any]]) -> None:
    told = [row for row in rows if any(row[item] is not None for item in "ABCDE")]
    if not told:
        return
    number = {"N": None} if asked is WITH_NUMBERS else {}
    cells = seen(asked, [{"respondent": f"r{place}"} | number | row for place, row in enumerate(told)]).cells
    for (role,), places in cells.by(["role"]).items():
        inside = [row for row in told if row["role"] == role]
        for compared in ("ABC", "AB", "A", "B", "C"):
            counted = cells.heads[headcount_name("view", "x", compared)]
            assert counted[places].sum() == sum(has_view(row, compared) for row in inside), compared
        assert cells.heads[headcount_name("put", "y")][places].sum() == sum(map(was_asked, inside))


def test_where_everybody_is_asked_nobody_is_counted_for_it() -> None:
    rows = [{"respondent": "r", "role": "manager", "A": 3}]
    assert headcount_name("put", "x") not in seen(CODED, rows, columns=("A", "B", "C")).cells.heads


def test_without_roles_or_levels_nothing_is_counted() -> None:
    assert seen(CODED, [{"respondent": "r", "A": 3}]).cells.heads == {}
