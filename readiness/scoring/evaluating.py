"""Evaluating: readiness and scenarios from scores that are only supposed, by the plan that scores a group."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import narwhals as nw
import polars as pl

from readiness.framework.ranges import indicator_range
from readiness.scoring.judging import Judgement, judged, limiting
from readiness.scoring.plan import FIELDS, OVERALL, Plan, indicator_column, readiness_column
from readiness.scoring.result import Estimate, Group, ItemCounts

if TYPE_CHECKING:
    from readiness.framework.models import Framework, Indicator, Scenario


@dataclass(frozen=True)
class Known:
    """What is known of an indicator. applies: whether it counts, though it may be missing."""

    value: float | None
    low: float
    high: float
    applies: bool

    def at(self, value: float) -> Known:
        """The same indicator with a score that is certain."""
        return replace(self, value=value, low=value, high=value, applies=True)


@dataclass(frozen=True)
class Evaluated:
    """One row of indicators evaluated. readiness: by dimension, the whole's under `overall`.

    limiting: by scenario, every condition that sets its membership.
    """

    readiness: Mapping[str, float | None]
    scenarios: Mapping[str, Judgement]
    limiting: Mapping[str, tuple[str, ...]]


def known_of(group: Group, framework: Framework) -> dict[str, Known]:
    """A group's indicators as its record has them; a suppressed one is missing, and may be anything."""
    return {indicator.id: _known(group, indicator, framework) for indicator in framework.indicators.values()}


def _known(group: Group, indicator: Indicator, framework: Framework) -> Known:
    estimate = group.indicators[indicator.id]
    low, high = indicator_range(indicator, framework.scales)
    if not isinstance(estimate, Estimate):
        return Known(None, low, high, True)
    counts = (group.items.get(id_) for id_ in indicator.items)
    put = any(not isinstance(item, ItemCounts) or item.n + item.dk + item.missing for item in counts if item)
    return Known(estimate.value, *estimate.bounds, put or estimate.value is not None)


def evaluated(framework: Framework, rows: Sequence[Mapping[str, Known]]) -> list[Evaluated]:
    """Rows of indicators evaluated as a group's are."""
    columns = [_columns(row) for row in rows]
    schema = {name: pl.Int16 if name.endswith(("/applies", "/open")) else pl.Float64 for name in columns[0]}
    frame = nw.from_native(pl.LazyFrame(columns, schema=schema))
    done = Plan(framework, frozenset(), frozenset()).evaluate(frame).collect()
    return [_told(framework, row) for row in done.iter_rows(named=True)]


def _columns(row: Mapping[str, Known]) -> dict[str, Any]:
    """A row that `Plan.evaluate` goes on from."""
    figures = {id_: (known.value, known.low, known.high, known.applies, known.applies) for id_, known in row.items()}
    return {
        indicator_column(id_, field): figure
        for id_, of in figures.items()
        for field, figure in zip(FIELDS, of, strict=True)
    }


def _told(framework: Framework, row: Mapping[str, Any]) -> Evaluated:
    scenarios = {scenario.id: judged(scenario, row) for scenario in framework.scenarios.values()}
    return Evaluated(
        {id_: row[readiness_column(id_, "value")] for id_ in (*framework.all_dimensions, OVERALL)},
        scenarios,
        {s.id: _limits(s, row) if scenarios[s.id].value is not None else () for s in framework.scenarios.values()},
    )


def _limits(scenario: Scenario, row: Mapping[str, Any]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(condition.name for condition in limiting(scenario.when, row)))
