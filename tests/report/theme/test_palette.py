"""A firm's colours: whatever is let through can be read everywhere, in light and dark, by everyone."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from readiness.report.theme.colour import BLINDNESS, contrast, distance
from readiness.report.theme.palette import APART, COLOURS, GROUNDS, Palette, completed, shipped, unfit

colours = st.integers(0, 0xFFFFFF).map(lambda number: f"#{number:06x}")
SHEETS = {"light": shipped().light, "dark": shipped().dark}


@pytest.mark.parametrize("sheet", SHEETS)
def test_the_shipped_colours_pass_as_a_firm_s_own(sheet: str) -> None:
    base = SHEETS[sheet]
    assert list(unfit({name: base[name] for name in COLOURS}, base, sheet)) == []


@pytest.mark.parametrize("sheet", SHEETS)
def test_every_ground_that_text_is_judged_on_is_a_colour_of_the_style_sheet(sheet: str) -> None:
    assert {ground for grounds in GROUNDS.values() for ground in grounds} <= SHEETS[sheet].keys()


@given(st.dictionaries(st.sampled_from(COLOURS), colours, min_size=1), st.sampled_from(sorted(SHEETS)))
@settings(max_examples=30)
def test_what_is_let_through_can_be_read_and_what_is_offered_would_be(own: Palette, sheet: str) -> None:
    base = SHEETS[sheet]
    wrong = list(unfit(own, base, sheet))
    if not wrong:
        palette = {**base, **completed(own, base)}
        for text, grounds in GROUNDS.items():
            for ground, needed in grounds.items():
                assert contrast(palette[text], palette[ground]) >= needed
        if {"risk", "good"} & own.keys():
            for whom in (None, *BLINDNESS):
                assert distance(palette["risk"], palette["good"], whom) >= APART
    for found in wrong:
        if found.instead and len(own) == 1:
            again = [other for other in unfit({found.colour: found.instead}, base, sheet) if "contrast" in other.why]
            assert again == []


def test_the_ratio_found_is_never_rounded_up_to_the_one_needed() -> None:
    [wrong] = unfit({"accent": "#777777"}, shipped().light, "light")
    found = re.search(r"has a contrast of ([\d.]+) with .* and needs 4.5", wrong.why)
    assert found
    assert float(found[1]) < 4.5


def test_risk_and_good_that_some_cannot_tell_apart_are_refused_with_a_colour_that_would_do() -> None:
    own = {"risk": "#9a1b4a", "good": "#0b6b4f"}
    [wrong] = unfit(own, shipped().light, "light")
    assert "look alike to deuteranopes" in wrong.why
    assert wrong.instead is not None
    assert list(unfit({**own, "good": wrong.instead}, shipped().light, "light")) == []


def test_tints_follow_the_colour_they_are_made_of() -> None:
    made = completed({"risk": "#5b2a86"}, shipped().light)
    assert {"r1", "r2", "r3", "h1", "h2"} <= made.keys()
    assert not {"f1", "h5", "bar"} & made.keys()
    assert contrast(made["r3"], "#ffffff") > contrast(made["r2"], "#ffffff") > contrast(made["r1"], "#ffffff") > 1
