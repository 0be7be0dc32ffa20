"""Certainty: the intervals of a group's figures, and how often its scenarios come out as they did.

Everything rests on the errors of the group's indicators. What is made of several indicators, the readiness of a
dimension, has the error that follows from theirs (to first order, the delta method); scenarios, which bend and break
at their anchors, are worked out anew for every draw.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np

from readiness.analysis.drawing import DRAWS, Held, Means, drawn_again, drawn_jointly
from readiness.analysis.errors import Errors
from readiness.analysis.evaluating import Block, Evaluation, Standing
from readiness.analysis.intervals import TAIL, Error, mean_interval, share_of, wilson
from readiness.framework.ranges import dimension_range, framework_range, indicator_range
from readiness.scoring.calibration import PRESENT
from readiness.scoring.evaluating import known_of
from readiness.scoring.plan import OVERALL
from readiness.scoring.result import Estimate, Group, Prevalence, ScenarioResult

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from readiness.framework.models import Framework
    from readiness.framework.ranges import Range
    from readiness.scoring.forms import Bounds

STEP = 1e-3  # of an indicator's range, by which it is moved to see what follows


@dataclass(frozen=True)
class Certainty:
    """One group with the errors of its indicators.

    name: for the random numbers. held: respondents to draw again; None where means are drawn. people: how many there
    are to be asked, where that is known.
    """

    framework: Framework
    group: Group
    errors: Errors
    name: str
    held: Held | None = None
    people: int | None = None

    @cached_property
    def standing(self) -> Standing:
        """What the group has in every indicator."""
        known = known_of(self.group, self.framework)
        return Standing(
            {id_: one.value for id_, one in known.items()}, {id_: one.applies for id_, one in known.items()}
        )

    @cached_property
    def means(self) -> Means:
        """The indicators whose error can be told."""
        ids = tuple(id_ for id_ in self.errors.ids if self.standing.values[id_] is not None)
        values = np.array([self.standing.values[id_] for id_ in ids], dtype=np.float64)
        limits = [indicator_range(self.framework.indicators[id_], self.framework.scales) for id_ in ids]
        return Means(ids, values, [self.errors.errors[id_] for id_ in ids], limits)

    def drawn(self) -> NDArray[np.float64]:
        """The indicators as they could have come out (draws, ids)."""
        if not self.means.ids:
            return np.zeros((DRAWS, 0))
        if self.held is not None:
            sampled = np.array([self._sampled(id_) for id_ in self.means.ids])
            return drawn_again(self.means, self.held, sampled, self.name)
        return drawn_jointly(self.means, self.errors, self.name)

    def _sampled(self, indicator: str) -> float:
        """The share of all people whose score in an indicator is known."""
        estimate = self.group.indicators[indicator]
        return share_of(self.people, estimate.n) if isinstance(estimate, Estimate) else 0.0

    def indicators(self) -> dict[str, Any]:
        """The indicators' estimates with their intervals."""
        limits = dict(zip(self.means.ids, self.means.limits, strict=True))
        return {
            id_: _with_interval(e, self.errors.errors[id_], limits[id_])
            if isinstance(e, Estimate) and id_ in limits
            else e
            for id_, e in self.group.indicators.items()
        }

    def drawn_block(self) -> Block:
        """The draws, to be worked out."""
        return Block(self.standing, self.means.ids, self.drawn())

    def moved_block(self) -> Block:
        """The indicators as they are, and below that each of them moved a little, to see what follows."""
        moved = np.vstack([self.means.values, self.means.values + np.diag(self._steps)])
        return Block(self.standing, self.means.ids, moved)

    @cached_property
    def _steps(self) -> NDArray[np.float64]:
        return np.array([(high - low) * STEP or 1.0 for low, high in self.means.limits])

    def levels(self, moved: Mapping[str, NDArray[np.float64]]) -> tuple[Any, dict[str, Any]]:
        """The whole's estimate and the dimensions', with their intervals. moved: readiness of the moved block."""
        errors = self._level_errors(moved)
        framework = self.framework
        limits = {id_: dimension_range(d, framework.scales) for id_, d in framework.all_dimensions.items()}
        dimensions = {
            id_: _with_interval(e, errors.get(id_), limits[id_]) if isinstance(e, Estimate) else e
            for id_, e in self.group.dimensions.items()
        }
        whole = self.group.readiness
        if isinstance(whole, Estimate):
            whole = _with_interval(whole, errors.get(OVERALL), framework_range(framework))
        return whole, dimensions

    def _level_errors(self, moved: Mapping[str, NDArray[np.float64]]) -> dict[str, Error]:
        means = self.means
        at = [self.errors.ids.index(id_) for id_ in means.ids]
        together = self.errors.together[np.ix_(at, at)]
        out = {}
        for id_, column in moved.items():
            if np.isfinite(column).all():
                slopes = (column[1:] - column[0]) / self._steps
                involved = [error for error, slope in zip(means.errors, slopes, strict=True) if slope]
                if involved:
                    variance = float(slopes @ together @ slopes)
                    share = max(error.unseen for error in involved) if variance <= 0 else 0.0
                    out[id_] = Error(round(math.sqrt(max(0.0, variance)), 9), min(e.df for e in involved), share)
        return out

    def scenarios(self, memberships: Mapping[str, NDArray[np.float64]]) -> dict[str, Any]:
        """The scenarios with interval, probability and prevalence's interval. memberships: of the draws."""
        return {
            id_: self._scenario(id_, s, memberships[id_]) if isinstance(s, ScenarioResult) else s
            for id_, s in self.group.scenarios.items()
        }

    def _scenario(self, id_: str, scenario: ScenarioResult, drawn: NDArray[np.float64]) -> ScenarioResult:
        changes: dict[str, Any] = {}
        if isinstance(scenario.prevalence, Prevalence):
            changes["prevalence"] = self._prevalence(id_, scenario.prevalence)
        if scenario.membership is not None and self._is_sampled(id_) and np.isfinite(drawn).all():
            drawn = np.round(drawn, 12)  # the last bits of an exponential hang on where in a frame it stands
            low, high = _middle(drawn, scenario.membership)
            changes["interval"] = (low, high)
            changes["probability"] = float((drawn > PRESENT).mean())
            if low <= PRESENT < high:
                changes["verdict"] = "undetermined"
        return scenario.but(**changes) if changes else scenario

    def _is_sampled(self, scenario: str) -> bool:
        """Whether everything that a scenario looks at is a fact, or has an error that can be told."""
        looked_at = {condition.indicator for condition in self.framework.scenarios[scenario].conditions}
        asked = {id_ for id_ in looked_at if self.framework.indicators[id_].scope == "respondent"}
        return bool(asked) and asked <= set(self.means.ids)

    def _prevalence(self, scenario: str, prevalence: Prevalence) -> Prevalence:
        n = prevalence.n * self._worth(scenario)
        interval = wilson(prevalence.value, n, share_of(self.people, prevalence.n))
        return Prevalence(value=prevalence.value, n=prevalence.n, interval=interval)

    def _worth(self, scenario: str) -> float:
        """How many drawn one by one a respondent is worth, by the indicators that a scenario looks at.

        By weights (Kish 1965), and in units as their means are: where those have the error of fewer respondents, so
        has the share.
        """
        ratios = []
        for condition in self.framework.scenarios[scenario].conditions:
            estimate, error = self.group.indicators[condition.indicator], self.errors.errors.get(condition.indicator)
            if isinstance(estimate, Estimate) and error and error.se and estimate.sd and estimate.n:
                left = max(1e-12, 1 - self._sampled(condition.indicator))
                ratios.append(estimate.sd**2 * left / (error.se**2 * estimate.n))
        return min(1.0, sum(ratios) / len(ratios)) if ratios else 1.0


def _with_interval(estimate: Estimate, error: Error | None, limits: Range) -> Estimate:
    if error is None or estimate.value is None:
        return estimate
    return estimate.but(interval=mean_interval(estimate.value, error, limits))


def _middle(drawn: NDArray[np.float64], value: float) -> Bounds:
    """The middle 95 % of the draws, widened to hold the value."""
    ordered = np.sort(drawn)
    cut = int(len(ordered) * TAIL)
    return min(value, float(ordered[cut])), max(value, float(ordered[-1 - cut]))


def completed_groups(groups: Sequence[Certainty], framework: Framework) -> Iterator[Group]:
    """The groups with their intervals, in their order."""
    evaluation = Evaluation(framework)
    drawn = evaluation.scenarios([certainty.drawn_block() for certainty in groups])
    moved = evaluation.readiness([certainty.moved_block() for certainty in groups])
    for certainty, memberships, readiness in zip(groups, drawn, moved, strict=True):
        whole, dimensions = certainty.levels(readiness)
        yield certainty.group.but(
            readiness=whole,
            dimensions=dimensions,
            indicators=certainty.indicators(),
            scenarios=certainty.scenarios(memberships),
        )
