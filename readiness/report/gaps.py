"""Who sees it differently: two sides of one indicator, by how much, and the verdicts that hang on it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from readiness.language.speech import Speech
from readiness.report.figures import UNIT, Axis, Figure, Interval, count, interval
from readiness.report.groups import INTERVIEW, MODE, group_name
from readiness.report.words import Reader, Said
from readiness.scoring.findings import Gap, Gaps
from readiness.scoring.result import Verdict

NEGLIGIBLE, SMALL, MEDIUM = 0.147, 0.33, 0.474  # where a Cliff's delta ceases to be so (Romano et al. 2006)
LEAST_TOLD = 0.001  # of what chance leaves: below it only that it is less


@dataclass(frozen=True)
class Side:
    """One side's view: its mean, of how many, and its place on the axis with good on the right."""

    name: str
    mean: Figure
    n: Figure
    spot: float


@dataclass(frozen=True)
class Hanging:
    """A scenario whose verdict hangs on whose view is taken for true; verdicts as words, the first side's first."""

    id: str
    title: Said
    verdicts: tuple[str, str]


@dataclass(frozen=True)
class Difference:
    """Two sides that see an indicator differently. q: what is left of chance after all comparisons."""

    id: str
    indicator: str
    title: Said
    desired: str
    key: str
    sides: tuple[Side, Side]
    difference: Figure
    interval: Interval | None
    delta: Figure
    delta_interval: Interval | None
    size: str
    q: Figure
    items: tuple[tuple[str, Said], ...]  # by id, the questions compared
    verdicts: tuple[Hanging, ...]


@dataclass(frozen=True)
class Differences:
    """All gaps, the widest first, and interviews against the survey. compared: how many comparisons were made."""

    compared: Figure
    n_compared: int
    found: tuple[Difference, ...]
    modes: tuple[Difference, ...]


def differences(reader: Reader, gaps: Gaps | None, at: str) -> Differences | None:
    """Who sees it differently; None where nothing could be compared."""
    if gaps is None or not (gaps.compared or gaps.modes):
        return None
    return Differences(
        compared=count(reader.speech, gaps.compared, f"{at}/compared"),
        n_compared=gaps.compared,
        found=tuple(_difference(reader, gap, f"{at}/found/{place}") for place, gap in enumerate(gaps.found)),
        modes=tuple(_of_modes(reader, gap, f"{at}/modes/{place}") for place, gap in enumerate(gaps.modes)),
    )


def _of_modes(reader: Reader, gap: Gap, at: str) -> Difference:
    """Interviews against the survey, without intervals: whom to interview was chosen, and is no draw."""
    return replace(_difference(reader, gap, at), interval=None, delta_interval=None)


def size_word(speech: Speech, delta: float) -> str:
    """How wide a difference is, by Cliff's delta."""
    reach = abs(delta)
    if reach < NEGLIGIBLE:
        return speech.gettext("negligible")
    if reach < SMALL:
        return speech.gettext("small")
    return speech.gettext("medium") if reach < MEDIUM else speech.gettext("large")


def _difference(reader: Reader, gap: Gap, at: str) -> Difference:
    speech, entry = reader.speech, reader.entry("indicators", gap.indicator)
    low, high = reader.extremes(entry)
    desired = str(entry.get("desired", "high"))
    axis = Axis(low, high, turned=desired == "low")
    digits = max(1, axis.digits)
    return Difference(
        id=at.rpartition("/")[0].rpartition("/")[2] + "-" + at.rpartition("/")[2],
        indicator=gap.indicator,
        title=reader.title("indicators", gap.indicator),
        desired=desired,
        key=reader.speech.gettext("Mode") if gap.key == MODE else reader.title("context", gap.key),
        sides=(_side(reader, gap, 0, axis, at), _side(reader, gap, 1, axis, at)),
        difference=Figure(speech.signed(gap.difference, digits), f"{at}/difference"),
        interval=interval(gap.interval, axis, f"{at}/interval", lambda end: speech.signed(end, digits)),
        delta=Figure(speech.signed(gap.delta, 2), f"{at}/delta"),
        delta_interval=interval(gap.delta_interval, UNIT, f"{at}/delta_interval", lambda end: speech.signed(end, 2)),
        size=size_word(speech, gap.delta),
        q=_chance(speech, gap.q, f"{at}/q"),
        items=tuple((id_, reader.said(reader.entry("items", id_), "text") or Said(id_)) for id_ in gap.items),
        verdicts=tuple(
            Hanging(id_, reader.title("scenarios", id_), (_verdict(speech, first), _verdict(speech, second)))
            for id_, (first, second) in gap.verdicts.items()
        ),
    )


def _side(reader: Reader, gap: Gap, place: int, axis: Axis, at: str) -> Side:
    speech, mean = reader.speech, gap.means[place]
    return Side(
        name=_side_name(reader, gap.key, gap.sides[place]),
        mean=Figure(speech.number(mean, max(1, axis.digits)), f"{at}/means/{place}"),
        n=count(speech, gap.n[place], f"{at}/n/{place}"),
        spot=axis.position(mean),
    )


def _side_name(reader: Reader, key: str, value: str) -> str:
    if key == MODE:
        speech = reader.speech
        return speech.gettext("Interviews") if value == INTERVIEW else speech.gettext("Survey")
    return group_name(reader, {key: value})


def _chance(speech: Speech, q: float, at: str) -> Figure:
    """A q with three decimals; one below what these can show, as less than that."""
    if q < LEAST_TOLD:
        return Figure(f"< {speech.number(LEAST_TOLD, 3)}")
    return Figure(speech.number(q, 3), at)


def _verdict(speech: Speech, verdict: Verdict) -> str:
    words: Mapping[Verdict, str] = {
        "present": speech.gettext("present"),
        "ruled out": speech.gettext("not present"),
        "undetermined": speech.gettext("undetermined"),
        "not asked": speech.gettext("not asked"),
    }
    return words[verdict]
