"""Putting interviews together: what has to be done so that all that is in several folders is in one, nothing lost.

Journals are compared by their sound lines. One that holds all that another holds, in the same order, is the same
interview further on. Two that begin alike and then differ have diverged: somebody went on with a copy. Both are kept.
Here it is only worked out; `filing` does it.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum
from pathlib import Path

from readiness.faults import Fault, ResponseError
from readiness.responses.journal import LARGEST, Journal, parse_journal
from readiness.responses.journal_lines import scan

SUFFIX = ".jsonl"


class What(Enum):
    """What happens to a journal that comes in."""

    COPIED = "copied"
    EXTENDED = "extended"  # the one that is there goes on as this one does
    PRESENT = "there already"
    BEHIND = "nothing new"  # the one that is there holds everything in it
    APART = "diverged"  # begun as one that is there, and gone on otherwise: copied beside it
    DAMAGED = "damaged"  # it cannot be read: copied as it is


@dataclass(frozen=True)
class Kept:
    """A file that is, or is to be, among the interviews.

    journal: None where it cannot be read, for the reason in `fault`. records: its sound lines, spelled in one way, the
    one that says whose it is first.
    """

    path: Path
    data: bytes
    journal: Journal | None
    records: tuple[str, ...] = ()
    fault: Fault | None = None

    @property
    def events(self) -> int:
        """How many sound lines follow the first."""
        return len(self.records) - 1


@dataclass(frozen=True)
class Step:
    """One journal that comes in: what happens to it, and the file it is then in.

    other: for what has diverged, the one it began as; for what is extended, the one that was there. aside: where that
    is kept if some line of it is damaged. common: of two that have diverged, how many events they share.
    """

    what: What
    source: Kept
    target: Path
    other: Kept | None = None
    aside: Path | None = None
    common: int = 0


@dataclass(frozen=True)
class Plan:
    """Every step in its order, and the files that are there once all are done."""

    steps: tuple[Step, ...]
    after: Mapping[Path, Kept] = field(default_factory=dict)

    def collisions(self) -> Iterator[tuple[str, tuple[Path, ...]]]:
        """Pseudonyms under which there is more than one interview, and in which files; they say different things."""
        under: dict[str, list[Kept]] = {}
        for kept in self.after.values():
            if kept.journal is not None:
                under.setdefault(kept.journal.respondent.strip(), []).append(kept)
        for pseudonym, several in sorted(under.items()):
            said = {json.dumps(_said(kept.journal), sort_keys=True) for kept in several if kept.journal is not None}
            if len(said) > 1:
                yield pseudonym, tuple(sorted(kept.path for kept in several))


def read_kept(path: Path) -> Kept:
    """A file as it is, whatever is wrong with it.

    Raises:
        ResponseError: it cannot be read at all, or is no journal, not even a damaged one.
    """
    try:
        if path.exists() and not path.is_file():
            raise ResponseError([Fault(str(path), None, "not a file", "give a journal, or a folder of journals")])
        if path.stat().st_size > LARGEST:
            raise ResponseError([Fault(str(path), None, "too large for a journal", "leave it out")])
        data = path.read_bytes()
    except OSError as error:
        what = f"cannot be read ({error.strerror or error})"
        raise ResponseError([Fault(str(path), None, what, "check the path and its permissions")]) from error
    return kept_of(path, data)


def kept_of(path: Path, data: bytes) -> Kept:
    """What a file of this content is.

    Raises:
        ResponseError: no journal, not even a damaged one.
    """
    try:
        journal = parse_journal(data, str(path))
    except ResponseError as error:
        if b'"crc"' not in data and b'"journal"' not in data:
            raise
        return Kept(path, data, None, fault=error.faults[0])
    return Kept(path, data, journal, tuple(_records(data)))


def plan(there: Iterable[Kept], incoming: Sequence[Kept], folder: Path) -> Plan:
    """What has to be done so that all that comes in is among what is there; new files go into `folder`."""
    work = _Planning({kept.path: kept for kept in there}, folder)
    steps = tuple(work.taken_in(kept) for kept in incoming)
    return Plan(steps, work.files)


class _Planning:
    """The files as they will be after each step."""

    def __init__(self, files: dict[Path, Kept], folder: Path) -> None:
        self.files = files
        self._folder = folder
        self._aside: set[Path] = set()

    def taken_in(self, kept: Kept) -> Step:
        """The step for one that comes in, and the files after it."""
        same = next((other for other in self.files.values() if other.data == kept.data), None)
        if same is not None:
            return Step(What.PRESENT, kept, same.path)
        if kept.journal is None:
            return self._copied(What.DAMAGED, kept)
        alike = [other for other in self.files.values() if other.records[:1] == kept.records[:1]]
        fuller = next((other for other in alike if _holds(other.records, kept.records)), None)
        if fuller is not None:
            return Step(What.BEHIND, kept, fuller.path)
        shorter = max((o for o in alike if _holds(kept.records, o.records)), key=lambda o: o.events, default=None)
        if shorter is not None:
            return self._extended(kept, shorter)
        shared = {other.path: _shared(other.records, kept.records) - 1 for other in alike}
        nearest = max(alike, key=lambda other: shared[other.path], default=None)
        if nearest is not None and shared[nearest.path]:
            return self._copied(What.APART, kept, nearest, shared[nearest.path])
        return self._copied(What.COPIED, kept)

    def _copied(self, what: What, kept: Kept, other: Kept | None = None, common: int = 0) -> Step:
        target = self._free(self._folder / f"{kept.path.stem}{SUFFIX}")
        self.files[target] = _at(target, kept)
        return Step(what, kept, target, other, common=common)

    def _extended(self, kept: Kept, shorter: Kept) -> Step:
        """A damaged line, or a torn one, is nowhere in the longer journal: then the shorter is kept, read by nobody."""
        aside = None
        if not kept.data.startswith(shorter.data):
            aside = self._free(shorter.path.with_name(f"{shorter.path.name}.old"))
            self._aside.add(aside)
        self.files[shorter.path] = _at(shorter.path, kept)
        return Step(What.EXTENDED, kept, shorter.path, shorter, aside)

    def _free(self, wanted: Path) -> Path:
        """The name, or the first with a number that no file has. Case makes no difference on some systems."""
        taken = {path.name.casefold() for path in (*self.files, *self._aside) if path.parent == wanted.parent}
        number, path = 1, wanted
        while path.name.casefold() in taken or path.exists():
            number += 1
            path = wanted.with_name(f"{wanted.stem}-{number}{wanted.suffix}")
        return path


def _at(path: Path, kept: Kept) -> Kept:
    return Kept(path, kept.data, kept.journal, kept.records, kept.fault)


def _records(data: bytes) -> Iterator[str]:
    """The sound lines of a journal, each spelled in one way; whatever a later version adds to one is part of it."""
    for line in data.split(b"\n"):
        for record in scan(line)[0]:
            yield json.dumps(record, sort_keys=True, ensure_ascii=False)


def _holds(longer: Sequence[str], shorter: Sequence[str]) -> bool:
    """Whether all of the shorter stands in the longer, in the same order; a damaged line may have left a gap."""
    rest = iter(longer)
    return all(record in rest for record in shorter)


def _shared(one: Sequence[str], other: Sequence[str]) -> int:
    """How many lines two journals begin with alike."""
    return next((n for n, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))


def _said(journal: Journal) -> dict[str, object]:
    """What is scored of an interview: where two say the same, they count once."""
    return {"context": {**journal.context, **journal.answers}, "ratings": dict(journal.ratings)}
