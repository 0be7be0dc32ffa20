"""Facts about the organisation that an engagement's settings hold, as scores of its indicators."""

from __future__ import annotations

from typing import TYPE_CHECKING

from readiness.scoring.summing import organisation_facts

if TYPE_CHECKING:
    from readiness.framework.models import Framework
    from readiness.responses.engagement import Facts


def known_facts(framework: Framework, facts: Facts) -> dict[str, float]:
    """Facts as scores by indicator, those given as answers scored like any answer."""
    answered = organisation_facts(framework, facts.answers, {}) if facts.answers else {}
    return {**{id_: fact.value for id_, fact in answered.items() if fact.value is not None}, **facts.scores}
