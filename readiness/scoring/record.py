"""The record: totals and evaluated figures of every group put into the result's form, hidden ones left out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from readiness.scoring.configuration import condition_column
from readiness.scoring.hiding import Hidden, hidden_scenarios
from readiness.scoring.judging import judged, limiting
from readiness.scoring.plan import FIELDS, OVERALL, Fact, Plan, indicator_column, readiness_column, scenario_column
from readiness.scoring.result import (
    ConditionResult,
    Estimate,
    Group,
    ItemCounts,
    Prevalence,
    ScenarioResult,
    SubGroup,
    Suppressed,
    SuppressedGroup,
)
from readiness.scoring.totals import GroupTotals

if TYPE_CHECKING:
    from readiness.framework.configurations import Condition
    from readiness.framework.models import Indicator, Scenario

Row = Mapping[str, Any]
SUPPRESSED = Suppressed()


def indicator_figures(plan: Plan, totals: GroupTotals, facts: Mapping[str, Fact]) -> dict[str, Any]:
    """One group's indicators as a row that `Plan.evaluate` goes on from."""
    row: dict[str, Any] = {}
    for indicator in plan.framework.indicators.values():
        if indicator.id in facts:
            fact = facts[indicator.id]
            value, (low, high), applies, open_ = fact.value, (fact.low, fact.high), fact.applies, fact.open_
        else:
            value = totals.mean(indicator_column(indicator.id, "value"))
            low, high = totals.bounds(indicator.id, plan.limits(indicator))
            applies, open_ = (
                totals.count(f"{indicator_column(indicator.id, field)}/n") > 0 for field in ("applies", "open")
            )
        if totals.n > 1:  # a group's bounds are those of whom it applies to by rule 2, however open it is to others
            open_ = applies
        figures = (value, low, high, applies, open_)
        for field, figure in zip(FIELDS, figures, strict=True):
            row[indicator_column(indicator.id, field)] = figure
    return row


@dataclass(frozen=True)
class GroupRecord:
    """One group on its way into the result."""

    plan: Plan
    totals: GroupTotals
    row: Row  # the evaluated figures
    facts: Mapping[str, Fact]
    hidden: Hidden
    place: int  # of the group among the groups that `hidden` knows
    whole: bool  # everybody, of whom alone scenarios of level organisation are told

    def _hides(self, kind: str, id_: str) -> bool:
        return self.hidden.hides(self.place, kind, id_)

    def overall(self) -> Group | Suppressed:
        """Everybody."""
        return SUPPRESSED if self.place in self.hidden.groups else Group(**self._fields())

    def subgroup(self, by: dict[str, str | None]) -> SubGroup | SuppressedGroup:
        """A group of a table."""
        if self.place in self.hidden.groups:
            return SuppressedGroup(by=by)
        return SubGroup(by=by, **self._fields())

    def _fields(self) -> dict[str, Any]:
        framework = self.plan.framework
        veiled = set(hidden_scenarios(framework, self.hidden, self.place))
        return {
            "n": self.totals.n,
            "n_effective": self.totals.effective,
            "readiness": self._readiness(OVERALL),
            "dimensions": {id_: self._readiness(id_) for id_ in framework.all_dimensions},
            "indicators": {i.id: self._indicator(i) for i in framework.indicators.values()},
            "items": {id_: self._item(id_) for id_ in framework.items},
            "scenarios": {
                s.id: SUPPRESSED if s.id in veiled else self._scenario(s)
                for s in framework.scenarios.values()
                if self.whole or s.level == "any"
            },
        }

    def _estimate(self, prefix: str, n: int, spread: float | None, effective: float | None = None) -> Estimate:
        value, low, high = (self.row[f"{prefix}{field}"] for field in ("value", "low", "high"))
        return Estimate(value=value, bounds=(low, high), sd=spread, n=n, n_effective=effective)

    def _scored(self, column: str) -> Estimate:
        """A score as respondents have it themselves."""
        totals = self.totals
        prefix = column.removesuffix("value")
        return self._estimate(prefix, totals.scored(column), totals.spread(column), totals.effective_of(column))

    def _readiness(self, id_: str) -> Estimate | Suppressed:
        if self._hides("dimension", id_):
            return SUPPRESSED
        return self._scored(readiness_column(id_, "value"))

    def _indicator(self, indicator: Indicator) -> Estimate | Suppressed:
        if indicator.id in self.facts:  # everybody has it, and the same
            n = self.totals.n if self.facts[indicator.id].value is not None else 0
            return self._estimate(indicator_column(indicator.id, ""), n, 0.0 if n > 1 else None)
        if self._hides("indicator", indicator.id):
            return SUPPRESSED
        return self._scored(indicator_column(indicator.id, "value"))

    def _item(self, id_: str) -> ItemCounts | Suppressed:
        if self._hides("item", id_):
            return SUPPRESSED
        item = self.plan.framework.items[id_]
        n, states = self.totals.item(item, self.plan.framework)
        scale = () if item.type == "number" else self.plan.framework.scales[str(item.scale)].options
        counts = {f"{option.value:g}": self.totals.state(id_, code) for code, option in enumerate(scale)}
        return ItemCounts(n=n, **states, counts=counts)

    def _scenario(self, scenario: Scenario) -> ScenarioResult:
        alone = self.totals.n <= 1
        judgement = judged(scenario, self.row)
        found = limiting(scenario.when, self.row) if judgement.value is not None else []
        return ScenarioResult(
            kind=scenario.kind,
            membership=judgement.value,
            level=judgement.level,
            verdict=judgement.verdict(alone),
            bounds=(judgement.low, judgement.high),
            reversible=not alone and judgement.reversible,
            prevalence=self._prevalence(scenario),
            conditions=tuple(self._condition(condition) for condition in scenario.conditions),
            limiting=tuple(dict.fromkeys(condition.name for condition in found)),
        )

    def _prevalence(self, scenario: Scenario) -> Prevalence | Suppressed | None:
        if self._hides("prevalence", scenario.id):
            return SUPPRESSED
        n = self.totals.count(f"{scenario_column(scenario.id, 'value')}/n")
        value = self.totals.prevalence(scenario.id)
        return None if value is None else Prevalence(value=value, n=n)

    def _condition(self, condition: Condition) -> ConditionResult:
        value, low, high = (self.row[condition_column(condition, field)] for field in ("value", "low", "high"))
        score = self.row[indicator_column(condition.indicator, "value")]
        return ConditionResult(condition=condition.name, score=score, membership=value, bounds=(low, high))
