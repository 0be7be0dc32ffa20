"""Columns: which column of a table is which item, context key or weight, told by their names and by what they hold."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import polars as pl

from readiness.faults import Fault, ResponseError
from readiness.responses import durations, platforms
from readiness.responses.coding import DURATION, WEIGHT
from readiness.responses.files import Decided, Reading, Understood, decided
from readiness.responses.formats.grids import with_names
from readiness.responses.grid import Grid
from readiness.responses.in_place.vocabulary import Cells, cells_of
from readiness.responses.sheets import all_answers_of, all_values_of, by_name, called

if TYPE_CHECKING:
    from readiness.framework.models import Framework
    from readiness.responses.engines.engine import Engine, Located
    from readiness.responses.export import Export
    from readiness.responses.labels import Answers, Values
    from readiness.responses.mapping import SurveyMapping
    from readiness.responses.matching import Decision


@dataclass(frozen=True)
class Columns:
    """What the columns of one table are.

    names: canonical name → the column's name in the frame. cells: what those hold that are read by their different
    cells. answers, values, headers, ignored, remarks: as of a file that is read.
    """

    located: Located
    names: Mapping[str, str]
    cells: Mapping[str, Cells]
    answers: Mapping[str, Answers]
    values: Mapping[str, Values]
    headers: Mapping[str, str]
    ignored: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()


def columns_of(
    framework: Framework, engine: Engine, located: Located, reading: Reading, mapping: SurveyMapping | None
) -> Columns:
    """The columns of a table that is `vocabulary.readable`, decided on as those of a file are.

    Raises:
        ResponseError: they cannot be told apart, none is an item, answers to one item are spread over several; or the
            mapping does not fit.
    """
    by_headers = _decided(framework, _export(located, {}), located, reading, mapping)
    groups = _grouped(by_headers.decisions, located)
    read = [name for name, group in groups.items() if _is_read(framework, name, located, group)]
    alike = {str(groups[name][0].column.place): _in_common(framework, name) for name in read}
    cells = cells_of(engine, located, alike)
    # What a column holds says what its codes mean; what it is has been said by its name.
    found = _decided(framework, _export(located, cells), located, reading, mapping)
    groups = _grouped(found.decisions, located)
    names = {name: str(group[0].column.place) for name, group in groups.items()}
    timed = durations.recorded(found.decisions, found.export.platform)
    if timed is not None:
        names[DURATION] = str(timed.column.place)
    return Columns(
        located,
        names,
        {name: cells[names[name]] for name in read},
        answers=all_answers_of(framework, groups, found.answers),
        values=all_values_of(framework, groups, found.values),
        headers={name: group[0].column.header for name, group in groups.items()},
        ignored=tuple(called(one) for one in found.decisions if one.to == "ignored" and one != timed),
        remarks=(*found.remarks, *([f"{located.name}: {durations.used(timed)}"] if timed else [])),
    )


def _export(located: Located, cells: Mapping[str, Cells]) -> Export:
    """The table as an export: its columns, and below each what it is known to hold; these rows are nobody's."""
    height = max((len(known.texts) for known in cells.values()), default=0) or 1
    below = {
        str(place): _padded(cells[str(place)].texts if str(place) in cells else ("1",), height)
        for place in range(len(located.headers))
    }
    frame = with_names([located.headers], pl.DataFrame(below, schema=dict.fromkeys(below, pl.String)))
    rows = pl.int_range(1, frame.height + 1, dtype=pl.UInt32, eager=True)
    grid = Grid(located.name, frame, rows, "table", header_rows=1)
    export = platforms.PLATFORMS[platforms.PLAIN].read(grid)
    columns = [replace(column, counter=False) for column in export.columns]
    return replace(export, columns=tuple(columns), remarks=())  # of rows nothing is known


def _padded(texts: Sequence[str], height: int) -> list[str | None]:
    return [*texts, *[None] * (height - len(texts))]


def _decided(
    framework: Framework, export: Export, located: Located, reading: Reading, mapping: SurveyMapping | None
) -> Decided:
    try:
        return decided(framework, Understood(_Name(located.name), export), reading, mapping)
    except ResponseError as error:  # a table has no lines
        faults = [replace(fault, line=None) if fault.file == located.name else fault for fault in error.faults]
        raise ResponseError(faults) from error


@dataclass(frozen=True)
class _Name:
    """A table's name where a file's path is expected."""

    whole: str

    @property
    def name(self) -> str:
        """What a mapping calls the table: a file's name, or a table's in its database."""
        return re.split(r"[/\\#]", self.whole.rstrip("/"))[-1]

    def __str__(self) -> str:
        return self.whole


def _grouped(decisions: Sequence[Decision], located: Located) -> dict[str, list[Decision]]:
    groups = by_name(decisions)
    spread = {name: group for name, group in groups.items() if len(group) > 1 or group[0].choice}
    if spread:
        mend = "put them together in one column, or export the table as a file and score that"
        what = "the answers to {} are spread over {} columns, which cannot be read where they lie"
        raise ResponseError(
            [Fault(located.name, None, what.format(name, len(group)), mend) for name, group in spread.items()]
        )
    return groups


def _in_common(framework: Framework, name: str) -> str:
    """What has the same in common with a column is likely to hold the same whole numbers: an item its scale."""
    item = framework.items.get(name)
    return name if item is None else f"scale {item.scale}"


def _is_read(framework: Framework, name: str, located: Located, group: Sequence[Decision]) -> bool:
    """Whether a column is read by its different cells: not who answered, nor numbers, which are nobody's business."""
    dtype = located.frame.collect_schema()[str(group[0].column.place)]
    if name in framework.items:
        return framework.items[name].type != "number" or not dtype.is_numeric()
    return name in framework.context or (name == WEIGHT and not dtype.is_numeric())
