"""Atoms: the crossing of some context keys, each combination that occurs by a number."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import polars as pl

if TYPE_CHECKING:
    from readiness.scoring.totals import Key

ATOM = "atom#"  # the column of numbers; no id can hold a "#"


@dataclass
class Atoms:
    """The combinations seen so far, numbered in the order in which they came."""

    keys: Sequence[str]
    numbers: dict[Key, int] = field(default_factory=dict)

    def of(self, frame: pl.DataFrame) -> tuple[pl.Series, list[int]]:
        """Each row's atom by its number, and the numbers that occur."""
        if not self.keys:
            self.numbers.setdefault((), 0)
            return pl.repeat(0, frame.height, dtype=pl.UInt32, eager=True).alias(ATOM), [0]
        places = frame.select(pl.col(self.keys).cast(pl.Categorical))
        distinct = places.unique()
        ids = [self.numbers.setdefault(key, len(self.numbers)) for key in distinct.cast(pl.String).iter_rows()]
        if len(self.keys) == 1:
            column = places.to_series().to_physical()
            physical = distinct.to_series().to_physical()
            width = int(column.max() or 0) + 1  # type: ignore[arg-type]
            table = pl.repeat(0, width + 1, dtype=pl.UInt32, eager=True)
            table = table.scatter(physical.fill_null(width), pl.Series(ids, dtype=pl.UInt32))
            return table.gather(column.fill_null(width)).alias(ATOM), ids
        numbered = distinct.with_columns(pl.Series(ATOM, ids, dtype=pl.UInt32))
        joined = places.join(numbered, on=self.keys, how="left", nulls_equal=True, maintain_order="left")
        return joined[ATOM], ids
