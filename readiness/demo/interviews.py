"""The demo's interviews: held by the same conversation that a real one is held by, and written as its journal."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from types import MappingProxyType
from typing import TYPE_CHECKING

from readiness.demo.drawing import Person, ladders_of
from readiness.demo.profile import Gaps, Seeing
from readiness.interview.conversation import begin, event_of, step
from readiness.interview.moves import Answer, Move, Note, Rate, Skip
from readiness.interview.questions import ROLE, questions_of
from readiness.responses.journal import EVIDENCE, Contents, Event, Header, Value, encode_line

if TYPE_CHECKING:
    from readiness.demo.profile import Conversation as Held
    from readiness.demo.profile import Profile
    from readiness.framework.models import Framework, Indicator
    from readiness.interview.questions import Question


def written(framework: Framework, profile: Profile) -> dict[str, bytes]:
    """The interviews' journals by file name."""
    return {name: _journal(framework, profile, name) for name in profile.interviews}


def _journal(framework: Framework, profile: Profile, name: str) -> bytes:
    held = profile.interviews[name]
    context = {key: value for key, value in held.known.items() if key in framework.context}
    header = Header(framework.id, framework.version, held.respondent, MappingProxyType(context), held.language)
    rng = random.Random(f"{profile.seed} {name}")
    clock = datetime.fromisoformat(held.begins).astimezone(UTC)
    lines = [encode_line(header.record())]
    for seq, event in enumerate(_events(framework, profile, held, header, rng), start=1):
        clock += timedelta(milliseconds=int(1000 * _seconds(held, event, rng)))
        at = clock.isoformat(timespec="milliseconds").replace("+00:00", "Z")
        lines.append(encode_line(replace(event, seq=seq, at=at).record()))
    return b"".join(lines)


def _seconds(held: Held, event: Event, rng: random.Random) -> float:
    """How long an event takes. A rating draws nothing: whether one is given must not change what is answered."""
    least, most = held.pace
    return least if event.source == EVIDENCE else least + (most - least) * rng.random()


def _events(framework: Framework, profile: Profile, held: Held, header: Header, rng: random.Random) -> Iterator[Event]:
    """What happens in an interview, from the first question to its end or to where it is left."""
    known = frozenset(header.context)
    questions = questions_of(framework, "full", known, items_only=ROLE in known)
    conversation = begin(questions, frozenset(framework.context), header.context, Contents(held.language))
    interviewee = _Interviewee(framework, profile, held, rng)
    while (question := conversation.current) is not None:
        place, count = conversation.progress
        if place > held.answered * count:
            break
        for move in interviewee.moves(question):
            event = event_of(conversation, move)
            conversation = step(conversation, move)
            if event is not None:
                yield event
    yield Event("finish") if conversation.current is None else Event("pause")


class _Interviewee:
    """What is answered and noted at each question."""

    def __init__(self, framework: Framework, profile: Profile, held: Held, rng: random.Random) -> None:
        self._profile = profile
        self._held = held
        self._ladders = ladders_of(framework)
        self._rng = rng
        role = str({**held.known, **held.told}[ROLE])
        seeing = profile.roles.get(role, Seeing())
        # The shares of an interview are its own, not a factor on a survey's.
        self._person = Person(rng, profile.spread, Seeing(rosier=seeing.rosier))
        self._indicators: dict[str, Indicator] = {
            item: indicator for indicator in framework.indicators.values() for item in indicator.items
        }
        self._notes: dict[str, str] = dict(held.notes)

    def moves(self, question: Question) -> Iterator[Move]:
        """A note and a rating where there are some, then an answer, or the question is passed over."""
        if question.kind != "item":
            yield self._told(question)
            return
        indicator = self._indicators[question.id]
        note = self._notes.pop(indicator.id, None)
        if note is not None:
            yield Note(note)
        rating = self._held.ratings.get(question.id)
        if rating is not None and question.takes(rating.value):
            yield Rate(rating.value, rating.evidence, rating.confidence)
        shares = self._held.missing
        # What was worth a note was answered.
        if note is None and self._rng.random() < shares["skip"]:
            yield Skip()
            return
        gaps = Gaps() if note is not None else Gaps(dk=shares["dk"], na=shares["na"])
        mean = self._profile.mean(indicator, self._held.means, self._profile.units[self._held.unit].means)
        answer = self._person.answer(indicator, indicator.items[question.id], self._ladders, mean, gaps)
        yield Answer(answer) if answer is not None else Skip()

    def _told(self, question: Question) -> Move:
        """A context key or a question that scores nothing: as the profile tells it, or any choice, or nothing."""
        told: Mapping[str, Value] = {**self._held.told, **self._held.open}
        if question.id in told and question.takes(told[question.id]):
            return Answer(told[question.id])
        if question.kind == "unscored" and question.choices:
            return Answer(question.choices[int(self._rng.random() * len(question.choices))].value)
        return Skip()
