"""The table: whatever was read becomes one frame of coded responses, one row a respondent.

Reading a file ends in a *sheet*, a frame of text with canonical column names. `code` turns a sheet's cells into codes
and `assemble` puts coded sheets together and settles respondents who occur twice, so that the order of rows, columns
and files never matters.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

import polars as pl

from readiness.responses.cells import AnswerReader, ContextReader, distinct, number, readable
from readiness.responses.coding import ABSENT, MISSING, RESPONDENT, number_column

if TYPE_CHECKING:
    from readiness.framework.models import Framework


@dataclass(frozen=True, order=True)
class Unread:
    """A cell that could not be read: it counts as missing, and is listed."""

    file: str
    row: int  # as a spreadsheet counts, the header being row 1
    column: str
    found: str
    expected: str

    def __str__(self) -> str:
        return f"{self.file}, row {self.row}, column {self.column}: {self.found!r} is not {self.expected}"


@dataclass(frozen=True)
class Responses:
    """Everything the engine needs of the responses, and what there is to tell about their reading.

    frame: coded as `coding` says. items, context: those with a column; absences: items that some rows' file lacks.
    read: respondents, agreeing rows counted once; rejected: those set aside since their rows differ.
    """

    frame: pl.LazyFrame
    items: frozenset[str]
    absences: frozenset[str]
    context: frozenset[str]
    read: int
    rejected: int
    unread: tuple[Unread, ...] = ()
    set_aside: tuple[str, ...] = ()
    ignored: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()  # what else there is to tell of the files


@dataclass(frozen=True)
class Sheet:
    """A frame of text with canonical column names, and where it came from."""

    frame: pl.DataFrame
    file: str
    ignored: tuple[str, ...] = ()
    first_row: int = 2


@dataclass(frozen=True)
class Coded:
    """A sheet whose cells have been read."""

    frame: pl.DataFrame
    items: frozenset[str]
    context: frozenset[str]
    unread: tuple[Unread, ...] = ()
    ignored: tuple[str, ...] = ()


@dataclass
class _Coding:
    """The work of coding one sheet."""

    framework: Framework
    sheet: Sheet
    unread: list[Unread] = field(default_factory=list)

    def answers(self, item: str) -> list[pl.Series]:
        """An item's column of codes; for a number item a column of numbers beside it."""
        cells = self.sheet.frame[item]
        reader = AnswerReader(self.framework.items[item], self.framework)
        codes = {cell: reader.code(cell) for cell in distinct(cells.unique())}
        self._list_unread(cells, {cell for cell, code in codes.items() if code is None}, item, reader.expected())
        known = readable(codes)
        coded = _mapped(cells, known, pl.Int8).fill_null(MISSING).alias(item)
        if self.framework.items[item].type == "scale":
            return [coded]
        numbers = {cell: number(cell.strip()) for cell, code in known.items() if code == 0}
        return [coded, _mapped(cells, numbers, pl.Float64).alias(number_column(item))]

    def context(self, key: str) -> list[pl.Series]:
        """A context key's column, and its numbers beside it for tests that compare."""
        cells = self.sheet.frame[key]
        reader = ContextReader(self.framework.context[key])
        values: dict[str, str | None] = {}
        wrong: set[str] = set()
        for cell in distinct(cells.unique()):
            try:
                values[cell] = reader.value(cell)
            except KeyError:
                wrong.add(cell)
        self._list_unread(cells, wrong, key, reader.expected())
        numbers = {cell: number(value) if value is not None else None for cell, value in values.items()}
        return [
            _mapped(cells, values, pl.String).alias(key),
            _mapped(cells, numbers, pl.Float64).alias(number_column(key)),
        ]

    def _list_unread(self, cells: pl.Series, wrong: set[str], column: str, expected: str) -> None:
        if not wrong:
            return
        for place in cells.is_in(list(wrong)).fill_null(False).arg_true():
            row = place + self.sheet.first_row
            self.unread.append(Unread(self.sheet.file, row, column, str(cells[place]), expected))


def _mapped(cells: pl.Series, known: Mapping[str, Any], dtype: Any) -> pl.Series:
    if not known:
        return pl.Series(cells.name, [None] * len(cells), dtype=dtype)
    return cells.replace_strict(list(known), list(known.values()), default=None, return_dtype=dtype)


def code(framework: Framework, sheet: Sheet) -> Coded:
    """Read every cell of a sheet."""
    work = _Coding(framework, sheet)
    columns = set(sheet.frame.columns)
    items = [item for item in framework.items if item in columns]
    keys = [key for key in framework.context if key in columns]
    series = [_respondents(sheet.frame)]
    for key in keys:
        series.extend(work.context(key))
    for item in items:
        series.extend(work.answers(item))
    return Coded(pl.DataFrame(series), frozenset(items), frozenset(keys), tuple(sorted(work.unread)), sheet.ignored)


def _respondents(frame: pl.DataFrame) -> pl.Series:
    if RESPONDENT not in frame.columns:
        return pl.Series(RESPONDENT, [None] * frame.height, dtype=pl.String)
    stripped = frame[RESPONDENT].cast(pl.String).str.strip_chars()
    return stripped.set(stripped == "", None)


def assemble(framework: Framework, sheets: Sequence[Coded], remarks: tuple[str, ...] = ()) -> Responses:
    """Coded sheets put together, each respondent once."""
    items = frozenset().union(*[sheet.items for sheet in sheets])
    context = frozenset().union(*[sheet.context for sheet in sheets])
    absences = frozenset(item for item in items if any(item not in sheet.items for sheet in sheets))
    frames = [_widened(framework, sheet, items, context) for sheet in sheets]
    frame, set_aside = _settled(pl.concat(frames))
    return Responses(
        frame=frame.lazy(),
        items=items,
        absences=absences,
        context=context,
        read=frame.height + len(set_aside),
        rejected=len(set_aside),
        unread=tuple(unread for sheet in sheets for unread in sheet.unread),
        set_aside=set_aside,
        ignored=tuple(dict.fromkeys(name for sheet in sheets for name in sheet.ignored)),
        remarks=remarks,
    )


def with_context(framework: Framework, responses: Responses, values: Mapping[str, str]) -> Responses:
    """Responses with context that holds for all of them, where a row says nothing else."""
    if not values:
        return responses
    columns: list[pl.Expr] = []
    for key, said in values.items():
        value = ContextReader(framework.context[key]).value(said)
        for name, given in ((key, value), (number_column(key), number(value or ""))):
            constant = pl.lit(given, dtype=pl.String if name == key else pl.Float64)
            columns.append((pl.col(name).fill_null(constant) if key in responses.context else constant).alias(name))
    return replace(
        responses, frame=responses.frame.with_columns(columns), context=responses.context | frozenset(values)
    )


def _widened(framework: Framework, sheet: Coded, items: frozenset[str], context: frozenset[str]) -> pl.DataFrame:
    """A sheet with every column that any of them has, in framework order."""
    columns: list[pl.Expr] = [pl.col(RESPONDENT)]
    for key in framework.context:
        if key in context:
            here = key in sheet.context
            columns.append(pl.col(key) if here else pl.lit(None, dtype=pl.String).alias(key))
            beside = number_column(key)
            columns.append(pl.col(beside) if here else pl.lit(None, dtype=pl.Float64).alias(beside))
    for id_, item in framework.items.items():
        if id_ in items:
            here = id_ in sheet.items
            columns.append(pl.col(id_) if here else pl.lit(ABSENT, dtype=pl.Int8).alias(id_))
            if item.type == "number":
                beside = number_column(id_)
                columns.append(pl.col(beside) if here else pl.lit(None, dtype=pl.Float64).alias(beside))
    return sheet.frame.select(columns)


def _settled(frame: pl.DataFrame) -> tuple[pl.DataFrame, tuple[str, ...]]:
    """Rows that agree under one id counted once; ids whose rows differ taken out, and named."""
    anonymous = frame.filter(pl.col(RESPONDENT).is_null())
    named = frame.filter(pl.col(RESPONDENT).is_not_null()).unique(maintain_order=True)
    twice = named.filter(pl.col(RESPONDENT).is_duplicated())[RESPONDENT].unique().sort()
    once = named.filter(~pl.col(RESPONDENT).is_in(twice.implode()))
    return pl.concat([once, anonymous]), tuple(twice.to_list())


def from_rows(
    framework: Framework, rows: Sequence[Mapping[str, Any]], columns: Sequence[str] | None = None, file: str = "rows"
) -> Responses:
    """Responses from rows held in memory, their cells as in the canonical table.

    columns: which columns there are; by default all that occur in a row. An item with no column was put to nobody.
    """
    return assemble(framework, [code(framework, sheet_of(rows, columns, file))])


def sheet_of(rows: Sequence[Mapping[str, Any]], columns: Sequence[str] | None = None, file: str = "rows") -> Sheet:
    """A sheet from rows held in memory."""
    names = list(columns) if columns is not None else list(dict.fromkeys(name for row in rows for name in row))
    texts = {name: [_text(row.get(name)) for row in rows] for name in names}
    return Sheet(pl.DataFrame(texts, schema=dict.fromkeys(names, pl.String)), file, first_row=1)


def _text(value: Any) -> str | None:
    if value is None or isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    return f"{value:g}" if isinstance(value, float) and value.is_integer() else str(value)
