"""The report as one Markdown file in GitHub's dialect, charts as bars of text."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from urllib.parse import quote

from readiness.language.speech import Speech, speak
from readiness.report.drawings import Drawing, drawings, of
from readiness.report.edition import PLAIN, Edition
from readiness.report.escaping import Markdown, escape_markdown
from readiness.report.evidence import Compared
from readiness.report.figures import Interval
from readiness.report.outline import outline
from readiness.report.own_templates import naming_templates
from readiness.report.templates import markdown_environment, words
from readiness.report.view import Report, view
from readiness.scoring.result import Bounds, Result

PAGE = "markdown/report.md.j2"
WIDTH = 20  # characters of a bar

Drawn = Mapping[str, object]


def render_markdown(result: Result, language: str, edition: Edition = PLAIN, *, bars: bool = True) -> str:
    """A result as Markdown in `language`.

    edition: the theme, the commentary and own templates, which stand before the shipped ones of the same name.
    bars: whether figures are drawn as bars of text.

    Raises:
        EditionError: an own template has a fault.
    """
    speech = speak(language)
    return written(speech, view(result, language, edition), BARS if bars else NO_BARS)


def render_with_charts(
    result: Result, language: str, folder: str, edition: Edition = PLAIN
) -> tuple[str, dict[str, str]]:
    """A result as Markdown that shows its charts from files, and these by name. folder: where they lie, seen from it.

    Raises:
        EditionError: an own template has a fault.
    """
    speech = speak(language)
    report = view(result, language, edition)
    with naming_templates(edition.templates):
        found = drawings(speech, report)
    text = written(speech, report, {**NO_BARS, "chart": showing(found, folder)})
    return text, {f"{drawing.name}.svg": drawing.svg for drawing in found}


def showing(found: Iterable[Drawing], folder: str) -> Callable[..., Markdown]:
    """What a template calls to show a chart, by its kind and what it is of; a paragraph for each sheet of it."""
    sheets = tuple(found)

    def chart(kind: str, subject: str = "") -> Markdown:
        images = (
            Markdown(f"![{escape_markdown(sheet.title)}]({quote(f'{folder}/{sheet.name}.svg')})")
            for sheet in of(sheets, kind, subject)
        )
        return Markdown("\n\n".join(images))

    return chart


def written(speech: Speech, report: Report, drawn: Drawn) -> str:
    """A view as Markdown. drawn: what templates call to draw a line, by the names they use.

    Raises:
        EditionError: an own template has a fault.
    """
    templates = report.edition.templates
    with naming_templates(templates):
        page = markdown_environment(templates).get_template(PAGE)
        text = page.render(report=report, outline=outline(speech, report), **drawn, **words(speech, Markdown))
    return tidied(text)


def tidied(text: str) -> str:
    """Headings between empty lines, never two of these in a row, no blanks at a line's end, one newline at the end."""
    text = re.sub(r"[ \t]+$", "", text, flags=re.MULTILINE)
    text = re.sub(r"^(#{1,6} .*)$", r"\n\1\n", text, flags=re.MULTILINE)
    return re.sub(r"\n{3,}", "\n\n", text).strip() + "\n"


def bar(spot: float | None, reach: Bounds | None, interval: Interval | None = None) -> Markdown:
    """A figure between its bounds on a line of text: `····──━●━──·····`, in a code span so that it keeps its width.

    Heavy is how far sampling could have moved it.
    """
    if reach is None:
        return Markdown("")
    cells = ["·"] * WIDTH
    for stretch, mark in ((reach, "─"), (interval.reach if interval else None, "━")):
        if stretch is not None:
            first, last = (_cell(end) for end in stretch)
            cells[first : last + 1] = mark * (last + 1 - first)
    if spot is not None:
        cells[_cell(spot)] = "●"
    return Markdown(f"`{''.join(cells)}`")


def _cell(share: float) -> int:
    return min(WIDTH - 1, int(share * WIDTH))


def marks(both: Compared) -> Markdown:
    """What was said, what was seen and a survey's score on one line of text: `····●─────◆····┃····`; ◈ is both."""
    spots = [both.said.spot, both.seen.reading.spot, both.survey.spot if both.survey else None]
    said, seen, survey = (None if spot is None else _cell(spot) for spot in spots)
    cells = ["·"] * WIDTH
    if survey is not None:
        cells[survey] = "┃"
    if said is not None and seen is not None:
        cells[min(said, seen) : max(said, seen)] = "─" * abs(said - seen)
    for place, mark in ((said, "●"), (seen, "◈" if said == seen else "◆")):
        if place is not None:
            cells[place] = mark
    return Markdown(f"`{''.join(cells)}`")


def moved_bar(spots: Bounds) -> Markdown:
    """From where a score stands to where it is far enough, on a line of text: `····●─────◆·········`."""
    start, target = (_cell(spot) for spot in spots)
    cells = ["·"] * WIDTH
    cells[min(start, target) : max(start, target)] = "─" * abs(target - start)
    cells[start] = "●"
    cells[target] = "◈" if target == start else "◆"
    return Markdown(f"`{''.join(cells)}`")


def _nothing(*_: object) -> Markdown:
    return Markdown("")


# What templates call: `bars` says whether lines are drawn at all, so that tables have a column for them.
BARS: Drawn = {"bars": True, "bar": bar, "marks": marks, "moved_bar": moved_bar, "chart": _nothing}
NO_BARS: Drawn = {"bars": False, **dict.fromkeys(("bar", "marks", "moved_bar", "chart"), _nothing)}
