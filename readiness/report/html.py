"""The report as one HTML file, complete without its script, with nothing fetched from anywhere."""

from __future__ import annotations

from readiness.language.speech import Speech, marking_foreign, speak
from readiness.report.behind import printed_items
from readiness.report.carried import Carried, as_printed, carried, numbered, with_numbers
from readiness.report.edition import PLAIN, Edition
from readiness.report.foreign import named, sayer
from readiness.report.outline import outline
from readiness.report.own_templates import naming_templates
from readiness.report.templates import html_environment, words
from readiness.report.tightening import tightened
from readiness.report.view import Report, view
from readiness.scoring.result import Result

PAGE = "html/report.html.j2"


def render_html(result: Result, language: str, edition: Edition = PLAIN) -> str:
    """A result as a complete HTML page in `language`.

    edition: the theme, the commentary and own templates, which stand before the shipped ones of the same name.

    Raises:
        EditionError: an own template has a fault.
    """
    speech = speak(language)
    with marking_foreign():
        report = view(result, language, edition)
        printed = as_printed(result, printed_items(report.behind))
        text = _rendered(report, speech, edition, carried(printed))
    return tightened(with_numbers(named(text, speech), numbered(printed)))


def _rendered(report: Report, speech: Speech, edition: Edition, inside: Carried) -> str:
    from markupsafe import Markup

    with naming_templates(edition.templates):
        page = html_environment(edition.templates).get_template(PAGE)
        given = {"report": report, "outline": outline(speech, report), "said": sayer(speech)}
        return page.render(**given, carried=inside, **words(speech, Markup))
