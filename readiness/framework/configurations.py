"""Configurations: conditions on indicators, each a fuzzy set, joined by all, any and not."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from typing import Literal

from pydantic import Field

from readiness.framework.records import Record

Direction = Literal["high", "low"]


class Calibration(Record):
    """Three anchors that turn a score into a membership (Ragin 2008, direct method)."""

    out: float
    crossover: float
    in_: float = Field(alias="in")
    log_odds: float = 3.0

    @cached_property
    def key(self) -> str:
        """A name that two calibrations share only if they are the same in every number."""
        return f"{self.out!r}/{self.crossover!r}/{self.in_!r}/{self.log_odds!r}"


class Condition(Record):
    """`high x` or `low x`: the membership of an indicator's score in a fuzzy set."""

    indicator: str
    direction: Direction
    calibration: Calibration  # resolved: its own, or the default, mirrored for a low
    part: Literal["cause", "symptom", "setting"] = "cause"

    @property
    def name(self) -> str:
        """The words a result uses, such as `low time_allocation`."""
        return f"{self.direction} {self.indicator}"


class All(Record):
    """Every part holds: the minimum."""

    parts: tuple[Configuration, ...]


class Any_(Record):
    """At least one part holds: the maximum."""

    parts: tuple[Configuration, ...]


class Not(Record):
    """The part does not hold: one minus its membership."""

    part: Configuration


Configuration = Condition | All | Any_ | Not


def conditions_of(configuration: Configuration) -> Iterator[Condition]:
    """Every condition of a configuration, in the order of the file."""
    match configuration:
        case Condition():
            yield configuration
        case Not(part=part):
            yield from conditions_of(part)
        case All(parts=parts) | Any_(parts=parts):
            for part in parts:
                yield from conditions_of(part)
