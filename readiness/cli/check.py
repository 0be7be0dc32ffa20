"""`readiness check`: everything wrong with a framework's files, at once."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

EXAMPLES = """Examples:

readiness check questionnaires/enterprise-2.0

readiness check my-framework/"""


def check(
    folder: Annotated[Path, typer.Argument(metavar="FOLDER", show_default=False, help="A framework's folder.")],
) -> None:
    """Check a framework: every fault with its line and how to mend it, what is not translated, what it holds."""
    from readiness.cli.talk import tell
    from readiness.faults import FrameworkError
    from readiness.framework import catalogue
    from readiness.framework.loading import check as check_folder

    checked = check_folder(catalogue.find(str(folder)))
    for warning in checked.warnings:
        tell(f"warning: {warning}")
    if checked.framework is None:
        raise FrameworkError(checked.faults)
    loaded = checked.framework
    typer.echo(
        f"{loaded.id} {loaded.version}: {len(loaded.all_dimensions)} dimensions, {len(loaded.indicators)} indicators, "
        f"{len(loaded.items)} items, {len(loaded.scenarios)} scenarios, in {', '.join(loaded.languages)}"
    )


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command(epilog=EXAMPLES)(check)
