"""Interviews: journals become rows of the same table that surveys become, one row a journal.

What the interviewer rated from evidence becomes rows of another table (`ratings`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from readiness.faults import Fault, ResponseError
from readiness.responses.coding import RESPONDENT
from readiness.responses.journal import Journal, Value, read_journal
from readiness.responses.ratings import BESIDE, REPLACES, Ratings, Use, answers_with, ratings_of
from readiness.responses.table import Responses, Sheet, assemble, sheet_of

if TYPE_CHECKING:
    from readiness.framework.models import Framework


@dataclass(frozen=True)
class Interviews:
    """What interviewees said, and what the interviewer rated from evidence; None where nothing was rated."""

    said: Responses
    seen: Ratings | None


def read_interviews(framework: Framework, paths: Sequence[Path], use: Use = BESIDE) -> Interviews:
    """Journals as responses of two modes; what was damaged in them stands in the remarks of what was said.

    use: what ratings do to what was said.

    Raises:
        ResponseError: files that are no journals, or were held with another framework; all of them are listed.
    """
    journals: list[tuple[Path, Journal]] = []
    faults: list[Fault] = []
    for path in paths:
        try:
            journal = read_journal(path)
        except ResponseError as error:
            faults.extend(error.faults)
            continue
        faults.extend(_foreign(framework, journal, path))
        journals.append((path, journal))
    if faults:
        raise ResponseError(faults)
    said = _said(framework, journals, use)
    rated = [(journal, _rated(framework, journal, path)) for path, journal in journals]
    return Interviews(said, ratings_of(framework, rated, use, said.set_aside))


def _foreign(framework: Framework, journal: Journal, path: Path) -> list[Fault]:
    held = journal.header.framework
    if held == framework.id:
        return []
    what = f"this interview was held with the framework {held!r}, not {framework.id!r}"
    return [Fault(str(path), 1, what, f"score it with --framework and the folder of {held!r}")]


def _said(framework: Framework, journals: Sequence[tuple[Path, Journal]], use: Use) -> Responses:
    sheets: list[Sheet] = []
    remarks: list[str] = []
    stood_in = 0
    for path, journal in journals:
        answers = answers_with(framework, journal, use)
        stood_in += sum(answers[item] != journal.answers.get(item) for item in answers)
        sheets.append(_sheet(framework, journal, answers, path.name))
        remarks.extend(str(problem) for problem in journal.problems)
        remarks.extend(f"{path}: {remark}" for remark in journal.left_out(framework))
    if stood_in:
        whose = "of what interviewees said" if use == REPLACES else "where interviewees gave no answer"
        remarks.append(f"evidence: {use}: {stood_in} rating(s) from evidence stand in the place {whose}")
    return assemble(framework, sheets, tuple(remarks))


def _rated(framework: Framework, journal: Journal, path: Path) -> Sheet:
    """The ratings of a journal, called so where one of them cannot be read: the interviewee may have answered well."""
    return _sheet(framework, journal, journal.ratings, f"{path.name} (ratings)")


def _sheet(framework: Framework, journal: Journal, answers: Mapping[str, Value], file: str) -> Sheet:
    """A journal as a sheet of one row. Every item has a column: in an interview anything could have been put."""
    told = {**journal.context, **journal.answers}
    context = {key: told.get(key) for key in framework.context}
    items = {item: answers.get(item) for item in framework.items}
    return sheet_of([{RESPONDENT: journal.respondent, **context, **items}], file=file)
