"""The card: everything that is shown of one question, as plain text. It knows nothing of what made it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from readiness.responses.journal import Value


@dataclass(frozen=True)
class Line:
    """One thing that can be chosen: the key for it, what it is called, and what choosing it answers."""

    key: str
    label: str
    value: Value
    chosen: bool = False  # it is the standing answer
    rated: bool = False  # it is the interviewer's own rating


@dataclass(frozen=True)
class Card:
    """One question. `typed`: it is answered in words or with a number, and `draft` is what stands there so far."""

    id: str
    section: str
    place: str
    text: str
    reason: str
    kind: str  # what kind of answer is wanted, where there are no options
    about: str  # its author's help
    lines: tuple[Line, ...]
    typed: bool
    draft: str
    remarks: tuple[str, ...]  # what stands beside the answer: confidence, rating, notes
