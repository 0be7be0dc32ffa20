"""The attacker finds what a careless result would give away: otherwise its silence would mean nothing."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest

from readiness.scoring.result import Result
from tests.scoring.attacker import Attacker
from tests.scoring.reference import Reference
from tests.scoring.running import loaded, scored
from tests.scoring.surveys import raw_framework


def attack(rows: list[dict[str, Any]], hide: Callable[[dict[str, Any]], None] | None = None) -> list[str]:
    """The attacker on an unprotected result from which only `hide` was taken out."""
    raw = raw_framework(False, False, False)
    full = [
        {"role": "employee"}
        | {name: 1 + (i * k) % 5 for k, name in enumerate(("A1", "A2", "A3", "B1", "C1", "C2"), 1)}
        | row
        for i, row in enumerate(rows)
    ]
    result = scored(loaded(raw), full, by=[("unit",)])
    record = json.loads(result.to_json())
    if hide:
        hide(record)
    return Attacker(Result.model_validate(record), Reference(raw, full), [("unit",)], 5).recovered()


def units(**sizes: int) -> list[dict[str, Any]]:
    return [{"respondent": f"{unit}{i}", "unit": unit} for unit, size in sizes.items() for i in range(size)]


HIDDEN = {"suppressed": True}


def test_the_attacker_takes_one_hidden_group_from_the_whole() -> None:
    def hide(record: dict[str, Any]) -> None:
        record["groups"][0] = {"by": {"unit": "A"}} | HIDDEN

    found = attack(units(A=3, B=7), hide)
    assert "{'unit': 'A'}: hidden, but its size can be computed" in found
    assert any("('indicator', 'b'): hidden, but can be computed" in line for line in found)


def test_the_attacker_sees_that_two_hidden_groups_are_too_few_together() -> None:
    def hide(record: dict[str, Any]) -> None:
        for place in (0, 1):
            record["groups"][place] = {"by": record["groups"][place]["by"]} | HIDDEN

    assert any(line.startswith("people: the number of") for line in attack(units(A=2, B=2, C=7), hide))
    assert attack(units(A=3, B=2, C=7), hide) == []


def test_the_attacker_solves_readiness_for_a_hidden_indicator() -> None:
    def hide(record: dict[str, Any]) -> None:
        for part in (record["overall"], *record["groups"]):
            part["indicators"]["b"] = part["items"]["B1"] = part["scenarios"]["two"] = HIDDEN
            if "three" in part["scenarios"]:
                part["scenarios"]["three"] = HIDDEN

    found = attack(units(A=6, B=7), hide)
    assert any("('indicator', 'b'): hidden, but can be computed" in line for line in found)
    assert any("b: hidden, but its bounds can be computed" in line for line in found)


def test_the_attacker_reads_a_hidden_indicator_off_a_condition() -> None:
    def hide(record: dict[str, Any]) -> None:
        for part in (record["overall"], *record["groups"]):
            part["indicators"]["b"] = part["items"]["B1"] = part["readiness"] = part["dimensions"]["culture"] = HIDDEN

    assert any("('indicator', 'b'): hidden, but can be computed" in line for line in attack(units(A=6, B=7), hide))


def test_the_attacker_solves_an_indicator_for_a_hidden_item() -> None:
    def hide(record: dict[str, Any]) -> None:
        for part in (record["overall"], *record["groups"]):
            part["items"]["A2"] = HIDDEN

    assert any("('item', 'A2'): hidden, but can be computed" in line for line in attack(units(A=6, B=7), hide))


def test_the_attacker_sees_thin_figures() -> None:
    rows = units(A=6, B=7)
    for row in rows[:3]:
        row["B1"] = "dk"
    assert any("shown with n = 3" in line for line in attack(rows))


@pytest.mark.parametrize("size", [5, 8])
def test_the_attacker_has_nothing_to_say_where_all_groups_are_large(size: int) -> None:
    assert attack(units(A=size, B=6)) == []
