"""Dimensions and indicators of one group as lines of a profile, good always on the right."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from readiness.language.speech import Speech
from readiness.report.figures import Axis, Reading, reading
from readiness.report.words import NOTHING, Entry, Said, Texts
from readiness.scoring.result import Estimate, Group, Reliability, Suppressed


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
    band: Said = Said("")
    alpha: str = ""
    sources: tuple[str, ...] = ()
    scale: str = ""  # "0–27" where the figures are not out of 100

    @property
    def shown(self) -> bool:
        """Whether there is a figure to draw."""
        return self.reading.state == "shown"


@dataclass(frozen=True)
class Chapter:
    """A dimension with its indicators."""

    line: Line
    indicators: tuple[Line, ...]


def _scale(speech: Speech, axis: Axis) -> str:
    if (axis.low, axis.high) == (0.0, 100.0):
        return ""
    return f"{speech.number(axis.low, axis.digits)}–{speech.number(axis.high, axis.digits)}"


def _band(texts: Texts, entry: Entry, estimate: Estimate | Suppressed | None) -> Said:
    """The label of the band a score lies in: the last one that begins at or below it."""
    if not isinstance(estimate, Estimate) or estimate.value is None:
        return Said("")
    within = [band for band in entry.get("bands") or () if band.get("from", 0) <= estimate.value + 1e-9]
    return texts.said(within[-1], "label") if within else Said("")


def overall_line(speech: Speech, texts: Texts, group: Group, at: str) -> Line:
    """Readiness of the whole."""
    entry = texts.framework
    axis = Axis(*texts.extremes(entry))
    return Line(
        id="overall",
        title=Said(speech.gettext("Overall readiness")),
        about=Said(""),
        reading=reading(speech, group.readiness, axis, f"{at}/readiness"),
        axis=axis,
        band=_band(texts, entry, group.readiness),
        scale=_scale(speech, axis),
    )


def dimension_lines(speech: Speech, texts: Texts, group: Group, at: str) -> tuple[Line, ...]:
    """All dimensions, nested ones below theirs, the weakest of the top ones marked."""
    depths = dict(texts.dimensions())
    order = [id_ for id_ in depths if id_ in group.dimensions]
    order += [id_ for id_ in group.dimensions if id_ not in depths]
    lines = []
    for id_ in order:
        entry = texts.entry("dimensions", id_)
        axis = Axis(*texts.extremes(entry))
        lines.append(
            Line(
                id=id_,
                title=texts.title("dimensions", id_),
                about=texts.said(entry, "about"),
                reading=reading(speech, group.dimensions[id_], axis, f"{at}/dimensions/{id_}"),
                axis=axis,
                depth=depths.get(id_, 0),
                band=_band(texts, entry, group.dimensions[id_]),
                sources=tuple(entry.get("source") or ()),
                scale=_scale(speech, axis),
            )
        )
    return _weakest_marked(lines)


def _weakest_marked(lines: list[Line]) -> tuple[Line, ...]:
    spots = [line.reading.spot for line in lines if line.depth == 0 and line.shown and line.reading.spot is not None]
    if len(spots) < 2 or min(spots) == max(spots):
        return tuple(lines)
    lowest = min(spots)
    return tuple(
        replace(line, weakest=line.depth == 0 and line.shown and line.reading.spot == lowest) for line in lines
    )


def chapters(speech: Speech, texts: Texts, group: Group, at: str) -> tuple[Chapter, ...]:
    """Every dimension with its indicators, in the framework's order."""
    by_dimension: dict[str, list[Line]] = {}
    for id_ in group.indicators:
        line = indicator_line(speech, texts, group, id_, at)
        by_dimension.setdefault(str(texts.entry("indicators", id_).get("dimension", "")), []).append(line)
    found = [
        Chapter(line, tuple(by_dimension.pop(line.id, ()))) for line in dimension_lines(speech, texts, group, at)
    ]
    for id_, rest in by_dimension.items():
        nowhere = Line(id_, texts.title("dimensions", id_), Said(""), Reading("missing"), Axis())
        found.append(Chapter(nowhere, tuple(rest)))
    return tuple(found)


def indicator_line(speech: Speech, texts: Texts, group: Group, id_: str, at: str) -> Line:
    """One indicator, in its own direction; an adverse one is drawn turned round."""
    entry: Entry = texts.entry("indicators", id_) or NOTHING
    desired = str(entry.get("desired", "high"))
    low, high = texts.extremes(entry)
    axis = Axis(low, high, turned=desired == "low")
    estimate = group.indicators[id_]
    return Line(
        id=id_,
        title=texts.title("indicators", id_),
        about=texts.said(entry, "about"),
        reading=reading(speech, estimate, axis, f"{at}/indicators/{id_}"),
        axis=axis,
        desired=desired,
        band=_band(texts, entry, estimate),
        alpha=_alpha(speech, group.reliability, id_),
        sources=tuple(entry.get("source") or ()),
        scale=_scale(speech, axis),
    )


def _alpha(speech: Speech, found: Mapping[str, Reliability | Suppressed] | None, id_: str) -> str:
    reliability = (found or {}).get(id_)
    if not isinstance(reliability, Reliability) or reliability.alpha is None:
        return ""
    return speech.number(reliability.alpha, 2)
