"""`readiness check`: everything wrong with a framework's files, at once; and how much it asks of whom."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from readiness.framework.models import Framework

EXAMPLES = """Examples:

readiness check questionnaires/enterprise-2.0

readiness check my-framework/"""


def check(
    folder: Annotated[
        Path, typer.Argument(metavar="FOLDER", show_default=False, help="A framework's folder, or a shipped id.")
    ],
) -> None:
    """Check a framework: every fault with its line and how to mend it, what is not translated, what it asks of whom."""
    from readiness.cli.talk import tell
    from readiness.faults import FrameworkError
    from readiness.framework import catalogue
    from readiness.framework.loading import check as check_folder

    found = catalogue.find(str(folder))
    checked = check_folder(found)
    for warning in checked.warnings:
        tell(f"warning: {warning}")
    if checked.framework and (mistakable := catalogue.mistakable(checked.framework.id, found)):
        tell(f"warning: {mistakable}")
    for hint in checked.hints:
        tell(f"hint: {hint}")
    if checked.framework is None:
        raise FrameworkError(checked.faults)
    loaded = checked.framework
    typer.echo(
        f"{loaded.id} {loaded.version}: {len(loaded.all_dimensions)} dimensions, {len(loaded.indicators)} indicators, "
        f"{len(loaded.items)} items, {len(loaded.scenarios)} scenarios, in {', '.join(loaded.languages)}"
    )
    _print_burdens(loaded)


def _print_burdens(framework: Framework) -> None:
    """What each role is asked: in a survey (core items and context), and in an interview in full."""
    from rich import box
    from rich.console import Console
    from rich.table import Table

    from readiness.framework.burden import burdens

    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    table.add_column("Role", no_wrap=True)
    for column in ("Items", "Survey", "Minutes", "Items", "Interview", "Minutes"):
        table.add_column(column, justify="right", no_wrap=True)
    for role, asked in burdens(framework).items():
        survey = (asked.core_items, asked.core, round(asked.core_minutes))
        interview = (asked.full_items, asked.full, round(asked.full_minutes))
        table.add_row(role or "everyone", *(str(number) for number in (*survey, *interview)))
    console = Console(highlight=False)
    console.print(table)
    console.print("Questions: a survey asks core items and context, an interview all items and what scores nothing.")


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command(epilog=EXAMPLES)(check)
