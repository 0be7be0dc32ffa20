"""Bulk: surveys too large to be held, coded piece by piece while they are read.

A piece is coded by tables: each different cell of a column is read once, by the reader that reads it everywhere else,
and from then on looked up by its number. What has to be told (cells that cannot be read, respondents who occur twice)
is the same as of a survey that is held, and so is every sum.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, cast

import polars as pl

from readiness.responses.alike import proposals
from readiness.responses.cells import EMPTY, expected_weight, number, weight_of
from readiness.responses.coding import ABSENT, FILE, MISSING, RESPONDENT, WEIGHT, number_column
from readiness.responses.table import Unread, settled

if TYPE_CHECKING:
    from readiness.framework.models import Framework
    from readiness.responses.labels import Answers, Values
    from readiness.responses.scanning import Scan

MOST_UNREAD = 1_000_000  # cells that are listed one by one; beyond that they are counted
MOST_ALIKE = 5_000  # different values of a context key up to as many are compared with each other


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


@dataclass
class Stream:
    """A large survey: the same that `Responses` is of one that is held, told as it is read.

    items, context: those with a column in any file. given: context that holds for whoever's row says nothing else.
    Only after all pieces have come are known: how many were `read` and `rejected`, what is `unread` (the first million
    cells, `unread_count` in all), who was `set_aside`, and what else there is to tell.
    """

    framework: Framework
    parts: Sequence[Part]
    given: Mapping[str, str | None] = field(default_factory=dict)
    on_rows: Callable[[int], None] | None = None  # told how many rows have been read
    read: int = 0
    rejected: int = 0
    unread: tuple[Unread, ...] = ()
    unread_count: int = 0
    set_aside: tuple[str, ...] = ()
    told: tuple[str, ...] = ()
    _ids: pl.Series | None = None

    @property
    def items(self) -> frozenset[str]:
        """The items with a column."""
        return frozenset(name for part in self.parts for name in part.answers)

    @property
    def context(self) -> frozenset[str]:
        """The context keys with a column, or a value for everybody."""
        return frozenset([*self.given, *(name for part in self.parts for name in part.values)])

    @property
    def ignored(self) -> tuple[str, ...]:
        """The columns that are nothing to the framework."""
        return tuple(dict.fromkeys(name for part in self.parts for name in part.ignored))

    @property
    def remarks(self) -> tuple[str, ...]:
        """What there is to tell of the files, as far as it is known."""
        return tuple(dict.fromkeys([*(remark for part in self.parts for remark in part.remarks), *self.told]))

    @property
    def weighted(self) -> bool:
        """Whether there are case weights."""
        return any(WEIGHT in part.columns for part in self.parts)

    def pieces(self, only: Collection[str] | None = None) -> Iterator[pl.DataFrame]:
        """Every respondent, coded as `coding` says, in pieces; whoever occurs twice comes twice (see `repeated`).

        only: the items and context keys wanted, where that is less than all.

        Raises:
            MisguessedError: a file is not as its beginning made us expect.
        """
        names = [*(key for key in self.framework.context if key in self.context), *self._items_in_order()]
        wanted = [name for name in names if only is None or name in only]
        ids: list[pl.Series] = []
        last: str | None = ""  # the last id while each was above the one before, so that none can occur twice
        coders = [_Coder(self, part, wanted, str(place)) for place, part in enumerate(self.parts)]
        read = unweighted = 0
        for coder in coders:
            for raw in coder.part.scan.pieces(coder.places):
                piece = coder.coded(raw)
                read += piece.height
                named = piece[RESPONDENT].drop_nulls()
                ids.append(named.hash())
                last = _last_if_ascending(named, last)
                if self.on_rows is not None:
                    self.on_rows(read)
                if self.weighted:
                    weighed = piece.filter(pl.col(WEIGHT).is_not_null())
                    unweighted += piece.height - weighed.height
                    piece = weighed
                yield piece
        self._ids = None if last is not None else pl.concat(ids)
        if only is None:
            self._tell(coders, read, unweighted)

    def _items_in_order(self) -> list[str]:
        there = self.items
        return [item for item in self.framework.items if item in there]

    def _tell(self, coders: Sequence[_Coder], read: int, unweighted: int) -> None:
        """What there is to tell once everything has been read."""
        self.read = read
        self.unread = tuple(sorted(cell for coder in coders for cell in coder.unread))
        self.unread_count = sum(coder.unread_count for coder in coders)
        told: dict[str, None] = {}
        told.update(dict.fromkeys(remark for coder in coders for remark in coder.remarks()))
        for key in self.framework.context:
            said = {value for coder in coders for value in coder.said(key)}
            if len(said) <= MOST_ALIKE:
                told.update(dict.fromkeys(proposals(key, said)))
        if unweighted:
            told[f"{unweighted} respondent(s) without a case weight are left out"] = None
        self.told = tuple(told)

    def _twice(self) -> pl.Series | None:
        """The hashes of ids that occur more than once, when all have been read; None where none does."""
        ids = self._ids
        if ids is None or ids.n_unique() == ids.len():
            return None
        return ids.filter(ids.is_duplicated()).unique()

    def repeated(self) -> tuple[pl.DataFrame, pl.DataFrame] | None:
        """Of respondents who occur twice: the rows that came, and what they amount to (`table.settled`).

        None where nobody does, which is what a survey is expected to be: only then is it read but once.
        """
        twice = self._twice()
        if twice is None:
            return None
        told = self.read, self.unread, self.unread_count, self.told
        rows = pl.concat([piece.filter(_is_among(twice)) for piece in self.pieces()])
        self.read, self.unread, self.unread_count, self.told = told
        return rows, self._settle(rows)

    def _settle(self, rows: pl.DataFrame) -> pl.DataFrame:
        once, self.set_aside = settled(rows)
        self.rejected = len(self.set_aside)
        self.read += once.height + self.rejected - rows.height
        return once

    def settled_pieces(self) -> Iterator[pl.DataFrame]:
        """Every respondent once, whoever occurs twice last. The ids have to have been read before, with `pieces`."""
        twice = self._twice()
        if twice is None:
            yield from self.pieces()
            return
        came = []
        for piece in self.pieces():
            among = _is_among(twice)
            came.append(piece.filter(among))
            yield piece.filter(~among)
        yield self._settle(pl.concat(came))


def _last_if_ascending(ids: pl.Series, last: str | None) -> str | None:
    """The last of some ids if each is above the one before, and the first above `last`; else None."""
    if last is None or not ids.len():
        return last
    ascending = ids[0] > last and (ids.slice(1) > ids.slice(0, ids.len() - 1)).all()
    return str(ids[-1]) if ascending else None


def _is_among(hashes: pl.Series) -> pl.Expr:
    return pl.col(RESPONDENT).hash().is_in(hashes.implode()).fill_null(False) & pl.col(RESPONDENT).is_not_null()


class _Coder:
    """The work of coding one file's pieces."""

    def __init__(self, stream: Stream, part: Part, names: Sequence[str], file: str) -> None:
        """names: every column wanted, in order, also those that this file lacks. file: what tells it from others."""
        self.part = part
        self._file = file if part.counter else None
        self._stream = stream
        self._items = [name for name in names if name in part.answers]
        self._keys = [name for name in names if name in part.values]
        self._names = names
        self._weighted = WEIGHT in part.columns
        self._known: dict[str, dict[str, Any]] = {name: {} for name in (*self._items, *self._keys, WEIGHT)}
        self._row = 0  # responses that have come before the piece at hand
        self.unread: list[Unread] = []
        self.unread_count = 0

    @property
    def places(self) -> list[int]:
        """The columns of the file that are read."""
        extra = [name for name in (RESPONDENT, WEIGHT) if name in self.part.columns]
        return sorted({self.part.columns[name] for name in (*extra, *self._items, *self._keys)})

    def coded(self, raw: pl.DataFrame) -> pl.DataFrame:
        """The next piece of the file, coded."""
        frame = self._as_categories(raw)
        distinct = self._distinct(frame)
        columns: list[pl.Expr] = [self._respondent()]
        straight: dict[int, list[str]] = {}
        for name in self._names:
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
        elif self._stream.weighted:
            columns.append(pl.lit(None, dtype=pl.Int64).alias(WEIGHT))
        self._row += raw.height
        columns += [self._on_lines(shift, items) for shift, items in straight.items()]
        columns.append(pl.lit(self._file, dtype=pl.String).alias(FILE))
        names = [RESPONDENT, FILE, *self._columns, *([WEIGHT] if self._stream.weighted else [])]
        return self._of_somebody(frame.select(columns).select(names), frame)

    @property
    def _columns(self) -> Iterator[str]:
        """The columns of a coded frame, in order."""
        for name in self._names:
            yield name
            if name in self._stream.framework.context:
                yield number_column(name)

    def remarks(self) -> list[str]:
        """What there is to tell of how cells were read."""
        told = {item: self.part.answers[item].remarks(sorted(self._known[item])) for item in self._items}
        return [f"{self.part.file}: {remark}" for remarks in told.values() for remark in remarks]

    def said(self, key: str) -> set[str]:
        """The different values of a context key whose values have no names of their own."""
        if key not in self._keys or self._stream.framework.context[key].options:
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
        given = self._stream.given.get(key)
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
        if name not in self._stream.framework.context:
            return [pl.lit(ABSENT, dtype=pl.Int8).alias(name)]
        given = self._stream.given.get(name)
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
