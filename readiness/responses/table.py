"""The table: whatever was read becomes one frame of coded responses, one row a respondent.

Reading a file ends in a *sheet*, a frame of text with canonical column names. `assemble` puts sheets together, reads
their cells and settles respondents who occur twice, so that the order of rows, columns and files never matters.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

import polars as pl

from readiness.responses.cells import EMPTY, AnswerReader, ContextReader, distinct, number, readable
from readiness.responses.coding import ABSENT, MISSING, MODE, RESPONDENT, number_column

if TYPE_CHECKING:
    from readiness.framework.models import Framework


SURVEY, INTERVIEW = "survey", "interview"
LONGEST_SHOWN = 60
NO_COLUMN = "\0no column"  # stands in for the cells of an item that a sheet has no column for


@dataclass(frozen=True, order=True)
class Unread:
    """A cell that could not be read: it counts as missing, and is listed."""

    file: str
    row: int  # as a spreadsheet counts, the header being row 1
    column: str
    found: str
    expected: str

    def __str__(self) -> str:
        found = self.found if len(self.found) <= LONGEST_SHOWN else f"{self.found[:LONGEST_SHOWN]}…"
        return f"{self.file}, row {self.row}, column {self.column}: {found!r} is not {self.expected}"


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
    remarks: tuple[str, ...] = ()


@dataclass
class _Coding:
    """The work of coding: every column's different texts are read once, then all columns are mapped at once."""

    framework: Framework
    frame: pl.DataFrame  # of text, all sheets below each other
    sheets: Sequence[Sheet]
    unread: list[Unread] = field(default_factory=list)

    def coded(self, keys: Sequence[str], items: Sequence[str]) -> pl.DataFrame:
        """The frame with these context keys and items read."""
        texts = self.frame.select(pl.col(*keys, *items).unique().implode()).row(0, named=True) if keys or items else {}
        columns: list[pl.Expr] = [pl.col(RESPONDENT)]
        for key in keys:
            columns.extend(self._context(key, distinct(texts[key])))
        for item in items:
            columns.extend(self._answers(item, distinct(texts[item])))
        return self.frame.select(columns)

    def _answers(self, item: str, texts: Sequence[str]) -> list[pl.Expr]:
        """An item's column of codes; for a number item a column of numbers beside it."""
        reader = AnswerReader(self.framework.items[item], self.framework)
        codes = {text: ABSENT if text == NO_COLUMN else reader.code(text) for text in texts}
        self._list_unread({text for text, code in codes.items() if code is None}, item, reader.expected)
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
        self._list_unread(wrong, key, reader.expected)
        numbers = {text: number(value) if value is not None else None for text, value in values.items()}
        return [_mapped(key, values, pl.String), _mapped(key, numbers, pl.Float64).alias(number_column(key))]

    def _list_unread(self, wrong: set[str], column: str, expected: Callable[[], str]) -> None:
        if not wrong:
            return
        cells = self.frame[column]
        for place in cells.is_in(list(wrong)).fill_null(False).arg_true():
            file, row = self._origin(place)
            self.unread.append(Unread(file, row, column, str(cells[place]), expected()))

    def _origin(self, place: int) -> tuple[str, int]:
        """The file a row came from, and its number there."""
        for sheet in self.sheets:
            if place < sheet.frame.height:
                return sheet.file, place + sheet.first_row
            place -= sheet.frame.height
        raise IndexError(place)


def _mapped(column: str, known: Mapping[str, Any], dtype: Any) -> pl.Expr:
    if not known:
        return pl.lit(None, dtype=dtype).alias(column)
    return pl.col(column).replace_strict(list(known), list(known.values()), default=None, return_dtype=dtype)


def assemble(framework: Framework, sheets: Sequence[Sheet], remarks: tuple[str, ...] = ()) -> Responses:
    """Sheets read and put together, each respondent once."""
    columns = {name for sheet in sheets for name in sheet.frame.columns}
    items = [item for item in framework.items if item in columns]
    keys = [key for key in framework.context if key in columns]
    texts = pl.concat([_text_of(sheet, keys, items) for sheet in sheets])
    work = _Coding(framework, texts, sheets)
    frame, set_aside = _settled(_of_somebody(texts, work.coded(keys, items)))
    return Responses(
        frame=frame.lazy(),
        items=frozenset(items),
        context=frozenset(keys),
        read=frame.height + len(set_aside),
        rejected=len(set_aside),
        unread=tuple(sorted(work.unread)),
        set_aside=set_aside,
        ignored=tuple(dict.fromkeys(name for sheet in sheets for name in sheet.ignored)),
        remarks=remarks,
    )


def _text_of(sheet: Sheet, keys: Sequence[str], items: Sequence[str]) -> pl.DataFrame:
    """A sheet with every column that any of several has; an item it lacks was put to nobody in it."""
    there = set(sheet.frame.columns)
    columns = [pl.col(RESPONDENT).str.strip_chars() if RESPONDENT in there else _constant(RESPONDENT, None)]
    columns += [pl.col(key) if key in there else _constant(key, None) for key in keys]
    columns += [pl.col(item) if item in there else _constant(item, NO_COLUMN) for item in items]
    respondent = pl.col(RESPONDENT)
    return sheet.frame.select(columns).with_columns(
        pl.when(~respondent.is_in(list(EMPTY))).then(respondent).alias(RESPONDENT)
    )


def _of_somebody(texts: pl.DataFrame, coded: pl.DataFrame) -> pl.DataFrame:
    """The coded rows in whose text anything stands: spreadsheets export empty rows too, and those are nobody."""
    if not texts[RESPONDENT].null_count():
        return coded
    empty = pl.all().is_null() | pl.all().str.strip_chars().is_in(["", NO_COLUMN])
    return coded.filter(texts.select(~pl.all_horizontal(empty)).to_series())


def _constant(name: str, value: str | None) -> pl.Expr:
    return pl.lit(value, dtype=pl.String).alias(name)


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


def _columns(framework: Framework, part: Responses, items: frozenset[str], context: frozenset[str]) -> list[pl.Expr]:
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
    return assemble(framework, [sheet_of(rows, columns, file)])


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
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)
