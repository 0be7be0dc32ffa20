"""Whose edition of a report it is: the engagement it belongs to, its theme and its commentary."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from readiness.report.edition import Edition
    from readiness.scoring.result import Result

RESULTS = "results"  # the folder of an engagement that its results lie in


def engagement_of(sources: Sequence[Path]) -> Path | None:
    """The engagement whose theme and commentary a report takes: the one named, or the one whose `results/` a result
    lies in."""
    from readiness.responses.engagement import is_engagement

    source = sources[0]
    if is_engagement(source):
        return source
    beside = source.resolve().parent
    if source.suffix == ".json" and beside.name == RESULTS and is_engagement(beside.parent):
        return beside.parent
    return None


def edition_of(sources: Sequence[Path], result: Result, templates: Path | None = None) -> Edition:
    """The edition that sources stand for.

    Raises:
        InputError: theme or commentary have faults, or the templates are none.
    """
    from readiness.cli.commenting import commentary_of
    from readiness.report.edition import Edition
    from readiness.report.languages import languages_of
    from readiness.report.own_templates import judge_templates
    from readiness.report.theme.reading import read_theme

    if templates is not None:
        judge_templates(templates)
    engagement = engagement_of(sources)
    if engagement is None:
        return Edition(templates=templates)
    return Edition(read_theme(engagement, languages_of(result)), commentary_of(engagement, result), templates)
