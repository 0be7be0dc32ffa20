"""Lookups: the figures of patterns in tables, from which everybody's are looked up by the key of their answers."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import polars as pl

from readiness.scoring.calibration import GRAIN
from readiness.scoring.patterns import KEY

if TYPE_CHECKING:
    from readiness.scoring.patterns import Shape

SMALL = 4096  # patterns of a shape up to as many are scored beforehand, others as they turn up


@dataclass
class Lookup:
    """The figures of one shape's patterns, a row a key; those not seen yet stand there empty."""

    shape: Shape
    figures: pl.DataFrame = field(init=False)
    known: pl.Series = field(init=False)
    changed: int = 0

    def __post_init__(self) -> None:
        self.known = pl.Series(KEY, [], dtype=pl.UInt32)
        self.figures = pl.DataFrame()
        if self.shape.size <= SMALL:
            self.learn(pl.int_range(self.shape.size, dtype=pl.UInt32, eager=True))

    def learn(self, keys: pl.Series) -> None:
        """Score the patterns among these that were not seen before."""
        new = keys.filter(~keys.is_in(self.known.implode())) if self.known.len() else keys
        if not new.len():
            return
        self.changed += 1
        scored = self.shape.table(new.alias(KEY))
        every = pl.int_range(self.shape.size, dtype=pl.UInt32, eager=True).alias(KEY).to_frame()
        if self.known.len():
            before = self.figures.filter(pl.col(KEY).is_in(self.known.implode()))
            scored = pl.concat([before.select(scored.columns), scored])
        self.known = scored[KEY]
        self.figures = every.join(scored, on=KEY, how="left", maintain_order="left").with_columns(
            pl.col("value").fill_null(0.0).alias("filled"),
            pl.col("value").is_not_null().cast(pl.Int16).alias("has"),
            pl.col("applies", "open").fill_null(0),
            (pl.col("value", "low", "high") * GRAIN).round().cast(pl.Int64).name.suffix("/units"),
        )


@dataclass(frozen=True)
class Table:
    """The figures of one indicator: of each of its patterns, looked up by a column of keys, or one for everybody.

    version: goes up whenever patterns are added.
    """

    indicator: str
    figures: pl.DataFrame
    version: int
    key: str | None  # the column of keys


def looked_up(columns: pl.DataFrame, key: str | None, keyed: pl.DataFrame) -> pl.DataFrame:
    """What stands in columns of a table for each respondent; without a key its first row stands for everybody.

    All columns at once, since finding the rows takes longer than fetching from them.
    """
    if key is None:
        constants = [pl.lit(column[0], dtype=column.dtype).alias(column.name) for column in columns]
        return keyed.with_columns(constants).select(columns.columns)
    return columns[keyed[key].cast(pl.UInt32)]
