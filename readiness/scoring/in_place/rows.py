"""Rows: what else can be asked of respondents where they lie, each time by a query of its own (`grouped.Rows`)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import narwhals as nw
import numpy as np
import polars as pl

from readiness.responses.coding import WEIGHT
from readiness.responses.engines.engine import Gathered
from readiness.responses.engines.unpivoting import unpivoted
from readiness.scoring.grouped import told_column
from readiness.scoring.histograms import COUNT
from readiness.scoring.in_place.keys import by_column, key_column

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from readiness.responses.in_place.survey import InPlace
    from readiness.scoring.counting import Counting

Frame = nw.LazyFrame[Any]
FIRST, OF = "first#", "of#"


class InPlaceRows:
    """Keyed rows of a survey where it lies."""

    def __init__(self, survey: InPlace, counting: Counting, rows: Frame) -> None:
        self._survey = survey
        self._counting = counting
        self._rows = rows

    def alike(self, context: Sequence[str]) -> pl.DataFrame:
        """Respondents grouped by some context keys, their case weight and all of their answers: see `Rows.alike`."""
        members = [member.id for member, _ in self._counting.members]
        by = [by_column(key) for key in context]
        weight = [WEIGHT] if self._survey.weighted else []
        columns = [*by, *weight, *map(key_column, members)]
        grouped = self._rows.group_by(*columns).agg(nw.len().cast(nw.Int64).alias(COUNT))
        table = self._survey.engine.collected(grouped, self._survey.sources)
        named = {by_column(key): told_column(key) for key in context} | {key_column(id_): id_ for id_ in members}
        return table.select(*columns, COUNT).rename(named)

    def products(self, steps: Mapping[str, pl.Series]) -> NDArray[np.int64]:
        """Sums of products of the indicators' scores: see `Rows.products`.

        Each respondent becomes a row for each of the 2k numbers, which is multiplied with all of them: 2k sums of 2k
        groups, where side by side they would be four times the square of k.
        """
        ids = list(steps)
        size = 2 * len(ids)
        tables = {}
        for place, id_ in enumerate(ids):
            key = key_column(id_)
            tables[f"{place}"] = Gathered(steps[id_].fill_null(0).cast(pl.Int64), key)
            tables[f"{len(ids) + place}"] = Gathered(steps[id_].is_not_null().cast(pl.Int64), key)
        names = [f"{n}" for n in range(size)]
        looked = self._survey.engine.gathered(self._rows, tables).select(*names)
        # Twice the same column: once as one of many below each other, once as one to be multiplied with.
        twice = looked.with_columns(*[nw.col(name).alias(f"of {name}") for name in names])
        long = unpivoted(twice, names, [f"of {name}" for name in names], FIRST, OF)
        sums = [(nw.col(OF) * nw.col(f"of {name}")).sum().cast(nw.Int64).alias(f"of {name}") for name in names]
        grouped = long.filter(nw.col(OF) != 0).group_by(FIRST).agg(*sums)
        table = self._survey.engine.collected(grouped, self._survey.sources)
        out = np.zeros((size, size), dtype=np.int64)
        for row in table.iter_rows(named=True):
            out[int(row[FIRST])] = [row[f"of {name}"] for name in names]
        return out
