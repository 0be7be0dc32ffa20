"""The consultant's hand on a unit's page: what was said of this group, and of no other."""

from __future__ import annotations

from readiness.report.commentary import Commentary
from readiness.report.commentary.records import by_of
from readiness.report.commentary.telling import SILENT, told_commentary
from readiness.report.commentary.told import Told
from readiness.report.words import Reader
from readiness.scoring.result import Result, SubGroup, Suppressed


def hand_of(reader: Reader, result: Result, commentary: Commentary, group: SubGroup) -> Told:
    """A commentary's part on one group: comments, quotes that may be released, verdicts and actions.

    It is told of a result in which the group stands alone, so that nothing of another can come with it.
    """
    by = by_of(group.by)
    own = Commentary(
        comments=tuple(one for one in commentary.comments if one.subject.group == by),
        overrides=tuple(one for one in commentary.overrides if one.subject.group == by),
        quotes=tuple(one for one in commentary.quotes if one.subject.group == by),
        actions=tuple(one for one in commentary.actions if one.subject.group == by),
    )
    if not own:
        return SILENT
    alone = result.model_copy(update={"overall": Suppressed(), "groups": (group,), "evidence": None})
    return told_commentary(reader, alone, own)
