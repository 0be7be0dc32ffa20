"""Which words of respondents a report may show."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from readiness.report.commentary.records import Quote
    from readiness.scoring.result import Group

MIN_COMMENTS = 10  # people behind a quote, where a framework says nothing


def is_released(quote: Quote, group: Group | None, least: int) -> bool:
    """Whether at least so many people stand behind a quote that nobody can tell whose words they are.

    What was said in an interview is the consultant's own note, whose release was agreed with the interviewee.
    """
    return quote.interview or (group is not None and group.n >= least)
