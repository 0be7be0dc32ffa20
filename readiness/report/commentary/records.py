"""What a consultant writes beside the figures: who said what of which subject, each with its place in a file."""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from readiness.framework.frozen import Text
from readiness.framework.ledger import Place, quoted

Verdict = Literal["present", "ruled out", "undetermined"]
State = Literal["open", "done"]
By = tuple[tuple[str, str | None], ...]  # what a group is formed by, keys in order; None is a blank

VERDICTS: tuple[Verdict, ...] = ("present", "ruled out", "undetermined")
STATES: tuple[State, ...] = ("open", "done")
WHOLE: By = ()
_NEXT_KEY = re.compile(r",\s*(?=[^,=]+=)")


def by_of(keys: Mapping[str, str | None]) -> By:
    """What a group is formed by, so that the same keys in another order are the same group."""
    return tuple(sorted(keys.items(), key=lambda part: part[0]))


def by_said(words: str) -> By | None:
    """What a group is formed by, from `unit=Claims, role=manager`; None where that cannot be read."""
    keys: dict[str, str | None] = {}
    for part in _NEXT_KEY.split(words):
        key, mark, value = part.partition("=")
        if not mark or not key.strip():
            return None
        keys[key.strip()] = value.strip() or None
    return by_of(keys)


def written(by: By) -> str:
    """A group as `by_said` reads it."""
    return ", ".join(f"{key}={value or ''}" for key, value in by)


@dataclass(frozen=True)
class Subject:
    """What something is said of: the whole report, a section, a group, or a scenario in the whole or in a group.

    lines: where a file names each of these, so that a name that is wrong is told once.
    """

    section: str = ""
    scenario: str = ""
    group: By = WHOLE
    lines: Mapping[str, int | None] = field(default_factory=dict, compare=False)

    def __str__(self) -> str:
        if self.section:
            return f"section {quoted(self.section)}"
        named = [f"scenario {quoted(self.scenario)}"] if self.scenario else []
        if self.group:
            named.append(f"group {written(self.group)}")
        return " in ".join(named) or "the summary"


@dataclass(frozen=True)
class Comment:
    """A text on a subject; on no subject in particular it is the summary."""

    subject: Subject
    text: Text
    at: Place


@dataclass(frozen=True)
class Override:
    """The consultant's verdict on a scenario, which is printed beside the computed one and never in its place."""

    subject: Subject
    verdict: Verdict
    reason: Text
    at: Place


@dataclass(frozen=True)
class Quote:
    """Words of a respondent. tongue: the language of the page it stands on, None where it is meant for every report."""

    subject: Subject
    text: Text
    by: Text
    interview: bool  # said in an interview, and not written in a survey
    at: Place
    tongue: str | None = None


@dataclass(frozen=True)
class Action:
    """One step of the plan. owner: a function rather than a name. tongue: as of a quote."""

    do: Text
    owner: Text
    by: datetime.date | None
    status: State
    subject: Subject  # the scenario it is to end, and the group it is for
    at: Place
    tongue: str | None = None


@dataclass(frozen=True)
class Commentary:
    """Everything a consultant wrote for one engagement's report; empty where nobody did."""

    comments: tuple[Comment, ...] = ()
    overrides: tuple[Override, ...] = ()
    quotes: tuple[Quote, ...] = ()
    actions: tuple[Action, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.comments or self.overrides or self.quotes or self.actions)
