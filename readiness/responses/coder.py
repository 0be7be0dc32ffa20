"""Coding: the cells of one large file become codes, a piece at a time, by tables.

Each different cell of a column is read once, by the reader that reads it everywhere else, and from then on looked up by
its number. Whole numbers that are a straight line of the codes are not even looked up.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, cast

import polars as pl

from readiness.responses.cells import EMPTY, expected_weight, number, weight_of
from readiness.responses.coding import ABSENT, DURATION, FILE, MISSING, RESPONDENT, WEIGHT, number_column
from readiness.responses.durations import seconds
from readiness.responses.scanning import MisguessedError
from readiness.responses.table import Unread

if TYPE_CHECKING:
    from readiness.framework.models import Framework
    from readiness.responses.labels import Answers, Values
    from readiness.responses.scanning import Scan

MOST_UNREAD = 1_000_000  # cells that are listed one by one; beyond that they are counted


@dataclass(frozen=True)
class Part:
    """One file of a large survey.

    columns: canonical name → place in the file. answers, values: who reads the cells of items and context keys.
    headers: what the file calls a column. ignored, remarks: what there is to tell beforehand.
    """

    scan: Scan
    file: str
    columns: Mapping[str, int]
    answers: Mapping[str, Answers]
    values: Mapping[str, Values]
    headers: Mapping[str, str] = field(default_factory=dict)
    ignored: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()
    counter: bool = False  # ids are numbers that begin anew in every file


@dataclass(frozen=True)
class Wanted:
    """What every coded frame of a survey has.

    names: items and context keys, in order, also those that a file lacks. given: context that holds for whoever's row
    says nothing else. weighted, timed: whether there are case weights, or times, in any file.
    """

    framework: Framework
    names: Sequence[str]
    given: Mapping[str, str | None]
    weighted: bool
    timed: bool = False


class Coder:
    """The work of coding one file's pieces: rows of cells in, coded responses out."""

    def __init__(self, part: Part, wanted: Wanted, file: str) -> None:
        """file: what tells the file from others."""
        self.part = part
        self._wanted = wanted
        self._file = file if part.counter else None
        self._items = [name for name in wanted.names if name in part.answers]
        self._keys = [name for name in wanted.names if name in part.values]
        self._weighted = WEIGHT in part.columns
        self._known: dict[str, dict[str, Any]] = {name: {} for name in (*self._items, *self._keys, WEIGHT)}
        self._row = 0  # responses that have come before the piece at hand
        self.unread: list[Unread] = []
        self.unread_count = 0

    @property
    def places(self) -> list[int]:
        """The columns of the file that are read."""
        extra = [name for name in (RESPONDENT, WEIGHT, DURATION) if name in self.part.columns]
        return sorted({self.part.columns[name] for name in (*extra, *self._items, *self._keys)})

    def coded(self, raw: pl.DataFrame) -> pl.DataFrame:
        """The next piece of the file, coded."""
        frame = self._as_categories(raw)
        distinct = self._distinct(frame)
        columns: list[pl.Expr] = [self._respondent()]
        straight: dict[int, list[str]] = {}
        for name in self._wanted.names:
            if name in self._items:
                shift = self._shift(name, distinct[name])
                if shift is None:
                    columns.append(self._answers(name, distinct[name], frame))
                else:
                    straight.setdefault(shift, []).append(name)
            elif name in self._keys:
                columns += self._context(name, distinct[name], frame)
            else:
                columns += self._absent(name)
        if self._weighted:
            columns.append(self._weights(distinct[WEIGHT], frame))
        elif self._wanted.weighted:
            columns.append(pl.lit(None, dtype=pl.Int64).alias(WEIGHT))
        if self._wanted.timed:
            columns.append(self._duration())
        self._row += raw.height
        columns += [self._on_lines(shift, items) for shift, items in straight.items()]
        columns.append(pl.lit(self._file, dtype=pl.String).alias(FILE))
        names = [RESPONDENT, FILE, *self._columns, *([WEIGHT] if self._wanted.weighted else [])]
        names += [DURATION] if self._wanted.timed else []
        return self._of_somebody(frame.select(columns).select(names), frame)

    @property
    def _columns(self) -> Iterator[str]:
        """The columns of a coded frame, in order."""
        for name in self._wanted.names:
            yield name
            if name in self._wanted.framework.context:
                yield number_column(name)

    def remarks(self) -> list[str]:
        """What there is to tell of how cells were read."""
        told = {item: self.part.answers[item].remarks(sorted(self._known[item])) for item in self._items}
        return [f"{self.part.file}: {remark}" for remarks in told.values() for remark in remarks]

    def said(self, key: str) -> set[str]:
        """The different values of a context key whose values have no names of their own."""
        if key not in self._keys or self._wanted.framework.context[key].options:
            return set()
        return {value for value, _ in self._known[key].values() if value is not None}

    def _place(self, name: str) -> str:
        return str(self.part.columns[name])

    @property
    def _words(self) -> list[str]:
        """What is read by looking up its different cells."""
        return [*self._items, *self._keys, *([WEIGHT] if self._weighted else [])]

    def _as_categories(self, raw: pl.DataFrame) -> pl.DataFrame:
        """Columns of text turned into categories, but for the respondent's."""
        places = {self._place(name) for name in self._words}
        text = [place for place in places if raw.schema[place] == pl.String]
        return raw.with_columns(pl.col(text).cast(pl.Categorical)) if text else raw

    def _distinct(self, frame: pl.DataFrame) -> dict[str, pl.Series | range]:
        """The different cells of every column; of whole numbers all from the lowest to the highest."""
        whole = [name for name in self._words if frame.schema[self._place(name)] == pl.Int8]
        words = [name for name in self._words if name not in whole]
        found = frame.select([pl.col(self._place(name)).unique().drop_nulls().implode().alias(name) for name in words])
        out: dict[str, pl.Series | range] = {name: found[name][0] for name in words}
        numbers = pl.col([self._place(name) for name in whole])
        lows, highs = (frame.select(ends).row(0) for ends in (numbers.min(), numbers.max())) if whole else ((), ())
        for name, low, high in zip(whole, lows, highs, strict=True):
            out[name] = range(0) if low is None else range(low, high + 1)
        return out

    def _respondent(self) -> pl.Expr:
        if RESPONDENT not in self.part.columns:
            return pl.lit(None, dtype=pl.String).alias(RESPONDENT)
        column = pl.col(self._place(RESPONDENT)).cast(pl.String).str.strip_chars()
        return pl.when(~column.is_in(list(EMPTY))).then(column).alias(RESPONDENT)

    def _duration(self) -> pl.Expr:
        if DURATION not in self.part.columns:
            return pl.lit(None, dtype=pl.Int32).alias(DURATION)
        return seconds(pl.col(self._place(DURATION)).cast(pl.String))

    def _shift(self, item: str, cells: pl.Series | range) -> int | None:
        """What to take off whole numbers to get codes; None where it is not the same for all of them."""
        if not isinstance(cells, range) or not cells:
            return None
        codes = [self._code(item, str(value)) for value in cells]
        first = codes[0]
        return cells[0] - first if first is not None and codes == list(range(first, first + len(codes))) else None

    def _on_lines(self, shift: int, items: Sequence[str]) -> pl.Expr:
        """Columns of codes that are a straight line of what stands there, all at once: nothing is looked up."""
        named = {self._place(item): item for item in items}
        columns = pl.col(list(named))
        return (columns - shift if shift else columns).fill_null(MISSING).name.map(named.__getitem__)

    def _answers(self, item: str, cells: pl.Series | range, frame: pl.DataFrame) -> pl.Expr:
        """A column of codes, looked up."""
        place = self._place(item)
        texts = _texts(cells)
        codes = [self._code(item, text) for text in texts]
        if isinstance(cells, range):
            index = (pl.col(place).cast(pl.Int16) - cells.start).fill_null(len(codes)).cast(pl.UInt32)
        else:
            codes = _by_number(cells, codes)
            index = pl.col(place).to_physical().cast(pl.UInt32).fill_null(len(codes))
        self._list(item, [text for text in texts if self._known[item][text] is None], frame)
        table = pl.Series([*(MISSING if code is None else code for code in codes), MISSING], dtype=pl.Int8)
        return pl.lit(table).gather(index).alias(item)

    def _code(self, item: str, text: str) -> int | None:
        known = self._known[item]
        if text not in known:
            if "\0" in text:
                raise MisguessedError("a NUL byte")  # no text: whoever holds the file will refuse it
            known[text] = self.part.answers[item].code(text)
        return cast("int | None", known[text])

    def _context(self, key: str, cells: pl.Series | range, frame: pl.DataFrame) -> list[pl.Expr]:
        """A context key's column, and its numbers beside it for tests that compare."""
        assert not isinstance(cells, range)  # a context key is never read as whole numbers: 01 is not 1
        known = self._known[key]
        texts = _texts(cells)
        for text in texts:
            if text not in known:
                try:
                    known[text] = (self.part.values[key].value(text), True)
                except KeyError:
                    known[text] = (None, False)
        self._list(key, [text for text in texts if not known[text][1]], frame)
        given = self._wanted.given.get(key)
        values = [given if value is None else value for value in _by_number(cells, [known[text][0] for text in texts])]
        values.append(given)
        index = pl.col(self._place(key)).to_physical().cast(pl.UInt32).fill_null(len(values) - 1)
        numbers = pl.Series([number(value) if value is not None else None for value in values], dtype=pl.Float64)
        said = pl.Series(values, dtype=pl.String).cast(pl.Categorical)
        return [pl.lit(said).gather(index).alias(key), pl.lit(numbers).gather(index).alias(number_column(key))]

    def _weights(self, cells: pl.Series | range, frame: pl.DataFrame) -> pl.Expr:
        """The column of case weights, missing where a respondent has none."""
        assert not isinstance(cells, range)
        texts = _texts(cells)
        known = self._known[WEIGHT]
        known.update({text: weight_of(text) for text in texts if text not in known})
        self._list(WEIGHT, [text for text in texts if known[text] is None], frame)
        weights = _by_number(cells, [known[text] or None for text in texts])
        index = pl.col(self._place(WEIGHT)).to_physical().cast(pl.UInt32).fill_null(len(weights))
        return pl.lit(pl.Series([*weights, None], dtype=pl.Int64)).gather(index).alias(WEIGHT)

    def _absent(self, name: str) -> list[pl.Expr]:
        """The columns of what this file lacks."""
        if name not in self._wanted.framework.context:
            return [pl.lit(ABSENT, dtype=pl.Int8).alias(name)]
        given = self._wanted.given.get(name)
        said = pl.lit(pl.Series([given], dtype=pl.String).cast(pl.Categorical)).first()
        return [said.alias(name), pl.lit(number(given or ""), dtype=pl.Float64).alias(number_column(name))]

    def _list(self, name: str, unreadable: Sequence[str], frame: pl.DataFrame) -> None:
        """Cells that cannot be read are listed, and only counted where the list is long enough."""
        if not unreadable:
            return
        cells = frame[self._place(name)].cast(pl.String)
        places = cells.is_in(list(unreadable)).fill_null(False).arg_true()
        self.unread_count += places.len()
        if name == WEIGHT:
            expected = expected_weight()
        else:
            expected = (self.part.answers.get(name) or self.part.values[name]).expected()
        header = self.part.headers.get(name, "")
        for place in places.head(max(0, MOST_UNREAD - len(self.unread))):
            row = self.part.scan.row(place + self._row)
            self.unread.append(Unread(self.part.file, row, name, str(cells[place]), expected, header))

    def _of_somebody(self, coded: pl.DataFrame, frame: pl.DataFrame) -> pl.DataFrame:
        """The rows in which anything stands: empty ones are nobody."""
        if not coded[RESPONDENT].null_count():
            return coded
        used = [_is_blank(pl.col(self._place(name)), frame) for name in self._words]
        return coded.filter(coded[RESPONDENT].is_not_null() | ~frame.select(pl.all_horizontal(used)).to_series())


def _is_blank(column: pl.Expr, frame: pl.DataFrame) -> pl.Expr:
    if frame.select(column).dtypes[0] == pl.Int8:
        return column.is_null()
    return column.is_null() | (column.cast(pl.String).str.strip_chars() == "")


def _texts(cells: pl.Series | range) -> list[str]:
    return [str(value) for value in cells] if isinstance(cells, range) else cells.cast(pl.String).to_list()


def _by_number(cells: pl.Series, meanings: Sequence[Any]) -> list[Any]:
    """What each category stands for, in a list that goes by the categories' numbers."""
    numbers = cells.to_physical().to_list()
    out: list[Any] = [None] * (max(numbers, default=-1) + 1)
    for number_, meaning in zip(numbers, meanings, strict=True):
        out[number_] = meaning
    return out
