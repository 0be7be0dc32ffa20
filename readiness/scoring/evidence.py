"""Evidence: the interviewer's own ratings, scored by themselves and put beside a result.

They are never summed together with what anybody said, and so can move no other figure: not even a fact about the
organisation. Being the consultant's own notes they are not suppressed.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import chain
from typing import TYPE_CHECKING, Any

from readiness.responses.table import EVIDENCE
from readiness.scoring.engine import score
from readiness.scoring.plan import Plan
from readiness.scoring.respondents import Telling, Write, scored_each
from readiness.scoring.result import Evidence, Group, Result, SubGroup
from readiness.scoring.summing import organisation_facts

if TYPE_CHECKING:
    import polars as pl

    from readiness.framework.models import Framework
    from readiness.responses.ratings import Ratings


def with_evidence(result: Result, framework: Framework, ratings: Ratings, facts: Mapping[str, float]) -> Result:
    """A result with the ratings as its last group; as it was where no rating says anything.

    facts: values of organisation indicators known beforehand.
    """
    rated = score(framework, ratings.responses, protect=False, facts=facts).overall
    if not isinstance(rated, Group) or not rated.n:
        return result
    # What is told of the whole organisation alone is told of everybody, and ratings are of a few.
    told = {id_: found for id_, found in rated.scenarios.items() if framework.scenarios[id_].level == "any"}
    group = SubGroup(by={"source": EVIDENCE}, **{**dict(rated), "scenarios": told})
    evidence = Evidence(
        use=ratings.use,
        texts=dict(ratings.texts),
        confidence={item: dict(found) for item, found in ratings.confidence.items()},
    )
    return result.but(groups=(*result.groups, group), evidence=evidence)


def telling_of(ratings: Ratings, framework: Framework, facts: Mapping[str, float], write: Write) -> Write:
    """What writes the figures of each respondent, and behind them those of each interview's ratings."""

    def both(frames: Iterator[pl.DataFrame], schema: Mapping[str, Any]) -> object:
        return write(chain(frames, _rated(ratings, framework, facts, schema)), schema)

    return both


def _rated(
    ratings: Ratings, framework: Framework, given: Mapping[str, float], schema: Mapping[str, Any]
) -> Iterator[pl.DataFrame]:
    """The figures of each interview's ratings, with the columns of `schema`."""
    responses = ratings.responses
    plan = Plan(framework, responses.items, responses.context)
    keys = tuple(key for key in framework.context if key in schema)
    facts = organisation_facts(framework, responses, given)
    yield scored_each(plan, responses.frame, facts, Telling(keys, EVIDENCE))
