"""Dimensions and indicators of one group as lines of a profile, good always on the right."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from readiness.report.figures import Axis, Reading, reading
from readiness.report.words import NOTHING, UNSAID, Entry, Reader, Said
from readiness.scoring.result import Estimate, Group, Reliability, Suppressed

STEPS = 5  # tints of a heat table


@dataclass(frozen=True)
class Line:
    """One line of a profile."""

    id: str
    title: Said
    about: Said
    reading: Reading
    axis: Axis
    depth: int = 0
    desired: str = "high"  # high | low: adverse, drawn turned round | none: feeds scenarios only
    weakest: bool = False
    band: Said = UNSAID
    alpha: str = ""
    sources: tuple[str, ...] = ()
    scale: str = ""  # "0–27" where the figures are not out of 100
    fact: bool = False  # about the organisation, and inherited by every group

    @property
    def step(self) -> int:
        """The tint in a heat table: 1 where things are worst to 5 where they are best, 0 without a figure."""
        return 0 if self.reading.spot is None else min(STEPS, int(self.reading.spot * STEPS) + 1)

    @property
    def shown(self) -> bool:
        """Whether there is a figure to draw."""
        return self.reading.state == "shown"


@dataclass(frozen=True)
class Chapter:
    """A dimension with its indicators."""

    line: Line
    indicators: tuple[Line, ...]


def _scale(reader: Reader, axis: Axis) -> str:
    if (axis.low, axis.high) == (0.0, 100.0):
        return ""
    digits = 0 if axis.low.is_integer() and axis.high.is_integer() else axis.digits
    return f"{reader.speech.number(axis.low, digits)}–{reader.speech.number(axis.high, digits)}"


def _band(reader: Reader, entry: Entry, estimate: Estimate | Suppressed | None) -> Said:
    """The label of the band a score lies in: the last one that begins at or below it."""
    if not isinstance(estimate, Estimate) or estimate.value is None:
        return Said("")
    within = [band for band in entry.get("bands") or () if band.get("from", 0) <= estimate.value + 1e-9]
    return reader.said(within[-1], "label") if within else Said("")


def overall_line(reader: Reader, group: Group, at: str) -> Line:
    """Readiness of the whole."""
    entry = reader.framework
    axis = Axis(*reader.extremes(entry))
    return Line(
        id="overall",
        title=Said(reader.speech.gettext("Overall readiness")),
        about=Said(""),
        reading=reading(reader.speech, group.readiness, axis, f"{at}/readiness"),
        axis=axis,
        band=_band(reader, entry, group.readiness),
        scale=_scale(reader, axis),
    )


def dimension_lines(reader: Reader, group: Group, at: str) -> tuple[Line, ...]:
    """All dimensions, nested ones below theirs, the weakest of the top ones marked where it stands out."""
    depths = dict(reader.dimensions())
    order = [id_ for id_ in depths if id_ in group.dimensions]
    order += [id_ for id_ in group.dimensions if id_ not in depths]
    lines = []
    for id_ in order:
        entry = reader.entry("dimensions", id_)
        axis = Axis(*reader.extremes(entry))
        lines.append(
            Line(
                id=id_,
                title=reader.title("dimensions", id_),
                about=reader.said(entry, "about"),
                reading=reading(reader.speech, group.dimensions[id_], axis, f"{at}/dimensions/{id_}"),
                axis=axis,
                depth=depths.get(id_, 0),
                band=_band(reader, entry, group.dimensions[id_]),
                sources=tuple(entry.get("source") or ()),
                scale=_scale(reader, axis),
            )
        )
    return _weakest_marked(lines)


def _weakest_marked(lines: list[Line]) -> tuple[Line, ...]:
    lowest, _ = extremes(lines)
    return tuple(replace(line, weakest=line is lowest) for line in lines)


def extremes(lines: Sequence[Line]) -> tuple[Line | None, Line | None]:
    """The lowest and the highest of the top dimensions, each None where it does not stand out from all others."""
    top = sorted(top_lines(lines), key=lambda line: line.reading.spot or 0.0)
    if len(top) < 2:
        return None, None
    lowest, highest = top[0], top[-1]
    return (
        lowest if all(told_apart(lowest, other) for other in top[1:]) else None,
        highest if all(told_apart(other, highest) for other in top[:-1]) else None,
    )


def top_lines(lines: Sequence[Line]) -> list[Line]:
    """The dimensions that lie in no other and have a figure."""
    return [line for line in lines if line.depth == 0 and line.shown and line.reading.spot is not None]


def told_apart(lower: Line, higher: Line) -> bool:
    """Whether one line is lower than another by more than sampling explains; without intervals, as it is printed.

    Two 95% intervals may overlap although the difference is no chance: that is on the side of caution.
    """
    first, second = lower.reading.interval, higher.reading.interval
    if first is not None and second is not None:
        return first.reach[1] < second.reach[0]
    if lower.axis == higher.axis:
        return lower.reading.value.text != higher.reading.value.text
    return lower.reading.spot != higher.reading.spot


def chapters(reader: Reader, group: Group, at: str) -> tuple[Chapter, ...]:
    """Every dimension with its indicators, in the framework's order."""
    by_dimension: dict[str, list[Line]] = {}
    for id_ in group.indicators:
        line = indicator_line(reader, group, id_, at)
        by_dimension.setdefault(str(reader.entry("indicators", id_).get("dimension", "")), []).append(line)
    found = [Chapter(line, tuple(by_dimension.pop(line.id, ()))) for line in dimension_lines(reader, group, at)]
    for id_, rest in by_dimension.items():
        nowhere = Line(id_, reader.title("dimensions", id_), Said(""), Reading("missing"), Axis())
        found.append(Chapter(nowhere, tuple(rest)))
    return tuple(found)


def indicator_line(reader: Reader, group: Group, id_: str, at: str) -> Line:
    """One indicator, in its own direction; an adverse one is drawn turned round."""
    entry: Entry = reader.entry("indicators", id_) or NOTHING
    desired = str(entry.get("desired", "high"))
    low, high = reader.extremes(entry)
    axis = Axis(low, high, turned=desired == "low")
    estimate = group.indicators[id_]
    return Line(
        id=id_,
        title=reader.title("indicators", id_),
        about=reader.said(entry, "about"),
        reading=reading(reader.speech, estimate, axis, f"{at}/indicators/{id_}"),
        axis=axis,
        desired=desired,
        band=_band(reader, entry, estimate),
        alpha=_alpha(reader, group.reliability, id_),
        sources=tuple(entry.get("source") or ()),
        scale=_scale(reader, axis),
        fact=entry.get("scope") == "organisation",
    )


def _alpha(reader: Reader, found: Mapping[str, Reliability | Suppressed] | None, id_: str) -> str:
    reliability = (found or {}).get(id_)
    if not isinstance(reliability, Reliability) or reliability.alpha is None:
        return ""
    return reader.speech.number(reliability.alpha, 2)
