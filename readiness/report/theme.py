"""The firm's theme: names, colours, a logo, a line on confidentiality."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Theme:
    """How a firm's reports look, and whose they are."""

    client: str = ""
