"""Every respondent's own figures: the same whichever way they are worked out, and those of an interview with them."""

from __future__ import annotations

from typing import Any

import polars as pl
from hypothesis import given

from readiness.framework import catalogue
from readiness.framework.loading import load
from readiness.responses.table import Responses, from_rows
from readiness.scoring import engine, summing
from readiness.scoring.counting import Counting
from readiness.scoring.patterns import can_be_counted
from readiness.scoring.plan import Plan
from readiness.scoring.respondents import Lookups, Telling, schema, scored_each
from readiness.scoring.result import Group
from tests.scoring.profiles import tries
from tests.scoring.running import loaded, near, only
from tests.scoring.strategies import items_of, studies
from tests.scoring.test_weights import FRAMEWORK, drawn

TELLING = Telling(("role", "unit"), "survey")


def each(framework: Any, responses: Responses) -> tuple[pl.DataFrame, pl.DataFrame | None]:
    """The figures of every respondent by the plan, and as they are looked up, where they can be."""
    plan = Plan(framework, responses.items, responses.context)
    facts = summing.organisation_facts(framework, responses, {})
    by_row = scored_each(plan, responses.frame, facts, TELLING)
    if not can_be_counted(plan):
        return by_row, None
    counting = Counting(plan, (), facts)
    piece = counting.add(responses.frame.collect())
    if piece is None:
        return by_row, by_row.clear()
    return by_row, Lookups(counting, facts, TELLING).figures(piece)


@tries(40, shrink=False)
@given(studies())
def test_looking_up_gives_what_the_plan_gives(study: Any) -> None:
    raw, rows, columns = study
    framework = loaded(raw)
    by_row, looked_up = each(
        framework, from_rows(framework, only(rows, items_of(raw), columns), ["role", "unit", *columns])
    )
    assert looked_up is None or looked_up.equals(by_row)


@tries(25, shrink=False)
@given(studies(most=4))
def test_a_respondents_figures_are_those_of_a_result_of_one(study: Any) -> None:
    raw, rows, columns = study
    framework = loaded(raw)
    rows = only(rows, items_of(raw), columns)
    rows = [row | {"respondent": f"p{place}"} for place, row in enumerate(rows)]
    responses = from_rows(framework, rows, ["respondent", "role", "unit", *columns])
    facts = summing.organisation_facts(framework, responses, {})
    # Facts given beforehand have no bounds of their own, so only frameworks in which they are all known are compared.
    known = {id_: fact.value for id_, fact in facts.items() if fact.value is not None}
    if len(known) < len(facts):
        return
    plan = Plan(framework, responses.items, responses.context)
    settled = summing.organisation_facts(framework, responses, known)
    for row in scored_each(plan, responses.frame, settled, TELLING).iter_rows(named=True):
        alone = [one for one in rows if one["respondent"] == row["respondent"]]
        result = engine.score(
            framework, from_rows(framework, alone, ["respondent", "role", "unit", *columns]), protect=False, facts=known
        ).overall
        assert isinstance(result, Group)
        assert near(row["readiness"], result.readiness.value)  # type: ignore[union-attr]
        for id_, estimate in result.indicators.items():
            assert near(row[f"indicator.{id_}"], estimate.value), id_  # type: ignore[union-attr]
        for id_, told in result.scenarios.items():
            assert near(row[f"scenario.{id_}"], told.membership), id_  # type: ignore[union-attr]
            assert row[f"verdict.{id_}"] == told.verdict, id_  # type: ignore[union-attr]


def test_whoever_gave_no_answer_has_no_row() -> None:
    rows = [{"respondent": "a", "A": 3}, {"respondent": "b", "A": "dk"}, {"respondent": "c"}]
    by_row, looked_up = each(FRAMEWORK, from_rows(FRAMEWORK, rows, ["respondent", *"ABCDE"]))
    assert by_row["respondent"].to_list() == ["a"]
    assert looked_up is not None
    assert looked_up.equals(by_row)


def test_the_schema_says_what_every_frame_has() -> None:
    responses = from_rows(FRAMEWORK, drawn(3, 20))
    by_row, _ = each(FRAMEWORK, responses)
    assert dict(by_row.schema) == schema(FRAMEWORK, TELLING.keys)


def test_the_shipped_framework_is_looked_up_as_it_is_scored() -> None:
    framework = load(catalogue.find(catalogue.DEFAULT))
    rows = [row | {"unit": "U"} for row in drawn(5, 300, [*framework.items])]
    rows = [{name: 1 if cell == 0 else cell for name, cell in row.items()} for row in rows]
    by_row, looked_up = each(framework, from_rows(framework, rows))
    assert looked_up is not None
    assert looked_up.equals(by_row)
