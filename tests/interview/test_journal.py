"""What is acknowledged is on disk, and one process at a time writes a journal."""

import errno
import json
import os
from collections.abc import Callable
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest

from readiness.faults import ResponseError
from readiness.interview.journal import NotKeptError, create, resume
from readiness.responses.journal import Event, Header, read_journal

HEADER = Header("small", "1.0", "a", {}, "en")


def clock() -> datetime:
    return datetime(2026, 1, 2, 5, 4, 5, 678_900, tzinfo=timezone(timedelta(hours=2)))


def answer(value: int, item: str = "W1") -> Event:
    return Event("answer", item=item, source="interviewee", value=value)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "interviews" / "a.jsonl"


def test_a_new_journal_is_there_with_its_header_and_nothing_beside(path: Path) -> None:
    with create(path, HEADER):
        assert read_journal(path).header == HEADER
        assert [file.name for file in path.parent.iterdir()] == ["a.jsonl"]
        assert path.stat().st_mode & 0o077 == 0


def test_an_event_can_be_read_as_soon_as_it_is_appended(path: Path) -> None:
    with create(path, HEADER, clock) as writer:
        written = writer.append(answer(3))
        assert read_journal(path).events == (written,)
    assert (written.seq, written.at) == (1, "2026-01-02T03:04:05.678Z")


def test_an_event_is_synced_before_it_is_acknowledged(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with create(path, HEADER) as writer:
        synced: list[int] = []
        monkeypatch.setattr(os, "fsync", lambda handle: synced.append(os.fstat(handle).st_size))
        writer.append(answer(3))
        assert synced == [path.stat().st_size]


def test_writing_goes_on_where_it_was_left(path: Path) -> None:
    with create(path, HEADER) as writer:
        writer.append(answer(3))
    writer, journal = resume(path)
    with writer:
        assert journal.answers == {"W1": 3}
        writer.append(answer(4, "W2"))
    again = read_journal(path)
    assert ([event.seq for event in again.events], again.problems) == ([1, 2], ())


@pytest.mark.parametrize("torn", [b'{"seq":2,"at":"2026', b"\0\0\0\0", b'{"seq":2}'])
def test_a_torn_end_is_cut_off_before_writing_goes_on(path: Path, torn: bytes) -> None:
    with create(path, HEADER) as writer:
        writer.append(answer(3))
    with path.open("ab") as file:
        file.write(torn)
    writer, journal = resume(path)
    with writer:
        assert len(journal.problems) == 1
        writer.append(answer(4, "W2"))
    again = read_journal(path)
    assert (again.answers, again.problems) == ({"W1": 3, "W2": 4}, ())


@pytest.mark.parametrize("damage", [lambda data: data[:-1], lambda data: data[:-1] + b"*"])
def test_a_last_answer_without_its_newline_is_kept(path: Path, damage: Callable[[bytes], bytes]) -> None:
    with create(path, HEADER) as writer:
        writer.append(answer(3))
    path.write_bytes(damage(path.read_bytes()))
    with resume(path)[0] as writer:
        writer.append(answer(4, "W2"))
    again = read_journal(path)
    assert (again.answers, again.problems) == ({"W1": 3, "W2": 4}, ())


def test_a_damaged_line_in_the_middle_is_left_alone(path: Path) -> None:
    with create(path, HEADER) as writer:
        writer.append(answer(3))
        writer.append(answer(4, "W2"))
    damaged = path.read_bytes().replace(b'"value":3', b'"value":5')
    path.write_bytes(damaged)
    with resume(path)[0] as writer:
        writer.append(answer(1, "W3"))
    assert path.read_bytes().startswith(damaged)
    assert read_journal(path).answers == {"W2": 4, "W3": 1}


def test_two_writers_of_one_journal_are_refused(path: Path) -> None:
    with create(path, HEADER):
        with pytest.raises(ResponseError, match="another interview has this journal open"):
            resume(path)
        with pytest.raises(ResponseError, match="there is a file already"):
            create(path, HEADER)
    resume(path)[0].close()


def test_a_journal_may_be_read_while_it_is_written(path: Path) -> None:
    with create(path, HEADER) as writer:
        writer.append(answer(3))
        assert read_journal(path).answers == {"W1": 3}


def test_a_file_that_is_there_is_never_overwritten(path: Path) -> None:
    path.parent.mkdir()
    path.write_text("notes of mine")
    with pytest.raises(ResponseError, match="there is a file already"):
        create(path, HEADER)
    assert path.read_text() == "notes of mine"
    assert list(path.parent.iterdir()) == [path]


def test_an_empty_file_is_filled(path: Path) -> None:
    path.parent.mkdir()
    path.touch()
    create(path, HEADER).close()
    assert read_journal(path).header == HEADER


def test_what_a_killed_beginning_left_is_no_hindrance(path: Path) -> None:
    path.parent.mkdir()
    path.with_name(".a.jsonl.new").write_text('{"journal"')
    create(path, HEADER).close()
    assert list(path.parent.iterdir()) == [path]


def test_without_hard_links_a_journal_is_renamed_into_place(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def no_links(*_: object) -> None:
        raise OSError(errno.EPERM, "Operation not permitted")

    monkeypatch.setattr(os, "link", no_links)
    create(path, HEADER).close()
    assert list(path.parent.iterdir()) == [path]
    with pytest.raises(ResponseError, match="there is a file already"):
        create(path, HEADER)


@pytest.mark.parametrize("call", ["write", "fsync"])
def test_what_the_disk_does_not_take_is_not_acknowledged_and_leaves_no_trace(
    path: Path, call: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with create(path, HEADER) as writer:
        writer.append(answer(3))
        before = path.read_bytes()
        real_write = os.write

        def full(handle: int, *content: bytes) -> int:
            if call == "write" and len(content[0]) > 20:
                return real_write(handle, content[0][:20])  # half a line, then the disk is full
            raise OSError(errno.ENOSPC, "No space left on device")

        monkeypatch.setattr(os, call, full)
        with pytest.raises(NotKeptError, match="No space left"):
            writer.append(answer(4))
        monkeypatch.undo()
        assert path.read_bytes() == before
        writer.append(answer(5))
    assert [json.loads(line)["seq"] for line in path.read_bytes().splitlines()[1:]] == [1, 2]


def _move(path: Path) -> None:
    path.rename(path.with_name("b.jsonl"))


def _replace(path: Path) -> None:
    path.with_name("b.jsonl").write_bytes(path.read_bytes())
    path.with_name("b.jsonl").rename(path)


def _lengthen(path: Path) -> None:
    with path.open("ab") as file:
        file.write(b"\n")


@pytest.mark.parametrize("tamper", [Path.unlink, _move, _replace, _lengthen])
def test_nothing_is_acknowledged_into_a_file_that_is_not_there_any_more(
    path: Path, tamper: Callable[[Path], None]
) -> None:
    with create(path, HEADER) as writer:
        tamper(path)
        with pytest.raises(NotKeptError):
            writer.append(answer(3))


def test_a_file_system_without_locks_holds_nothing_up(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import fcntl

    def no_locks(*_: object) -> None:
        raise OSError(errno.ENOLCK, "No locks available")

    monkeypatch.setattr(fcntl, "flock", no_locks)
    with create(path, HEADER) as writer:
        writer.append(answer(3))
    assert read_journal(path).answers == {"W1": 3}


def test_a_place_that_cannot_be_written_is_a_fault(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(ResponseError, match="cannot be written"):
        create(tmp_path / "file" / "a.jsonl", HEADER)
    with pytest.raises(ResponseError, match="cannot be written"):
        resume(tmp_path / "absent.jsonl")


def test_times_are_utc(path: Path) -> None:
    with create(path, HEADER) as writer:
        at = writer.append(answer(3)).at
    assert at.endswith("Z")
    assert datetime.fromisoformat(at).utcoffset() == timedelta(0)
