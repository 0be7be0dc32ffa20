"""`readiness interview list`: the interviews of an engagement or a folder, and how far each has come."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from readiness.cli.options import Framework, Language, known_language
from readiness.cli.score import Format

if TYPE_CHECKING:
    from readiness.interview.roster import Interview, Roster
    from readiness.language.speech import Speech

NAME = "list"
EXAMPLES = """Examples:

readiness interview list

readiness interview list engagement/

readiness interview list engagement/ --format json"""


def list_(
    where: Annotated[
        Path | None,
        typer.Argument(
            metavar="[ENGAGEMENT | FOLDER]",
            show_default=False,
            help="An engagement or a folder of journals; by default, the current folder.",
        ),
    ] = None,
    framework: Framework = None,
    lang: Language = None,
    format_: Annotated[Format, typer.Option("--format", help="What to print on stdout.")] = Format.table,
) -> None:
    """List interviews: whose they are, their role, how far along they are, and which roles are missing."""
    from readiness.cli.talk import give, tell
    from readiness.faults import Fault, UsageError
    from readiness.framework import catalogue
    from readiness.framework.loading import load
    from readiness.interview.roster import roster_of
    from readiness.interview.roster_wording import RosterWording
    from readiness.interview.sources import framework_named, here, opened, source_of

    source = here() if where is None else source_of(where)
    if source.where.is_file():
        mend = "name its folder, or print it with `readiness interview show`"
        raise UsageError([Fault(str(where), None, "this is a file; list needs a folder", mend)])
    found = opened(source.paths)
    named = framework_named([source], (journal for _, journal in found.journals), framework)
    loaded = load(catalogue.find(named))
    roster = roster_of(loaded, found)
    language = known_language(lang, loaded.languages)
    if format_ is Format.json:
        import json

        give(json.dumps(_record(roster), ensure_ascii=False, indent=2) + "\n")
        return
    _print(roster, language)
    for fault in roster.damaged:
        tell(str(fault))
    if missing := RosterWording(language).missing_roles(roster):
        tell(missing)


def _record(roster: Roster) -> dict[str, Any]:
    return {
        "interviews": [
            {
                "id": interview.respondent,
                "role": interview.role,
                "language": interview.language,
                "begun": interview.begun or None,
                "last": interview.last or None,
                "answered": interview.answered,
                "asked": interview.asked,
                "rated": interview.rated,
                "notes": interview.notes,
                "finished": interview.finished,
                "file": str(interview.path),
                "framework": interview.framework,
                "damaged": [str(problem) for problem in interview.problems],
            }
            for interview in roster.interviews
        ],
        "damaged": [
            {"file": fault.file, "line": fault.line, "what": fault.what, "mend": fault.mend} for fault in roster.damaged
        ],
        "missing_roles": list(roster.missing_roles),
    }


def _print(roster: Roster, language: str) -> None:
    """Unfinished interviews first, then finished ones, then journals that cannot be read."""
    from rich import box
    from rich.console import Console
    from rich.table import Table

    from readiness.interview.roster_wording import RosterWording, day_of
    from readiness.language.speech import speak

    speech = speak(language)
    _ = speech.gettext
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    table.add_column(_("Interview"), overflow="fold")
    table.add_column(_("Role"), overflow="fold")
    table.add_column(_("Last entry"), no_wrap=True)
    table.add_column(_("Answered"), justify="right", no_wrap=True)
    table.add_column(_("State"))
    for interview in (*roster.unfinished, *roster.finished):
        table.add_row(
            _named(interview.respondent, interview.path),
            _plain(RosterWording(language).role(roster, interview.role) if interview.role else "–"),
            day_of(interview.last) or "–",
            f"{interview.answered} / {'–' if interview.asked is None else interview.asked}",
            _state(interview, speech),
        )
    for fault in roster.damaged:
        table.add_row(_named("–", Path(fault.file)), "–", "–", "–", _styled(_("damaged"), "red"))
    Console(highlight=False).print(table)


def _named(respondent: str, path: Path) -> str:
    """A pseudonym, and below it the file: a column of its own would not fit a terminal."""
    return f"{_plain(respondent)}\n[dim]{_plain(path.name)}[/]"


def _state(interview: Interview, speech: Speech) -> str:
    """Whether it is finished, and below that what else there is in it."""
    _ = speech.gettext
    state = _styled(_("finished"), "green") if interview.finished else _("unfinished")
    beside = [(_("notes: {n}"), interview.notes), (_("rated: {n}"), interview.rated)]
    beside.append((_("damaged: {n}"), len(interview.problems)))
    told = ", ".join(said.format(n=n) for said, n in beside if n)
    return f"{state}\n{_styled(told, 'dim')}" if told else state


def _styled(text: str, style: str) -> str:
    return f"[{style}]{text}[/]"


def _plain(text: str) -> str:
    """Words from a file, which are neither markup nor commands to the terminal."""
    from rich.markup import escape

    from readiness.cli.talk import visible

    return escape(visible(text))


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command(NAME, epilog=EXAMPLES)(list_)
