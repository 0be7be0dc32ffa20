"""Items: from the code of a cell to columns that indicators are summed from.

`s = 100·(v - min)/(max - min)` over the scale's extremes, never the observed ones; a reversed item is turned round.
An indicator with `range: raw` takes the points of the scale as they are. On a scale of even steps the score is a
straight line of the code, and no cell has to be looked up.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import narwhals as nw

from readiness.framework.ranges import item_points
from readiness.responses.coding import ABSENT, DK, MISSING, NA, number_column
from readiness.scoring.parts import Flag, Part, as_expression, both, either, negated

if TYPE_CHECKING:
    from readiness.framework.models import Framework, Indicator, Item
    from readiness.scoring.asking import Asked

STATE = "state"


def has_column(item: str) -> str:
    """1 where the item was answered."""
    return f"{item}.has"


def points_column(item: str) -> str:
    """What the answer counts before any rescaling, 0 where there is none."""
    return f"{item}.points"


def applies_column(item: str) -> str:
    """1 where the item counts in the mean."""
    return f"{item}.applies"


def open_column(item: str) -> str:
    """1 where the item counts in the bounds."""
    return f"{item}.open"


def state_column(item: str) -> str:
    """How the cell stands, for the distribution of answers."""
    return f"{item}.{STATE}"


@dataclass(frozen=True)
class Line:
    """Points as a straight line of what stands in the points column: `factor · column + shift`."""

    factor: float
    shift: float


def steps(item: Item, framework: Framework) -> Line | None:
    """The line from a code to its points; None on a scale of uneven steps."""
    if item.type == "number":
        return Line(1.0, 0.0)
    points = [option.points for option in framework.scales[str(item.scale)].options]
    step = points[1] - points[0] if len(points) > 1 else 0.0
    even = all(points[0] + step * place == value for place, value in enumerate(points))
    return Line(step, points[0]) if even else None


def score_line(item: Item, framework: Framework, raw: bool) -> Line:
    """The line from the points column to the item's score."""
    line = steps(item, framework) or Line(1.0, 0.0)
    low, high = item_points(item, framework.scales)
    factor, shift = line.factor, line.shift
    if item.reversed:
        factor, shift = -factor, low + high - shift
    if raw:
        return Line(factor, shift)
    scale = 100 / (high - low) if high > low else 0.0
    return Line(factor * scale, (shift - low) * scale)


def item_part(item: Item, framework: Framework, asked: Asked, raw: bool) -> Part:
    """An item as a part of its indicator."""
    line = score_line(item, framework, raw)
    low, high = item_points(item, framework.scales)
    limits = (low, high) if raw else (0.0, 100.0 if high > low else 0.0)
    # Only where being asked hangs on the row are there two columns; otherwise all but "not applicable" count.
    applies: Flag = applies_column(item.id)
    open_: Flag = applies if asked.open_ is False else open_column(item.id)
    return Part(
        points_column(item.id),
        has_column(item.id),
        applies,
        open_,
        limits,
        factor=line.factor,
        shift=line.shift,
        weight=item.weight,
    )


def item_columns(items: Sequence[Item], framework: Framework, asked: Mapping[str, Asked]) -> list[nw.Expr]:
    """The columns that `item_part` names, for all items that have a column."""
    ids = [item.id for item in items]
    if not ids:
        return []
    straight = [i.id for i in items if i.type == "scale" and steps(i, framework) is not None]
    always = [id_ for id_ in ids if asked[id_].holds is True]
    columns = [_suffixed((nw.col(*ids) >= 0).cast(nw.Int16), "has")]
    if straight:
        columns.append(_suffixed(nw.col(*straight).clip(lower_bound=0).cast(nw.Int16), "points"))
    if always:
        columns.append(_suffixed((nw.col(*always) > NA).cast(nw.Int16), "applies"))
    for item in items:
        if item.id not in straight:
            columns.append(_points(item, framework).alias(points_column(item.id)))
        columns.extend(_asked_columns(item.id, asked[item.id]))
    return columns


def _suffixed(columns: nw.Expr, name: str) -> nw.Expr:
    return columns.name.suffix(f".{name}")


def _asked_columns(item: str, asked: Asked) -> list[nw.Expr]:
    """Where an item counts, if that hangs on the row."""
    if asked.holds is True:
        return []
    answered = nw.col(item) >= 0
    unanswered = nw.col(item).is_in([DK, MISSING])
    applies = either(answered, both(unanswered, asked.holds))
    columns = [as_expression(applies).cast(nw.Int16).alias(applies_column(item))]
    if asked.open_ is not False:
        may_be = either(answered, both(unanswered, either(asked.holds, asked.open_)))
        columns.append(as_expression(may_be).cast(nw.Int16).alias(open_column(item)))
    return columns


def _points(item: Item, framework: Framework) -> nw.Expr:
    """The points of an answer that no straight line gives."""
    code = nw.col(item.id)
    nothing = nw.lit(0.0, dtype=nw.Float64)
    if item.type == "number":
        return nw.when(code >= 0).then(nw.col(number_column(item.id))).otherwise(nothing)
    points = nothing
    for place, option in enumerate(framework.scales[str(item.scale)].options):
        points = nw.when(code == place).then(nw.lit(option.points, dtype=nw.Float64)).otherwise(points)
    return points


def state_columns(items: Sequence[Item], asked: Mapping[str, Asked]) -> list[nw.Expr]:
    """How each cell stands: its code, or ABSENT also where it is empty because the item was not put."""
    always = [item.id for item in items if asked[item.id].holds is True]
    columns = [_suffixed(nw.col(*always), STATE)] if always else []
    for item in items:
        if item.id not in always:
            left_out = as_expression(both(nw.col(item.id) == MISSING, negated(asked[item.id].holds)))
            state = nw.when(left_out).then(nw.lit(ABSENT, dtype=nw.Int8)).otherwise(nw.col(item.id))
            columns.append(state.alias(state_column(item.id)))
    return columns


def state_sums(items: Sequence[Item], framework: Framework) -> list[nw.Expr]:
    """Totals: how often each state of each item occurs; what is left empty is what remains."""
    by_size: dict[int, list[str]] = {}
    for item in items:
        by_size.setdefault(options_of(item, framework), []).append(state_column(item.id))
    return [
        (nw.col(*columns) == code).cast(nw.Int64).sum().name.suffix(f".{code}")
        for size, columns in by_size.items()
        for code in (DK, NA, ABSENT, *range(size))
    ]


def options_of(item: Item, framework: Framework) -> int:
    """How many answers have a code of their own: the options, or the one that says a number was given."""
    return 1 if item.type == "number" else len(framework.scales[str(item.scale)].options)


def items_present(indicator: Indicator, present: Mapping[str, Asked]) -> list[Item]:
    """The items of an indicator that have a column."""
    return [item for item in indicator.items.values() if item.id in present]
