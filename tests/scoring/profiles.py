"""How much hypothesis tries: a modest default, and ten times that with HYPOTHESIS_PROFILE=thorough."""

from __future__ import annotations

import os

from hypothesis import HealthCheck, Phase, settings


def tries(usual: int, shrink: bool = True) -> settings:
    """Settings for a test that usually runs `usual` examples.

    A whole framework takes minutes to shrink: where `shrink` is off, only the thorough profile does it.
    """
    thorough = os.environ.get("HYPOTHESIS_PROFILE") == "thorough"
    phases = [phase for phase in Phase if phase not in (Phase.shrink, Phase.explain) or shrink or thorough]
    return settings(
        max_examples=usual * 10 if thorough else usual,
        deadline=None,
        derandomize=not thorough,
        phases=phases,
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much],
    )
