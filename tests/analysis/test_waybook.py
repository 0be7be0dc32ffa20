"""Ways: what is gathered of answers says of every indicator, on every side, what its rows say."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from readiness.analysis.onlooking import Onlooker
from readiness.analysis.ways import NOT_PUT, Ways
from readiness.responses.coding import DK, MISSING, NA
from readiness.scoring import pieces
from readiness.scoring.counting import Counting
from readiness.scoring.plan import Plan
from tests.analysis.surveyed import responses, seen
from tests.scoring.building import framework, items
from tests.scoring.profiles import tries
from tests.scoring.reference import Reference
from tests.scoring.running import loaded
from tests.scoring.strategies import studies

Way = tuple[tuple[int, ...], tuple[float | None, ...], float | None]  # codes, points, score


def told(ways: Ways) -> Counter[Way]:
    """How many answered in each way."""
    found: Counter[Way] = Counter()
    for codes, points, score, people in zip(ways.codes, ways.points, ways.score, ways.people, strict=True):
        shown = tuple(None if np.isnan(p) else round(float(p), 6) for p in points)
        found[tuple(map(int, codes)), shown, None if np.isnan(score) else round(float(score), 6)] += int(people)
    return found


class Naive:
    """Rows, and what each says of an indicator, read one by one."""

    def __init__(self, raw: dict[str, Any], rows: Sequence[dict[str, Any]], columns: Sequence[str]) -> None:
        self.reference = Reference(raw, rows, columns)
        self.columns = columns

    def items(self, indicator: str) -> list[str]:
        return [id_ for id_ in self.reference.indicators[indicator]["items"] if id_ in self.columns]

    def ways(self, indicator: str, role: str | None = "anybody") -> Counter[Way]:
        found: Counter[Way] = Counter()
        for row in self.reference.scored:
            if role in ("anybody", row.get("role")):
                found[self.way(indicator, row)] += 1
        return found

    def way(self, indicator: str, row: Any) -> Way:
        told = self.reference.indicators[indicator]
        percent = told.get("range", "percent") == "percent"
        score = self.reference.indicator(indicator, row).value
        codes, points = [], []
        for id_ in self.items(indicator):
            item, cell = told["items"][id_], self.reference.cell(row, id_)
            codes.append(self.code(id_, item, cell, row))
            real = self.reference.is_real(cell)
            points.append(round(float(self.reference.item_score(item, cell, percent)), 6) if real else None)
        return tuple(codes), tuple(points), None if score is None else round(float(score), 6)

    def code(self, id_: str, item: Any, cell: Any, row: Any) -> int:
        if cell in ("dk", "na"):
            return DK if cell == "dk" else NA
        if cell is None:
            return MISSING if self.reference.put(id_, row) == "yes" else NOT_PUT
        if item.get("type") == "number":
            return 0
        return [option["value"] for option in self.reference.options(item)].index(cell)


def waybooks(raw: Any, rows: Any, columns: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[Onlooker]:
    """Rows scored one by one, and counted by their patterns where they can be."""
    fw = loaded(raw)
    for few in (1_000_000, 0):
        with monkeypatch.context() as patch:
            patch.setattr(pieces, "FEW_CELLS", few)
            yield seen(fw, rows, columns=columns)


@tries(40, shrink=False)
@given(studies(most=14))
def test_ways_are_those_of_the_rows(study: Any) -> None:
    raw, rows, columns = study
    naive = Naive(raw, rows, columns)
    if len(naive.reference.scored) < 2:
        return
    with pytest.MonkeyPatch.context() as patch:
        for onlooker in waybooks(raw, rows, columns, patch):
            assert onlooker.waybook is not None
            everybody = onlooker.waybook.everybody
            assert list(everybody) == [id_ for id_ in naive.reference.indicators if naive.items(id_)]
            for id_, ways in everybody.items():
                assert [item.id for item in ways.items] == naive.items(id_)
                assert told(ways) == naive.ways(id_), id_
            by_role = onlooker.waybook.by("role")
            assert set(by_role) == {row.get("role") for row in naive.reference.scored}
            for role, sides in by_role.items():
                for id_, ways in sides.items():
                    assert told(ways) == naive.ways(id_, role), (role, id_)
                    assert ways.people.min(initial=1) > 0


@tries(20, shrink=False)
@given(studies(most=14), st.integers(0, 10**6))
def test_ways_stand_in_an_order_of_their_own(study: Any, seed: int) -> None:
    raw, rows, columns = study
    fw, shuffled = loaded(raw), random.Random(seed).sample(rows, len(rows))
    one, other = (seen(fw, some, columns=columns).waybook for some in (rows, shuffled))
    if one is None or other is None:
        assert one is other
        return
    assert list(one.by("role")) == list(other.by("role"))
    for id_, ways in one.everybody.items():
        for name in ("codes", "points", "score", "people"):
            assert getattr(ways, name).tobytes() == getattr(other.everybody[id_], name).tobytes()


PAIR = framework(a=f"{{desired: high, items: {items(A='scale: five', B='scale: five, roles: [manager]')}}}")


def test_ways_only_of_some_items_keep_the_score_of_all() -> None:
    rows = [{"respondent": str(i), "role": "manager", "A": 1 + i % 5, "B": 1 + i % 2} for i in range(10)]
    book = seen(PAIR, rows).waybook
    assert book is not None
    ways = book.everybody["a"]
    only = ways.only(["B"])
    assert [item.id for item in only.items] == ["B"]
    assert only.codes.shape == (len(ways.people), 1)
    assert only.score.tobytes() == ways.score.tobytes()
    assert only.n == 10


def test_a_key_that_is_not_recorded_has_no_sides() -> None:
    rows = [{"respondent": str(i), "A": 1 + i % 5, "B": 2} for i in range(10)]
    book = seen(PAIR, rows).waybook
    assert book is not None
    assert book.by("role") == {}
    assert book.by("unit") == {}  # nobody is compared by unit
    assert book.everybody["a"].n == 10


def test_whoever_is_taken_back_was_never_there(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pieces, "FEW_CELLS", 0)
    rows = [{"respondent": str(i), "role": "manager", "A": 1 + i % 5, "B": 2} for i in range(10)]
    held = responses(PAIR, rows)
    plan = Plan(PAIR, held.items, held.context)
    counting, onlooker = Counting(plan, ()), Onlooker(PAIR)
    frame = held.frame.collect()
    for some, sign in ((frame, 1), (frame[:4], -1)):
        piece = counting.keyed(some)
        assert piece is not None
        counting.learn(piece)
        onlooker.counted(counting, piece, sign)
    left = seen(PAIR, rows[4:])
    assert onlooker.n == 6
    assert onlooker.waybook is not None
    assert left.waybook is not None
    assert told(onlooker.waybook.everybody["a"]) == told(left.waybook.everybody["a"])
    assert onlooker.cells.total.tobytes() == left.cells.total.tobytes()
    assert onlooker.correlations.tobytes() == left.correlations.tobytes()
