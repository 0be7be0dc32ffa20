"""Headcounts: of how many people something is said beside the tables, besides those who have a score.

Whoever compares two sides says how many of each have a view, and whoever says how often a role could not answer says so
of those who were asked. Both may be fewer than those who have a score, so that both are counted by cell as scores are,
to be protected by their own numbers.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING, Literal

import polars as pl

from readiness.analysis.views import ROUNDING, comparable
from readiness.responses.coding import ABSENT, MISSING
from readiness.scoring.items import items_present
from readiness.scoring.patterns import PUT, flag

if TYPE_CHECKING:
    from readiness.framework.models import Framework, Indicator, Item
    from readiness.scoring.plan import Plan

Kind = Literal["view", "put"]


def headcount_name(kind: Kind, indicator: str, items: Sequence[str] = ()) -> str:
    """The column of a headcount. items: those that a view is made of, in the framework's order."""
    return "#".join((kind, indicator, *items))


@dataclass(frozen=True)
class Headcount:
    """Those who have a view of an indicator by some items, or to whom at least one of them was put."""

    kind: Kind
    indicator: str
    items: tuple[Item, ...]
    min_answered: float

    @property
    def name(self) -> str:
        """Its column."""
        items = [item.id for item in self.items] if self.kind == "view" else []
        return headcount_name(self.kind, self.indicator, items)

    def counted(self, plan: Plan) -> pl.Expr:
        """1 for each row that counts, from columns of codes and of `patterns.flags`."""
        there = self._has_view() if self.kind == "view" else self._is_asked(plan)
        return there.cast(pl.UInt8).alias(self.name)

    def _has_view(self) -> pl.Expr:
        """Whether enough is answered, as `views.view_of` says."""
        weights = [pl.when(pl.col(item.id) >= 0).then(item.weight).otherwise(0.0) for item in self.items]
        total = pl.sum_horizontal(weights)
        least = self.min_answered * sum(item.weight for item in self.items)
        return (total >= least - ROUNDING) & (total > 0)

    def _is_asked(self, plan: Plan) -> pl.Expr:
        return pl.any_horizontal(_is_put(item, plan) for item in self.items)


def _is_put(item: Item, plan: Plan) -> pl.Expr:
    """Whether an item was put; one that is answered, if only with *don't know*, was."""
    code, test = pl.col(item.id), plan.asked[item.id].name
    unput = (code == MISSING) & (pl.col(flag(test)) != PUT) if test else pl.lit(value=False)
    return (code != ABSENT) & ~unput


def headcounts(framework: Framework, plan: Plan) -> tuple[Headcount, ...]:
    """Everything that has to be counted of responses with these columns."""
    found: list[Headcount] = []
    for indicator in framework.indicators.values():
        present = items_present(indicator, plan.asked)
        if indicator.scope != "respondent" or not present:
            continue
        least = framework.min_answered_of(indicator)
        there = {item.id for item in present}
        sets = dict.fromkeys(tuple(i for i in items if i.id in there) for items in _compared(framework, indicator))
        found += [Headcount("view", indicator.id, items, least) for items in sets if items]
        if all(plan.asked[item.id].name for item in present):  # else everybody was asked
            found.append(Headcount("put", indicator.id, tuple(present), least))
    return tuple(found)


def _compared(framework: Framework, indicator: Indicator) -> Iterator[tuple[Item, ...]]:
    """The items by which two sides may be compared: all; those put to both roles; without follow-ups; each by itself.

    Each by itself, because everybody's answers to it are told, which the sides' views may be taken from.
    """
    items = comparable(indicator)
    context = framework.context.get("role")
    roles = list(context.options or ()) if context else []
    for pair in [(), *combinations(roles, 2), ("of another role",)]:
        common = tuple(item for item in items if item.roles is None or set(pair) <= set(item.roles))
        yield common
        yield tuple(item for item in common if not item.ask_if)
    yield from ((item,) for item in items)
