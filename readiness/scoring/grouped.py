"""Grouped: what is known of respondents who stay where they lie.

No respondent leaves an engine that scores answers where they lie, only how often each way of answering occurred does.
Whoever looks on is shown that, once, and may ask for more.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    import numpy as np
    import polars as pl
    from numpy.typing import NDArray


def told_column(key: str) -> str:
    """The column that holds a context key beside indicators, since an indicator may have its name."""
    return f"#{key}"


@dataclass(frozen=True)
class Grouped:
    """How often each way of answering each indicator occurred in each crossing of context keys.

    Everybody counts who gave at least one answer, and nobody else.

    keys: the context keys that are crossed, each a recorded one.
    atoms: a row a crossing that occurs: ATOM (UInt32), any number of its own; a String column for each key, null for a
    blank; COUNT (Int64), its respondents.
    table: a row a way of answering that occurs in a crossing: PLACE (UInt32), the indicator's among `Counting.members`;
    ATOM; KEY (UInt32), of its pattern; COUNT (Int64); and where there are case weights MASS (Int64) and MASS_SQUARED
    (Int128), as `histograms.Tally` has them.
    """

    keys: tuple[str, ...]
    atoms: pl.DataFrame
    table: pl.DataFrame


class Rows(Protocol):
    """What else can be asked of respondents who stay where they lie, each time by a query of its own."""

    def alike(self, context: Sequence[str]) -> pl.DataFrame:
        """Respondents grouped by some context keys, their case weight if they have one, and all of their answers.

        Asked only where they are few. A row a group: a String column for each context key, named by `told_column`; a
        column of whole numbers for each indicator, named by its id, which holds the key of its pattern; WEIGHT (Int64)
        where there are case weights; COUNT (Int64), how many respondents are alike in all of this.
        """

    def products(self, steps: Mapping[str, pl.Series]) -> NDArray[np.int64]:
        """Sums of products of the k indicators' scores over all respondents (2k, 2k), without case weights.

        steps: by indicator its scores in whole steps, each at the place of its pattern's key; null where a pattern has
        none. Each respondent is a column of 2k numbers, the k steps (0 where there is none) above k truths (1 where
        there is one): the sums are those of each column times itself turned on its side.
        """
