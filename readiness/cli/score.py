"""`readiness score`: responses in, a result out."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from readiness.cli.options import By, Framework, Language, Sources, Strict, known_language, tables

EXAMPLES = """Examples:

readiness score survey.csv

readiness score survey.csv --by unit --by unit,role

readiness score interviews/*.jsonl --format json

readiness score engagement/ --result results/wave-1.json"""


class Format(StrEnum):
    """How a result is printed."""

    table = "table"
    json = "json"


def score(
    sources: Sources,
    framework: Framework = None,
    by: By = None,
    format_: Annotated[Format, typer.Option("--format", help="What to print on stdout.")] = Format.table,
    result: Annotated[Path | None, typer.Option("--result", metavar="FILE.json", help="Write the result.")] = None,
    lang: Language = None,
    strict: Strict = False,
) -> None:
    """Score response files, interviews or an engagement, and say which scenarios are present."""
    from readiness.cli.files import write_text
    from readiness.cli.talk import give, progress, tell_of_reading
    from readiness.faults import Fault, UsageError
    from readiness.pipeline import gather, scored

    if result is not None and result.suffix != ".json":
        raise UsageError([Fault(f"--result {result}", None, "a result is written as .json", "name a .json file")])
    wanted = tables(by)
    with progress("reading"):
        gathered = gather(sources, framework)
    language = known_language(lang, gathered.framework.languages)
    unread = tell_of_reading(gathered)
    with progress("scoring"):
        done = scored(gathered, wanted)
    if result is not None:
        write_text(result, done.to_json())
    if format_ is Format.json:
        give(done.to_json())
    else:
        from readiness.cli.tables import print_result

        print_result(done, language)
    if unread and strict:
        raise typer.Exit(1)


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command(epilog=EXAMPLES)(score)
