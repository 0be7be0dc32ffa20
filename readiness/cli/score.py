"""`readiness score`: responses in, a result out."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

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
    Sources,
    Strict,
    Weight,
    known_language,
    tables,
)

if TYPE_CHECKING:
    from readiness.scoring.respondents import Write

EXAMPLES = """Examples:

readiness score survey.csv

readiness score survey.csv --by unit --by unit,role

readiness score interviews/*.jsonl --format json

readiness score export.xlsx --mapping mapping.yaml --rejects rejects.csv

readiness score engagement/ --result results/wave-1.json

readiness score engagement/ --result results/wave-1.xlsx --lang fr"""


class Format(StrEnum):
    """How a result is printed."""

    table = "table"
    json = "json"


def score(
    sources: Sources,
    framework: Framework = None,
    by: By = None,
    format_: Annotated[Format, typer.Option("--format", help="What to print on stdout.")] = Format.table,
    result: Annotated[
        Path | None,
        typer.Option(
            "--result", metavar="FILE", help="Write the result: .json, or its tables as .csv, .xlsx, .parquet, .jsonl."
        ),
    ] = None,
    out: Annotated[
        Path | None,
        typer.Option(
            "--out",
            metavar="FILE",
            help="Write each respondent's scores (confidential): .csv, .xlsx, .parquet, .jsonl.",
        ),
    ] = None,
    lang: Language = None,
    mapping: Mapping = None,
    platform: Platform = None,
    sheet: Sheet = None,
    weight: Weight = None,
    balance: Balance = None,
    exclude_careless: ExcludeCareless = False,
    rejects: Annotated[
        Path | None, typer.Option("--rejects", metavar="FILE.csv", help="Write every cell that cannot be read.")
    ] = None,
    analysis: Annotated[
        bool, typer.Option("--analysis/--no-analysis", help="With intervals, reliability, gaps and ways out.")
    ] = True,
    strict: Strict = False,
) -> None:
    """Score response files, interviews or an engagement, and say which scenarios are present."""
    from readiness.responses.headstart import begin

    begin(sources)
    from readiness.cli.files import judge_apart, judge_output, judge_suffix
    from readiness.cli.scoring import score_sources
    from readiness.cli.talk import give, tell
    from readiness.responses.files import Reading
    from readiness.writers.kinds import RESULTS, TABLES, kind_of

    read = [*sources, *([mapping] if mapping else [])]
    if result is not None:
        kind_of(result, RESULTS, "--result", "a result")
        judge_output("--result", result, read)
    if out is not None:
        kind_of(out, TABLES, "--out", "respondents' scores")
        judge_output("--out", out, read)
    if rejects is not None:
        judge_suffix("--rejects", rejects, ".csv")
        judge_output("--rejects", rejects, read)
    judge_apart({"--out": out, "--result": result, "--rejects": rejects})
    reading = Reading(mapping, platform, sheet, weight)
    done = score_sources(sources, framework, tables(by), reading, _writer(out), balance, exclude_careless, analysis)
    language = known_language(lang, done.framework.languages)
    if rejects is not None:
        from readiness.writers.rejects import write_rejects

        write_rejects(rejects, done.unread)
        tell(f"wrote {rejects}")
    if result is not None:
        from readiness.writers.grouped import write_result

        write_result(done.result, result, language)
        tell(f"wrote {result}")
    if out is not None:
        tell(f"wrote {out}: every respondent's own scores, which are confidential")
    if format_ is Format.json:
        give(done.result.to_json())
    else:
        from readiness.cli.tables import print_result

        print_result(done.result, language)
    if done.unread and strict:
        raise typer.Exit(1)


def _writer(out: Path | None) -> Write | None:
    """What writes every respondent's figures into a file, if one is named."""
    if out is None:
        return None
    from readiness.writers.respondents import write_respondents

    return lambda frames, schema: write_respondents(frames, schema, out)


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command(epilog=EXAMPLES)(score)
