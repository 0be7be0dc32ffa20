"""What was seen stands beside what was said, as a group of its own, and moves no figure of anybody's."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from readiness.framework.models import Framework
from readiness.responses.ratings import Ratings
from readiness.responses.table import Responses, from_rows
from readiness.scoring.engine import score, score_both
from readiness.scoring.evidence import telling_of, with_evidence
from readiness.scoring.result import Group, Result, SubGroup
from tests.scoring.building import HUNDRED, framework, items, scenario
from tests.scoring.running import cells, scored

EVIDENCE = {"source": "evidence"}
FACT = f"{{desired: high, scope: organisation, items: {items(F=HUNDRED)}}}"
OPINION = f"{{desired: high, items: {items(X=HUNDRED, Y=HUNDRED)}}}"
SCENARIOS = scenario("{all: [{high: fact}, {high: x}]}") + scenario(
    "{high: x}", "whole", "kind: favourable\nlevel: organisation"
)
SMALL = framework(SCENARIOS, fact=FACT, x=OPINION)
CELL = st.one_of(st.none(), st.integers(0, 100), st.sampled_from(["dk", "na"]))
ROW = st.fixed_dictionaries({"F": CELL, "X": CELL, "Y": CELL})
ROWS = st.lists(ROW, min_size=1, max_size=6)
Row = Mapping[str, Any]


def responses(rows: Sequence[Row], fw: Framework = SMALL) -> Responses:
    named = [{"respondent": f"r{place}", "unit": "AB"[place % 2], **row} for place, row in enumerate(rows)]
    return from_rows(fw, [cells(row) for row in named])


def rated(*rows: Row, **noted: Any) -> Ratings:
    return Ratings(responses(rows), **{"use": "beside", "texts": {}, "confidence": {}, **noted})


def both(survey: Sequence[Row], interviews: Sequence[Row]) -> Result:
    return score_both(SMALL, responses(survey), responses(interviews), [("unit",)])


def told_of(result: Result) -> SubGroup:
    group = result.groups[-1]
    assert isinstance(group, SubGroup)
    assert group.by == EVIDENCE
    return group


@given(ROWS, ROWS, ROWS)
def test_ratings_change_nothing_that_the_survey_or_interviews_say(
    survey: list[Row], interviews: list[Row], ratings: list[Row]
) -> None:
    before = both(survey, interviews)
    after = with_evidence(before, SMALL, rated(*ratings), {})
    beside = len(after.groups) - len(before.groups)
    assert beside in (0, 1)
    bare = after.model_copy(update={"groups": after.groups[: len(before.groups)], "evidence": None})
    assert bare.to_json() == before.to_json()


@given(ROWS)
def test_what_was_seen_is_scored_like_anything_that_is_said(ratings: list[Row]) -> None:
    alone: Any = score(SMALL, responses(ratings), protect=False)
    result = with_evidence(both([{"X": 1}], [{"X": 2}]), SMALL, rated(*ratings), {})
    if not alone.overall.n:
        assert result.evidence is None
        return
    expected = alone.overall.model_dump()
    del expected["scenarios"]["whole"]
    found = told_of(result).model_dump()
    assert found.pop("by") == EVIDENCE
    assert found == expected


def test_what_is_told_of_the_organisation_alone_is_not_told_of_a_few_ratings() -> None:
    result = with_evidence(both([{"X": 1}], [{"X": 2}]), SMALL, rated({"X": 90, "Y": 90}), {})
    assert list(told_of(result).scenarios) == ["story"]


def test_a_single_rating_is_shown_beside_a_survey_whose_small_groups_are_hidden() -> None:
    result = with_evidence(both([{"X": 50, "Y": 50}] * 3, []), SMALL, rated({"X": 90, "Y": 70}), {})
    assert not isinstance(result.overall, Group)
    found: Any = told_of(result)
    assert (found.n, found.indicators["x"].value, found.items["X"].n) == (1, 80, 1)


def test_a_fact_that_was_seen_is_no_fact_of_the_survey_s() -> None:
    before = both([{"F": 20, "X": 50, "Y": 50}] * 6, [{"F": 20}])
    result: Any = with_evidence(before, SMALL, rated({"F": 90}), {})
    assert result.overall.indicators["fact"].value == 20
    assert told_of(result).indicators["fact"].value == 90  # type: ignore[union-attr]


def test_a_fact_that_the_engagement_knows_holds_for_what_was_seen_too() -> None:
    found: Any = told_of(with_evidence(both([{"X": 1}], []), SMALL, rated({"F": 90, "X": 10}), {"fact": 40}))
    assert (found.indicators["fact"].value, found.items["F"].n) == (40, 1)


def test_what_was_not_rated_is_missing_and_not_nought() -> None:
    found: Any = told_of(with_evidence(both([{"X": 1}], []), SMALL, rated({"X": 90, "Y": None}), {}))
    assert (found.indicators["x"].value, found.indicators["x"].bounds) == (None, (45, 95))


@pytest.mark.parametrize("cell", ["dk", None])
def test_where_no_rating_says_anything_nothing_is_added(cell: str | None) -> None:
    before = both([{"X": 1}], [{"X": 2}])
    assert with_evidence(before, SMALL, rated({"X": cell}, texts={"X": ("asked in vain",)}), {}) == before


def test_what_ratings_rest_on_goes_into_the_result_and_nobody_s_name_with_it() -> None:
    ratings = rated({"X": 90, "Y": 80}, use="fills", texts={"X": ("minutes",)}, confidence={"X": {"high": 1}})
    written = with_evidence(both([{"X": 1}], [{"X": 2}]), SMALL, ratings, {}).to_json()
    read = Result.model_validate_json(written)
    assert read.evidence is not None
    assert (read.evidence.use, read.evidence.texts) == ("fills", {"X": ("minutes",)})
    assert read.evidence.confidence == {"X": {"high": 1}}
    assert '"r0"' not in written


def test_a_result_without_ratings_says_nothing_of_evidence() -> None:
    assert "evidence" not in scored(SMALL, [{"respondent": "r", "X": 1, "Y": 1}]).to_json()


def test_each_interview_s_ratings_are_told_behind_its_answers() -> None:
    frames: list[pl.DataFrame] = []
    ratings = rated({"F": 70, "X": 90, "Y": 80}, {"X": "dk"})
    write = telling_of(
        ratings, SMALL, {}, lambda parts, schema: frames.extend(part.select(list(schema)) for part in parts)
    )
    score_both(SMALL, responses([{"X": 1, "Y": 3}] * 2), responses([{"F": 10, "X": 2, "Y": 2}]), write=write)
    told = pl.concat(frames).select("respondent", "source", "unit", "indicator.x", "indicator.fact")
    assert told.rows() == [
        ("r0", "survey", "A", 2, 10),
        ("r1", "survey", "B", 2, 10),
        ("r0", "interview", "A", 2, 10),
        ("r0", "evidence", "A", 85, 70),
    ]
