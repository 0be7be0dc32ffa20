"""Cells: sums of every indicator's scores by the crossing of all keys that the analysis asks about.

Like the totals (`scoring.totals`) they are sums of integers, the same in whatever order respondents come.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from readiness.analysis.grid import STEPS
from readiness.responses.coding import WEIGHT, WEIGHT_UNIT
from readiness.scoring.atoms import ATOM, Atoms
from readiness.scoring.histograms import COUNT, PLACE
from readiness.scoring.patterns import KEY
from readiness.scoring.totals import MASS, UNIT

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from readiness.framework.ranges import Range
    from readiness.scoring.grouped import Grouped
    from readiness.scoring.totals import Key

ROWS, CELL = "rows#", "cell#"
MOST_PIECES = 64  # sums that are kept apart by piece; beyond that they are added up


@dataclass(frozen=True)
class Cells:
    """The sums of every cell. keys: what cells are crossed by. ids: the indicators.

    rows (cells,): respondents. n (cells, indicators): those with a score. mass, total, squares: their case weights (1
    each where nobody has any), their weighted scores, and the weighted squares of these, in an indicator's own units.
    heads (cells,): of each headcount (`headcounts`), how many they are.
    """

    keys: tuple[str, ...]
    values: tuple[Key, ...]
    ids: tuple[str, ...]
    rows: NDArray[np.int64]
    n: NDArray[np.int64]
    mass: NDArray[np.float64]
    total: NDArray[np.float64]
    squares: NDArray[np.float64]
    heads: Mapping[str, NDArray[np.int64]] = field(default_factory=dict)
    _by: dict[tuple[str, ...], dict[Key, NDArray[np.intp]]] = field(default_factory=dict, repr=False, compare=False)

    def by(self, keys: Sequence[str]) -> Mapping[Key, NDArray[np.intp]]:
        """The places of the cells of each crossing of some of the keys."""
        if tuple(keys) not in self._by:
            self._by[tuple(keys)] = self._crossed(keys)
        return self._by[tuple(keys)]

    def _crossed(self, keys: Sequence[str]) -> dict[Key, NDArray[np.intp]]:
        at = [self.keys.index(key) for key in keys]
        groups: dict[Key, list[int]] = {}
        for place, value in enumerate(self.values):
            groups.setdefault(tuple(value[key] for key in at), []).append(place)
        return {key: np.array(places, dtype=np.intp) for key, places in groups.items()}

    def within(self, by: Mapping[str, str | None]) -> NDArray[np.intp]:
        """The places of a group's cells."""
        if not by:
            return np.arange(len(self.values))
        return self.by(list(by)).get(tuple(by.values()), np.array([], dtype=np.intp))


@dataclass
class CellSums:
    """The work of summing, for one set of responses taken in pieces."""

    keys: tuple[str, ...]
    limits: Mapping[str, Range]  # by indicator its lowest and highest score
    heads: tuple[str, ...] = ()  # the headcounts
    exact: bool = False  # whether scores come in units of 1e-9, not in steps of a grid
    _atoms: Atoms = field(init=False)
    _pieces: list[pl.DataFrame] = field(default_factory=list)
    _weighted: bool = False

    def __post_init__(self) -> None:
        self._atoms = Atoms(self.keys)

    @property
    def ids(self) -> tuple[str, ...]:
        """The indicators."""
        return tuple(self.limits)

    def add(self, people: pl.DataFrame, steps: pl.DataFrame, sign: int, counted: Sequence[pl.Series] = ()) -> None:
        """Respondents of one piece. people: their context. steps: their scores, and their case weights if any.

        counted: a column for each headcount, 1 where a respondent counts, else 0.
        """
        atoms, _ = self._atoms.of(people)
        self._weighted = WEIGHT in steps.columns
        if not steps.width:  # a framework of facts alone: a frame without a column would have no height
            steps = atoms.to_frame()
        sums = steps.lazy().with_columns(atoms, *counted).group_by(ATOM).agg(self._sums()).collect()
        self._pieces.append(sums if sign == 1 else sums.with_columns(pl.exclude(ATOM) * sign))
        if len(self._pieces) > MOST_PIECES:
            self._pieces = [self._added()]

    def grouped(self, grouped: Grouped, figures: Sequence[pl.DataFrame]) -> None:
        """Everybody at once, in groups of those who answered alike.

        figures: by an indicator's place a table by key: its score in a column of its id, if it is summed, and whether
        who answered so counts in its headcounts.
        """
        self._weighted = MASS in grouped.table.columns
        cells = grouped.atoms.select(ATOM, COUNT, self._atoms.of(grouped.atoms)[0].alias(CELL))
        sums = cells.group_by(CELL).agg(pl.col(COUNT).sum().alias(ROWS))
        for place, table in enumerate(figures):  # one at a time, since groups may be many
            if table.width:
                rows = (
                    grouped.table.lazy().filter(pl.col(PLACE) == place).join(cells.lazy().select(ATOM, CELL), on=ATOM)
                )
                looked = [pl.lit(column).gather(pl.col(KEY)).alias(column.name) for column in table]
                found = rows.with_columns(looked).group_by(CELL).agg(self._grouped_sums(table.columns)).collect()
                sums = sums.join(found, on=CELL, how="left")
        self._pieces.append(sums.rename({CELL: ATOM}).fill_null(0))

    def _grouped_sums(self, names: Sequence[str]) -> Iterator[pl.Expr]:
        """The sums of one indicator, each row standing for as many as answered so."""
        count, weight = pl.col(COUNT), pl.col(MASS if self._weighted else COUNT).cast(pl.Int128)
        for name in names:
            figure = pl.col(name)
            if name not in self.limits:
                yield (figure * count).sum().cast(pl.Int64)
                continue
            there, wide = figure.is_not_null(), figure.cast(pl.Int128)
            yield (there * count).sum().alias(f"{name}.n")
            yield (there * weight).sum().alias(f"{name}.mass")
            yield (wide * weight).sum().alias(f"{name}.sum")
            yield (wide * wide * weight).sum().alias(f"{name}.squares")

    def _sums(self) -> list[pl.Expr]:
        scores = pl.col(self.ids).cast(pl.Int128) if self.exact else pl.col(self.ids)
        there = scores.is_not_null().cast(pl.Int64)
        rows, n = pl.len().cast(pl.Int64).alias(ROWS), scores.count().cast(pl.Int64).name.suffix(".n")
        if not self._weighted:
            mass = scores.count().cast(pl.Int128).name.suffix(".mass")
            total, squares = scores.sum(), (scores * scores).sum()
        else:
            weight = pl.col(WEIGHT)
            mass = (there * weight).sum().cast(pl.Int128).name.suffix(".mass")
            total = (scores.cast(pl.Int128) * weight).sum()
            squares = ((scores * scores).cast(pl.Int128) * weight).sum()
        wide = [total.cast(pl.Int128).name.suffix(".sum"), squares.cast(pl.Int128).name.suffix(".squares")]
        heads = [pl.col(name).sum().cast(pl.Int64) for name in self.heads]  # sums are 64 bits wide
        return [rows, n, mass, *wide, *heads]

    def _added(self) -> pl.DataFrame:
        return pl.concat(self._pieces).group_by(ATOM).agg(pl.all().sum())

    def cells(self) -> Cells:
        """The sums of everybody, cells in code-point order of their values, blanks last."""
        numbers = {number: key for key, number in self._atoms.numbers.items()}
        added = self._added().filter(pl.col(ROWS) > 0) if self._pieces else None
        if added is None or not added.height:
            empty = np.zeros((0, len(self.ids)))
            return Cells(self.keys, (), self.ids, np.zeros(0, np.int64), empty.astype(np.int64), empty, empty, empty)
        keys = [numbers[number] for number in added[ATOM]]
        order = sorted(range(len(keys)), key=lambda place: [(value is None, value or "") for value in keys[place]])
        added = added[order]

        def stacked(name: str, unit: int) -> NDArray[np.float64]:
            # A sum may need 128 bits, which NumPy has not; its quotient is a score's, for which 64 are enough.
            columns = added.select(pl.col([f"{id_}.{name}" for id_ in self.ids]).cast(pl.Float64) / unit)
            return columns.to_numpy() if self.ids else np.zeros((added.height, 0))

        unit = WEIGHT_UNIT if self._weighted else 1
        mass, total, squares = (stacked(name, unit) for name in ("mass", "sum", "squares"))
        low = np.array([0.0 if self.exact else low for low, _ in self.limits.values()])
        step = np.array([1 / UNIT if self.exact else (high - low) / STEPS for low, high in self.limits.values()])
        return Cells(
            self.keys,
            tuple(keys[place] for place in order),
            self.ids,
            added[ROWS].to_numpy(),
            stacked("n", 1).astype(np.int64),
            mass,
            low * mass + step * total,
            low**2 * mass + 2 * low * step * total + step**2 * squares,
            {name: added[name].to_numpy() for name in self.heads},
        )
