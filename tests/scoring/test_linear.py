"""The attacker's own algebra can be trusted."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from tests.scoring.linear import Known, modular
from tests.scoring.profiles import tries

KEYS = "abcdef"
VECTORS = st.dictionaries(st.sampled_from(KEYS), st.integers(-3, 3).filter(bool), max_size=6)


def rank(vectors: list[dict[Any, int]]) -> int:
    """By elimination over the rationals."""
    rows = [[Fraction(v.get(key, 0)) for key in KEYS] for v in vectors]
    found = 0
    for column in range(len(KEYS)):
        pivot = next((r for r in rows[found:] if r[column]), None)
        if pivot is None:
            continue
        rows.remove(pivot)
        rows.insert(found, pivot)
        for place, row in enumerate(rows):
            if place != found and row[column]:
                rows[place] = [x - row[column] / pivot[column] * y for x, y in zip(row, pivot, strict=True)]
        found += 1
    return found


def field(vector: dict[Any, int]) -> dict[Any, int]:
    return {key: modular(number) for key, number in vector.items()}


@tries(100)
@given(st.lists(VECTORS, max_size=5), VECTORS)
def test_a_combination_follows_when_it_does_not_raise_the_rank(
    published: list[dict[Any, int]], sought: dict[Any, int]
) -> None:
    assert Known(map(field, published)).gives(field(sought)) == (rank([*published, sought]) == rank(published))


@tries(100)
@given(st.lists(VECTORS, max_size=5), st.sets(st.sampled_from(KEYS), min_size=1, max_size=4))
def test_a_combination_inside_a_set_shows_in_the_rank_outside_it(
    published: list[dict[Any, int]], inside: set[str]
) -> None:
    outside = [{key: n for key, n in v.items() if key not in inside} for v in published]
    found = Known(map(field, published)).gives_a_combination_of([{key: 1} for key in sorted(inside)])
    assert found == (rank(published) > rank(outside))


def test_differences_and_shares_are_seen() -> None:
    known = Known([{"a": 1, "b": 1, "c": 1}, {"a": 1, "b": modular(Fraction(1, 3))}])
    assert known.gives({"b": modular(Fraction(2, 3)), "c": 1})
    assert not known.gives({"a": 1})
    assert known.gives_a_combination_of([{"b": 1}, {"c": 1}])
    assert known.gives_a_combination_of([{"a": 1}, {"c": 2}])  # c - 2a
    assert not known.gives_a_combination_of([{"c": 2}])
