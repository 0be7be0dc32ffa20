"""Rule 8 once more: nothing that the analysis says beside the tables gives away fewer than the threshold."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from readiness.analysis import gaps, ground, protection
from readiness.responses.population import Population
from tests.analysis.beside import Beside
from tests.analysis.surveyed import analysed, population
from tests.scoring.profiles import tries
from tests.scoring.reference import Reference
from tests.scoring.running import loaded
from tests.scoring.surveys import raw_framework, surveys


@pytest.fixture(autouse=True, scope="module")
def _every_comparison_is_told() -> Iterator[None]:
    """The worst case: whatever is compared is a gap."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(gaps, "FALSE_RATE", 1.0)
        patch.setattr(gaps, "NEGLIGIBLE", 0.0)
        yield


@st.composite
def told_apart(draw: st.DrawFn) -> tuple[Any, list[dict[str, Any]], list[tuple[str, ...]], tuple[str, ...]]:
    """Surveys by no table or some, whose people are compared by role, by level or by both."""
    raw, rows, by = draw(surveys())
    by = draw(st.sampled_from(([], [], by, by, [("role",)])))
    sides = draw(st.sampled_from((("role",), ("level",), ("role", "level"))))
    if "level" in sides:
        raw["framework"]["context"]["level"] = {}
    if sides == ("level",):
        rows = [{("level" if key == "role" else key): cell for key, cell in row.items()} for row in rows]
        by = [tuple("level" if key == "role" else key for key in keys) for keys in by]
    elif "level" in sides:
        by = draw(st.sampled_from(([], [("role",)], [("level",)])))
        levels = {"manager": ("top", "low", None), "employee": (None, None, "low"), None: (None,)}
        rows = [row | {"level": draw(st.sampled_from(levels[row["role"]]))} for row in rows]
    return raw, rows, by, sides


@tries(60, shrink=False)
@given(told_apart(), st.integers(0, 2))
def test_nothing_said_beside_the_tables_gives_a_few_away(survey: Any, people: int) -> None:
    raw, rows, by, sides = survey
    result = analysed(
        loaded(raw), rows, by, population=sizes_of(rows, ("unit", *sides)[2 - people :]) if people else None
    )
    least = raw["framework"]["defaults"]["min_group"]
    assert Beside(result, Reference(raw, rows), by, least, sides).recovered() == []


@st.composite
def crossed_sides(draw: st.DrawFn) -> tuple[Any, list[dict[str, Any]], list[tuple[str, ...]]]:
    """Roles and levels of very different sizes, compared by fewer items than scores are made of, which few answered."""
    raw = raw_framework(False, draw(st.booleans()), False)
    raw["framework"]["context"]["level"] = {}
    items = raw["questionnaires"][0]["indicators"]["a"]["items"]
    for name in draw(st.sampled_from((("A1",), ("A1", "A2"), ("A1", "A2", "A3")))):
        items[name]["referent"] = "company"
    rows: list[dict[str, Any]] = []
    for role in ("employee", "manager", None):
        for level in ("top", "low", None):
            size = draw(st.sampled_from((0, 0, 0, 1, 2, 4, 6, 7, 9, 14)))
            unanswered = draw(st.sampled_from(((), (), ("A1",), ("A2",), ("A1", "A2"), ("C2",), ("A3", "B1"))))
            left = draw(st.integers(0, 6))  # so many answered those all the same
            for place in range(size):
                row = {name: draw(st.integers(1, 5)) for name in ("A1", "A2", "A3", "B1", "C1", "C2")}
                row |= dict.fromkeys(unanswered if place >= left else (), "dk")
                unit = draw(st.sampled_from(("A", "B")))
                rows.append({"respondent": f"r{len(rows)}", "unit": unit, "role": role, "level": level} | row)
    assume(rows)
    return raw, rows, draw(st.sampled_from(([], [], [("role",)], [("level",)], [("unit",)], [("unit",), ("role",)])))


@tries(60, shrink=False)
@given(crossed_sides())
def test_roles_and_levels_give_nobody_away_between_them(survey: Any) -> None:
    raw, rows, by = survey
    result = analysed(loaded(raw), rows, by)
    assert Beside(result, Reference(raw, rows), by, 5, ("role", "level")).recovered() == []


def sizes_of(rows: list[dict[str, Any]], keys: tuple[str, ...]) -> Population | None:
    """A few more people than answered, of every group without a blank."""
    counted = Counter(tuple(row[key] for key in keys) for row in rows if None not in (row[key] for key in keys))
    return population(keys, {values: n + 3 for values, n in counted.items()}) if counted else None


# -- the attacker finds what would be given away otherwise: else its silence would mean nothing ---------------------


def attack(rows: list[dict[str, Any]], sides: tuple[str, ...] = ("role",), company: tuple[str, ...] = ()) -> list[str]:
    raw = raw_framework(False, False, False)
    for item in company:
        raw["questionnaires"][0]["indicators"]["a"]["items"][item]["referent"] = "company"
    if "level" in sides:
        raw["framework"]["context"]["level"] = {}
    full = [
        {"respondent": f"r{place}", "role": None}
        | {name: 1 + place * k % 5 for k, name in enumerate(("A1", "A2", "A3", "B1", "C1", "C2"), 1)}
        | row
        for place, row in enumerate(rows)
    ]
    return Beside(analysed(loaded(raw), full), Reference(raw, full), [], 5, sides).recovered()


def roles(**sizes: int) -> list[dict[str, Any]]:
    """So many of each role; `blank` has none."""
    return [{"role": None if role == "blank" else role} for role, size in sizes.items() for _ in range(size)]


def test_the_attacker_takes_two_sides_from_the_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    rows = roles(employee=9, manager=8, blank=3)
    assert attack(rows) == []
    monkeypatch.setattr(ground.Beside, "may_show", lambda *_: True)
    monkeypatch.setattr(ground.Beside, "may_compare", lambda *_: True)
    found = attack(rows)
    assert any("the sum over [(None,)] can be computed" in line for line in found)
    assert any(line.startswith("how many of [(None,)]") for line in found)


def test_the_attacker_takes_the_answers_to_one_item_from_the_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    rows = roles(employee=9, manager=8, blank=7)
    for row in rows[-5:]:
        row["C1"] = row["A1"] = row["A2"] = "dk"
        row["C2"] = 4
    assert attack(rows) == []
    monkeypatch.setattr(ground.Beside, "may_show", lambda *_: True)
    monkeypatch.setattr(ground.Beside, "may_compare", lambda *_: True)
    assert attack(rows) != []


def test_the_attacker_takes_levels_from_roles(monkeypatch: pytest.MonkeyPatch) -> None:
    rows = [row | {"level": "top" if place < 8 else "low"} for place, row in enumerate(roles(manager=8, employee=10))]
    rows += [{"role": "manager", "level": "low"}] * 2
    assert attack(rows, ("role", "level")) == []
    monkeypatch.setattr(protection, "SIDES", ("level",))  # as if roles had not been spoken of
    assert attack(rows, ("role", "level")) != []


def test_the_attacker_takes_one_persons_answer_from_a_role_and_a_level(monkeypatch: pytest.MonkeyPatch) -> None:
    """All managers without a team have a score, but only one has answered what is compared."""
    rows = [row | {"level": "low"} for row in roles(employee=40)]
    rows += [row | {"level": "top"} for row in roles(manager=20)]
    rows += [row | {"level": "low", "A1": "dk" if place else 5} for place, row in enumerate(roles(manager=6))]
    assert attack(rows, ("role", "level"), company=("A1",)) == []
    monkeypatch.setattr(ground.Beside, "may_compare", lambda *_: True)
    found = attack(rows, ("role", "level"), company=("A1",))
    assert any(line.startswith("('item', 'A1'): the sum over [('manager', 'low')]") for line in found)
    assert any(line == "how many of [('manager', 'low')] answered A1 can be computed" for line in found)
