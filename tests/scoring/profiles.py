"""How much hypothesis tries: a modest default, and ten times that with HYPOTHESIS_PROFILE=thorough."""

from __future__ import annotations

import os

from hypothesis import HealthCheck, settings


def tries(usual: int) -> settings:
    """Settings for a test that usually runs `usual` examples."""
    thorough = os.environ.get("HYPOTHESIS_PROFILE") == "thorough"
    return settings(
        max_examples=usual * 10 if thorough else usual,
        deadline=None,
        derandomize=not thorough,
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much],
    )
