"""The extract: what a result says of one group, and of whom it is set against; nothing of any other group."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import Literal

from readiness.analysis.against import Against
from readiness.report.carried import as_told
from readiness.scoring.findings import Answering
from readiness.scoring.forms import Record
from readiness.scoring.result import Group, Result, SubGroup


class Made(Record):
    """The framework that scored a group, without its texts."""

    id: str
    version: str
    digest: dict[str, str]


class Extract(Record):
    """One group's part of a result. answering: how many of its people answered, where that is known."""

    format: Literal[1] = 1
    framework: Made
    group: SubGroup
    against: Against | None
    answering: Answering | None = None

    def to_json(self) -> bytes:
        """The record as JSON, in one line."""
        return self.model_dump_json().encode()


class Extracts:
    """What a result's extracts are cut from."""

    def __init__(self, result: Result) -> None:
        self._result = result
        made = result.framework
        self._made = Made(id=made.id, version=made.version, digest=dict(made.digest))

    def of(self, group: SubGroup, against: Against | None) -> Extract:
        """The extract of one group."""
        answering = self._answering.get(_key(group.by))
        told = group.model_copy(update={"items": as_told(group.items)})
        return Extract(framework=self._made, group=told, against=against, answering=answering)

    @cached_property
    def _answering(self) -> Mapping[tuple[tuple[str, str | None], ...], Answering]:
        whole = self._result.overall
        found = whole.analysis.responding if isinstance(whole, Group) and whole.analysis else None
        return {_key(one.by): one for one in found.groups} if found else {}


def _key(by: Mapping[str, str | None]) -> tuple[tuple[str, str | None], ...]:
    return tuple(sorted(by.items(), key=lambda part: part[0]))
