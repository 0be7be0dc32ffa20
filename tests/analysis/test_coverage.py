"""What is told of who answered: silent groups, names that only one side knows, more answers than people."""

from __future__ import annotations

import pytest

from readiness.analysis.coverage import MOST_TOLD, remarks
from readiness.analysis.responding import Counted
from readiness.responses.population import Population
from tests.analysis.test_responding import KEYS, population

FIRM = population({("Sales", "boss"): 4, ("Sales", "staff"): 60, ("IT", "boss"): 10, ("IT", "staff"): 90})


def test_how_many_answered_comes_first() -> None:
    assert remarks(FIRM, Counted(KEYS, dict.fromkeys(FIRM.people, 4))) == ("16 of 164 people answered (10%)",)


def test_whatever_survey_and_population_disagree_about_is_told() -> None:
    counted = Counted(KEYS, {("Sales", "boss"): 6, ("Saels", "staff"): 2, ("IT", "staff"): 9, (None, "staff"): 3})
    assert remarks(FIRM, counted)[1:] == (
        "nobody of unit=IT, role=boss answered (10 people)",
        "nobody of unit=Sales, role=staff answered (60 people)",
        "2 respondent(s) are of unit=Saels, which the population does not name; did you mean 'Sales'?",
        "3 respondent(s) do not say their unit, and stand in no rate by it",
        "6 answered of unit=Sales, role=boss, where the population has 4 people; correct its size",
    )


def test_a_crossing_that_is_not_named_is_told_where_its_values_are() -> None:
    small = population({("Sales", "staff"): 60, ("IT", "boss"): 50})
    counted = Counted(KEYS, {("Sales", "staff"): 20, ("IT", "boss"): 5, ("IT", "staff"): 7})
    assert remarks(small, counted)[1:] == (
        "7 respondent(s) are of unit=IT, role=staff, which the population does not name",
    )


def test_a_key_that_nobody_recorded_is_told() -> None:
    told = remarks(FIRM, Counted(("unit",), {("Sales",): 30, ("IT",): 20}))
    assert told[1:] == ("no response says its role, by which the population is known",)


def test_of_many_groups_the_first_are_named_and_the_others_counted() -> None:
    units: dict[str | None, int] = {f"unit {n:02}": 3 for n in range(MOST_TOLD + 5)}
    many = Population(("unit",), {(unit,): n for unit, n in units.items()}, {"unit": units})
    told = remarks(many, Counted(("unit",), {("unit 00",): 3}))
    assert len(told) == 1 + MOST_TOLD + 1
    assert told[-1] == "and 4 more groups of which nobody answered"


def firm(*units: str) -> Population:
    return population({(unit, "staff"): 60 for unit in units})


@pytest.mark.parametrize(
    ("known", "said", "mend"),
    [
        (
            ("Customer Servce", "IT"),
            ("Customer Service", "IT"),
            "; did you mean 'Customer Service'?",
        ),  # a slip in all rows
        (("Customer Servce", "Customer Service"), ("Customer Service",), "; did you mean 'Customer Service'?"),
        (("Customer Servce", "Customer Service"), (), "; did you mean 'Customer Service'?"),
        (("Sales West", "Sales East"), ("Sales East",), ""),
        (("Team 1", "Team 2"), ("Team 2",), ""),
        (("IT", "Sales"), ("Sales",), ""),
    ],
)
def test_of_a_name_that_nobody_has_the_one_that_may_be_meant_is_told(
    known: tuple[str, ...], said: tuple[str, ...], mend: str
) -> None:
    counted = Counted(KEYS, {(unit, "staff"): 20 for unit in said} or {(None, "staff"): 20})
    assert f"nobody of unit={known[0]} answered (60 people){mend}" in remarks(firm(*known), counted)
