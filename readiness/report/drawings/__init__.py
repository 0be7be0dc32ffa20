"""Charts as files of their own: with their words inside, in the report's language."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from readiness.language.speech import Speech
from readiness.report.drawings import kinds
from readiness.report.drawings.lettering import width
from readiness.report.drawings.sheets import FIGURES, FROM, MARGIN, SMALL, TITLE_STEP, TRACK, WIDTH, Sheet
from readiness.report.outline import outline
from readiness.report.theme.style import recoloured
from readiness.report.view import Report

if TYPE_CHECKING:
    from jinja2 import Environment


@dataclass(frozen=True)
class Drawing:
    """One chart. `section` names the section of the outline that it belongs to.

    kind, of: what it shows, and of what: the id of a table, an indicator or a group.
    """

    name: str  # of its file, without suffix
    section: str
    title: str
    description: str
    svg: str
    width: int  # of its view box
    height: int
    kind: str = ""
    of: str = ""


@dataclass(frozen=True)
class Chart:
    """A chart before it is drawn, which may take several sheets."""

    section: str
    kind: str
    of: str
    title: str
    template: str
    sheets: tuple[Sheet, ...]


def drawings(speech: Speech, report: Report) -> tuple[Drawing, ...]:
    """The charts of a report in the order of its sections. One that is too tall for a sheet of paper makes several."""
    from markupsafe import Markup

    from readiness.report.templates import html_environment, words

    environment = html_environment(report.edition.templates)
    said = words(speech, Markup)
    taken: set[str] = set()
    return tuple(
        _drawn(environment, said, report, chart, sheet, _unique(_named(chart), taken))
        for chart in charts(speech, report)
        for sheet in chart.sheets
    )


def charts(speech: Speech, report: Report) -> Iterator[Chart]:
    """Every chart there is something to draw for, section by section."""
    places = {section.id: place for place, section in enumerate(outline(speech, report))}
    found = (chart for chart in _charts(speech, report) if chart.sheets and chart.section in places)
    yield from sorted(found, key=lambda chart: places[chart.section])


def _charts(speech: Speech, report: Report) -> Iterator[Chart]:
    if report.dimensions:
        title = speech.gettext("Readiness, dimension by dimension")
        yield Chart("dimensions", "profile", "", title, "rows", kinds.profile(speech, title, report.dimensions))
    if report.families:
        title = speech.gettext("Scenarios, family by family")
        found = kinds.bands(speech, title, report.families, report.levels)
        yield Chart("scenarios", "bands", "", title, "rows", found)
    yield from _of_groups(speech, report)
    if report.analysed.gaps and report.analysed.gaps.found:
        title = speech.gettext("Who sees it differently")
        yield Chart("gaps", "gaps", "", title, "rows", kinds.gaps(speech, title, report.analysed.gaps))
    for ladder in report.ladders:
        title = speech.gettext("Rung by rung: {title}").format(title=ladder.title)
        yield Chart("gaps", "ladder", ladder.indicator, title, "rows", kinds.ladder(speech, title, ladder))
    for way in report.ways.groups if report.ways else ():
        if way.course and way.course.begin:
            title = speech.gettext("The cheapest way out: {group}").format(group=way.name)
            yield Chart("way_out", "route", way.id, title, "rows", kinds.route(speech, title, way.course))
    if report.chapters:
        title = speech.gettext("Behind the dimensions: the indicators")
        yield Chart("indicators", "indicators", "", title, "rows", kinds.chapters(speech, title, report.chapters))
    for table in report.answers:
        if not table.numbers:
            title = speech.gettext("Answers: %(title)s") % {"title": table.title}
            found = kinds.answers(speech, title, table)
            yield Chart("answers", "answers", table.indicator, title, "rows", found)


def _of_groups(speech: Speech, report: Report) -> Iterator[Chart]:
    for table in report.tables:
        place = 0
        for heads in table.heads:
            for kind, draw, name in (
                ("heat", kinds.heat, speech.gettext("Readiness by %(key)s")),
                ("dots", kinds.dots, speech.gettext("Readiness by %(key)s, with bounds and intervals")),
            ):
                title = name % {"key": table.title}
                yield Chart("groups", kind, table.id, title, "grid", draw(speech, title, table, heads, place))
            place += len(heads)


def _named(chart: Chart) -> str:
    """A name that every file system and every link takes."""
    return "-".join(filter(None, (chart.kind, re.sub(r"[^A-Za-z0-9_]+", "-", chart.of).strip("-"))))


def _unique(name: str, taken: set[str]) -> str:
    found, number = name, 1
    while found.lower() in taken:
        number += 1
        found = f"{name}-{number}"
    taken.add(found.lower())
    return found


def _drawn(
    environment: Environment, said: dict[str, object], report: Report, chart: Chart, sheet: Sheet, name: str
) -> Drawing:
    title = " ".join(sheet.title.lines)
    description = " ".join(sheet.lead.lines)
    svg = environment.get_template(f"charts/{chart.template}.svg.j2").render(
        report=report,
        chart=chart,
        sheet=sheet,
        title=title,
        description=description,
        drawn=True,
        wide=WIDTH,
        lead_at=MARGIN + TITLE_STEP * len(sheet.title.lines) + 15,
        track=TRACK,
        at=FROM,
        names=MARGIN + kinds.NAMES,
        fits=lambda text: width(text, SMALL) <= FIGURES,
        **said,
    )
    svg = recoloured(_tidied(svg), report.edition.theme)
    return Drawing(name, chart.section, title, description, svg, WIDTH, sheet.height, chart.kind, chart.of)


def _tidied(svg: str) -> str:
    """Without the empty lines and the indents that templates leave."""
    return "\n".join(line for raw in svg.splitlines() if (line := raw.strip())) + "\n"


def of(found: Iterable[Drawing], kind: str, subject: str = "") -> tuple[Drawing, ...]:
    """The sheets of one chart."""
    return tuple(drawing for drawing in found if (drawing.kind, drawing.of) == (kind, subject))
