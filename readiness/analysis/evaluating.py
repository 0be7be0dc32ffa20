"""Evaluating: what readiness and scenarios come to for other values of the indicators, by the plan's expressions."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import narwhals as nw
import numpy as np
import polars as pl

from readiness.scoring.plan import OVERALL, Plan, indicator_column, readiness_column, scenario_column

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from readiness.framework.models import Framework

ROWS_AT_ONCE = 100_000


@dataclass(frozen=True)
class Standing:
    """What a group has in every indicator: its value, missing ones None, and whether the indicator applies to it."""

    values: Mapping[str, float | None]
    applies: Mapping[str, bool]


class Evaluation:
    """A framework's plan, for rows that say nothing but the values of indicators."""

    def __init__(self, framework: Framework) -> None:
        self.framework = framework
        self._plan = Plan(framework, frozenset(), frozenset())

    def readiness(
        self, standing: Standing, ids: Sequence[str], rows: NDArray[np.float64]
    ) -> dict[str, NDArray[np.float64]]:
        """The readiness of each dimension and of the whole (`overall`), NaN where missing.

        rows (rows, ids): values of some indicators; all others stand as the group has them.
        """
        frame = self._plan.readiness(_frame(standing, ids, rows), bounds=False)
        names = {id_: readiness_column(id_, "value") for id_ in (*self.framework.all_dimensions, OVERALL)}
        return _columns(frame, names)

    def scenarios(
        self, blocks: Sequence[tuple[Standing, Sequence[str], NDArray[np.float64]]]
    ) -> Iterator[dict[str, NDArray[np.float64]]]:
        """The membership in each scenario, NaN where missing, of the rows of each block, many blocks at once."""
        names = {id_: scenario_column(id_, "value") for id_ in self.framework.scenarios}
        for some in _batches(blocks):
            frames = [_frame(standing, ids, rows) for standing, ids, rows in some]
            figures = _columns(self._plan.memberships(nw.concat(frames), bounds=False), names)
            start = 0
            for _, _, rows in some:
                yield {id_: column[start : start + len(rows)] for id_, column in figures.items()}
                start += len(rows)


def _batches(
    blocks: Sequence[tuple[Standing, Sequence[str], NDArray[np.float64]]],
) -> Iterator[list[tuple[Standing, Sequence[str], NDArray[np.float64]]]]:
    some: list[tuple[Standing, Sequence[str], NDArray[np.float64]]] = []
    for block in blocks:
        if some and sum(len(rows) for _, _, rows in some) + len(block[2]) > ROWS_AT_ONCE:
            yield some
            some = []
        some.append(block)
    if some:
        yield some


def _frame(standing: Standing, ids: Sequence[str], rows: NDArray[np.float64]) -> nw.LazyFrame[pl.LazyFrame]:
    given = {id_: rows[:, place] for place, id_ in enumerate(ids)}
    columns: list[pl.Series] = []
    for id_, value in standing.values.items():
        name = indicator_column(id_, "value")
        if id_ in given:
            columns.append(pl.Series(name, given[id_]))
        else:
            columns.append(pl.repeat(value, len(rows), dtype=pl.Float64, eager=True).alias(name))
        applies = pl.repeat(int(standing.applies[id_]), len(rows), dtype=pl.Int16, eager=True)
        columns.append(applies.alias(indicator_column(id_, "applies")))
    return nw.from_native(pl.DataFrame(columns).lazy())


def _columns(frame: nw.LazyFrame[pl.LazyFrame], names: Mapping[str, str]) -> dict[str, NDArray[np.float64]]:
    native: pl.LazyFrame = frame.to_native()
    found = native.select(pl.col(list(names.values())).fill_null(float("nan"))).collect()
    return {id_: found[name].to_numpy() for id_, name in names.items()}
