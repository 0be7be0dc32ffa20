"""`readiness interview`: someone is asked, and every answer is on disk before the next question.

Beside holding an interview there are commands about several: `list`, `show`, `export`, `merge`.
"""

from __future__ import annotations

import difflib
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from typer.core import TyperGroup
from typer.main import get_group

from readiness.cli import interview_export, interview_list, interview_merge, interview_show
from readiness.cli.options import Framework, Language

if TYPE_CHECKING:
    from collections.abc import Callable

    from readiness.interview.opening import Arrangement
    from readiness.interview.place import Place

EXAMPLES = """Examples:

readiness interview

readiness interview engagement/ --role executive --lang fr --adaptive

readiness interview engagement/ --new

readiness interview interviews/2026-11-22-hr-9f3a.jsonl

readiness interview --plain --role employee < answers.txt

readiness interview list engagement/"""
BESIDE = (interview_list, interview_show, interview_export, interview_merge)
NEAR = 0.75  # how much a word resembles a command's name to be taken for a slip of the pen


class Form(StrEnum):
    """Which items are put."""

    core = "core"
    full = "full"


class InterviewCommand(TyperGroup):
    """A command that has commands of its own, by its first word; whatever names none of them is an interview's."""

    # As of a command that has none: options may follow the journal, and nothing may follow what is understood.
    allow_extra_args = False
    allow_interspersed_args = True

    def __init__(self, **settings: Any) -> None:
        several = typer.Typer()
        for command in BESIDE:
            command.register(several)
        commands = dict(get_group(several).commands)
        super().__init__(commands=commands, subcommand_metavar="| COMMAND [ARGS]...", **settings)

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """The first word chooses."""
        if args and args[0] in self.commands:
            ctx._protected_args, ctx.args = args[:1], args[1:]  # where the base class keeps it, too
            return args[1:]
        if not ctx.resilient_parsing:  # while a shell completes what is typed, nothing is final
            self._judge_journal(ctx, args)
        return super(TyperGroup, self).parse_args(ctx, args)

    def invoke(self, ctx: Any) -> Any:
        """Run the command that was chosen, or hold the interview."""
        if not ctx._protected_args:
            return super(TyperGroup, self).invoke(ctx)
        word = ctx._protected_args[0]
        # Told as one name, and not as a command of this one: or its usage would name the journal that it does not take.
        with self.commands[word].make_context(f"{ctx.info_name} {word}", ctx.args, parent=ctx.parent) as chosen:
            return chosen.command.invoke(chosen)

    def _judge_journal(self, ctx: Any, args: list[str]) -> None:
        """A word that is a command's, or nearly, is no journal: nobody wants to begin an interview by mistake."""
        given, _, _ = self.make_parser(ctx).parse_args(args=list(args))
        word = given.get("where")
        if not isinstance(word, str) or Path(word).name != word or Path(word).exists():
            return  # `./show` is a journal whatever the commands are called
        near = difflib.get_close_matches(word, self.commands, 1, NEAR)
        if near:
            ctx.fail(
                f"There is no journal {word!r}. For the command, write: readiness interview {near[0]} … "
                f"For a new journal of that name: ./{word}"
            )


def interview(
    where: Annotated[
        Path | None,
        typer.Argument(metavar="[JOURNAL | ENGAGEMENT]", help="A journal (new, or one to resume), or an engagement."),
    ] = None,
    framework: Framework = None,
    role: Annotated[
        str | None, typer.Option("--role", metavar="R", help="The interviewee's role; then only its items are asked.")
    ] = None,
    lang: Language = None,
    interviewee: Annotated[
        str | None, typer.Option("--interviewee", metavar="P", help="A pseudonym. Never a name.")
    ] = None,
    form: Annotated[
        Form | None, typer.Option("--form", help="Core items only, or all of them. [default: as begun, or full]")
    ] = None,
    adaptive: Annotated[
        bool | None,
        typer.Option(
            "--adaptive/--fixed",
            help="Ask first what could settle most, and stop when no verdict can change; or ask in order. "
            "[default: as begun, or fixed]",
            show_default=False,
        ),
    ] = None,
    prior: Annotated[
        Path | None,
        typer.Option(
            "--prior",
            metavar="FILE",
            exists=True,
            dir_okay=False,
            help="Earlier responses that say how often an option is chosen; implies --adaptive.",
        ),
    ] = None,
    plain: Annotated[bool, typer.Option("--plain", help="Line by line, for a screen reader or a pipe.")] = False,
    new: Annotated[
        bool, typer.Option("--new", help="Start a new interview, even if one in the engagement is unfinished.")
    ] = False,
) -> None:
    """Interview someone, on the full screen or line by line; stop at any time, and resume later from the same journal.

    In an engagement, an unfinished interview is resumed; if there are several, you choose.
    """
    from readiness.faults import Fault, UsageError
    from readiness.framework import catalogue
    from readiness.interview.order import Order
    from readiness.interview.place import place_of

    if prior is not None and adaptive is False:
        mend = "leave --fixed out, or --prior"
        raise UsageError([Fault("--prior", None, "it has no effect in a fixed order", mend)])
    place = place_of(where, role)
    if new and not place.is_new:
        mend = "leave --new out to resume it, or name a file that is not there yet"
        raise UsageError([Fault(f"--new {place.journal}", None, "this interview has already been started", mend)])
    named = framework or place.framework or catalogue.DEFAULT
    if place.engagement is not None:
        place = _decided(place, named, role, lang, interviewee, new)
    context = {**place.context, **({} if role is None else {"role": role})}
    order = Order(True if prior is not None else adaptive, prior, place.engagement)

    def arrange() -> Arrangement:
        from readiness.framework.loading import load
        from readiness.interview.opening import Arrangement

        loaded, language = load(catalogue.find(named)), lang or place.language
        return Arrangement(loaded, place.journal, context, language, form.value if form else None, interviewee, order)

    option = None if named == catalogue.DEFAULT else named
    raise typer.Exit(_held(arrange, option, plain, fresh=place.is_new))


def _decided(place: Place, named: str, role: str | None, lang: str | None, interviewee: str | None, new: bool) -> Place:
    """The interview of an engagement that is meant."""
    from readiness.cli.taking_up import decided
    from readiness.framework import catalogue
    from readiness.framework.loading import load
    from readiness.interview.choosing import Wanted, option_of
    from readiness.interview.questions import ROLE

    loaded = load(catalogue.find(named))
    spoken = [tag for tag in (lang, place.language, *loaded.languages) if tag in loaded.languages]
    wanted = Wanted(loaded.id, option_of(loaded, ROLE, role), interviewee, new)
    return decided(place, loaded, wanted, spoken[0])


def _held(arrange: Callable[[], Arrangement], option: str | None, plain: bool, fresh: bool) -> int:
    """Hold the interview where it can be held: on the full screen of a terminal that has one, else line by line."""
    import os
    import sys

    from readiness.interview.screen.terminal import is_full

    if not plain and is_full(os.environ.get("TERM")):
        from readiness.interview.screen.running import run_screen

        return run_screen(arrange, option, fresh=fresh)
    from readiness.interview.session import run_plain

    return run_plain(arrange(), option, stdin=sys.stdin, stdout=sys.stdout, stderr=sys.stderr)


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command(epilog=EXAMPLES, cls=InterviewCommand)(interview)  # type: ignore[arg-type]  # it takes what a command takes
