"""Someone who gives the same option to every item describes nothing: no risk is told of them."""

from __future__ import annotations

from itertools import product
from typing import Any

import pytest

from readiness.framework.models import Framework
from readiness.responses.table import from_rows
from readiness.scoring.engine import score
from tests.scoring.running import cells, scored

STEPS = (1, 2, 3, 4, 5)


def roles(fw: Framework) -> list[str | None]:
    """Every role, and someone who did not say theirs."""
    return [*(fw.context["role"].options or {}), None]


def facts(fw: Framework) -> set[str]:
    """The items that ask for a fact about the organisation."""
    return {item for part in fw.indicators.values() if part.scope == "organisation" for item in part.items}


def uniform(fw: Framework, form: str, role: str | None, step: int) -> dict[str, Any]:
    """One respondent who gives one option to every item that a form puts to their role."""
    name = f"{form} {role} {step}"
    row: dict[str, Any] = {"respondent": name, "organisation": name, "role": role}
    for item in fw.items.values():
        if (item.core or form == "full") and (role is None or item.roles is None or role in item.roles):
            row[item.id] = step
    return row


def risks(fw: Framework, group: Any) -> set[str]:
    """The risk scenarios that are present."""
    told = {id_: group.scenarios[id_] for id_ in group.scenarios if fw.scenarios[id_].kind == "risk"}
    return {id_ for id_, found in told.items() if found.verdict == "present" or (found.membership or 0) > 0.5}


@pytest.mark.parametrize("form", ["full", "core"])
@pytest.mark.parametrize("step", STEPS)
def test_one_option_for_everything_brings_no_risk(framework: Framework, form: str, step: int) -> None:
    # Those who are asked for facts about the organisation, each alone: a fact is the mean of all who answered it.
    asked = [
        row for role in roles(framework) if (row := uniform(framework, form, role, step)).keys() & facts(framework)
    ]
    assert len(asked) == 3
    for row in asked:
        assert risks(framework, scored(framework, [row]).overall) == set(), row["role"]


@pytest.mark.parametrize(("scale", "role"), [(None, None), *product((0, 50, 100), (0, 100))])
def test_nor_does_it_in_any_role_beside_any_facts(framework: Framework, scale: int | None, role: int | None) -> None:
    everybody = [
        {key: cell for key, cell in uniform(framework, form, asked, step).items() if key not in facts(framework)}
        for form, asked, step in product(("full", "core"), roles(framework), STEPS)
    ]
    responses = from_rows(framework, [cells(row) for row in everybody])
    known = {} if scale is None or role is None else {"rollout_scale": scale, "community_role": role}
    result: Any = score(framework, responses, by=[("organisation",)], protect=False, facts=known)
    assert len(result.groups) == len(everybody)
    for group in result.groups:
        assert risks(framework, group) == set(), group.by


def test_agreeing_with_everything_lands_in_the_middle(framework: Framework) -> None:
    overall = scored(framework, [uniform(framework, "core", None, 5)]).overall
    for indicator in framework.indicators.values():
        if next(iter(indicator.items.values())).scale == "agreement":
            assert overall.indicators[indicator.id].value == 50
