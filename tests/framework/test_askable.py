"""Every item can be asked of somebody, and its tests can hold."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from readiness.framework.loading import check, load

Questionnaire = Callable[..., Path]


def items(*written: str) -> str:
    return "dimension: culture\nindicators:\n  lived:\n    desired: high\n    items:\n" + "".join(
        f"      {line}\n" for line in written
    )


A = "A: {text: a, scale: agreement}"
N = "N: {text: a, type: number, min: 0, max: 9}"


def lines(folder: Path) -> list[tuple[int | None, str]]:
    return [(fault.line, fault.what) for fault in check(folder).faults]


def warnings(folder: Path) -> list[str]:
    return [warning.what for warning in check(folder).warnings]


@pytest.mark.parametrize(
    ("test", "said"),
    [
        ("A: {at_least: 4}", "item 'B', ask_if 'A': never holds"),
        ("A: {at_most: 0}", "item 'B', ask_if 'A': never holds"),
        ("A: {at_least: 3, at_most: 2}", "item 'B', ask_if 'A': never holds"),
        ("A: {is: 2, is_not: 2}", "item 'B', ask_if 'A': never holds"),
        ("A: {is: 7}", "item 'B', ask_if 'A': is '7' is no value of the scale"),
        ("A: {is_not: 7}", "item 'B', ask_if 'A': is_not '7' is no value of the scale"),
        ("A: {is: Agree}", "item 'B', ask_if 'A': 'is' should be a number, the value of an option, found 'Agree'"),
        ("A: {answered: false}", "item 'B', ask_if 'A': never holds: what is not answered leaves it open"),
        ("A: {}", "item 'B', ask_if 'A' tests nothing"),
        ("A: {atleast: 2}", "item 'B', ask_if 'A': unknown key 'atleast'"),
        ("A: 2", "item 'B', ask_if 'A': its keys are expected (at_least, at_most, is, is_not, …), found '2'"),
        ("N: {at_least: 10}", "item 'B', ask_if 'N': never holds; the number lies between 0 and 9"),
        ("N: {is: 12}", "item 'B', ask_if 'N': never holds; the number lies between 0 and 9"),
        ("C: {is: 1}", "item 'B', ask_if names item or context key 'C', which does not exist"),
        ("role: {is: boss}", "item 'B', ask_if 'role': is 'boss' is no option of the context key"),
        ("role: {at_least: 1}", "item 'B', ask_if 'role': never holds"),
        ("T: {answered: true}", "item 'B', ask_if 'T': an item that scores hangs on a question that does not"),
    ],
)
def test_a_test_that_cannot_hold_is_a_fault(questionnaire: Questionnaire, test: str, said: str) -> None:
    text = items(A, N, f"B: {{text: a, scale: agreement, ask_if: {{{test}}}}}")
    assert lines(questionnaire(f"{text}unscored: {{T: {{type: text, text: a}}}}\n")) == [(8, said)]


@pytest.mark.parametrize(
    "test",
    [
        "A: {at_least: 2}",
        "A: {is: 3}",
        "A: {answered: true, is_not: 1}",
        "N: {at_least: 3, at_most: 3}",
        "N: {is: 0.5}",
        "role: {is: manager}",
        "role: {answered: true}",
        "unit: {is: Sales}",
        "unit: {at_least: 3}",
        "A: {at_least: 2}, role: {is_not: manager}",
    ],
)
def test_a_test_that_can_hold_is_none(questionnaire: Questionnaire, test: str) -> None:
    assert lines(questionnaire(items(A, N, f"B: {{text: a, scale: agreement, ask_if: {{{test}}}}}"))) == []


def test_a_test_of_the_context_is_on_text(questionnaire: Questionnaire) -> None:
    folder = questionnaire(items("B: {text: a, scale: agreement, ask_if: {unit: {is: 12}}}"))
    assert load(folder).items["B"].ask_if["unit"].is_ == "12"


def test_items_do_not_wait_for_each_other(questionnaire: Questionnaire) -> None:
    waiting = [f"{id_}: {{text: a, scale: agreement, ask_if: {{{on}: {{is: 1}}}}}}" for id_, on in ("BC", "CD", "DB")]
    assert lines(questionnaire(items(A, *waiting))) == [(7, "items wait for each other in 'ask_if': B → C → D → B")]


def test_an_item_does_not_wait_for_itself(questionnaire: Questionnaire) -> None:
    text = items("A: {text: a, scale: agreement, ask_if: {A: {is: 1}}}")
    assert lines(questionnaire(text)) == [(6, "items wait for each other in 'ask_if': A → A")]


def test_whoever_hangs_on_a_circle_is_not_reported_as_well(questionnaire: Questionnaire) -> None:
    waiting = [f"{id_}: {{text: a, scale: agreement, ask_if: {{{on}: {{is: 1}}}}}}" for id_, on in ("AB", "BC", "CB")]
    assert len(lines(questionnaire(items(*waiting)))) == 1


@pytest.mark.parametrize(
    "written",
    [
        "B: {text: a, scale: agreement, roles: [employee], ask_if: {role: {is: manager}}}",
        "B: {text: a, scale: agreement, roles: [manager], ask_if: {E: {is: 1}}}",
    ],
)
def test_an_item_nobody_is_asked_is_a_fault(questionnaire: Questionnaire, written: str) -> None:
    text = items("E: {text: a, scale: agreement, roles: [employee]}", written)
    assert lines(questionnaire(text)) == [(7, "item 'B' is asked of nobody: its roles and tests exclude each other")]


def test_what_hangs_on_an_item_nobody_is_asked_is_not_reported_as_well(questionnaire: Questionnaire) -> None:
    nobody = "B: {text: a, scale: agreement, roles: [employee], ask_if: {role: {is: manager}}}"
    text = items(A, nobody, "C: {text: a, scale: agreement, ask_if: {B: {is: 1}}}")
    assert [line for line, _ in lines(questionnaire(text))] == [7]


def test_a_core_item_on_one_that_is_not_is_a_warning(questionnaire: Questionnaire) -> None:
    text = items("A: {text: a, scale: agreement, core: false}", "B: {text: a, scale: agreement, ask_if: {A: {is: 1}}}")
    assert "item 'B' is core, and hangs on 'A', which is not" in [
        fault.what for fault in check(questionnaire(text)).warnings
    ]


def test_an_item_asked_before_what_it_hangs_on_is_a_warning(questionnaire: Questionnaire) -> None:
    text = items("B: {text: a, scale: agreement, ask_if: {A: {is: 1}}}", A)
    assert "item 'B' hangs on 'A', which is asked after it" in [
        fault.what for fault in check(questionnaire(text)).warnings
    ]
