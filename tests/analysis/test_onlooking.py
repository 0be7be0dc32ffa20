"""Onlooking: whoever is shown groups says the same as whoever is shown every respondent, to the last bit."""

from __future__ import annotations

import random
from collections.abc import Sequence
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from readiness.analysis import onlooking
from readiness.analysis.completing import completed
from readiness.analysis.ground import Ground
from readiness.analysis.onlooking import Onlooker
from readiness.framework.models import Framework
from readiness.responses.coding import WEIGHT
from readiness.responses.table import Responses
from readiness.scoring import pieces
from readiness.scoring.engine import score
from readiness.scoring.forming import keys_of
from readiness.scoring.patterns import can_be_counted
from readiness.scoring.plan import Plan
from readiness.scoring.watching import look_on
from tests.analysis.grouping import Asked, grouped, seen_in_groups
from tests.analysis.surveyed import population, responses
from tests.scoring.building import framework, items, scenario
from tests.scoring.profiles import tries
from tests.scoring.running import loaded
from tests.scoring.strategies import studies
from tests.scoring.surveys import surveys

KEYS = ("role", "unit")
ARRAYS = ("rows", "n", "mass", "total", "squares")
WAYS = ("points", "codes", "score", "people")


def seen_by_rows(framework: Framework, held: Responses, keys: Sequence[str] = ()) -> Onlooker:
    onlooker = Onlooker(framework, keys)
    look_on(framework, held, onlooker)
    return onlooker


def told(onlooker: Onlooker) -> dict[str, Any]:
    """All that is ever asked of an onlooker, to the last bit; the order of sides says nothing."""
    cells, book = onlooker.cells, onlooker.waybook
    assert book is not None
    ways: dict[Any, Any] = {("everybody", id_): found for id_, found in book.everybody.items()}
    ways |= {(key, value, id_): w for key in KEYS for value, by in book.by(key).items() for id_, w in by.items()}
    held = onlooker.held
    return {
        "n": onlooker.n,
        "cells": (cells.keys, cells.values, cells.ids, [getattr(cells, name).tobytes() for name in ARRAYS]),
        "heads": {name: counted.tolist() for name, counted in cells.heads.items()},
        "sides": sorted(book.sides, key=repr),
        "ways": {at: [getattr(found, name).tobytes() for name in WAYS] for at, found in ways.items()},
        "products": (onlooker.products.ids, onlooker.correlations.tobytes()),
        "held": None if held is None else (held.schema, held.rows()),
    }


def weighed(rows: Sequence[Any], weights: Sequence[float] | None) -> list[dict[str, Any]]:
    if weights is None:
        return [dict(row) for row in rows]
    by_id = {row["respondent"]: weights[place % len(weights)] for place, row in enumerate(rows)}
    return [row | {WEIGHT: by_id[row["respondent"]]} for row in rows]


some_weights = st.one_of(st.none(), st.lists(st.sampled_from((0.25, 1, 1, 3.141593, 40)), min_size=1, max_size=5))


@tries(40, shrink=False)
@given(
    studies(most=14),
    some_weights,
    st.sampled_from(((), ("unit",), ("unit", "role"))),
    st.permutations(KEYS),
    st.sampled_from((0, 2_000)),
    st.sampled_from((0, 1_000_000)),
    st.integers(0, 10**6),
)
def test_groups_tell_what_rows_tell(
    study: Any, weights: Any, keys: tuple[str, ...], crossed: Sequence[str], most: int, few: int, seed: int
) -> None:
    raw, rows, columns = study
    fw = loaded(raw)
    assume(len({row["respondent"] for row in rows}) > 1)
    held = responses(fw, weighed(rows, weights), columns)
    assume(held.read > 1 and can_be_counted(Plan(fw, held.items, held.context)))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(onlooking, "MOST_HELD", most)
        patch.setattr(pieces, "FEW_CELLS", few)
        by_rows = seen_by_rows(fw, held, keys)
        assume(by_rows.n)
        assert told(seen_in_groups(fw, held, keys, crossed, seed)) == told(by_rows)


BY: list[Any] = [(), [("unit",)], [("unit",), ("role",), ("unit", "role")]]
FEW_UNITS = population(("unit",), {("A",): 40, ("B",): 12, ("C",): 9, ("D",): 30})


def complete(
    fw: Framework, held: Responses, by: Any, seen: Onlooker, balance: str | None = None, known: Any = None
) -> str:
    result = score(fw, held, by, protect=True, balance=balance, population=known)
    return completed(result, Ground(fw, seen, balance=balance, population=known)).to_json()


@tries(25, shrink=False)
@given(
    surveys(),
    some_weights,
    st.sampled_from((None, "role")),
    st.sampled_from((None, FEW_UNITS)),
    st.sampled_from((0, 2_000)),
    st.integers(0, 10**6),
)
def test_and_so_the_completed_result_is_the_same_to_the_byte(
    survey: Any, weights: Any, balance: str | None, known: Any, most: int, seed: int
) -> None:
    raw, rows, by = survey
    fw = loaded(raw)
    held = responses(fw, weighed(rows, weights))
    assume(held.read > 1)
    keys = keys_of(by, balance)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(onlooking, "MOST_HELD", most)
        seen = seen_in_groups(fw, held, keys, KEYS, seed)
        by_rows = complete(fw, held, by, seen_by_rows(fw, held, keys), balance, known)
        assert complete(fw, held, by, seen, balance, known) == by_rows


STORY = scenario("{all: [{high: x}, {low: y}]}")
TWO = framework(
    STORY,
    x=f"{{desired: high, items: {items(A='scale: five', B='scale: five, reversed: true')}}}",
    y=f"{{desired: low, items: {items(C='scale: five, ask_if: {A: {at_least: 3}}', D='scale: five')}}}",
)
ANSWERS = (1, 2, 3, 4, 5, 5, None, "dk", "na")


def company(n: int, seed: int = 1) -> list[dict[str, Any]]:
    rng = random.Random(seed)
    return [
        {
            "respondent": f"r{place}",
            "unit": rng.choice(("A", "B", "C", "D", None)),
            "role": rng.choice(("manager", None)),
        }
        | {item: rng.choice(ANSWERS) for item in "ABCD"}
        for place in range(n)
    ]


@pytest.mark.parametrize("many", [onlooking.MOST_HELD, onlooking.MOST_HELD + 1])
@pytest.mark.parametrize("by", BY)
def test_up_to_so_many_are_told_one_by_one_and_more_are_not(many: int, by: Any) -> None:
    rows = [row | {"A": 1 + place % 5} for place, row in enumerate(company(many))]
    held = responses(TWO, rows)
    in_groups = seen_in_groups(TWO, held, keys_of(by, None), KEYS)
    assert (in_groups.held is None) == (many > onlooking.MOST_HELD)
    by_rows = seen_by_rows(TWO, held, keys_of(by, None))
    assert told(in_groups) == told(by_rows)
    assert complete(TWO, held, by, in_groups) == complete(TWO, held, by, by_rows)


@pytest.mark.parametrize(("most", "question"), [(2_000, "alike"), (0, "products")])
def test_of_few_it_is_asked_who_is_alike_and_of_many_how_indicators_hang_together(
    most: int, question: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    from readiness.scoring.counting import Counting

    monkeypatch.setattr(onlooking, "MOST_HELD", most)
    held = responses(TWO, company(30))
    counting = Counting(Plan(TWO, held.items, held.context), ())
    piece = counting.keyed(held.frame.collect())
    assert piece is not None
    asked = Asked(counting, piece)
    Onlooker(TWO).grouped(counting, grouped(counting, piece, KEYS, 0), asked)
    assert asked.questions == [question]


def test_a_context_key_may_have_an_indicators_name() -> None:
    fw = framework(unit=f"{{desired: high, items: {items(A='scale: five')}}}")
    held = responses(fw, [{"respondent": str(n), "unit": "ABC"[n % 3], "A": 1 + n % 5} for n in range(20)])
    assert told(seen_in_groups(fw, held, ("unit",), ("unit",))) == told(seen_by_rows(fw, held, ("unit",)))


@pytest.mark.parametrize("said", [{}, {WEIGHT: 2}])
def test_a_framework_of_facts_alone_has_nobody_to_correlate(said: Any) -> None:
    fw = framework(fact=f"{{desired: high, scope: organisation, items: {items(E='scale: yes_no')}}}")
    held = responses(fw, [{"respondent": str(n), "E": n % 2, **said} for n in range(8)])
    for most in (0, 2_000):
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(onlooking, "MOST_HELD", most)
            seen = seen_in_groups(fw, held)
            assert told(seen) == told(seen_by_rows(fw, held))
            assert seen.n == 8


def test_nobody_who_answered_anything_is_nobody_seen() -> None:
    held = responses(TWO, [{"respondent": str(n), "unit": "A", "role": None} | dict.fromkeys("ABCD") for n in range(4)])
    seen = seen_in_groups(TWO, held, KEYS, KEYS)
    assert (seen.n, seen.held, seen.cells.values) == (0, None, ())


@pytest.mark.parametrize("counted_from", [0, 1_000_000], ids=["counted", "a row each"])
def test_numbers_that_a_file_has_no_column_for_change_nothing(
    counted_from: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What a framework with numbers sums is finer, also of those who are counted by their patterns."""
    fw = framework(
        x=f"{{desired: high, items: {items(A='scale: five')}}}",
        y=f"{{desired: high, items: {items(N='type: number, min: 0, max: 9')}}}",
    )
    monkeypatch.setattr(pieces, "FEW_CELLS", counted_from)
    held = responses(fw, [{"respondent": str(n), "unit": "AB"[n % 2], "A": 1 + n % 5} for n in range(20)], ["A"])
    seen = seen_by_rows(fw, held, ("unit",))
    assert seen.cells.total.sum() == pytest.approx(20 * 50)
    assert told(seen_in_groups(fw, held, ("unit",), ("unit",))) == told(seen)
