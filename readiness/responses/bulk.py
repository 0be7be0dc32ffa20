"""Bulk: surveys too large to be held, coded piece by piece while they are read.

A piece is coded by tables: each different cell of a column is read once, by the reader that reads it everywhere else,
and from then on looked up by its number. What has to be told (cells that cannot be read, respondents who occur twice)
is the same as of a survey that is held, and so is every sum.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, cast

import polars as pl

from readiness.responses.cells import EMPTY, AnswerReader, ContextReader, number
from readiness.responses.coding import ABSENT, MISSING, RESPONDENT, number_column
from readiness.responses.table import Unread, settled

if TYPE_CHECKING:
    from readiness.framework.models import Framework
    from readiness.responses.scanning import Scan

Code = Callable[[str], int | None]
Value = Callable[[str], str | None]
MOST_UNREAD = 1_000_000  # cells that are listed one by one; beyond that they are counted


@dataclass(frozen=True)
class Part:
    """One file of a large survey.

    columns: canonical name → place in the file. codes, values: how the cells of items and context keys are read.
    """

    scan: Scan
    file: str
    columns: Mapping[str, int]
    codes: Mapping[str, Code]
    values: Mapping[str, Value]
    expected: Mapping[str, Callable[[], str]]


def part_of(framework: Framework, scan: Scan, file: str, columns: Mapping[str, int]) -> Part:
    """A file whose cells are those of the canonical table."""
    answers = {name: AnswerReader(framework.items[name], framework) for name in columns if name in framework.items}
    contexts = {name: ContextReader(framework.context[name]) for name in columns if name in framework.context}
    return Part(
        scan,
        file,
        columns,
        {name: reader.code for name, reader in answers.items()},
        {name: reader.value for name, reader in contexts.items()},
        {name: reader.expected for name, reader in {**answers, **contexts}.items()},
    )


@dataclass
class Stream:
    """A large survey: the same that `Responses` is of one that is held, told as it is read.

    items, context: those with a column in any file. Only after `pieces` has come to its end are known: how many were
    `read` and `rejected`, what is `unread` (the first million cells, `unread_count` in all), and who was `set_aside`.
    """

    framework: Framework
    parts: Sequence[Part]
    ignored: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()
    read: int = 0
    rejected: int = 0
    unread: tuple[Unread, ...] = ()
    unread_count: int = 0
    set_aside: tuple[str, ...] = ()
    _ids: list[pl.Series] = field(default_factory=list)

    @property
    def items(self) -> frozenset[str]:
        """The items with a column."""
        return frozenset(name for part in self.parts for name in part.codes)

    @property
    def context(self) -> frozenset[str]:
        """The context keys with a column."""
        return frozenset(name for part in self.parts for name in part.values)

    def pieces(self) -> Iterator[pl.DataFrame]:
        """Every respondent, coded as `coding` says, in pieces; whoever occurs twice comes twice (see `repeated`)."""
        self.read, self._ids = 0, []
        unread: list[Unread] = []
        self.unread_count = 0
        for part in self.parts:
            coder = _Coder(self.framework, part, tuple(self._names()))
            row = part.scan.skip + 1
            for raw in part.scan.pieces():
                piece = coder.coded(raw, row)
                row += raw.height
                self.read += piece.height
                self._ids.append(piece[RESPONDENT].drop_nulls().hash())
                yield piece
            unread += coder.unread
            self.unread_count += coder.unread_count
        self.unread = tuple(sorted(unread))

    def _names(self) -> list[str]:
        keys = [key for key in self.framework.context if key in self.context]
        return [*keys, *(item for item in self.framework.items if item in self.items)]

    def repeated(self) -> tuple[pl.DataFrame, pl.DataFrame] | None:
        """Of respondents who occur twice: the rows that came, and what they amount to (`table.settled`).

        None where nobody does, which is what a survey is expected to be: only then is it read a second time.
        """
        ids = pl.concat(self._ids) if self._ids else pl.Series([], dtype=pl.UInt64)
        if ids.n_unique() == ids.len():
            return None
        twice = ids.filter(ids.is_duplicated()).unique().implode()
        came, read, told = [], self.read, (self.unread, self.unread_count)
        for piece in self.pieces():
            came.append(piece.filter(pl.col(RESPONDENT).hash().is_in(twice).fill_null(False)))
        rows = pl.concat(came)
        once, self.set_aside = settled(rows)
        self.unread, self.unread_count = told
        self.rejected = len(self.set_aside)
        self.read = read - rows.height + once.height + self.rejected
        return rows, once


class _Coder:
    """The work of coding one file's pieces."""

    def __init__(self, framework: Framework, part: Part, names: Sequence[str]) -> None:
        self._framework = framework
        self._part = part
        self._names = names  # every column wanted, in order, also those that this file lacks
        self._known: dict[str, dict[str, Any]] = {name: {} for name in (*part.codes, *part.values)}
        self.unread: list[Unread] = []
        self.unread_count = 0

    def coded(self, raw: pl.DataFrame, first_row: int) -> pl.DataFrame:
        """One piece coded. first_row: the number of its first row in the file."""
        frame = self._as_categories(raw)
        distinct = self._distinct(frame)
        columns: list[pl.Expr] = [self._respondent()]
        for name in self._names:
            if name in self._part.codes:
                columns.append(self._answers(name, distinct[name], first_row, frame))
            elif name in self._part.values:
                columns += self._context(name, distinct[name], first_row, frame)
            else:
                columns += _absent(self._framework, name)
        return self._of_somebody(frame.select(columns), frame)

    def _place(self, name: str) -> str:
        return str(self._part.columns[name])

    def _as_categories(self, raw: pl.DataFrame) -> pl.DataFrame:
        """Columns of text turned into categories, but for the respondent's."""
        wanted = [self._place(name) for name in (*self._part.codes, *self._part.values)]
        text = [place for place in wanted if raw.schema[place] == pl.String]
        return raw.with_columns(pl.col(text).cast(pl.Categorical)) if text else raw

    def _distinct(self, frame: pl.DataFrame) -> dict[str, pl.Series | range]:
        """The different cells of every column; of whole numbers all from the lowest to the highest."""
        names = [*self._part.codes, *self._part.values]
        whole = [name for name in names if frame.schema[self._place(name)] == pl.Int8]
        words = [name for name in names if name not in whole]
        asked = [pl.col(self._place(name)).unique().drop_nulls().implode().alias(name) for name in words]
        for name in whole:
            asked += [
                pl.col(self._place(name)).min().alias(f"{name}#low"),
                pl.col(self._place(name)).max().alias(f"{name}#high"),
            ]
        found = frame.select(asked)
        out: dict[str, pl.Series | range] = {name: found[name][0] for name in words}
        for name in whole:
            low, high = found[f"{name}#low"][0], found[f"{name}#high"][0]
            out[name] = range(0) if low is None else range(low, high + 1)
        return out

    def _respondent(self) -> pl.Expr:
        if RESPONDENT not in self._part.columns:
            return pl.lit(None, dtype=pl.String).alias(RESPONDENT)
        column = pl.col(self._place(RESPONDENT)).cast(pl.String).str.strip_chars()
        return pl.when(~column.is_in(list(EMPTY))).then(column).alias(RESPONDENT)

    def _answers(self, item: str, cells: pl.Series | range, first_row: int, frame: pl.DataFrame) -> pl.Expr:
        """A column of codes."""
        place = self._place(item)
        if isinstance(cells, range):
            codes = [self._read(item, str(value)) for value in cells]
            first = codes[0] if codes else None
            if first is not None and codes == list(range(first, first + len(codes))):
                shift = cells[0] - first  # a straight line: nothing has to be looked up
                column = pl.col(place)
                return (column - shift if shift else column).fill_null(MISSING).alias(item)
            index = (pl.col(place).cast(pl.Int16) - cells.start).fill_null(len(codes)).cast(pl.UInt32)
        else:
            codes = self._by_number(cells, [self._read(item, text) for text in _texts(cells)])
            index = pl.col(place).to_physical().cast(pl.UInt32).fill_null(len(codes))
        unreadable = {text for text in _texts(cells) if self._known[item][text] is None}
        if unreadable:
            self._list(item, unreadable, first_row, frame)
        table = pl.Series([*(MISSING if code is None else code for code in codes), MISSING], dtype=pl.Int8)
        return pl.lit(table).gather(index).alias(item)

    def _read(self, item: str, text: str) -> int | None:
        known = self._known[item]
        if text not in known:
            known[text] = self._part.codes[item](text)
        return cast("int | None", known[text])

    def _context(self, key: str, cells: pl.Series | range, first_row: int, frame: pl.DataFrame) -> list[pl.Expr]:
        """A context key's column, and its numbers beside it for tests that compare."""
        assert not isinstance(cells, range)  # a context key is never read as whole numbers: 01 is not 1
        known = self._known[key]
        unreadable = set()
        for text in _texts(cells):
            if text not in known:
                try:
                    known[text] = (self._part.values[key](text), True)
                except KeyError:
                    known[text] = (None, False)
            if not known[text][1]:
                unreadable.add(text)
        if unreadable:
            self._list(key, unreadable, first_row, frame)
        values = self._by_number(cells, [known[text][0] for text in _texts(cells)])
        numbers = [number(value) if value is not None else None for value in values]
        index = pl.col(self._place(key)).to_physical().cast(pl.UInt32).fill_null(len(values))
        said = pl.Series([*values, None], dtype=pl.String).cast(pl.Categorical)
        return [
            pl.lit(said).gather(index).alias(key),
            pl.lit(pl.Series([*numbers, None], dtype=pl.Float64)).gather(index).alias(number_column(key)),
        ]

    def _by_number(self, cells: pl.Series, meanings: Sequence[Any]) -> list[Any]:
        """What each category stands for, in a list that goes by the categories' numbers."""
        numbers = cells.to_physical().to_list()
        out: list[Any] = [None] * (max(numbers, default=-1) + 1)
        for number_, meaning in zip(numbers, meanings, strict=True):
            out[number_] = meaning
        return out

    def _list(self, name: str, unreadable: set[str], first_row: int, frame: pl.DataFrame) -> None:
        """Cells that cannot be read are listed, and counted where the list is long enough."""
        cells = frame[self._place(name)].cast(pl.String)
        places = cells.is_in(sorted(unreadable)).fill_null(False).arg_true()
        self.unread_count += places.len()
        expected = self._part.expected[name]()
        for place in places.head(max(0, MOST_UNREAD - len(self.unread))):
            self.unread.append(Unread(self._part.file, place + first_row, name, str(cells[place]), expected))

    def _of_somebody(self, coded: pl.DataFrame, frame: pl.DataFrame) -> pl.DataFrame:
        """The rows in which anything stands: empty ones are nobody."""
        if not coded[RESPONDENT].null_count():
            return coded
        used = [pl.col(self._place(name)).is_null() for name in (*self._part.codes, *self._part.values)]
        return coded.filter(coded[RESPONDENT].is_not_null() | ~frame.select(pl.all_horizontal(used)).to_series())


def _texts(cells: pl.Series | range) -> list[str]:
    return [str(value) for value in cells] if isinstance(cells, range) else cells.cast(pl.String).to_list()


def _absent(framework: Framework, name: str) -> list[pl.Expr]:
    """The columns of what a file lacks and another has."""
    if name in framework.context:
        said = pl.lit(None, dtype=pl.Categorical)
        return [said.alias(name), pl.lit(None, dtype=pl.Float64).alias(number_column(name))]
    return [pl.lit(ABSENT, dtype=pl.Int8).alias(name)]
