"""`readiness frameworks`: what comes with the tool."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from readiness.cli.options import Language, known_language
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
    language = known_language(lang, [tag for framework in found for tag in framework.languages])
    rows: list[dict[str, Any]] = [
        {
            "id": framework.id,
            "version": framework.version,
            "languages": list(framework.languages),
            "title": framework.title.in_(language if lang else framework.languages[0]),
            "items": len(framework.items),
            "scenarios": len(framework.scenarios),
        }
        for framework in found
    ]
    if format_ is Format.json:
        import json

        from readiness.cli.talk import give

        give(json.dumps(rows, ensure_ascii=False, indent=2) + "\n")
        return
    for row in rows:
        counts = f"{row['items']} items, {row['scenarios']} scenarios"
        typer.echo(f"{row['id']} {row['version']}  {row['title']}  ({', '.join(row['languages'])}; {counts})")


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command(epilog=EXAMPLES)(frameworks)
