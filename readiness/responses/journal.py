"""The journal of an interview: one JSON Lines file, and nothing else has to be kept.

The first line says whose interview it is and with which framework; every other line is one event. Each line carries a
checksum, so that a torn or damaged line is told from a sound one and never taken for an answer. Reading is tolerant of
damage and strict about meaning: what cannot be verified is reported by line and left out, everything else is kept.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from readiness.faults import Fault, ResponseError
from readiness.responses.journal_lines import (
    ADAPTIVE,
    BLANK,
    CONFIDENCE,
    DK,
    EVIDENCE,
    FIXED,
    FORMAT,
    FULL,
    INTERVIEWEE,
    NA,
    DamagedLineError,
    Event,
    Header,
    Value,
    decode_line,
    encode_line,
    event_of,
    is_value,
    scan,
)

if TYPE_CHECKING:
    from readiness.framework.models import Framework

__all__ = [
    "CONFIDENCE",
    "DK",
    "EVIDENCE",
    "INTERVIEWEE",
    "NA",
    "Change",
    "Contents",
    "DamagedLineError",
    "Event",
    "Header",
    "Journal",
    "Value",
    "decode_line",
    "encode_line",
    "parse_journal",
    "read_journal",
]

# A long interview with many notes is a hundred kilobytes; what is far beyond that was never written by an interview.
LARGEST = 64 * 1024 * 1024
_ITEM = re.compile(rb'"item":"([^"\\]{1,80})"')


@dataclass(frozen=True)
class Change:
    """An answer or a rating that was given, changed or taken back: what stood there before, None if nothing."""

    item: str
    source: str
    value: Value | None
    confidence: str | None


@dataclass(frozen=True)
class Contents:
    """What an interview holds at one moment: the last answer per item and source, and what was said beside.

    confidence: how sure a standing answer or rating is, by item and source, where that was said. changes: what an undo
    would bring back, the last one first to go. trail: the questions answered or passed over, in the order in which they
    first were.
    """

    language: str
    answers: Mapping[str, Value] = field(default_factory=lambda: MappingProxyType({}))
    ratings: Mapping[str, Value] = field(default_factory=lambda: MappingProxyType({}))
    notes: Mapping[str, tuple[str, ...]] = field(default_factory=lambda: MappingProxyType({}))
    evidence: Mapping[str, tuple[str, ...]] = field(default_factory=lambda: MappingProxyType({}))
    confidence: Mapping[tuple[str, str], str] = field(default_factory=lambda: MappingProxyType({}))
    skipped: frozenset[str] = frozenset()
    finished: bool = False
    changes: tuple[Change, ...] = ()
    trail: tuple[str, ...] = ()

    def after(self, *events: Event) -> Contents:
        """The contents once these events have happened too, in this order."""
        given = {INTERVIEWEE: dict(self.answers), EVIDENCE: dict(self.ratings)}
        notes: dict[str, list[str]] = {item: list(said) for item, said in self.notes.items()}
        evidence: dict[str, list[str]] = {item: list(said) for item, said in self.evidence.items()}
        confidence, changes, trail = dict(self.confidence), list(self.changes), dict.fromkeys(self.trail)
        skipped, language, finished = set(self.skipped), self.language, self.finished
        for event in events:
            item = event.item or ""
            if event.event == "answer":
                source = event.source or INTERVIEWEE
                key, answers = (item, source), given[source]
                _change(changes, Change(*key, answers.get(item), confidence.get(key)), event)
                confidence.pop(key, None)
                if event.value is None:
                    answers.pop(item, None)
                else:
                    answers[item] = event.value
                    if event.confidence is not None:
                        confidence[key] = event.confidence
                if source != EVIDENCE:
                    skipped.discard(item)
                    trail.setdefault(item)
            elif event.event == "skip":
                trail.setdefault(item)
                if item not in given[INTERVIEWEE]:
                    skipped.add(item)
            elif event.event == "lang" and event.language:
                language = event.language
            if event.note is not None:
                notes.setdefault(item, []).append(event.note)
            if event.evidence is not None:
                evidence.setdefault(item, []).append(event.evidence)
            # Whoever answers or leaves again after the end has opened the interview again; a note does not.
            if event.event in ("answer", "skip", "pause", "finish"):
                finished = event.event == "finish"
        return Contents(
            language=language,
            answers=MappingProxyType(given[INTERVIEWEE]),
            ratings=MappingProxyType(given[EVIDENCE]),
            notes=MappingProxyType({item: tuple(said) for item, said in notes.items()}),
            evidence=MappingProxyType({item: tuple(said) for item, said in evidence.items()}),
            confidence=MappingProxyType(confidence),
            skipped=frozenset(skipped),
            finished=finished,
            changes=tuple(changes),
            trail=tuple(trail),
        )


def _change(changes: list[Change], change: Change, event: Event) -> None:
    """Puts down what an answer changes; an undo takes the last change away instead, unless that one has been lost."""
    after = Change(change.item, change.source, event.value, event.confidence)
    if event.undo and changes and changes[-1] == after:
        changes.pop()
    elif change != after:
        changes.append(change)


@dataclass(frozen=True)
class Journal:
    """A journal as read: its header, its sound events, what they amount to, and what could not be read.

    A context question that was answered in the interview stands in `answers` under the key's name; what was known
    beforehand stands in `context`. Notes that belong to no item stand under "".
    """

    header: Header
    events: tuple[Event, ...]
    contents: Contents
    problems: tuple[Fault, ...]
    keep: int  # bytes to keep before a line is appended: all but a torn end

    @property
    def respondent(self) -> str:
        """The interviewee's pseudonym."""
        return self.header.respondent

    @property
    def context(self) -> Mapping[str, Value]:
        """What was known of the interviewee before the first question."""
        return self.header.context

    @property
    def answers(self) -> Mapping[str, Value]:
        """The interviewee's standing answers by item: a number, a text, "dk" or "na"."""
        return self.contents.answers

    def left_out(self, framework: Framework) -> tuple[str, ...]:
        """What has to be told of answers to questions that the framework does not have."""
        known = {*framework.items, *framework.unscored, *framework.context}
        foreign = sorted(item for item in {**self.answers, **self.ratings} if item not in known)
        if not foreign:
            return ()
        which = f"{framework.id} has no such question"
        return (f"answers to {', '.join(foreign)} are left out: {which}; name the framework they belong to",)

    @property
    def ratings(self) -> Mapping[str, Value]:
        """The interviewer's own standing ratings from evidence, by item."""
        return self.contents.ratings

    @property
    def notes(self) -> Mapping[str, tuple[str, ...]]:
        """Every note, by item."""
        return self.contents.notes

    @property
    def evidence(self) -> Mapping[str, tuple[str, ...]]:
        """What the ratings rest on, by item."""
        return self.contents.evidence

    @property
    def skipped(self) -> frozenset[str]:
        """Questions that were passed over and have no answer since."""
        return self.contents.skipped

    @property
    def finished(self) -> bool:
        """Whether the interview came to its end, and was not taken up again since."""
        return self.contents.finished

    @property
    def language(self) -> str:
        """The language the interview was last held in."""
        return self.contents.language

    @property
    def last_seq(self) -> int:
        """The highest number of an event; 0 if there is none."""
        return max((event.seq for event in self.events), default=0)


def read_journal(path: Path) -> Journal:
    """Reads a journal, whatever has happened to it.

    Raises ResponseError for a file that cannot be opened, is no journal, or has lost its first line. Damage further
    down is no error: it stands in `problems`, and what is sound is kept.
    """
    try:
        if path.stat().st_size > LARGEST:
            raise _fault(path.name, None, "too large for a journal", "give a journal of one interview")
        data = path.read_bytes()
    except OSError as error:
        what = f"cannot be read ({error.strerror or error})"
        raise _fault(str(path), None, what, "check the path and its permissions") from error
    return parse_journal(data, str(path))


def parse_journal(data: bytes, name: str) -> Journal:
    """Reads a journal's bytes; `name` is the file's name in messages. Raises ResponseError as `read_journal` does."""
    header: Header | None = None
    events: list[Event] = []
    problems: list[Fault] = []
    lines = data.split(b"\n")
    filled = [number for number, line in enumerate(lines, start=1) if line.strip(BLANK)]
    if not filled:
        raise _fault(name, None, "empty, so no journal", "begin a new interview, or give another file")
    keep = 0
    for number, line in enumerate(lines, start=1):
        records, keep, clean = scan(line)
        if header is None and number == filled[0]:
            header = _header(records, line, name, number)
            records = records[1:]
        for record in records:
            if "journal" in record:
                raise _fault(name, number, "a second journal begins here", "put each interview into its own file")
            try:
                events.append(event_of(record))
            except DamagedLineError as error:
                problems.append(Fault(name, number, f"not an event of an interview ({error})", "it is left out"))
        if not clean:
            problems.append(_damage(line, name, number, last=number == filled[-1]))
    assert header is not None  # the first filled line gave it, or was refused
    problems += _numbering(events, name)
    events.sort(key=lambda event: event.seq)  # stable: of two with one number the later line wins
    contents = Contents(language=header.language).after(*events)
    return Journal(header, tuple(events), contents, tuple(problems), keep=len(data) - len(lines[-1]) + keep)


def _header(records: list[dict[str, Any]], line: bytes, name: str, number: int) -> Header:
    """The header from the records of the first filled line."""
    if not records:
        if b'"journal"' in line or b'"crc"' in line:
            what = "the journal's first line is damaged: it says whose interview this is, and with which framework"
            raise _fault(name, number, what, "restore the file from a copy, or its first line from a backup")
        raise _fault(name, number, "not a journal", "give a .jsonl file that `readiness interview` has written")
    record = records[0]
    if record.get("journal") != FORMAT or isinstance(record["journal"], bool):
        found = f"format {record['journal']}" if "journal" in record else "an event where the first line should be"
        raise _fault(name, number, f"{found}; this version reads journals of format {FORMAT}", "update readiness")
    framework, context = record.get("framework"), record.get("context", {})
    if not (
        isinstance(framework, dict)
        and all(isinstance(part, str) for part in (framework.get("id"), framework.get("version")))
        and isinstance(record.get("respondent"), str)
        and isinstance(record.get("lang"), str)
        and isinstance(context, dict)
        and all(is_value(content) for content in context.values())
    ):
        what = (
            "the journal's first line lacks one of framework, respondent, context and lang, or has it in another form"
        )
        raise _fault(name, number, what, "restore the file from a copy")
    return Header(
        framework=framework["id"],
        version=framework["version"],
        respondent=record["respondent"],
        context=MappingProxyType(context),
        language=record["lang"],
        form=record["form"] if record.get("form") in ("core", FULL) else FULL,
        order=ADAPTIVE if record.get("order") == ADAPTIVE else FIXED,
    )


def _numbering(events: Iterable[Event], name: str) -> Iterator[Fault]:
    """What the events' numbers tell of lines lost, doubled or out of order."""
    seen: set[int] = set()
    highest = 0
    for event in events:
        if event.seq in seen:
            yield Fault(name, None, f"two lines are numbered {event.seq}", "the later one counts")
        elif event.seq < highest:
            yield Fault(
                name, None, f"line numbered {event.seq} stands out of order", "read in the order of the numbers"
            )
        seen.add(event.seq)
        highest = max(highest, event.seq)
    lost = highest - len(seen)
    if lost > 0:
        absent = [number for number in range(1, min(highest, 10_000)) if number not in seen][:5]
        listed = ", ".join(str(number) for number in absent) + (", …" if lost > len(absent) else "")
        mend = "check the answers around them, and ask again where one is gone"
        yield Fault(name, None, f"{lost} event(s) missing (number {listed})", mend)


def _damage(line: bytes, name: str, number: int, last: bool) -> Fault:
    """What to say of a damaged line: its item, where that can still be read, helps to ask again."""
    what = "the last line is torn or damaged" if last else "damaged line"
    about = _ITEM.search(line)
    if about is not None:
        what += f" (it was about {about[1].decode('utf-8', 'replace')})"
    return Fault(name, number, what, "it is left out; everything else is kept")


def _fault(name: str, line: int | None, what: str, mend: str) -> ResponseError:
    return ResponseError([Fault(name, line, what, mend)])
