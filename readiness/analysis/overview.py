"""The overview: what is said of everybody beside their figures.

Who answered, how the instrument held, who sees it differently, and whom each figure rests on.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from statistics import median
from typing import TYPE_CHECKING

from readiness.analysis.agreement import Icc, agreement_in, icc
from readiness.analysis.gaps import NEVER_COMPARED, found, gaps, modes
from readiness.analysis.ground import Beside, Ground
from readiness.analysis.onlooking import SIDES
from readiness.analysis.reliability import instrument_of, reliability_of
from readiness.analysis.responding import Published, counted_in, having_a_say, responding, unknowing
from readiness.analysis.resting import resting
from readiness.analysis.units import CLUSTER
from readiness.framework.ranges import indicator_range
from readiness.scoring.findings import Gaps, Instrument, Responding, Resting
from readiness.scoring.result import (
    Estimate,
    Group,
    ItemCounts,
    Reliability,
    Result,
    SubGroup,
    Suppressed,
)

if TYPE_CHECKING:
    from readiness.analysis.waybook import Waybook
    from readiness.framework.models import Indicator

FEWEST_UNITS = 4  # whose means one figure may be made of without giving any of them away


@dataclass(frozen=True)
class Overview:
    """What is said of everybody. overall: their figures, with intervals already."""

    beside: Beside
    overall: Group

    @property
    def ground(self) -> Ground:
        """What the result is completed from."""
        return self.beside.ground

    @property
    def result(self) -> Result:
        """The result as it shows its groups."""
        return self.beside.result

    @property
    def _waybook(self) -> Waybook:
        waybook = self.ground.survey.waybook
        assert waybook is not None  # there is a group, and so there was somebody to look at
        return waybook

    # -- the instrument ---------------------------------------------------------------------------------------------

    def reliability(self) -> dict[str, Reliability | Suppressed]:
        """Cronbach's alpha of every indicator that is no fact."""
        ways = self._waybook.everybody
        return {
            id_: Suppressed() if self._is_hidden(id_) else reliability_of(ways[id_], max(2, self.ground.fewest))
            for id_ in self._asked()
            if id_ in ways
        }

    def instrument(self) -> dict[str, Instrument | Suppressed]:
        """How the items of every indicator hold together, and how far units agree and differ."""
        ways, framework = self._waybook.everybody, self.ground.framework
        told: dict[str, Instrument | Suppressed] = {}
        for id_ in self._asked():
            if id_ in ways:
                limits = indicator_range(framework.indicators[id_], framework.scales)
                holding = instrument_of(ways[id_], limits, max(2, self.ground.fewest))
                told[id_] = Suppressed() if self._is_hidden(id_) else self._among_units(holding, id_)
        return told

    def _asked(self) -> Iterator[str]:
        indicators = self.ground.framework.indicators.values()
        yield from (indicator.id for indicator in indicators if indicator.scope == "respondent")

    def _is_hidden(self, indicator: str) -> bool:
        return isinstance(self.overall.indicators[indicator], Suppressed)

    def _among_units(self, holding: Instrument, indicator: str) -> Instrument:
        units = self._units
        between, count = self._icc(indicator)
        agreed = [a for unit in units if (a := agreement_of_group(self.ground, unit, indicator)) is not None]
        return holding.but(icc1=between.single, icc2=between.mean, units=count, r_wg=_median(agreed))

    @cached_property
    def _units(self) -> list[SubGroup]:
        return [g for g in self.result.groups if isinstance(g, SubGroup) and list(g.by) == [CLUSTER]]

    def _icc(self, indicator: str) -> tuple[Icc, int | None]:
        """How units differ: those that are shown; where none was asked for all, if they are not too few to be told.

        Case weights say how many people a respondent stands for, and nothing of how units differ; there it is left out.
        """
        cells = self.ground.survey.cells
        if CLUSTER not in cells.keys or self.result.respondents.weighted:
            return Icc(None, None), None
        place = cells.ids.index(indicator)
        units = {key: places for key, places in cells.by([CLUSTER]).items() if cells.n[places, place].sum()}
        asked = {group.by[CLUSTER] for group in self.result.groups if list(group.by) == [CLUSTER]}
        if asked:
            shown = {u.by[CLUSTER] for u in self._units if isinstance(u.indicators[indicator], Estimate)}
            units = {key: places for key, places in units.items() if key[0] in shown}
        elif len(units) < FEWEST_UNITS or self._units_given_away(indicator):
            return Icc(None, None), None
        n = [int(cells.n[places, place].sum()) for places in units.values()]
        sums = [float(cells.total[places, place].sum()) for places in units.values()]
        squares = float(sum(cells.squares[places, place].sum() for places in units.values()))
        between = icc(n, sums, squares)
        return Icc(_rounded(between.single), _rounded(between.mean)), len(units)

    def _units_given_away(self, indicator: str) -> bool:
        """Whether units that no table shows by themselves could be told all the same from how far they differ."""
        return self.ground.protect and bool(self.beside.units.given_away({}, [indicator]))

    # -- who --------------------------------------------------------------------------------------------------------

    def gaps(self) -> Gaps:
        """Who sees it differently: roles and levels, and interviews beside a survey."""
        framework, fewest = self.ground.framework, self.ground.fewest
        values = {id_: e.value if isinstance(e, Estimate) else None for id_, e in self.overall.indicators.items()}
        beside = self.beside
        made = [
            comparison
            for key in SIDES
            if key not in NEVER_COMPARED
            for comparison in gaps(framework, key, self._waybook.by(key), fewest, beside.may_show, beside.may_compare)
        ]
        told = self.ground.interviews and self.ground.interviews.waybook
        items = [id_ for id_, item in self.overall.items.items() if isinstance(item, ItemCounts)]
        everybody = self._waybook.everybody.items()
        shown = {id_: ways.only(items) for id_, ways in everybody if not self._is_hidden(id_)}
        between = modes(framework, told.everybody, shown, fewest, values) if told else ()
        return found(framework, made, values, between)

    def resting(self) -> dict[str, Resting] | None:
        """Which roles each indicator that a scenario looks at rests on; None where no role is recorded."""
        by_role, beside = self._waybook.by("role"), self.beside
        if not any(role is not None for role in by_role):
            return None
        shown = {
            role: {id_: ways for id_, ways in answers.items() if not self._is_hidden(id_)}
            for role, answers in by_role.items()
        }
        return resting(
            self.ground.framework, shown, self.ground.fewest, lambda role, id_: beside.may_show("role", role, id_)
        )

    def responding(self) -> Responding | None:
        """Who answered, and which roles could not say."""
        beside = self.beside
        roles = {
            role: [ways for id_, ways in answers.items() if not self._is_hidden(id_)]
            for role, answers in self._waybook.by("role").items()
            if role is not None
        }
        unknown = unknowing(roles, lambda role, id_: beside.may_count("role", role, id_), self.ground.fewest)
        if self.ground.population is None:
            return Responding(unknowing=unknown) if unknown else None
        counted = having_a_say(counted_in(self.ground.survey.cells), self.ground.balance)
        groups = [Published(g.by, isinstance(g, SubGroup)) for g in self.result.groups if "source" not in g.by]
        return responding(self.ground.population, counted, self.ground.fewest, groups, unknowing=unknown)


def agreement_of_group(ground: Ground, group: Group, indicator: str) -> float | None:
    """The r_wg(j) of a group that is shown, from the counts that are shown with it."""
    items = ground.framework.indicators[indicator].items
    counts = [told for id_, item in items.items() if item.type == "scale" and (told := _counts(group, id_)) is not None]
    return agreement_in(counts, max(2, ground.fewest))


def _counts(group: Group, item: str) -> list[int] | None:
    found = group.items[item]
    return list(found.counts.values()) if isinstance(found, ItemCounts) and found.n else None


def _median(values: list[float]) -> float | None:
    return median(values) if values else None


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 9)


def agreement_by_indicator(ground: Ground, group: Group) -> dict[str, float | None]:
    """The r_wg(j) of a unit in every indicator that is shown of it."""
    shown: Mapping[str, Indicator] = ground.framework.indicators
    return {
        id_: agreement_of_group(ground, group, id_)
        for id_, indicator in shown.items()
        if indicator.scope == "respondent" and isinstance(group.indicators[id_], Estimate)
    }
