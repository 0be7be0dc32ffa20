"""The engine says what a naive reading of the arithmetic says, on generated frameworks and answers."""

from __future__ import annotations

import json
from typing import Any
from unittest.mock import patch

from hypothesis import given

from readiness.scoring import pieces
from tests.scoring.profiles import tries
from tests.scoring.reference import Reference
from tests.scoring.running import all_differences, loaded, only, scored
from tests.scoring.strategies import items_of, studies

BY = [("unit",), ("role",), ("unit", "role")]


def told(study: tuple[dict[str, Any], list[dict[str, Any]], list[str]], by: list[tuple[str, ...]]) -> list[str]:
    raw, rows, columns = study
    rows = only(rows, items_of(raw), columns)
    # Respondents' scores are summed in units of 1e-9: of a raw range of 1, in percent, that is 1e-7.
    tolerance = 1e-7 if '"raw"' in json.dumps(raw) else 1e-9
    return all_differences(scored(loaded(raw), rows, columns, by), Reference(raw, rows, columns).result(by), tolerance)


@tries(60, shrink=False)
@given(studies())
def test_every_figure_of_a_survey_agrees_with_the_reference(study: Any) -> None:
    assert told(study, BY) == []


@tries(20, shrink=False)
@given(studies())
def test_every_figure_of_a_large_survey_agrees_with_the_reference(study: Any) -> None:
    """From a million cells on the engine counts them in another way: here it takes that way at once."""
    with patch.object(pieces, "FEW_CELLS", 0):
        assert told(study, BY) == []


@tries(60, shrink=False)
@given(studies(most=1))
def test_every_figure_of_one_respondent_agrees_with_the_reference(study: Any) -> None:
    assert told(study, []) == []
