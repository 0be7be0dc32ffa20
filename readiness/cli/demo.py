"""`readiness demo`: the whole job, done on an invented company."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

EXAMPLES = """Examples:

readiness demo

readiness demo /tmp/somewhere-else"""
RESULT = "results/result.json"
REPORTS = ("reports/report.en.html", "reports/report.fr.html", "reports/report.en.md", "reports/report.fr.md")


def demo(
    folder: Annotated[Path, typer.Argument(metavar="FOLDER", help="Where to write the engagement.")] = Path("demo"),
) -> None:
    """Write an invented engagement, score it and report on it in English and French."""
    from readiness.cli.editing import edition_of
    from readiness.cli.publishing import Manner, publisher_for
    from readiness.cli.reporting import result_of
    from readiness.cli.talk import tell
    from readiness.demo import Record, write_demo

    tell("writing an invented engagement, scoring it and reporting on it")
    write_demo(folder, later=(RESULT, *REPORTS))
    record = Record(folder)
    result, _unread = result_of([folder], None, None)
    record.write({RESULT: result.to_json().encode()})
    edition = edition_of([folder], result)
    for name in REPORTS:
        path = folder / name
        record.write({name: publisher_for(path)(result, path.name.split(".")[1], edition, Manner(), path).page})
    for name in (RESULT, *REPORTS):
        typer.echo(folder / name)


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command(epilog=EXAMPLES)(demo)
