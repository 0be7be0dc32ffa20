"""Packing: a dimension's readiness told from one number is the one the plan works out."""

from __future__ import annotations

import pytest

from readiness.framework import catalogue
from readiness.framework.loading import load
from readiness.framework.models import Framework
from readiness.responses.table import from_rows
from readiness.scoring import summing
from readiness.scoring.counting import Counting
from readiness.scoring.plan import Plan
from tests.scoring.building import files, items
from tests.scoring.test_weights import drawn

PAIR = "scale: five"


def counting_of(framework: Framework, names: str = "ABCD") -> tuple[Counting, Plan, summing.Summed]:
    """A survey counted, and the same scored a row each."""
    responses = from_rows(framework, drawn(7, 400, names))
    plan = Plan(framework, responses.items, responses.context)
    facts = summing.organisation_facts(framework, responses, {})
    counting = Counting(plan, ("unit",))
    for piece in responses.frame.collect().iter_slices(150):
        counting.add(piece)
    return counting, plan, summing.Summed(plan, facts, summing.totals_by_row(plan, responses, ("unit",), facts))


def alike(counting: Counting, by_row: summing.Summed) -> bool:
    """Whether both say the same of every level, integer for integer."""
    counted = counting.totals(by_row.facts).atoms
    return all(
        (counted[atom].get(name) or 0) == (figure or 0)
        for atom, sums in by_row.totals.atoms.items()
        for name, figure in sums.items()
        if name.startswith("d:")
    )


@pytest.mark.parametrize("weights", [(1, 1), (2, 1), (1, 3)])
@pytest.mark.parametrize("aggregate", ["mean", "sum"])
def test_a_dimension_of_pairs_is_told_by_a_number(weights: tuple[int, int], aggregate: str) -> None:
    first, second = weights
    body = f"""\
    aggregate: {aggregate}
    indicators:
      x: {{desired: high, weight: {first}, items: {items(A=PAIR, B=PAIR + ", reversed: true")}}}
      y: {{desired: low, weight: {second}, items: {items(C=PAIR, D=PAIR + ", roles: [manager]")}}}
    """
    counting, _, by_row = counting_of(files(culture=body))
    assert [level.id for level in counting.packed] == ["culture"]
    assert alike(counting, by_row)


def test_thirds_are_no_whole_steps_and_are_left_to_the_plan() -> None:
    body = f"indicators:\n  x: {{desired: high, min_answered: 0.1, items: {items(A=PAIR, B=PAIR, C=PAIR)}}}\n"
    counting, _, by_row = counting_of(files(culture=body), "ABC")
    assert counting.packed == []
    assert alike(counting, by_row)


def test_a_weight_that_is_no_whole_number_is_left_to_the_plan() -> None:
    body = f"indicators:\n  x: {{desired: high, weight: 1.5, items: {items(A=PAIR, B=PAIR)}}}\n"
    counting, _, by_row = counting_of(files(culture=body), "AB")
    assert counting.packed == []
    assert alike(counting, by_row)


def test_the_core_items_of_the_shipped_framework_are_told_by_numbers() -> None:
    framework = load(catalogue.find(catalogue.DEFAULT))
    core = [item.id for item in framework.items.values() if item.core]
    rows = [{k: 1 if v == 0 else v for k, v in row.items()} for row in drawn(9, 500, core)]
    responses = from_rows(framework, rows)
    plan = Plan(framework, responses.items, responses.context)
    counting = Counting(plan, ())
    counting.add(responses.frame.collect())
    assert [level.id for level in counting.packed] == [*framework.all_dimensions]
    facts = summing.organisation_facts(framework, responses, {})
    assert alike(counting, summing.Summed(plan, facts, summing.totals_by_row(plan, responses, (), facts)))


def test_no_number_is_larger_than_its_type() -> None:
    framework = load(catalogue.find(catalogue.DEFAULT))
    core = [item.id for item in framework.items.values() if item.core]
    plan = Plan(framework, frozenset(core), frozenset(["role"]))
    for level in Counting(plan, ()).packed:
        highest = sum(max(worth) for worth in level.worth.values())
        assert highest < level.size <= 1 << 16
