"""The manifest: which pages of a folder are finished, and from what each was made. A line a page, added as it is done.

A run that ends early leaves the lines of what it has finished, and the next goes on from there. A line that was cut off
while it was written counts as not there.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import IO, Any, Self

from readiness.faults import Fault, UsageError
from readiness.language.speech import SOURCE, speak
from readiness.writers.whole import whole

NAME, INDEX = "manifest.jsonl", "index.html"
FORMAT = 1


@dataclass(frozen=True)
class Entry:
    """A finished page. made_from: digest of all it was made from; content: of the page itself."""

    file: str
    made_from: str
    content: str


@dataclass(frozen=True)
class Manifest:
    """What a folder holds of an earlier run. keys: what its groups are formed by; None where there was no run.

    language: that its pages are in; "" where that is not known.
    """

    keys: tuple[str, ...] | None = None
    language: str = ""
    entries: Mapping[str, Entry] = field(default_factory=dict)


def digest(content: bytes) -> str:
    """The fingerprint of some bytes."""
    return hashlib.sha256(content).hexdigest()


def read_manifest(folder: Path) -> Manifest:
    """What an earlier run has finished in a folder.

    Raises:
        UsageError: there is a file of that name that no run has written.
    """
    path = folder / NAME
    if not path.is_file():
        return Manifest()
    first, *rest = path.read_text(encoding="utf-8", errors="replace").splitlines() or [""]
    head = _record(first)
    if head is None or head.get("manifest") != FORMAT or not isinstance(head.get("keys"), list):
        what = "this is no manifest of unit reports"
        raise UsageError([Fault(str(path), 1, what, "name another folder with --out, or move the file away")])
    entries = (_entry(record) for line in rest if (record := _record(line)) is not None)
    keys = tuple(str(key) for key in head["keys"])
    return Manifest(
        keys, str(head.get("language") or ""), {entry.file: entry for entry in entries if entry is not None}
    )


def judged_folder(folder: Path, keys: tuple[str, ...], language: str = "") -> Manifest:
    """What an earlier run left in a folder, which may hold nothing that would be written over and is not ours.

    language: to be written in; "" while that is not known.

    Raises:
        UsageError: it does, or holds the pages of another table or language.
    """
    found = read_manifest(folder)
    others = bool(language and found.language and found.language != language)
    if found.keys is not None and (found.keys != keys or others):
        tongue = f" in {speak(SOURCE).language_name(found.language)}" if found.language else ""
        what = f"this folder holds the reports by {','.join(found.keys)}{tongue}"
        mend = "name another folder: each holds those by one key in one language"
        raise UsageError([Fault(f"--out {folder}", None, what, mend)])
    if found.keys is None and (folder / INDEX).exists():
        what = f"there is an {INDEX} that is not ours, and would be written over"
        raise UsageError([Fault(f"--out {folder}", None, what, "name another folder")])
    return found


def _record(line: str) -> dict[str, Any] | None:
    try:
        record = json.loads(line)
    except ValueError:
        return None
    return record if isinstance(record, dict) else None


def _entry(record: Mapping[str, Any]) -> Entry | None:
    values = [record.get(key) for key in ("file", "from", "content")]
    texts = [value for value in values if isinstance(value, str)]
    if len(texts) < len(values) or Path(texts[0]).name != texts[0]:  # never a file of another folder
        return None
    return Entry(*texts)


def write_manifest(folder: Path, keys: Sequence[str], language: str, entries: Iterable[Entry]) -> None:
    """The whole manifest, in the order of the entries.

    Raises:
        InputError: the folder cannot be written to.
    """
    head = {"manifest": FORMAT, "keys": list(keys), "language": language}
    lines = [json.dumps(head, ensure_ascii=False), *map(_line, entries)]
    with whole(folder / NAME) as begun:
        begun.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8", newline="\n")


def _line(entry: Entry) -> str:
    return json.dumps({"file": entry.file, "from": entry.made_from, "content": entry.content}, ensure_ascii=False)


class Adding(AbstractContextManager["Adding"]):
    """Adds lines to a manifest that is there."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / NAME
        self._file: IO[str] | None = None

    def __enter__(self) -> Self:
        self._file = self._path.open("a", encoding="utf-8", newline="\n")
        return self

    def add(self, entry: Entry) -> None:
        """One more page is finished."""
        assert self._file is not None
        self._file.write(f"{_line(entry)}\n")
        self._file.flush()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._file is not None:
            self._file.close()
