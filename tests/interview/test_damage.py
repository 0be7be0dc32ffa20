"""An interview as it was really held, and its journal torn and damaged at every place: it is read, and goes on."""

from __future__ import annotations

import io
import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from readiness.faults import ResponseError
from readiness.interview.journal import resume
from readiness.interview.opening import Arrangement
from readiness.interview.session import run_plain
from readiness.responses.journal import EVIDENCE, INTERVIEWEE, Event, parse_journal, read_journal
from tests.interview.held import ticking
from tests.interview.small import build
from tests.responses.damage import contents_of, every_cut, every_flip, judge_cut, judge_flip, lines_scanned_once

ENTRIES = """
manager
4
b
c low
+ « é œ € »

e 5 minutes of 3 May, « vues »
2
u
3
l fr
dk
e 2 aucun courriel
+ 4 > 3
s
ne jamais dire œ
na
u
120
q
"""
ANSWER = Event("answer", item="M2", source=INTERVIEWEE, value=5, confidence="high")


@pytest.fixture(scope="module")
def lines(tmp_path_factory: pytest.TempPathFactory) -> list[bytes]:
    path = tmp_path_factory.mktemp("held") / "a.jsonl"
    entered = io.StringIO("\n".join(ENTRIES.strip("\n").split("\n")) + "\n")
    run_plain(Arrangement(build(), path), stdin=entered, stdout=io.StringIO(), stderr=io.StringIO(), clock=ticking())
    return path.read_bytes().splitlines(keepends=True)


def test_the_interview_has_everything_in_it_that_a_journal_can_hold(lines: list[bytes]) -> None:
    read = parse_journal(b"".join(lines), "a.jsonl")
    assert {event.event for event in read.events} == {"answer", "skip", "note", "lang", "pause"}
    assert {event.source for event in read.events if event.event == "answer"} == {INTERVIEWEE, EVIDENCE}
    assert any(event.undo for event in read.events)
    assert read.contents.confidence == {("W1", INTERVIEWEE): "low"}
    assert read.notes["W1"] == ("« é œ € »",)
    assert read.ratings == {"W2": 5, "W4": 2}
    assert read.problems == ()
    assert len(b"".join(lines)) > 2000


def test_cut_at_any_byte_it_gives_what_was_said_before(lines: list[bytes]) -> None:
    for data, sound in every_cut(lines):
        judge_cut(data, sound, lines)


def test_with_any_bit_flipped_it_never_gives_what_was_not_said(lines: list[bytes]) -> None:
    """No answer, rating, note or confidence that was not written, no earlier one lost, and never an error but ours."""
    with lines_scanned_once():
        for data, hit in every_flip(lines):
            judge_flip(data, hit, lines)


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Nobody pulls the plug here."""
    monkeypatch.setattr(os, "fsync", lambda _: None)
    with lines_scanned_once():
        yield


def goes_on(path: Path, data: bytes) -> None:
    """Taken up and gone on with, it is what it was, and one answer more."""
    path.write_bytes(data)
    before = read_journal(path)
    with resume(path, ticking("2026-03-06T09:00:00"))[0] as writer:
        written = writer.append(ANSWER)
    after = read_journal(path)
    assert after.events == (*before.events, written)
    assert after.contents == before.contents.after(ANSWER)
    # What is damaged at the end is cut off, and nothing else: of a line in the middle something may yet be made out.
    assert {problem.line for problem in after.problems} <= {problem.line for problem in before.problems}
    assert path.read_bytes().startswith(data[: before.keep])


@pytest.mark.usefixtures("quick")
def test_cut_at_any_byte_it_is_taken_up_and_goes_on(lines: list[bytes], tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    for data, sound in every_cut(lines):
        if sound:
            goes_on(path, data)
            assert read_journal(path).problems == ()
            assert read_journal(path).contents == contents_of(*lines[:sound]).after(ANSWER)
        else:
            path.write_bytes(data)
            with pytest.raises(ResponseError):
                resume(path)
            assert path.read_bytes() == data  # what cannot be read is left as it is


@pytest.mark.usefixtures("quick")
@pytest.mark.parametrize("bit", [0, 4, 7])
def test_with_any_byte_damaged_it_is_taken_up_and_goes_on(lines: list[bytes], tmp_path: Path, bit: int) -> None:
    path = tmp_path / "a.jsonl"
    for data, hit in every_flip(lines, [bit]):
        if hit:
            goes_on(path, data)
