"""Onlooking: everything the analysis has to know of the respondents of one mode, gathered while they are summed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Any

import narwhals as nw
import numpy as np
import polars as pl

from readiness.analysis.cells import Cells, CellSums
from readiness.analysis.grid import Looked, in_steps
from readiness.analysis.headcounts import headcounts
from readiness.analysis.products import Products
from readiness.analysis.units import CLUSTER
from readiness.analysis.waybook import SCORE, Waybook
from readiness.framework.ranges import indicator_range
from readiness.responses.coding import RESPONDENT, WEIGHT
from readiness.scoring.calibration import GRAIN
from readiness.scoring.grouped import told_column
from readiness.scoring.histograms import COUNT, PLACE
from readiness.scoring.patterns import KEY, can_be_counted, flags, keyed
from readiness.scoring.plan import indicator_column

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from readiness.analysis.headcounts import Headcount
    from readiness.framework.models import Framework
    from readiness.framework.ranges import Range
    from readiness.scoring.counting import Counting, Piece
    from readiness.scoring.grouped import Grouped, Rows
    from readiness.scoring.lookups import Lookup
    from readiness.scoring.patterns import Keyed
    from readiness.scoring.plan import Plan

SIDES = ("role", "level")  # the context keys by which people are compared
MOST_HELD = 2_000  # respondents whose scores are kept one by one, to be drawn again


class Onlooker:
    """Looks on (`scoring.watching.Watch`), and knows afterwards what hangs on more than a total."""

    def __init__(self, framework: Framework, keys: Sequence[str] = ()) -> None:
        """keys: the context keys that results are asked by."""
        self.framework = framework
        self._asked = tuple(keys)
        self._own = [id_ for id_, i in framework.indicators.items() if i.scope == "respondent"]
        self._limits: dict[str, Range] = {
            id_: indicator_range(framework.indicators[id_], framework.scales) for id_ in self._own
        }
        self._steps: dict[str, tuple[int, pl.Series]] = {}
        self._heads: tuple[Headcount, ...] = ()
        self._tables: dict[str, pl.DataFrame] = {}  # of headcounts, by key
        self._has_numbers = any(item.type == "number" for item in framework.items.values())
        self._sums: CellSums | None = None
        self._products: Products | None = None
        self.waybook: Waybook | None = None
        self._held: list[pl.DataFrame] | None = []
        self._rows = 0

    def keys_in(self, plan: Plan) -> tuple[str, ...]:
        """The context keys by whose crossing respondents are told apart, those that are recorded."""
        return tuple(key for key in dict.fromkeys([*self._asked, *SIDES, CLUSTER]) if key in plan.context)

    def _begin(self, plan: Plan) -> None:
        """What there is to gather hangs on the columns, which the first respondents tell."""
        if self._sums is not None:
            return
        keys = self.keys_in(plan)
        if any(key in plan.context for key in SIDES):
            self._heads = headcounts(self.framework, plan)
        self._sums = CellSums(keys, self._limits, tuple(head.name for head in self._heads), self._has_numbers)
        self._products = Products(tuple(self._own))
        self.waybook = Waybook(self.framework, tuple(key for key in SIDES if key in plan.context))

    def counted(self, counting: Counting, piece: Piece, sign: int) -> None:
        """Respondents who are counted by their patterns."""
        plan = counting.plan
        self._begin(plan)
        assert self.waybook is not None
        members = [member for member, _ in counting.members]
        self.waybook.by_key(plan, members, piece.people, piece.keyed, sign)
        self.waybook.scored(_scores_by_key(counting.members, piece.keyed))
        summed = {id_: self._summed_of(*found) for id_, found in self._own_of(counting).items()}
        counted = self._counted(plan, piece, members)
        self._add(piece.people, _scores_of(summed, piece.keyed), self._looked(counting, piece.keyed), sign, counted)
        if self._is_holding(sign):
            self._hold(piece.people, self._units_of(counting, piece.keyed), sign)

    def grouped(self, counting: Counting, grouped: Grouped, rows: Rows) -> None:
        """Everybody at once, where only groups of them are known."""
        if not grouped.atoms.height:  # nobody answered anything
            return
        plan, members = counting.plan, counting.members
        self._begin(plan)
        assert self._sums is not None and self.waybook is not None and self._products is not None
        self._rows += int(grouped.atoms[COUNT].sum())
        self.waybook.grouped(plan, [member for member, _ in members], grouped)
        self.waybook.scored(_scores_by_place(members, grouped.table))
        self._sums.grouped(grouped, [self._figures_of(member, lookup, plan) for member, lookup in members])
        if self._rows <= MOST_HELD:
            self._hold_alike(counting, rows)
        elif self._own:
            steps = {id_: self._steps_of(*found) for id_, found in self._own_of(counting).items()}
            self._products.given(rows.products(steps))

    def _hold_alike(self, counting: Counting, rows: Rows) -> None:
        """A few respondents one by one, who are told by which of them are alike."""
        told = [key for key in self.framework.context if key in counting.plan.context]
        alike = rows.alike(told)
        every = alike[np.repeat(np.arange(alike.height), alike[COUNT].to_numpy())]
        nobody = pl.repeat(None, every.height, dtype=pl.String, eager=True)  # `held` does without ids
        people = [nobody.alias(RESPONDENT), *[every[told_column(key)].alias(key) for key in told]]
        self._hold(pl.DataFrame(people), self._units_of(counting, every), 1)
        assert self._products is not None
        self._products.add(self._looked(counting, every), 1)

    def _own_of(self, counting: Counting) -> dict[str, tuple[Keyed, Lookup]]:
        """The indicators that respondents have scores of their own in, with the figures of their patterns."""
        members = {member.id: (member, lookup) for member, lookup in counting.members}
        return {id_: members[id_] for id_ in self._own}

    def _looked(self, counting: Counting, keyed: pl.DataFrame) -> dict[str, Looked]:
        own = self._own_of(counting)
        return {id_: Looked.of(keyed[id_].to_numpy(), self._steps_of(*found)) for id_, found in own.items()}

    def _units_of(self, counting: Counting, keyed: pl.DataFrame) -> pl.DataFrame:
        own = self._own_of(counting)
        return _scores_of({id_: lookup.figures["value/units"] for id_, (_, lookup) in own.items()}, keyed)

    def _figures_of(self, member: Keyed, lookup: Lookup, plan: Plan) -> pl.DataFrame:
        """A table by key: what is summed of an indicator, by its id, and who counts in its headcounts."""
        heads = self._heads_of(member, plan)
        if member.id not in self._limits:
            return heads
        return pl.DataFrame([self._summed_of(member, lookup).alias(member.id), *heads.get_columns()])

    def _summed_of(self, member: Keyed, lookup: Lookup) -> pl.Series:
        """A table by key of what `cells` sums."""
        return lookup.figures["value/units"] if self._has_numbers else self._steps_of(member, lookup)

    def _steps_of(self, member: Keyed, lookup: Lookup) -> pl.Series:
        """A table of steps by key, worked out anew only when patterns have been added."""
        known, table = self._steps.get(member.id, (-1, None))
        if table is None or known != lookup.changed:
            table = in_steps(lookup.figures["value/units"], self._limits[member.id])
            self._steps[member.id] = (lookup.changed, table)
        return table

    def _counted(self, plan: Plan, piece: Piece, members: Sequence[Keyed]) -> list[pl.Series]:
        """Who counts in each headcount, looked up by key."""
        keyed = [
            pl.lit(column).gather(pl.col(member.id).cast(pl.UInt32)).alias(column.name)
            for member in members
            for column in self._heads_of(member, plan)
        ]
        return piece.keyed.select(keyed).get_columns() if keyed else []

    def _heads_of(self, member: Keyed, plan: Plan) -> pl.DataFrame:
        """A table by key of who counts in the headcounts of an indicator."""
        if member.id not in self._tables:
            keys = pl.int_range(member.size, dtype=pl.UInt32, eager=True).alias(KEY).to_frame()
            codes = [member.code_of(digit).alias(digit.name) for digit in member.items]
            states = [member.state_of(digit).alias(digit.name) for digit in member.tests]
            heads = [head.counted(plan) for head in self._heads if head.indicator == member.id]
            self._tables[member.id] = keys.select(*codes, *states).select(heads)
        return self._tables[member.id]

    def by_row(self, plan: Plan, rows: nw.LazyFrame[Any], sign: int) -> None:
        """Respondents who are scored a row each."""
        self._begin(plan)
        assert self.waybook is not None
        indicators = list(self.framework.indicators.values())
        hanging = flags(plan)
        scored = plan.indicators(rows.with_columns(*hanging) if hanging else rows, indicators, {})
        keys = [keyed(indicator, plan) for indicator in indicators] if can_be_counted(plan) else []
        there: pl.LazyFrame = scored.to_native()
        frame = there.with_columns(*[key.key().name.suffix("#key") for key in keys]).collect()
        if not frame.height:  # nobody answered anything
            return
        told = [key for key in self.framework.context if key in plan.context]
        people = frame.select(RESPONDENT, *told)  # a frame without a column would have no height
        values = [pl.col(indicator_column(i.id, "value")).alias(i.id) for i in indicators]
        units = frame.select(values).select((pl.all() * GRAIN).round().cast(pl.Int64))
        if keys:
            found = frame.select(pl.col(f"{key.id}#key").alias(key.id) for key in keys)
            self.waybook.by_key(plan, keys, people, found, sign)
            pairs = [_pairs(place, found[key.id], units[key.id]) for place, key in enumerate(keys)]
            self.waybook.scored(pl.concat(pairs))
        else:
            self.waybook.by_row(plan, people, frame, units, sign)
        steps = units.select(in_steps(units[id_], self._limits[id_]).alias(id_) for id_ in self._own)
        index = np.arange(frame.height)
        looked = {id_: Looked.of(index, steps[id_]) for id_ in self._own}
        own = units.select(self._own)
        if WEIGHT in frame.columns:
            own, steps = (pl.DataFrame([*some.get_columns(), frame[WEIGHT]]) for some in (own, steps))
        counted = frame.select(head.counted(plan) for head in self._heads).get_columns()
        # On a wide range of numbers, of which answers fill a corner, steps would be too coarse.
        self._add(people, own if self._has_numbers else steps, looked, sign, counted)
        if self._is_holding(sign):
            self._hold(people, own, sign)

    def _add(
        self,
        people: pl.DataFrame,
        steps: pl.DataFrame,
        looked: Mapping[str, Looked],
        sign: int,
        counted: Sequence[pl.Series],
    ) -> None:
        assert self._sums is not None and self._products is not None
        self._rows += sign * people.height
        self._sums.add(people, steps, sign, counted)
        self._products.add(looked, sign)

    def _is_holding(self, sign: int) -> bool:
        """Whether everybody may still be few: of those who occur twice, who are taken back, as many come again."""
        if self._rows > 2 * MOST_HELD and sign == 1:
            self._held = None
        return self._held is not None

    def _hold(self, people: pl.DataFrame, units: pl.DataFrame, sign: int) -> None:
        assert self._held is not None
        told = [people[key].alias(told_column(key)) for key in people.columns]
        rows = units.select(*told, *units.columns)
        if sign == 1:
            self._held.append(rows)
            return
        back = people[RESPONDENT].implode()
        self._held = [held.filter(~pl.col(told_column(RESPONDENT)).is_in(back).fill_null(False)) for held in self._held]

    @property
    def n(self) -> int:
        """How many respondents have come."""
        return self._rows

    @cached_property
    def cells(self) -> Cells:
        """The sums by cell, once everybody has come."""
        return (self._sums or CellSums((), self._limits)).cells()

    @property
    def products(self) -> Products:
        """How indicators hang together."""
        return self._products or Products(tuple(self._own))

    @cached_property
    def correlations(self) -> NDArray[np.float64]:
        """The correlations of the indicators, in the order of `products.ids`."""
        return self.products.correlations()

    @cached_property
    def held(self) -> pl.DataFrame | None:
        """Every respondent's context and scores, in an order of their own; None where they are too many."""
        if not self._held or self._rows > MOST_HELD:
            return None
        return pl.concat(self._held).drop(told_column(RESPONDENT)).sort(pl.all(), nulls_last=True)


def _scores_of(tables: Mapping[str, pl.Series], keyed: pl.DataFrame) -> pl.DataFrame:
    """What keys score by tables, with case weights where there are any."""
    scores = [pl.lit(table).gather(pl.col(id_).cast(pl.UInt32)).alias(id_) for id_, table in tables.items()]
    return keyed.select(*scores, *[pl.col(WEIGHT)] * (WEIGHT in keyed.columns))


def _scores_by_key(members: Sequence[tuple[Keyed, Lookup]], frame: pl.DataFrame) -> pl.DataFrame:
    pairs = []
    for place, (member, lookup) in enumerate(members):
        keys = frame[member.id].unique().cast(pl.UInt32)
        pairs.append(_pairs(place, keys, lookup.figures["value/units"].gather(keys)))
    return pl.concat(pairs).unique()


def _scores_by_place(members: Sequence[tuple[Keyed, Lookup]], table: pl.DataFrame) -> pl.DataFrame:
    """What the keys of a table of groups score."""
    pairs = []
    for place, (_, lookup) in enumerate(members):
        keys = table.lazy().filter(pl.col(PLACE) == place).select(pl.col(KEY).unique()).collect()[KEY]
        pairs.append(_pairs(place, keys, lookup.figures["value/units"].gather(keys)))
    return pl.concat(pairs)


def _pairs(place: int, keys: pl.Series, units: pl.Series) -> pl.DataFrame:
    """What keys score: each pair once."""
    pairs = pl.DataFrame({KEY: keys.cast(pl.UInt32), SCORE: units})
    return pairs.unique().select(pl.lit(place, dtype=pl.UInt32).alias(PLACE), KEY, SCORE)
