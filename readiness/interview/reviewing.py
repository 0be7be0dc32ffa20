"""Reviewing: what is worth a second look before an interview is finished."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING

from readiness.framework.ranges import item_points
from readiness.responses.journal import DK, NA

if TYPE_CHECKING:
    from readiness.framework.models import Framework, Item
    from readiness.interview.conversation import Conversation
    from readiness.responses.journal import Value

OPPOSED = 75.0  # points apart, of 100: the ends of a scale of five steps, or one step less
APART = 50.0  # points between what was said and what was seen that are worth a question


@dataclass(frozen=True)
class Review:
    """Questions by what is worth looking at, each in the order of the questionnaires.

    unanswered: put, and neither answered nor passed over. contradictory: pairs that measure the same thing of the same
    people, answered at opposite ends. apart: rated from evidence far from what was said. unsure: answered with low
    confidence.
    """

    unanswered: tuple[str, ...]
    skipped: tuple[str, ...]
    unknown: tuple[str, ...]
    contradictory: tuple[tuple[str, str], ...]
    apart: tuple[str, ...]
    unsure: tuple[str, ...]
    noted: tuple[str, ...]

    @property
    def clean(self) -> bool:
        """Whether there is nothing to look at."""
        return not any((self.unanswered, self.skipped, self.unknown, self.contradictory, self.apart, self.unsure))


def review(framework: Framework, conversation: Conversation) -> Review:
    """What is worth a second look in an interview."""
    contents = conversation.contents
    order = [question.id for question in conversation.shown]
    unsure = {id_ for (id_, _), sure in contents.confidence.items() if sure == "low"}
    return Review(
        unanswered=tuple(question.id for question in conversation.pending),
        skipped=tuple(id_ for id_ in order if id_ in contents.skipped),
        unknown=tuple(id_ for id_ in order if contents.answers.get(id_) == DK),
        contradictory=tuple(_contradictions(framework, conversation)),
        apart=tuple(id_ for id_ in order if _is_apart(id_, framework, conversation)),
        unsure=tuple(id_ for id_ in order if id_ in unsure),
        noted=tuple(id_ for id_ in order if id_ in contents.notes),
    )


def score(item: Item, framework: Framework, value: Value | None) -> float | None:
    """An answer as 0-100 in its indicator's direction; None where it is none."""
    if value is None or value in (DK, NA) or isinstance(value, str):
        return None
    low, high = item_points(item, framework.scales)
    if high <= low:
        return None
    points = float(value)
    if item.type == "scale":
        options = framework.scales[str(item.scale)].options
        points = next((option.points for option in options if option.value == value), low)
    share = 100 * (points - low) / (high - low)
    return 100 - share if item.reversed else share


def _contradictions(framework: Framework, conversation: Conversation) -> Iterator[tuple[str, str]]:
    for indicator in framework.indicators.values():
        scores = {
            id_: score(i, framework, conversation.contents.answers.get(id_)) for id_, i in indicator.items.items()
        }
        for (one, first), (other, second) in combinations(scores.items(), 2):
            # Only like is compared with like: what one does oneself may well differ from what a company does.
            alike = indicator.items[one].referent == indicator.items[other].referent
            if alike and first is not None and second is not None and abs(first - second) >= OPPOSED:
                yield one, other


def _is_apart(id_: str, framework: Framework, conversation: Conversation) -> bool:
    item, contents = framework.items.get(id_), conversation.contents
    if item is None:
        return False
    said, seen = (score(item, framework, of.get(id_)) for of in (contents.answers, contents.ratings))
    return said is not None and seen is not None and abs(said - seen) >= APART
