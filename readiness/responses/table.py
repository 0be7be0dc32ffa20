"""The table: whatever was read becomes one frame of coded responses, one row a respondent.

Reading a file ends in a *sheet*, a frame of text with canonical column names. `assemble` puts sheets together, reads
their cells and settles respondents who occur twice, so that the order of rows, columns and files never matters.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import polars as pl

from readiness.faults import ResponseError
from readiness.responses.alike import proposals
from readiness.responses.cells import (
    EMPTY,
    AnswerReader,
    ContextReader,
    distinct,
    expected_weight,
    number,
    readable,
    weight_of,
)
from readiness.responses.cells import text_of as text_of  # noqa: PLC0414 whoever writes a table takes it from here
from readiness.responses.coding import (
    ABSENT,
    DURATION,
    FILE,
    MISSING,
    RESPONDENT,
    WEIGHT,
    number_column,
)
from readiness.responses.durations import seconds
from readiness.responses.settling import no_weights, repeats, settled, with_a_weight

if TYPE_CHECKING:
    from readiness.framework.models import Framework
    from readiness.responses.labels import Answers, Values


SURVEY, INTERVIEW, EVIDENCE = "survey", "interview", "evidence"  # the modes, of which none is pooled with another
LONGEST_SHOWN = 60
PIECE = 400_000  # respondents
NO_COLUMN = "\0no column"  # stands in for the cells of an item that a sheet has no column for


@dataclass(frozen=True, order=True)
class Unread:
    """A cell that could not be read: it counts as missing, and is listed."""

    file: str
    row: int  # as a spreadsheet counts, the header being row 1
    column: str
    found: str
    expected: str
    header: str = ""  # what the file itself calls the column

    def __str__(self) -> str:
        header = " ".join(self.header.split())
        called = "" if header.casefold() in ("", self.column.casefold()) else f" ({_short(header)!r})"
        # A column that is no item of ours is called as the file does.
        column = f"column {header!r}" if self.column == WEIGHT and header else f"column {self.column}{called}"
        where = f"{self.file}, row {self.row}, {column}"
        return f"{where}: {_short(self.found)!r} is not {self.expected}"


def _short(text: str) -> str:
    return text if len(text) <= LONGEST_SHOWN else f"{text[:LONGEST_SHOWN]}…"


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
    weighted: bool = False  # whether there is a column of case weights

    @property
    def unread_count(self) -> int:
        """How many cells could not be read."""
        return len(self.unread)

    def pieces(self) -> Iterator[pl.DataFrame]:
        """Every respondent, in pieces of a size that can be worked on."""
        return self.frame.collect().iter_slices(PIECE)

    def settled_pieces(self) -> Iterator[pl.DataFrame]:
        """Every respondent once, in pieces of a size that can be worked on."""
        return self.frame.collect().iter_slices(PIECE)

    def repeated(self) -> None:
        """Nobody occurs twice: that was settled when the responses were put together."""


@dataclass(frozen=True)
class Sheet:
    """A frame of text with canonical column names, and where it came from.

    rows: the number of each row in the file; by default they are counted on from `first_row`. headers: what the file
    calls a column. answers, values: who reads an item's or a context key's cells, where they are not as in the
    canonical table. counter: respondents' ids are numbers that begin anew in every file.
    """

    frame: pl.DataFrame
    file: str
    ignored: tuple[str, ...] = ()
    first_row: int = 2
    remarks: tuple[str, ...] = ()
    rows: pl.Series | None = None
    headers: Mapping[str, str] = field(default_factory=dict)
    answers: Mapping[str, Answers] = field(default_factory=dict)
    values: Mapping[str, Values] = field(default_factory=dict)
    counter: bool = False

    def row(self, place: int) -> int:
        """The number in the file of a row of the frame, which counts from 0."""
        return place + self.first_row if self.rows is None else int(self.rows[place])


@dataclass
class _Coding:
    """The work of coding: every column's different texts are read once, then all columns are mapped at once.

    sheets: those below each other in `frame`, which are read by the same readers.
    """

    framework: Framework
    frame: pl.DataFrame  # of text
    sheets: Sequence[Sheet]
    unread: list[Unread] = field(default_factory=list)
    remarks: dict[str, None] = field(default_factory=dict)
    said: dict[str, set[str]] = field(default_factory=dict)  # the different values of context keys without options

    def coded(self, keys: Sequence[str], items: Sequence[str]) -> pl.DataFrame:
        """The frame with these context keys and items read, without the rows that are nobody's."""
        names = [*keys, *items, *([WEIGHT] if WEIGHT in self.frame.columns else [])]
        texts = self.frame.select(pl.col(*names).unique().implode()).row(0, named=True) if names else {}
        columns: list[pl.Expr] = [pl.col(RESPONDENT), pl.col(FILE)]
        if WEIGHT in names:
            columns.append(self._weights(distinct(texts[WEIGHT])))
        for key in keys:
            columns.extend(self._context(key, distinct(texts[key])))
        if DURATION in self.frame.columns:
            columns.append(seconds(pl.col(DURATION)))
        for item in items:
            columns.extend(self._answers(item, distinct(texts[item])))
        return _of_somebody(self.frame, self.frame.select(columns))

    def _answers(self, item: str, texts: Sequence[str]) -> list[pl.Expr]:
        """An item's column of codes; for a number item a column of numbers beside it."""
        own = self.sheets[0].answers.get(item)
        reader: Answers = own or AnswerReader(self.framework.items[item], self.framework)
        codes = {text: ABSENT if text == NO_COLUMN else reader.code(text) for text in texts}
        self._list_unread({text for text, code in codes.items() if code is None}, item, reader.expected)
        file = self.sheets[0].file
        self.remarks.update({f"{file}: {remark}": None for remark in reader.remarks(texts)})
        known = readable(codes)
        coded = _mapped(item, known, pl.Int8).fill_null(MISSING)
        if self.framework.items[item].type == "scale":
            return [coded]
        numbers = {text: reader.number(text) for text, code in known.items() if code == 0}
        return [coded, _mapped(item, numbers, pl.Float64).alias(number_column(item))]

    def _context(self, key: str, texts: Sequence[str]) -> list[pl.Expr]:
        """A context key's column, and its numbers beside it for tests that compare."""
        own = self.sheets[0].values.get(key)
        reader: Values = own or ContextReader(self.framework.context[key])
        values: dict[str, str | None] = {}
        wrong: set[str] = set()
        for text in texts:
            try:
                values[text] = reader.value(text)
            except KeyError:
                wrong.add(text)
        self._list_unread(wrong, key, reader.expected)
        if own and not self.framework.context[key].options:
            self.said.setdefault(key, set()).update(value for value in values.values() if value is not None)
        numbers = {text: number(value) if value is not None else None for text, value in values.items()}
        return [_mapped(key, values, pl.String), _mapped(key, numbers, pl.Float64).alias(number_column(key))]

    def _weights(self, texts: Sequence[str]) -> pl.Expr:
        """A column of case weights in whole units; missing where a respondent has none."""
        known = {text: weight_of(text) for text in texts}
        self._list_unread({text for text, weight in known.items() if weight is None}, WEIGHT, expected_weight)
        return _mapped(WEIGHT, {text: weight or None for text, weight in known.items()}, pl.Int64)

    def _list_unread(self, wrong: set[str], column: str, expected: Callable[[], str]) -> None:
        if not wrong:
            return
        cells = self.frame[column]
        for place in cells.is_in(list(wrong)).fill_null(False).arg_true():
            sheet, row = self._origin(place)
            header = sheet.headers.get(column, "")
            self.unread.append(Unread(sheet.file, row, column, str(cells[place]), expected(), header))

    def _origin(self, place: int) -> tuple[Sheet, int]:
        """The sheet a row came from, and its number in the file."""
        for sheet in self.sheets:
            if place < sheet.frame.height:
                return sheet, sheet.row(place)
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
    weighted, timed = WEIGHT in columns, DURATION in columns
    numbered = {id(sheet): str(place) for place, sheet in enumerate(sheets)}
    alike = [sheet for sheet in sheets if not sheet.answers and not sheet.values]
    alone = [[sheet] for sheet in sheets if sheet.answers or sheet.values]
    parts: list[pl.DataFrame] = []
    unread: list[Unread] = []
    told: dict[str, None] = dict.fromkeys(remarks)
    said: dict[str, set[str]] = {}
    for together in [alike, *alone] if alike else alone:
        texts = pl.concat([_text_of(sheet, keys, items, weighted, timed, numbered[id(sheet)]) for sheet in together])
        work = _Coding(framework, texts, together, unread, told, said)
        parts.append(work.coded(keys, items))
    told.update({proposal: None for key in keys for proposal in proposals(key, said.get(key, ()))})
    every = pl.concat(parts)
    frame, set_aside = settled(every)
    told.update(dict.fromkeys(repeats(every, frame, set_aside)))
    read = frame.height + len(set_aside)
    if weighted:
        frame, unweighted = with_a_weight(frame)
        told.update(dict.fromkeys(unweighted))
        if read and not frame.height:
            raise ResponseError([no_weights(sheets[0].file, sheets[0].headers.get(WEIGHT, ""))])
    return Responses(
        frame=frame.lazy(),
        items=frozenset(items),
        context=frozenset(keys),
        read=read,
        rejected=len(set_aside),
        unread=tuple(sorted(unread)),
        set_aside=set_aside,
        ignored=tuple(dict.fromkeys(name for sheet in sheets for name in sheet.ignored)),
        remarks=tuple(told),
        weighted=weighted,
    )


def _text_of(
    sheet: Sheet, keys: Sequence[str], items: Sequence[str], weighted: bool, timed: bool, file: str
) -> pl.DataFrame:
    """A sheet with every column that any of several has; an item it lacks was put to nobody in it."""
    there = set(sheet.frame.columns)
    columns = [pl.col(RESPONDENT).str.strip_chars() if RESPONDENT in there else _constant(RESPONDENT, None)]
    columns += [pl.col(key) if key in there else _constant(key, None) for key in keys]
    columns += [pl.col(item) if item in there else _constant(item, NO_COLUMN) for item in items]
    columns += [pl.col(WEIGHT) if WEIGHT in there else _constant(WEIGHT, None)] if weighted else []
    columns += [pl.col(DURATION) if DURATION in there else _constant(DURATION, None)] if timed else []
    columns.append(_constant(FILE, file if sheet.counter else None))
    respondent = pl.col(RESPONDENT)
    return sheet.frame.select(columns).with_columns(
        pl.when(~respondent.is_in(list(EMPTY))).then(respondent).alias(RESPONDENT)
    )


def _of_somebody(texts: pl.DataFrame, coded: pl.DataFrame) -> pl.DataFrame:
    """The coded rows in whose text anything stands: spreadsheets export empty rows too, and those are nobody."""
    if not texts[RESPONDENT].null_count():
        return coded
    said = pl.exclude(FILE, DURATION)
    empty = said.is_null() | said.str.strip_chars().is_in(["", NO_COLUMN])
    return coded.filter(texts.select(~pl.all_horizontal(empty)).to_series())


def _constant(name: str, value: str | None) -> pl.Expr:
    return pl.lit(value, dtype=pl.String).alias(name)


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
    texts = {name: [text_of(row.get(name)) for row in rows] for name in names}
    return Sheet(pl.DataFrame(texts, schema=dict.fromkeys(names, pl.String)), file, first_row=1)
