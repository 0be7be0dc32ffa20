"""Whose answers the figures rest on: how many of each role have a score in what the scenarios look at."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from readiness.report.chain import role_name
from readiness.report.figures import MISSING, Figure, count
from readiness.report.words import UNSAID, Reader, Said
from readiness.scoring.findings import Resting


@dataclass(frozen=True)
class Support:
    """How many of one role an indicator rests on. few: some, whose number may not be told."""

    n: Figure = MISSING
    few: bool = False


@dataclass(frozen=True)
class Rested:
    """One indicator, its roles in the order of the table. only: the single role it rests on."""

    id: str
    title: Said
    roles: tuple[Support, ...]
    only: Said = UNSAID
    scenarios: tuple[Said, ...] = ()  # that look at it, where it rests on a single role


@dataclass(frozen=True)
class Rests:
    """Whom the scenarios' indicators rest on."""

    roles: tuple[Said, ...]
    rows: tuple[Rested, ...]

    @property
    def single(self) -> tuple[Rested, ...]:
        """The indicators that rest on a single role."""
        return tuple(row for row in self.rows if row.only)

    @property
    def few(self) -> bool:
        """Whether some role is named without its number."""
        return any(support.few for row in self.rows for support in row.roles)


def rests(reader: Reader, found: Mapping[str, Resting] | None, at: str) -> Rests | None:
    """Whom every indicator rests on; None where no role is known."""
    if not found:
        return None
    order = list(_roles(reader, found))
    rows = [_row(reader, id_, resting, order, f"{at}/{id_}") for id_, resting in found.items()]
    return Rests(tuple(role_name(reader, role) for role in order), tuple(rows))


def _roles(reader: Reader, found: Mapping[str, Resting]) -> Iterator[str]:
    """Every role that somewhere has a score, in the framework's order, others by their name."""
    there = {role for resting in found.values() for role in (*resting.roles, *resting.few)}
    known = [role for role in reader.entry("context", "role").get("options") or {} if role in there]
    yield from known
    yield from sorted(there - set(known))


def _row(reader: Reader, id_: str, resting: Resting, order: list[str], at: str) -> Rested:
    def support(role: str) -> Support:
        if role in resting.roles:
            return Support(count(reader.speech, resting.roles[role], f"{at}/roles/{role}"))
        return Support(few=role in resting.few)

    return Rested(
        id=id_,
        title=reader.title("indicators", id_),
        roles=tuple(support(role) for role in order),
        only=UNSAID if resting.only is None else role_name(reader, resting.only),
        scenarios=() if resting.only is None else tuple(_looking_at(reader, id_)),
    )


def _looking_at(reader: Reader, indicator: str) -> Iterator[Said]:
    """The scenarios of which an indicator is a condition."""
    for id_, entry in reader.part("scenarios").items():
        if any(told.get("indicator") == indicator for told in entry.get("conditions") or ()):
            yield reader.title("scenarios", id_)
