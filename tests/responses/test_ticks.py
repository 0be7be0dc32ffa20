"""A question with a column an option is answered where exactly one is ticked."""

from __future__ import annotations

import pytest

from readiness.responses.export import Column
from readiness.responses.ticks import meaning, put_together
from tests.responses.asked import export

NEVER, OFTEN = Column(0, "a", choice="Never"), Column(1, "b", choice="Often")


@pytest.mark.parametrize(
    ("row", "said"),
    [
        (("1", "0"), "Never"),
        (("Never", None), "Never"),
        (("", "Often"), "Often"),
        (("Yes", "No"), "Never"),
        (("Unchecked", "Checked"), "Often"),
        (("Oui", "Non"), "Never"),
        ((None, None), None),
        (("0", "0"), None),
        (("NA", ""), None),
        (("1", "1"), "Never; Often"),
        (("1", "perhaps"), "Never; Often: perhaps"),
        (("7", "0"), "Never: 7"),
    ],
)
def test_one_tick_is_an_answer_none_is_missing_and_more_stand_as_they_are(
    row: tuple[str | None, str | None], said: str | None
) -> None:
    cells = export(["a", "b"], row).cells
    assert put_together(cells, [NEVER, OFTEN]).to_list() == [said]


def test_an_option_called_no_is_ticked_by_its_text() -> None:
    assert meaning("No", Column(0, "x", choice="No")) == "No"


def test_a_code_is_a_tick_if_the_file_says_so() -> None:
    column = Column(0, "x", choice="Often", labels={"2": "Yes", "3": "Not selected"}, missing=frozenset({"9"}))
    assert [meaning(cell, column) for cell in ("2", "3", "9", None)] == ["Often", None, None, None]
