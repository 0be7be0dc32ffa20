"""`readiness demo`: the whole job, done on an invented company."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

EXAMPLES = """Examples:

readiness demo

readiness demo /tmp/somewhere-else"""
REPORTS = ("report.en.html", "report.fr.html", "report.en.md", "report.fr.md")


def demo(
    folder: Annotated[Path, typer.Argument(metavar="FOLDER", help="Where to write the engagement.")] = Path("demo"),
) -> None:
    """Write an invented engagement, score it and report on it in English and French."""
    from readiness.cli.editing import edition_of
    from readiness.cli.files import write_text
    from readiness.cli.publishing import publish
    from readiness.cli.reporting import result_of
    from readiness.cli.talk import tell
    from readiness.demo.writing import write_demo

    tell("writing an invented engagement, scoring it and reporting on it")
    write_demo(folder)
    result, _unread = result_of([folder], None, None)
    written = [folder / "results" / "result.json"]
    write_text(written[0], result.to_json())
    edition = edition_of([folder], result)
    for name in REPORTS:
        path = folder / "reports" / name
        publish(result, name.split(".")[1], edition, path)
        written.append(path)
    for path in written:
        typer.echo(path)


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command(epilog=EXAMPLES)(demo)
