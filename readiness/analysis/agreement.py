"""Agreement: how alike people of one unit answer, and how far units differ from each other."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from readiness.analysis.ways import NOT_PUT

if TYPE_CHECKING:
    from readiness.analysis.ways import Ways
    from readiness.framework.models import Scale

FEWEST = 2  # people who can agree at all
ROUNDING = 1e-12  # of the sum of squares: a mean square no greater than that is what rounding leaves of none


class Icc(NamedTuple):
    """Intraclass correlations, one-way random.

    single: ICC(1), the share of the variance of respondents' scores that lies between units. mean: ICC(2), how
    reliably units' means tell units apart. Either may be below zero, which is to say that units do not differ.
    """

    single: float | None
    mean: float | None


def agreement_of(ways: Ways, scales: Mapping[str, Scale], fewest: int = FEWEST) -> float | None:
    """The r_wg(j) of some respondents over an indicator's items (James, Demaree & Wolf 1984), in steps of the options.

    With s² the mean of the items' variances (n - 1) and (A² - 1)/12 the variance of answers drawn evenly from A
    options, the share q of the one in the other gives J(1 - q) / (J(1 - q) + q) of J items. Variances above that of
    even answers count as no agreement, 0 (as LeBreton, James & Lindell 2005 advise). Each item's share is taken by
    itself, so that items may have scales of different length; where they have the same, it is the formula above.

    None where no item was answered by so many respondents. Number items have no options, and do not count.
    """
    shares = [
        share
        for place, item in enumerate(ways.items)
        if item.type == "scale"
        if (share := _share(ways, place, len(scales[str(item.scale)].options), fewest)) is not None
    ]
    return _agreed(shares)


def agreement_in(counts: Sequence[Sequence[int]], fewest: int = FEWEST) -> float | None:
    """The same from how many chose each option of each item, lowest first."""
    return _agreed([share for some in counts if (share := uneven(some, fewest)) is not None])


def _agreed(shares: Sequence[float]) -> float | None:
    """The r_wg(j) from each item's share of the variance of even answers."""
    if not shares:
        return None
    spread = math.fsum(shares) / len(shares)
    agreed = len(shares) * (1 - spread)
    return agreed / (agreed + spread) if agreed > 0 else 0.0


def _share(ways: Ways, place: int, options: int, fewest: int) -> float | None:
    """An item's variance as a share of that of answers drawn evenly; None where too few answered."""
    codes = ways.codes[:, place]
    answered = (codes >= 0) & (codes != NOT_PUT)
    counts = np.bincount(codes[answered], weights=ways.people[answered], minlength=options)
    return uneven(list(map(int, counts)), fewest)


def uneven(counts: Sequence[int], fewest: int = FEWEST) -> float | None:
    """The variance (n - 1) of answers to one item, of which each option has so many, over that of even answers."""
    n, options = sum(counts), len(counts)
    if n < max(FEWEST, fewest) or options < 2:
        return None
    total = sum(step * count for step, count in enumerate(counts))
    squares = sum(step * step * count for step, count in enumerate(counts))
    # In whole numbers until the last step: n(n - 1) times the variance.
    return 12 * (n * squares - total * total) / (n * (n - 1) * (options * options - 1))


def icc(n: Sequence[int], sums: Sequence[float], squares: float) -> Icc:
    """ICC(1) and ICC(2) of scores in units, by one-way analysis of variance (Shrout & Fleiss 1979; Bliese 2000).

    n, sums: how many respondents of each unit have a score, and the sum of their scores. squares: the sum of all
    squared scores. Whole numbers, in whatever unit, are exact. Units of different sizes count as if all had
    n0 = (N - Σn²/N)/(G - 1) respondents, which makes the variance between G units unbiased (Haggard 1958); ICC(2) is
    the Spearman-Brown of ICC(1) at that size, 1 less the mean square within units over that between them.

    None with fewer than two units, where no unit has two respondents, or where nobody differs from anybody; ICC(2)
    also where all units have the same mean.
    """
    there = [(size, total) for size, total in zip(n, sums, strict=True) if size]
    people, units = sum(size for size, _ in there), len(there)
    if units < 2 or people <= units:
        return Icc(None, None)
    explained = math.fsum(total * total / size for size, total in there)
    whole = sum(sorted(total for _, total in there))
    between = max(0.0, explained - whole * whole / people) / (units - 1)
    within = max(0.0, squares - explained) / (people - units)
    if between + within <= ROUNDING * squares:
        return Icc(None, None)
    size = (people - sum(size * size for size, _ in there) / people) / (units - 1)
    single = (between - within) / (between + (size - 1) * within)
    return Icc(single, 1 - within / between if between > ROUNDING * squares else None)
