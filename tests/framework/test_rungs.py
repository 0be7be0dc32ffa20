"""What may stand as a rung, and what is said where something else does."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from readiness.framework.loading import check, load
from readiness.framework.texts import texts_of

HEAD = "dimension: culture\nindicators:\n  lived:\n    desired: high\n    items:\n"


def items(*rungs: str) -> str:
    return HEAD + "".join(
        f"      A{place}: {{text: a, scale: agreement, rung: {rung}}}\n" for place, rung in enumerate(rungs)
    )


@pytest.mark.parametrize(
    ("rung", "said"),
    [
        ("{title: Peers}", "item 'A0', its rung has no 'order'"),
        ("{order: 1}", "item 'A0', its rung has no 'title'"),
        ("{order: 0, title: Peers}", "item 'A0', its rung: 'order' should be a whole number of at least 1, found '0'"),
        (
            "{order: 1.5, title: Peers}",
            "item 'A0', its rung: 'order' should be a whole number of at least 1, found '1.5'",
        ),
        ("{order: 1, titel: Peers}", "item 'A0', its rung: unknown key 'titel'"),
        ("Peers", "item 'A0', its rung: its keys are expected (order, title), found 'Peers'"),
    ],
)
def test_what_is_wrong_with_a_rung_is_said_with_its_line(
    rung: str, said: str, questionnaire: Callable[[str], Path]
) -> None:
    found = [(fault.line, fault.what) for fault in check(questionnaire(items(rung))).faults]
    assert (6, said) in found


def test_two_items_are_not_on_one_rung(questionnaire: Callable[[str], Path]) -> None:
    written = items("{order: 1, title: Peers}", "{order: 2, title: Leaders}", "{order: 1, title: Others}")
    found = [fault.what for fault in check(questionnaire(written)).faults]
    assert found == ["indicator 'lived': 'A0' and 'A2' are both on rung 1"]


def test_a_rung_travels_with_the_texts_and_other_items_have_none(questionnaire: Callable[[str], Path]) -> None:
    written = items("{order: 2, title: Leaders}") + "      B: {text: b, scale: agreement}\n"
    told = texts_of(load(questionnaire(written)))["items"]
    assert told["A0"]["rung"] == {"order": 2, "title": {"": "Leaders"}}
    assert "rung" not in told["B"]
