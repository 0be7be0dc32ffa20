"""Options that several commands share, each defined once."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

Sources = Annotated[
    list[Path],
    typer.Argument(metavar="SOURCE…", show_default=False, help="Response files, journals, or an engagement's folder."),
]
Framework = Annotated[
    str | None,
    typer.Option("--framework", metavar="F", help="A shipped framework's id, or a folder. [default: enterprise-2.0]"),
]
By = Annotated[
    list[str] | None,
    typer.Option("--by", metavar="KEY", help="Also score groups; repeat for more tables, KEY,KEY crosses."),
]
Language = Annotated[
    str | None, typer.Option("--lang", metavar="L", help="The language to write in, such as en or fr.")
]
Strict = Annotated[bool, typer.Option("--strict", help="Exit with 1 if any cell cannot be read.")]


def tables(by: list[str] | None) -> list[tuple[str, ...]] | None:
    """`--by unit --by role,country` as tables of keys; None where it was not given."""
    if not by:
        return None
    return [tuple(key.strip() for key in table.split(",") if key.strip()) for table in by]
