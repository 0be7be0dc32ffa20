"""Interviews: journals become rows of the same table that surveys become, one row a journal."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from readiness.faults import Fault, ResponseError
from readiness.responses.coding import RESPONDENT
from readiness.responses.journal import Journal, read_journal
from readiness.responses.table import Responses, Sheet, assemble, sheet_of

if TYPE_CHECKING:
    from readiness.framework.models import Framework


def read_interviews(framework: Framework, paths: Sequence[Path]) -> Responses:
    """Journals as one set of responses; what was damaged in them stands in `remarks`.

    Raises:
        ResponseError: files that are no journals, or were held with another framework; all of them are listed.
    """
    sheets: list[Sheet] = []
    faults: list[Fault] = []
    remarks: list[str] = []
    for path in paths:
        try:
            journal = read_journal(path)
            faults.extend(_foreign(framework, journal, path))
            sheets.append(_sheet(framework, journal, path))
            remarks.extend(str(problem) for problem in journal.problems)
            remarks.extend(f"{path}: {remark}" for remark in journal.left_out(framework))
        except ResponseError as error:
            faults.extend(error.faults)
    if faults:
        raise ResponseError(faults)
    return assemble(framework, sheets, tuple(remarks))


def _foreign(framework: Framework, journal: Journal, path: Path) -> list[Fault]:
    held = journal.header.framework
    if held == framework.id:
        return []
    what = f"this interview was held with the framework {held!r}, not {framework.id!r}"
    return [Fault(str(path), 1, what, f"score it with --framework and the folder of {held!r}")]


def _sheet(framework: Framework, journal: Journal, path: Path) -> Sheet:
    """A journal as a sheet of one row. Every item has a column: in an interview anything could have been put."""
    said: dict[str, Any] = {**journal.context, **journal.answers}
    row = {name: said.get(name) for name in [*framework.context, *framework.items]}
    return sheet_of([{RESPONDENT: journal.respondent, **row}], file=path.name)
