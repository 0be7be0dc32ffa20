"""How much is asked of whom: questions and minutes, by role."""

from __future__ import annotations

from dataclasses import dataclass

from readiness.framework.askable import Asked, audiences
from readiness.framework.models import Framework

SECONDS_A_QUESTION = 10  # 60 items and 6 context questions on five-point scales take about 11 minutes


@dataclass(frozen=True)
class Burden:
    """What one role is asked at most, context included: in a survey of core items, and in full."""

    core: int
    full: int

    @property
    def core_minutes(self) -> float:
        """Minutes for the core items."""
        return self.core * SECONDS_A_QUESTION / 60

    @property
    def full_minutes(self) -> float:
        """Minutes for all items."""
        return self.full * SECONDS_A_QUESTION / 60


def burdens(framework: Framework) -> dict[str, Burden]:
    """The burden of each role, in the framework's order; of "" where the framework tells no roles apart."""
    put_to = audiences(framework)
    role = framework.context.get("role")
    roles = list(role.options) if role is not None and role.options else [""]
    asked: list[Asked] = [*framework.items.values(), *framework.unscored.values()]
    context = len(framework.context)
    return {
        name: Burden(
            core=context + sum(name in put_to[item.id] for item in asked if item.core),
            full=context + sum(name in put_to[item.id] for item in asked),
        )
        for name in roles
    }
