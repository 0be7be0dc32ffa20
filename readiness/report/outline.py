"""What a report consists of: its sections in their order, those left out that have nothing to say."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from readiness.language.speech import Speech

if TYPE_CHECKING:
    from readiness.report.view import Report


@dataclass(frozen=True)
class Section:
    """A section; `id` names its template and its anchor."""

    id: str
    number: str
    title: str


def outline(speech: Speech, report: Report) -> tuple[Section, ...]:
    """The sections of a report."""
    titles = {
        # What was found …
        "brief": speech.gettext("In brief"),
        "dimensions": speech.gettext("Readiness, dimension by dimension"),
        "scenarios": speech.gettext("Scenarios, family by family"),
        "gaps": speech.gettext("Who sees it differently"),
        "groups": speech.gettext("Groups side by side"),
        "way_out": speech.gettext("The way out"),
        "actions": speech.gettext("Action plan"),
        "interviews": speech.gettext("What the interviews say"),
        "evidence": speech.gettext("What was said, and what was seen"),
        "indicators": speech.gettext("Behind the dimensions: the indicators"),
        # … and what it rests on.
        "asked": speech.gettext("Who was asked what"),
        "responding": speech.gettext("Who answered, and who could not say"),
        "resting": speech.gettext("Whose answers the figures rest on"),
        "method": speech.gettext("How the figures come about"),
        "hidden": speech.gettext("What is not shown, and why"),
        "quality": speech.gettext("Data quality"),
        "methods": speech.gettext("Methods and references"),
        "sources": speech.gettext("Sources"),
        "answers": speech.gettext("Every answer"),
    }
    found = report.analysed
    there = {
        "responding": found.answered is not None,
        "dimensions": bool(report.dimensions),
        "scenarios": bool(report.families),
        "groups": any(table.heads for table in report.tables),
        "gaps": found.gaps is not None or bool(report.ladders),
        "way_out": report.ways is not None,
        "actions": bool(report.commentary.actions),
        "resting": found.rests is not None,
        "interviews": bool(report.interviews),
        "evidence": report.evidence is not None,
        "indicators": bool(report.chapters),
        "quality": found.quality is not None,
        "answers": bool(report.answers),
        "methods": bool(found.methods),
        "sources": bool(report.sources),
    }
    kept = [id_ for id_ in titles if there.get(id_, True)]
    return tuple(Section(id_, str(number), titles[id_]) for number, id_ in enumerate(kept, start=1))
