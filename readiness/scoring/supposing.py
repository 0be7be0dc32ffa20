"""Supposing: what is said about scores that are only supposed. Forms only; `analysis.whatif` works them out."""

from __future__ import annotations

from typing import Literal

from readiness.scoring.forms import Level, Record, Suppressed, Verdict
from readiness.scoring.routes import Heading


class Change(Record):
    """An indicator's score as it is, and as it is supposed to be."""

    indicator: str
    before: float | None
    after: float


class Outcome(Record):
    """A scenario under some scores.

    verdict: before, and where the membership stays, the one that was recorded; else what the membership says, by the
    bounds where that is missing.
    """

    membership: float | None
    level: Level | None
    verdict: Verdict
    limiting: tuple[str, ...]


class Compared(Record):
    """A scenario before and after. turned: whether its verdict is another one."""

    kind: Literal["risk", "favourable"]
    before: Outcome
    after: Outcome
    turned: bool


class Objection(Record):
    """Why a change is not for the making.

    kind: `guard` (`needs` would not be on its safe side), `immovable` (the framework does not let it move this way),
    `limit` (the consultant does not).
    """

    kind: Literal["guard", "immovable", "limit"]
    indicator: str
    heading: Heading
    needs: str | None = None
    to: float | None = None
    until: str = ""
    why: str = ""


class Supposed(Record):
    """Everything before and after. readiness: by dimension, the whole's under `overall`; both may be missing."""

    changes: tuple[Change, ...]
    objections: tuple[Objection, ...] = ()
    readiness: dict[str, tuple[float | None, float | None] | Suppressed]
    scenarios: dict[str, Compared | Suppressed]
