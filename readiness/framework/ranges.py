"""The extremes that a score could take, from the scales upward.

A level in percent runs from 0 to 100. A level with `range: raw` keeps the units of its parts, so its extremes follow
from theirs and from how it combines them.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from readiness.framework.models import Aggregate, Dimension, Framework, Indicator, Item, Scale

Range = tuple[float, float]
PERCENT: Range = (0.0, 100.0)


def combined(values: Sequence[float], weights: Sequence[float], aggregate: Aggregate) -> float:
    """Parts combined as `aggregate` says, all of them known. Parts of weight 0 do not count."""
    counted = [(value, weight) for value, weight in zip(values, weights, strict=True) if weight > 0]
    if not counted:
        return 0.0
    total = sum(weight for _, weight in counted)
    match aggregate:
        case "mean":
            return sum(value * weight for value, weight in counted) / total
        case "sum":
            return sum(value * weight for value, weight in counted)
        case "min":
            return min(value for value, _ in counted)
        case "max":
            return max(value for value, _ in counted)
        case "geometric":
            positive = all(value > 0 for value, _ in counted)
            return math.exp(sum(weight * math.log(value) for value, weight in counted) / total) if positive else 0.0


def item_points(item: Item, scales: dict[str, Scale]) -> Range:
    """Lowest and highest points of an item, in the units of its scale."""
    if item.type == "number":
        return float(item.min or 0.0), float(item.max or 0.0)
    return scales[str(item.scale)].extremes


def _over(ranges: Sequence[Range], weights: Sequence[float], aggregate: Aggregate) -> Range:
    return (
        combined([low for low, _ in ranges], weights, aggregate),
        combined([high for _, high in ranges], weights, aggregate),
    )


def indicator_range(indicator: Indicator, scales: dict[str, Scale]) -> Range:
    """Lowest and highest score of an indicator."""
    if indicator.range == "percent":
        return PERCENT
    items = indicator.items.values()
    return _over([item_points(item, scales) for item in items], [item.weight for item in items], indicator.aggregate)


def counts(dimension: Dimension) -> bool:
    """Whether anything in a dimension counts for readiness; one with nothing but `desired: none` leaves every sum."""
    counted = any(part.desired != "none" and part.weight > 0 for part in dimension.indicators.values())
    return counted or any(nested.weight > 0 and counts(nested) for nested in dimension.dimensions.values())


def dimension_range(dimension: Dimension, scales: dict[str, Scale]) -> Range:
    """Lowest and highest readiness of a dimension."""
    if dimension.range == "percent" or not counts(dimension):
        return PERCENT
    counted = [part for part in dimension.indicators.values() if part.desired != "none"]
    nested = [part for part in dimension.dimensions.values() if counts(part)]
    ranges = [indicator_range(part, scales) for part in counted] + [dimension_range(part, scales) for part in nested]
    weights = [part.weight for part in counted] + [part.weight for part in nested]
    return _over(ranges, weights, dimension.aggregate)


def framework_range(framework: Framework) -> Range:
    """Lowest and highest overall readiness."""
    if framework.range == "percent" or not any(counts(part) for part in framework.dimensions.values()):
        return PERCENT
    parts = [part for part in framework.dimensions.values() if counts(part)]
    ranges = [dimension_range(part, framework.scales) for part in parts]
    return _over(ranges, [part.weight for part in parts], framework.aggregate)
