"""Which interview of an engagement is held: what there is, is told; what cannot be known, is asked."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import typer

from readiness.cli.talk import say, tell
from readiness.interview.choosing import Ask, Begin, TakeUp, Wanted, choose, is_open, judge_pseudonym, undecided
from readiness.interview.entries import lines_of
from readiness.interview.roster import Interview, Roster, roster_of
from readiness.interview.roster_wording import RosterWording
from readiness.interview.signals import Interrupted, Signals
from readiness.interview.sources import journals_of, opened
from readiness.interview.wording import legible

if TYPE_CHECKING:
    from readiness.framework.models import Framework
    from readiness.interview.place import Place

PROMPT = "> "


def decided(place: Place, framework: Framework, wanted: Wanted, language: str) -> Place:
    """The place of the interview that is meant in an engagement; a new one's pseudonym is nobody else's.

    language: to speak in.

    Raises:
        UsageError: several can be meant and nobody is there to ask, or another interview has the pseudonym.
    """
    if place.engagement is None or not (place.open or place.is_new):
        return place
    roster = roster_of(framework, opened(journals_of(place.engagement)))
    if not place.open:
        judge_pseudonym(wanted.pseudonym or place.journal.stem, roster)
        return place
    wording = RosterWording(language)
    for line in wording.lines(roster):
        tell(line)
    match choose(wanted, roster, is_open):
        case TakeUp(interview):
            tell(wording.taking_up(interview))
            return place.at(interview.path)
        case Ask() as asked:
            if sys.stdin is None or not sys.stdin.isatty():
                raise undecided(place.engagement.folder, asked)
            chosen = _asked(asked, roster, wording)
            if chosen is not None:
                return place.at(chosen.path)
            judge_pseudonym(wanted.pseudonym, roster)
        case Begin():
            pass
    if missing := wording.missing_roles(roster, but=wanted.role):
        tell(missing)
    return place


def _asked(asked: Ask, roster: Roster, wording: RosterWording) -> Interview | None:
    """The interview that is chosen by its number; None for a new one. Whoever leaves instead ends the command."""
    try:
        # As in an interview: the dataframe library, once imported, lets a read go on waiting whatever is pressed.
        with Signals():
            return _chosen(asked, roster, wording)
    except Interrupted as interruption:
        raise typer.Exit(interruption.code) from None


def _chosen(asked: Ask, roster: Roster, wording: RosterWording) -> Interview | None:
    options = list(wording.options(roster, asked.interviews))
    entries = lines_of(sys.stdin)
    _say(options)
    while True:
        sys.stdout.write(PROMPT)
        sys.stdout.flush()
        entry = next(entries, "q").strip().lower()
        if entry == "q":
            raise typer.Exit
        if entry == "n":
            return None
        if entry.isdecimal() and 1 <= int(entry) <= len(asked.interviews):
            return asked.interviews[int(entry) - 1]
        _say(options[-1:])


def _say(lines: list[str]) -> None:
    """What belongs to the conversation, and so on stdout; nothing but a prompt looks like one."""
    say(map(legible, lines))
