"""By row: a framework whose answers have no codes, or too many patterns, scored by the whole plan where answers lie.

Every respondent is worked out by the plan's expressions, which the engine does as well as any. Side by side the sums of
all figures would be too wide a query, so they are asked for in parts, and cells are counted below each other.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import narwhals as nw

from readiness.responses.coding import WEIGHT
from readiness.responses.engines.unpivoting import unpivoted
from readiness.responses.in_place.cells import half_even
from readiness.scoring.calibration import GRAIN
from readiness.scoring.in_place.grouping import masses, sums_of_level
from readiness.scoring.in_place.keys import by_column
from readiness.scoring.items import count_of, unput_sums
from readiness.scoring.plan import OVERALL, Fact, Plan, indicator_column, readiness_column, scenario_column
from readiness.scoring.totals import (
    ANSWERED,
    CODE,
    ITEM,
    NOBODY,
    PEOPLE,
    GroupTotals,
    Key,
    Totals,
    bound_sums,
    people,
    prevalence_sums,
    to_be_summed,
)

if TYPE_CHECKING:
    from readiness.framework.models import Indicator
    from readiness.responses.in_place.survey import InPlace

Frame = nw.LazyFrame[Any]
AT_ONCE = 6  # indicators, levels or items whose sums are asked for together


class ByRow:
    """The work of scoring, for one survey where it lies."""

    def __init__(self, plan: Plan, survey: InPlace) -> None:
        self._plan = plan
        self._survey = survey
        frame = survey.frame.with_columns(plan.answered().alias(ANSWERED), *plan.asked_columns())
        # A single respondent is kept in any case, with everything still open.
        self._rows = frame if survey.read == 1 else frame.filter(nw.col(ANSWERED))

    def facts(self, wanted: Sequence[Indicator], knowing: bool) -> GroupTotals:
        """The organisation's indicators summed over all they apply to, or over those who have a value for them."""
        present = [indicator for indicator in wanted if self._plan.items & set(indicator.items)]
        if not present:
            return GroupTotals(NOBODY)
        own = [indicator.id for indicator in present]
        rows = self._plan.indicators(self._rows, present, {})
        if knowing:
            known = [
                (~nw.col(indicator_column(id_, "value")).is_null())
                .cast(nw.Int16)
                .alias(indicator_column(id_, "applies"))
                for id_ in own
            ]
            rows = rows.with_columns(*known)
        atoms: dict[Key, dict[str, int]] = {}
        self._add(atoms, _in_units(rows, own), (), self._people())
        for some in _parts(own):
            sums = [*self._scores(some), *self._bounds(some, some)]
            self._add(atoms, _in_units(rows, some), (), sums)
        return GroupTotals(atoms[()])

    def totals(self, keys: Sequence[str], facts: Mapping[str, Fact]) -> Totals:
        """Every figure of every respondent, summed by atom."""
        plan = self._plan
        own = [id_ for id_ in plan.framework.indicators if id_ not in facts]
        levels = [*plan.framework.all_dimensions, OVERALL]
        scored = plan.scores(self._rows, facts)
        columns = [*self._columns(own, levels), *([WEIGHT] if self._survey.weighted else [])]
        by = [nw.col(key).alias(by_column(key)) for key in keys]
        ids = [item.id for item in plan.items_there]
        tests = dict.fromkeys(plan.asked[id_].unput for id_ in ids if plan.asked[id_].name)
        with self._survey.engine.kept(scored.select(*by, ANSWERED, *columns, *ids, *tests)) as rows:
            atoms: dict[Key, dict[str, int]] = {}
            self._add(atoms, rows, keys, self._people())
            for some in _parts(own):
                sums = [*self._scores(some), *self._bounds(some, plan.hanging)]
                self._add(atoms, _in_units(rows, some), keys, sums)
            for some in _parts(levels):
                self._add(atoms, _in_units(rows, (), some), keys, self._levels(some))
            self._add(atoms, rows, keys, prevalence_sums(plan, weighted=self._survey.weighted))
            for some in _parts(ids):
                self._add(atoms, rows, keys, unput_sums(some, plan.asked))
            self._count_codes(atoms, rows, keys, ids)
        return Totals(tuple(keys), atoms)

    def _columns(self, own: Sequence[str], levels: Sequence[str]) -> Iterator[str]:
        """What is summed of a respondent."""
        for id_ in own:
            yield from (indicator_column(id_, field) for field in ("value", "low", "high", "applies", "open"))
        yield from (readiness_column(id_, "value") for id_ in levels)
        yield from (scenario_column(id_, "value") for id_ in self._plan.framework.scenarios)

    def _people(self) -> list[nw.Expr]:
        return [*people(), *(masses(self._survey.engine) if self._survey.weighted else [])]

    def _scores(self, own: Sequence[str]) -> Iterator[nw.Expr]:
        for id_ in own:
            name = f"{indicator_column(id_, 'value')}/units"
            yield from sums_of_level(self._survey.engine, name, self._survey.weighted)

    def _levels(self, levels: Sequence[str]) -> list[nw.Expr]:
        names = [f"{readiness_column(id_, 'value')}/units" for id_ in levels]
        return [one for name in names for one in sums_of_level(self._survey.engine, name, self._survey.weighted)]

    def _bounds(self, own: Sequence[str], apart: Collection[str]) -> list[nw.Expr]:
        return bound_sums(own, apart, weighted=self._survey.weighted, wide_type=self._survey.engine.wide)

    def _add(self, atoms: dict[Key, dict[str, int]], rows: Frame, keys: Sequence[str], sums: Sequence[nw.Expr]) -> None:
        """Some sums of each atom, added to those that are there."""
        if not sums:
            return
        by = [by_column(key) for key in keys]
        grouped = rows.group_by(*by).agg(*sums) if by else rows.select(*sums)
        for row in self._survey.engine.collected(grouped, self._survey.sources).iter_rows(named=True):
            atom = tuple(row.pop(key) for key in by)
            atoms.setdefault(atom, {}).update({name: _whole(figure) for name, figure in row.items()})

    def _count_codes(
        self, atoms: dict[Key, dict[str, int]], rows: Frame, keys: Sequence[str], ids: Sequence[str]
    ) -> None:
        """How often each code of each item occurs."""
        by = [by_column(key) for key in keys]
        if not ids:
            return
        cells = unpivoted(rows.select(*by, *ids), ids, by, ITEM, CODE)
        counted = cells.group_by(*by, ITEM, CODE).agg(nw.len().cast(nw.Int64).alias(PEOPLE))
        table = self._survey.engine.collected(counted, self._survey.sources).select(*by, ITEM, CODE, PEOPLE)
        for *key, item, code, n in table.iter_rows():
            atoms[tuple(key)][count_of(item, code)] = n


def _in_units(frame: Frame, own: Sequence[str], levels: Sequence[str] = ()) -> Frame:
    """As `totals.in_units`, each half rounded alike on every engine."""
    columns = to_be_summed(own, levels)
    return frame.with_columns(*[half_even(nw.col(c) * GRAIN).cast(nw.Int64).alias(f"{c}/units") for c in columns])


def _parts(names: Sequence[str]) -> Iterator[Sequence[str]]:
    for start in range(0, len(names), AT_ONCE):
        yield names[start : start + AT_ONCE]


def _whole(figure: Any) -> Any:
    return None if figure is None else int(figure)
