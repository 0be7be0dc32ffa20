"""What is said of the interviews that are there, in one language."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import TYPE_CHECKING

from readiness.framework.frozen import Text
from readiness.language.speech import speak

if TYPE_CHECKING:
    from readiness.interview.roster import Interview, Roster

MOST_TOLD = 12  # interviews of one state; the list of all is a command of its own


def day_of(at: str) -> str:
    """The day of a moment in a journal, as 2026-03-05; "" where there is none that can be read."""
    try:
        return datetime.fromisoformat(at).date().isoformat()
    except ValueError:
        return ""


class RosterWording:
    """Interviews in words."""

    def __init__(self, language: str) -> None:
        self._language = language
        self._ = speak(language).gettext

    def lines(self, roster: Roster) -> Iterator[str]:
        """Which interviews are unfinished, which finished, and which journals are damaged."""
        _ = self._
        yield from self._listed(_("unfinished: {interview}"), roster, roster.unfinished)
        yield from self._listed(_("finished: {interview}"), roster, roster.finished)
        for fault in roster.damaged:
            yield _("damaged: {what}").format(what=fault)

    def role(self, roster: Roster, role: str) -> str:
        """What a role is called; its id where the framework has no label for it."""
        return Text(roster.roles.get(role, {})).in_(self._language) or role

    def interview(self, roster: Roster, interview: Interview) -> str:
        """One interview: whose, of which role, when it was last at hand, how far it has come, and where it is."""
        role = self.role(roster, interview.role) if interview.role else None
        parts = (interview.respondent, role, day_of(interview.last), self._progress(interview))
        return ", ".join(part for part in (*parts, str(interview.path)) if part)

    def missing_roles(self, roster: Roster, but: str | None = None) -> str:
        """Which roles are still to be interviewed, apart from one; "" if none is."""
        roles = [self.role(roster, role) for role in roster.missing_roles if role != but]
        return self._("not interviewed yet: {roles}").format(roles=", ".join(roles)) if roles else ""

    def taking_up(self, interview: Interview) -> str:
        """That an interview goes on, and what would begin another."""
        said = self._("resuming the unfinished interview of {respondent}; --new starts another")
        return said.format(respondent=interview.respondent)

    def options(self, roster: Roster, interviews: tuple[Interview, ...]) -> Iterator[str]:
        """Interviews with a number each, to choose from, and what else can be typed."""
        for number, interview in enumerate(interviews, start=1):
            yield f"  {number:<2} {self.interview(roster, interview)}"
        yield self._("Which one? Type its number, n for a new interview, or q to leave.")

    def _listed(self, saying: str, roster: Roster, interviews: tuple[Interview, ...]) -> Iterator[str]:
        for interview in interviews[:MOST_TOLD]:
            yield saying.format(interview=self.interview(roster, interview))
        if more := interviews[MOST_TOLD:]:
            count = self._("{n} more; readiness interview list shows them all").format(n=len(more))
            yield saying.format(interview=count)

    def _progress(self, interview: Interview) -> str:
        _ = self._
        if interview.asked is None:
            said = _("{answered} answered, framework {framework}")
            return said.format(answered=interview.answered, framework=interview.framework)
        return _("{answered} of {asked} answered").format(answered=interview.answered, asked=interview.asked)
