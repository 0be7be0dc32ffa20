"""Elsewhere: words on a command line that name answers which are scored where they lie, and the engine that does it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

from readiness.faults import Fault, UsageError

if TYPE_CHECKING:
    from readiness.gathering import Elsewhere
    from readiness.responses.engines.engine import Engine
    from readiness.responses.engines.locations import Location


class EngineName(StrEnum):
    """Where a survey is scored."""

    polars = "polars"
    duckdb = "duckdb"
    spark = "spark"


TITLES = {EngineName.duckdb: "DuckDB", EngineName.spark: "Spark"}


@dataclass(frozen=True)
class Named:
    """What the words name. paths: read by ourselves. tables: by the engine, if there is one."""

    engine: EngineName
    paths: tuple[Path, ...]
    tables: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()

    @property
    def is_elsewhere(self) -> bool:
        """Whether the survey is scored by another engine than ours."""
        return self.engine is not EngineName.polars


def named(words: Sequence[str], engine: EngineName | None) -> Named:
    """Words sorted into what is read here and what is scored where it lies.

    engine: as asked for. A database is scored by DuckDB without being asked, since nothing else reads it.

    Raises:
        UsageError: a word that only an engine can read, and none or another was asked for.
    """
    from readiness.responses.engines.locations import location_of

    locations = [(word, location_of(word)) for word in words]
    remarks: tuple[str, ...] = ()
    if engine is None:
        needing = [one for _, one in locations if one.engines]
        databases = [one for one in needing if one.engines == (EngineName.duckdb.value,)]
        if needing and needing == databases:
            engine = EngineName.duckdb
            remarks = tuple(f"{one}: {one.told}, and is scored by DuckDB where it lies" for one in databases)
    faults = [fault for _, one in locations for fault in _unreadable(one, engine or EngineName.polars)]
    if faults:
        raise UsageError(faults)
    if engine is None or engine is EngineName.polars:
        return Named(EngineName.polars, tuple(Path(word) for word in words))
    ours = [(word, _is_ours(one)) for word, one in locations]
    return Named(
        engine,
        tuple(Path(word) for word, here in ours if here),
        tuple(word for word, here in ours if not here),
        remarks,
    )


def _unreadable(location: Location, engine: EngineName) -> list[Fault]:
    """What cannot be read by an engine; a name of a table may as well be one of a file that is not there."""
    from readiness.responses.engines.locations import Kind

    engines = location.engines
    if not engines or engine.value in engines or (engine is EngineName.polars and location.kind is Kind.table):
        return []
    mend = f"add --engine {engines[0]}" if engine is EngineName.polars else f"it is scored by --engine {engines[0]}"
    return [Fault(str(location), None, location.told, mend)]


def _is_ours(location: Location) -> bool:
    """Whether it is read here all the same: an engagement, whose settings we need, or an interview."""
    from readiness.responses.engagement import is_engagement
    from readiness.responses.files import is_journal

    path = location.path
    return path is not None and (is_engagement(path) or is_journal(path))


def judge_rejects(names: Named, path: Path) -> None:
    """Where answers stay where they lie, no cell is looked at by itself.

    Raises:
        UsageError: the survey is scored elsewhere.
    """
    if names.is_elsewhere:
        what = f"single cells are not listed of a survey that {TITLES[names.engine]} scores where it lies"
        mend = "leave it out: what cannot be read is told by column, with how often it stands there"
        raise UsageError([Fault(f"--rejects {path}", None, what, mend)])


def judge_out(names: Named, out: str) -> None:
    """Where an engine writes the scores of respondents, it may neither write over what it reads nor find out too late.

    Raises:
        UsageError: it would.
    """
    from readiness.responses.engines.locations import Kind, location_of

    place = location_of(out)
    if names.engine is EngineName.duckdb and place.kind is Kind.path and not out.lower().endswith(".parquet"):
        what = "DuckDB writes scores into Parquet or a table of a database"
        mend = "name a .parquet file, or a table such as answers.duckdb#scores"
        raise UsageError([Fault(f"--out {place}", None, what, mend)])
    read = [location_of(table) for table in names.tables]
    if place.table is not None and place in read:
        raise UsageError(
            [Fault(f"--out {place}", None, "this table is read, and would be written over", "name another")]
        )
    if place.path is not None and place.table is None:
        judge_file(names, "--out", place.path)


def judge_file(names: Named, option: str, path: Path) -> None:
    """What is written may be none of the files that are read, nor lie in a folder that is, nor hold one.

    Raises:
        UsageError: it is, or does.
    """
    from readiness.cli.files import judge_output
    from readiness.responses.engines.locations import location_of

    read = [location_of(table) for table in names.tables]
    judge_output(option, path, [*names.paths, *(one.path for one in read if one.path is not None)])
    target = path.resolve()
    for location in read:
        if location.path is None:
            continue
        source = _folder_of(location).resolve()
        if source in (target, *target.parents) or target in source.parents:
            what = f"{location} is read, and what is written must lie apart from it"
            raise UsageError([Fault(f"{option} {path}", None, what, "name another place")])


def _folder_of(location: Location) -> Path:
    """The file or folder that is read; of a pattern the folder in which files are looked for."""
    assert location.path is not None
    path = location.path
    if not location.is_pattern:
        return path
    fixed = path.parts
    for place, part in enumerate(fixed):
        if any(char in part for char in "*?["):
            return Path(*fixed[:place]) if place else Path()
    return path


def judge_reading(names: Named, platform: str | None, sheet: str | None) -> None:
    """Exports of survey tools and workbooks are files; a table is neither.

    Raises:
        UsageError: it is to be read as one.
    """
    if not names.is_elsewhere:
        return
    said = {"--platform": platform if platform != "plain" else None, "--sheet": sheet}
    mend = "leave it out, or score an export as a file, without --engine"
    what = f"{TITLES[names.engine]} reads tables, one row a respondent"
    faults = [Fault(f"{option} {value}", None, what, mend) for option, value in said.items() if value is not None]
    if faults:
        raise UsageError(faults)


@contextmanager
def elsewhere(names: Named) -> Iterator[Elsewhere | None]:
    """Where the survey is scored, for as long as it takes; None where that is here.

    Raises:
        InputError: the engine is not installed, or cannot be reached.
    """
    if not names.is_elsewhere:
        yield None
        return
    from readiness.gathering import Elsewhere

    engine = _engine(names.engine)
    try:
        yield Elsewhere(engine, names.tables)
    finally:
        engine.close()


def _engine(name: EngineName) -> Engine:
    try:
        if name is EngineName.duckdb:
            from readiness.responses.engines.duck import Duck

            return Duck()
        from readiness.responses.engines.spark import Spark

        return Spark()
    except ImportError as error:
        what = f"{TITLES[name]} is not installed ({error})"
        mend = f"pip install 'readiness[{name.value}]'"
        raise UsageError([Fault(f"--engine {name.value}", None, what, mend)]) from error
