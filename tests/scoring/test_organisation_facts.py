"""Rule 2: an indicator of scope organisation is a fact, answered once and inherited by everybody."""

from __future__ import annotations

from typing import Any

import pytest

from readiness.responses.table import from_rows
from readiness.scoring.engine import score
from tests.scoring.building import HUNDRED, framework, items, scenario
from tests.scoring.running import cells, scored

FACT = f"{{desired: high, scope: organisation, items: {items(F=HUNDRED + ', roles: [manager]')}}}"
OPINION = f"{{desired: high, items: {items(X=HUNDRED)}}}"


def asked(*people: tuple[str, str, Any, Any]) -> Any:
    fw = framework(scenario("{all: [{high: fact}, {high: x}]}"), fact=FACT, x=OPINION)
    rows = [{"respondent": f"r{i}", "unit": u, "role": r, "F": f, "X": x} for i, (u, r, f, x) in enumerate(people)]
    return scored(fw, rows, by=[("unit",)])


PEOPLE = [
    ("A", "manager", 80, 40),
    ("A", "employee", None, 60),
    ("B", "employee", None, 90),
    ("B", "employee", None, 70),
    ("C", "manager", 60, 0),
]


def test_its_value_is_the_mean_over_all_who_answered_it() -> None:
    found = asked(*PEOPLE).overall.indicators["fact"]
    assert (found.value, found.n, found.sd) == (70, 5, 0)
    assert found.bounds == (70, 70)


def test_every_group_inherits_it() -> None:
    groups = {g.by["unit"]: g.indicators["fact"] for g in asked(*PEOPLE).groups}
    assert [(groups[u].value, groups[u].bounds, groups[u].n) for u in "ABC"] == [
        (70, (70, 70), 2),
        (70, (70, 70), 2),
        (70, (70, 70), 1),
    ]
    assert groups["A"].sd == 0
    assert groups["C"].sd is None


def test_every_respondent_inherits_it() -> None:
    result = asked(*PEOPLE)
    dimension = result.overall.dimensions["culture"]
    assert (dimension.value, dimension.n) == (61, 5)  # (70 + 52) / 2
    assert dimension.sd == pytest.approx(292.5**0.5)  # 55, 65, 80, 70 and 35
    story = result.overall.scenarios["story"]
    assert story.prevalence.n == 5
    assert story.prevalence.value == 0.6  # 60, 90 and 70 are high, and the fact is for all


def test_answers_to_it_are_counted_where_they_were_given() -> None:
    groups = {g.by["unit"]: g.items["F"] for g in asked(*PEOPLE).groups}
    assert (groups["A"].n, groups["A"].not_asked) == (1, 1)
    assert (groups["B"].n, groups["B"].not_asked) == (0, 2)


def test_whoever_could_not_say_does_not_widen_it() -> None:
    found = asked(*PEOPLE, ("C", "manager", "dk", 10)).overall.indicators["fact"]
    assert (found.value, found.bounds) == (70, (70, 70))


def test_without_an_answer_anywhere_it_is_missing_for_all() -> None:
    result = asked(("A", "manager", "dk", 40), ("A", "employee", None, 60), ("B", "employee", None, 50))
    for group in (result.overall, *result.groups):
        found = group.indicators["fact"]
        assert (found.value, found.bounds, found.n, found.sd) == (None, (0, 100), 0, None)
        assert group.readiness.value is None
        assert group.scenarios["story"].membership is None


def test_of_one_respondent_it_has_the_bounds_of_their_answers() -> None:
    pair = f"{{desired: high, scope: organisation, items: {items(F=HUNDRED, G=HUNDRED)}}}"
    found = scored(framework(fact=pair), [{"respondent": "r", "F": 100, "G": "dk"}]).overall.indicators["fact"]
    assert (found.value, found.bounds) == (None, (50, 100))


def test_a_fact_given_beforehand_is_inherited_like_an_answered_one() -> None:
    fw = framework(fact=FACT, x=OPINION)
    rows = [{"respondent": f"r{i}", "unit": unit, "role": "employee", "X": 40} for i, unit in enumerate("AAB")]
    result: Any = score(
        fw, from_rows(fw, [cells(row) for row in rows]), by=[("unit",)], protect=False, facts={"fact": 90}
    )
    for group, n in zip((result.overall, *result.groups), (3, 2, 1), strict=True):
        found = group.indicators["fact"]
        assert (found.value, found.bounds, found.n) == (90, (90, 90), n)
        assert group.readiness.value == 65


@pytest.mark.parametrize("people", [1, 3])
def test_a_fact_that_hangs_on_an_open_answer_is_not_yet_missing(people: int) -> None:
    """By rule 2 it was not put: it leaves the sum of readiness, though (of one respondent) not the bounds."""
    fact = f"{{desired: high, scope: organisation, items: {items(F=HUNDRED + ', ask_if: {Q: {at_least: 3}}')}}}"
    fw = framework(fact=fact, x=OPINION, q=f"{{desired: none, items: {items(Q='scale: five')}}}")
    found = scored(
        fw, [{"respondent": f"r{i}", "X": 40, "Q": None, "F": None} for i in range(people)]
    ).overall.readiness
    assert (found.value, found.n) == (40, people)
    assert found.bounds == ((20, 70) if people == 1 else (40, 40))
