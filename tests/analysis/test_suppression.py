"""Rule 8 once more: nothing that the analysis says beside the tables gives away fewer than the threshold."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from readiness.analysis import gaps
from tests.analysis.beside import Beside
from tests.analysis.surveyed import analysed, population
from tests.scoring.profiles import tries
from tests.scoring.reference import Reference
from tests.scoring.running import loaded
from tests.scoring.surveys import surveys


@pytest.fixture(autouse=True, scope="module")
def _every_comparison_is_told() -> Iterator[None]:
    """The worst case: whatever is compared is a gap."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(gaps, "FALSE_RATE", 1.0)
        patch.setattr(gaps, "NEGLIGIBLE", 0.0)
        yield


@st.composite
def told_apart(draw: st.DrawFn) -> tuple[Any, list[dict[str, Any]], list[tuple[str, ...]], str]:
    """Surveys by no table or some, whose people are compared by role or by level."""
    raw, rows, by = draw(surveys())
    by = draw(st.sampled_from(([], [], by, by, [("role",)])))
    if draw(st.integers(0, 3)):
        return raw, rows, by, "role"
    raw["framework"]["context"]["level"] = {}
    rows = [{("level" if key == "role" else key): cell for key, cell in row.items()} for row in rows]
    return raw, rows, [tuple("level" if key == "role" else key for key in keys) for keys in by], "level"


@tries(120, shrink=False)
@given(told_apart(), st.integers(0, 2))
def test_nothing_said_beside_the_tables_gives_a_few_away(survey: Any, people: int) -> None:
    raw, rows, by, key = survey
    sizes = None
    if people:
        keys = (key,) if people == 1 else ("unit", key)
        counted = Counter(tuple(row[k] for k in keys) for row in rows if None not in (row[k] for k in keys))
        sizes = population(keys, {values: n + 3 for values, n in counted.items()}) if counted else None
    result = analysed(loaded(raw), rows, by, population=sizes)
    least = raw["framework"]["defaults"]["min_group"]
    assert Beside(result, Reference(raw, rows), by, least, key).recovered() == []
