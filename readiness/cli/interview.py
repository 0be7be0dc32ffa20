"""`readiness interview`: someone is asked, and every answer is on disk before the next question."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from readiness.cli.options import Framework, Language

EXAMPLES = """Examples:

readiness interview

readiness interview engagement/ --role executive --lang fr

readiness interview interviews/2026-11-22-hr-9f3a.jsonl

readiness interview --plain --role employee < answers.txt"""


class Form(StrEnum):
    """Which items are put."""

    core = "core"
    full = "full"


def interview(
    where: Annotated[
        Path | None,
        typer.Argument(metavar="[JOURNAL | ENGAGEMENT]", help="A journal, new or to go on with, or an engagement."),
    ] = None,
    framework: Framework = None,
    role: Annotated[
        str | None, typer.Option("--role", metavar="R", help="The interviewee's role; then only its items are asked.")
    ] = None,
    lang: Language = None,
    interviewee: Annotated[
        str | None, typer.Option("--interviewee", metavar="P", help="A pseudonym. Never a name.")
    ] = None,
    form: Annotated[Form, typer.Option("--form", help="Core items only, or all of them.")] = Form.full,
    plain: Annotated[bool, typer.Option("--plain", help="Line by line, for a screen reader or a pipe.")] = False,  # noqa: ARG001
) -> None:
    """Interview someone line by line; stop at any time, and go on later with the same journal."""
    import sys

    from readiness.faults import Fault, UsageError
    from readiness.framework import catalogue
    from readiness.framework.loading import load
    from readiness.interview.place import place_of
    from readiness.interview.session import WrongUsageError, run_plain

    place = place_of(where, role)
    named = framework or place.framework or catalogue.DEFAULT
    context = {**place.context, **({} if role is None else {"role": role})}
    try:
        code = run_plain(
            load(catalogue.find(named)),
            place.journal,
            context=context,
            language=lang or place.language,
            form=form.value,
            respondent=interviewee,
            framework_option=None if named == catalogue.DEFAULT else named,
            stdin=sys.stdin,
            stdout=sys.stdout,
            stderr=sys.stderr,
        )
    except WrongUsageError as error:
        raise UsageError([Fault("interview", None, str(error))]) from error
    raise typer.Exit(code)


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command(epilog=EXAMPLES)(interview)
