"""Probing: what one person's answers settle so far, and what one more answer would, asked many times in a minute.

The plan is bound once to a frame that can be exchanged, so that asking it again costs its working and not its
translation. Rows are hypothetical people: the same answers with one more each. The expressions are those that score
any respondent, so that what an interview shows while it lasts is what its score will be.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from threading import Lock
from typing import TYPE_CHECKING, Any

import narwhals as nw
import polars as pl

from readiness.responses.answered import RowCoder
from readiness.responses.coding import number_column
from readiness.scoring.calibration import PRESENT
from readiness.scoring.configuration import condition_column, condition_columns, distinct_conditions, worth
from readiness.scoring.judging import Judgement, Row, judged, undecided
from readiness.scoring.plan import FIELDS, OVERALL, Fact, Plan, indicator_column, readiness_column, scenario_column

if TYPE_CHECKING:
    from readiness.framework.models import Framework, Scenario
    from readiness.scoring.result import Verdict

Said = Mapping[str, Any]  # answers by item, and values by context key


@dataclass(frozen=True)
class Figure:
    """A score, missing where too little is answered, and how far open items could still move it."""

    value: float | None
    low: float
    high: float


@dataclass(frozen=True)
class Outlook:
    """What is known of one scenario: its judgement, and the indicators that its verdict still hangs on."""

    judgement: Judgement
    hangs_on: frozenset[str]

    @property
    def verdict(self) -> Verdict:
        """As of one respondent."""
        return self.judgement.verdict(alone=True)


@dataclass(frozen=True)
class Standing:
    """Where one person's answers stand: scenarios by id, and readiness by dimension (`overall` for the whole)."""

    scenarios: Mapping[str, Outlook]
    readiness: Mapping[str, Figure]


class Probe:
    """A framework's plan, bound to whatever answers are held up to it."""

    def __init__(self, framework: Framework, facts: Mapping[str, float] | None = None) -> None:
        """facts: scores of indicators of the organisation that are known beforehand."""
        self.framework = framework
        self.coder = RowCoder(framework)
        self._plan = Plan(framework, frozenset(framework.items), frozenset(framework.context))
        self._facts = {id_: Fact(value, value, value, True, True) for id_, value in (facts or {}).items()}
        self._schema = _schema(framework)
        self._frame = pl.DataFrame(schema=self._schema)
        self._one_at_a_time = Lock()  # a screen loads the engine in a thread, and may be left meanwhile

    def standing(self, said: Said) -> Standing:
        """Where these answers stand."""
        frame = pl.DataFrame([self.coder.row(said)], schema=self._schema)
        with self._one_at_a_time:
            self._frame = frame
            row = self._whole.collect(optimizations=AS_IT_IS).row(0, named=True)
        scores = {id_: _figure(row, id_) for id_ in (*self.framework.all_dimensions, OVERALL)}
        return Standing(self._outlooks(row), scores)

    def ahead(self, said: Said, answers: Sequence[tuple[str, Any]]) -> tuple[Mapping[str, Outlook], pl.DataFrame]:
        """Where these answers stand, and how open each scenario would be with one answer more.

        answers: items and what would be answered. Returns the scenarios as they are, and a row for each of `answers`
        with a column for each scenario: the width of its membership's bounds, 0 where it would be settled.
        """
        if not self.framework.scenarios:
            return {}, pl.DataFrame()
        frame = self._varied(self.coder.row(said), answers)
        with self._one_at_a_time:
            self._frame = frame
            worked = self._scenarios.collect(optimizations=AS_IT_IS)
        return self._outlooks(worked.row(0, named=True)), worked[1:].select(self._open)

    def _varied(self, row: Mapping[str, Any], answers: Sequence[tuple[str, Any]]) -> pl.DataFrame:
        """The row as it is, then once for each answer with that one in it."""
        height = len(answers) + 1
        same = pl.DataFrame([row], schema=self._schema)[[0] * height]
        columns: dict[str, list[Any]] = {}
        for place, (item, answer) in enumerate(answers, start=1):
            for name, cell in self.coder.cells(item, answer).items():
                columns.setdefault(name, [row[name]] * height)[place] = cell
        return same.with_columns(pl.Series(name, cells, self._schema[name]) for name, cells in columns.items())

    @cached_property
    def _open(self) -> list[pl.Expr]:
        return [pl.col(scenario_column(id_, "open")).alias(id_) for id_ in self.framework.scenarios]

    def _outlooks(self, row: Row) -> dict[str, Outlook]:
        return {
            id_: Outlook(judged(scenario, row), frozenset(c.indicator for c in undecided(scenario.when, row)))
            for id_, scenario in self.framework.scenarios.items()
        }

    def _source(self, frame: pl.DataFrame) -> pl.DataFrame:  # noqa: ARG002 the engine's signature
        return self._frame

    @cached_property
    def _indicators(self) -> nw.LazyFrame[Any]:
        bound = pl.LazyFrame(schema=self._schema).map_batches(self._source, schema=self._schema)
        own = [i for i in self.framework.indicators.values() if i.id not in self._facts]
        rows, asked = nw.from_native(bound), self._plan.asked_columns()
        frame = self._plan.indicators(rows.with_columns(*asked) if asked else rows, own, self._facts)
        held = [column for indicator in own if indicator.range == "raw" for column in _holding_the_value(indicator.id)]
        return frame.with_columns(*held) if held else frame

    def _judgeable(self, frame: nw.LazyFrame[Any]) -> tuple[nw.LazyFrame[Any], list[str]]:
        """The frame with every condition's membership and bounds, and the columns a judgement needs of it."""
        conditions = distinct_conditions(self.framework)
        names = [condition_column(c, field) for c in conditions.values() for field in ("value", "low", "high")]
        names += [indicator_column(id_, "open") for id_ in {c.indicator: None for c in conditions.values()}]
        memberships = condition_columns(conditions.values(), bounds=True)
        return (frame.with_columns(*memberships) if memberships else frame), list(dict.fromkeys(names))

    @cached_property
    def _scenarios(self) -> pl.LazyFrame:
        frame, names = self._judgeable(self._indicators)
        scenarios = self.framework.scenarios.values()
        ends = [_end(scenario, end).alias(scenario_column(scenario.id, end)) for scenario in scenarios for end in ENDS]
        frame = frame.with_columns(*ends) if ends else frame
        native: pl.LazyFrame = frame.select(*names, *[_openness(scenario.id) for scenario in scenarios]).to_native()
        return native

    @cached_property
    def _whole(self) -> pl.LazyFrame:
        frame, names = self._judgeable(self._plan.readiness(self._indicators, bounds=True))
        names += [readiness_column(id_, field) for id_ in (*self.framework.all_dimensions, OVERALL) for field in FIGURE]
        native: pl.LazyFrame = frame.select(*names).to_native()
        return native


AS_IT_IS = pl.QueryOptFlags.none()  # nothing can be left out of the plan, and to look for it costs a quarter more
ENDS = ("low", "high")
FIGURE = FIELDS[:3]  # value, low, high


def _schema(framework: Framework) -> dict[str, Any]:
    """The columns of a coded frame, as `RowCoder.row` fills them."""
    schema: dict[str, Any] = {}
    for key in framework.context:
        schema |= {key: pl.String(), number_column(key): pl.Float64()}
    for id_, item in framework.items.items():
        schema[id_] = pl.Int8()
        if item.type == "number":
            schema[number_column(id_)] = pl.Float64()
    return schema


def _holding_the_value(indicator: str) -> list[nw.Expr]:
    """Bounds that hold the value, as a result's do (rule 7): a mean of raw units may lie outside of what is open."""
    value, low, high = (nw.col(indicator_column(indicator, field)) for field in FIGURE)
    return [
        nw.min_horizontal(low, value).alias(indicator_column(indicator, "low")),
        nw.max_horizontal(high, value).alias(indicator_column(indicator, "high")),
    ]


def _end(scenario: Scenario, end: str) -> nw.Expr:
    """A bound of a scenario's membership."""
    worked: nw.Expr = worth(
        scenario.when,
        lambda condition, field: nw.col(condition_column(condition, field)),
        end,
        lambda parts: nw.min_horizontal(*parts),
        lambda parts: nw.max_horizontal(*parts),
    )
    return worked


def _openness(id_: str) -> nw.Expr:
    low, high = (nw.col(scenario_column(id_, end)) for end in ENDS)
    settled = (low > PRESENT) | (high <= PRESENT)
    width = nw.when(settled).then(nw.lit(0.0, dtype=nw.Float64)).otherwise(high - low)
    return width.alias(scenario_column(id_, "open"))


def _figure(row: Row, id_: str) -> Figure:
    value, low, high = (row[readiness_column(id_, field)] for field in FIGURE)
    return Figure(value, low, high)
