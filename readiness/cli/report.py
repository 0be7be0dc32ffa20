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

EXAMPLES = """Examples:

readiness report engagement/ --out reports/report.html

readiness report survey.csv --by unit --out report.md --lang fr

readiness report results/wave-1.json --out wave-1.html

readiness report engagement/ --out reports/report.docx --document letter.docx"""


def report(
    sources: Annotated[
        list[Path],
        typer.Argument(metavar="SOURCE…", show_default=False, help="A result, or whatever `score` takes."),
    ],
    out: Annotated[
        Path,
        typer.Option("--out", metavar="FILE", help="FILE.html, FILE.md, FILE.docx or FILE.pdf.", show_default=False),
    ],
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
    document: Annotated[
        Path | None,
        typer.Option(
            "--document",
            metavar="FILE.docx",
            help="The firm’s own document, for FILE.docx: its styles, page, head and foot.",
            show_default=False,
        ),
    ] = None,
    templates: Annotated[
        Path | None,
        typer.Option(
            "--templates", metavar="FOLDER", help="Own templates. They are run as they are.", show_default=False
        ),
    ] = None,
) -> None:
    """Write a report as one HTML file, as Markdown, as a Word document or as a PDF."""
    from readiness.cli.editing import edition_of
    from readiness.cli.files import judge_output
    from readiness.cli.publishing import Manner, judge_document, publish, publisher_for
    from readiness.cli.reporting import refusing_edited, result_of
    from readiness.cli.talk import tell
    from readiness.responses.files import Reading

    publisher_for(out)
    judge_document(document, out)
    judge_output("--out", out, [*sources, *(path for path in (mapping, document) if path)])
    reading = Reading(mapping, platform, sheet, weight)
    result, unread = result_of(sources, framework, by, reading, balance, exclude_careless)
    with refusing_edited(sources):
        language = known_language(lang, result.framework.texts["languages"])
        publish(result, language, edition_of(sources, result, templates), out, Manner(document=document))
    tell(f"wrote {out}")
    if unread and strict:
        raise typer.Exit(1)


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command(epilog=EXAMPLES)(report)
