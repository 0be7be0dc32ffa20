"""What is made of a diagnosis: a sentence where a threshold is crossed, and only there."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from readiness.language.speech import speak
from readiness.report.diagnosis import careless_words, remarks
from readiness.scoring.findings import Analysis, Careless, Instrument
from readiness.scoring.result import Estimate, FrameworkRecord, Group, Reliability, Respondents, Result, Suppressed

NOBODY = Estimate(value=None, bounds=(0, 100), sd=None, n=0)
TITLES = {"a": "First", "b": "Second"}
TWO = {"A1": 0.4, "A2": 0.4}
THREE = {"A1": 0.4, "A2": 0.4, "A3": 0.4}


def said(alpha: Any = None, instrument: Any = None, **more: Any) -> list[str]:
    """What is made of an indicator `a`. instrument: how it differs from one with nothing to say."""
    told = Instrument(n=100, item_rest=TWO).model_copy(update=instrument or {})
    overall = Group(
        n=100,
        readiness=NOBODY,
        dimensions={},
        indicators={},
        items={},
        reliability={"a": Reliability(alpha=alpha, items=len(told.item_rest), n=100)},
        scenarios={},
        analysis=Analysis(instrument={"a": told, **more}),
    )
    record = FrameworkRecord(id="f", version="1", digest={}, texts={})
    result = Result(framework=record, respondents=Respondents(read=100, scored=100, rejected=0), overall=overall)
    return remarks(result, TITLES, speak("en"))


@pytest.mark.parametrize(
    ("alpha", "instrument", "expected"),
    [
        (0.69, {"item_rest": THREE}, "First: alpha is 0.69, below 0.70: the items hardly measure one thing."),
        (0.2, {"item_rest": dict.fromkeys(TWO, 0.12)}, "First: the two items correlate by 0.12, below 0.15"),
        (
            -3,
            {"item_rest": dict.fromkeys(TWO, -0.6), "looks_reversed": ("A1", "A2")},
            "First: A1 and A2 contradict each",
        ),
        (0.1, {"item_rest": THREE | {"A3": -0.5}, "looks_reversed": ("A3",)}, "First: A3 contradicts the other items"),
        (0.8, {"omega": 0.9, "held": ("A1",)}, "First: omega is rather high: the factor leaves A1 no variance"),
        (0.8, {"floor": 0.16}, "First: 16% have the lowest score there is"),
        (0.8, {"ceiling": 0.5}, "First: 50% have the highest score there is"),
        (
            0.8,
            {"icc1": 0.25, "icc2": 0.9},
            "Units lie far apart, so look at each by itself (ICC(1) of 0.25 or more): F",
        ),
        (
            0.8,
            {"icc1": 0.01, "icc2": 0.3},
            "Unit means are unreliable for single comparisons (ICC(2) below 0.70): First (0.30)",
        ),
        (0.8, {"r_wg": 0.5}, "People of one unit see it differently (r_wg below 0.70): First (0.50)"),
    ],
)
def test_a_crossed_threshold_is_said(alpha: float, instrument: dict[str, Any], expected: str) -> None:
    (words,) = said(alpha, instrument)
    assert words.startswith(expected)


@pytest.mark.parametrize(
    ("alpha", "instrument"),
    [
        (0.57, {}),  # two items that correlate by 0.40: alpha is low by their number alone
        (0.70, {"item_rest": THREE}),
        (None, {"item_rest": {}}),
        (0.8, {"floor": 0.15, "ceiling": 0.0}),
        (0.8, {"icc1": 0.2, "icc2": 0.7, "r_wg": 0.7}),
    ],
)
def test_what_crosses_none_is_not(alpha: float | None, instrument: dict[str, Any]) -> None:
    assert said(alpha, instrument) == []


def test_what_is_suppressed_is_not_spoken_of() -> None:
    assert said(0.8, {}, b=Suppressed()) == []


def test_careless_respondents_are_told_with_what_was_done_about_them() -> None:
    told = careless_words(Careless(n=200, straight_lining=3, speeding=2, either=4), speak("en"))
    assert told[0].startswith(
        "4 of 200 respondents answered carelessly: 3 with one answer throughout, 2 in less than two seconds"
    )
    assert "--exclude-careless" in told[1]
    assert len(told) == 2
    many = careless_words(Careless(n=20, straight_lining=3, speeding=None, either=3, excluded=True), speak("en"))
    assert many[1:] == [
        "They are left out of all figures.",
        "That is more than 10%: compare the figures with and without them.",
    ]


def test_one_careless_respondent_is_told_in_the_singular() -> None:
    one = Careless(n=200, straight_lining=1, speeding=None, either=1)
    assert careless_words(one, speak("fr"))[0].startswith("1 personne sur 200 a répondu sans attention, toujours")


def test_of_none_and_of_too_few_little_is_said() -> None:
    none = Careless(n=200, straight_lining=0, speeding=None, either=0)
    said = "Aucune série de réponses identiques parmi 200 personnes\u00a0; la durée n’a pas été enregistrée."
    assert careless_words(none, speak("fr")) == [said]
    timed = Careless(n=200, straight_lining=0, speeding=0, either=0)
    assert careless_words(timed, speak("en")) == ["None of 200 respondents answered carelessly."]
    hidden = Careless(n=4, straight_lining=None, speeding=None, either=None)
    assert careless_words(hidden, speak("en")) == ["Too few respondents to tell how many answered carelessly."]


@given(st.lists(st.floats(-1, 1) | st.none(), max_size=12), st.sampled_from([2, 3]))
def test_many_low_alphas_are_a_matter_of_the_instrument(alphas: list[float | None], items: int) -> None:
    found = {f"i{place}": Reliability(alpha=alpha, items=items, n=50) for place, alpha in enumerate(alphas)}
    overall = Group(
        n=50, readiness=NOBODY, dimensions={}, indicators={}, items={}, reliability=found, scenarios={}, analysis=None
    )
    record = FrameworkRecord(id="f", version="1", digest={}, texts={})
    result = Result(framework=record, respondents=Respondents(read=50, scored=50, rejected=0), overall=overall)
    told = [words for words in remarks(result, {}, speak("en")) if words.startswith("Reliability α is below 0.70")]
    known = [alpha for alpha in alphas if alpha is not None]
    low = sum(alpha < 0.7 for alpha in known)
    assert len(told) == (len(known) >= 3 and 3 * low > len(known))
    for words in told:
        assert f"in {low} of {len(known)} indicators" in words
        assert ("two questions each" in words) == (items == 2)
