"""A journal is read whatever has happened to it, and never gives an answer that was not given."""

import json
import zlib
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from readiness.faults import ResponseError
from readiness.responses.journal import (
    LARGEST,
    Change,
    DamagedLineError,
    Event,
    Header,
    Journal,
    decode_line,
    encode_line,
    parse_journal,
    read_journal,
)
from tests.responses.damage import every_cut, every_flip, judge_cut, judge_flip, lines_scanned_once

HEADER = Header("small", "1.0", "a", {"role": "manager"}, "en")

EVENTS = (
    Event("answer", item="W1", source="interviewee", value=2),
    Event("note", item="W1", note="« é œ € »"),
    Event("answer", item="W2", source="interviewee", value="dk"),
    Event("answer", item="W1", source="evidence", value=5, evidence="minutes of 3 May", confidence="high"),
    Event("skip", item="W3"),
    Event("answer", item="W1", source="interviewee", value=4, confidence="low"),
    Event("answer", item="W1", source="interviewee", value=2, undo=True),
    Event("answer", item="OPEN", source="interviewee", value="nothing\nat all"),
    Event("lang", language="fr"),
    Event("answer", item="M1", source="interviewee", value=12.5),
    Event("finish"),
)


def lines(*events: Event, header: Header = HEADER) -> list[bytes]:
    return [
        encode_line(header.record()),
        *(
            encode_line({**event.record(), "seq": event.seq or place, "at": "2026-01-02T03:04:05Z"})
            for place, event in enumerate(events, start=1)
        ),
    ]


def journal(*events: Event) -> Journal:
    return parse_journal(b"".join(lines(*events)), "a.jsonl")


def answer(value: object, item: str = "W1", seq: int = 0) -> Event:
    return Event("answer", item=item, source="interviewee", value=value, seq=seq)  # type: ignore[arg-type]


# One line


records = st.dictionaries(
    st.text(max_size=8).filter(lambda key: key != "crc"),
    st.one_of(st.text(), st.integers(-(2**60), 2**60), st.floats(allow_nan=False, allow_infinity=False), st.none()),
    max_size=6,
)


@given(records)
def test_a_line_is_read_as_it_was_written(record: dict[str, object]) -> None:
    assert decode_line(encode_line(record)) == record


@given(records)
def test_the_checksum_is_the_one_of_the_design(record: dict[str, object]) -> None:
    written = json.loads(encode_line(record))
    plain = json.dumps(record, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    assert written["crc"] == format(zlib.crc32(plain.encode("utf-8")), "08x")


def test_keys_may_stand_in_any_order_and_with_spaces() -> None:
    record = decode_line(lines(answer(2))[1])
    crc = json.loads(lines(answer(2))[1])["crc"]
    spread = json.dumps({"crc": crc, **dict(reversed(record.items()))}, indent=None, separators=(" , ", " : "))
    assert decode_line(spread.encode()) == record


@pytest.mark.parametrize(
    "line",
    [
        b"",
        b"{",
        b"[]",
        b"12",
        b"{}",
        b'{"seq":1}',
        b'{"seq":1,"crc":"00000000"}',
        b'{"seq":1,"crc":1}',
        b'{"seq":NaN,"crc":"00000000"}',
        b'{"seq":1e999,"crc":"00000000"}',
        b'{"seq":1,"seq":2,"crc":"00000000"}',
        b'{"note":"\\ud800","crc":"00000000"}',
        b"\xff\xfe",
        b"[" * 100_000,
        b'{"seq":' + b"9" * 10_000 + b"}",
    ],
)
def test_what_is_no_line_of_a_journal_is_called_damaged(line: bytes) -> None:
    with pytest.raises(DamagedLineError):
        decode_line(line)


# What the events amount to


def test_a_journal_tells_everything_that_was_said() -> None:
    read = journal(*EVENTS)
    assert read.respondent == "a"
    assert read.context == {"role": "manager"}
    assert read.answers == {"W1": 2, "W2": "dk", "OPEN": "nothing\nat all", "M1": 12.5}
    assert read.ratings == {"W1": 5}
    assert read.evidence == {"W1": ("minutes of 3 May",)}
    assert read.notes == {"W1": ("« é œ € »",)}
    assert read.skipped == {"W3"}
    assert read.contents.confidence == {("W1", "evidence"): "high"}
    assert read.contents.trail == ("W1", "W2", "W3", "OPEN", "M1")
    assert (read.language, read.finished, read.problems) == ("fr", True, ())


def test_the_last_answer_of_a_source_wins() -> None:
    rated = Event("answer", item="W1", source="evidence", value=1)
    read = journal(answer(2), rated, answer(4))
    assert (read.answers, read.ratings) == ({"W1": 4}, {"W1": 1})


def test_null_takes_the_answer_back() -> None:
    assert journal(answer(2), answer(None)).answers == {}


def test_an_answer_without_a_value_takes_nothing_back() -> None:
    torn = {"seq": 2, "at": "", "event": "answer", "item": "W1", "source": "interviewee"}
    read = parse_journal(b"".join([*lines(answer(2)), encode_line(torn)]), "a.jsonl")
    assert read.answers == {"W1": 2}
    assert [problem.line for problem in read.problems] == [3]


def test_an_answer_ends_a_skip_and_a_skip_keeps_an_answer() -> None:
    assert journal(Event("skip", item="W1"), answer(2)).skipped == frozenset()
    assert journal(answer(2), Event("skip", item="W1")).answers == {"W1": 2}


def test_an_interview_taken_up_after_its_end_is_open_again() -> None:
    assert journal(answer(2), Event("finish"), Event("note", note="late")).finished
    assert not journal(answer(2), Event("finish"), answer(3)).finished


def test_how_sure_somebody_is_goes_with_the_answer_it_was_said_of() -> None:
    sure = Event("answer", item="W1", source="interviewee", value=2, confidence="low")
    seen = Event("answer", item="W1", source="evidence", value=4, confidence="high")
    assert journal(sure, seen).contents.confidence == {("W1", "interviewee"): "low", ("W1", "evidence"): "high"}
    assert journal(sure, seen, answer(3)).contents.confidence == {("W1", "evidence"): "high"}
    assert journal(sure, seen, answer(None)).contents.confidence == {("W1", "evidence"): "high"}


def test_the_trail_is_what_was_asked_in_the_order_in_which_it_first_was() -> None:
    """Ratings are the interviewer's own: nothing was asked for them."""
    rated = Event("answer", item="W9", source="evidence", value=1)
    read = journal(answer(2, "W2"), Event("skip", item="W3"), rated, answer(1), answer(4, "W3"), answer(None, "W2"))
    assert read.contents.trail == ("W2", "W3", "W1")


def undo(value: object, item: str = "W1") -> Event:
    return Event("answer", item=item, source="interviewee", value=value, undo=True)  # type: ignore[arg-type]


def test_every_change_can_be_undone_and_an_undo_takes_one_away() -> None:
    first, second = Change("W1", "interviewee", None, None), Change("W1", "interviewee", 2, None)
    assert journal(answer(2), answer(4)).contents.changes == (first, second)
    assert journal(answer(2), answer(4), undo(2)).contents.changes == (first,)
    assert journal(answer(2), answer(4), undo(2), undo(None)).contents.changes == ()


def test_an_answer_given_again_is_no_change_and_one_changed_back_is_two() -> None:
    assert len(journal(answer(2), answer(2)).contents.changes) == 1
    assert len(journal(answer(2), answer(4), answer(2)).contents.changes) == 3


def test_an_undo_whose_change_was_lost_is_a_change_like_any_other() -> None:
    """As where its line was damaged: to take another change away would bring back what nobody undid."""
    contents = journal(answer("manager", "role"), answer(4), undo(2)).contents
    assert contents.answers == {"role": "manager", "W1": 2}
    assert contents.changes[-1] == Change("W1", "interviewee", 4, None)


def test_only_an_answer_is_an_undo() -> None:
    written = {"seq": 1, "at": "", "event": "note", "item": "W1", "note": "n", "undo": True}
    read = parse_journal(b"".join([*lines(), encode_line(written)]), "a.jsonl")
    assert (read.events[0].undo, read.problems) == (False, ())


# Damage


def test_a_journal_cut_at_any_byte_gives_what_was_said_before_the_cut() -> None:
    written = lines(*EVENTS)
    for data, sound in every_cut(written):
        judge_cut(data, sound, written)


def test_a_bit_flipped_anywhere_never_gives_what_was_not_said() -> None:
    written = lines(*EVENTS)
    with lines_scanned_once():
        for data, hit in every_flip(written):
            judge_flip(data, hit, written)


def test_a_damaged_line_is_reported_by_number_and_item() -> None:
    written = lines(answer(2), answer(3, "W2"), answer(4, "W3"))
    written[2] = written[2].replace(b'"value":3', b'"value":4')
    read = parse_journal(b"".join(written), "a.jsonl")
    assert read.answers == {"W1": 2, "W3": 4}
    assert read.problems[0].line == 3
    assert "W2" in read.problems[0].what


def test_a_torn_end_is_dropped_and_said() -> None:
    written = lines(answer(2), answer(3, "W2"))
    whole = b"".join(written)
    read = parse_journal(whole[:-20], "a.jsonl")
    assert read.answers == {"W1": 2}
    assert "last line" in read.problems[0].what
    assert read.keep == len(whole) - len(written[-1])


def test_a_last_line_without_its_newline_is_whole() -> None:
    whole = b"".join(lines(answer(2)))
    read = parse_journal(whole[:-1], "a.jsonl")
    assert (read.answers, read.problems, read.keep) == ({"W1": 2}, (), len(whole) - 1)


def test_blocks_of_zeros_at_the_end_are_torn() -> None:
    whole = b"".join(lines(answer(2)))
    read = parse_journal(whole + b"\0" * 4096, "a.jsonl")
    assert (read.answers, read.keep) == ({"W1": 2}, len(whole))


def test_two_lines_joined_by_a_damaged_newline_are_both_read() -> None:
    written = lines(answer(2), answer(3, "W2"), answer(4, "W3"))
    written[1] = written[1][:-1] + b"\x0b"
    read = parse_journal(b"".join(written), "a.jsonl")
    assert read.answers == {"W1": 2, "W2": 3, "W3": 4}
    assert [problem.line for problem in read.problems] == [2]


def test_an_answer_quoted_in_a_note_is_no_answer() -> None:
    quoted = lines(answer(5, "W9"))[1].decode()
    written = lines(answer(2), Event("note", item="W1", note=quoted))
    damaged = b"".join(written).replace(b'"event":"note"', b'"event":"nope"')
    assert parse_journal(damaged, "a.jsonl").answers == {"W1": 2}


def test_a_number_used_twice_is_reported_and_the_later_line_counts() -> None:
    read = journal(answer(2, seq=1), answer(3, seq=1))
    assert read.answers == {"W1": 3}
    assert "two lines are numbered 1" in read.problems[0].what


def test_a_missing_number_is_reported() -> None:
    read = journal(answer(2, seq=1), answer(3, seq=4))
    assert read.answers == {"W1": 3}
    assert "2 event(s) missing (number 2, 3)" in read.problems[0].what


def test_lines_out_of_order_are_read_in_the_order_of_their_numbers() -> None:
    read = journal(answer(3, seq=2), answer(2, seq=1))
    assert read.answers == {"W1": 3}
    assert "out of order" in read.problems[0].what


def test_what_editors_and_transfers_add_is_no_damage() -> None:
    whole = b"".join(lines(*EVENTS))
    read = parse_journal(b"\xef\xbb\xbf" + whole.replace(b"\n", b"\r\n") + b"\n\r\n", "a.jsonl")
    assert (read.answers, read.problems) == (journal(*EVENTS).answers, ())


def test_an_event_of_a_later_version_is_left_out_and_said() -> None:
    later = {"seq": 2, "at": "", "event": "confidence", "item": "W1", "value": 3}
    read = parse_journal(b"".join([*lines(answer(2)), encode_line(later)]), "a.jsonl")
    assert read.answers == {"W1": 2}
    assert "unknown event 'confidence'" in read.problems[0].what


@pytest.mark.parametrize(
    "change",
    [
        {"seq": 0},
        {"seq": True},
        {"seq": "2"},
        {"at": 5},
        {"note": ["a"]},
        {"item": ""},
        {"source": "hearsay"},
        {"value": True},
        {"value": [3]},
        {"value": {"score": 3}},
    ],
)
def test_a_sound_line_that_makes_no_sense_is_left_out_and_said(change: dict[str, object]) -> None:
    odd = {"seq": 2, "at": "", "event": "answer", "item": "W1", "source": "interviewee", "value": 4, **change}
    read = parse_journal(b"".join([*lines(answer(2)), encode_line(odd)]), "a.jsonl")
    assert read.answers == {"W1": 2}
    assert [problem.line for problem in read.problems] == [3]


@pytest.mark.parametrize(
    ("data", "what"),
    [
        (b"", "empty"),
        (b"\n \n", "empty"),
        (b"respondent,CUL01\na,3\n", "not a journal"),
        (b"PK\x03\x04\x00\xff", "not a journal"),
        (b'{"respondent": "a", "CUL01": 3}\n', "not a journal"),
        (b"".join(lines(answer(2)))[5:], "first line is damaged"),
        (b"".join(lines(answer(2))[1:]), "an event where the first line should be"),
        (encode_line({**HEADER.record(), "journal": 2}), "format 2"),
        (encode_line({**HEADER.record(), "context": [1]}), "lacks one of"),
        (encode_line({"journal": 1}), "lacks one of"),
        (b"".join(lines(answer(2)) + lines(answer(3))), "a second journal begins"),
    ],
)
def test_what_is_no_journal_is_refused_with_a_reason(data: bytes, what: str) -> None:
    with pytest.raises(ResponseError) as refused:
        parse_journal(data, "a.jsonl")
    (fault,) = refused.value.faults
    assert what in fault.what
    assert fault.file == "a.jsonl"
    assert fault.mend


@given(st.binary(max_size=400))
@example(b'{"journal":1,"crc":"x"}')
def test_any_bytes_at_all_are_read_or_refused(data: bytes) -> None:
    written = b"".join(lines(answer(2)))
    assert parse_journal(written + data, "a.jsonl").answers == {"W1": 2}
    with pytest.raises(ResponseError):
        parse_journal(data, "a.jsonl")


def test_a_file_that_cannot_be_read_is_a_fault(tmp_path: Path) -> None:
    for path in (tmp_path / "absent.jsonl", tmp_path):
        with pytest.raises(ResponseError, match="cannot be read"):
            read_journal(path)


def test_a_file_far_too_large_is_refused_unread(tmp_path: Path) -> None:
    path = tmp_path / "large.jsonl"
    with path.open("wb") as file:
        file.truncate(LARGEST + 1)
    with pytest.raises(ResponseError, match="too large"):
        read_journal(path)
