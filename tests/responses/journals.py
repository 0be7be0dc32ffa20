"""Interviews as files, from what was said and what was seen."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from readiness.responses.journal import EVIDENCE, INTERVIEWEE, Event, Header, Value
from readiness.responses.journal_lines import encode_line


def said(item: str, value: Value | None) -> Event:
    """What the interviewee answers."""
    return Event("answer", item=item, source=INTERVIEWEE, value=value)


def seen(item: str, value: Value | None, evidence: str | None = None, confidence: str | None = None) -> Event:
    """What the interviewer rates."""
    return Event("answer", item=item, source=EVIDENCE, value=value, evidence=evidence, confidence=confidence)


def written(path: Path, *events: Event, respondent: str = "r", framework: str = "small", **context: Value) -> Path:
    """A journal of these events."""
    records: list[Mapping[str, Any]] = [Header(framework, "1", respondent, context, "en").record()]
    records += [{**event.record(), "seq": seq} for seq, event in enumerate(events, start=1)]
    path.write_bytes(b"".join(map(encode_line, records)))
    return path


def interview(
    path: Path, answers: Mapping[str, Value], ratings: Mapping[str, Value] | None = None, respondent: str = "r"
) -> Path:
    """A journal of answers, and of ratings that nothing is noted for."""
    events: Sequence[Event] = [
        *(said(item, value) for item, value in answers.items()),
        *(seen(item, value) for item, value in (ratings or {}).items()),
    ]
    return written(path, *events, respondent=respondent)
