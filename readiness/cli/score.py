"""`readiness score`: responses in, a result out."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from readiness.cli.elsewhere import EngineName
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
    Words,
    known_language,
    tables,
)

if TYPE_CHECKING:
    from readiness.cli.elsewhere import Named
    from readiness.cli.scoring import Done
    from readiness.responses.files import Reading
    from readiness.scoring.respondents import Write

EXAMPLES = """Examples:

readiness score survey.csv

readiness score survey.csv --by unit --by unit,role

readiness score interviews/*.jsonl --format json

readiness score export.xlsx --mapping mapping.yaml --rejects rejects.csv

readiness score engagement/ --result results/wave-1.json

readiness score engagement/ --result results/wave-1.xlsx --lang fr

readiness score 'postgres://me@host/hr#survey.answers' --by unit

readiness score --engine spark s3a://lake/answers/ --by country --result results/q3.json"""


class Format(StrEnum):
    """How a result is printed."""

    table = "table"
    json = "json"


def score(
    sources: Words,
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
        str | None,
        typer.Option(
            "--out",
            metavar="FILE",
            help="Write each respondent's scores (confidential): .csv, .xlsx, .parquet, .jsonl; with --engine, "
            "where that engine writes.",
        ),
    ] = None,
    engine: Annotated[
        EngineName | None,
        typer.Option("--engine", help="Score the survey where it lies, by another engine than polars, ours."),
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
    from readiness.cli.elsewhere import judge_reading, named

    names = named(sources, engine)
    if not names.is_elsewhere:
        from readiness.responses.headstart import begin

        begin(names.paths)
    from readiness.cli.talk import give, tell

    for remark in names.remarks:
        tell(remark)
    _judge_outputs(names, mapping, result, out, rejects)
    from readiness.responses.files import Reading

    judge_reading(names, platform, sheet)
    reading = Reading(mapping, platform, sheet, weight)
    done = _scored(names, framework, tables(by), reading, balance, exclude_careless, analysis, out)
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
    if done.unread_count and strict:
        raise typer.Exit(1)


def _judge_outputs(
    names: Named, mapping: Path | None, result: Path | None, out: str | None, rejects: Path | None
) -> None:
    """Every file that is to be written has a name that says what it is, and is none of those that are read."""
    from readiness.cli.elsewhere import judge_file, judge_out, judge_rejects
    from readiness.cli.files import judge_apart, judge_output, judge_suffix
    from readiness.writers.kinds import RESULTS, TABLES, kind_of

    read = [*names.paths, *([mapping] if mapping else [])]
    if result is not None:
        kind_of(result, RESULTS, "--result", "a result")
        judge_output("--result", result, read)
        judge_file(names, "--result", result)
    if out is not None and names.is_elsewhere:
        judge_out(names, out)
    file = None if out is None else Path(out)
    if file is not None and not names.is_elsewhere:
        kind_of(file, TABLES, "--out", "respondents' scores")
        judge_output("--out", file, read)
    if rejects is not None:
        judge_rejects(names, rejects)
        judge_suffix("--rejects", rejects, ".csv")
        judge_output("--rejects", rejects, read)
    judge_apart({"--out": file, "--result": result, "--rejects": rejects})


def _scored(
    names: Named,
    framework: str | None,
    by: list[tuple[str, ...]] | None,
    reading: Reading,
    balance: str | None,
    exclude_careless: bool,
    analysis: bool,
    out: str | None,
) -> Done:
    from readiness.cli.elsewhere import elsewhere
    from readiness.cli.scoring import score_sources

    with elsewhere(names) as there:
        write = _writer(None if there else out)
        return score_sources(
            names.paths,
            framework,
            by,
            reading,
            write,
            balance,
            exclude_careless,
            analysis,
            there,
            out if there else None,
        )


def _writer(out: str | None) -> Write | None:
    """What writes every respondent's figures into a file, if one is named."""
    if out is None:
        return None
    from readiness.writers.respondents import write_respondents

    return lambda frames, schema: write_respondents(frames, schema, Path(out))


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command(epilog=EXAMPLES)(score)
