"""What the analysis found, as flat tables: reliability aside, which stands in every table of groups."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING

from readiness.scoring.result import Group, Suppressed
from readiness.writers.columns import INTERVAL, SUPPRESSED, Column, Kind, figures

if TYPE_CHECKING:
    from readiness.scoring.findings import Analysis, Gap
    from readiness.scoring.result import Result, SuppressedGroup
    from readiness.scoring.routes import Route, WayOut

Cell = str | int | float | bool | None
Row = tuple[Cell, ...]
Title = Callable[[str, str], str]  # of a kind and an id
Name = Callable[[Mapping[str, str | None]], str]  # of a group


def _columns(kind: Kind, *names: str) -> tuple[Column, ...]:
    return tuple(Column(name, kind) for name in names)


INSTRUMENT = (
    *(Column("indicator"), Column("title"), Column(SUPPRESSED, "flag")),
    *figures("count", "n"),
    *figures("membership", "omega"),
    *figures("text", "looks_reversed"),
    *figures("share", "floor", "ceiling"),
    *figures("membership", "icc1", "icc2", "r_wg"),
    *figures("count", "units"),
)
ITEM_REST = (Column("item"), Column("title"), Column("indicator"), Column("r", "membership"))
RATES = (Column("group"), Column("by"), *_columns("count", "population", "n"), *_columns("share", "rate"))
UNKNOWING = (
    *(Column("role"), Column("indicator"), Column("title")),
    *_columns("count", "asked"),
    *_columns("share", "dk_share", "na_share"),
)
GAPS = (
    *(Column("key"), Column("side"), Column("other_side"), Column("indicator"), Column("title"), Column("by_items")),
    *_columns("count", "n", "other_n"),
    *_columns("score", "mean", "other_mean", "difference", *INTERVAL),
    *_columns("membership", "delta", "delta_low", "delta_high"),
    *_columns("number", "p", "q"),
    *(Column("found", "flag"), Column("verdicts")),
)
STEPS = (
    *_columns("count", "route", "step"),
    *(Column("indicator"), Column("title"), Column("heading")),
    *_columns("score", "start", "target"),
    *_columns("number", "cost"),
    *(Column("rules_out"), Column("pause", "flag")),
)


def analysis_of(result: Result) -> Analysis | None:
    """What is said of everybody, if anything is."""
    return result.overall.analysis if isinstance(result.overall, Group) else None


def instrument_rows(analysis: Analysis | None, title: Title) -> Iterator[Row]:
    """How each indicator's items hold together, and how far units agree and differ."""
    for id_, told in ((analysis and analysis.instrument) or {}).items():
        if isinstance(told, Suppressed):
            yield (id_, title("indicators", id_), True, *(None,) * 9)
        else:
            turned = "; ".join(told.looks_reversed) or None
            ends, units = (told.floor, told.ceiling), (told.icc1, told.icc2, told.r_wg, told.units)
            yield (id_, title("indicators", id_), False, told.n, told.omega, turned, *ends, *units)


def item_rest_rows(analysis: Analysis | None, title: Title) -> Iterator[Row]:
    """Each item's correlation with the others of its indicator."""
    for indicator, told in ((analysis and analysis.instrument) or {}).items():
        if not isinstance(told, Suppressed):
            yield from ((item, title("items", item), indicator, r) for item, r in told.item_rest.items())


def rate_rows(analysis: Analysis | None, name: Name) -> Iterator[Row]:
    """How many answered of each group of the population."""
    if analysis and analysis.responding:
        for told in analysis.responding.groups:
            yield (name(told.by), ",".join(told.by), told.population, told.n, told.rate)


def unknowing_rows(analysis: Analysis | None, title: Title) -> Iterator[Row]:
    """How often each role could not say."""
    for told in analysis.responding.unknowing if analysis and analysis.responding else ():
        yield (told.role, told.indicator, title("indicators", told.indicator), told.asked, told.dk, told.na)


def gap_rows(analysis: Analysis | None, title: Title) -> Iterator[Row]:
    """The gaps that were found, and every comparison of interviews with the survey."""
    if analysis and analysis.gaps:
        yield from (_gap(gap, title, found=True) for gap in analysis.gaps.found)
        yield from (_gap(gap, title, found=False) for gap in analysis.gaps.modes)


def _gap(gap: Gap, title: Title, *, found: bool) -> Row:
    verdicts = "; ".join(f"{id_}: {one} / {other}" for id_, (one, other) in gap.verdicts.items()) or None
    about = (gap.key, *gap.sides, gap.indicator, title("indicators", gap.indicator), "; ".join(gap.items))
    means = (*gap.n, *gap.means, gap.difference, *gap.interval)
    return (*about, *means, gap.delta, *gap.delta_interval, gap.p, gap.q, found, verdicts)


def step_rows(group: Group | SuppressedGroup, title: Title) -> Iterator[Row]:
    """The way out of a group's scenarios, step by step: the cheapest route is number 1, the others come after it."""
    way = group.analysis.way_out if isinstance(group, Group) and group.analysis else None
    if way is None:
        return
    for number, route in enumerate(_routes(way), start=1):
        for place, step in enumerate(route.steps, start=1):
            about = (step.indicator, title("indicators", step.indicator), step.heading)
            rules_out = "; ".join(step.rules_out) or None
            yield (number, place, *about, step.start, step.target, step.cost, rules_out, step.pause)


def _routes(way: WayOut) -> Iterator[Route]:
    if way.route is not None:
        yield way.route
    yield from way.alternatives
