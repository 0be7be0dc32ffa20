"""Colours that everyone can tell apart and read: WCAG contrast in light and dark, and no meaning in a hue alone."""

from __future__ import annotations

import re
from itertools import combinations

import pytest

from readiness.framework.catalogue import templates_folder

STYLE = (templates_folder() / "html" / "report.css").read_text(encoding="utf-8")
CHARTS = (templates_folder() / "html" / "charts.css").read_text(encoding="utf-8")
MARKS = (templates_folder() / "charts" / "marks.svg.j2").read_text(encoding="utf-8")
TEXT, MARK = 4.5, 3.0  # WCAG 2.2: 1.4.3 text, 1.4.11 graphical objects
SURFACES = ("paper", "wash", "card", "tag")
TINTS = ("h1", "h2", "h3", "h4", "h5", "r1", "r2", "f1", "f2")


def palette(dark: bool) -> dict[str, str]:
    blocks = re.findall(r":root \{(.*?)\}", STYLE, re.DOTALL)
    colours = dict(re.findall(r"--([\w]+): (#[0-9a-f]{6})", blocks[0]))
    return colours | (dict(re.findall(r"--([\w]+): (#[0-9a-f]{6})", blocks[1])) if dark else {})


def channels(colour: str) -> list[float]:
    shares = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    return [share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4 for share in shares]


def luminance(linear: list[float]) -> float:
    return sum(weight * channel for weight, channel in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def contrast(a: str, b: str) -> float:
    high, low = sorted((luminance(channels(a)), luminance(channels(b))), reverse=True)
    return (high + 0.05) / (low + 0.05)


def as_seen(colour: str, blindness: str) -> list[float]:
    """A colour as seen without one kind of cone (Viénot, Brettel & Mollon 1999), in linear RGB."""
    matrices = {
        "protan": ((0.11238, 0.88762, 0.0), (0.11238, 0.88762, 0.0), (0.00401, -0.00401, 1.0)),
        "deutan": ((0.29275, 0.70725, 0.0), (0.29275, 0.70725, 0.0), (-0.02234, 0.02234, 1.0)),
    }
    linear = channels(colour)
    return [sum(m * c for m, c in zip(row, linear, strict=True)) for row in matrices[blindness]]


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_text_can_be_read_on_every_surface(dark: bool) -> None:
    colours = palette(dark)
    for surface in SURFACES + TINTS:
        assert contrast(colours["ink"], colours[surface]) >= TEXT, surface
    for surface in ("paper", "wash", "card"):
        for words in ("soft", "accent", "risk", "good"):
            assert contrast(colours[words], colours[surface]) >= TEXT, (words, surface)
    for surface in ("r1", "r2", "f1", "r0"):
        assert contrast(colours["risk" if surface[0] == "r" else "good"], colours[surface]) >= TEXT, surface
        assert contrast(colours["soft"], colours[surface]) >= TEXT, surface


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_marks_can_be_seen(dark: bool) -> None:
    colours = palette(dark)
    for mark in ("accent", "risk", "good", "soft", "ink"):
        assert contrast(colours[mark], colours["paper"]) >= MARK, mark
    for level in range(4):
        assert contrast(colours["ink"], colours[f"r{level}"]) >= MARK
        assert contrast(colours["ink"], colours[f"f{level}"]) >= MARK


@pytest.mark.parametrize("blindness", ["protan", "deutan"])
@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_the_heat_table_s_tints_stay_apart_without_red_or_green(dark: bool, blindness: str) -> None:
    colours = palette(dark)
    seen = [as_seen(colours[f"h{step}"], blindness) for step in range(1, 6)]
    for a, b in combinations(seen, 2):
        assert max(abs(x - y) for x, y in zip(a, b, strict=True)) > 0.01


def test_files_carry_the_colours_of_the_page_in_light() -> None:
    carried = dict(re.findall(r'"(\w+)": "(#[0-9a-f]{6})"', MARKS))
    page = palette(False)
    painted = dict(re.findall(r"\.c-(l\d) \{ stroke: var\(--(\w+)\)", CHARTS))
    assert len(painted) == 5
    for name, colour in carried.items():
        assert colour == page[painted.get(name, {"plain": "soft"}.get(name, name))], name


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_the_ends_of_a_scale_of_answers_stand_out_without_any_hue(dark: bool) -> None:
    colours = palette(dark)
    tones = [colours[name] for _, name in sorted(re.findall(r"\.c-(l\d) \{ stroke: var\(--(\w+)\)", CHARTS))]
    assert contrast(tones[0], colours["paper"]) >= MARK
    assert contrast(tones[4], colours["paper"]) >= MARK
    assert contrast(tones[0], tones[1]) >= 1.8
    assert contrast(tones[4], tones[3]) >= 1.8
    assert contrast(colours["ink"], tones[2]) >= MARK  # the line in the middle, across the middle option
