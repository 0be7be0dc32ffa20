"""The consultant's commentary: read from the engagement, and its writer told what a report makes of it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from readiness.report.commentary import Commentary
    from readiness.scoring.result import Result


def commentary_of(engagement: Path, result: Result) -> Commentary:
    """What a consultant wrote for an engagement, as it fits a result.

    Raises:
        CommentaryError: a page cannot be read, or names what the result does not have.
    """
    from readiness.cli.talk import tell
    from readiness.report.commentary.engagement import commentary_for

    found = commentary_for(engagement, result, lambda: _sections(result))
    for note in found.notes:
        tell(str(note))
    return found.commentary


def _sections(result: Result) -> dict[str, tuple[str, ...]]:
    """The sections that a report of a result has, with their titles in every language."""
    from readiness.language.speech import SOURCE, speak, spoken
    from readiness.report.outline import outline
    from readiness.report.view import view

    report = view(result, SOURCE)
    found: dict[str, tuple[str, ...]] = {}
    for language in spoken():
        for section in outline(speak(language), report):
            found[section.id] = (*found.get(section.id, ()), section.title)
    return found
