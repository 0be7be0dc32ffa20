"""Colours in numbers: contrast, how far apart two are, and how they look to those who lack a kind of cone."""

from __future__ import annotations

import colorsys
from collections.abc import Callable, Mapping
from functools import lru_cache

Channels = tuple[float, float, float]  # red, green and blue as shares of light (linear), 0 to 1

# Viénot, Brettel & Mollon (1999), "Digital video colourmaps for checking the legibility of displays by dichromats",
# Color Research & Application 24(4), for linear RGB.
BLINDNESS: Mapping[str, tuple[Channels, Channels, Channels]] = {
    "protanopes": ((0.11238, 0.88762, 0.0), (0.11238, 0.88762, 0.0), (0.00401, -0.00401, 1.0)),
    "deuteranopes": ((0.29275, 0.70725, 0.0), (0.29275, 0.70725, 0.0), (-0.02234, 0.02234, 1.0)),
}
# sRGB to CIE XYZ and its white point D65 (IEC 61966-2-1).
_XYZ = ((0.4124564, 0.3575761, 0.1804375), (0.2126729, 0.7151522, 0.0721750), (0.0193339, 0.1191920, 0.9503041))
_WHITE = (0.95047, 1.0, 1.08883)
_ENDS = ("#000000", "#ffffff")
_STEPS = 256  # from a colour to black or white
_HUES, _SHADES = 48, 24


def channels(colour: str) -> Channels:
    """`#rrggbb` as shares of light (WCAG 2.2, relative luminance)."""
    red, green, blue = (_linear(int(colour[place : place + 2], 16) / 255) for place in (1, 3, 5))
    return red, green, blue


def _linear(share: float) -> float:
    return share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4


def contrast(one: str, other: str) -> float:
    """The contrast of two colours, 1 to 21 (WCAG 2.2, contrast ratio)."""
    low, high = sorted((_luminance(one), _luminance(other)))
    return (high + 0.05) / (low + 0.05)


@lru_cache(maxsize=8192)
def _luminance(colour: str) -> float:
    return sum(weight * share for weight, share in zip((0.2126, 0.7152, 0.0722), channels(colour), strict=True))


def distance(one: str, other: str, blindness: str | None = None) -> float:
    """How far apart two colours look: CIE 1976 ΔE*ab, of which 2.3 can just be noticed (Mahy et al. 1994).

    blindness: to whom; to anyone else where it is None.
    """
    pair = (_lab(_as_seen(channels(colour), blindness)) for colour in (one, other))
    return float(sum((a - b) ** 2 for a, b in zip(*pair, strict=True)) ** 0.5)


def _as_seen(light: Channels, blindness: str | None) -> Channels:
    if blindness is None:
        return light
    red, green, blue = (min(1.0, max(0.0, _times(row, light))) for row in BLINDNESS[blindness])
    return red, green, blue


def _times(row: Channels, light: Channels) -> float:
    return sum(factor * share for factor, share in zip(row, light, strict=True))


def _lab(light: Channels) -> Channels:
    x, y, z = (_cube_root(_times(row, light) / white) for row, white in zip(_XYZ, _WHITE, strict=True))
    return 116 * y - 16, 500 * (x - y), 200 * (y - z)


def _cube_root(share: float) -> float:
    """CIE 1976: the cube root, and a line near black."""
    return float(share ** (1 / 3)) if share > (6 / 29) ** 3 else share / (3 * (6 / 29) ** 2) + 4 / 29


def mixed(colour: str, other: str, share: float) -> str:
    """A colour with a `share` (0 to 1) of another one in it, as a browser mixes them in sRGB."""
    parts = ((int(colour[i : i + 2], 16), int(other[i : i + 2], 16)) for i in (1, 3, 5))
    return "#" + "".join(f"{round(own + (added - own) * share):02x}" for own, added in parts)


def nearest(colour: str, fits: Callable[[str], bool]) -> str | None:
    """The colour itself made darker or lighter, as little as will do; None where neither black nor white would."""
    shades = (mixed(colour, end, step / _STEPS) for step in range(_STEPS + 1) for end in _ENDS)
    return next(filter(fits, shades), None)


def nearest_hue(colour: str, fits: Callable[[str], bool]) -> str | None:
    """The colour that looks most like it and will do, of other hues and shades of it; None where none would."""
    shades = {
        mixed(_turned(colour, hue / _HUES), end, step / _SHADES)
        for hue in range(_HUES)
        for step in range(_SHADES)
        for end in _ENDS
    }
    return next(filter(fits, sorted(shades, key=lambda shade: (distance(colour, shade), shade))), None)


def _turned(colour: str, turn: float) -> str:
    """The colour with its hue turned by a share of the circle."""
    hue, light, strength = colorsys.rgb_to_hls(*(int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)))
    return "#" + "".join(
        f"{round(share * 255):02x}" for share in colorsys.hls_to_rgb((hue + turn) % 1, light, strength)
    )
