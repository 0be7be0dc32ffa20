"""Where interviews come from: an engagement, any folder of journals, or a journal by itself."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from readiness.faults import Fault, ResponseError, UsageError
from readiness.framework import catalogue
from readiness.responses.engagement import SETTINGS, Engagement, is_engagement, read_engagement
from readiness.responses.files import is_journal
from readiness.responses.journal import Journal, read_journal

FOLDER = "interviews"  # of an engagement, or where `readiness interview` puts journals that belong to none


@dataclass(frozen=True)
class Source:
    """A place that was named, and the journals in it, in the order of their names.

    engagement: the one that the place is, or lies in; None where there is none. whole: whether it is the engagement
    itself, so that what its settings say of everybody holds for these interviews.
    """

    where: Path
    paths: tuple[Path, ...]
    engagement: Engagement | None = None
    whole: bool = False


@dataclass(frozen=True)
class Opened:
    """Journals as read; and of those that cannot be, what is wrong with them."""

    journals: tuple[tuple[Path, Journal], ...]
    damaged: tuple[Fault, ...]


def source_of(where: Path) -> Source:
    """The journals that are meant by an engagement's folder, any other folder, or a journal.

    Raises:
        ResponseError: there is no such place, or the engagement's settings have faults.
    """
    if is_engagement(where):
        engagement = read_engagement(where)
        return Source(where, journals_of(engagement), engagement, whole=True)
    if where.is_dir():
        return Source(where, _in_folder(where), _around(where))
    if not where.exists():
        raise ResponseError([Fault(str(where), None, "there is no such file or folder", "check the path")])
    return Source(where, (where,), _around(where.parent))


def here() -> Source:
    """The journals of the folder one is in: an engagement's, or those of interviews that belong to none.

    Raises:
        ResponseError: there are none, or the engagement's settings have faults.
    """
    if not Path(SETTINGS).is_file() and not Path(FOLDER).is_dir():
        mend = f"name an engagement's folder, or one with journals; here is neither {SETTINGS} nor {FOLDER}"
        raise ResponseError([Fault(".", None, "there are no interviews here", mend)])
    return source_of(Path() if Path(SETTINGS).is_file() else Path(FOLDER))


def journals_of(engagement: Engagement) -> tuple[Path, ...]:
    """Every journal of an engagement. One that lies among the surveys is an interview all the same, as when scored."""
    return (*engagement.interviews, *(path for path in engagement.surveys if is_journal(path)))


def opened(paths: Iterable[Path]) -> Opened:
    """Journals read, each once however often it is named; none is too damaged to be listed."""
    once: dict[Path, Path] = {}
    for path in paths:
        once.setdefault(path.resolve(), path)
    journals: list[tuple[Path, Journal]] = []
    damaged: list[Fault] = []
    for path in once.values():
        try:
            journals.append((path, read_regular(path)))
        except ResponseError as error:
            damaged.extend(error.faults)
    return Opened(tuple(journals), tuple(damaged))


def read_regular(path: Path) -> Journal:
    """A journal, if this is a file at all: a pipe or a device of that name might never end.

    Raises:
        ResponseError: it is none, or cannot be read.
    """
    if path.exists() and not path.is_file():
        raise ResponseError([Fault(str(path), None, "not a file", "give a journal")])
    return read_journal(path)


def framework_named(sources: Sequence[Source], journals: Iterable[Journal], wanted: str | None) -> str:
    """The framework to read interviews with: as asked for, else their engagement's, else the one they were held with.

    Raises:
        UsageError: the engagements name several.
        FrameworkError: what one names is none.
    """
    if wanted is not None:
        return wanted
    settings = {source.engagement.framework or catalogue.DEFAULT for source in sources if source.engagement}
    by_folder = {catalogue.find(named).resolve(): named for named in sorted(settings)}
    if len(by_folder) > 1:
        what = f"these engagements have different frameworks: {', '.join(by_folder.values())}"
        raise UsageError([Fault("the sources", None, what, "name one with --framework, or take one engagement")])
    if by_folder:
        return next(iter(by_folder.values()))
    held = {journal.header.framework for journal in journals} & set(catalogue.shipped())
    return held.pop() if len(held) == 1 else catalogue.DEFAULT


def foreign(framework: str, opened_: Opened, mend: str) -> list[Fault]:
    """That a journal was held with another framework than this one, of each that was."""
    return [
        Fault(str(path), 1, f"this interview was held with the framework {held!r}, not {framework!r}", mend)
        for path, journal in opened_.journals
        if (held := journal.header.framework) != framework
    ]


def with_context(sources: Sequence[Source], opened_: Opened) -> list[tuple[Journal, Mapping[str, str]]]:
    """Journals, each with what its engagement says of everybody. Of a journal named by itself nobody says anything."""
    given = {
        path.resolve(): source.engagement.context
        for source in sources
        if source.engagement is not None and source.whole
        for path in source.paths
    }
    return [(journal, given.get(path.resolve(), {})) for path, journal in opened_.journals]


def nothing_in(sources: Sequence[Source]) -> Fault:
    """That no journal is there where some were expected."""
    where = ", ".join(str(source.where) for source in sources)
    return Fault(where, None, "there is no journal here", "name an engagement, or a folder that has journals (.jsonl)")


def _in_folder(folder: Path) -> tuple[Path, ...]:
    return tuple(sorted(path for path in folder.glob("*") if path.suffix.lower() == ".jsonl"))


def _around(folder: Path) -> Engagement | None:
    """The engagement whose interviews these are."""
    home = folder.resolve().parent
    return read_engagement(home) if folder.resolve().name == FOLDER and is_engagement(home) else None
