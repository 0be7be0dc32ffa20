"""What indicators, dimensions and the framework share: weight, how parts combine, range, bands; and calibrations."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

from readiness.framework.configurations import Calibration, Direction
from readiness.framework.ledger import quoted
from readiness.framework.models import Band
from readiness.framework.nodes import Node
from readiness.framework.ranges import PERCENT, Range
from readiness.framework.table import Table
from readiness.framework.vocabulary import AGGREGATES, KEYS, RANGES
from readiness.framework.wording import Page

LARGEST_WEIGHT = 1e6
LARGEST_LOG_ODDS = 100.0


@dataclass(frozen=True)
class Level:
    """How the parts of a level are combined, and what its scores are called."""

    min_answered: float | None = None
    aggregate: Literal["mean", "sum", "min", "max", "geometric"] = "mean"
    range: Literal["percent", "raw"] = "percent"
    bands: tuple[Band, ...] = ()

    def fields(self) -> dict[str, Any]:
        """The fields as the models name them."""
        return {
            "min_answered": self.min_answered,
            "aggregate": self.aggregate,
            "range": self.range,
            "bands": self.bands,
        }


def read_level(table: Table) -> Level:
    """Read the keys of a level."""
    return Level(
        min_answered=table.number("min_answered", None, 0, 1),
        aggregate=table.choice("aggregate", AGGREGATES, "mean"),
        range=table.choice("range", RANGES, "percent"),
        bands=_bands(table),
    )


def read_weight(table: Table) -> float:
    """Read a weight: 0 records without counting."""
    return table.number("weight", 1.0, 0, LARGEST_WEIGHT) or 0.0


def _bands(table: Table) -> tuple[Band, ...]:
    read: list[Band] = []
    for node in table.listed("bands"):
        part = Table(table.page, node, f"{table.who}, a band", KEYS["band"])
        start = part.number("from", None)
        label, about = part.text("label", absent="add it, or the report has no word for it"), part.text("about")
        if start is None:
            continue
        if read and start <= read[-1].from_:
            place = part.place("from")
            what = f"{table.who}: band from {start:g} follows the band from {read[-1].from_:g}"
            table.fault(place.line, what, "list the bands from the lowest up, each once")
            continue
        read.append(Band(from_=start, label=label, about=about))
    return tuple(read)


def read_calibration(page: Page, node: Node, who: str, direction: Direction, log_odds: float) -> Calibration | None:
    """Read three anchors; they rise for a high and fall for a low. None where they cannot be used."""
    table = Table(page, node, who, KEYS["calibration"])
    anchors = [table.number(key, None) for key in KEYS["calibration"].required]
    steepness = table.number("log_odds", log_odds, 0, LARGEST_LOG_ODDS, above=0) or log_odds
    out, crossover, in_ = anchors
    if out is None or crossover is None or in_ is None:
        return None
    if out < crossover < in_ if direction == "high" else out > crossover > in_:
        return Calibration(out=out, crossover=crossover, in_=in_, log_odds=steepness)
    move, order = ("rise", "out < crossover < in") if direction == "high" else ("fall", "out > crossover > in")
    what = f"{who}: anchors {out:g}, {crossover:g}, {in_:g} do not {move}"
    table.fault(table.place("out").line, what, f"for {quoted(direction)} they {move}: {order}")
    return None


def default_calibration(direction: Direction, usual: Calibration, limits: Range) -> Calibration:
    """The framework's default, on the range of an indicator: as it is for a high, mirrored in the middle for a low."""
    low, high = limits

    def anchor(percent: float) -> float:
        position = percent if direction == "high" else PERCENT[1] - percent
        return position if limits == PERCENT else low + position / PERCENT[1] * (high - low)

    return Calibration(
        out=anchor(usual.out),
        crossover=anchor(usual.crossover),
        in_=anchor(usual.in_),
        log_odds=usual.log_odds,
    )
