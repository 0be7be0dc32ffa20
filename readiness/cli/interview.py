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
HERE = Path("interviews")


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
    role: Annotated[str | None, typer.Option("--role", metavar="R", help="The interviewee's role; only items are asked.")] = None,
    lang: Language = None,
    interviewee: Annotated[str | None, typer.Option("--interviewee", metavar="P", help="A pseudonym. Never a name.")] = None,
    form: Annotated[Form, typer.Option("--form", help="Core items only, or all of them.")] = Form.full,
    plain: Annotated[bool, typer.Option("--plain", help="Line by line, for a screen reader or a pipe.")] = False,  # noqa: ARG001
) -> None:
    """Interview someone line by line; stop at any time, and go on later with the same journal."""
    import sys

    from readiness.faults import Fault, UsageFault
    from readiness.framework import catalogue
    from readiness.framework.loading import load
    from readiness.interview.session import WrongUsageError, new_journal, run_plain
    from readiness.pipeline import DEFAULT_FRAMEWORK
    from readiness.responses.engagement import is_engagement, read_engagement

    engagement = read_engagement(where) if where is not None and is_engagement(where) else None
    named = framework or (engagement.framework if engagement else None)
    context: dict[str, str] = dict(engagement.context) if engagement else {}
    if role is not None:
        context["role"] = role
    path = where
    if engagement is not None or where is None:
        path = new_journal(engagement.folder / "interviews" if engagement else HERE, role)
    assert path is not None
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        code = run_plain(
            load(catalogue.find(named or DEFAULT_FRAMEWORK)),
            path,
            context=context,
            language=lang,
            form=form.value,
            respondent=interviewee,
            framework_option=framework,
            stdin=sys.stdin,
            stdout=sys.stdout,
            stderr=sys.stderr,
        )
    except WrongUsageError as error:
        raise UsageFault([Fault("interview", None, str(error))]) from error
    raise typer.Exit(code)


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command(epilog=EXAMPLES)(interview)
