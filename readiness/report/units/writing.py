"""Writing unit reports into a folder: each page whole or not at all, what is finished already left as it is."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from readiness import __version__
from readiness.analysis.against import Against
from readiness.framework.catalogue import templates_folder
from readiness.language.catalogues import catalogues
from readiness.language.speech import speak
from readiness.report.edition import Edition
from readiness.report.own_templates import naming_templates, own_names
from readiness.report.units.extract import Extracts
from readiness.report.units.index import index_page
from readiness.report.units.manifest import INDEX, Adding, Entry, digest, judged_folder, write_manifest
from readiness.report.units.page import Pages
from readiness.report.units.table import Unit
from readiness.scoring.result import Result, SubGroup
from readiness.writers.whole import sweep_begun, whole

SHIPPED = (
    *("unit/unit.html.j2", "unit/marks.html.j2", "unit/unit.css", "charts/marks.svg.j2"),
    *("html/imprint.css", "html/commentary.html.j2", "html/commentary.css"),
)
Rests = Callable[[Sequence[SubGroup]], Iterator[Against | None]]  # whom each group is set against
Told = Callable[[int, int], None]  # how many pages are there, of how many


@dataclass(frozen=True)
class Outcome:
    """What was done. gone: pages of groups that are not shown any more, removed; edited: such pages that were changed
    by hand, and left."""

    written: int
    kept: int
    hidden: int
    gone: tuple[str, ...] = ()
    edited: tuple[str, ...] = ()


@dataclass(frozen=True)
class Run:
    """What one run writes. keys: what the groups are formed by. language: to write in."""

    result: Result
    keys: tuple[str, ...]
    units: Sequence[Unit]
    language: str
    edition: Edition
    folder: Path

    @property
    def digest(self) -> str:
        """The fingerprint of all that every page is made from, but for the group's own figures."""
        said = hashlib.sha256()
        for part in (
            __version__,
            self.language,
            json.dumps(self.result.framework.texts, sort_keys=True, ensure_ascii=True),
            repr(self.edition.theme),
            repr(self.edition.commentary),
        ):
            said.update(part.encode(errors="surrogatepass") + b"\0")
        for path in self._files():
            said.update(path.name.encode(errors="surrogateescape") + b"\0" + path.read_bytes() + b"\0")
        return said.hexdigest()

    def _files(self) -> Iterator[Path]:
        """The templates that a unit's page is made from, and the words of its language."""
        shipped = templates_folder()
        yield from (shipped / name for name in SHIPPED)
        if self.edition.templates is not None:
            yield from (self.edition.templates / name for name in own_names(self.edition.templates))
        yield from catalogues(speak(self.language).language)


def write_units(run: Run, rests: Rests, told: Told, *, anew: bool = False) -> Outcome:
    """Every group's page, then the index. anew: also what is finished already.

    Raises:
        UsageError: the folder holds something else.
        InputError: it cannot be written to.
        EditionError: an own template has a fault.
    """
    before = judged_folder(run.folder, run.keys, run.language)
    sweep_begun(run.folder)
    with naming_templates(run.edition.templates):
        pages = Pages(run.result, run.language, run.edition)
    shown = [unit for unit in run.units if unit.file]
    files = {str(unit.file) for unit in shown}
    gone, edited = _removed(run.folder, [entry for name, entry in before.entries.items() if name not in files])
    earlier = {} if anew else {name: entry for name, entry in before.entries.items() if name in files}
    write_manifest(run.folder, run.keys, run.language, earlier.values())
    entries = []
    written = 0
    with naming_templates(run.edition.templates), Adding(run.folder) as adding:
        for entry, fresh in _pages(run, pages, shown, rests, earlier):
            if fresh:
                adding.add(entry)
                written += 1
            entries.append(entry)
            told(len(entries), len(shown))
    with (
        naming_templates(run.edition.templates),
        whole(run.folder / INDEX) as begun,
        begun.open("w", encoding="utf-8", newline="\n") as file,
    ):
        file.writelines(index_page(pages, run.result, run.units))
    write_manifest(run.folder, run.keys, run.language, entries)
    return Outcome(written, len(entries) - written, len(run.units) - len(shown), gone, edited)


def _pages(
    run: Run, pages: Pages, shown: Sequence[Unit], rests: Rests, earlier: dict[str, Entry]
) -> Iterator[tuple[Entry, bool]]:
    """Each group's page as it is finished, and whether it was written now: one made from the same is left."""
    shared = run.digest.encode()
    extracts = Extracts(run.result)
    groups = [unit.group for unit in shown if isinstance(unit.group, SubGroup)]
    for unit, group, rest in zip(shown, groups, rests(groups), strict=True):
        file = str(unit.file)
        extract = extracts.of(group, rest)
        figures = extract.to_json()
        made_from = digest(shared + figures)
        done = earlier.get(file)
        fresh = done is None or done.made_from != made_from or not _is_whole(run.folder / file, done)
        if done is None or fresh:
            page = pages.page(extract, figures, file.removesuffix(".html")).encode()
            with whole(run.folder / file) as begun:
                begun.write_bytes(page)
            done = Entry(file, made_from, digest(page))
        yield done, fresh


def _is_whole(path: Path, entry: Entry) -> bool:
    """Whether a page is there as it was written."""
    return path.is_file() and digest(path.read_bytes()) == entry.content


def _removed(folder: Path, entries: Sequence[Entry]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Pages of groups that are not shown any more: removed where they are as they were written, else named."""
    gone, edited = [], []
    for entry in entries:
        path = folder / entry.file
        if _is_whole(path, entry):
            path.unlink()
            gone.append(entry.file)
        elif path.exists():
            edited.append(entry.file)
    return tuple(gone), tuple(edited)
