"""Design: how a group's respondents came to be asked, and the errors of its indicators that follow from it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from readiness.analysis.drawing import Held
from readiness.analysis.errors import (
    FEWEST_CLUSTERS,
    Errors,
    Spread,
    errors_in_clusters,
    errors_of_several,
    errors_one_by_one,
    wider_of,
)
from readiness.analysis.ground import Beside, Ground
from readiness.analysis.intervals import share_of
from readiness.analysis.onlooking import Onlooker
from readiness.analysis.units import CLUSTER
from readiness.responses.coding import WEIGHT
from readiness.responses.table import INTERVIEW
from readiness.scoring.grouped import told_column
from readiness.scoring.result import Estimate, Group, SubGroup
from readiness.scoring.totals import UNIT

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Places = NDArray[np.intp]  # of cells

STRATUM = "role"


@dataclass(frozen=True)
class Design:
    """How the respondents of a result's groups came to be asked."""

    beside: Beside

    @property
    def ground(self) -> Ground:
        """What the result is completed from."""
        return self.beside.ground

    def onlooker(self, group: Group) -> Onlooker:
        """What was seen of those whom a group is made of."""
        if is_interviews(group) and self.ground.interviews is not None:
            return self.ground.interviews
        return self.ground.survey

    def by(self, group: Group) -> Mapping[str, str | None]:
        """What tells a group from the others of its mode."""
        return group.by if isinstance(group, SubGroup) and not is_interviews(group) else {}

    def people(self, group: Group) -> int | None:
        """How many there are of a group; None where that is not known."""
        population = self.ground.population
        return population.of(self.by(group)) if population and not is_interviews(group) else None

    def errors(self, group: Group) -> Errors:
        """The errors of a group's indicators, by the design that holds for each."""
        spreads = dict(self._spreads(group))
        seen = self.onlooker(group)
        places = {id_: place for place, id_ in enumerate(seen.products.ids)}
        alone = errors_one_by_one(spreads, places, seen.correlations)
        units = _units_within(seen, self.by(group)) if self._sits(group, seen) else {}
        if len(units) < FEWEST_CLUSTERS:
            return alone
        sitting = list(self._sitting(group, seen, units, list(spreads), FEWEST_CLUSTERS))
        parts = [errors_in_clusters(seen.cells, clusters, ids) for clusters, ids in sitting]
        kept = _kept_together(seen, units, [id_ for id_ in spreads if not any(id_ in part.ids for part in parts)])
        if not parts:
            few = self._sitting(group, seen, units, kept, 2)
            return wider_of(alone, [errors_in_clusters(seen.cells, clusters, ids) for clusters, ids in few])
        if len(parts) == 1 and len(parts[0].ids) == len(spreads):
            return parts[0]
        return errors_of_several(parts, alone, kept, places, seen.correlations)

    def _spreads(self, group: Group) -> Iterator[tuple[str, Spread]]:
        """The indicators that are shown, and not everybody's fact."""
        people = self.people(group)
        for id_, estimate in group.indicators.items():
            asked = self.ground.framework.indicators[id_].scope == "respondent"
            if asked and isinstance(estimate, Estimate) and estimate.sd is not None:
                n = float(estimate.n_effective or estimate.n)
                if n > 1:
                    yield id_, Spread(estimate.sd, n, share_of(people, estimate.n))

    def _sitting(
        self, group: Group, seen: Onlooker, units: Mapping[str | None, Places], wanted: Sequence[str], fewest: int
    ) -> Iterator[tuple[list[Places], list[str]]]:
        """The clusters that respondents sit in, and the indicators that were answered in at least so many of them.

        Units that may not be kept apart are put together, for each indicator those that it would give away: indicators
        of which that are the same come together. Where parts have a say of their own there are no clusters: an error
        made of units would tell of parts that are hidden. Respondents then say as much as their effective number, which
        the result shows (Kish 1965): a little less than they do.
        """
        by_merged: dict[frozenset[str | None], list[str]] = {}
        for id_ in wanted:
            by_merged.setdefault(self._merged(group, id_), []).append(id_)
        for merged, ids in by_merged.items():
            apart = [places for unit, places in units.items() if unit not in merged]
            few = [places for unit, places in units.items() if unit in merged]
            clusters = [*apart, np.concatenate(few)] if few else apart
            sitting = [id_ for id_ in ids if _in_how_many(seen, clusters, id_) >= fewest]
            if sitting:
                yield clusters, sitting

    def _merged(self, group: Group, indicator: str) -> frozenset[str | None]:
        """The units that an error of an indicator may not keep apart."""
        if not self.ground.protect or is_interviews(group):
            return frozenset()
        return frozenset(self.beside.units.given_away(self.by(group), [indicator]))

    def _sits(self, group: Group, seen: Onlooker) -> bool:
        """Whether respondents were drawn with the units that they sit in."""
        balanced = self.ground.parting and not is_interviews(group)
        known = CLUSTER in seen.cells.keys and not balanced
        return known and not self._all_units_answered(seen) and not self._is_everybody(group)

    def _is_everybody(self, group: Group) -> bool:
        """Whether everybody there is was asked, and nobody drawn."""
        people = self.people(group)
        return people is not None and group.n >= people

    def _all_units_answered(self, seen: Onlooker) -> bool:
        """Whether every unit of the population answered: then units were all taken, and none was drawn."""
        population = self.ground.population
        units = population.table([CLUSTER]) if population else None
        return bool(units) and set(units or ()) <= set(seen.cells.by([CLUSTER]))

    def held(self, group: Group, errors: Errors) -> Held | None:
        """The group's respondents, where they are few enough to be drawn again one by one."""
        seen = self.onlooker(group)
        if seen.held is None or errors.clusters or self.ground.parting:
            return None
        import polars as pl

        frame = seen.held
        for key, value in self.by(group).items():
            frame = frame.filter(pl.col(told_column(key)).eq_missing(value))
        roles = [column for column in [told_column(STRATUM)] if column in frame.columns]
        return Held.of(frame, errors.ids, WEIGHT, UNIT, roles)


def is_interviews(group: Group) -> bool:
    """Whether a group is the interviews beside a survey."""
    return isinstance(group, SubGroup) and group.by == {"source": INTERVIEW}


def _units_within(seen: Onlooker, by: Mapping[str, str | None]) -> dict[str | None, NDArray[np.intp]]:
    """The places of a group's cells by unit."""
    at = seen.cells.keys.index(CLUSTER)
    units: dict[str | None, list[int]] = {}
    for place in seen.cells.within(by).tolist():
        units.setdefault(seen.cells.values[place][at], []).append(place)
    return {unit: np.array(places, dtype=np.intp) for unit, places in units.items()}


def _kept_together(seen: Onlooker, units: Mapping[str | None, Places], ids: Sequence[str]) -> list[str]:
    """Indicators that were answered in enough units, of which too many may not be kept apart."""
    places = list(units.values())
    return [id_ for id_ in ids if _in_how_many(seen, places, id_) >= FEWEST_CLUSTERS]


def _in_how_many(seen: Onlooker, clusters: Sequence[Places], id_: str) -> int:
    place = seen.cells.ids.index(id_)
    return sum(1 for places in clusters if seen.cells.n[places, place].sum() > 0)
