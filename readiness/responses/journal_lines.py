"""One line of a journal: what it may say, and the checksum that tells a sound line from a torn or damaged one."""

from __future__ import annotations

import json
import re
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, NoReturn

FORMAT = 1
DK, NA = "dk", "na"
FULL, FIXED, ADAPTIVE = (
    "full",
    "fixed",
    "adaptive",
)  # the form and the order that go without saying, and the other order
INTERVIEWEE, EVIDENCE = "interviewee", "evidence"
KINDS = ("answer", "skip", "note", "lang", "pause", "finish")
CONFIDENCE = ("low", "medium", "high")  # how sure whoever answers or rates is

_END_OF_RECORD = re.compile(rb'"crc":"[0-9a-fA-F]{8}"\}')

Value = int | float | str  # an option's value, a number, a text, or DK or NA


class DamagedLineError(ValueError):
    """A line is torn, damaged, or not a journal's."""


@dataclass(frozen=True)
class Header:
    """Whose interview it is: the journal's first line. `context` is what was known before the first question.

    form, order: how it was begun to be held, where that is not in full and in order: "core", "adaptive".
    """

    framework: str
    version: str
    respondent: str
    context: Mapping[str, Value]
    language: str
    form: str = FULL
    order: str = FIXED

    def record(self) -> dict[str, object]:
        """The line's content, without its checksum."""
        held = {"form": self.form} if self.form != FULL else {}
        held |= {"order": self.order} if self.order != FIXED else {}
        return {
            "journal": FORMAT,
            "framework": {"id": self.framework, "version": self.version},
            "respondent": self.respondent,
            "context": dict(self.context),
            "lang": self.language,
            **held,
        }


@dataclass(frozen=True)
class Event:
    """One thing that happened. `value`, `confidence` and `undo` count for answers only.

    The value None takes an answer back. undo: this brings back what stood before the last change, and so undoes it.
    """

    event: str
    item: str | None = None
    source: str | None = None
    value: Value | None = None
    note: str | None = None
    evidence: str | None = None
    language: str | None = None
    confidence: str | None = None  # one of CONFIDENCE
    undo: bool = False
    seq: int = 0  # from 1 in a file; 0: not written yet
    at: str = ""  # RFC 3339 in UTC

    def record(self) -> dict[str, object]:
        """The line's content, without its checksum."""
        record: dict[str, object] = {"seq": self.seq, "at": self.at, "event": self.event}
        for key, content in (("item", self.item), ("source", self.source)):
            if content is not None:
                record[key] = content
        if self.event == "answer":
            record["value"] = self.value
        beside = (("note", self.note), ("evidence", self.evidence), ("lang", self.language))
        for key, content in (*beside, ("confidence", self.confidence)):
            if content is not None:
                record[key] = content
        if self.undo:
            record["undo"] = True
        return record


def checksum(record: Mapping[str, object]) -> str:
    """CRC-32, eight hex digits, over the JSON of `record` without its `crc`: keys sorted, no spaces, UTF-8.

    Raises ValueError for what such JSON cannot hold: NaN, infinity, half of a surrogate pair.
    """
    bare = {key: content for key, content in record.items() if key != "crc"}
    text = json.dumps(bare, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False)
    return f"{zlib.crc32(text.encode('utf-8')):08x}"


def encode_line(record: Mapping[str, object]) -> bytes:
    """One line of a journal, its checksum and newline included. Raises ValueError as `checksum` does."""
    line = {**record, "crc": checksum(record)}
    return json.dumps(line, separators=(",", ":"), ensure_ascii=False, allow_nan=False).encode("utf-8") + b"\n"


def decode_line(line: bytes) -> dict[str, Any]:
    """The content of one line, without its checksum. Raises DamagedLineError if the line is not as it was written."""
    try:
        record = json.loads(line.decode("utf-8"), object_pairs_hook=_unique, parse_constant=_refuse)
        if isinstance(record, dict) and str(record.get("crc", "")).lower() == checksum(record):
            del record["crc"]
            return record
    except (ValueError, RecursionError) as error:
        raise DamagedLineError(str(error)) from None
    raise DamagedLineError("the checksum does not match")


BLANK = b" \t\r\xef\xbb\xbf"  # what editors and transfers leave around a line; a byte order mark among it


def scan(line: bytes) -> tuple[list[dict[str, Any]], int, bool]:
    """The sound records of one line (normally one), where the last of them ends, and whether there is nothing else.

    A damaged newline joins two lines: both are still whole, and are found by their checksums.
    """
    whole = line.rstrip(BLANK)
    if not whole.lstrip(BLANK):
        return [], len(whole), True
    try:
        return [decode_line(whole.lstrip(BLANK))], len(whole), True
    except DamagedLineError:
        records, start, end = [], 0, 0
        for found in _END_OF_RECORD.finditer(whole):
            record = _record_within(whole[start : found.end()])
            start = found.end()
            if record is not None:
                records.append(record)
                end = start
        return records, end, False


def _record_within(piece: bytes) -> dict[str, Any] | None:
    """The record that ends `piece`, whatever a few damaged bytes before it are."""
    start = piece.find(b"{")
    for _ in range(8):  # a record has fewer braces than that; more tries would only serve a hostile file
        if start < 0:
            return None
        try:
            return decode_line(piece[start:])
        except DamagedLineError:
            start = piece.find(b"{", start + 1)
    return None


def event_of(record: dict[str, Any]) -> Event:
    """The event a sound record says. Raises DamagedLineError if it says none."""
    seq, kind = record.get("seq"), record.get("event")
    if not isinstance(seq, int) or isinstance(seq, bool) or seq < 1:
        raise DamagedLineError("it has no number")
    if kind not in KINDS:
        raise DamagedLineError(f"unknown event {kind!r}")
    texts = {key: record.get(key) for key in ("at", "item", "source", "note", "evidence", "lang", "confidence")}
    if any(text is not None and not isinstance(text, str) for text in texts.values()):
        raise DamagedLineError("one of its texts is none")
    if kind in ("answer", "skip") and not texts["item"]:
        raise DamagedLineError("it names no item")
    value = record.get("value")
    if kind == "answer":
        if texts["source"] not in (None, INTERVIEWEE, EVIDENCE):
            raise DamagedLineError(f"unknown source {texts['source']!r}")
        # Only a null that is written takes an answer back; a value that is not there says nothing.
        if "value" not in record or not (value is None or is_value(value)):
            raise DamagedLineError("it has no value")
    if texts["confidence"] not in (None, *CONFIDENCE):
        raise DamagedLineError(f"unknown confidence {texts['confidence']!r}")
    return Event(
        event=kind,
        item=texts["item"],
        source=(texts["source"] or INTERVIEWEE) if kind == "answer" else None,
        value=value if kind == "answer" else None,
        note=texts["note"],
        evidence=texts["evidence"],
        language=texts["lang"],
        confidence=texts["confidence"] if kind == "answer" else None,
        undo=kind == "answer" and record.get("undo") is True,
        seq=seq,
        at=texts["at"] or "",
    )


def is_value(content: object) -> bool:
    """Whether this can be an answer. Numbers are finite already: the checksum is not defined for others."""
    return isinstance(content, int | float | str) and not isinstance(content, bool)


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    record = dict(pairs)
    if len(record) < len(pairs):
        raise ValueError("a key stands there twice")
    return record


def _refuse(constant: str) -> NoReturn:
    raise ValueError(f"{constant} is no number")
