"""The 34 cases: for every scenario one group that lives it, and one that seems to and does not."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from readiness.framework.models import Framework
from tests.scoring.running import scored

CASES = yaml.safe_load((Path(__file__).with_name("cases.yaml")).read_text(encoding="utf-8"))
NOT_PUT = "-"
NAMED = [(scenario, kind) for scenario, pair in CASES["cases"].items() for kind in pair]


def group_of(fw: Framework, answers: dict[str, list[int]]) -> Iterator[dict[str, Any]]:
    """One row a person: what the case says, and the middle of the scale wherever else a core item is put to them."""
    for place, role in enumerate(CASES["people"]):
        row: dict[str, Any] = {"respondent": f"{place}", "role": role}
        row["months_since_launch"] = CASES["months_since_launch"]
        for item in fw.items.values():
            if item.core and (item.roles is None or role in item.roles):
                row[item.id] = answers[item.id][place] if item.id in answers else 3
        yield row


@pytest.mark.parametrize(("scenario", "kind"), NAMED)
def test_a_flag_is_present_and_a_near_miss_is_not(framework: Framework, scenario: str, kind: str) -> None:
    answers = CASES["cases"][scenario][kind]["answers"]
    told = scored(framework, group_of(framework, answers)).overall.scenarios[scenario]
    if kind == "flag":
        assert told.verdict == "present"
        assert told.level == "critical"
    else:
        assert told.membership is not None
        assert told.verdict != "present"


def test_every_scenario_has_a_flag_and_a_near_miss(framework: Framework) -> None:
    assert list(CASES["cases"]) == list(framework.scenarios)
    assert all(list(pair) == ["flag", "near_miss"] for pair in CASES["cases"].values())
    assert len(NAMED) == 34


@pytest.mark.parametrize(("scenario", "kind"), NAMED)
def test_a_case_answers_what_is_asked_and_says_what_it_implies(framework: Framework, scenario: str, kind: str) -> None:
    case = CASES["cases"][scenario][kind]
    assert len(case["story"].split()) >= 5
    told = framework.scenarios[scenario]
    answered = set(case["answers"])
    for id_, answers in case["answers"].items():
        item = framework.items[id_]
        put = [item.roles is None or role in item.roles for role in CASES["people"]]
        assert [answer != NOT_PUT for answer in answers] == put
    # Both sides of the contrast rest on answers to the scenario's own conditions, not on the middle, but where any of
    # several is enough.
    needed = {c.indicator for c in told.conditions}
    spoken = {id_ for id_ in needed if answered & set(framework.indicators[id_].items)}
    assert len(spoken) >= len(needed) - 1 or kind == "near_miss"
