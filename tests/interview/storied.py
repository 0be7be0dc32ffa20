"""A small framework with scenarios, for what is told of them while an interview lasts."""

from __future__ import annotations

from functools import lru_cache

from readiness.framework.models import Framework
from tests.scoring.building import framework, items

YES_NO = "scale: yes_no"
SCENARIOS = """\
deadlock:
  title: {en: Deadlock, fr: Blocage}
  when: {all: [{high: pressure}, {low: help}]}
drift:
  title: {en: Drift, fr: Dérive}
  when: {all: [{low: pressure}, {low: care}]}
"""
EXTRA = "unscored:\n  WHY: {type: text, text: {en: Why?, fr: Pourquoi ?}}\n"


@lru_cache
def storied() -> Framework:
    """Pressure decides which of two scenarios hangs on what; care is asked of managers alone."""
    return framework(
        SCENARIOS,
        extra=EXTRA,
        pressure=f"{{desired: low, items: {items(P=YES_NO)}}}",
        help=f"{{desired: high, items: {items(H=YES_NO)}}}",
        care=f"{{desired: high, items: {items(C=YES_NO + ', roles: [manager]')}}}",
        other=f"{{desired: high, items: {items(O=YES_NO)}}}",
    )
