"""What may happen to a journal's bytes, and what has to be left of it then."""

from __future__ import annotations

import json
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import lru_cache
from itertools import accumulate
from unittest.mock import patch

from readiness.faults import ResponseError
from readiness.responses import journal
from readiness.responses.journal import Contents, parse_journal
from readiness.responses.journal_lines import event_of, scan


@lru_cache(maxsize=512)
def contents_of(*lines: bytes) -> Contents:
    """What sound lines amount to, the header's first, read one after the other with nothing to check."""
    header, *records = [json.loads(line) for line in lines]
    return Contents(header["lang"]).after(*map(event_of, records))


def every_cut(lines: Sequence[bytes]) -> Iterator[tuple[bytes, int]]:
    """The journal cut at every byte, and how many of its lines are whole; a line may lack its newline."""
    whole, ends = b"".join(lines), list(accumulate(map(len, lines)))
    for cut in range(len(whole)):
        yield whole[:cut], bisect_right(ends, cut + 1)


def every_flip(lines: Sequence[bytes], bits: Sequence[int] = range(8)) -> Iterator[tuple[bytes, int]]:
    """The journal with one bit turned round, at every place; and the number of the line that was hit, from 0."""
    whole, ends = b"".join(lines), list(accumulate(map(len, lines)))
    for place in range(len(whole)):
        for bit in bits:
            damaged = bytearray(whole)
            damaged[place] ^= 1 << bit
            yield bytes(damaged), bisect_right(ends, place)


def judge_cut(data: bytes, sound: int, lines: Sequence[bytes]) -> None:
    """A journal that is cut gives what was said before the cut, and tells which line is torn."""
    try:
        read = parse_journal(data, "a.jsonl")
    except ResponseError as refused:
        assert (sound, len(refused.faults)) == (0, 1)
        return
    assert sound
    assert read.contents == contents_of(*lines[:sound])
    torn = sum(map(len, lines[:sound])) < len(data)
    assert [problem.line for problem in read.problems] == ([sound + 1] if torn else [])


def judge_flip(data: bytes, hit: int, lines: Sequence[bytes]) -> None:
    """A damaged line costs what it says and nothing else; it is told by number, and never read as something else."""
    try:
        read = parse_journal(data, "a.jsonl")
    except ResponseError as refused:
        assert (hit, len(refused.faults)) == (0, 1)  # only the loss of the first line is the loss of the journal
        return
    whole, without = contents_of(*lines), contents_of(*lines[:hit], *lines[hit + 1 :]) if hit else None
    # A newline that is gone joins two lines that are whole, and the checksum's own letters may be of either case.
    assert read.contents in (whole, without)
    if read.problems:
        assert read.problems[0].line == hit + 1
    else:
        assert read.contents == whole


@contextmanager
def lines_scanned_once() -> Iterator[None]:
    """A line is scanned once, however often it occurs: all but one are the same in every damaged copy."""
    with patch.object(journal, "scan", lru_cache(maxsize=256)(scan)):
        yield
