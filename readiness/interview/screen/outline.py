"""The outline: how far the interview is, section by section."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from readiness.interview.wording import Wording, legible

if TYPE_CHECKING:
    from readiness.interview.sitting import Sitting


@dataclass(frozen=True)
class Section:
    """A part of the interview: its name, how much of it is dealt with, and whether the interview is in it now."""

    title: str
    done: int
    of: int
    here: bool


def outline(sitting: Sitting) -> list[Section]:
    """The sections in the order of the questionnaires, but for those of which nothing is asked."""
    conversation = sitting.conversation
    wording = Wording(sitting.framework, conversation)
    pending = {question.id for question in conversation.pending}
    sections: dict[str, list[str]] = {}
    for question in conversation.shown:
        sections.setdefault(legible(wording.section(question)), []).append(question.id)
    return [
        Section(title, sum(id_ not in pending for id_ in ids), len(ids), conversation.at in ids)
        for title, ids in sections.items()
    ]
