"""Figures: what follows from respondents' keys where they lie: the readiness of every level, and which scenarios hold.

A pattern's figures have been worked out by the plan beforehand, and are looked up by its key; what hangs on several
indicators follows by the plan's own expressions. Where every dimension can be told by a number that takes few columns
(`compact`), elsewhere a column for each figure (`apart`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar

import narwhals as nw

from readiness.scoring import presence
from readiness.scoring.counting import known_column, present_column

if TYPE_CHECKING:
    from readiness.scoring.counting import Counting
    from readiness.scoring.packing import Packed

Frame = nw.LazyFrame[Any]
X = TypeVar("X")  # a truth, in whatever it is said

BITS = 12  # truths that are told by one column: mostly a few different numbers


@dataclass(frozen=True)
class Figured:
    """Keyed rows with what is counted and summed of them besides patterns.

    numbers: dimensions with the column of their numbers. levels: columns of readiness that are not told by a number.
    truths: by column the names, bit by bit, that the sums of what holds have in `counting`.
    """

    rows: Frame
    numbers: Mapping[str, Packed]
    levels: Sequence[str]
    truths: Mapping[str, Sequence[str]]


def truths_of(counting: Counting, bit: Callable[[str, str], X]) -> dict[str, X | bool]:
    """Who has a membership in each scenario, and on whom it is present, by the names of their sums in `counting`."""
    out: dict[str, X | bool] = {}
    for id_, scenario in counting.plan.framework.scenarios.items():
        counted = presence.counted(scenario, bit, counting.fact_ids)
        out[known_column(id_)] = counted.known
        out |= {present_column(id_, some): truth for some, truth in counted.present.items()}
    return out


def together(truths: Mapping[str, Any]) -> Iterator[tuple[str, list[str]]]:
    """Columns, and the truths that each of them tells."""
    names = list(truths)
    for start in range(0, len(names), BITS):
        yield f"presence_{start // BITS}", names[start : start + BITS]
