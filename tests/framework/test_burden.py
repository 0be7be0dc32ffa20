"""How much is asked of whom."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from readiness.framework.burden import burdens
from readiness.framework.loading import load


def test_roles_are_asked_what_is_put_to_them(write: Callable[..., Path], good: dict[str, str]) -> None:
    culture = good["culture.yaml"].replace("scale: agreement}", "scale: agreement, core: false}", 1)
    asked = burdens(load(write(culture=culture)))
    assert {role: (burden.core, burden.full) for role, burden in asked.items()} == {
        "employee": (4, 3),  # a survey asks two context questions, which an interviewer notes beforehand
        "manager": (3, 2),
    }
    assert (asked["employee"].core_items, asked["employee"].full_items) == (2, 3)
    assert asked["employee"].full_minutes == pytest.approx(3 / 6)


def test_context_that_is_not_core_is_no_question_of_a_survey(write: Callable[..., Path], good: dict[str, str]) -> None:
    header = good["framework.yaml"].replace("unit: {}", "unit: {core: false}")
    assert burdens(load(write(framework=header)))["employee"].core == 4


def test_what_hangs_on_an_item_is_put_to_no_more_roles_than_that_item(
    write: Callable[..., Path], good: dict[str, str]
) -> None:
    culture = good["culture.yaml"].replace("scale: agreement}", "scale: agreement, roles: [employee]}", 1)
    assert burdens(load(write(culture=culture)))["manager"].full == 0


def test_without_roles_there_is_one_burden(questionnaire: Callable[..., Path], good: dict[str, str]) -> None:
    header = (
        good["framework.yaml"].replace("scenarios: scenarios.yaml\n", "").replace("role: {options:", "rank: {options:")
    )
    text = "dimension: a\nindicators: {b: {desired: high, items: {A: {text: a, scale: agreement}}}}\n"
    assert burdens(load(questionnaire(text, header)))[""].core == 3
