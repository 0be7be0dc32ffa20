"""How much is asked of whom: questions and minutes, by role."""

from __future__ import annotations

from dataclasses import dataclass

from readiness.framework.askable import Asked, audiences
from readiness.framework.models import Framework

SECONDS_A_QUESTION = 10  # 60 items and 6 context questions on five-point scales take about 11 minutes


@dataclass(frozen=True)
class Burden:
    """What one role is asked at most: in a survey, and in an interview.

    core: questions of a survey, its core items and context. full: questions of an interview, all items and the
    questions that score nothing; its context is noted beforehand. core_items, full_items: the items among them.
    """

    core: int
    full: int
    core_items: int
    full_items: int

    @property
    def core_minutes(self) -> float:
        """Minutes for a survey."""
        return self.core * SECONDS_A_QUESTION / 60

    @property
    def full_minutes(self) -> float:
        """Minutes for everything, answered at the pace of a survey; a conversation takes as long as it takes."""
        return self.full * SECONDS_A_QUESTION / 60


def burdens(framework: Framework) -> dict[str, Burden]:
    """The burden of each role, in the framework's order; of "" where the framework tells no roles apart."""
    put_to = audiences(framework)
    role = framework.context.get("role")
    roles = list(role.options) if role is not None and role.options else [""]
    asked: list[Asked] = [*framework.items.values(), *framework.unscored.values()]
    context = sum(key.core for key in framework.context.values())
    return {
        name: Burden(
            core=context + sum(name in put_to[item.id] for item in asked if item.core),
            full=sum(name in put_to[item.id] for item in asked),
            core_items=sum(name in put_to[item.id] for item in framework.items.values() if item.core),
            full_items=sum(name in put_to[item.id] for item in framework.items.values()),
        )
        for name in roles
    }
