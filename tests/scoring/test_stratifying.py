"""Balanced by the population, each cell has the say of its number of people, and none is told by how it counts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import combinations
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from readiness.responses.coding import WEIGHT
from readiness.responses.population import Population
from readiness.responses.table import from_rows
from readiness.scoring import engine
from readiness.scoring.result import Estimate, Group, ItemCounts, Result, ScenarioResult, SubGroup
from tests.scoring.building import framework, items, scenario
from tests.scoring.profiles import tries

FRAMEWORK = framework(
    scenarios=scenario("{high: openness}"), openness=f"{{desired: high, items: {items(A='scale: five')}}}"
)
KEYS = ("role", "unit")
Cell = tuple[str, str]
Answers = Mapping[Cell, Sequence[int | str | None]]


def population(people: Mapping[Cell, int]) -> Population:
    margins: dict[str, dict[str | None, int]] = {key: {} for key in KEYS}
    for values, n in sorted(people.items()):
        for key, value in zip(KEYS, values, strict=True):
            margins[key][value] = margins[key].get(value, 0) + n
    return Population(KEYS, dict(sorted(people.items())), margins)


def rows(answers: Answers, country: Mapping[Cell, Sequence[str]] | None = None) -> list[dict[str, str]]:
    """Respondents of each cell, and what each answered."""
    found = []
    for (role, unit), said in answers.items():
        for place, answer in enumerate(said):
            row = {"respondent": f"{role}{unit}{place}", "role": role, "unit": unit, "A": str(answer or "")}
            if country:
                row["months"] = country[role, unit][place]
            found.append(row)
    return found


def result(answers: list[dict[str, str]], people: Mapping[Cell, int], *by: tuple[str, ...], **how: Any) -> Result:
    return engine.score(FRAMEWORK, from_rows(FRAMEWORK, answers), by, balance=population(people), **how)


def openness(group: Any) -> Estimate:
    assert isinstance(group, Group)
    found = group.indicators["openness"]
    assert isinstance(found, Estimate)
    return found


answered = st.lists(st.sampled_from([1, 2, 3, 4, 5, "dk", None]), max_size=6)
cells = st.sampled_from([(role, unit) for role in ("employee", "manager") for unit in "UV"])
surveys = st.tuples(
    st.dictionaries(cells, answered, min_size=1), st.dictionaries(cells, st.integers(1, 500), min_size=4, max_size=4)
)


def naive(answers: Answers, people: Mapping[Cell, int], unit: str = "") -> tuple[float | None, float | None]:
    """The mean of a unit's cells, or all, by their people; and the share of those above the crossover."""
    total = mean = share = 0.0
    for cell, said in answers.items():
        scores = [25.0 * (answer - 1) for answer in said if isinstance(answer, int)]
        if scores and unit in ("", cell[1]):
            total += people[cell]
            mean += people[cell] * sum(scores) / len(scores)
            share += people[cell] * sum(score > 55 for score in scores) / len(scores)
    return (mean / total, share / total) if total else (None, None)


@tries(60)
@given(surveys)
def test_a_mean_is_that_of_the_cells_by_their_people(survey: tuple[Answers, Mapping[Cell, int]]) -> None:
    answers, people = survey
    found = result([*rows(answers), *rows({("manager", "W"): [5]})], people, ("unit",), protect=False)
    for group in (found.overall, *found.groups):
        mean, share = naive(answers, people, group.by["unit"] or "" if isinstance(group, SubGroup) else "")
        estimate = openness(group)
        assert isinstance(group, Group)
        told = group.scenarios["story"]
        assert isinstance(told, ScenarioResult)
        assert estimate.value == (None if mean is None else pytest.approx(mean))
        assert (told.prevalence is None) == (share is None)
        if share is not None:
            assert told.prevalence.value == pytest.approx(share)  # type: ignore[union-attr]


def test_it_is_what_case_weights_of_people_by_respondents_say() -> None:
    answers = {("employee", "U"): [1, 2, 4, 5], ("manager", "U"): [2, 5], ("employee", "V"): [3, 3, 1, 4, 2]}
    people = {("employee", "U"): 200, ("manager", "U"): 30, ("employee", "V"): 40}
    weighted = [
        row | {WEIGHT: str(people[row["role"], row["unit"]] / len(answers[row["role"], row["unit"]]))}
        for row in rows(answers)
    ]
    found = result(rows(answers), people, ("unit",), protect=False)
    same = engine.score(FRAMEWORK, from_rows(FRAMEWORK, weighted), [("unit",)], protect=False)
    for one, other in zip((found.overall, *found.groups), (same.overall, *same.groups), strict=True):
        stratified, by_weight = openness(one), openness(other)
        for name in ("value", "sd", "n_effective", "bounds"):
            assert getattr(stratified, name) == pytest.approx(getattr(by_weight, name))


def test_in_a_group_that_the_population_does_not_know_a_respondent_counts_what_he_does_elsewhere() -> None:
    """Ten managers are two respondents, of whom each stands for five, in whichever country."""
    answers = {("employee", "U"): [1, 1, 3, 3], ("manager", "U"): [5, 1]}
    country = {("employee", "U"): ["FR", "FR", "FR", "DE"], ("manager", "U"): ["FR", "DE"]}
    people = {("employee", "U"): 100, ("manager", "U"): 10}
    found = result(rows(answers, country), people, ("months",), protect=False)
    german, french = found.groups
    assert openness(german).value == pytest.approx((25 * 50 + 5 * 0) / 30)
    assert openness(french).value == pytest.approx((25 * (0 + 0 + 50) + 5 * 100) / 80)
    assert openness(found.overall).value == pytest.approx((100 * 25 + 10 * 50) / 110)


def test_cells_of_which_nobody_answered_leave_their_say_to_the_others_and_are_told() -> None:
    people = {("employee", "U"): 100, ("manager", "U"): 14, ("manager", "V"): 300}
    found = result(rows({("employee", "U"): [1, 1], ("manager", "U"): [5]}), people, protect=False)
    assert openness(found.overall).value == pytest.approx(14 * 100 / 114)
    assert found.respondents.balance == "population"
    assert found.respondents.population == {"people": 414, "silent": 300, "together": 0}


def test_whoever_is_of_no_cell_has_no_say() -> None:
    answers = [
        *rows({("employee", "U"): [1, 1]}),
        {"respondent": "x", "role": "employee", "A": "5"},
        {"respondent": "y", "role": "manager", "unit": "U", "A": "5"},
    ]
    found = result(answers, {("employee", "U"): 100}, protect=False)
    assert (openness(found.overall).value, openness(found.overall).n, found.respondents.scored) == (0.0, 2, 4)


# -- protection -----------------------------------------------------------------------------------------------------

STAFF = ("employee", "manager")


def survey_of(sizes: Mapping[Cell, int]) -> dict[Cell, list[int]]:
    return {cell: [3] * n for cell, n in sizes.items()}


def test_small_cells_count_together_and_hide_nobody_else() -> None:
    sizes = {("employee", "U"): 20, ("manager", "U"): 2, ("employee", "V"): 20, ("manager", "V"): 4}
    people = {("employee", "U"): 100, ("manager", "U"): 10, ("employee", "V"): 100, ("manager", "V"): 40}
    answers = survey_of(sizes) | {("manager", "U"): [5, 5], ("manager", "V"): [1, 1, 1, 1]}
    assert openness(result(rows(answers), people).overall).value == pytest.approx((200 * 50 + 50 * 200 / 6) / 250)


sizes_drawn = st.dictionaries(
    st.tuples(st.sampled_from(STAFF), st.sampled_from("UVW")), st.integers(1, 9), min_size=2, max_size=6
)
tables = st.lists(st.sampled_from([("unit",), ("role",), ("role", "unit")]), unique=True, max_size=2)


def figures(found: Result) -> list[float]:
    """Everything that is shown and moves with the sums of answers: means, and sums by the items' counts."""
    shown = []
    for group in (found.overall, *found.groups):
        mean = group.indicators["openness"] if isinstance(group, Group) else None
        item = group.items["A"] if isinstance(group, Group) else None
        shown.append(mean.value if isinstance(mean, Estimate) and mean.value is not None else np.nan)
        counts = item.counts.items() if isinstance(item, ItemCounts) else ()
        shown.append(sum(25.0 * (int(value) - 1) * n for value, n in counts) if counts else np.nan)
    return shown


@tries(40)
@given(sizes_drawn, st.lists(st.integers(1, 900), min_size=6, max_size=6), tables)
def test_no_cell_that_is_too_small_follows_from_what_is_shown(
    sizes: dict[Cell, int], people: list[int], by: list[tuple[str, ...]]
) -> None:
    assert given_away(sizes, dict(zip(sizes, people, strict=False)), by) == []


def given_away(sizes: Mapping[Cell, int], named: Mapping[Cell, int], by: Sequence[tuple[str, ...]]) -> list[Any]:
    """The attacker knows how much every cell moves each figure, and solves for the sums of the cells."""
    plain = figures(result(rows(survey_of(sizes)), named, *by))
    moves = []
    for cell, n in sizes.items():
        raised = survey_of(sizes) | {cell: [4] + [3] * (n - 1)}
        moves.append((np.array(figures(result(rows(raised), named, *by))) - plain) / 25)
    known = np.array(moves).T
    known = known[~np.isnan(known).any(axis=1)]
    rank = np.linalg.matrix_rank(known, tol=1e-9) if known.size else 0
    found = []
    for size in range(1, 5):
        for chosen in combinations(range(len(sizes)), size):
            if sum(list(sizes.values())[place] for place in chosen) < 5:
                sought = np.isin(np.arange(len(sizes)), chosen).astype(float)
                if np.linalg.matrix_rank(np.vstack([*known, sought]), tol=1e-9) == rank:
                    found.append(chosen)
    return found


small_cells = st.fixed_dictionaries({(role, unit): st.integers(1, 6) for role in STAFF for unit in "UVWX"})


@tries(25)
@given(small_cells, st.lists(st.integers(1, 900), min_size=8, max_size=8), tables)
def test_nor_where_many_small_cells_count_together_in_several_ways(
    sizes: dict[Cell, int], people: list[int], by: list[tuple[str, ...]]
) -> None:
    assert given_away(sizes, dict(zip(sizes, people, strict=True)), by) == []


@tries(25)
@given(sizes_drawn, st.lists(st.integers(1, 900), min_size=6, max_size=6), st.data())
def test_answers_given_in_one_small_cell_or_another_of_a_unit_say_the_same(
    sizes: dict[Cell, int], people: list[int], data: st.DataObject
) -> None:
    unit = data.draw(st.sampled_from(sorted({unit for _, unit in sizes})))
    sizes = sizes | {("employee", unit): 3, ("manager", unit): 4}
    named = {cell: people[place] for place, cell in enumerate(sorted(sizes))}
    answers: dict[Cell, list[int]] = {
        cell: data.draw(st.lists(st.integers(1, 5), min_size=n, max_size=n)) for cell, n in sizes.items()
    }
    one, other = answers["employee", unit], answers["manager", unit]
    swapped = answers | {("employee", unit): [other[0], *one[1:]], ("manager", unit): [one[0], *other[1:]]}
    before, after = (result(rows(said), named, ("unit",)).groups for said in (answers, swapped))
    assert before == after
