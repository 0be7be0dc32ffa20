"""Findings: what the analysis layer completes a result with. Forms only; who works them out is `readiness.analysis`.

Shares and memberships are 0-1, scores in an indicator's own units, all unrounded. `None` means that a figure cannot be
told. Whatever would rest on too few people is left out, or stands there as suppressed.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from pydantic import Field

from readiness.scoring.forms import Bounds, Record, Suppressed, Verdict
from readiness.scoring.routes import WayOut

By = Mapping[str, str | None]  # what a group is formed by, such as {"unit": "Sales"}; None is a blank


class Sampling(Record):
    """How the intervals were made: what they allow for, and with which seed resamples were drawn.

    clusters: how many units were taken as clusters, None where respondents count as drawn one by one.
    """

    confidence: float
    resamples: int
    seed: int
    drawn: Literal["respondents", "means"]
    clusters: int | None = None
    finite: bool = False  # whether the size of the population narrows the intervals


class Answering(Record):
    """How many of a group answered. `n` and `rate` are None where that many may not be told."""

    by: dict[str, str | None]
    population: int
    n: int | None
    rate: float | None


class Unknowing(Record):
    """How often a role answered *don't know* or *not applicable* to an indicator's items that were put to it."""

    role: str
    indicator: str
    asked: int  # cells: items times respondents
    dk: float
    na: float


class Responding(Record):
    """Who answered: rates by the keys of the population, and groups of which nobody did.

    crossed: whether the sizes of all crossings are known, so that a result can be balanced by them.
    """

    population: int | None = None
    rate: float | None = None
    crossed: bool = False
    groups: tuple[Answering, ...] = ()
    silent: tuple[dict[str, str | None], ...] = ()
    unknowing: tuple[Unknowing, ...] = ()


class Instrument(Record):
    """How an indicator's items hold together, over all respondents.

    omega: McDonald's, of one factor. held: items that the factor leaves no variance of their own, so that omega is
    rather high (a Heywood case). item_rest: each item's correlation with the mean of the others. looks_reversed: items
    whose key looks the wrong way round. floor, ceiling: shares of respondents at the lowest and the highest score.
    icc1, icc2: how far units differ, and how reliable their means are. r_wg: the median of the units' agreement.
    """

    n: int
    omega: float | None = None
    held: tuple[str, ...] = ()
    item_rest: dict[str, float | None] = Field(default={})
    looks_reversed: tuple[str, ...] = ()
    floor: float | None = None
    ceiling: float | None = None
    icc1: float | None = None
    icc2: float | None = None
    r_wg: float | None = None
    units: int | None = None


class Careless(Record):
    """How many answered in a way that says little. `speeding` is None where no time was recorded.

    excluded: whether they were left out of everything else.
    """

    n: int
    straight_lining: int | None
    speeding: int | None
    either: int | None
    excluded: bool = False


class Gap(Record):
    """How differently two sides see an indicator, by the items that were put to both in the same words.

    key: role, level, or `source` for interviews against the survey. difference: the first side's mean less the
    second's, in points. delta: Cliff's. p: of no difference; q: adjusted for all comparisons made (Benjamini and
    Hochberg 1995). verdicts: scenarios whose verdict hangs on whose view is taken for true.
    """

    key: str
    sides: tuple[str, str]
    indicator: str
    items: tuple[str, ...]
    n: tuple[int, int]
    means: tuple[float, float]
    difference: float
    interval: Bounds
    delta: float
    delta_interval: Bounds
    p: float
    q: float
    verdicts: dict[str, tuple[Verdict, Verdict]] = Field(default={})


class Gaps(Record):
    """Every comparison that was made, and the gaps that were found among them, the widest first."""

    compared: int
    found: tuple[Gap, ...] = ()
    modes: tuple[Gap, ...] = ()  # interviews against the survey, each as it is


class Resting(Record):
    """Which roles an indicator's figure rests on: how many of each have a score. `few`: roles with too few to tell."""

    roles: dict[str, int]
    few: tuple[str, ...] = ()
    only: str | None = None  # the single role it rests on


class HeldBack(Record):
    """A limit that the consultant set: what cannot move, or not beyond a score, whatever the framework says.

    name: of an indicator, or of a dimension for all in it. to: the score it cannot pass; None where it is held as it
    is. until, why: in the consultant's words.
    """

    name: str
    to: float | None = None
    until: str = ""
    why: str = ""


class Analysis(Record):
    """What stands beside a group's figures.

    All but the sampling, the agreement and the way out is told of everybody only. way_out: None where no scenario is
    present. limits: those that hold for the ways out of every group.
    """

    sampling: Sampling | None = None
    responding: Responding | None = None
    instrument: dict[str, Instrument | Suppressed] | None = None
    careless: Careless | None = None
    gaps: Gaps | None = None
    resting: dict[str, Resting] | None = None
    agreement: dict[str, float | None] | None = None  # a unit's r_wg(j), by indicator
    way_out: WayOut | None = None
    limits: tuple[HeldBack, ...] = ()
