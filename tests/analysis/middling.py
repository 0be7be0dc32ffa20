"""A group's record at given scores, without anybody having answered."""

from __future__ import annotations

from collections.abc import Mapping

from readiness.framework.models import Framework
from readiness.scoring.evaluating import Known, evaluated
from readiness.scoring.plan import OVERALL
from readiness.scoring.result import Estimate, Group, ScenarioResult


def group_at(framework: Framework, values: Mapping[str, float]) -> Group:
    """Ten people who all have these scores."""
    (row,) = evaluated(framework, [{id_: Known(value, value, value, True) for id_, value in values.items()}])
    readiness = {id_: _estimate(value or 0.0) for id_, value in row.readiness.items()}
    return Group(
        n=10,
        readiness=readiness.pop(OVERALL),
        dimensions=dict(readiness),
        indicators={id_: _estimate(value) for id_, value in values.items()},
        items={},
        scenarios={
            id_: ScenarioResult(
                kind=framework.scenarios[id_].kind,
                membership=judgement.value,
                level=judgement.level,
                verdict=judgement.verdict(alone=False),
                bounds=(judgement.low, judgement.high),
                reversible=False,
                prevalence=None,
                conditions=(),
                limiting=row.limiting[id_],
            )
            for id_, judgement in row.scenarios.items()
        },
    )


def _estimate(value: float) -> Estimate:
    return Estimate(value=value, bounds=(value, value), sd=0.0, n=10)
