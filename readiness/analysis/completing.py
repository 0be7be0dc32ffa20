"""Completing: a result as scoring leaves it, with everything there is to say of its certainty.

What is said of a group rests on what the result shows of it and on what was seen of the respondents while they were
summed. What the result hides stays hidden.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np

from readiness.analysis.certainty import Certainty, completed_groups
from readiness.analysis.drawing import DRAWS, SEED, Held
from readiness.analysis.errors import (
    FEWEST_CLUSTERS,
    Errors,
    errors_in_clusters,
    errors_one_by_one,
)
from readiness.analysis.ground import Ground
from readiness.analysis.intervals import CONFIDENCE
from readiness.analysis.levers import way_out
from readiness.analysis.onlooking import CLUSTER, Onlooker, told_column
from readiness.analysis.overview import Overview, agreement_by_indicator
from readiness.responses.coding import WEIGHT
from readiness.responses.table import EVIDENCE, INTERVIEW
from readiness.scoring.findings import Analysis, Sampling
from readiness.scoring.result import Estimate, Group, Result, SubGroup, SuppressedGroup, by_label
from readiness.scoring.totals import UNIT

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from readiness.scoring.routes import WayOut

FEWEST_KEPT_APART = 4  # hidden units that may be told apart in an error without giving any of them away
STRATUM = "role"
ROUNDING = 1e-12  # of the mean square: a variance no greater than that is what rounding leaves of none


def completed(result: Result, ground: Ground) -> Result:
    """The result with its intervals, and verdicts that no interval leaves open."""
    completing = _Completing(result, ground)
    overall = completing.overall()
    if not isinstance(overall, Group):
        return result
    return Result(**{**dict(result), "overall": overall, "groups": tuple(completing.groups())})


@dataclass(frozen=True)
class _Completing:
    result: Result
    ground: Ground

    def overall(self) -> Any:
        """Everybody."""
        return self._completed.get("", self.result.overall)

    def groups(self) -> Iterator[Any]:
        """The groups of the tables, those that cannot be completed as they are."""
        for group in self.result.groups:
            yield self._completed.get(by_label(group.by), group)

    @cached_property
    def _completed(self) -> dict[str, Group]:
        wanted = [certainty for group in self._shown() if (certainty := self._certainty(group)) is not None]
        done = completed_groups(wanted, self.ground.framework)
        return {c.name: self._analysed(c, group) for c, group in zip(wanted, done, strict=True)}

    def _shown(self) -> Iterator[Group]:
        if isinstance(self.result.overall, Group):
            yield self.result.overall
        for group in self.result.groups:
            if isinstance(group, SubGroup) and group.by != {"source": EVIDENCE}:
                yield group

    def _certainty(self, group: Group) -> Certainty | None:
        errors = self._errors(group)
        if not errors.ids:
            return None
        return Certainty(
            self.ground.framework, group, errors, _name(group), self._held(group, errors), self._sampled(group)
        )

    def _analysed(self, certainty: Certainty, group: Group) -> Group:
        sampling = Sampling(
            confidence=CONFIDENCE,
            resamples=DRAWS,
            seed=SEED,
            drawn="respondents" if certainty.held is not None else "means",
            clusters=certainty.errors.clusters,
            finite=certainty.sampled > 0,
        )
        way = self._way_out(group)
        if not isinstance(group, SubGroup):
            return _overviewed(group, sampling, way, Overview(self.result, self.ground, group))
        by_unit = list(group.by) == [CLUSTER]
        agreement = agreement_by_indicator(self.ground, group) if by_unit else None
        told = Analysis(sampling=sampling, agreement=agreement, way_out=way)
        return SubGroup(**{**dict(group), "analysis": told})

    def _way_out(self, group: Group) -> WayOut | None:
        """The way out of the scenarios that are present, by the figures that are shown."""
        values = {id_: e.value if isinstance(e, Estimate) else None for id_, e in group.indicators.items()}
        found = way_out(self.ground.framework, values, self.ground.limits, whole=not isinstance(group, SubGroup))
        return found if found.present else None

    def _onlooker(self, group: Group) -> Onlooker:
        if _is_interviews(group) and self.ground.interviews is not None:
            return self.ground.interviews
        return self.ground.survey

    def _by(self, group: Group) -> Mapping[str, str | None]:
        return group.by if isinstance(group, SubGroup) and not _is_interviews(group) else {}

    def _sampled(self, group: Group) -> float:
        """The share of a group's population that answered; 0 where its size is not known."""
        population = self.ground.population
        people = population.of(self._by(group)) if population and not _is_interviews(group) else None
        return min(1.0, group.n / people) if people else 0.0

    def _errors(self, group: Group) -> Errors:
        """The errors of a group's indicators, by the design that holds for it."""
        spreads = dict(self._with_spread(group))
        seen = self._onlooker(group)
        within = seen.cells.within(self._by(group))
        # Where parts have a say of their own, an error made of theirs would tell of parts that are hidden. Respondents
        # then say as much as their effective number, which the result shows (Kish 1965): a little less than they do.
        balanced = self.ground.parting and not _is_interviews(group)
        clusters = [] if balanced else self._clusters(seen, within)
        if len(clusters) >= FEWEST_CLUSTERS:
            wanted = [id_ for id_ in spreads if _in_how_many(seen, clusters, id_) >= FEWEST_CLUSTERS]
            if len(wanted) == len(spreads):
                return errors_in_clusters(seen.cells, clusters, wanted)
        given = {id_: (float(e.sd or 0.0), float(e.n_effective or e.n)) for id_, e in spreads.items()}
        given = {id_: (sd, n) for id_, (sd, n) in given.items() if n > 1}
        return errors_one_by_one(given, self._places(seen), seen.correlations, self._sampled(group))

    def _with_spread(self, group: Group) -> Iterator[tuple[str, Estimate]]:
        """The indicators that are shown, and not everybody's fact."""
        for id_, estimate in group.indicators.items():
            asked = self.ground.framework.indicators[id_].scope == "respondent"
            if asked and isinstance(estimate, Estimate) and estimate.sd is not None and estimate.n > 1:
                yield id_, estimate

    def _clusters(self, seen: Onlooker, within: NDArray[np.intp]) -> list[NDArray[np.intp]]:
        """The places of each unit's cells, units whose figures are hidden put together where they are few.

        The error of a mean says how far units are from it. Of few hidden units, whose sum can be computed from the
        others, it would say where each of them is.
        """
        cells = seen.cells
        if CLUSTER not in cells.keys or self._all_units_answered(seen):
            return []
        inside = set(within.tolist())
        units: dict[str | None, NDArray[np.intp]] = {}
        for (unit,), places in cells.by([CLUSTER]).items():
            there = np.array([place for place in places if place in inside], dtype=np.intp)
            if len(there):
                units[unit] = there
        whole, partly = self._hidden_units
        apart = [places for unit, places in units.items() if unit not in whole and unit not in partly]
        hidden = [places for unit, places in units.items() if unit in whole]
        merged = [places for unit, places in units.items() if unit in partly]
        if len(hidden) >= FEWEST_KEPT_APART:
            apart += hidden
        else:
            merged += hidden
        return [*apart, np.concatenate(merged)] if merged else apart

    def _all_units_answered(self, seen: Onlooker) -> bool:
        """Whether every unit of the population answered: then units were all taken, and none was drawn."""
        population = self.ground.population
        units = population.table([CLUSTER]) if population else None
        return bool(units) and set(units or ()) <= set(seen.cells.by([CLUSTER]))

    @cached_property
    def _hidden_units(self) -> tuple[set[str | None], set[str | None]]:
        """The units that a table by unit hides, and those of which it hides some indicator."""
        whole: set[str | None] = set()
        partly: set[str | None] = set()
        for group in self.result.groups:
            if list(group.by) == [CLUSTER]:
                if isinstance(group, SuppressedGroup):
                    whole.add(group.by[CLUSTER])
                elif not all(isinstance(estimate, Estimate) for estimate in group.indicators.values()):
                    partly.add(group.by[CLUSTER])
        return whole, partly

    def _places(self, seen: Onlooker) -> dict[str, int]:
        return {id_: place for place, id_ in enumerate(seen.products.ids)}

    def _held(self, group: Group, errors: Errors) -> Held | None:
        """The group's respondents, where they are few enough to be drawn again one by one."""
        seen = self._onlooker(group)
        if seen.held is None or errors.clusters or self.ground.parting:
            return None
        import polars as pl

        frame = seen.held
        for key, value in self._by(group).items():
            frame = frame.filter(pl.col(told_column(key)).eq_missing(value))
        roles = [column for column in [told_column(STRATUM)] if column in frame.columns]
        return Held.of(frame, errors.ids, WEIGHT, UNIT, roles)


def _overviewed(group: Group, sampling: Sampling, way: WayOut | None, overview: Overview) -> Group:
    """Everybody, with all that is said beside their figures."""
    analysis = Analysis(
        sampling=sampling,
        responding=overview.responding(),
        instrument=overview.instrument(),
        gaps=overview.gaps(),
        resting=overview.resting(),
        way_out=way,
    )
    return Group(**{**dict(group), "reliability": overview.reliability(), "analysis": analysis})


def _name(group: Group) -> str:
    return by_label(group.by) if isinstance(group, SubGroup) else ""


def _is_interviews(group: Group) -> bool:
    return isinstance(group, SubGroup) and group.by == {"source": INTERVIEW}


def _in_how_many(seen: Onlooker, clusters: Sequence[NDArray[np.intp]], id_: str) -> int:
    place = seen.cells.ids.index(id_)
    return sum(1 for places in clusters if seen.cells.n[places, place].sum() > 0)
