"""Protection: of which roles and levels may be spoken beside the tables."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from typing import Any

import pytest

from readiness.analysis import protection
from readiness.analysis.ground import Beside, Ground
from readiness.analysis.protection import Protection
from readiness.scoring.result import ItemCounts, SubGroup, Suppressed
from tests.analysis.surveyed import analysed, seen
from tests.scoring.building import HEAD, framework, items
from tests.scoring.running import loaded_text

FRAMEWORK = framework(
    x=f"{{desired: high, items: {items(A='scale: five', B='scale: five', C='scale: five')}}}",
    y=f"{{desired: high, items: {items(D='scale: five, roles: [manager]')}}}",
    fact=f"{{desired: high, scope: organisation, items: {items(F='scale: yes_no')}}}",
)
By = Sequence[tuple[str, ...]]


def people(role: str | None, count: int, unit: str = "U", **said: Any) -> list[dict[str, Any]]:
    named = {"unit": unit, "role": role, "A": 3, "B": 4, "C": 5, "D": 2 if role == "manager" else None}
    return [{"respondent": f"{unit}{role}{place}{said}"} | named | said for place in range(count)]


def beside(rows: list[dict[str, Any]], by: By = ()) -> Beside:
    keys = list(dict.fromkeys(key for table in by for key in table))
    return Beside(analysed(FRAMEWORK, rows, by, with_analysis=False), Ground(FRAMEWORK, seen(FRAMEWORK, rows, keys)))


def spoken_of(rows: list[dict[str, Any]], by: By = (), indicator: str = "x") -> list[str | None]:
    told = beside(rows, by)
    return [role for role in ("employee", "manager", None) if told.may_show("role", role, indicator)]


def test_roles_of_enough_people_are_spoken_of() -> None:
    assert spoken_of([*people("employee", 6), *people("manager", 5)]) == ["employee", "manager"]


def test_a_role_of_few_is_not_and_takes_another_with_it() -> None:
    assert spoken_of([*people("employee", 6), *people("manager", 4)]) == []
    assert spoken_of([*people("employee", 9), *people("manager", 6), *people(None, 4)]) == ["employee"]


def test_it_is_the_same_role_for_every_indicator() -> None:
    """Else one figure would say how many are managers, another how many are employees, and so how many are neither."""
    rows = [*people("employee", 6), *people("manager", 7), *people(None, 3)]
    for row in rows[:6]:
        row["D"] = 1  # more employees than were put it
    told = [spoken_of(rows, indicator=indicator) for indicator in "xy"]
    assert told[0] == told[1]
    assert len(told[0]) == 1


def test_a_role_that_nobody_asked_hides_no_other() -> None:
    rows = [*people("employee", 8), *people("manager", 6)]
    assert "manager" in spoken_of(rows, indicator="y")


def test_a_table_says_itself_of_whom_may_be_spoken() -> None:
    rows = [*people("employee", 6), *people("manager", 5), *people(None, 2)]
    result = analysed(FRAMEWORK, rows, [("role",)], with_analysis=False)
    shown = [group.by["role"] for group in result.groups if hasattr(group, "n")]
    assert spoken_of(rows, [("role",)]) == [role for role in ("employee", "manager", None) if role in shown]


def test_a_role_that_is_left_over_from_a_table_of_units_is_not_spoken_of() -> None:
    """The only managers are unit V's, where nobody else is but two: V less the managers would be those two."""
    rows = [*people("employee", 9), *people("manager", 6, "V"), *people("employee", 2, "V")]
    assert spoken_of(rows) == ["employee", "manager"]
    assert spoken_of(rows, [("unit",)]) == []


def test_facts_are_nobodys_view() -> None:
    rows = [*people("employee", 8, F=1), *people("manager", 6, F=1)]
    assert spoken_of(rows, indicator="fact") == []


def test_of_a_key_that_is_not_recorded_nothing_is_said() -> None:
    rows = people("employee", 8)
    result = analysed(FRAMEWORK, rows, with_analysis=False)
    assert not Protection(result, seen(FRAMEWORK, rows).cells, 5).may_show("level", None, "x")
    assert not Protection(result, seen(FRAMEWORK, rows).cells, 5).may_show("role", "manager", "x")


def test_nor_where_everybody_is_hidden() -> None:
    assert spoken_of(people("employee", 4)) == []


def test_an_item_that_few_of_a_role_answered_is_not_compared() -> None:
    """Everybody's answers to it are shown: less those of one role, it is what the few of the other say."""
    rows = [*people("employee", 9), *people("manager", 8)]
    assert beside(rows).may_compare("role", "employee", "x", ("A",))
    for row in rows[-6:]:
        row["A"] = "dk"
    told = beside(rows)
    assert told.may_show("role", "manager", "x")
    assert not told.may_compare("role", "employee", "x", ("A",))
    assert told.may_compare("role", "employee", "x", ("B",))


def test_an_item_that_a_table_hides_is_not_compared() -> None:
    rows = [*people("employee", 9), *people("manager", 8)]
    for row in rows[-6:]:
        row["A"] = "dk"
    told = beside(rows, [("role",)])
    for group in told.result.groups:
        assert isinstance(group, SubGroup)
        assert isinstance(group.items["A"], Suppressed)
        for item in "ABC":
            shown = isinstance(group.items[item], ItemCounts)
            assert told.may_compare("role", group.by["role"], "x", (item,)) is shown


def test_an_item_that_nobody_of_a_role_was_put_is_no_secret() -> None:
    rows = [*people("employee", 9), *people("manager", 8)]
    assert beside(rows).may_compare("role", "manager", "y", ("D",))


LEVELS = loaded_text(
    (
        "framework.yaml",
        HEAD.replace("  months: {}", "  level: {}") + "questionnaires: [q.yaml]",
    ),
    (
        "q.yaml",
        f"""
dimension: q
indicators:
  x:
    desired: high
    items: {items(A="scale: five, referent: company", B="scale: five", C="scale: five")}
""",
    ),
)
ANSWERS = """\
people,role,level,A,B,C
9,employee,without,3,4,5
8,manager,with,4,3,4
1,manager,without,5,3,4
5,manager,without,dk,3,4
"""


def of_levels(by: By = ()) -> Beside:
    """Employees have no team; of six managers without one, one has answered what is compared."""
    lines = csv.DictReader(ANSWERS.splitlines())
    told = [line for line in lines for _ in range(int(line.pop("people")))]
    rows = [{"respondent": f"r{place}"} | line for place, line in enumerate(told)]
    keys = [key for table in by for key in table]
    return Beside(analysed(LEVELS, rows, by, with_analysis=False), Ground(LEVELS, seen(LEVELS, rows, keys)))


def compared_by(told: Beside) -> list[str]:
    sides = (("role", "manager"), ("role", "employee"), ("level", "with"), ("level", "without"))
    return [value for key, value in sides if told.may_compare(key, value, "x", ("A",))]


def test_levels_are_not_compared_where_a_role_taken_from_them_would_leave_one_persons_view() -> None:
    told = of_levels()
    assert told.may_show("level", "without", "x")  # all have a score
    assert compared_by(told) == ["manager", "employee"]


def test_roles_give_way_to_a_table_of_levels() -> None:
    assert compared_by(of_levels([("level",)])) == ["with", "without"]


def test_with_too_many_cells_only_what_a_table_shows_is_spoken_of(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(protection, "MOST_ATOMS", 1)
    assert compared_by(of_levels()) == []
    assert not of_levels().may_show("role", "employee", "x")
    assert compared_by(of_levels([("level",)])) == ["with", "without"]


def test_a_set_of_items_that_was_not_counted_is_not_compared() -> None:
    told = beside([*people("employee", 9), *people("manager", 8)])
    assert told.may_compare("role", "manager", "x", ("A", "B", "C"))
    assert not told.may_compare("role", "manager", "x", ("A", "B"))


def test_interviews_are_not_protected() -> None:
    rows = [*people("employee", 2), *people("manager", 1)]
    result = analysed(FRAMEWORK, None, interviews=rows, with_analysis=False)
    told = Beside(result, Ground(FRAMEWORK, seen(FRAMEWORK, rows), protect=False))
    assert told.may_show("role", "manager", "x")
    assert told.may_compare("role", "manager", "x", ("A",))
