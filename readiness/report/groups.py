"""Groups side by side: the dimensions as a heat table, the scenarios as a matrix."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from readiness.report.answers import dk_share
from readiness.report.figures import MISSING, Figure, count
from readiness.report.profile import Line, dimension_lines, overall_line
from readiness.report.stories import Family, Story, families, story
from readiness.report.wording import Status, status
from readiness.report.words import Reader
from readiness.scoring.result import Group, Result, SubGroup, SuppressedGroup

WIDEST_HEAT = 8  # dimensions side by side in one heat table
WIDEST = 6  # scenarios side by side in one matrix, so that it fits a sheet of paper
MODE = "source"
INTERVIEW, EVIDENCE = "interview", "evidence"


@dataclass(frozen=True)
class Row:
    """One group of a table. A hidden one has a name and nothing else."""

    name: str
    whole: bool = False
    hidden: bool = False
    n: Figure = MISSING
    dk: Figure = MISSING
    dimensions: tuple[Line, ...] = ()
    statuses: Mapping[str, Status] | None = None
    present: tuple[Story, ...] = ()


@dataclass(frozen=True)
class Columns:
    """Scenarios of a family that stand side by side in one matrix."""

    family: Family
    stories: tuple[Story, ...]

    @property
    def width(self) -> int:
        """How many columns."""
        return len(self.stories)


@dataclass(frozen=True)
class GroupTable:
    """All groups formed by the same keys, the whole first."""

    id: str
    title: str
    rows: tuple[Row, ...]
    heads: tuple[tuple[Line, ...], ...]  # the dimensions, as many as fit side by side
    matrices: tuple[tuple[Columns, ...], ...]

    @property
    def width(self) -> int:
        """How many scenarios stand side by side in the widest matrix."""
        return max((sum(columns.width for columns in matrix) for matrix in self.matrices), default=0)

    @property
    def hidden(self) -> tuple[Row, ...]:
        """Groups that are named and not shown."""
        return tuple(row for row in self.rows if row.hidden)


@dataclass(frozen=True)
class Interviews:
    """What the interviews say, as a mode of its own."""

    n: Figure
    name: str
    lines: tuple[Line, ...]
    overall: Line | None
    families: tuple[Family, ...]
    hidden: bool = False


def is_interview(group: SubGroup | SuppressedGroup) -> bool:
    """Whether a group is the interviews, which are never pooled with the survey."""
    return group.by.get(MODE) == INTERVIEW


def is_apart(group: SubGroup | SuppressedGroup) -> bool:
    """Whether a group is a mode of its own, beside the whole: interviews, or what the interviewer has seen."""
    return group.by.get(MODE) in (INTERVIEW, EVIDENCE)


def group_name(reader: Reader, by: Mapping[str, str | None]) -> str:
    """What a group is called: its values, with the framework's labels where it has some."""
    names = []
    for key, value in by.items():
        if value is None:
            names.append(reader.speech.gettext("(not given)"))
            continue
        options = reader.entry("context", key).get("options")
        said = reader.say(options.get(value)) if isinstance(options, Mapping) else ""
        names.append(said or value)
    return " · ".join(names)


def _row(reader: Reader, group: Group | SuppressedGroup, at: str, name: str, whole: bool = False) -> Row:
    if isinstance(group, SuppressedGroup):
        return Row(name, hidden=True)
    statuses = {id_: status(reader.speech, scenario) for id_, scenario in group.scenarios.items()}
    return Row(
        name=name,
        whole=whole,
        n=count(reader.speech, group.n, f"{at}/n"),
        dk=dk_share(reader, group),
        dimensions=dimension_lines(reader, group, at),
        statuses=statuses,
        present=tuple(story(reader, group, id_, at) for id_, stands in statuses.items() if stands.present),
    )


def group_tables(reader: Reader, result: Result, whole: Sequence[Family]) -> tuple[GroupTable, ...]:
    """Every table of groups, in the order of the result."""
    by_keys: dict[tuple[str, ...], list[tuple[int, SubGroup | SuppressedGroup]]] = {}
    for place, group in enumerate(result.groups):
        if not is_apart(group):
            by_keys.setdefault(tuple(group.by), []).append((place, group))
    if not by_keys:
        return ()
    top: list[Row] = []
    if isinstance(result.overall, Group):
        top = [_row(reader, result.overall, "overall", reader.speech.gettext("Everybody"), whole=True)]
    tables = []
    for keys, members in by_keys.items():
        rows = [_row(reader, group, f"groups/{place}", group_name(reader, group.by)) for place, group in members]
        tables.append(
            GroupTable(
                id="-".join(keys),
                title=" × ".join(reader.title("context", key) for key in keys),
                rows=(*top, *rows),
                heads=_parted(next((row.dimensions for row in (*top, *rows) if row.dimensions), ())),
                matrices=_matrices(whole or _families_of(reader, members)),
            )
        )
    return tuple(tables)


def _parted(lines: tuple[Line, ...]) -> tuple[tuple[Line, ...], ...]:
    return tuple(lines[i : i + WIDEST_HEAT] for i in range(0, len(lines), WIDEST_HEAT))


def _families_of(reader: Reader, members: Sequence[tuple[int, SubGroup | SuppressedGroup]]) -> tuple[Family, ...]:
    shown = next(((place, group) for place, group in members if isinstance(group, SubGroup)), None)
    return () if shown is None else families(reader, shown[1], f"groups/{shown[0]}")


def _matrices(families_: Sequence[Family]) -> tuple[tuple[Columns, ...], ...]:
    """Families packed into matrices of at most `WIDEST` columns, in their order; a wider one is split."""
    parts = []
    for family in families_:
        told = [one for one in family.stories if not one.for_the_whole]
        parts += [Columns(family, tuple(told[i : i + WIDEST])) for i in range(0, len(told), WIDEST)]
    matrices: list[list[Columns]] = []
    for part in parts:
        width = sum(len(other.stories) for other in matrices[-1]) if matrices else WIDEST
        if width + len(part.stories) > WIDEST:
            matrices.append([])
        matrices[-1].append(part)
    return tuple(tuple(matrix) for matrix in matrices)


def interviews(reader: Reader, result: Result) -> tuple[Interviews, ...]:
    """The interviews: one entry for all of them, more where they are grouped further."""
    found = []
    for place, group in enumerate(result.groups):
        if not is_interview(group):
            continue
        name = group_name(reader, {key: value for key, value in group.by.items() if key != MODE})
        if isinstance(group, SuppressedGroup):
            found.append(Interviews(MISSING, name, (), None, (), hidden=True))
            continue
        at = f"groups/{place}"
        found.append(
            Interviews(
                n=count(reader.speech, group.n, f"{at}/n"),
                name=name,
                lines=dimension_lines(reader, group, at),
                overall=overall_line(reader, group, at),
                families=families(reader, group, at),
            )
        )
    return tuple(found)


@dataclass(frozen=True)
class Place:
    """A group in which a scenario is present, and how it stands there."""

    name: str
    story: Story


@dataclass(frozen=True)
class Places:
    """The groups of one table in which a scenario is present."""

    title: str
    groups: tuple[Place, ...]
    apart: bool = False  # interviews, or what was seen: no part of the whole


def where_present(
    reader: Reader, tables: Sequence[GroupTable], talks: Sequence[Interviews], rated: Sequence[Family] = ()
) -> dict[str, tuple[Places, ...]]:
    """For every scenario the groups that it is present in, table by table, then the interviews, then what was seen.

    rated: the scenarios of the ratings from evidence.
    """
    found: dict[str, list[Places]] = {}
    for table in tables:
        by_scenario: dict[str, list[Place]] = {}
        for row in table.rows:
            for told in () if row.whole else row.present:
                by_scenario.setdefault(told.id, []).append(Place(row.name, told))
        for id_, groups in by_scenario.items():
            found.setdefault(id_, []).append(Places(table.title, tuple(groups)))
    said = reader.speech.gettext("Interviews")
    seen = reader.speech.gettext("What was seen (the consultant’s ratings)")
    apart = [(said, talk.name or said, talk.families) for talk in talks]
    apart += [(seen, seen, tuple(rated))]
    for title, name, families_ in apart:
        for told in (told for family in families_ for told in family.stories if told.present):
            found.setdefault(told.id, []).append(Places(title, (Place(name, told),), apart=True))
    return {id_: tuple(places) for id_, places in found.items()}
