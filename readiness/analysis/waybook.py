"""The waybook: how often each way of answering an indicator occurred on each side, gathered while respondents come.

A side is a crossing of roles and levels, since it is those that are compared. Where every answer has a code, a way is a
pattern's key (`scoring.patterns`); where there are numbers among the answers it is the row of answers itself.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from readiness.analysis.ways import NOT_PUT, Ways
from readiness.framework.ranges import item_points
from readiness.responses.coding import MISSING, number_column
from readiness.scoring.atoms import ATOM, Atoms
from readiness.scoring.histograms import COUNT, PLACE, Tally
from readiness.scoring.items import items_present
from readiness.scoring.patterns import KEY, PUT, Keyed, flag
from readiness.scoring.totals import UNIT

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from readiness.framework.models import Framework, Indicator, Item
    from readiness.scoring.grouped import Grouped
    from readiness.scoring.plan import Plan
    from readiness.scoring.totals import Key

SCORE, SIDE = "score#", "side#"
FEW = 20_000  # respondents who are counted at once


@dataclass(frozen=True)
class SidedWays:
    """The ways of one indicator, and how many on each side answered so. people (sides, ways)."""

    ways: Ways
    people: NDArray[np.int64]

    def of(self, sides: Sequence[int] | NDArray[np.intp]) -> Ways:
        """The ways of some sides together."""
        return self.ways.of(self.people[np.asarray(sides, dtype=np.intp)].sum(axis=0))


@dataclass
class Waybook:
    """The work of gathering, for one set of responses."""

    framework: Framework
    keys: tuple[str, ...]  # of the sides
    _sides: Atoms = field(init=False)
    _members: tuple[Keyed, ...] = ()
    _tally: Tally | None = None
    _few: list[pl.DataFrame] = field(default_factory=list)
    _scores: list[pl.DataFrame] = field(default_factory=list)
    _rows: dict[str, list[pl.DataFrame]] = field(default_factory=dict)
    _plan: Plan | None = None
    _by: dict[str, dict[str | None, dict[str, Ways]]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._sides = Atoms(self.keys)

    def by_key(
        self, plan: Plan, members: Sequence[Keyed], people: pl.DataFrame, keyed: pl.DataFrame, sign: int
    ) -> None:
        """Respondents whose ways are keys. people: their context. keyed: a column of keys for each member."""
        self._plan = plan
        self._members = tuple(members)
        atoms, ids = self._sides.of(people)
        rows = keyed.select(atoms, *[member.id for member in members])
        if rows.height <= FEW:
            self._few.append(self._counted(rows, sign))
            return
        if self._tally is None:
            self._tally = Tally({member.id: member.size for member in members})
        self._tally.add(rows, max(ids) + 1, sign)

    def _counted(self, rows: pl.DataFrame, sign: int) -> pl.DataFrame:
        """A few respondents counted as `Tally` does: columns below each other, which costs less than one by one."""
        places = {member.id: place for place, member in enumerate(self._members)}
        wide = rows.select(ATOM, *[pl.col(id_).cast(pl.UInt32) for id_ in places])
        cells = wide.unpivot(index=ATOM, variable_name=PLACE, value_name=KEY)
        counted = cells.group_by(PLACE, ATOM, KEY).agg((pl.len().cast(pl.Int64) * sign).alias(COUNT))
        return counted.with_columns(pl.col(PLACE).replace_strict(places, return_dtype=pl.UInt32))

    def grouped(self, plan: Plan, members: Sequence[Keyed], grouped: Grouped) -> None:
        """Everybody at once, in groups of those who answered alike."""
        self._plan = plan
        self._members = tuple(members)
        sides = grouped.atoms.select(ATOM, self._sides.of(grouped.atoms)[0].alias(SIDE)).lazy()
        for place in range(len(members)):  # one at a time, since groups may be many
            rows = grouped.table.lazy().filter(pl.col(PLACE) == place).join(sides, on=ATOM)
            counted = rows.group_by(PLACE, SIDE, KEY).agg(pl.col(COUNT).sum())
            self._few.append(counted.select(PLACE, pl.col(SIDE).alias(ATOM), KEY, COUNT).collect())

    def scored(self, scores: pl.DataFrame) -> None:
        """What keys score: PLACE of the member, KEY, and SCORE in units of 1e-9."""
        self._scores.append(scores)
        if len(self._scores) > 1:
            self._scores = [pl.concat(self._scores).unique()]

    def by_row(self, plan: Plan, people: pl.DataFrame, answers: pl.DataFrame, units: pl.DataFrame, sign: int) -> None:
        """Respondents whose ways are their answers. answers: coded, with flags. units: scores in units of 1e-9."""
        self._plan = plan
        atoms, _ = self._sides.of(people)
        for indicator in self.framework.indicators.values():
            columns = self._columns(indicator)
            if columns:
                rows = answers.select(atoms, *columns).with_columns(units[indicator.id].alias(SCORE))
                counted = rows.group_by(pl.all()).agg((pl.len().cast(pl.Int64) * sign).alias(COUNT))
                self._rows.setdefault(indicator.id, []).append(counted)

    def _columns(self, indicator: Indicator) -> list[str]:
        """The columns that an indicator's ways are made of."""
        columns: dict[str, None] = {}
        for item in self._items(indicator):
            columns[item.id] = None
            if item.type == "number":
                columns[number_column(item.id)] = None
            if self._flag(item):
                columns[self._flag(item)] = None
        return list(columns)

    def _items(self, indicator: Indicator) -> list[Item]:
        return items_present(indicator, self._plan.asked) if self._plan else []

    def _flag(self, item: Item) -> str:
        name = self._plan.asked[item.id].name if self._plan else ""
        return flag(name) if name else ""

    def by(self, key: str) -> dict[str | None, dict[str, Ways]]:
        """How the people of each value of a key answered each indicator; empty where the key is not recorded.

        All respondents have to have come before.
        """
        if key not in self._by:
            self._by[key] = self._sorted_by(key) if key in self.keys else {}
        return self._by[key]

    def _sorted_by(self, key: str) -> dict[str | None, dict[str, Ways]]:
        at = self.keys.index(key)
        places: dict[str | None, list[int]] = {}
        for values, place in self.sides.items():
            places.setdefault(values[at], []).append(place)
        order = sorted(places, key=lambda value: (value is None, value or ""))
        return {value: {id_: sided.of(places[value]) for id_, sided in self.found.items()} for value in order}

    @property
    def everybody(self) -> dict[str, Ways]:
        """How everybody answered each indicator that has a column."""
        return {id_: sided.ways for id_, sided in self.found.items()}

    @property
    def sides(self) -> Mapping[Key, int]:
        """The sides that occur, with their places."""
        return self._sides.numbers

    @cached_property
    def found(self) -> dict[str, SidedWays]:
        """The ways of every indicator that has a column. All respondents have to have come before."""
        members = enumerate(self._members)
        rows = {member.id: self._decoded(place, member) for place, member in members if member.items}
        rows |= {id_: pl.concat(parts) for id_, parts in self._rows.items()}
        indicators = self.framework.indicators
        return {id_: self._sided(indicators[id_], rows[id_]) for id_ in indicators if id_ in rows}

    @cached_property
    def _table(self) -> pl.DataFrame:
        tallied = [self._tally.table()] if self._tally is not None else []
        counted = pl.concat([*tallied, *self._few]).group_by(PLACE, ATOM, KEY).agg(pl.col(COUNT).sum())
        table = counted.filter(pl.col(COUNT) != 0)
        return table.join(pl.concat(self._scores), on=[PLACE, KEY], how="left")

    def _decoded(self, place: int, member: Keyed) -> pl.DataFrame:
        """The rows behind an indicator's keys, in the form that those have which are ways by themselves."""
        codes = [member.code_of(digit).alias(digit.name) for digit in member.items]
        states = [member.state_of(digit).alias(digit.name) for digit in member.tests]
        return self._table.filter(pl.col(PLACE) == place).select(ATOM, *codes, *states, SCORE, COUNT)

    def _sided(self, indicator: Indicator, rows: pl.DataFrame) -> SidedWays:
        names = [name for name in rows.columns if name not in (ATOM, COUNT)]
        together = rows.group_by(names, maintain_order=False).agg(pl.col(ATOM), pl.col(COUNT)).sort(names)
        people = np.zeros((len(self.sides), together.height), dtype=np.int64)
        pairs = together.select(pl.int_range(pl.len()).alias(KEY), ATOM, COUNT).explode(ATOM, COUNT)
        np.add.at(people, (pairs[ATOM].to_numpy(), pairs[KEY].to_numpy()), pairs[COUNT].to_numpy())
        items = tuple(self._items(indicator))
        codes = [self._codes(item, together) for item in items]
        points = [self._points(indicator, item, together) for item in items]
        shape = (together.height, len(items))
        ways = Ways(
            indicator,
            items,
            np.column_stack(points) if points else np.zeros(shape),
            np.column_stack(codes) if codes else np.zeros(shape, dtype=np.int16),
            together[SCORE].cast(pl.Float64).fill_null(float("nan")).to_numpy() / UNIT,
            people.sum(axis=0),
        )
        return SidedWays(ways, people)

    def _codes(self, item: Item, rows: pl.DataFrame) -> NDArray[np.int16]:
        codes = rows[item.id].cast(pl.Int16).to_numpy()
        test = self._flag(item)
        if not test:
            return codes
        unput = (codes == MISSING) & (rows[test].to_numpy() != PUT)
        return np.where(unput, np.int16(NOT_PUT), codes)

    def _points(self, indicator: Indicator, item: Item, rows: pl.DataFrame) -> NDArray[np.float64]:
        """What each answer scores, as `scoring.items` says; NaN where there is none."""
        codes = rows[item.id].cast(pl.Int64).to_numpy()
        if item.type == "number":
            points = rows[number_column(item.id)].fill_null(float("nan")).to_numpy()
        else:
            options = self.framework.scales[str(item.scale)].options
            points = np.array([option.points for option in options])[np.clip(codes, 0, None)]
        low, high = item_points(item, self.framework.scales)
        points = low + high - points if item.reversed else points
        if indicator.range == "percent":
            points = (points - low) * (100 / (high - low) if high > low else 0.0)
        return np.where(codes >= 0, points, np.nan)
