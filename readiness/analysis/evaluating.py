"""Evaluating: what readiness and scenarios come to for other values of the indicators, by the plan's expressions."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
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


@dataclass(frozen=True)
class Block:
    """Rows of values of some indicators (rows, ids) of one group; all others stand as the group has them."""

    standing: Standing
    ids: Sequence[str]
    rows: NDArray[np.float64]


class Evaluation:
    """A framework's plan, for rows that say nothing but the values of indicators."""

    def __init__(self, framework: Framework) -> None:
        self.framework = framework
        self._plan = Plan(framework, frozenset(), frozenset())

    def readiness(self, blocks: Sequence[Block]) -> Iterator[dict[str, NDArray[np.float64]]]:
        """The readiness of each dimension and of the whole (`overall`), NaN where missing, of each block's rows."""
        names = {id_: readiness_column(id_, "value") for id_ in (*self.framework.all_dimensions, OVERALL)}
        yield from _worked(blocks, lambda frame: _columns(self._plan.readiness(frame, bounds=False), names))

    def scenarios(self, blocks: Sequence[Block]) -> Iterator[dict[str, NDArray[np.float64]]]:
        """The membership in each scenario, NaN where missing, of the rows of each block."""
        names = {id_: scenario_column(id_, "value") for id_ in self.framework.scenarios}
        yield from _worked(blocks, lambda frame: _columns(self._plan.memberships(frame, bounds=False), names))


def _worked(
    blocks: Sequence[Block], work: Callable[[nw.LazyFrame[pl.LazyFrame]], dict[str, NDArray[np.float64]]]
) -> Iterator[dict[str, NDArray[np.float64]]]:
    """Many blocks at once, since working out a few rows takes as long as working out thousands."""
    for some in _batches(blocks):
        figures = work(_frame(some))
        start = 0
        for block in some:
            yield {id_: column[start : start + len(block.rows)] for id_, column in figures.items()}
            start += len(block.rows)


def _batches(blocks: Sequence[Block]) -> Iterator[list[Block]]:
    some: list[Block] = []
    rows = 0
    for block in blocks:
        if some and rows + len(block.rows) > ROWS_AT_ONCE:
            yield some
            some, rows = [], 0
        some.append(block)
        rows += len(block.rows)
    if some:
        yield some


def _frame(blocks: Sequence[Block]) -> nw.LazyFrame[pl.LazyFrame]:
    """The rows of some blocks below each other, missing values null."""
    columns: dict[str, NDArray[np.float64] | NDArray[np.int16]] = {}
    for id_ in blocks[0].standing.values:
        columns[indicator_column(id_, "value")] = np.concatenate([_values(block, id_) for block in blocks])
        applies = [np.full(len(block.rows), block.standing.applies[id_], dtype=np.int16) for block in blocks]
        columns[indicator_column(id_, "applies")] = np.concatenate(applies)
    return nw.from_native(pl.DataFrame(columns, nan_to_null=True).lazy())


def _values(block: Block, id_: str) -> NDArray[np.float64]:
    if id_ in block.ids:
        return block.rows[:, list(block.ids).index(id_)]
    value = block.standing.values[id_]
    return np.full(len(block.rows), np.nan if value is None else value)


def _columns(frame: nw.LazyFrame[pl.LazyFrame], names: Mapping[str, str]) -> dict[str, NDArray[np.float64]]:
    native: pl.LazyFrame = frame.to_native()
    found = native.select(pl.col(list(names.values())).fill_null(float("nan"))).collect()
    return {id_: found[name].to_numpy() for id_, name in names.items()}
