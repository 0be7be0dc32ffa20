"""Charts as files of their own: with their words inside, in the report's language."""

from __future__ import annotations

from dataclasses import dataclass

from readiness.language.speech import Speech
from readiness.report.view import Report


@dataclass(frozen=True)
class Drawing:
    """One chart. `section` names the section of the outline that it belongs to."""

    name: str  # of its file, without suffix
    section: str
    title: str
    description: str
    svg: str
    width: int  # of its view box
    height: int


def drawings(speech: Speech, report: Report) -> tuple[Drawing, ...]:  # noqa: ARG001
    """The charts of a report in the order of its sections."""
    return ()
