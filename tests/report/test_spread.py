"""A dimension is named as the lowest or the highest only where it stands out from all others."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from readiness.language.speech import speak
from readiness.report.figures import Axis, reading
from readiness.report.profile import Line, extremes
from readiness.report.spread import spread
from readiness.report.words import Said
from readiness.scoring.result import Estimate

ENGLISH = speak("en")
SCORES = st.floats(0, 100)


def line(place: int, value: float, reach: float | None = None) -> Line:
    interval = None if reach is None else (max(0.0, value - reach), min(100.0, value + reach))
    estimate = Estimate(value=value, bounds=(value, value), interval=interval, sd=None, n=20)
    return Line(f"d{place}", Said(f"Dimension {place};"), Said(""), reading(ENGLISH, estimate, Axis(), "x"), Axis())


def lines(*values: float, reach: float | None = None) -> list[Line]:
    return [line(place, value, reach) for place, value in enumerate(values)]


def said(*values: float, reach: float | None = None) -> str:
    return spread(ENGLISH, lines(*values, reach=reach))


@given(st.lists(st.tuples(SCORES, st.floats(0, 30)), max_size=6))
def test_no_dimension_is_named_whose_interval_overlaps_with_another_s(drawn: list[tuple[float, float]]) -> None:
    found = [line(place, value, reach) for place, (value, reach) in enumerate(drawn)]
    words = spread(ENGLISH, found)
    for one in found:
        for other in found:
            if one is not other and one.reading.interval and other.reading.interval:
                first, second = one.reading.interval.reach, other.reading.interval.reach
                if first[0] <= second[1] and second[0] <= first[1]:
                    assert one.title not in words


@given(st.lists(SCORES, min_size=2, max_size=6))
def test_without_intervals_what_is_printed_alike_is_not_told_apart(values: list[float]) -> None:
    found = lines(*values)
    lowest, highest = extremes(found)
    printed = sorted(round(value) for value in values)
    gaps = [after - before for before, after in pairwise(sorted(float(one.reading.value.text) for one in found))]
    assert (lowest is not None) == (gaps[0] > 0)
    assert (highest is not None) == (gaps[-1] > 0)
    assert spread(ENGLISH, found).endswith(".")
    assert lowest is None or float(lowest.reading.value.text) <= printed[0] + 1


def test_what_stands_out_is_named_and_the_others_by_where_they_lie() -> None:
    assert said(30, 60, 80, reach=2) == "Readiness is lowest in Dimension 0; (30) and highest in Dimension 2; (80)."
    assert said(30, 60, 61, reach=2) == (
        "Readiness is lowest in Dimension 0; (30); in the other dimensions it lies between 60 and 61."
    )
    assert said(60, 61, 90, reach=2) == (
        "Readiness is highest in Dimension 2; (90); in the other dimensions it lies between 60 and 61."
    )
    assert said(60, 60, 90) == "Readiness is highest in Dimension 2; (90); in the other dimensions it lies at 60."
    assert said(58, 61, 64, reach=5) == "All dimensions lie between 58 and 64."
    assert said(60, 60) == "All dimensions lie at 60."
    assert said(60) == said() == ""
