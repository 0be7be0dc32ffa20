"""An edition: what stands beside a result when a report is made of it, none of which changes a figure."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from readiness.report.commentary import Commentary
from readiness.report.theme import Theme


@dataclass(frozen=True)
class Edition:
    """The firm's theme, the consultant's commentary, and a folder of own templates."""

    theme: Theme = field(default_factory=Theme)
    commentary: Commentary = field(default_factory=Commentary)
    templates: Path | None = None


PLAIN = Edition()
