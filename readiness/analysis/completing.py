"""Completing: a result as scoring leaves it, with everything there is to say of its certainty.

What is said of a group rests on what the result shows of it and on what was seen of the respondents while they were
summed. What the result hides stays hidden.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, TypeGuard

from readiness.analysis.certainty import Certainty, completed_groups
from readiness.analysis.design import Design
from readiness.analysis.drawing import DRAWS, SEED
from readiness.analysis.ground import Beside, Ground
from readiness.analysis.intervals import CONFIDENCE
from readiness.analysis.levers.way_out import way_out_of
from readiness.analysis.overview import Overview, agreement_by_indicator
from readiness.analysis.units import CLUSTER
from readiness.responses.table import INTERVIEW
from readiness.scoring.findings import Analysis, HeldBack, Sampling
from readiness.scoring.respondents import SOURCE as MODE
from readiness.scoring.result import Group, Result, SubGroup, SuppressedGroup, by_label

if TYPE_CHECKING:
    from readiness.scoring.routes import WayOut

By = tuple[tuple[str, str | None], ...]  # what a group is formed by; nothing for everybody


def completed(result: Result, ground: Ground) -> Result:
    """The result with its intervals, and verdicts that no interval leaves open."""
    completing = _Completing(result, ground)
    overall = completing.overall()
    if not isinstance(overall, Group):
        return result
    return result.but(overall=overall, groups=tuple(completing.groups()))


@dataclass(frozen=True)
class _Completing:
    result: Result
    ground: Ground

    @cached_property
    def _beside(self) -> Beside:
        return Beside(self.result, self.ground)

    @cached_property
    def _design(self) -> Design:
        return Design(self._beside)

    def overall(self) -> Any:
        """Everybody."""
        return self._completed.get((), self.result.overall)

    def groups(self) -> Iterator[Any]:
        """The groups of the tables, those that cannot be completed as they are."""
        for group in self.result.groups:
            yield self._completed.get(tuple(group.by.items()), group)

    @cached_property
    def _completed(self) -> dict[By, Group]:
        wanted = [certainty for group in self._shown() if (certainty := self._certainty(group)) is not None]
        done = completed_groups(wanted, self.ground.framework)
        drawn = {_by(group): self._analysed(c, group) for c, group in zip(wanted, done, strict=True)}
        return drawn | {_by(group): self._led_out(group) for group in self.result.groups if _is_of(group, INTERVIEW)}

    def _led_out(self, group: SubGroup) -> SubGroup:
        """Interviews: people who were chosen, and no draw of anybody, so that chance has no say in their figures."""
        way = self._way_out(group)
        return group if way is None else group.but(analysis=Analysis(way_out=way))

    def _shown(self) -> Iterator[Group]:
        if isinstance(self.result.overall, Group):
            yield self.result.overall
        for group in self.result.groups:
            if isinstance(group, SubGroup) and MODE not in group.by:
                yield group

    def _certainty(self, group: Group) -> Certainty | None:
        design = self._design
        errors = design.errors(group)
        if not errors.ids:
            return None
        return Certainty(
            self.ground.framework, group, errors, _name(group), design.held(group, errors), design.people(group)
        )

    def _analysed(self, certainty: Certainty, group: Group) -> Group:
        sampling = Sampling(
            confidence=CONFIDENCE,
            resamples=DRAWS,
            seed=SEED,
            drawn="respondents" if certainty.held is not None else "means",
            clusters=certainty.errors.clusters,
            finite=certainty.people is not None,
        )
        way = self._way_out(group)
        if not isinstance(group, SubGroup):
            return _overviewed(group, sampling, way, Overview(self._beside, group))
        by_unit = list(group.by) == [CLUSTER]
        agreement = agreement_by_indicator(self.ground, group) if by_unit else None
        return group.but(analysis=Analysis(sampling=sampling, agreement=agreement, way_out=way))

    def _way_out(self, group: Group) -> WayOut | None:
        """The way out of the scenarios that are present, by the figures that are shown."""
        whole = not isinstance(group, SubGroup)
        found = way_out_of(group, self.ground.framework, self.ground.limits, whole=whole)
        return found if found.present else None


def _overviewed(group: Group, sampling: Sampling, way: WayOut | None, overview: Overview) -> Group:
    """Everybody, with all that is said beside their figures."""
    analysis = Analysis(
        sampling=sampling,
        responding=overview.responding(),
        instrument=overview.instrument(),
        gaps=overview.gaps(),
        resting=overview.resting(),
        way_out=way,
        limits=tuple(
            HeldBack(name=limit.name, to=limit.to, until=limit.until, why=limit.why) for limit in overview.ground.limits
        ),
    )
    return group.but(reliability=overview.reliability(), analysis=analysis)


def _is_of(group: SubGroup | SuppressedGroup, mode: str) -> TypeGuard[SubGroup]:
    return isinstance(group, SubGroup) and group.by.get(MODE) == mode


def _by(group: Group) -> By:
    return tuple(group.by.items()) if isinstance(group, SubGroup) else ()


def _name(group: Group) -> str:
    return by_label(group.by) if isinstance(group, SubGroup) else ""
