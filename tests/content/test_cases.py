"""The 34 cases: for every scenario one group that lives it, and one that seems to and does not."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from readiness.framework.models import Framework, Item
from tests.scoring.running import scored

CASES = yaml.safe_load((Path(__file__).with_name("cases.yaml")).read_text(encoding="utf-8"))
NOT_PUT = "-"
NAMED = [(scenario, kind) for scenario, pair in CASES["cases"].items() for kind in pair]


def context_of(case: dict[str, Any]) -> dict[str, Any]:
    """What holds for everyone in a case."""
    return dict(case.get("context", CASES["context"]))


def is_put(item: Item, context: dict[str, Any]) -> bool:
    """Whether a core item is put to someone: by role, and by what the case says of phase and months."""
    if not item.core or not (item.roles is None or context["role"] in item.roles):
        return False
    phase, months = context.get("phase"), context.get("months_since_launch")
    return not item.ask_if or (phase != "before" and months is not None and months >= 6)


def group_of(fw: Framework, case: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """One row a person: what the case says, and the middle of the scale wherever else a core item is put to them."""
    for place, role in enumerate(CASES["people"]):
        context = {**context_of(case), "role": role}
        row: dict[str, Any] = {"respondent": f"{place}", **context}
        for item in fw.items.values():
            if is_put(item, context):
                row[item.id] = case["answers"][item.id][place] if item.id in case["answers"] else 3
        yield row


@pytest.mark.parametrize(("scenario", "kind"), NAMED)
def test_a_flag_is_present_and_a_near_miss_is_not(framework: Framework, scenario: str, kind: str) -> None:
    told = scored(framework, group_of(framework, CASES["cases"][scenario][kind])).overall.scenarios[scenario]
    if kind == "flag":
        assert told.verdict == "present"
        assert told.level == "critical"
    else:
        assert told.membership is not None
        assert told.verdict == "ruled out"


@pytest.mark.parametrize("scenario", CASES["cases"])
def test_a_near_miss_shares_with_the_flag_what_it_says(framework: Framework, scenario: str) -> None:
    """Otherwise a near miss is not near: a scenario that fires no more for want of several conditions tells nothing."""
    case = CASES["cases"][scenario]["near_miss"]
    told = scored(framework, group_of(framework, case)).overall.scenarios[scenario]
    assert [c.condition for c in told.conditions if c.membership is not None and c.membership > 0.5] == case["holds"]


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
        put = [is_put(framework.items[id_], {**context_of(case), "role": role}) for role in CASES["people"]]
        assert [answer != NOT_PUT for answer in answers] == put
    # A flag rests on answers to the scenario's own conditions, not on the middle, but where any of several is enough.
    needed = {c.indicator for c in told.conditions}
    spoken = {id_ for id_ in needed if answered & set(framework.indicators[id_].items)}
    assert len(spoken) >= (len(needed) - 1 if kind == "flag" else 1)
