"""`report --each KEY`: one page for each group of a table, and an index of them, in a folder."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from readiness.cli.options import known_language, tables
from readiness.faults import Fault, InputError, UsageError

if TYPE_CHECKING:
    from readiness.analysis.against import Against
    from readiness.framework.models import Framework
    from readiness.report.units.writing import Outcome
    from readiness.responses.files import Reading
    from readiness.scoring.result import Result, SubGroup

PAGES = (".html", ".md", ".docx", ".pdf")  # what --out names without --each


@dataclass(frozen=True)
class Asked:
    """What was asked for on the command line, as `report` takes it."""

    sources: Sequence[Path]
    each: str
    out: Path
    framework: str | None
    by: list[str] | None
    reading: Reading
    balance: str | None
    exclude_careless: bool
    language: str | None
    templates: Path | None
    anew: bool

    @property
    def keys(self) -> tuple[str, ...]:
        """What the groups are formed by."""
        return _keys(self.each)


@dataclass(frozen=True)
class _Scored:
    """framework: the one that scored the result, None where it is not at hand."""

    result: Result
    framework: Framework | None
    unread: bool


def judge_folder(each: str, out: Path, sources: Sequence[Path], document: Path | None = None) -> None:
    """`--out` has to name a folder, which may be there already. each: what the groups are formed by.

    Raises:
        UsageError: it names a file, or a folder whose files are read; or a document is named, which pages have no use
            for.
    """
    from readiness.cli.files import judge_output
    from readiness.report.units.manifest import INDEX, judged_folder

    if document is not None:
        raise UsageError([Fault(f"--document {document}", None, "pages of groups are HTML", "leave it out, or --each")])

    if out.exists() and not out.is_dir():
        raise UsageError([Fault(f"--out {out}", None, "this is a file", "with --each name a folder")])
    if out.suffix.lower() in PAGES and not out.is_dir():
        what = "a report for each group does not go into one file"
        raise UsageError([Fault(f"--out {out}", None, what, "with --each name a folder")])
    judge_output("--out", out / INDEX, sources)
    judged_folder(out, _keys(each))


def _keys(each: str) -> tuple[str, ...]:
    """`unit,role` as the keys of one table.

    Raises:
        UsageError: it names none.
    """
    try:
        found = tables([each])
    except UsageError as error:
        raise UsageError(replace(fault, file=f"--each {each!r}") for fault in error.faults) from error
    assert found is not None
    return found[0]


def report_each(asked: Asked) -> bool:
    """Write a page for each group; whether some cell could not be read.

    Raises:
        InputError: with every fault of what cannot be read, scored or written.
    """
    from readiness.cli.commenting import tell_of_untranslated
    from readiness.cli.editing import edition_of
    from readiness.cli.reporting import refusing_edited
    from readiness.cli.talk import progress
    from readiness.report.units.table import units_of
    from readiness.report.units.writing import Run, write_units

    scored = _scored(asked)
    result = scored.result
    _judge_table(asked, result)
    with refusing_edited(asked.sources):
        language = known_language(asked.language, result.framework.texts["languages"])
        edition = edition_of(asked.sources, result, asked.templates)
        run = Run(result, asked.keys, units_of(result, asked.keys), language, edition, asked.out)
        with progress("writing reports") as state:

            def told(done: int, total: int) -> None:
                state.doing = f"writing reports: {done} of {total}"

            def rests(groups: Sequence[SubGroup]) -> Iterator[Against | None]:
                from readiness.analysis.against import against

                return against(result, scored.framework, groups)

            outcome = write_units(run, rests, told, anew=asked.anew)
        tell_of_untranslated(result, language, edition, asked.keys)
    _tell(asked, outcome)
    return scored.unread


def _scored(asked: Asked) -> _Scored:
    """The result to report on: as it was written, or scored now with the table that is asked for."""
    from readiness.cli.reporting import result_of, written_result
    from readiness.cli.scoring import score_sources

    written = written_result(asked.sources, "report on one result, or on response files")
    if written is not None:
        result, unread = result_of(
            asked.sources, asked.framework, asked.by, asked.reading, asked.balance, asked.exclude_careless
        )
        return _Scored(result, _framework_of(result), unread)
    try:
        done = score_sources(
            asked.sources,
            asked.framework,
            _tables(asked),
            asked.reading,
            balance=asked.balance,
            exclude_careless=asked.exclude_careless,
        )
    except InputError as error:
        raise type(error)(_named(asked, fault) for fault in error.faults) from error
    return _Scored(done.result, done.framework, bool(done.unread))


def _named(asked: Asked, fault: Fault) -> Fault:
    """A fault of a key that was asked for by --each alone, by that name."""
    by = {key for table in tables(asked.by) or () for key in table}
    blamed = {f"--by {key}" for key in asked.keys if key not in by}
    return replace(fault, file=f"--each {asked.each}") if fault.file in blamed else fault


def _tables(asked: Asked) -> list[tuple[str, ...]]:
    """The tables that would be scored anyway, and the one that is asked for."""
    from readiness.responses.engagement import is_engagement, read_engagement

    named = tables(asked.by)
    if named is None:
        named = list(read_engagement(asked.sources[0]).groups) if is_engagement(asked.sources[0]) else []
    return list(dict.fromkeys([*named, asked.keys]))


def _framework_of(result: Result) -> Framework | None:
    """The framework that scored a written result, where it comes with readiness and is the same still."""
    from readiness.framework import catalogue
    from readiness.framework.loading import load

    if result.framework.id not in catalogue.shipped():
        return None
    framework = load(catalogue.find(result.framework.id))
    return framework if framework.digest["scoring"] == result.framework.digest.get("scoring") else None


def _judge_table(asked: Asked, result: Result) -> None:
    """The groups that are asked for have to be in the result.

    Raises:
        UsageError: it has no such table; those it has are named.
    """
    from readiness.framework.ledger import nearest, one_of
    from readiness.report.units.table import tables_of

    found = tables_of(result)
    if asked.keys not in found:
        named = [",".join(keys) for keys in found]
        what = f"{asked.sources[0]} has no groups by {asked.each}"
        mend = nearest(asked.each, named) or one_of(named) or f"score it with --by {asked.each} first"
        raise UsageError([Fault(f"--each {asked.each}", None, what, mend)])


def _tell(asked: Asked, outcome: Outcome) -> None:
    from readiness.cli.talk import tell

    done = [f"{outcome.written} written"]
    if outcome.kept:
        done.append(f"{outcome.kept} there already")
    if outcome.hidden:
        done.append(f"{outcome.hidden} group(s) hidden")
    if outcome.gone:
        done.append(f"{len(outcome.gone)} removed, whose groups are not shown any more")
    tell(f"wrote {asked.out}: reports by {asked.each}, {', '.join(done)}")
    for name in outcome.edited:
        tell(f"{asked.out / name}: its group is not shown any more; it was changed by hand, and so is left there")
