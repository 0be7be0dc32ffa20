"""The plan: a framework compiled once into stages of dataframe expressions.

`scores` turns a frame of coded responses into indicators, readiness, conditions and scenarios, one row a respondent.
`evaluate` does the second half on any frame that has indicators: the same expressions serve a respondent and a group.
A stage adds columns that the next one reads, many of them by one expression. Columns are named `x:indicator/field`,
`d:dimension/field`, `s:scenario/field`, without a dot, which some engines take for a path; a condition's are those of
its indicator and its calibration.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

import narwhals as nw

from readiness.framework.ranges import Range, counts, dimension_range, framework_range, indicator_range
from readiness.scoring import configuration as cfg
from readiness.scoring.asking import Asked, Askings
from readiness.scoring.items import by_asking, item_columns, item_part, items_present
from readiness.scoring.parts import Level, Part, as_expression, either, highest, staged

if TYPE_CHECKING:
    from readiness.framework.models import Aggregate, Dimension, Framework, Indicator, Item

OVERALL = "overall"
FIELDS = ("value", "low", "high", "applies", "open")


def indicator_column(indicator: str, field: str) -> str:
    """An indicator's column: value, low, high, applies, open."""
    return f"x:{indicator}/{field}"


def readiness_column(dimension: str, field: str) -> str:
    """A dimension's readiness, or the whole's under `overall`."""
    return f"d:{dimension}/{field}"


def scenario_column(scenario: str, field: str) -> str:
    """A scenario's membership and what follows from it."""
    return f"s:{scenario}/{field}"


@dataclass(frozen=True)
class Fact:
    """The one value of an organisation's indicator, inherited by every respondent and group."""

    value: float | None
    low: float
    high: float
    applies: bool  # put to somebody, and so counting in a mean
    open_: bool  # the same, or still to turn out: counting in bounds

    def columns(self, indicator: str) -> list[nw.Expr]:
        """The fact as every row has it."""
        figures = [nw.lit(figure, dtype=nw.Float64) for figure in (self.value, self.low, self.high)]
        counting = [nw.lit(int(truth), dtype=nw.Int16) for truth in (self.applies, self.open_)]
        named = zip(FIELDS, [*figures, *counting], strict=True)
        return [column.alias(indicator_column(indicator, field)) for field, column in named]


@dataclass(frozen=True)
class Plan:
    """A framework compiled for frames that have certain columns.

    items: the scored items with a column. context: context keys with a column.
    """

    framework: Framework
    items: Set[str]
    context: Set[str]

    @cached_property
    def asked(self) -> Mapping[str, Asked]:
        """Who is put each item that has a column."""
        askings = Askings(self.framework, self.items, self.context)
        return {id_: askings.of(item) for id_, item in self.framework.items.items() if id_ in self.items}

    @cached_property
    def hanging(self) -> Set[str]:
        """Indicators with items of which an answer still missing decides whether they are asked."""
        open_ = {id_ for id_, asked in self.asked.items() if asked.open_ is not False}
        return {id_ for id_, indicator in self.framework.indicators.items() if open_ & set(indicator.items)}

    def limits(self, indicator: Indicator) -> Range:
        """Lowest and highest score of an indicator."""
        return indicator_range(indicator, self.framework.scales)

    def scores(self, frame: nw.LazyFrame[Any], facts: Mapping[str, Fact], *, bounds: bool = False) -> nw.LazyFrame[Any]:
        """Responses in, every figure of every respondent out, beside the columns that were there."""
        own = [i for i in self.framework.indicators.values() if i.id not in facts]
        return self.evaluate(self.indicators(frame, own, facts), bounds=bounds)

    def indicators(
        self, frame: nw.LazyFrame[Any], wanted: Sequence[Indicator], facts: Mapping[str, Fact]
    ) -> nw.LazyFrame[Any]:
        """Responses in, indicators out: those wanted from the row's own answers, the facts as they are."""
        items = [item for indicator in wanted for item in items_present(indicator, self.asked)]
        frame = frame.with_columns(*item_columns(items, self.framework, self.asked)) if items else frame
        given = [column for id_, fact in facts.items() for column in fact.columns(id_)]
        frame = frame.with_columns(*given) if given else frame
        return staged(frame, [self._indicator(indicator) for indicator in wanted], bounds=True)

    def _indicator(self, indicator: Indicator) -> Level:
        raw = indicator.range == "raw"
        items = items_present(indicator, self.asked)
        return Level(
            indicator_column(indicator.id, ""),
            [item_part(item, self.framework, self.asked[item.id], raw) for item in items],
            _in_percent(indicator.aggregate, indicator.range),
            whole=sum(item.weight for item in indicator.items.values()),
            min_answered=self.framework.min_answered_of(indicator),
            limits=self.limits(indicator),
        )

    def evaluate(self, frame: nw.LazyFrame[Any], *, bounds: bool = True) -> nw.LazyFrame[Any]:
        """A frame with indicators in, the same with readiness, conditions and scenarios out.

        Without `bounds` only values are worked out, which is all that a total needs of a respondent.
        """
        return self.memberships(self.readiness(frame, bounds), bounds=bounds)

    def memberships(self, frame: nw.LazyFrame[Any], *, bounds: bool) -> nw.LazyFrame[Any]:
        """A frame with indicators in, the same with conditions and scenarios out."""
        if not self.framework.scenarios:
            return frame
        out = frame.with_columns(*cfg.condition_columns(cfg.distinct_conditions(self.framework).values(), bounds))
        scenarios = self.framework.scenarios.values()
        return out.with_columns(*[cfg.scenario_value(s).alias(scenario_column(s.id, "value")) for s in scenarios])

    def readiness(self, frame: nw.LazyFrame[Any], bounds: bool, *, is_filled: bool = False) -> nw.LazyFrame[Any]:
        """A frame with indicators in, the same with the readiness of every dimension and of the whole out.

        is_filled: the frame has the columns that parts are summed from in place of the indicators' values.
        """
        if not is_filled:
            counted = [i for i in self.framework.indicators.values() if i.desired != "none"]
            frame = filled(frame, [indicator_column(i.id, "") for i in counted], bounds)
        for dimensions in _by_depth(self.framework.dimensions.values()):
            frame = staged(frame, [self.dimension_level(dimension) for dimension in dimensions], bounds=bounds)
            frame = filled(frame, [readiness_column(d.id, "") for d in dimensions], bounds)
        return staged(frame, [self.whole_level()], bounds=bounds)

    def dimension_level(self, dimension: Dimension) -> Level:
        """How a dimension is worked out from its parts."""
        parts = [
            _turned(indicator, self.limits(indicator), dimension.range)
            for indicator in dimension.indicators.values()
            if indicator.desired != "none"
        ]
        parts += [self._nested(nested, dimension.range) for nested in dimension.dimensions.values() if counts(nested)]
        return Level(
            readiness_column(dimension.id, ""),
            parts,
            _in_percent(dimension.aggregate, dimension.range),
            whole=sum(part.weight for part in parts),
            min_answered=self.framework.min_answered_of(dimension),
            limits=dimension_range(dimension, self.framework.scales),
        )

    def whole_level(self) -> Level:
        """How the whole is worked out from the dimensions."""
        tops = self.framework.dimensions.values()
        parts = [self._nested(top, self.framework.range) for top in tops if counts(top)]
        return Level(
            readiness_column(OVERALL, ""),
            parts,
            _in_percent(self.framework.aggregate, self.framework.range),
            whole=sum(part.weight for part in parts),
            min_answered=self.framework.min_answered_of(self.framework),
            limits=framework_range(self.framework),
        )

    def _nested(self, dimension: Dimension, wanted: str) -> Part:
        limits = dimension_range(dimension, self.framework.scales)
        return _level_part(readiness_column(dimension.id, ""), limits, wanted, dimension.weight, adverse=False)

    @cached_property
    def items_there(self) -> list[Item]:
        """The items that have a column, in framework order."""
        return [self.framework.items[id_] for id_ in self.asked]

    def asked_columns(self) -> list[nw.Expr]:
        """Columns that say who is put what, once for all items put under the same tests."""
        return [column for put, _ in by_asking(list(self.asked), self.asked) if put.name for column in put.columns()]

    def answered(self) -> nw.Expr:
        """Whether a respondent gave at least one answer to a scored item; don't know is none."""
        ids = list(self.asked)
        return highest([nw.col(id_) for id_ in ids]) >= 0 if ids else as_expression(either())


def _in_percent(aggregate: Aggregate, range_: str) -> Aggregate:
    """How parts are combined: a sum in percent of what it could reach is their mean."""
    return "mean" if aggregate == "sum" and range_ == "percent" else aggregate


def _by_depth(dimensions: Any) -> Iterator[list[Dimension]]:
    """Dimensions level by level, the deepest first."""
    level = list(dimensions)
    if level:
        yield from _by_depth([nested for dimension in level for nested in dimension.dimensions.values()])
        yield level


def filled(frame: nw.LazyFrame[Any], prefixes: Sequence[str], bounds: bool = False) -> nw.LazyFrame[Any]:
    """Columns that a level's parts are summed from: 0 in place of what is missing or not open, and 1 where it is."""
    if not prefixes:
        return frame
    values = nw.col(*[f"{prefix}value" for prefix in prefixes])
    columns = [values.fill_null(0.0).name.suffix("/filled"), (~values.is_null()).cast(nw.Int16).name.suffix("/has")]
    if bounds:
        for prefix in prefixes:
            for end in ("low", "high"):
                column = nw.col(f"{prefix}{end}") * nw.col(f"{prefix}open")
                columns.append(column.alias(f"{prefix}{end}/filled"))
    return frame.with_columns(*columns)


def _turned(indicator: Indicator, limits: Range, wanted: str) -> Part:
    """An indicator as it counts for readiness: an adverse one turned round within its range."""
    adverse = indicator.desired == "low"
    return _level_part(indicator_column(indicator.id, ""), limits, wanted, indicator.weight, adverse)


def _level_part(prefix: str, limits: Range, wanted: str, weight: float, adverse: bool) -> Part:
    """A level as a part of the one above: in its own units there if that is raw, else in percent of its range."""
    low, high = limits
    factor, shift = (-1.0, low + high) if adverse else (1.0, 0.0)
    if wanted == "percent" and limits != (0.0, 100.0) and high > low:
        scale = 100 / (high - low)
        factor, shift, limits = factor * scale, (shift - low) * scale, (0.0, 100.0)
    return Part(
        value=f"{prefix}value/filled",
        has=f"{prefix}value/has",
        applies=f"{prefix}applies",
        open_=f"{prefix}open",
        limits=limits,
        low=f"{prefix}low/filled",
        high=f"{prefix}high/filled",
        factor=factor,
        shift=shift,
        weight=weight,
    )
