"""`readiness diagnose`: whether the instrument is holding, and who answered it how."""

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
from readiness.cli.score import Format

EXAMPLES = """Examples:

readiness diagnose survey.csv

readiness diagnose engagement/ --lang fr

readiness diagnose survey.csv --exclude-careless

readiness diagnose results/wave-1.json --format json"""


def diagnose(
    sources: Annotated[
        list[Path],
        typer.Argument(metavar="SOURCE…", show_default=False, help="A result, response files or an engagement."),
    ],
    framework: Framework = None,
    by: By = None,
    format_: Annotated[Format, typer.Option("--format", help="What to print on stdout.")] = Format.table,
    lang: Language = None,
    mapping: Mapping = None,
    platform: Platform = None,
    sheet: Sheet = None,
    weight: Weight = None,
    balance: Balance = None,
    exclude_careless: ExcludeCareless = False,
    strict: Strict = False,
) -> None:
    """Say whether the items hold together, who answered, and how carefully."""
    from readiness.cli.diagnosing import as_json, print_diagnosis
    from readiness.cli.reporting import refusing_edited, result_of
    from readiness.cli.talk import give
    from readiness.responses.files import Reading

    reading = Reading(mapping, platform, sheet, weight)
    result, unread = result_of(sources, framework, by, reading, balance, exclude_careless)
    with refusing_edited(sources):
        language = known_language(lang, result.framework.texts["languages"])
        if format_ is Format.json:
            give(as_json(result))
        else:
            print_diagnosis(result, language)
    if unread and strict:
        raise typer.Exit(1)


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command(epilog=EXAMPLES)(diagnose)
