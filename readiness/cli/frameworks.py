"""`readiness frameworks`: what comes with the tool."""

from __future__ import annotations

from typing import Annotated

import typer

from readiness.cli.options import Language
from readiness.cli.score import Format

EXAMPLES = """Examples:

readiness frameworks

readiness frameworks --format json"""


def frameworks(
    format_: Annotated[Format, typer.Option("--format", help="What to print on stdout.")] = Format.table,
    lang: Language = None,
) -> None:
    """List the frameworks that come with readiness."""
    from readiness.framework import catalogue
    from readiness.framework.loading import load

    found = [load(folder) for folder in catalogue.shipped().values()]
    rows = [
        {
            "id": framework.id,
            "version": framework.version,
            "languages": list(framework.languages),
            "title": framework.title.in_(lang or framework.languages[0]),
            "items": len(framework.items),
            "scenarios": len(framework.scenarios),
        }
        for framework in found
    ]
    if format_ is Format.json:
        import json

        typer.echo(json.dumps(rows, ensure_ascii=False, indent=2))
        return
    for row in rows:
        typer.echo(
            f"{row['id']} {row['version']}  {row['title']}  ({', '.join(row['languages'])}; "  # type: ignore[arg-type]
            f"{row['items']} items, {row['scenarios']} scenarios)"
        )


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command(epilog=EXAMPLES)(frameworks)
