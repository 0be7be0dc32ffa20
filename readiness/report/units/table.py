"""The groups that the same keys form in a result: those that get a page each, and those that are hidden."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from readiness.report.groups import is_apart
from readiness.report.units.naming import file_name
from readiness.scoring.findings import By
from readiness.scoring.result import Result, SubGroup, SuppressedGroup


@dataclass(frozen=True)
class Unit:
    """One group of the table. place: in the result. file: of its page, None where it is hidden."""

    place: int
    group: SubGroup | SuppressedGroup
    file: str | None

    @property
    def by(self) -> By:
        """What it is formed by."""
        return self.group.by


def tables_of(result: Result) -> list[tuple[str, ...]]:
    """The keys of every table of the result, in its order."""
    return list(dict.fromkeys(tuple(group.by) for group in result.groups if not is_apart(group)))


def units_of(result: Result, keys: Sequence[str]) -> list[Unit]:
    """The groups of one table, in the order of the result."""
    return list(_units(result, tuple(keys)))


def _units(result: Result, keys: tuple[str, ...]) -> Iterator[Unit]:
    for place, group in enumerate(result.groups):
        if tuple(group.by) == keys and not is_apart(group):
            yield Unit(place, group, file_name(group.by) if isinstance(group, SubGroup) else None)
