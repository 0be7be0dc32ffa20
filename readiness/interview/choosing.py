"""Which interview is meant where an engagement is named: one that is taken up again, or a new one."""

from __future__ import annotations

import os
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from readiness.faults import Fault, UsageError
from readiness.responses.cells import ContextReader

if TYPE_CHECKING:
    from readiness.framework.models import Framework
    from readiness.interview.roster import Interview, Roster

MOST_NAMED = 6  # interviews in one message


@dataclass(frozen=True)
class TakeUp:
    """The one unfinished interview that can be meant."""

    interview: Interview


@dataclass(frozen=True)
class Begin:
    """A new interview."""


@dataclass(frozen=True)
class Ask:
    """Several unfinished interviews can be meant: whoever sits there has to say which."""

    interviews: tuple[Interview, ...]


@dataclass(frozen=True)
class Wanted:
    """What was asked for. framework: an id. role: an option of it. new: a new interview, whatever there is."""

    framework: str
    role: str | None = None
    pseudonym: str | None = None
    new: bool = False

    def means(self, interview: Interview) -> bool:
        """Whether an unfinished interview can be the one that is meant."""
        return (
            not self.new
            and interview.framework == self.framework
            and self.role in (None, interview.role)
            and (self.pseudonym is None or interview.respondent.strip() == self.pseudonym.strip())
        )


def choose(wanted: Wanted, roster: Roster, is_open: Callable[[Path], bool]) -> TakeUp | Begin | Ask:
    """What to do. An interview that is being held elsewhere at this moment (`is_open`) cannot be taken up.

    Raises:
        UsageError: a new interview would have a pseudonym that another one has.
    """
    meant = tuple(one for one in roster.unfinished if wanted.means(one) and not is_open(one.path))
    if not meant:
        judge_pseudonym(wanted.pseudonym, roster)
        return Begin()
    return TakeUp(meant[0]) if len(meant) == 1 else Ask(meant)


def judge_pseudonym(pseudonym: str | None, roster: Roster) -> None:
    """A new interview needs a pseudonym of its own: two under one would both be set aside when they are scored.

    Raises:
        UsageError: another interview has it.
    """
    for other in roster.under(pseudonym) if pseudonym is not None else ():
        state = "finished" if other.finished else "unfinished"
        of = f", of role {other.role!r}" if other.role else ""
        what = f"{pseudonym!r} is the pseudonym of another interview here ({state}{of})"
        mend = f"choose another pseudonym, or name {other.path} to go on with that interview"
        raise UsageError([Fault("interview", None, what, mend)])


def undecided(where: Path, asked: Ask) -> UsageError:
    """What to raise where several interviews can be meant and nobody is there to ask."""
    named = [f"{one.path} ({one.respondent})" for one in asked.interviews[:MOST_NAMED]]
    more = len(asked.interviews) - MOST_NAMED
    listed = ", ".join(named) + (f" and {more} more" if more > 0 else "")
    what = f"several interviews are unfinished: {listed}"
    return UsageError([Fault(str(where), None, what, "name one of these files, or give --new")])


def option_of(framework: Framework, key: str, said: str | None) -> str | None:
    """The option of a context key that a word names; the word as it is where it names none."""
    known = framework.context.get(key)
    if said is None or known is None:
        return said
    try:
        return ContextReader(known).value(said) or said
    except KeyError:
        return said


def is_open(path: Path) -> bool:
    """Whether somebody holds this interview at the moment: then its journal is locked for writing."""
    try:
        import fcntl
    except ImportError:  # where taking it up will tell
        return False
    with suppress(OSError):
        handle = os.open(path, os.O_RDONLY)
        try:
            # Shared and let go at once: it keeps nobody from beginning to write but for these few microseconds.
            fcntl.flock(handle, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except BlockingIOError:
            return True
        finally:
            os.close(handle)
    return False
