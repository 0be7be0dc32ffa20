"""A firm's colours beside the shipped ones: tints made of them, and whether everything can still be read.

The shipped colours stand in the style sheet and nowhere else.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from readiness.framework.catalogue import templates_folder
from readiness.report.theme.colour import BLINDNESS, contrast, distance, mixed, nearest, nearest_hue

TEXT = 4.5  # WCAG 2.2, success criterion 1.4.3
MARK = 3.0  # 1.4.11
APART = 20.0  # ΔE*ab between what is a risk and what is good; the shipped pair has 30 at the least

_BLOCKS = re.compile(r":root\s*\{(.*?)\}", re.DOTALL)
_COLOURS = re.compile(r"--(\w+):\s*(#[0-9a-f]{6})\b")
_STACKS = re.compile(r"--(serif|sans):\s*([^;]+);")

COLOURS = ("accent", "ink", "soft", "risk", "good")  # what a firm may choose
_SHEETS = ("paper", "wash", "card")
# Behind text: each tint is its colour with so much of it in the paper. Lighter means further from the end of the scale.
TINTS: Mapping[str, tuple[str, float]] = {
    **{"r1": ("risk", 0.13), "r2": ("risk", 0.27), "r3": ("risk", 0.46), "h2": ("risk", 0.2), "h1": ("risk", 0.4)},
    **{"f1": ("good", 0.13), "f2": ("good", 0.27), "f3": ("good", 0.46), "h4": ("good", 0.2), "h5": ("good", 0.4)},
    "bar": ("accent", 0.44),
}
_STRENGTHS = (1.0, 0.9, 0.8, 0.7, 0.6, 0.5)
GROUNDS: Mapping[str, Mapping[str, float]] = {
    "ink": dict.fromkeys((*_SHEETS, "tag", "h1", "h2", "h3", "h4", "h5", "r1", "r2", "f1", "f2", "bar"), TEXT)
    | {"r3": MARK, "f3": MARK},
    "soft": dict.fromkeys((*_SHEETS, "r0", "r1", "r2", "f1"), TEXT),
    "accent": dict.fromkeys(_SHEETS, TEXT),
    "risk": dict.fromkeys((*_SHEETS, "r0", "r1", "r2"), TEXT),
    "good": dict.fromkeys((*_SHEETS, "f1"), TEXT),
}

Palette = Mapping[str, str]


@dataclass(frozen=True)
class Shipped:
    """What the style sheet says: colours on white, on black, and fonts to try one after the other."""

    light: Palette
    dark: Palette
    stacks: Mapping[str, str]


@cache
def shipped() -> Shipped:
    """The colours and fonts of the shipped style sheet."""
    style = (templates_folder() / "html" / "report.css").read_text(encoding="utf-8")
    light, dark, *_ = _BLOCKS.findall(style)
    colours = dict(_COLOURS.findall(light))
    return Shipped(colours, colours | dict(_COLOURS.findall(dark)), dict(_STACKS.findall(light)))


def completed(own: Palette, base: Palette) -> dict[str, str]:
    """Colours with the tints made of them, as strong as the texts on them allow, but half as strong at least."""
    colours = {**base, **own}
    return {**own, **{name: tint for colour in own for name, tint in _tints(colour, colours).items()}}


def _tints(colour: str, colours: Palette) -> dict[str, str]:
    made: dict[str, str] = {}
    for strength in _STRENGTHS:
        made = {
            tint: mixed(colours["paper"], colours[colour], share * strength)
            for tint, (of, share) in TINTS.items()
            if of == colour
        }
        if not _short({**colours, **made}, made):
            break
    return made


def _short(colours: Palette, on: Collection[str]) -> list[tuple[float, float, str, str]]:
    """Which texts have too little contrast with some grounds: found, needed, the text, what is behind it."""
    return [
        (ratio, needed, text, ground)
        for text, grounds in GROUNDS.items()
        for ground, needed in grounds.items()
        if ground in on and (ratio := contrast(colours[text], colours[ground])) < needed
    ]


@dataclass(frozen=True)
class Unfit:
    """A colour that cannot stay: why, and the nearest one that would do."""

    colour: str  # its name
    why: str
    instead: str | None


def unfit(own: Palette, base: Palette, sheet: str) -> Iterator[Unfit]:
    """A firm's colours that cannot be read, or cannot be told apart. sheet: `light` or `dark`, for the words."""
    too_faint = [found for name in own if (found := _faint(name, own, base, sheet))]
    yield from too_faint
    if not too_faint and {"risk", "good"} & own.keys():
        yield from _alike(own, base)


def _faint(name: str, own: Palette, base: Palette, sheet: str) -> Unfit | None:
    shortfalls = _shortfalls(name, own, base)
    if not shortfalls:
        return None
    ratio, needed, text, ground = min(shortfalls)
    behind = f"the {sheet} paper" if ground == "paper" else f"{sheet} {ground}" if ground in _SHEETS else "a tint"
    colours = {**base, **completed(own, base)}
    who = f"{name!r}" if text == name else f"{text!r} on a tint of {name!r}"
    why = (
        f"{who} ({colours[text]}) has a contrast of {_down(ratio)} with {behind} ({colours[ground]}),"
        f" and needs {needed:g}"
    )
    return Unfit(name, why, nearest(own[name], lambda tried: not _shortfalls(name, {**own, name: tried}, base)))


def _down(ratio: float) -> str:
    """Two decimals, never rounded up to what was needed."""
    return f"{int(ratio * 100) / 100:.2f}"


def _shortfalls(name: str, own: Palette, base: Palette) -> list[tuple[float, float, str, str]]:
    """Where a colour, or a text on a tint of it, has too little contrast; as `_short` says it."""
    colours = {**base, **completed(own, base)}
    return [short for short in _short(colours, colours) if name in (short[2], TINTS.get(short[3], ("", 0.0))[0])]


def _alike(own: Palette, base: Palette) -> Iterator[Unfit]:
    """What is a risk and what is good, where somebody could take one for the other."""
    colours = {**base, **own}
    risk, good = colours["risk"], colours["good"]
    nearness = {whom: distance(risk, good, whom) for whom in (None, *BLINDNESS)}
    whom = min(nearness, key=lambda other: nearness[other])
    if nearness[whom] >= APART:
        return
    name = "good" if "good" in own else "risk"
    other = risk if name == "good" else good

    def fits(tried: str) -> bool:
        apart = all(distance(tried, other, someone) >= APART for someone in nearness)
        return apart and not _shortfalls(name, {**own, name: tried}, base)

    to = f" to {whom}" if whom else ""
    why = (
        f"'risk' ({risk}) and 'good' ({good}) look alike{to}:"
        f" they are {nearness[whom]:.0f} apart (ΔE*ab), and have to be {APART:g}"
    )
    yield Unfit(name, why, nearest_hue(own[name], fits))
