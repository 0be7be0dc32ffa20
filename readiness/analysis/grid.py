"""Grid: scores as steps of a grid of whole numbers, fine enough for whatever is said of their spread.

Sums of products of whole numbers are the same in whatever order they are added up, as long as none exceeds what its
type can hold; so sums over respondents do not hang on how a file was read.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from readiness.scoring.totals import UNIT

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from readiness.framework.ranges import Range

STEPS = 50_000  # from an indicator's lowest score to its highest


def in_steps(units: pl.Series, limits: Range) -> pl.Series:
    """Scores in units of 1e-9 as steps from the lowest, missing ones null."""
    low, high = limits
    step = (high - low) * UNIT / STEPS or 1.0
    return ((units.cast(pl.Float64) - low * UNIT) / step).round().cast(pl.Int64)


@dataclass(frozen=True)
class Looked:
    """Respondents' scores as they are looked up: an index for each, into a table of steps.

    steps: 0 where the score is missing. there: 1 where it is not.
    """

    index: NDArray[np.integer]
    steps: NDArray[np.float64]
    there: NDArray[np.float64]

    @classmethod
    def of(cls, index: NDArray[np.integer], steps: pl.Series) -> Looked:
        """From a table of steps with nulls."""
        filled = steps.fill_null(0).cast(pl.Float64).to_numpy()
        return cls(index, filled, steps.is_not_null().cast(pl.Float64).to_numpy())
