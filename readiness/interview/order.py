"""Order: whether questions come as they stand in the questionnaires, or the one first that settles most."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from readiness.framework.models import Framework
    from readiness.interview.adaptive import Guide
    from readiness.responses.engagement import Engagement
    from readiness.scoring.probing import Probe


@dataclass(frozen=True)
class Order:
    """In which order an interview asks.

    adaptive: what settles most comes first; None is as the journal was begun. prior: earlier responses that say how
    often an option is chosen; None takes every option for as likely. engagement: what is known of the organisation
    beforehand.
    """

    adaptive: bool | None = None
    prior: Path | None = None
    engagement: Engagement | None = None

    # What follows brings the engine with it, which takes longer to load than a question to be read.

    def probe(self, framework: Framework) -> Probe:
        """What tells where answers stand. Raises ResponseError if the engagement's facts do not fit the framework."""
        from readiness.responses.engagement import facts_of
        from readiness.scoring.facts import known_facts
        from readiness.scoring.probing import Probe

        facts = known_facts(framework, facts_of(self.engagement, framework)) if self.engagement else {}
        return Probe(framework, facts)

    def guide(self, framework: Framework, probe: Probe) -> Guide:
        """What chooses the next question. Raises ResponseError if the earlier responses cannot be read."""
        from readiness.interview.adaptive import Guide
        from readiness.interview.priors import UNIFORM, read_prior

        return Guide(framework, probe, read_prior(framework, self.prior) if self.prior else UNIFORM)


IN_ORDER = Order()
