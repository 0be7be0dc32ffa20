"""Whatever is merged, nothing is lost: every sound event can be read afterwards, and no file is written over."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from readiness.faults import ResponseError
from readiness.interview.filing import alone, carry_out, put
from readiness.interview.journal import resume
from readiness.interview.merging import Plan, What, plan, read_kept
from readiness.responses.journal import Event, Header, encode_line, read_journal
from tests.interview.held import answer, go_on, hold


@pytest.fixture
def into(tmp_path: Path) -> Path:
    folder = tmp_path / "acme" / "interviews"
    folder.mkdir(parents=True)
    return folder


@pytest.fixture
def other(tmp_path: Path) -> Path:
    folder = tmp_path / "laptop"
    folder.mkdir()
    return folder


def planned(into: Path, *sources: Path) -> Plan:
    files = [path for source in sources for path in (sorted(source.iterdir()) if source.is_dir() else [source])]
    there = [read_kept(path) for path in sorted(into.glob("*.jsonl"))]
    return plan(there, [read_kept(path) for path in files], into)


def merge(into: Path, *sources: Path) -> list[tuple[What, str]]:
    return [(step.what, step.target.name) for step in carry_out(planned(into, *sources))]


def copy_of(path: Path, folder: Path, name: str | None = None) -> Path:
    copy = folder / (name or path.name)
    copy.write_bytes(path.read_bytes())
    return copy


def test_what_is_not_there_yet_is_copied_under_its_name(into: Path, other: Path) -> None:
    path = hold(other / "a.jsonl", answer("W1", 4))
    assert merge(into, other) == [(What.COPIED, "a.jsonl")]
    assert (into / "a.jsonl").read_bytes() == path.read_bytes()
    assert (into / "a.jsonl").stat().st_mode & 0o077 == 0
    assert [file.name for file in into.iterdir()] == ["a.jsonl"]


def test_the_same_content_is_there_already_under_whatever_name(into: Path, other: Path) -> None:
    copy_of(hold(into / "a.jsonl", answer("W1", 4)), other, "b.jsonl")
    assert merge(into, other) == [(What.PRESENT, "a.jsonl")]


def test_the_same_interview_further_on_stays_one_file(into: Path, other: Path) -> None:
    copy_of(hold(into / "a.jsonl", answer("W1", 4)), other, "b.jsonl")
    go_on(other / "b.jsonl", answer("W3", 2))
    assert merge(into, other) == [(What.EXTENDED, "a.jsonl")]
    assert read_journal(into / "a.jsonl").answers == {"W1": 4, "W3": 2}
    assert [file.name for file in into.iterdir()] == ["a.jsonl"]


def test_an_earlier_copy_brings_nothing_new(into: Path, other: Path) -> None:
    copy_of(hold(into / "a.jsonl", answer("W1", 4)), other)
    before = go_on(into / "a.jsonl", answer("W3", 2)).read_bytes()
    assert merge(into, other) == [(What.BEHIND, "a.jsonl")]
    assert (into / "a.jsonl").read_bytes() == before


def test_what_has_gone_apart_is_kept_side_by_side(into: Path, other: Path) -> None:
    copy_of(hold(into / "a.jsonl", answer("W1", 4)), other)
    go_on(into / "a.jsonl", answer("W3", 2))
    go_on(other / "a.jsonl", answer("W3", 5))
    (step,) = planned(into, other).steps
    assert (step.what, step.target.name, step.common) == (What.APART, "a-2.jsonl", 1)
    assert step.other is not None
    assert step.other.path == into / "a.jsonl"
    assert merge(into, other) == [(What.APART, "a-2.jsonl")]
    assert [read_journal(into / name).answers["W3"] for name in ("a.jsonl", "a-2.jsonl")] == [2, 5]
    # Both may go on, and each is still known again.
    go_on(other / "a.jsonl", answer("M1", 9))
    assert merge(into, other) == [(What.EXTENDED, "a-2.jsonl")]


def test_another_interview_of_the_same_name_gets_a_free_one(into: Path, other: Path) -> None:
    before = hold(into / "a.jsonl", answer("W1", 4), respondent="p1").read_bytes()
    hold(into / "A-2.jsonl", respondent="p3")  # on some systems this is a-2.jsonl
    hold(other / "a.jsonl", answer("W1", 5), respondent="p2")
    assert merge(into, other) == [(What.COPIED, "a-3.jsonl")]
    assert (into / "a.jsonl").read_bytes() == before


def test_different_interviews_under_one_pseudonym_are_told_and_the_same_said_twice_is_not(
    into: Path, other: Path
) -> None:
    hold(into / "a.jsonl", answer("W1", 4), respondent="p1")
    hold(other / "b.jsonl", answer("W1", 5), respondent="p1")
    hold(into / "c.jsonl", answer("W1", 4), respondent="p2")
    hold(other / "d.jsonl", answer("W1", 4), respondent="p2", begins="2026-04-01T09:00:00")
    found = list(planned(into, other).collisions())
    assert found == [("p1", (into / "a.jsonl", into / "b.jsonl"))]


def test_a_file_too_damaged_to_be_read_is_copied_as_it_is(into: Path, other: Path) -> None:
    hold(into / "a.jsonl", answer("W1", 4))
    damaged = other / "a.jsonl"
    damaged.write_bytes(b"\0" * 60 + (into / "a.jsonl").read_bytes()[60:])
    (step,) = planned(into, other).steps
    assert (step.what, step.target.name) == (What.DAMAGED, "a-2.jsonl")
    assert step.source.fault is not None
    merge(into, other)
    assert (into / "a-2.jsonl").read_bytes() == damaged.read_bytes()


def test_a_torn_end_that_is_there_gives_way_to_the_whole(into: Path, other: Path) -> None:
    whole = hold(other / "a.jsonl", answer("W1", 4), answer("W3", 2))
    (into / "a.jsonl").write_bytes(whole.read_bytes()[:-20])
    assert merge(into, other) == [(What.EXTENDED, "a.jsonl")]
    assert (into / "a.jsonl").read_bytes() == whole.read_bytes()
    assert [file.name for file in into.iterdir()] == ["a.jsonl"]


def test_a_damaged_line_that_is_there_is_put_aside_and_not_lost(into: Path, other: Path) -> None:
    whole = hold(other / "a.jsonl", answer("W1", 4), answer("W3", 2))
    damaged = whole.read_bytes().replace(b'"value":4', b'"value":5')
    (into / "a.jsonl").write_bytes(damaged)
    assert merge(into, other) == [(What.EXTENDED, "a.jsonl")]
    assert (into / "a.jsonl").read_bytes() == whole.read_bytes()
    assert (into / "a.jsonl.old").read_bytes() == damaged
    assert merge(into, other) == [(What.PRESENT, "a.jsonl")]


def test_copies_damaged_in_different_places_are_both_kept(into: Path, other: Path) -> None:
    whole = hold(other / "a.jsonl", answer("W1", 4), answer("W3", 2))
    (into / "a.jsonl").write_bytes(whole.read_bytes().replace(b'"value":4', b'"value":5'))
    whole.write_bytes(whole.read_bytes().replace(b'"value":2', b'"value":5'))
    merge(into, other)
    held = [read_journal(path).answers for path in sorted(into.iterdir())]
    assert sorted(held, key=str) == [{"W1": 4}, {"W3": 2}]


def test_what_is_no_journal_is_refused(other: Path) -> None:
    (other / "s.jsonl").write_text('{"respondent": "r1"}\n')
    (other / "e.jsonl").touch()
    (other / "d.jsonl").mkdir()
    for name, what in {"s": "not a journal", "e": "empty, so no journal", "d": "not a file"}.items():
        with pytest.raises(ResponseError, match=what):
            read_kept(other / f"{name}.jsonl")


def test_a_journal_that_somebody_writes_to_is_left_alone(into: Path, other: Path) -> None:
    copy_of(hold(into / "b.jsonl", answer("W1", 4)), other)
    go_on(other / "b.jsonl", answer("W3", 2))
    hold(other / "a.jsonl")
    writer, _ = resume(into / "b.jsonl")
    with writer:
        with pytest.raises(ResponseError, match="an interview is being held in this journal"):
            merge(into, other)
        writer.append(answer("M1", 1))
    assert (into / "a.jsonl").exists()  # what was done before is done


def test_what_has_changed_since_it_was_planned_is_not_written_over(into: Path, other: Path) -> None:
    copy_of(hold(into / "a.jsonl", answer("W1", 4)), other)
    go_on(other / "a.jsonl", answer("W3", 2))
    work = planned(into, other)
    changed = go_on(into / "a.jsonl", answer("M1", 1)).read_bytes()
    with pytest.raises(ResponseError, match="it has changed while this was worked out; merge again"):
        list(carry_out(work))
    assert (into / "a.jsonl").read_bytes() == changed
    hold(other / "c.jsonl")
    work = planned(into, other / "c.jsonl")
    (into / "c.jsonl").write_text("mine")
    with pytest.raises(ResponseError, match="there is a file already"):
        list(carry_out(work))
    assert (into / "c.jsonl").read_text() == "mine"


def test_one_merge_at_a_time_has_a_folder_to_itself(tmp_path: Path) -> None:
    folder = tmp_path / "interviews"
    with alone(folder):
        with pytest.raises(ResponseError, match="another merge into this folder is under way"), alone(folder):
            raise AssertionError("two at once")
        hold(folder / "a.jsonl")  # an interview may begin meanwhile
    with alone(folder):
        pass


@pytest.mark.parametrize("call", ["write", "fsync", "link"])
def test_a_full_disk_leaves_nothing_half_written(
    into: Path, other: Path, call: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    copy_of(hold(into / "b.jsonl", answer("W1", 4)), other)
    go_on(other / "b.jsonl", answer("W3", 2))
    hold(other / "a.jsonl")
    before = (into / "b.jsonl").read_bytes()

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, call, full)
    if call == "link":  # a file system without links: then it is renamed
        merge(into, other)
        assert sorted(file.name for file in into.iterdir()) == ["a.jsonl", "b.jsonl"]
        return
    with pytest.raises(ResponseError, match=r"cannot be written \(No space left on device\)"):
        merge(into, other)
    assert [file.name for file in into.iterdir()] == ["b.jsonl"]
    assert (into / "b.jsonl").read_bytes() == before


def test_a_file_is_on_disk_before_it_has_its_name(into: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[tuple[int, list[str]]] = []
    real = os.fsync

    def watched(handle: int) -> None:
        seen.append((os.fstat(handle).st_size, [path.suffix for path in into.iterdir()]))
        real(handle)

    monkeypatch.setattr(os, "fsync", watched)
    put(into / "a.jsonl", b"content")
    assert seen[0][0] == 7
    assert ".jsonl" not in seen[0][1]
    assert seen[1][1] == [".jsonl"]  # the folder's entry, once the name is there


# Histories of three interviews, two of them under one header; copies of any length, some gone on otherwise or damaged.
HEADERS = [Header("small", "1.0", name, {}, "en") for name in ("p1", "p1", "p2")]
HISTORIES = [[answer("W1", 1 + n), *(answer("W3", v) for v in (1, 2, 3)), Event("pause")] for n in range(3)]


def journal(history: int, length: int, tail: Sequence[int], damage: tuple[str, int]) -> bytes:
    lines = [encode_line(HEADERS[history].record())]
    events = [*HISTORIES[history][:length], *(answer("M1", value) for value in tail)]
    for seq, event in enumerate(events, start=1):
        numbered = {**event.record(), "seq": seq, "at": f"2026-03-05T09:00:{seq:02}Z"}
        lines.append(encode_line(numbered))
    data, (kind, place) = b"".join(lines), damage
    if kind == "torn":
        return data[: max(1, len(data) - place)]
    if kind == "line" and len(lines) > 1:
        hit = 1 + place % (len(lines) - 1)
        lines[hit] = lines[hit].replace(b'"seq"', b'"sEq"')
    if kind == "header":
        lines[0] = lines[0].replace(b"small", b"smell")
    if kind == "gap" and len(lines) > 2:
        del lines[1 + place % (len(lines) - 2)]
    return b"".join(lines)


damages = st.tuples(st.sampled_from(["", "", "", "torn", "line", "header", "gap"]), st.integers(0, 120))
copies = st.builds(
    journal, st.integers(0, 2), st.integers(0, 5), st.lists(st.integers(0, 1), max_size=2), damages
).filter(lambda data: b'"journal"' in data)
folders = st.dictionaries(st.sampled_from(["a.jsonl", "b.jsonl", "c.jsonl", "a-2.jsonl"]), copies, max_size=4)


def fill(folder: Path, files: dict[str, bytes]) -> Path:
    folder.mkdir(parents=True)
    for name, data in files.items():
        (folder / name).write_bytes(data)
    return folder


def readable(*folders: Path) -> set[tuple[Any, ...]]:
    """Every event that can be read, with whose it is; and whose interviews there are."""
    found: set[tuple[Any, ...]] = set()
    for path in (path for folder in folders for path in folder.glob("*.jsonl")):
        try:
            read = read_journal(path)
        except ResponseError:
            continue
        whose = str(read.header)
        found |= {(whose,), *((whose, event) for event in read.events)}
    return found


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


@given(one=folders, two=folders, there=folders)
@settings(deadline=None)
def test_every_event_can_be_read_afterwards_and_merging_again_changes_nothing(
    one: dict[str, bytes], two: dict[str, bytes], there: dict[str, bytes]
) -> None:
    with TemporaryDirectory() as name:
        root = Path(name)
        a, b, into = fill(root / "a", one), fill(root / "b", two), fill(root / "into", there)
        everything = readable(a, b, into)
        merge(into, a, b)
        assert readable(into) == everything
        after = contents(into)
        # Nothing that was in any file is gone: it is there, or the beginning of one, or a copy holds all that is sound.
        for data in there.values():
            assert any(kept.startswith(data) for kept in after.values())
        assert (contents(a), contents(b)) == (one, two)
        again = merge(into, b, a)
        assert {what for what, _ in again} <= {What.PRESENT, What.BEHIND}
        assert contents(into) == after


@given(one=folders, two=folders)
@settings(deadline=None)
def test_the_order_makes_no_difference_to_what_can_be_read(one: dict[str, bytes], two: dict[str, bytes]) -> None:
    with TemporaryDirectory() as name:
        root = Path(name)
        a, b = fill(root / "a", one), fill(root / "b", two)
        ways = [[(a, b)], [(b, a)], [(a,), (b,)], [(b,), (a,)]]
        results = []
        for n, way in enumerate(ways):
            into = fill(root / str(n), {})
            for sources in way:
                merge(into, *sources)
            results.append(readable(into))
        assert all(result == results[0] for result in results)
