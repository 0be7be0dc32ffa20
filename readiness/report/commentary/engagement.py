"""The commentary of an engagement, as it fits a result."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from readiness.faults import CommentaryError
from readiness.framework.ledger import Ledger
from readiness.report.commentary.ground import Ground, Sections
from readiness.report.commentary.judging import Judged, judged
from readiness.report.commentary.reading import read_commentary
from readiness.report.languages import languages_of

if TYPE_CHECKING:
    from readiness.scoring.result import Result

PLAN = "actions"  # the section that only a commentary brings


def commentary_for(folder: Path, result: Result, sections: Sections) -> Judged:
    """What lies in an engagement's folder, by the ids of a result. sections: gives the report's, each with its titles.

    Raises:
        CommentaryError: a page cannot be read, or names what the result does not have; all faults are listed.
    """
    ledger = Ledger()
    written = read_commentary(folder, languages_of(result), ledger)
    planned = {PLAN: ()} if written.actions else {}
    found = judged(written, Ground(result, lambda: {**sections(), **planned}, ledger), ledger)
    if ledger.faults:
        raise CommentaryError(ledger.faults)
    return found
