"""Ways of answering, from rows of options."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from readiness.analysis.ways import Ways
from readiness.framework.models import Framework
from readiness.responses.coding import MISSING
from tests.scoring.building import framework, items

Row = Sequence[int | None]  # an option's position for each item; None: not answered


def asked(count: int, scale: str = "five", reversed_: Sequence[int] = (), extra: str = "") -> Framework:
    """A framework of one indicator `a` with items `I0`, `I1`, …, those at these places reversed."""
    said = {f"I{n}": f"scale: {scale}{', reversed: true' if n in reversed_ else ''}" for n in range(count)}
    return framework(a=f"{{desired: high{extra}, items: {items(**said)}}}")


def ways_of(rows: Sequence[Row], people: Sequence[int] | None = None, fw: Framework | None = None) -> Ways:
    """Rows, each answered by so many people, as ways; the score is the mean of what is answered."""
    fw = fw or asked(len(rows[0]))
    indicator = fw.indicators["a"]
    kept = tuple(indicator.items.values())
    steps = [len(fw.scales[str(item.scale)].options) - 1 for item in kept]
    codes = np.array([[MISSING if code is None else code for code in row] for row in rows], dtype=np.int16)
    points = np.where(codes < 0, np.nan, 100.0 * codes / np.array(steps))
    turned = np.array([item.reversed for item in kept])
    points[:, turned] = 100 - points[:, turned]
    known = ~np.isnan(points)
    score = np.where(known.any(axis=1), np.nansum(points, axis=1) / np.maximum(known.sum(axis=1), 1), np.nan)
    many = np.array(people if people is not None else [1] * len(rows), dtype=np.int64)
    return Ways(indicator, kept, points, codes, score, many)
