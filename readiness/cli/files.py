"""Files that commands write: whole or not at all, and never over what they read."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

from readiness.faults import Fault, UsageError
from readiness.writers.whole import whole

READ_FROM = ("surveys", "interviews")  # folders of an engagement, whatever lies in which is read


def write_text(path: Path, text: str) -> None:
    """Write a text, replacing what stood there only once all of it is written.

    Raises:
        InputError: the folder is missing or cannot be written to.
    """
    with whole(path) as begun:
        begun.write_text(text, encoding="utf-8", newline="\n")


def write_bytes(path: Path, content: bytes) -> None:
    """Write bytes, replacing what stood there only once all of them are written.

    Raises:
        InputError: the folder is missing or cannot be written to.
    """
    with whole(path) as begun:
        begun.write_bytes(content)


def judge_output(option: str, path: Path, sources: Iterable[Path]) -> None:
    """A file to write may be none of the sources, nor lie where those of an engagement do.

    Raises:
        UsageError: it is, or does.
    """
    folder = _resolved(option, path).parent
    for source in sources:
        if path.exists() and source.exists() and path.samefile(source):
            raise _refused(option, path, "this file is read, and would be written over")
        if source.is_dir() and folder in [(source / name).resolve() for name in READ_FROM]:
            raise _refused(option, path, f"whatever lies in {path.parent} is read as answers")


def judge_apart(named: Mapping[str, Path | None]) -> None:
    """Files to write, by their options: each has to be another, or the last one written would be the only one.

    Raises:
        UsageError: two are one.
    """
    taken: dict[Path, str] = {}
    for option, path in named.items():
        if path is not None:
            other = taken.setdefault(_resolved(option, path), option)
            if other != option:
                raise _refused(option, path, f"{other} is written to this file already")


def judge_suffix(option: str, path: Path, suffix: str) -> None:
    """A file that is written in one way only has to be called so.

    Raises:
        UsageError: it is not.
    """
    if path.suffix.lower() != suffix:
        mend = f"name a {suffix} file"
        raise UsageError([Fault(f"{option} {path}", None, f"this is written as {suffix}", mend)])


def _resolved(option: str, path: Path) -> Path:
    try:
        return path.resolve()
    except (OSError, RuntimeError):  # Python up to 3.12 raises the latter
        raise _refused(option, path, "this name leads to itself, or nowhere") from None


def _refused(option: str, path: Path, what: str) -> UsageError:
    return UsageError([Fault(f"{option} {path}", None, what, "name another file")])
