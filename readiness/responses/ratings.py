"""Ratings: what the interviewer has seen, as responses of a mode of its own, and how it may stand in for what was said.

A rating rests on evidence (documents, a walk through the office) and is the interviewer's own. Unless the engagement
asks for it, none ever touches what an interviewee said.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

from readiness.responses.cells import AnswerReader
from readiness.responses.coding import NA
from readiness.responses.journal_lines import CONFIDENCE, EVIDENCE
from readiness.responses.table import Responses, Sheet, assemble

if TYPE_CHECKING:
    from readiness.framework.models import Framework
    from readiness.responses.journal import Journal, Value

Use = Literal["beside", "fills", "replaces"]
USES: tuple[Use, ...] = ("beside", "fills", "replaces")
BESIDE, FILLS, REPLACES = USES


@dataclass(frozen=True)
class Ratings:
    """The ratings of all interviews, and what they rest on.

    responses: a row for each journal that has ratings; what was not rated is missing. use: what the ratings did to what
    interviewees said. texts: what they rest on, by item. confidence: by item, how many ratings were noted as given
    with low, medium or high confidence.
    """

    responses: Responses
    use: Use
    texts: Mapping[str, tuple[str, ...]]
    confidence: Mapping[str, Mapping[str, int]]


def answers_with(framework: Framework, journal: Journal, use: Use) -> dict[str, Value]:
    """The answers of an interview as they are scored: as they were given, or with ratings in their place.

    A rating that is none (*don't know*, or a value that its scale does not have) takes nobody's place.
    """
    answers = dict(journal.answers)
    if use == BESIDE:
        return answers
    for item, rating in journal.ratings.items():
        if item not in framework.items:
            continue
        reader = AnswerReader(framework.items[item], framework)
        if _says(reader, rating) and (use == REPLACES or not _says(reader, answers.get(item))):
            answers[item] = rating
    return answers


def _says(reader: AnswerReader, value: Value | None) -> bool:
    """Whether there is an answer: an option, a number, or that the question does not apply."""
    code = None if value is None else reader.code(str(value))
    return code is not None and (code >= 0 or code == NA)


def ratings_of(
    framework: Framework,
    held: Sequence[tuple[Journal, Sheet]],
    use: Use = BESIDE,
    set_aside: Collection[str] = (),
) -> Ratings | None:
    """The ratings of interviews, each with its sheet; None where nothing was rated.

    set_aside: the interviewees whose answers contradict each other, so that nobody knows whom their ratings are about.
    """
    rated = [
        (journal, sheet)
        for journal, sheet in held
        if journal.respondent.strip() not in set_aside and any(item in framework.items for item in journal.ratings)
    ]
    if not rated:
        return None
    # What there is to tell of rows that repeat is told of the interviews.
    responses = replace(assemble(framework, [sheet for _, sheet in rated]), remarks=())
    kept = [journal for journal, _ in rated if journal.respondent.strip() not in responses.set_aside]
    texts = {item: _texts(item, kept) for item in framework.items}
    confidence = {item: _confidence(item, kept) for item in framework.items}
    return Ratings(
        responses=responses,
        use=use,
        texts={item: found for item, found in texts.items() if found},
        confidence={item: found for item, found in confidence.items() if found},
    )


def _texts(item: str, journals: Sequence[Journal]) -> tuple[str, ...]:
    """What the standing ratings of an item rest on, whatever the order of the journals, nothing twice."""
    said = sorted(_rests_on(item, journal) for journal in journals if item in journal.ratings)
    return tuple(dict.fromkeys(text for texts in said for text in texts))


def _rests_on(item: str, journal: Journal) -> tuple[str, ...]:
    """What was noted for a rating since it was last taken back: what it rested on before went with it."""
    texts: list[str] = []
    for event in journal.events:
        if event.item != item:
            continue
        if event.event == "answer" and event.source == EVIDENCE and event.value is None:
            texts.clear()
        elif event.evidence is not None:
            texts.append(event.evidence)
    return tuple(texts)


def _confidence(item: str, journals: Sequence[Journal]) -> dict[str, int]:
    found = Counter(journal.contents.confidence.get((item, EVIDENCE)) for journal in journals)
    return {word: found[word] for word in CONFIDENCE if found[word]}
