"""Interviews that have been held, as journals, for tests about several of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path

from readiness.interview.journal import create, resume
from readiness.responses.journal import EVIDENCE, INTERVIEWEE, Event, Header, Value
from tests.interview.small import write

SETTINGS = "client: Acme\nframework: small\nlanguages: [en, fr]\n"


def ticking(begins: str = "2026-03-05T09:00:00") -> Callable[[], datetime]:
    """A clock that goes on by ten seconds whenever it is looked at."""
    moments = [datetime.fromisoformat(begins).replace(tzinfo=UTC)]

    def clock() -> datetime:
        moments.append(moments[-1] + timedelta(seconds=10))
        return moments[-1]

    return clock


def answer(item: str, value: Value | None, confidence: str | None = None) -> Event:
    return Event("answer", item=item, source=INTERVIEWEE, value=value, confidence=confidence)


def rating(item: str, value: Value, evidence: str | None = None, confidence: str | None = None) -> Event:
    return Event("answer", item=item, source=EVIDENCE, value=value, evidence=evidence, confidence=confidence)


def hold(
    path: Path,
    *events: Event,
    respondent: str | None = None,
    role: str | None = "manager",
    framework: str = "small",
    language: str = "en",
    begins: str = "2026-03-05T09:00:00",
    context: Mapping[str, Value] | None = None,
) -> Path:
    """A journal with these events; the role is known beforehand, unless it is None."""
    known = {**(context or {}), **({} if role is None else {"role": role})}
    header = Header(framework, "1.0", path.stem if respondent is None else respondent, known, language)
    with create(path, header, ticking(begins)) as writer:
        for event in events:
            writer.append(event)
    return path


def go_on(path: Path, *events: Event, begins: str = "2026-03-06T09:00:00") -> Path:
    """An interview taken up again."""
    writer, _ = resume(path, ticking(begins))
    with writer:
        for event in events:
            writer.append(event)
    return path


def engagement(folder: Path) -> Path:
    """An engagement with the small framework, and no interview yet."""
    write(folder / "small")
    (folder / "interviews").mkdir()
    (folder / "engagement.yaml").write_text(SETTINGS, encoding="utf-8")
    return folder
