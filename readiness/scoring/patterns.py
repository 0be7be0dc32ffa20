"""Patterns: whoever answered an indicator alike has the same score in it, so each way of answering is scored once.

A *pattern* is one way of standing towards the items of an indicator: the code of every item that has a column, and
whether it was put. It is numbered by writing its codes as the digits of one integer, its *key*. Indicators whose items
are scored alike (the same points, weights, reversals and rules) have the same *shape* and share one table of figures.

The figures themselves are worked out by the plan, on a frame that holds a row a pattern: there is one arithmetic,
however many respondents there are. A million respondents have no more than a few thousand patterns between them.
"""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

import narwhals as nw
import polars as pl

from readiness.framework.ranges import item_points
from readiness.responses.coding import ABSENT, MISSING
from readiness.scoring.items import items_present, options_of
from readiness.scoring.parts import as_expression
from readiness.scoring.plan import FIELDS, indicator_column

if TYPE_CHECKING:
    from readiness.framework.models import Indicator, Item
    from readiness.scoring.asking import Asked
    from readiness.scoring.plan import Plan

LARGEST_KEY = 1 << 20  # beyond as many patterns of one indicator, respondents are scored one by one
PUT, UNPUT, OPEN = 0, 1, 2  # how a respondent stands towards a test under which items are put
CODES_BELOW = -ABSENT  # a code plus this is a digit from 0 on
KEY = "key"


@dataclass(frozen=True)
class Digit:
    """One place of a key: an item's code, or how its test stands. `stride` is what a step in it is worth."""

    name: str  # the item, or the test's name
    size: int
    stride: int


@dataclass(frozen=True)
class Keyed:
    """An indicator with the digits of its key."""

    indicator: Indicator
    items: tuple[Digit, ...]
    tests: tuple[Digit, ...]

    @property
    def id(self) -> str:
        """The indicator's id, which is the name of the column of its keys."""
        return self.indicator.id

    @cached_property
    def size(self) -> int:
        """How many patterns there could be."""
        last = (*self.items, *self.tests)[-1:]
        return last[0].stride * last[0].size if last else 1

    @property
    def dtype(self) -> type[pl.DataType]:
        """The smallest type that holds every key."""
        return pl.UInt8 if self.size <= 1 << 8 else pl.UInt16 if self.size <= 1 << 16 else pl.UInt32

    def key(self) -> pl.Expr:
        """The key of each row of coded responses, from item columns and the columns of `flags`."""
        # A code is 4 below its digit at most, so a key's sum stays within half of its size either way.
        wide = pl.Int8 if self.size <= 1 << 7 else pl.Int16 if self.size <= 1 << 14 else pl.Int32
        shift = sum(digit.stride for digit in self.items) * CODES_BELOW
        whole = pl.lit(shift, dtype=wide)
        for digit in (*self.items, *self.tests):
            column = pl.col(digit.name) if wide == pl.Int8 else pl.col(digit.name).cast(wide)
            whole = whole + (column * digit.stride if digit.stride > 1 else column)
        return whole.cast(self.dtype).alias(self.id)

    def code_of(self, digit: Digit) -> pl.Expr:
        """An item's code, from a column of keys."""
        return (pl.col(KEY) // digit.stride % digit.size).cast(pl.Int16) - CODES_BELOW

    def state_of(self, digit: Digit) -> pl.Expr:
        """How a test stands, from a column of keys."""
        return pl.col(KEY) // digit.stride % digit.size


def flag(test: str) -> str:
    """The column that says how a row stands towards a test."""
    return f"{test}/flag"


def flags(plan: Plan) -> list[nw.Expr]:
    """The columns that say how a row stands towards each test under which items are put."""
    tests = {asked.name: asked for asked in plan.asked.values() if asked.name}
    return [_flag(asked).alias(flag(name)) for name, asked in tests.items()]


def _flag(asked: Asked) -> nw.Expr:
    put, unput, open_ = (nw.lit(state, dtype=nw.Int8) for state in (PUT, UNPUT, OPEN))
    otherwise = unput if asked.open_ is False else nw.when(as_expression(asked.open_)).then(open_).otherwise(unput)
    return nw.when(as_expression(asked.holds)).then(put).otherwise(otherwise)


def keyed(indicator: Indicator, plan: Plan) -> Keyed:
    """An indicator's key in frames that have the plan's columns."""
    stride = 1
    items, tests = [], []
    present = items_present(indicator, plan.asked)
    for item in present:
        items.append(Digit(item.id, options_of(item, plan.framework) + CODES_BELOW, stride))
        stride *= items[-1].size
    for name in dict.fromkeys(plan.asked[item.id].name for item in present):
        if name:
            asked = next(plan.asked[item.id] for item in present if plan.asked[item.id].name == name)
            tests.append(Digit(flag(name), 2 if asked.open_ is False else 3, stride))
            stride *= tests[-1].size
    return Keyed(indicator, tuple(items), tuple(tests))


def can_be_counted(plan: Plan) -> bool:
    """Whether respondents can be scored by pattern: every answer has a code, and no indicator too many patterns."""
    if any(item.type == "number" for item in plan.items_there):
        return False
    return all(keyed(indicator, plan).size <= LARGEST_KEY for indicator in plan.framework.indicators.values())


@dataclass(frozen=True)
class Shape:
    """Indicators that score alike: their first one stands for all."""

    members: tuple[Keyed, ...]
    plan: Plan = field(repr=False)

    @property
    def first(self) -> Keyed:
        """The one that is worked out."""
        return self.members[0]

    @property
    def size(self) -> int:
        """How many patterns there could be."""
        return self.first.size

    def table(self, keys: pl.Series) -> pl.DataFrame:
        """The figures of some patterns: `key`, and value, low, high (score), applies, open (0 or 1) by the plan."""
        first = self.first
        rows = (
            keys.alias(KEY)
            .to_frame()
            .with_columns(
                *[first.code_of(digit).cast(pl.Int8).alias(digit.name) for digit in first.items],
                *[self._test_column(digit, named) for digit in first.tests for named in ("/least", "/least_open")],
            )
        )
        names = {indicator_column(first.id, column): column for column in FIELDS}
        worked: pl.LazyFrame = self.plan.indicators(nw.from_native(rows.lazy()), [first.indicator], {}).to_native()
        return worked.select(KEY, *[pl.col(name).alias(column) for name, column in names.items()]).collect()

    def _test_column(self, digit: Digit, named: str) -> pl.Expr:
        """The least code that counts, as `Asked` has it: MISSING where the items are put, an answer's elsewhere."""
        counts = self.first.state_of(digit) == PUT
        if named == "/least_open":
            counts = counts | (self.first.state_of(digit) == OPEN)
        least = pl.when(counts).then(pl.lit(MISSING, dtype=pl.Int8)).otherwise(pl.lit(0, dtype=pl.Int8))
        return least.alias(f"{digit.name.removesuffix('/flag')}{named}")


def shapes(plan: Plan, indicators: Sequence[Indicator]) -> list[Shape]:
    """Indicators put together by what their scores hang on, in the order of the first of each."""
    alike: dict[Hashable, list[Keyed]] = {}
    for indicator in indicators:
        alike.setdefault(_form(indicator, plan), []).append(keyed(indicator, plan))
    return [Shape(tuple(members), plan) for members in alike.values()]


def _form(indicator: Indicator, plan: Plan) -> Hashable:
    """Everything an indicator's figures hang on but the answers."""
    present = items_present(indicator, plan.asked)
    tests = list(dict.fromkeys(plan.asked[item.id].name for item in present))
    return (
        indicator.aggregate,
        indicator.range,
        plan.framework.min_answered_of(indicator),
        plan.limits(indicator),
        sum(item.weight for item in indicator.items.values()),
        tuple(_item_form(item, plan, tests.index(plan.asked[item.id].name)) for item in present),
    )


def _item_form(item: Item, plan: Plan, test: int) -> Hashable:
    asked = plan.asked[item.id]
    points = tuple(option.points for option in plan.framework.scales[str(item.scale)].options)
    return (
        points,
        item_points(item, plan.framework.scales),
        item.reversed,
        item.weight,
        test,
        bool(asked.name),
        asked.open_ is False,
    )
