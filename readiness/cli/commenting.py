"""The consultant's commentary: read from the engagement, and its writer told what a report makes of it."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from readiness.faults import Fault, UsageError

if TYPE_CHECKING:
    from readiness.report.commentary import Commentary
    from readiness.report.edition import Edition
    from readiness.scoring.result import Result

MOST_UNTRANSLATED = 5


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


def tell_of_untranslated(result: Result, language: str, edition: Edition, of: Collection[str] | None = None) -> None:
    """Say which texts of the consultant's a report shows in another language than its own, the first few by place.

    of: only what is said of groups that are formed by these keys.
    """
    from readiness.cli.talk import tell
    from readiness.report.untranslated import untranslated

    found = untranslated(result, language, edition, of)
    for fault in found[:MOST_UNTRANSLATED]:
        tell(str(fault))
    more = len(found) - MOST_UNTRANSLATED
    if more > 0:
        tell(f"{more} more text(s) of commentary and theme are shown in another language than the report's")


def draft_commentary(sources: Sequence[Path], result: Result) -> Path:
    """Write a first commentary into the engagement, and never over one that is there. Returns its file.

    Raises:
        UsageError: the sources are no engagement, or there is a commentary.
    """
    from readiness.cli.files import write_text
    from readiness.report.commentary.draft import draft

    path = place_of_draft(sources, {})
    write_text(path, draft(result))
    return path


def place_of_draft(sources: Sequence[Path], others: Mapping[str, object]) -> Path:
    """Where a first commentary may be written. others: options that ask for something else to be written.

    Raises:
        UsageError: the sources are no engagement, there is a commentary, or there are other options.
    """
    from readiness.cli.editing import engagement_of
    from readiness.report.commentary.reading import YAML_PAGE

    needless = [option for option, value in others.items() if value is not None]
    if needless:
        what = "a draft goes into the engagement, and no report is written"
        raise UsageError([Fault(option, None, what, "leave it out") for option in needless])
    engagement = engagement_of(sources)
    if engagement is None:
        what = "a commentary belongs to an engagement, and this is none"
        raise UsageError([Fault(str(sources[0]), None, what, "name an engagement's folder, or a result in it")])
    path = engagement / YAML_PAGE
    if path.exists() or path.is_symlink():
        mend = "edit it; or move it away first, for a new draft"
        raise UsageError([Fault(str(path), None, "there is a commentary, which is not written over", mend)])
    return path
