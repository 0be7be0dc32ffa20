"""`readiness interview show`: one interview in words."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from readiness.cli.options import Framework, Language, known_language

NAME = "show"
EXAMPLES = """Examples:

readiness interview show interviews/2026-11-22-hr-9f3a.jsonl

readiness interview show interviews/2026-11-22-hr-9f3a.jsonl --lang fr | less

readiness interview show interviews/2026-11-22-hr-9f3a.jsonl --format json"""


class Shape(StrEnum):
    """How an interview is printed."""

    text = "text"
    json = "json"


def show(
    file: Annotated[Path, typer.Argument(metavar="FILE", show_default=False, help="A journal.")],
    framework: Framework = None,
    lang: Language = None,
    format_: Annotated[Shape, typer.Option("--format", help="What to print on stdout.")] = Shape.text,
) -> None:
    """Print an interview in words: answers, ratings from evidence, notes; what was skipped, and what was damaged."""
    from readiness.cli.talk import give, say
    from readiness.faults import Fault, ResponseError, UsageError
    from readiness.framework import catalogue
    from readiness.framework.loading import load
    from readiness.interview.sources import Opened, foreign, framework_named, read_regular, source_of
    from readiness.interview.transcript import transcript_of
    from readiness.interview.transcript_wording import lines_of

    if file.is_dir():
        mend = "name one of its journals; `readiness interview list` lists them"
        raise UsageError([Fault(str(file), None, "this is a folder, and one interview is shown", mend)])
    source = source_of(file)
    journal = read_regular(file)
    loaded = load(catalogue.find(framework_named([source], [journal], framework)))
    mend = "name its folder with --framework"
    if faults := foreign(loaded.id, Opened(((file, journal),), ()), mend):
        raise ResponseError(faults)
    told = journal.language if lang is None and journal.language in loaded.languages else lang
    language = known_language(told, loaded.languages)
    transcript = transcript_of(loaded, journal, language)
    if format_ is Shape.json:
        import dataclasses
        import json

        give(json.dumps(dataclasses.asdict(transcript), ensure_ascii=False, indent=2) + "\n")
    else:
        say(lines_of(transcript, language))


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command(NAME, epilog=EXAMPLES)(show)
