"""Chosen: interviews, and what was seen in them, are no draw of anybody, so chance has no say in their figures."""

from __future__ import annotations

from readiness.report.groups import is_apart
from readiness.scoring.result import Estimate, Prevalence, Result, ScenarioResult, SubGroup, Suppressed


def without_chance(result: Result) -> Result:
    """The result with no interval and no probability in the groups that are a mode of their own beside the whole."""
    if not any(is_apart(group) for group in result.groups):
        return result
    groups = (_bare(group) if isinstance(group, SubGroup) and is_apart(group) else group for group in result.groups)
    return result.but(groups=tuple(groups))


def _bare(group: SubGroup) -> SubGroup:
    return group.but(
        readiness=_estimate(group.readiness),
        dimensions={id_: _estimate(one) for id_, one in group.dimensions.items()},
        indicators={id_: _estimate(one) for id_, one in group.indicators.items()},
        scenarios={id_: _scenario(one) for id_, one in group.scenarios.items()},
    )


def _estimate(estimate: Estimate | Suppressed) -> Estimate | Suppressed:
    return estimate.but(interval=None) if isinstance(estimate, Estimate) else estimate


def _scenario(scenario: ScenarioResult | Suppressed) -> ScenarioResult | Suppressed:
    if isinstance(scenario, Suppressed):
        return scenario
    share = scenario.prevalence
    bare = share.but(interval=None) if isinstance(share, Prevalence) else share
    return scenario.but(interval=None, probability=None, prevalence=bare)
