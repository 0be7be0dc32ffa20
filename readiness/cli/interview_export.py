"""`readiness interview export`: interviews as one table of answers."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from readiness.cli.options import Framework
from readiness.faults import Fault, UsageError

if TYPE_CHECKING:
    from readiness.interview.sources import Source

NAME = "export"
EXAMPLES = """Examples:

readiness interview export engagement/ > interviews.csv

readiness interview export engagement/ --out interviews.xlsx

readiness interview export interviews/*.jsonl --ratings --out ratings.csv"""


def export(
    sources: Annotated[
        list[Path],
        typer.Argument(metavar="SOURCE…", show_default=False, help="Engagements, folders of journals, or journals."),
    ],
    framework: Framework = None,
    out: Annotated[
        Path | None,
        typer.Option("--out", metavar="FILE", help="Write .csv, .xlsx, .parquet or .jsonl, instead of CSV on stdout."),
    ] = None,
    ratings: Annotated[bool, typer.Option("--ratings", help="Ratings from evidence, in place of the answers.")] = False,
) -> None:
    """Write interviews as a table, a row each, that `score` and other programs read. It is confidential."""
    from readiness.cli.files import judge_output
    from readiness.cli.talk import give, tell
    from readiness.faults import ResponseError
    from readiness.framework import catalogue
    from readiness.framework.loading import load
    from readiness.interview.exporting import CONFIDENTIAL, as_csv, table_of, write
    from readiness.interview.sources import foreign, framework_named, nothing_in, opened, source_of, with_context
    from readiness.writers.kinds import TABLES, kind_of

    found = [source_of(source) for source in sources]
    if out is not None:
        kind_of(out, TABLES, "--out", "a table of interviews")
        judge_output("--out", out, [*sources, *(path for source in found for path in source.paths)])
        judge_beside(out, found)
    held = opened(path for source in found for path in source.paths)
    loaded = load(catalogue.find(framework_named(found, (journal for _, journal in held.journals), framework)))
    faults = [*held.damaged, *foreign(loaded.id, held, "name its folder with --framework, or leave it out")]
    if not held.journals and not faults:
        faults = [nothing_in(found)]
    if faults:
        raise ResponseError(faults)
    for path, journal in held.journals:
        for remark in (*map(str, journal.problems), *(f"{path}: {said}" for said in journal.left_out(loaded))):
            tell(remark)
    table = table_of(loaded, with_context(found, held), ratings=ratings)
    if out is None:
        give(as_csv(table))
        tell(CONFIDENTIAL)
    else:
        write(table, out, "--out")
        tell(f"wrote {out}, {CONFIDENTIAL}")


def judge_beside(out: Path, sources: Sequence[Source]) -> None:
    """A table may not be written where it would be taken for a journal the next time.

    Raises:
        UsageError: it would be.
    """
    folders = {path.parent.resolve() for source in sources for path in source.paths}
    if out.suffix.lower() == ".jsonl" and out.parent.resolve() in folders:
        what = f"whatever lies in {out.parent} and ends in .jsonl is read as a journal"
        raise UsageError([Fault(f"--out {out}", None, what, "name another folder")])


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command(NAME, epilog=EXAMPLES)(export)
