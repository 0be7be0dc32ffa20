"""Packing: a dimension's readiness told from one whole number a respondent.

Where every score in a dimension is a whole number of some step (on scales of five points it is 12.5), what a respondent
has in it is three sums of whole numbers: scores, weights answered and weights that apply. Written into one number, as
digits are, they are added up all at once, an indicator being worth what its pattern is worth. Respondents with the same
number have the same readiness, so they are counted by it, as `counting` counts them by patterns. Scores that are no
whole steps are left to the plan, whose sums hang on the order of what is added; those of whole steps do not.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import narwhals as nw
import polars as pl

from readiness.scoring.calibration import GRAIN
from readiness.scoring.parts import Level, staged
from readiness.scoring.patterns import KEY

if TYPE_CHECKING:
    from readiness.scoring.parts import Part

FINEST = 4096  # steps in a point: what is no multiple of 1/4096 is no whole step
LARGEST_NUMBER = 1 << 16


@dataclass(frozen=True)
class Packed:
    """A level told by a number: scores in steps, then weights answered, then weights that apply, as its digits.

    worth: by indicator what each of its patterns adds to the number. step: what one step of the scores is worth.
    """

    id: str
    level: Level
    worth: Mapping[str, pl.Series]
    step: float
    scores: int  # how many values the first digit has
    weights: int  # and either of the others

    @property
    def size(self) -> int:
        """How many numbers there could be."""
        return self.scores * self.weights * self.weights

    def number(self) -> pl.Expr:
        """The number of each respondent, from the keys of the indicators."""
        parts = [pl.lit(worth).gather(pl.col(indicator).cast(pl.UInt32)) for indicator, worth in self.worth.items()]
        return pl.sum_horizontal(parts).cast(pl.UInt16).alias(self.id)

    def sums(self, number: nw.Expr) -> list[nw.Expr]:
        """The sums of the level's first stage (`parts.Level.sums`), taken out of a number again."""
        weight, prefix = number // self.scores, self.level.prefix
        return [
            ((number % self.scores).cast(nw.Float64) * self.step).alias(f"{prefix}added"),
            (weight % self.weights).cast(nw.Float64).alias(f"{prefix}answered"),
            (weight // self.weights).cast(nw.Float64).alias(f"{prefix}applicable"),
        ]

    @cached_property
    def table(self) -> pl.DataFrame:
        """What every number says: value, its parts `filled` and `has` as the plan names them, applies, and units."""
        key = pl.int_range(self.size, dtype=pl.UInt32, eager=True).alias(KEY).to_frame()
        prefix = self.level.prefix
        sums = nw.from_native(key.lazy()).with_columns(*self.sums(nw.col(KEY)))
        worked: pl.LazyFrame = staged(sums, [self.level], bounds=False, summed=True).to_native()
        value = pl.col(f"{prefix}value")
        return worked.select(
            value,
            value.fill_null(0.0).alias(f"{prefix}value/filled"),
            value.is_not_null().cast(pl.Int16).alias(f"{prefix}value/has"),
            pl.col(f"{prefix}applies"),
            (value * GRAIN).round().cast(pl.Int64).alias("units"),
        ).collect()


def packed(id_: str, level: Level, figures: Mapping[str, pl.DataFrame]) -> Packed | None:
    """A level as one that is told by a number; None where it cannot be.

    figures: by the prefix of a part's columns, the patterns of its indicator.
    """
    if level.aggregate not in ("mean", "sum") or not level.counted:
        return None
    tables = [figures.get(_owner(part)) for part in level.counted]
    if any(table is None for table in tables) or any(part.weight % 1 for part in level.counted):
        return None
    scores = [_fine(part, table) for part, table in zip(level.counted, tables, strict=True) if table is not None]
    if any(score is None for score in scores):
        return None
    whole = [[int(value) for value in score] for score in scores if score is not None]
    finest = math.gcd(*(value for score in whole for value in score))
    if not finest or min(map(min, whole)) < 0:
        return None
    steps = [[value // finest for value in score] for score in whole]
    top = 1 + sum(map(max, steps))
    weights = 1 + sum(int(part.weight) for part in level.counted)
    if top * weights * weights > LARGEST_NUMBER:
        return None
    worth = {
        _owner(part): _worth(part, table, step, top, weights)
        for part, table, step in zip(level.counted, tables, steps, strict=True)
        if table is not None
    }
    return Packed(id_, level, worth, finest / FINEST, top, weights)


def _owner(part: Part) -> str:
    """The indicator of a part, from the name of its column `x:indicator.applies`."""
    return part.applies.removeprefix("x:").removesuffix("/applies")


def _fine(part: Part, table: pl.DataFrame) -> pl.Series | None:
    """What each pattern adds to the weighted sum of scores, in the finest steps; None where that is no whole number."""
    score = (pl.col("filled") * part.factor + pl.col("has") * part.shift) * part.weight * FINEST
    fine = table.select(score.alias("fine")).to_series()
    whole = fine.cast(pl.Int64)
    return whole if (whole.cast(pl.Float64) == fine).all() else None


def _worth(part: Part, table: pl.DataFrame, steps: Sequence[int], scores: int, weights: int) -> pl.Series:
    weight = int(part.weight)
    answered, applies = table["has"].cast(pl.Int64) * weight, table["applies"].cast(pl.Int64) * weight
    return (pl.Series(steps) + answered * scores + applies * (scores * weights)).cast(pl.UInt16)
