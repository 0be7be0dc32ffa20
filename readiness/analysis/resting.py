"""Resting: which roles an indicator's figure rests on, and whether it is a single one."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

import numpy as np

from readiness.analysis.views import in_order
from readiness.scoring.findings import Resting

if TYPE_CHECKING:
    from readiness.analysis.ways import Ways
    from readiness.framework.models import Framework

MayShow = Callable[[str, str], bool]  # role, indicator


def any_role(_role: str, _indicator: str) -> bool:
    """Every role's number may be told."""
    return True


def resting(
    framework: Framework,
    by_role: Mapping[str | None, Mapping[str, Ways]],
    min_group: int,
    may_show: MayShow = any_role,
) -> dict[str, Resting]:
    """Of each indicator that a scenario looks at: how many of each role have a score.

    by_role: answers by role and indicator; None where no role is recorded. Roles of fewer than `min_group`, and those
    that `may_show` refuses, are named without their number; and so are as many more, the smallest first, as it takes
    for what is kept back to hold two roles and `min_group` people: everybody's number is told elsewhere, and no one
    role's may be left when the others are taken from it.
    """
    watched = {condition.indicator for scenario in framework.scenarios.values() for condition in scenario.conditions}
    order = [*in_order(framework, "role", by_role), *(role for role in by_role if role is None)]
    told: dict[str, Resting] = {}
    for indicator in framework.indicators:
        scored = {role: _scored(by_role[role][indicator]) for role in order if indicator in by_role[role]}
        if indicator in watched and any(n for role, n in scored.items() if role is not None):
            told[indicator] = _resting(indicator, scored, min_group, may_show)
    return told


def _scored(ways: Ways) -> int:
    return int(ways.people[~np.isnan(ways.score)].sum())


def _resting(indicator: str, scored: Mapping[str | None, int], min_group: int, may_show: MayShow) -> Resting:
    roles = {role: n for role, n in scored.items() if role is not None and n}
    kept_back = {role for role, n in roles.items() if n < min_group or not may_show(role, indicator)}
    unrecorded = scored.get(None, 0)
    for role in sorted(roles, key=lambda role: (roles[role], role)):
        if not kept_back or _hides(roles, kept_back, unrecorded, min_group):
            break
        kept_back.add(role)
    return Resting(
        roles={role: n for role, n in roles.items() if role not in kept_back},
        few=tuple(role for role in roles if role in kept_back),
        only=next(iter(roles)) if len(roles) == 1 else None,
    )


def _hides(roles: Mapping[str, int], kept_back: set[str], unrecorded: int, min_group: int) -> bool:
    """Whether what is kept back can be told from nobody's number: people without a role are kept back as well."""
    hidden = sum(roles[role] for role in kept_back) + unrecorded
    return len(kept_back) + bool(unrecorded) >= 2 and hidden >= min_group
