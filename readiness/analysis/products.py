"""Products: how indicators hang together over respondents, summed while they are read.

The covariance of two indicators over those who have both needs the sum of products of their scores. Scores are put on
a grid of whole steps for it, so that every sum is one of integers below 2^53, which matrix products of floats give
exactly in whatever order they are added up.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from readiness.analysis.grid import Looked

if TYPE_CHECKING:
    from numpy.typing import NDArray


ROWS_AT_ONCE = 8192  # so that what is multiplied stays in the processor's cache


@dataclass
class Products:
    """Sums of products of all pairs of indicators, over those who have both."""

    ids: tuple[str, ...]
    _sums: NDArray[np.int64] = field(init=False)

    def __post_init__(self) -> None:
        size = 2 * len(self.ids)
        self._sums = np.zeros((size, size), dtype=np.int64)

    def add(self, scores: Mapping[str, Looked], sign: int) -> None:
        """Respondents of one piece, by indicator."""
        k = len(self.ids)
        rows = len(next(iter(scores.values())).index) if scores else 0
        block = np.empty((2 * k, ROWS_AT_ONCE))
        for start in range(0, rows, ROWS_AT_ONCE):
            size = min(ROWS_AT_ONCE, rows - start)
            for place, id_ in enumerate(self.ids):
                looked = scores[id_]
                index = looked.index[start : start + size]
                np.take(looked.steps, index, out=block[place, :size])
                np.take(looked.there, index, out=block[k + place, :size])
            part = block[:, :size]
            self._sums += sign * (part @ part.T).astype(np.int64)

    def given(self, sums: NDArray[np.int64]) -> None:
        """Respondents whose sums were worked out elsewhere, as `scoring.grouped.Rows.products` says."""
        self._sums += sums

    def correlations(self) -> NDArray[np.float64]:
        """The correlation of each pair of indicators over those who have both; 0 where that cannot be told.

        A matrix of such pairs need not be one that any set of respondents could have, so it is put right by leaving out
        what is negative of its eigenvalues (Higham 2002 does better where it matters).
        """
        k = len(self.ids)
        products, sums, both = self._sums[:k, :k], self._sums[:k, k:], self._sums[k:, k:]
        with np.errstate(divide="ignore", invalid="ignore"):
            n = both.astype(np.float64)
            covariance = products / n - (sums / n) * (sums.T / n)
            spread = np.sqrt(np.diag(covariance))
            matrix = covariance / np.outer(spread, spread)
        matrix = np.where(np.isfinite(matrix), np.clip(matrix, -1.0, 1.0), 0.0)
        np.fill_diagonal(matrix, 1.0)
        return _put_right((matrix + matrix.T) / 2)


def _put_right(matrix: NDArray[np.float64]) -> NDArray[np.float64]:
    """The nearest matrix of correlations, nearly: negative eigenvalues left out, the diagonal scaled back to 1."""
    values, vectors = np.linalg.eigh(matrix)
    if values.size == 0 or values[0] >= 0:
        return matrix
    kept: NDArray[np.float64] = (vectors * np.clip(values, 0.0, None)) @ vectors.T
    scale = np.sqrt(np.diag(kept))
    scaled: NDArray[np.float64] = kept / np.outer(scale, scale)
    return scaled
