"""The report as one HTML file, complete without its script, with nothing fetched from anywhere."""

from __future__ import annotations

from readiness.language.speech import speak
from readiness.report.carried import carried, numbered, with_numbers
from readiness.report.edition import PLAIN, Edition
from readiness.report.outline import outline
from readiness.report.own_templates import naming_templates
from readiness.report.templates import html_environment, words
from readiness.report.view import view
from readiness.report.words import Said
from readiness.scoring.result import Result

PAGE = "html/report.html.j2"


def render_html(result: Result, language: str, edition: Edition = PLAIN) -> str:
    """A result as a complete HTML page in `language`.

    edition: the theme, the commentary and own templates, which stand before the shipped ones of the same name.

    Raises:
        EditionError: an own template has a fault.
    """
    from markupsafe import Markup, escape

    speech = speak(language)
    report = view(result, language, edition)

    def said(text: str) -> Markup:
        """A text of the framework, with its language where it is not the page's."""
        if isinstance(text, Said) and text.lang and text.lang != report.language:
            return Markup('<span lang="{}">{}</span>').format(text.lang, text)
        return escape(text)

    spoken = words(speech, Markup)
    with naming_templates(edition.templates):
        page = html_environment(edition.templates).get_template(PAGE)
        text = page.render(report=report, outline=outline(speech, report), said=said, carried=carried(result), **spoken)
    return with_numbers(text, numbered(result))
