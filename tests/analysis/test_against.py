"""Whom a group is set against is what scoring the others by themselves says, and nothing that is hidden."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from readiness.analysis.against import Against, against, is_apart
from readiness.framework.models import Framework
from readiness.scoring.result import Estimate, Group, Result, SubGroup
from tests.scoring.building import HUNDRED, framework, items, percent, scenario
from tests.scoring.profiles import tries
from tests.scoring.running import loaded, only, scored
from tests.scoring.strategies import items_of, studies, walk_indicators
from tests.scoring.surveys import surveys

TWO = framework(
    scenario("{all: [{low: a}, {high: b}]}", "story") + scenario("{high: c}", "other"), **percent("a", "b", "c")
)
BY_UNIT = [("unit",)]


def people(unit: str | None, *answers: tuple[int | None, ...]) -> list[dict[str, Any]]:
    return [
        {"respondent": f"{unit}{place}", "unit": unit, **dict(zip("ABC", given_, strict=False))}
        for place, given_ in enumerate(answers)
    ]


def shown(result: Result) -> list[SubGroup]:
    return [group for group in result.groups if isinstance(group, SubGroup) and list(group.by) == ["unit"]]


def rests(result: Result, with_: Framework | None) -> Iterator[tuple[SubGroup, Against]]:
    groups = shown(result)
    for group, rest in zip(groups, against(result, with_, groups), strict=True):
        assert rest is not None
        yield group, rest


def values(group: Group) -> dict[str, dict[str, float | None]]:
    """Everything that `Against` may tell of a group, as it is scored by itself."""
    return {
        "dimensions": {id_: one.value for id_, one in group.dimensions.items() if isinstance(one, Estimate)},
        "indicators": {id_: one.value for id_, one in group.indicators.items() if isinstance(one, Estimate)},
        "scenarios": {id_: getattr(one, "membership", None) for id_, one in group.scenarios.items()},
    }


def agrees(rest: Against, alone: Group, tolerance: float) -> None:
    for kind, scored_alone in values(alone).items():
        told = getattr(rest, kind)
        for id_, value in told.items():
            assert value == pytest.approx(scored_alone[id_], abs=tolerance), (kind, id_)
    if rest.readiness is not None:
        assert isinstance(alone.readiness, Estimate)
        assert rest.readiness == pytest.approx(alone.readiness.value, abs=tolerance)
    assert rest.n == alone.n


@tries(30, shrink=False)
@given(studies(most=14))
def test_the_rest_have_what_they_have_when_scored_by_themselves(study: Any) -> None:
    raw, rows, columns = study
    raw["framework"]["defaults"] = {**raw["framework"].get("defaults", {}), "min_group": 3}
    for questionnaire in raw["questionnaires"]:
        for indicator in walk_indicators(questionnaire).values():
            indicator.pop("scope", None)  # a fact is inherited by the rest, and would be another without the group
    rows = only(rows, items_of(raw), columns)
    framework_ = loaded(raw)
    result = scored(framework_, rows, columns, BY_UNIT)
    assume(any(result.overall.n - group.n >= 3 for group in shown(result)))
    for group, rest in rests(result, framework_):
        if rest.whom == "rest":
            others = [row for row in rows if row["unit"] != group.by["unit"]]
            agrees(rest, scored(framework_, others, columns).overall, 1e-6)


@tries(30, shrink=False)
@given(surveys())
def test_the_rest_of_a_protected_survey_rest_on_enough_people(survey: Any) -> None:
    raw, rows, by = survey
    framework_ = loaded(raw)
    result = scored(framework_, rows, by=list(dict.fromkeys([*by, *BY_UNIT])), protect=True)
    assume(isinstance(result.overall, Group))
    facts = {id_ for id_, indicator in framework_.indicators.items() if indicator.scope == "organisation"}
    for group, rest in rests(result, framework_):
        if rest.whom == "everybody":
            assert result.overall.n - group.n < framework_.defaults.min_group
            continue
        alone = scored(framework_, [row for row in rows if row["unit"] != group.by["unit"]]).overall
        for id_, value in rest.indicators.items():
            assert isinstance(group.indicators[id_], Estimate)
            assert isinstance(result.overall.indicators[id_], Estimate)
            if id_ not in facts:
                assert value is None or alone.indicators[id_].n >= framework_.defaults.min_group
                assert value == pytest.approx(alone.indicators[id_].value, abs=1e-9)
        if not facts:
            agrees(rest, alone, 1e-9)


def test_a_figure_that_is_hidden_in_the_group_is_told_of_nobody() -> None:
    rows = people("Sales", *[(10, 90, 40)] * 6, *[(10, 90, None)] * 3) + people("Works", *[(30, 80, 50)] * 9)
    thin = [
        {**row, "C": None} if row["respondent"] in ("Works0", "Works1", "Works2", "Works3", "Works4") else row
        for row in rows
    ]
    result = scored(TWO, thin, by=BY_UNIT, protect=True)
    for group, rest in rests(result, TWO):
        hidden = {id_ for id_, one in group.indicators.items() if not isinstance(one, Estimate)}
        assert hidden == {"c"}
        assert "c" not in rest.indicators
        assert "other" not in rest.scenarios
        assert rest.dimensions == {}
        assert rest.readiness is None
        assert rest.scenarios.keys() == {"story"}


def test_a_fact_about_the_organisation_is_inherited_by_the_rest() -> None:
    fact = f"{{desired: none, scope: organisation, items: {items(F=HUNDRED)}}}"
    facts = framework(scenario("{high: f}"), f=fact, **percent("a"))
    rows = people("Sales", *[(10,)] * 5) + people("Works", *[(60,)] * 5)
    result = scored(facts, [{**row, "F": 90 if row["unit"] == "Sales" else None} for row in rows], by=BY_UNIT)
    told = [rest for _, rest in rests(result, facts)]
    assert [rest.indicators["f"] for rest in told] == [90, 90]
    assert [rest.indicators["a"] for rest in told] == [60, 10]
    assert all(rest.scenarios["story"] == result.overall.scenarios["story"].membership for rest in told)


def test_everybody_stands_in_where_the_rest_cannot_be_worked_out() -> None:
    rows = people("Sales", *[(10, 90, 40)] * 8) + people("Works", *[(30, 80, 50)] * 4)
    result = scored(TWO, rows, by=BY_UNIT)
    whom = {group.by["unit"]: (rest.whom, rest.why, rest.n) for group, rest in rests(result, TWO)}
    assert whom == {"Sales": ("everybody", "few", 12), "Works": ("rest", None, 8)}
    assert {rest.why for _, rest in rests(result, None)} == {"framework"}
    balanced = result.model_copy(update={"respondents": result.respondents.model_copy(update={"balance": "role"})})
    for _, rest in rests(balanced, TWO):
        assert (rest.whom, rest.why) == ("everybody", "weighted")
        assert rest.indicators == {id_: one.value for id_, one in result.overall.indicators.items()}
        assert rest.scenarios == {id_: one.membership for id_, one in result.overall.scenarios.items()}


def test_an_indicator_that_nobody_else_was_put_is_not_missing_with_them() -> None:
    roles = f"{{desired: high, items: {{B: {{text: {{en: B, fr: B}}, {HUNDRED}, roles: [manager]}}}}}}"
    some = framework(b=roles, **percent("a"))
    rows = [{**row, "role": "manager"} for row in people("Sales", *[(10, 90)] * 5)]
    rows += [{**row, "role": "employee"} for row in people("Works", *[(60,)] * 5)]
    for group, rest in rests(scored(some, rows, by=BY_UNIT), some):
        if group.by["unit"] == "Sales":
            assert rest.indicators == {"b": None, "a": 60}
            assert rest.dimensions == {"culture": 60}


@given(st.floats(0, 100), st.floats(0, 20), st.floats(0, 20), st.floats(0, 100), st.floats(0, 20))
def test_a_group_is_apart_only_where_its_own_interval_and_the_others_both_allow_it(
    value: float, below: float, above: float, other: float, margin: float
) -> None:
    own = Estimate(value=value, bounds=(0, 100), interval=(value - below, value + above), sd=1.0, n=9)
    facing = above if other > value else below
    if is_apart(own, other, margin):
        assert abs(value - other) > max(facing, margin)
        assert is_apart(own, other, margin / 2)
    else:
        assert abs(value - other) <= facing + margin + 1e-9
    assert not is_apart(own, other, None)


def test_the_margin_of_the_rest_is_that_of_fewer_people() -> None:
    rows = people("Sales", *[(10, 90, 40)] * 8) + people("Works", *[(30, 80, 50)] * 8)
    result = scored(TWO, rows, by=BY_UNIT)
    wide = {id_: one.model_copy(update={"interval": (10.0, 30.0)}) for id_, one in result.overall.indicators.items()}
    result = result.model_copy(update={"overall": result.overall.model_copy(update={"indicators": wide})})
    for _, rest in rests(result, TWO):
        assert rest.indicator_margins == pytest.approx(dict.fromkeys("abc", 10 * 2**0.5))
    for _, everybody in rests(result, None):
        assert everybody.indicator_margins == dict.fromkeys("abc", 10)
