"""Where an interview is kept: which journal, with which framework, and what is known beforehand."""

from __future__ import annotations

import re
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

from readiness.faults import Fault, ResponseError
from readiness.framework import catalogue
from readiness.framework.ledger import nearest
from readiness.interview.journal import now
from readiness.responses.journal import read_journal

if TYPE_CHECKING:
    from readiness.responses.engagement import Engagement

HERE = Path("interviews")  # where journals go that belong to no engagement, under the current folder


@dataclass(frozen=True)
class Place:
    """A journal, there already or not yet, and what its surroundings say. `framework`, `language`: None if nothing.

    engagement: the one it belongs to. open: whether only that was named, so that which interview is meant has still to
    be decided; `journal` is then the name for a new one.
    """

    journal: Path
    framework: str | None = None
    language: str | None = None
    context: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    engagement: Engagement | None = None
    open: bool = False

    @property
    def is_new(self) -> bool:
        """Whether no interview has been begun here; an empty file is as good as none."""
        return not self.journal.exists() or (self.journal.is_file() and self.journal.stat().st_size == 0)

    def at(self, journal: Path) -> Place:
        """The place of another journal of the same engagement, which is there: it goes on in its own language."""
        return replace(self, journal=journal, language=None, open=False)


def place_of(where: Path | None, role: str | None = None) -> Place:
    """The place that is meant by a journal, an engagement's folder, or nothing.

    A journal that is there knows its framework; one in an engagement's `interviews` has the engagement's settings too.

    Raises:
        ResponseError: a folder that is no engagement, or settings or a journal that cannot be read.
    """
    if where is None:
        return Place(new_journal(HERE, role))
    if _is_engagement(where):
        engagement = _settings(where)
        return replace(_within(engagement, new_journal(engagement.folder / "interviews", role)), open=True)
    if where.is_dir():
        mend = "give a journal, a name for a new one, or a folder that has an engagement.yaml"
        raise ResponseError([Fault(str(where), None, "this folder is not an engagement", mend)])
    if not where.exists() and where.suffix.lower() != ".jsonl":
        near = nearest(where.name, [path.name for path in where.parent.glob("*")] if where.parent.is_dir() else [])
        if near:
            mend = f"{near} The name of a new journal ends in .jsonl"
            raise ResponseError([Fault(str(where), None, "there is no such journal or engagement", mend)])
    home = where.parent.parent
    if where.parent.name == "interviews" and _is_engagement(home):
        return _within(_settings(home), where)
    return Place(where, framework=_held_with(where))


def new_journal(folder: Path, role: str | None = None, clock: Callable[[], datetime] = now) -> Path:
    """A name in `folder` for a new journal: the day, the role, and a tail.

    The tail keeps two interviewers' folders apart when they are put together, and the name tells nobody's.
    """
    part = re.sub(r"[^\w-]+", "-", role or "interview")  # a role's label may hold what no file's name should
    while True:
        name = "-".join((clock().date().isoformat(), part, secrets.token_hex(3)))
        path = folder / f"{name}.jsonl"
        if not path.exists():
            return path


def _is_engagement(folder: Path) -> bool:
    # Asked here, because the module of engagements brings a dataframe library with it: the first question is to come
    # at once where there is none.
    return (folder / "engagement.yaml").is_file()


def _settings(folder: Path) -> Engagement:
    from readiness.responses.engagement import read_engagement

    return read_engagement(folder)


def _within(engagement: Engagement, journal: Path) -> Place:
    # A journal that is there goes on in its own language; the engagement's first is for new ones.
    language = engagement.languages[0] if engagement.languages and not journal.exists() else None
    framework = engagement.framework or _held_with(journal)
    return Place(journal, framework, language, engagement.context, engagement)


def _held_with(journal: Path) -> str | None:
    """The framework of a journal that is there, if it is one of those that come with readiness."""
    if not journal.is_file() or journal.stat().st_size == 0:
        return None
    held = read_journal(journal).header.framework
    return held if held in catalogue.shipped() else None
