"""Gaps as a reader sees them: good on the right, how wide in words, whose verdict hangs on it."""

from __future__ import annotations

import pytest

from readiness.language.speech import speak
from readiness.report.analysed import Analysed, analysed
from readiness.report.gaps import Difference, Differences, size_word
from readiness.report.words import Reader
from readiness.scoring.findings import Gaps
from readiness.scoring.result import Group, Result
from tests.report.analysing import with_analysis
from tests.report.building import ordinary


def told(result: Result, language: str = "en") -> Analysed:
    return analysed(Reader(result.framework.texts, language), result)


def gaps_of(result: Result) -> Differences:
    found = told(result).gaps
    assert found is not None
    return found


def first_gap() -> Difference:
    return gaps_of(with_analysis(ordinary())).found[0]


@pytest.mark.parametrize(
    ("delta", "word"),
    [
        (0.146, "negligible"),
        (0.147, "small"),
        (-0.329, "small"),
        (0.33, "medium"),
        (-0.473, "medium"),
        (0.474, "large"),
        (-1.0, "large"),
    ],
)
def test_how_wide_it_is_goes_by_romano_s_limits(delta: float, word: str) -> None:
    assert size_word(speak("en"), delta) == word


def test_sides_go_by_their_names_and_differences_keep_their_sign() -> None:
    gap = first_gap()
    assert [side.name for side in gap.sides] == ["Executive", "Employee"]
    assert (gap.difference.text, gap.delta.text) == ("+23.3", "+0.52")
    assert gap.interval is not None
    assert (gap.interval.low.text, gap.interval.high.text) == ("−3.2", "+40.1")


def test_of_an_adverse_indicator_the_higher_side_stands_left() -> None:
    adverse = gaps_of(with_analysis(ordinary())).found[1]
    assert adverse.desired == "low"
    assert adverse.sides[0].spot < adverse.sides[1].spot


def test_a_q_below_what_three_decimals_show_is_told_as_less_than_that() -> None:
    first, second = gaps_of(with_analysis(ordinary())).found
    assert first.q.text == "< 0.001"
    assert first.q.at == ""
    assert second.q.text == "0.031"


def test_both_verdicts_are_told_the_first_side_s_first() -> None:
    hanging = first_gap().verdicts[0]
    assert hanging.verdicts == ("not present", "present")


def test_interviews_stand_beside_the_survey_by_their_names() -> None:
    mode = gaps_of(with_analysis(ordinary())).modes[0]
    assert [side.name for side in mode.sides] == ["Interviews", "Survey"]
    assert (mode.interval, mode.delta_interval) == (None, None)  # whom to interview was chosen, and is no draw


def test_without_any_comparison_nothing_is_told() -> None:
    assert told(with_analysis(ordinary(), gaps=Gaps(compared=0))).gaps is None


def test_a_result_without_analysis_tells_nothing() -> None:
    result = ordinary()
    assert isinstance(result.overall, Group)
    assert result.overall.analysis is None
    assert told(result) == Analysed()
