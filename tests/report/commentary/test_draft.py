"""The first commentary: says nothing by itself, and leads to everything that can be said."""

from __future__ import annotations

import re
from copy import deepcopy
from pathlib import Path

import pytest

from readiness.report.commentary.draft import draft
from readiness.report.commentary.engagement import commentary_for
from readiness.scoring.result import Result
from tests.report.building import SHAPES
from tests.report.commentary.writing import SECTIONS, commentary, result


@pytest.mark.parametrize("shape", SHAPES)
def test_a_draft_of_any_result_says_nothing_and_has_no_fault(shape: str, tmp_path: Path) -> None:
    made: Result = SHAPES[shape]()
    text = draft(made)
    (tmp_path / "commentary.yaml").write_text(text, encoding="utf-8")
    found = commentary_for(tmp_path, made, lambda: SECTIONS)
    assert not found.commentary
    assert found.notes == ()
    assert draft(made) == text


def test_it_tells_what_was_computed_and_where(tmp_path: Path) -> None:
    text = draft(result())
    assert "scenario_0:" not in text  # ruled out everywhere
    assert '# Scenario 1: a way to fail: computed present; present in {unit: "IT"}, {role: "executive"}' in text
    assert '- of: {unit: "Sales"}' in text
    assert "Works council" not in text
    (tmp_path / "commentary.yaml").write_text(text.replace("en: |", "en: Written."), encoding="utf-8")
    found = commentary(tmp_path)
    assert len(found.comments) == 1 + 2 + 4
    assert {comment.text["en"] for comment in found.comments} == {"Written."}


def test_its_plan_is_read_once_its_marks_are_taken_away(tmp_path: Path) -> None:
    text, _, plan = draft(result()).partition("# actions:\n")
    plan = "actions:\n" + re.sub(r"^# ", "", plan, flags=re.MULTILINE)
    found = commentary(tmp_path, yaml=text + plan)
    (action, *_) = found.actions
    assert action.do == {"en": "Give an hour a week.", "fr": "Give an hour a week. (fr)"}
    assert (action.owner, action.by, action.status) == ({}, None, "open")
    assert action.subject.scenario == "scenario_0"


@pytest.mark.parametrize(
    ("acts", "owner"),
    [
        ({"en": 'The head of "Sales"', "fr": "La direction"}, {"en": 'The head of "Sales"', "fr": "La direction"}),
        ({"": "The board"}, {"": "The board"}),
        ({}, {}),
    ],
)
def test_its_plan_names_whom_the_scenario_does_in_every_language(
    acts: dict[str, str], owner: dict[str, str], tmp_path: Path
) -> None:
    made = deepcopy(result())
    for scenario in made.framework.texts["scenarios"].values():
        for response in scenario.get("responses", ()):
            response["for"] = acts
    text, _, plan = draft(made).partition("# actions:\n")
    plan = "actions:\n" + re.sub(r"^# ", "", plan, flags=re.MULTILINE)
    assert {str(action.owner) for action in commentary(tmp_path, yaml=text + plan).actions} == {str(owner)}
