"""Colours in numbers, beside figures that others have published."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from readiness.report.theme.colour import contrast, distance, mixed, nearest, nearest_hue

colours = st.integers(0, 0xFFFFFF).map(lambda number: f"#{number:06x}")


@pytest.mark.parametrize(
    ("one", "other", "ratio"),
    [
        ("#000000", "#ffffff", 21),
        ("#777777", "#ffffff", 4.48),
        ("#767676", "#ffffff", 4.54),
        ("#0000ff", "#ffffff", 8.59),
    ],
)
def test_contrast_is_that_of_the_web_s_guidelines(one: str, other: str, ratio: float) -> None:
    assert contrast(one, other) == pytest.approx(ratio, abs=0.005)


@given(colours, colours)
def test_contrast_is_the_same_both_ways_and_lies_between_its_ends(one: str, other: str) -> None:
    assert contrast(one, other) == contrast(other, one)
    assert 1 <= contrast(one, other) <= 21


def test_distances_are_those_of_cie_1976() -> None:
    assert distance("#000000", "#ffffff") == pytest.approx(100, abs=0.01)
    assert distance("#ff0000", "#00ff00") == pytest.approx(170.58, abs=0.1)
    assert distance("#123456", "#123456") == 0


def test_red_and_green_of_one_lightness_are_one_colour_to_some() -> None:
    red, green = "#a03b0a", "#4f6110"
    assert distance(red, green) > 50
    assert distance(red, green, "deuteranopes") < 12


@given(colours, colours, st.floats(0, 1))
def test_a_mixture_lies_between_its_colours(one: str, other: str, share: float) -> None:
    for place in (1, 3, 5):
        a, b, mix = (int(colour[place : place + 2], 16) for colour in (one, other, mixed(one, other, share)))
        assert min(a, b) <= mix <= max(a, b)


@given(colours)
def test_the_nearest_colour_that_does_is_the_colour_itself_where_it_does(colour: str) -> None:
    assert nearest(colour, lambda _: True) == colour


@given(colours)
def test_a_colour_is_darkened_no_more_than_it_needs(colour: str) -> None:
    found = nearest(colour, lambda tried: contrast(tried, "#ffffff") >= 4.5)
    assert found is not None
    assert contrast(found, "#ffffff") >= 4.5
    assert found == colour or contrast(found, "#ffffff") < 5.2


def test_where_no_colour_does_there_is_none() -> None:
    assert nearest("#123456", lambda _: False) is None
    assert nearest_hue("#123456", lambda _: False) is None


def test_another_hue_is_offered_where_only_another_hue_does() -> None:
    found = nearest_hue("#0b6b4f", lambda tried: distance("#9a1b4a", tried, "deuteranopes") >= 20)
    assert found is not None
    assert distance("#0b6b4f", found) < 20
