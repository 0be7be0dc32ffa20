"""The columns of every table, and what their cells are."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Kind = Literal["text", "count", "number", "score", "membership", "share", "flag"]


@dataclass(frozen=True)
class Column:
    """A column: what its cells are, and which column of the same table says that a cell of it is suppressed."""

    name: str
    kind: Kind = "text"
    hidden_by: str | None = None


SUPPRESSED = "suppressed"
BOUNDS = ("bounds_low", "bounds_high")
INTERVAL = ("interval_low", "interval_high")
FLAG = Column(SUPPRESSED, "flag")
TITLE = Column("title")


def figures(kind: Kind, *names: str, hidden_by: str = SUPPRESSED) -> tuple[Column, ...]:
    """Columns that are empty where a row is suppressed."""
    return tuple(Column(name, kind, hidden_by) for name in names)


def _estimate(value: str, n: str = "n", hidden_by: str = SUPPRESSED) -> tuple[Column, ...]:
    scores = figures("score", value, *BOUNDS, *INTERVAL, "sd", hidden_by=hidden_by)
    return (*scores, *_people(n, hidden_by))


def _people(n: str, hidden_by: str = SUPPRESSED) -> tuple[Column, ...]:
    """How many, and how many of equal weight would say as much: not a whole number."""
    return (*figures("count", n, hidden_by=hidden_by), *figures("score", f"{n}_effective", hidden_by=hidden_by))


GROUPS = (
    FLAG,
    *_people("n"),
    Column("readiness_suppressed", "flag"),
    *_estimate("readiness", "readiness_n", "readiness_suppressed"),
)
DIMENSIONS = (Column("dimension"), TITLE, FLAG, *_estimate("readiness"))
INDICATORS = (Column("indicator"), TITLE, Column("dimension"), Column("desired"), FLAG, *_estimate("score"))
ITEMS = (
    *(Column("item"), TITLE, Column("indicator"), FLAG),
    *figures("count", "n", "dk", "na", "not_asked", "missing"),
)
ANSWERS = (
    *(Column("item"), TITLE, Column("option", "number"), Column("label"), FLAG),
    *figures("count", "count"),
)
SCENARIOS = (
    *(Column("scenario"), TITLE, Column("kind"), FLAG),
    *figures("membership", "membership"),
    *figures("text", "level", "verdict"),
    *figures("membership", *BOUNDS),
    *figures("flag", "reversible"),
    *figures("membership", *INTERVAL),
    *figures("share", "probability"),
    *figures("text", "limiting"),
    Column("prevalence_suppressed", "flag"),
    *figures("share", "prevalence", hidden_by="prevalence_suppressed"),
    *figures("count", "prevalence_n", hidden_by="prevalence_suppressed"),
    *figures("share", "prevalence_low", "prevalence_high", hidden_by="prevalence_suppressed"),
)
CONDITIONS = (
    *(Column("scenario"), TITLE, Column("condition"), Column("indicator"), FLAG),
    *figures("score", "score"),
    *figures("membership", "membership", *BOUNDS),
    *figures("flag", "limits"),
)
RELIABILITY = (
    *(Column("indicator"), TITLE, FLAG),
    *figures("membership", "alpha"),
    *figures("count", "items", "n"),
)
EVIDENCE = (
    *(Column("item"), TITLE, Column("indicator"), Column("use")),
    *(Column(f"confidence_{how}", "count") for how in ("low", "medium", "high")),
    Column("rests_on"),
)
