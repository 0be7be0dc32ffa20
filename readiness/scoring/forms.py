"""Forms: what every part of a result is made of."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict

Bounds = tuple[float, float]
Level = Literal["clear", "watch", "elevated", "critical"]
Verdict = Literal["present", "ruled out", "undetermined", "not asked"]


class Record(BaseModel):
    """Base of every part of a result: frozen, nothing undeclared."""

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)


class Suppressed(Record):
    """Stands where a figure would rest on too few people, or would give such a figure away."""

    suppressed: Literal[True] = True
