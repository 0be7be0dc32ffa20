"""`readiness levers`: the way out of the scenarios a group is on, step by step."""

from __future__ import annotations

from typing import Annotated

import typer

from readiness.cli.grouped import GroupOption, SourceOption
from readiness.cli.options import Framework, Language, known_language
from readiness.cli.score import Format

EXAMPLES = """Examples:

readiness levers engagement/ --group unit=Sales

readiness levers engagement/ --group unit=Sales --limit email_dependence=no

readiness levers results/wave-1.json --limit free_trust=60 --alternatives 4

readiness levers survey.csv --format json"""
MOST_ALTERNATIVES = 20


def levers(
    sources: SourceOption,
    framework: Framework = None,
    group: GroupOption = None,
    limit: Annotated[
        list[str] | None,
        typer.Option("--limit", metavar="NAME=no|SCORE", help="What cannot move, or not beyond a score; repeat."),
    ] = None,
    alternatives: Annotated[
        int, typer.Option("--alternatives", metavar="N", min=0, max=MOST_ALTERNATIVES, help="How many other routes.")
    ] = 2,
    lang: Language = None,
    format_: Annotated[Format, typer.Option("--format", help="What to print on stdout.")] = Format.table,
) -> None:
    """Find the cheapest way out of every scenario that is present, and into none: what to move first, and why."""
    from readiness.analysis.levers.way_out import way_out_of
    from readiness.cli.grouped import chosen, suppressed_in
    from readiness.cli.talk import give, tell
    from readiness.responses.limits import limits_said

    asked = chosen(sources, framework, group)
    language = known_language(lang, asked.framework.languages)
    limits = (*asked.limits, *limits_said(limit or (), asked.framework))
    suppressed = suppressed_in(asked.group)
    if suppressed:
        tell(f"suppressed, and therefore taken as missing: {', '.join(suppressed)}")
    found = way_out_of(asked.group, asked.framework, limits, whole=not asked.by, alternatives=alternatives)
    if format_ is Format.json:
        import json

        give(json.dumps({"by": dict(asked.by), **found.model_dump(mode="json")}, ensure_ascii=False, indent=2) + "\n")
    else:
        from readiness.cli.levers_wording import print_way_out

        print_way_out(found, asked, limits, language)


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command(epilog=EXAMPLES)(levers)
