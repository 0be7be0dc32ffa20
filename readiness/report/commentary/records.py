"""What a consultant writes beside the figures."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Commentary:
    """Everything a consultant wrote for one engagement's report; empty where nobody did."""
