"""Forms: what every part of a result is made of."""

from __future__ import annotations

from typing import Any, Literal, Self

from pydantic import BaseModel, ConfigDict

Bounds = tuple[float, float]
Level = Literal["clear", "watch", "elevated", "critical"]
Verdict = Literal["present", "ruled out", "undetermined", "not asked"]


class Record(BaseModel):
    """Base of every part of a result: frozen, nothing undeclared."""

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)

    def but(self, **changes: Any) -> Self:
        """The same record but for some of its parts, checked as any record is (`model_copy` checks nothing)."""
        return type(self)(**{**dict(self), **changes})


class Suppressed(Record):
    """Stands where a figure would rest on too few people, or would give such a figure away."""

    suppressed: Literal[True] = True
