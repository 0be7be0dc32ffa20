"""Parts and how they combine: items into an indicator, indicators into a dimension, dimensions into the whole.

All three levels follow the same rules, so they share one function. A part is a set of *columns* made beforehand, not of
expressions, and counts run over many columns at once: an engine plans a sum of fifty columns as fast as one of two, and
translating expressions is what a small run spends its time on. Scores are added one after the other, for an engine may
take the columns of a row in any order, and the last digit of a sum of fractions hangs on it.
"""

from __future__ import annotations

import operator
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property, reduce
from typing import TYPE_CHECKING, Any, TypeVar, cast

import narwhals as nw

if TYPE_CHECKING:
    from readiness.framework.models import Aggregate
    from readiness.framework.ranges import Range

Truth = nw.Expr | bool
X = TypeVar("X")  # an expression of truths, of whatever engine
WEIGHT_TOLERANCE = 1e-9  # three fifths of a weight must pass a threshold of 0.6


def both(*truths: X | bool) -> X | bool:
    """All of them hold."""
    if any(truth is False for truth in truths):
        return False
    unknown: list[Any] = [truth for truth in truths if not isinstance(truth, bool)]
    return cast("X", reduce(operator.and_, unknown)) if unknown else True


def either(*truths: X | bool) -> X | bool:
    """At least one of them holds."""
    if any(truth is True for truth in truths):
        return True
    unknown: list[Any] = [truth for truth in truths if not isinstance(truth, bool)]
    return cast("X", reduce(operator.or_, unknown)) if unknown else False


def negated(truth: Truth) -> Truth:
    """It does not hold."""
    return not truth if isinstance(truth, bool) else ~truth


def as_expression(truth: Truth) -> nw.Expr:
    """A truth as an expression, also where it was known beforehand."""
    return nw.lit(truth) if isinstance(truth, bool) else truth


def lowest(columns: Sequence[nw.Expr]) -> nw.Expr:
    """The least of a row's columns, missing ones aside. Some engines compare no single column."""
    return columns[0] if len(columns) == 1 else nw.min_horizontal(*columns)


def highest(columns: Sequence[nw.Expr]) -> nw.Expr:
    """The greatest of a row's columns, missing ones aside."""
    return columns[0] if len(columns) == 1 else nw.max_horizontal(*columns)


@dataclass(frozen=True)
class Part:
    """Something that has a score: an item, an indicator or a dimension, as columns of the frame.

    The score is `factor · value + shift`, which turns an adverse indicator round, or a step into percent.

    value: 0 where there is none. has: 1 where there is one. applies: 1 where it counts in the mean (rule 2). open_: 1
    where it counts in the bounds, as does what may still turn out to be asked (rule 6). low, high: bounds in the units
    of value, 0 where not open; None for an item, which is at its limits while it has no value. limits: of the score.
    """

    value: str
    has: str
    applies: str
    open_: str
    limits: Range
    low: str | None = None
    high: str | None = None
    factor: float = 1.0
    shift: float = 0.0
    weight: float = 1.0


@dataclass(frozen=True)
class Level:
    """What is worked out from parts: an indicator, a dimension or the whole, in two stages of columns.

    The first holds the sums over the parts, the second what follows from them, so that no sum is worked out twice.

    prefix: of the level's columns, a field's name follows. whole: the weight of everything that belongs to the level,
    present in this frame or not. min_answered: the share of the applicable weight that must have a value. limits: the
    extremes of the level, which are its bounds where nothing counts. Parts of weight 0 are recorded without counting.
    """

    prefix: str
    parts: Sequence[Part]
    aggregate: Aggregate
    whole: float
    min_answered: float
    limits: Range

    @cached_property
    def counted(self) -> list[Part]:
        """The parts that count."""
        return [part for part in self.parts if part.weight > 0]

    def _column(self, field: str) -> str:
        return f"{self.prefix}{field}"

    @cached_property
    def _is_mean(self) -> bool:
        return self.aggregate in ("mean", "sum")

    @cached_property
    def _is_open_where_it_applies(self) -> bool:
        return all(part.open_ == part.applies for part in self.counted)

    @cached_property
    def _shared_limits(self) -> Range | None:
        """The limits of parts that have no bounds of their own, where all share them."""
        limits = {part.limits if part.low is None else None for part in self.counted}
        return next(iter(limits)) if len(limits) == 1 else None

    @property
    def _still(self) -> str:
        return self._column("applicable" if self._is_open_where_it_applies else "still")

    def sums(self, bounds: bool) -> list[nw.Expr]:
        """The first stage: weights that are answered, applicable and open, and the scores added up."""
        if not self.counted:
            return []
        columns = {
            "answered": _count((part.has, part.weight) for part in self.counted),
            "applicable": _count((part.applies, part.weight) for part in self.counted),
        }
        if bounds and not self._is_open_where_it_applies:
            columns["still"] = _count((part.open_, part.weight) for part in self.counted)
        if self._is_mean:
            columns["added"] = self._added()
            if bounds and self._shared_limits is None:
                columns |= {"least": self._added_bound(lowest=True), "most": self._added_bound(lowest=False)}
        return [column.alias(self._column(field)) for field, column in columns.items()]

    def figures(self, bounds: bool) -> list[nw.Expr]:
        """The second stage: the score (null where missing), and its bounds."""
        low, high = (nw.lit(limit, dtype=nw.Float64) for limit in self.limits)
        if not self.counted:
            nothing, none = nw.lit(None, dtype=nw.Float64), nw.lit(0, dtype=nw.Int16)
            fields = {"value": nothing, "applies": none}
            fields |= {"low": low, "high": high, "open": none} if bounds else {}
            return [column.alias(self._column(field)) for field, column in fields.items()]
        answered, applicable = nw.col(self._column("answered")), nw.col(self._column("applicable"))
        enough = (answered > 0) & (answered + WEIGHT_TOLERANCE >= applicable * self.min_answered)
        fields = {"value": nw.when(enough).then(self._value(answered))}
        if bounds:
            still = nw.col(self._still)
            fields["low"] = nw.when(still > 0).then(self._bound(still, lowest=True)).otherwise(low)
            fields["high"] = nw.when(still > 0).then(self._bound(still, lowest=False)).otherwise(high)
        return [column.alias(self._column(field)) for field, column in fields.items()]

    def _value(self, answered: nw.Expr) -> nw.Expr:
        """The parts that have a value, combined."""
        if self._is_mean:
            return self._averaged(nw.col(self._column("added")), answered)
        scores = [nw.when(nw.col(p.has) == 1).then(nw.col(p.value) * p.factor + p.shift) for p in self.counted]
        return self._joined(scores, answered)

    def _bound(self, still: nw.Expr, lowest: bool) -> nw.Expr:
        """What the level could come to at the least or at the most."""
        if not self._is_mean:
            scores = [nw.when(nw.col(p.open_) == 1).then(_bound_of(p, lowest)) for p in self.counted]
            return self._joined(scores, still)
        if self._shared_limits is None:
            return self._averaged(nw.col(self._column("least" if lowest else "most")), still)
        added, limit = nw.col(self._column("added")), self._shared_limits[0 if lowest else 1]
        missing = (still - nw.col(self._column("answered"))) * limit
        return self._averaged(added + missing if limit else added, still)

    def _averaged(self, added: nw.Expr, weight: nw.Expr) -> nw.Expr:
        mean = added / weight
        # A sum is prorated: the mean of what there is times the whole weight, so that it keeps its range.
        return mean * self.whole if self.aggregate == "sum" else mean

    def _joined(self, scores: Sequence[nw.Expr], weight: nw.Expr) -> nw.Expr:
        if self.aggregate == "min":
            return lowest(scores)
        if self.aggregate == "max":
            return highest(scores)
        # The logarithm of 0 is minus infinity, and its exponential 0 again: a geometric mean with a part 0 is 0. What
        # an adverse part turned round leaves below 0 is a rounding error.
        logs = [
            _scaled(score.clip(lower_bound=0).log(), part.weight).fill_null(0.0)
            for score, part in zip(scores, self.counted, strict=True)
        ]
        return (_added_up(logs) / weight).exp()

    def _added(self) -> nw.Expr:
        values = [(p.value, p.weight * p.factor) for p in self.counted]
        return _sum([*values, *((p.has, p.weight * p.shift) for p in self.counted)])

    def _added_bound(self, lowest: bool) -> nw.Expr:
        terms: list[tuple[str, float]] = []
        for p in self.counted:
            column = p.low if lowest == (p.factor >= 0) else p.high
            if column is not None:
                terms += [(column, p.weight * p.factor), (p.open_, p.weight * p.shift)]
            else:
                limit = p.limits[0 if lowest else 1]
                terms += [(p.value, p.weight * p.factor), (p.has, p.weight * (p.shift - limit))]
                terms += [(p.open_, p.weight * limit)]
        return _sum(terms)

    @property
    def counting(self) -> tuple[str, str] | None:
        """The columns of the weight that applies and of the weight that is open; None where no part counts."""
        return (self._column("applicable"), self._still) if self.counted else None


def staged(
    frame: nw.LazyFrame[Any], levels: Sequence[Level], *, bounds: bool, summed: bool = False
) -> nw.LazyFrame[Any]:
    """The frame with every level's value, `applies` and, with `bounds`, `low`, `high` and `open`.

    summed: the frame has the sums of the first stage already.
    """
    if not levels:
        return frame
    sums = [column for level in levels for column in level.sums(bounds) if not summed]
    figures = [column for level in levels for column in level.figures(bounds)]
    counting = {level.prefix: columns for level in levels if (columns := level.counting)}
    applies = [(prefix, columns[0]) for prefix, columns in counting.items()]
    still = [(prefix, columns[1]) for prefix, columns in counting.items()] if bounds else []
    frame = frame.with_columns(*sums) if sums else frame
    return frame.with_columns(*figures, *_counts(applies, "applies"), *_counts(still, "open"))


def _counts(weights: Sequence[tuple[str, str]], field: str) -> list[nw.Expr]:
    """1 where there is some weight, for all levels in one go."""
    if not weights:
        return []
    named = {column: f"{prefix}{field}" for prefix, column in weights}
    return [(nw.col(*named) > 0).cast(nw.Int16).name.map(named.__getitem__)]


def _sum(terms: Iterable[tuple[str, float]]) -> nw.Expr:
    """Columns times factors, added up; those of one factor before they are multiplied."""
    sums = [_scaled(_added_up(map(nw.col, columns)), factor) for factor, columns in _by_factor(terms)]
    return _added_up(sums) if sums else nw.lit(0.0, dtype=nw.Float64)


def _count(terms: Iterable[tuple[str, float]]) -> nw.Expr:
    """The same of columns of 0 and 1, whose sum is the same in any order."""
    return _added_up(_scaled(nw.sum_horizontal(nw.col(*columns)), factor) for factor, columns in _by_factor(terms))


def _by_factor(terms: Iterable[tuple[str, float]]) -> Iterable[tuple[float, list[str]]]:
    columns: dict[float, list[str]] = {}
    for column, factor in terms:
        if factor:
            columns.setdefault(factor, []).append(column)
    return columns.items()


def _added_up(terms: Iterable[nw.Expr]) -> nw.Expr:
    return reduce(operator.add, terms)


def _scaled(column: nw.Expr, factor: float) -> nw.Expr:
    return column if factor == 1 else column * factor


def _bound_of(part: Part, lowest: bool) -> nw.Expr:
    column = part.low if lowest == (part.factor >= 0) else part.high
    if column is not None:
        return nw.col(column) * part.factor + part.shift
    limit = nw.lit(part.limits[0 if lowest else 1], dtype=nw.Float64)
    return nw.when(nw.col(part.has) == 1).then(nw.col(part.value) * part.factor + part.shift).otherwise(limit)
