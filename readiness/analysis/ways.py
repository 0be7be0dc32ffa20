"""Ways: how a set of respondents answered one indicator, each way of answering once, and how many did so.

Whatever can be said of an indicator's items in a set of respondents (covariances, agreement, who differs from whom)
hangs on how many answered it in which way, as its score does (`scoring.patterns`). A million respondents have no more
than a few thousand ways between them, so what is worked out from ways costs the same for any number of people.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from readiness.scoring.histograms import NOT_PUT as NOT_PUT  # noqa: PLC0414 a code beside those of `coding`

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from readiness.framework.models import Indicator, Item


@dataclass(frozen=True)
class Ways:
    """How a set of respondents answered one indicator.

    items: those with a column, in the framework's order. points (ways, items): what each answer scores, in the
    indicator's own direction and units (0-100, or the points of a raw one), reversed items turned round; NaN where an
    item is not answered. codes (ways, items): as `responses.coding` says, or `NOT_PUT`. score (ways,): the indicator's,
    NaN where it is missing. people (ways,): how many answered so, whole numbers.
    """

    indicator: Indicator
    items: tuple[Item, ...]
    points: NDArray[np.float64]
    codes: NDArray[np.int16]
    score: NDArray[np.float64]
    people: NDArray[np.int64]

    @property
    def n(self) -> int:
        """How many respondents these are."""
        return int(self.people.sum())

    def of(self, people: NDArray[np.int64]) -> Ways:
        """The same ways, answered by others; those of nobody are left out."""
        some = people > 0
        return replace(
            self, points=self.points[some], codes=self.codes[some], score=self.score[some], people=people[some]
        )

    def only(self, items: Sequence[str]) -> Ways:
        """The same respondents, and only these items of theirs; the score stays that of all items."""
        places = [place for place, item in enumerate(self.items) if item.id in items]
        kept = tuple(self.items[place] for place in places)
        return replace(self, items=kept, points=self.points[:, places], codes=self.codes[:, places])
