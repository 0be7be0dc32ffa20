"""The report as one HTML file: no script, nothing fetched from anywhere."""

from __future__ import annotations

from pathlib import Path

from readiness.language.speech import speak
from readiness.report.outline import outline
from readiness.report.templates import html_environment, words
from readiness.report.view import view
from readiness.report.words import Said
from readiness.scoring.result import Result

PAGE = "html/report.html.j2"


def render_html(result: Result, language: str, templates: Path | None = None) -> str:
    """A result as a complete HTML page in `language`.

    templates: a folder of own templates, which stand before the shipped ones of the same name.

    Raises:
        jinja2.TemplateError: an own template has a fault.
    """
    from markupsafe import Markup, escape

    speech = speak(language)
    report = view(result, language)

    def said(text: str) -> Markup:
        """A text of the framework, with its language where it is not the page's."""
        if isinstance(text, Said) and text.lang and text.lang != report.language:
            return Markup('<span lang="{}">{}</span>').format(text.lang, text)
        return escape(text)

    page = html_environment(templates).get_template(PAGE)
    return page.render(report=report, outline=outline(speech, report), said=said, **words(speech, Markup))
