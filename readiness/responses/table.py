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
from readiness.responses.coding import ABSENT, MISSING, MODE, RESPONDENT, number_column

if TYPE_CHECKING:
    from readiness.framework.models import Framework


SURVEY, INTERVIEW = "survey", "interview"


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

    frame: coded as `coding` says. items, context: those with a column.
    read: respondents, agreeing rows counted once; rejected: those set aside since their rows differ.
    """

    frame: pl.LazyFrame
    items: frozenset[str]
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
    """The work of coding one sheet: every column's different texts are read once, then all columns are mapped at once."""

    framework: Framework
    sheet: Sheet
    unread: list[Unread] = field(default_factory=list)

    def columns(self, keys: Sequence[str], items: Sequence[str]) -> list[pl.Expr]:
        """The coded columns of these context keys and items."""
        frame = self.sheet.frame
        if not [*keys, *items]:
            return []
        texts = frame.select(pl.col(*keys, *items).unique().implode()).row(0, named=True)
        columns: list[pl.Expr] = []
        for key in keys:
            columns.extend(self._context(key, distinct(texts[key])))
        for item in items:
            columns.extend(self._answers(item, distinct(texts[item])))
        return columns

    def _answers(self, item: str, texts: Sequence[str]) -> list[pl.Expr]:
        """An item's column of codes; for a number item a column of numbers beside it."""
        reader = AnswerReader(self.framework.items[item], self.framework)
        codes = {text: reader.code(text) for text in texts}
        self._list_unread({text for text, code in codes.items() if code is None}, item, reader.expected())
        known = readable(codes)
        coded = _mapped(item, known, pl.Int8).fill_null(MISSING)
        if self.framework.items[item].type == "scale":
            return [coded]
        numbers = {text: number(text.strip()) for text, code in known.items() if code == 0}
        return [coded, _mapped(item, numbers, pl.Float64).alias(number_column(item))]

    def _context(self, key: str, texts: Sequence[str]) -> list[pl.Expr]:
        """A context key's column, and its numbers beside it for tests that compare."""
        reader = ContextReader(self.framework.context[key])
        values: dict[str, str | None] = {}
        wrong: set[str] = set()
        for text in texts:
            try:
                values[text] = reader.value(text)
            except KeyError:
                wrong.add(text)
        self._list_unread(wrong, key, reader.expected())
        numbers = {text: number(value) if value is not None else None for text, value in values.items()}
        return [_mapped(key, values, pl.String), _mapped(key, numbers, pl.Float64).alias(number_column(key))]

    def _list_unread(self, wrong: set[str], column: str, expected: str) -> None:
        if not wrong:
            return
        cells = self.sheet.frame[column]
        for place in cells.is_in(list(wrong)).fill_null(False).arg_true():
            row = place + self.sheet.first_row
            self.unread.append(Unread(self.sheet.file, row, column, str(cells[place]), expected))


def _mapped(column: str, known: Mapping[str, Any], dtype: Any) -> pl.Expr:
    if not known:
        return pl.lit(None, dtype=dtype).alias(column)
    return pl.col(column).replace_strict(list(known), list(known.values()), default=None, return_dtype=dtype)


def code(framework: Framework, sheet: Sheet) -> Coded:
    """Read every cell of a sheet."""
    work = _Coding(framework, sheet)
    columns = set(sheet.frame.columns)
    items = [item for item in framework.items if item in columns]
    keys = [key for key in framework.context if key in columns]
    coded = sheet.frame.select(_respondents(sheet.frame), *work.columns(keys, items))
    return Coded(coded, frozenset(items), frozenset(keys), tuple(sorted(work.unread)), sheet.ignored)


def _respondents(frame: pl.DataFrame) -> pl.Series:
    if RESPONDENT not in frame.columns:
        return pl.Series(RESPONDENT, [None] * frame.height, dtype=pl.String)
    stripped = frame[RESPONDENT].cast(pl.String).str.strip_chars()
    return stripped.set(stripped == "", None)


def assemble(framework: Framework, sheets: Sequence[Coded], remarks: tuple[str, ...] = ()) -> Responses:
    """Coded sheets put together, each respondent once."""
    items = frozenset().union(*[sheet.items for sheet in sheets])
    context = frozenset().union(*[sheet.context for sheet in sheets])
    frames = [_widened(framework, sheet, items, context) for sheet in sheets]
    frame, set_aside = _settled(pl.concat(frames))
    return Responses(
        frame=frame.lazy(),
        items=items,
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


def beside(framework: Framework, survey: Responses, interviews: Responses) -> Responses:
    """Both modes in one frame, told apart by the column `MODE`, so that one pass scores them; they are never pooled."""
    modes = {SURVEY: survey, INTERVIEW: interviews}
    items, context = survey.items | interviews.items, survey.context | interviews.context
    frames = [
        mode.frame.select(*_columns(framework, mode, items, context), pl.lit(name).alias(MODE))
        for name, mode in modes.items()
    ]
    return Responses(pl.concat(frames), items, context, survey.read + interviews.read, survey.rejected)


def _widened(framework: Framework, sheet: Coded, items: frozenset[str], context: frozenset[str]) -> pl.DataFrame:
    return sheet.frame.select(_columns(framework, sheet, items, context))


def _columns(
    framework: Framework, part: Coded | Responses, items: frozenset[str], context: frozenset[str]
) -> list[pl.Expr]:
    """Every column that any of several frames has, in framework order; what this one lacks was put to nobody in it."""
    columns: list[pl.Expr] = [pl.col(RESPONDENT)]
    for key in framework.context:
        if key in context:
            here = key in part.context
            columns.append(pl.col(key) if here else pl.lit(None, dtype=pl.String).alias(key))
            columns.append(_numbers(key, here))
    for id_, item in framework.items.items():
        if id_ in items:
            here = id_ in part.items
            columns.append(pl.col(id_) if here else pl.lit(ABSENT, dtype=pl.Int8).alias(id_))
            if item.type == "number":
                columns.append(_numbers(id_, here))
    return columns


def _numbers(name: str, here: bool) -> pl.Expr:
    beside = number_column(name)
    return pl.col(beside) if here else pl.lit(None, dtype=pl.Float64).alias(beside)


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
