"""Items: from the code of a cell to columns that indicators are summed from.

`s = 100·(v - min)/(max - min)` over the scale's extremes, never the observed ones; a reversed item is turned round.
An indicator with `range: raw` takes the points of the scale as they are. On a scale of even steps the score is a
straight line of the code, and no cell has to be looked up; a reversed item's code is counted from the other end there,
so that both sides of a balanced pair are one line and one sum.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import narwhals as nw

from readiness.framework.ranges import item_points
from readiness.responses.coding import ABSENT, DK, MISSING, NA, number_column
from readiness.scoring.parts import Part

if TYPE_CHECKING:
    from readiness.framework.models import Framework, Indicator, Item
    from readiness.scoring.asking import Asked

UNPUT = "unput"


def has_column(item: str) -> str:
    """1 where the item was answered."""
    return f"{item}/has"


def points_column(item: str) -> str:
    """What the answer counts before any rescaling, in the indicator's direction, 0 where there is none."""
    return f"{item}/points"


def applies_column(item: str) -> str:
    """1 where the item counts in the mean."""
    return f"{item}/applies"


def open_column(item: str) -> str:
    """1 where the item counts in the bounds."""
    return f"{item}/open"


def count_of(item: str, state: int | str) -> str:
    """A total: how often an item has this code, or is `UNPUT`."""
    return f"{item}/{state}"


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


def is_stepped(item: Item, framework: Framework) -> bool:
    """Whether the points column holds steps of the scale, counted from the end that scores lowest in its direction."""
    return item.type == "scale" and steps(item, framework) is not None


def score_line(item: Item, framework: Framework, raw: bool) -> Line:
    """The line from the points column to the item's score."""
    line = steps(item, framework) or Line(1.0, 0.0)
    low, high = item_points(item, framework.scales)
    factor, shift = line.factor, line.shift
    if item.reversed and not is_stepped(item, framework):
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
    applies = applies_column(item.id)
    open_ = applies if asked.open_ is False else open_column(item.id)
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
    stepped: list[Item] = []
    looked_up: list[Item] = []
    for item in items:
        (stepped if is_stepped(item, framework) else looked_up).append(item)
    columns = [_suffixed((nw.col(*ids) >= 0).cast(nw.Int16), "has"), *_steps_columns(stepped, framework)]
    for put, members in by_asking(ids, asked):
        there = nw.col(*members)
        columns.append(_suffixed((there >= (nw.col(put.least) if put.name else MISSING)).cast(nw.Int16), "applies"))
        if put.open_ is not False:
            columns.append(_suffixed((there >= nw.col(put.least_open)).cast(nw.Int16), "open"))
    columns.extend(_points(item, framework).alias(points_column(item.id)) for item in looked_up)
    return columns


def _steps_columns(items: Sequence[Item], framework: Framework) -> list[nw.Expr]:
    """Steps of the scale in the indicator's direction, for all items of a kind in one go."""
    straight = [item.id for item in items if not item.reversed]
    columns = [nw.col(*straight).clip(lower_bound=0)] if straight else []
    by_size: dict[int, list[str]] = {}
    for item in items:
        if item.reversed:
            by_size.setdefault(options_of(item, framework), []).append(item.id)
    # From the other end an answer's code gives 0 to size - 1, and what is none (a negative code) size or more, which
    # is put on `size` and so is 0 again: a chain on one column, where a condition would have to name every column.
    for size, ids in by_size.items():
        columns.append((nw.col(*ids).cast(nw.Int16) * -1 + (size - 1)).clip(upper_bound=size) % size)
    return [_suffixed(column.cast(nw.Int16), "points") for column in columns]


def by_asking(ids: Sequence[str], asked: Mapping[str, Asked]) -> list[tuple[Asked, list[str]]]:
    """Items by the tests under which they are put."""
    groups: dict[str, list[str]] = {}
    for id_ in ids:
        groups.setdefault(asked[id_].name, []).append(id_)
    return [(asked[members[0]], members) for members in groups.values()]


def _suffixed(columns: nw.Expr, name: str) -> nw.Expr:
    return columns.name.suffix(f"/{name}")


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


def unput_sums(ids: Sequence[str], asked: Mapping[str, Asked]) -> list[nw.Expr]:
    """Totals: how often each item is empty because it was not put, for items that are not put to everybody."""
    return [
        ((nw.col(*members) == MISSING).cast(nw.Int64) * nw.col(put.unput)).sum().name.suffix(f"/{UNPUT}")
        for put, members in by_asking(ids, asked)
        if put.name
    ]


def code_sums(items: Sequence[Item], framework: Framework) -> list[nw.Expr]:
    """Totals: how often each code of each item occurs; what is left empty is what remains."""
    by_size: dict[int, list[str]] = {}
    for item in items:
        by_size.setdefault(options_of(item, framework), []).append(item.id)
    return [
        (nw.col(*columns) == code).cast(nw.Int64).sum().name.suffix(f"/{code}")
        for size, columns in by_size.items()
        for code in (DK, NA, ABSENT, *range(size))
    ]


def options_of(item: Item, framework: Framework) -> int:
    """How many answers have a code of their own: the options, or the one that says a number was given."""
    return 1 if item.type == "number" else len(framework.scales[str(item.scale)].options)


def items_present(indicator: Indicator, present: Mapping[str, Asked]) -> list[Item]:
    """The items of an indicator that have a column."""
    return [item for item in indicator.items.values() if item.id in present]
