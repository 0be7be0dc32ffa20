"""`readiness report`: a result, or whatever can be scored, becomes a page."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from readiness.cli.options import (
    Balance,
    By,
    ExcludeCareless,
    Framework,
    Language,
    Mapping,
    Platform,
    Sheet,
    Strict,
    Weight,
    known_language,
)
from readiness.faults import Fault, UsageError

EXAMPLES = """Examples:

readiness report engagement/ --out reports/report.html

readiness report survey.csv --by unit --out report.md --lang fr

readiness report results/wave-1.json --out wave-1.html

readiness report survey.csv --each unit --out units/

readiness report engagement/ --out reports/report.docx --document letter.docx"""


def report(
    sources: Annotated[
        list[Path],
        typer.Argument(metavar="SOURCE…", show_default=False, help="A result, response files or an engagement."),
    ],
    out: Annotated[
        Path | None,
        typer.Option(
            "--out",
            metavar="FILE",
            help="FILE.html, FILE.md, FILE.docx or FILE.pdf; with --each a folder.",
            show_default=False,
        ),
    ] = None,
    framework: Framework = None,
    by: By = None,
    lang: Language = None,
    mapping: Mapping = None,
    platform: Platform = None,
    sheet: Sheet = None,
    weight: Weight = None,
    balance: Balance = None,
    exclude_careless: ExcludeCareless = False,
    strict: Strict = False,
    each: Annotated[
        str | None,
        typer.Option(
            "--each",
            metavar="KEY",
            help="A short report for each group of this key, such as unit, beside the rest; and an index.",
            show_default=False,
        ),
    ] = None,
    anew: Annotated[bool, typer.Option("--anew", help="With --each: also write what is there already.")] = False,
    document: Annotated[
        Path | None,
        typer.Option(
            "--document",
            metavar="FILE.docx",
            help="The firm’s own document, for FILE.docx: its styles, page, head and foot.",
            show_default=False,
        ),
    ] = None,
    charts: Annotated[
        str | None,
        typer.Option(
            "--charts",
            metavar="files|text|none",
            help="For FILE.md: charts as SVG files beside it, as bars of text (unless said), or none.",
            show_default=False,
        ),
    ] = None,
    templates: Annotated[
        Path | None,
        typer.Option(
            "--templates", metavar="FOLDER", help="Own templates. They are run as they are.", show_default=False
        ),
    ] = None,
    drafting: Annotated[
        bool,
        typer.Option("--draft-commentary", help="Write a first commentary.yaml into the engagement, and no report."),
    ] = False,
) -> None:
    """Write a report as one HTML file, as Markdown, as a Word document or as a PDF."""
    from readiness.cli.commenting import draft_commentary, place_of_draft, tell_of_untranslated
    from readiness.cli.editing import edition_of
    from readiness.cli.files import judge_output
    from readiness.cli.publishing import Manner, judge_charts, judge_document, publish, publisher_for
    from readiness.cli.reporting import refusing_edited, result_of
    from readiness.cli.talk import tell
    from readiness.responses.files import Reading

    reading = Reading(mapping, platform, sheet, weight)
    if drafting:
        place_of_draft(sources, {"--out": out, "--each": each})
        result, _unread = result_of(sources, framework, by, reading, balance, exclude_careless)
        tell(f"wrote {draft_commentary(sources, result)}")
        return
    if out is None:
        raise UsageError([Fault("report", None, "Missing option '--out'", "say where to write it: --out report.html")])
    shown = judge_charts(charts, out)
    if each is not None:
        from readiness.cli.each import Asked, judge_folder, report_each

        judge_folder(each, out, [*sources, *([mapping] if mapping else [])], document)
        asked = Asked(sources, each, out, framework, by, reading, balance, exclude_careless, lang, templates, anew)
        unread = report_each(asked)
        if unread and strict:
            raise typer.Exit(1)
        return
    if anew:
        raise UsageError([Fault("--anew", None, "one file is always written anew", "leave it out, or add --each KEY")])
    publisher_for(out)
    judge_document(document, out)
    manner = Manner(charts=shown, document=document)
    judge_output("--out", out, [*sources, *(path for path in (mapping, document) if path)])
    result, unread = result_of(sources, framework, by, reading, balance, exclude_careless)
    with refusing_edited(sources):
        language = known_language(lang, result.framework.texts["languages"])
        edition = edition_of(sources, result, templates)
        publish(result, language, edition, out, manner)
        tell_of_untranslated(result, language, edition)
    tell(f"wrote {out}")
    if unread and strict:
        raise typer.Exit(1)


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command(epilog=EXAMPLES)(report)
