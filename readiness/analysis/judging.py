"""Judging: a survey whose careless respondents are counted while it is read, and left out where that is wished."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING

from readiness.analysis.careless import Carelessness
from readiness.analysis.careless_in_place import sieved
from readiness.responses.bulk import Stream
from readiness.responses.in_place.survey import InPlace
from readiness.scoring.findings import Analysis
from readiness.scoring.result import Group, Result

if TYPE_CHECKING:
    from readiness.framework.models import Framework
    from readiness.responses.table import Responses


@dataclass(frozen=True)
class Judged:
    """A survey to be scored, and the count of those in it who answered carelessly.

    A large survey is counted each time it is read, so the count is known once it has been scored.
    """

    survey: Responses | Stream | InPlace
    counting: Carelessness

    def told_in(self, result: Result) -> Result:
        """The result with the count in what is said of everybody."""
        if not isinstance(result.overall, Group):
            return result
        analysis = result.overall.analysis or Analysis()
        told = analysis.but(careless=self.counting.found())
        return result.but(overall=result.overall.but(analysis=told))


def judged(framework: Framework, survey: Responses | Stream | InPlace, *, excluding: bool = False) -> Judged:
    """A survey with its careless respondents counted. excluding: leave them out.

    A single respondent, who stands for nobody else, is neither counted nor left out.
    """
    counting = Carelessness(framework, excluding)
    if isinstance(survey, Stream):
        survey.sieve = counting  # in place: what is told of reading is told by this very stream
        return Judged(survey, counting)
    if survey.read < 2:
        return Judged(survey, counting)
    if isinstance(survey, InPlace):
        survey.sieve = partial(sieved, counting=counting, engine=survey.engine, sources=survey.sources)
        return Judged(survey, counting)
    kept = counting.through(survey.frame.collect())
    return Judged(replace(survey, frame=kept.lazy()), counting)
