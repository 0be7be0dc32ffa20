"""Parts and how they combine: items into an indicator, indicators into a dimension, dimensions into the whole.

All three levels follow the same rules, so they share one function. A part is a set of *columns* made beforehand, not of
expressions, and sums run over many columns at once: an engine plans a sum of fifty columns as fast as one of two, and
translating expressions is what a small run spends its time on.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import reduce
from typing import TYPE_CHECKING

import narwhals as nw

if TYPE_CHECKING:
    from readiness.framework.models import Aggregate
    from readiness.framework.ranges import Range

Truth = nw.Expr | bool
Flag = str | bool  # the name of a column of 0 and 1, or a truth known when the plan is made
WEIGHT_TOLERANCE = 1e-9  # three fifths of a weight must pass a threshold of 0.6


def both(*truths: Truth) -> Truth:
    """All of them hold."""
    if any(truth is False for truth in truths):
        return False
    unknown = [truth for truth in truths if not isinstance(truth, bool)]
    return reduce(lambda a, b: a & b, unknown) if unknown else True


def either(*truths: Truth) -> Truth:
    """At least one of them holds."""
    if any(truth is True for truth in truths):
        return True
    unknown = [truth for truth in truths if not isinstance(truth, bool)]
    return reduce(lambda a, b: a | b, unknown) if unknown else False


def negated(truth: Truth) -> Truth:
    """It does not hold."""
    return not truth if isinstance(truth, bool) else ~truth


def as_expression(truth: Truth) -> nw.Expr:
    """A truth as an expression, also where it was known beforehand."""
    return nw.lit(truth) if isinstance(truth, bool) else truth


@dataclass(frozen=True)
class Part:
    """Something that has a score: an item, an indicator or a dimension, as columns of the frame.

    The score is `factor · value + shift`, which turns an adverse indicator round, or a code into percent.

    value: 0 where there is none. has: 1 where there is one. applies: 1 where it counts in the mean (rule 2). open_: 1
    where it counts in the bounds, as does what may still turn out to be asked (rule 6). low, high: bounds in the units
    of value, 0 where not open; None for an item, which is at its limits while it has no value. limits: of the score.
    """

    value: str
    has: str
    applies: Flag
    open_: Flag
    limits: Range
    low: str | None = None
    high: str | None = None
    factor: float = 1.0
    shift: float = 0.0
    weight: float = 1.0


@dataclass(frozen=True)
class Combined:
    """A level worked out from its parts: the score (null where missing), its bounds, and the two kinds of counting."""

    value: nw.Expr
    low: nw.Expr
    high: nw.Expr
    applies: nw.Expr
    open_: nw.Expr

    def named(self, name: Callable[[str], str], bounds: bool) -> list[nw.Expr]:
        """The columns, named by field; without `bounds` only what a mean needs."""
        fields = {"value": self.value, "applies": self.applies}
        if bounds:
            fields |= {"low": self.low, "high": self.high, "open": self.open_}
        return [column.alias(name(field)) for field, column in fields.items()]


def _sum(terms: Iterable[tuple[Flag, float]]) -> nw.Expr | float:
    """Columns times factors, added up; columns of one factor are added in one go."""
    by_factor: dict[float, list[str]] = {}
    known = 0.0
    for flag, factor in terms:
        if isinstance(flag, bool):
            known += factor if flag else 0.0
        elif factor:
            by_factor.setdefault(factor, []).append(flag)
    sums = [_scaled(_row_sum(columns), factor) for factor, columns in by_factor.items()]
    if not sums:
        return known
    added = reduce(lambda a, b: a + b, sums)
    return added + known if known else added


def _row_sum(columns: Sequence[str]) -> nw.Expr:
    return nw.sum_horizontal(nw.col(*columns)) if len(columns) > 1 else nw.col(columns[0])


def _scaled(column: nw.Expr, factor: float) -> nw.Expr:
    return column if factor == 1 else column * factor


def _flag(flag: Flag) -> nw.Expr:
    return nw.lit(int(flag)) if isinstance(flag, bool) else nw.col(flag)


def combine(parts: Sequence[Part], aggregate: Aggregate, whole: float, min_answered: float, limits: Range) -> Combined:
    """Parts combined into the level above them.

    whole: the weight of everything that belongs to the level, present in this frame or not. min_answered: the share of
    the applicable weight that must have a value. limits: the extremes of the level, which are its bounds where nothing
    counts. Parts of weight 0 are recorded without counting.
    """
    counted = [part for part in parts if part.weight > 0]
    low, high = (nw.lit(limit, dtype=nw.Float64) for limit in limits)
    if not counted:
        return Combined(nw.lit(None, dtype=nw.Float64), low, high, nw.lit(0), nw.lit(0))
    answered = _sum((part.has, part.weight) for part in counted)
    applicable = _sum((part.applies, part.weight) for part in counted)
    still = _sum((part.open_, part.weight) for part in counted)
    level = _Level(counted, aggregate, whole, answered, still)
    enough = (answered > 0) & (answered + WEIGHT_TOLERANCE >= applicable * min_answered)
    is_open = _positive(still)
    return Combined(
        value=nw.when(enough).then(level.value()),
        low=_where(is_open, level.bound(lowest=True), low),
        high=_where(is_open, level.bound(lowest=False), high),
        applies=as_expression(_positive(applicable)).cast(nw.Int16),
        open_=as_expression(is_open).cast(nw.Int16),
    )


def _positive(weight: nw.Expr | float) -> Truth:
    return weight > 0


def _where(truth: Truth, figure: nw.Expr, otherwise: nw.Expr) -> nw.Expr:
    if isinstance(truth, bool):
        return figure if truth else otherwise
    return nw.when(truth).then(figure).otherwise(otherwise)


@dataclass(frozen=True)
class _Level:
    """The arithmetic of one level."""

    parts: Sequence[Part]
    aggregate: Aggregate
    whole: float
    answered: nw.Expr | float
    still: nw.Expr | float

    def value(self) -> nw.Expr:
        """The parts that have a value, combined."""
        if self.aggregate in ("mean", "sum"):
            return self._averaged(self._added(), self.answered)
        scores = [nw.when(nw.col(p.has) == 1).then(nw.col(p.value) * p.factor + p.shift) for p in self.parts]
        return self._joined(scores, self.answered)

    def bound(self, lowest: bool) -> nw.Expr:
        """What the level could come to at the least or at the most."""
        if self.aggregate in ("mean", "sum"):
            return self._averaged(self._added_bound(lowest), self.still)
        scores = [nw.when(_flag(p.open_) == 1).then(_bound_of(p, lowest)) for p in self.parts]
        return self._joined(scores, self.still)

    def _averaged(self, added: nw.Expr | float, weight: nw.Expr | float) -> nw.Expr:
        mean = added / weight
        # A sum is prorated: the mean of what there is times the whole weight, so that it keeps its range.
        return mean * self.whole if self.aggregate == "sum" else mean  # type: ignore[return-value]

    def _joined(self, scores: Sequence[nw.Expr], weight: nw.Expr | float) -> nw.Expr:
        if self.aggregate == "min":
            return nw.min_horizontal(*scores)
        if self.aggregate == "max":
            return nw.max_horizontal(*scores)
        # The logarithm of 0 is minus infinity, and its exponential 0 again: a geometric mean with a part 0 is 0. What
        # an adverse part turned round leaves below 0 is a rounding error.
        logs = [
            _scaled(score.clip(lower_bound=0).log(), part.weight)
            for score, part in zip(scores, self.parts, strict=True)
        ]
        return (nw.sum_horizontal(*logs) / weight).exp()

    def _added(self) -> nw.Expr | float:
        values = [(p.value, p.weight * p.factor) for p in self.parts]
        return _sum([*values, *((p.has, p.weight * p.shift) for p in self.parts)])

    def _added_bound(self, lowest: bool) -> nw.Expr | float:
        terms: list[tuple[Flag, float]] = []
        for p in self.parts:
            column = p.low if lowest == (p.factor >= 0) else p.high
            if column is not None:
                terms += [(column, p.weight * p.factor), (p.open_, p.weight * p.shift)]
            else:
                limit = p.limits[0 if lowest else 1]
                terms += [(p.value, p.weight * p.factor), (p.has, p.weight * (p.shift - limit))]
                terms += [(p.open_, p.weight * limit)]
        return _sum(terms)


def _bound_of(part: Part, lowest: bool) -> nw.Expr:
    column = part.low if lowest == (part.factor >= 0) else part.high
    if column is not None:
        return nw.col(column) * part.factor + part.shift
    limit = nw.lit(part.limits[0 if lowest else 1], dtype=nw.Float64)
    return nw.when(nw.col(part.has) == 1).then(nw.col(part.value) * part.factor + part.shift).otherwise(limit)
