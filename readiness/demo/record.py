"""What the demo has written into a folder: a hidden list of files with their digests, as `sha256sum --check` reads it.

By it a file that somebody changed since is known, and is not written over.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from pathlib import Path

from readiness.faults import Fault, UsageError
from readiness.writers.whole import whole

NAME = ".demo.sha256"
_DIGITS = 64  # of a digest


class Record:
    """The list of one folder. Every file is added before it is written, so that a run that ends early leaves no file
    that the next would take for somebody's own."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._path = folder / NAME
        self._known: dict[str, list[str]] = {}  # digests by file, the latest last
        self.exists = self._path.is_file()
        if self.exists:
            for line in self._path.read_text(encoding="utf-8", errors="replace").splitlines():
                self._known.setdefault(line[_DIGITS + 2 :], []).append(line[:_DIGITS])

    def is_own(self, name: str, content: bytes | None = None) -> bool:
        """Whether nothing of anybody else's stands under a name. content: what is to be written there."""
        try:
            found = _digest((self._folder / name).read_bytes())
        except (FileNotFoundError, IsADirectoryError, NotADirectoryError):
            return True  # nothing to be lost; what cannot be written to is said when it is
        except OSError:
            return False
        return found in self._known.get(name, ()) or (content is not None and found == _digest(content))

    def write(self, files: Mapping[str, bytes]) -> None:
        """Files by name, each whole or not at all, and noted.

        Raises:
            InputError: the folder cannot be written to.
            OSError: a folder in it cannot be made.
        """
        digests = {name: _digest(content) for name, content in files.items()}
        for name, digest in digests.items():
            self._known.setdefault(name, []).append(digest)
        self._folder.mkdir(parents=True, exist_ok=True)
        self._note()
        for name, content in files.items():
            path = self._folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            with whole(path) as begun:
                begun.write_bytes(content)
        self._known.update({name: [digest] for name, digest in digests.items()})
        self._note()

    def former(self, within: Iterable[str], files: Iterable[str]) -> tuple[str, ...]:
        """What an earlier version wrote into some folders, is there unchanged, and is not written any more."""
        inside = (name for name in self._known if name.partition("/")[0] in within)
        return tuple(name for name in sorted(set(inside) - set(files)) if self.is_own(name))

    def remove(self, names: Iterable[str]) -> None:
        """Files that are not wanted any more. OSError: where one cannot be removed."""
        for name in names:
            (self._folder / name).unlink(missing_ok=True)
            del self._known[name]
        self._note()

    def _note(self) -> None:
        lines = (
            f"{digest}  {name}\n" for name, known in sorted(self._known.items()) for digest in dict.fromkeys(known)
        )
        with whole(self._path) as begun:
            begun.write_text("".join(lines), encoding="utf-8", newline="\n")


def judge_own(record: Record, folder: Path, files: Mapping[str, bytes | None]) -> None:
    """Whether files may be written. None: what is to be written is not known yet.

    Of a folder without a list, an earlier version's, files of which nothing is known pass.

    Raises:
        UsageError: somebody changed some of them, or put others in their place.
    """
    changed = [
        name
        for name, content in files.items()
        if not record.is_own(name, content) and (record.exists or content is not None)
    ]
    if changed:
        what = "this is not as the demo wrote it, and would be written over"
        mend = "name another folder, or move it away first"
        raise UsageError([Fault(str(folder / name), None, what, mend) for name in changed])


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
