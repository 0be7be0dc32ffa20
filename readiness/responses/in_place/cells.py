"""Cells: a table's columns become codes where they lie, by expressions that know every cell the table holds.

The frame that comes of it is coded as `responses.coding` says.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import narwhals as nw
import polars as pl

from readiness.responses.cells import EMPTY, expected_weight, number, weight_of
from readiness.responses.coding import (
    ABSENT,
    DURATION,
    HEAVIEST,
    MISSING,
    RESPONDENT,
    WEIGHT,
    WEIGHT_UNIT,
    number_column,
)
from readiness.responses.durations import LONGEST
from readiness.responses.in_place.vocabulary import CELL, counted

if TYPE_CHECKING:
    from readiness.framework.models import Framework, Item
    from readiness.responses.engines.engine import Engine
    from readiness.responses.in_place.columns import Columns
    from readiness.responses.in_place.vocabulary import Cells

Frame = nw.LazyFrame[Any]
MOST_CASES = 60  # different cells that are told apart in one expression; of more, they are joined with
# What Polars takes for blank around a text: engines by themselves know fewer of them.
BLANKS = " \t\n\x0b\x0c\r\x85\xa0\u1680\u2028\u2029\u202f\u205f\u3000" + "".join(map(chr, range(0x2000, 0x200B)))
WHOLE = 1e15  # up to which a float tells every whole number from its neighbours
TOLD = "told#"
SOMEBODY = "somebody#"  # whether anything stands in a row: empty ones are nobody
TOOK = "took"
_CLOCK = "^(([0-9]{1,5}):)?([0-9]{1,5}):([0-9]{1,2})$"
_PARTS = [f"try_cast(regexp_extract({TOOK}, '{_CLOCK}', {part}) AS DOUBLE)" for part in (2, 3, 4)]
# What `durations.seconds` says of a cell of text, in words of SQL that all engines know.
SECONDS = (
    f"coalesce(try_cast(replace({TOOK}, ',', '.') AS DOUBLE), "
    f"coalesce({_PARTS[0]}, CAST(0 AS DOUBLE)) * 3600 + {_PARTS[1]} * 60 + {_PARTS[2]})"
)


@dataclass(frozen=True)
class Unreadable:
    """Cells of one column that all say the same, which is nothing. count: how many they are."""

    table: str
    column: str
    found: str
    count: int
    expected: str

    def __str__(self) -> str:
        more = f"; and {self.count - 1} more like it" if self.count > 1 else ""
        return f"{self.table}, column {self.column}: {self.found!r} is not {self.expected}{more}"


class Coder:
    """The work of coding one table."""

    def __init__(self, framework: Framework, engine: Engine, columns: Columns, wanted: Wanted) -> None:
        self._framework = framework
        self._engine = engine
        self._columns = columns
        self._wanted = wanted
        self.unreadable: list[Unreadable] = []
        self.looks_up = False  # whether cells of items had to be told apart, which takes longer than to add

    def coded(self) -> Frame:
        """The table's rows, coded, and SOMEBODY beside. What cannot be read is listed in `unreadable`."""
        frame = self._columns.located.frame
        columns = [self._respondent(), self._is_somebody().alias(SOMEBODY)]
        for name in self._wanted.names:
            read = self._item if name in self._framework.items else self._key
            frame, more = read(name, frame)
            columns += more
        if self._wanted.weighted:
            frame, more = self._weight(frame)
            columns += more
        if self._wanted.timed:
            frame, more = self._duration(frame)
            columns += more
        return frame.select(*columns)

    def _column(self, name: str) -> nw.Expr:
        return nw.col(self._columns.names[name])

    def _dtype(self, name: str) -> Any:
        return self._columns.located.frame.collect_schema()[self._columns.names[name]]

    def _respondent(self) -> nw.Expr:
        if RESPONDENT not in self._columns.names:
            return nw.lit(None, dtype=nw.String).alias(RESPONDENT)
        return _without_empty(_as_text(self._column(RESPONDENT), self._dtype(RESPONDENT))).alias(RESPONDENT)

    def _is_somebody(self) -> nw.Expr:
        names = [name for name in self._columns.names if name != DURATION]
        return _any([self._is_filled(name) for name in names])

    def _is_filled(self, name: str) -> nw.Expr:
        column = self._column(name)
        if name == RESPONDENT:
            return ~self._respondent().is_null()
        if self._dtype(name) == nw.String:
            return ~(column.fill_null("").str.strip_chars(BLANKS) == "")
        return ~column.is_null()

    def _item(self, item: str, frame: Frame) -> tuple[Frame, list[nw.Expr]]:
        """An item's column of codes; of a number item a column of numbers beside it."""
        asked = self._framework.items[item]
        if item not in self._columns.answers:
            absent = [nw.lit(ABSENT, dtype=nw.Int8).alias(item)]
            nothing = [nw.lit(None, dtype=nw.Float64).alias(number_column(item))]
            return frame, absent if asked.type == "scale" else absent + nothing
        if item not in self._columns.cells:
            return frame, self._numbers(asked, frame)
        reader = self._columns.answers[item]
        cells = self._columns.cells[item]
        codes = [reader.code(text) for text in cells.texts]
        self._list(item, [text for text, code in zip(cells.texts, codes, strict=True) if code is None])
        self._wanted.remarks.update(dict.fromkeys(self._remarks(item, cells)))
        shift = _shift(cells, codes)
        if asked.type == "scale" and shift is not None:
            return frame, [(self._column(item) - shift).fill_null(MISSING).cast(nw.Int8).alias(item)]
        self.looks_up = True
        known = {text: MISSING if code is None else code for text, code in zip(cells.texts, codes, strict=True)}
        frame, code = self._told(item, known, MISSING, nw.Int8, frame)
        if asked.type == "scale":
            return frame, [code.alias(item)]
        numbers = {text: reader.number(text) for text, code in known.items() if code == 0}
        frame, told = self._told(item, numbers, None, nw.Float64, frame, "number")
        return frame, [code.alias(item), told.alias(number_column(item))]

    def _remarks(self, item: str, cells: Cells) -> Iterator[str]:
        occurring = cells.texts
        if cells.whole:  # of whole numbers it is not known which of those between occur
            return
        for remark in self._columns.answers[item].remarks(sorted(occurring)):
            yield f"{self._columns.located.name}: {remark}"

    def _numbers(self, item: Item, frame: Frame) -> list[nw.Expr]:
        """A number item's columns, from a column of numbers."""
        column = self._column(item.id).cast(nw.Float64)
        low, high = float(item.min or 0), float(item.max or 0)
        fits = (column >= low) & (column <= high)
        wrong = frame.filter(~fits).select(column.alias(CELL))
        self._count_wrong(item.id, wrong)
        code = nw.when(fits).then(nw.lit(0, dtype=nw.Int8)).otherwise(nw.lit(MISSING, dtype=nw.Int8))
        return [code.alias(item.id), nw.when(fits).then(column).alias(number_column(item.id))]

    def _key(self, key: str, frame: Frame) -> tuple[Frame, list[nw.Expr]]:
        """A context key's column, and its numbers beside it for tests that compare."""
        given = self._wanted.given.get(key)
        if key not in self._columns.values:
            return frame, [
                nw.lit(given, dtype=nw.String).alias(key),
                nw.lit(number(given or ""), dtype=nw.Float64).alias(number_column(key)),
            ]
        reader, cells = self._columns.values[key], self._columns.cells[key]
        values: dict[str, str | None] = {}
        wrong: list[str] = []
        for text in cells.texts:
            try:
                values[text] = reader.value(text)
            except KeyError:
                values[text] = None
                wrong.append(text)
        self._list(key, wrong)
        if not self._framework.context[key].options:
            self._wanted.said.setdefault(key, set()).update(value for value in values.values() if value is not None)
        values = {text: given if value is None else value for text, value in values.items()}
        numbers = {text: number(value) if value is not None else None for text, value in values.items()}
        if all(text == value for text, value in values.items()) and self._dtype(key) == nw.String:
            said = _without_empty(self._column(key)) if given is None else self._column(key).fill_null(given)
        else:
            frame, said = self._told(key, values, given, nw.String, frame)
        if not any(value is not None for value in numbers.values()) and number(given or "") is None:
            told: nw.Expr = nw.lit(None, dtype=nw.Float64)
        else:
            frame, told = self._told(key, numbers, number(given or ""), nw.Float64, frame, "number")
        return frame, [said.alias(key), told.alias(number_column(key))]

    def _weight(self, frame: Frame) -> tuple[Frame, list[nw.Expr]]:
        """The column of case weights in whole units, missing where a respondent has none."""
        if WEIGHT not in self._columns.names:
            return frame, [nw.lit(None, dtype=nw.Int64).alias(WEIGHT)]
        if WEIGHT in self._columns.cells:
            known = {text: weight_of(text) for text in self._columns.cells[WEIGHT].texts}
            self._list(WEIGHT, [text for text, weight in known.items() if weight is None])
            frame, told = self._told(WEIGHT, {t: w or None for t, w in known.items()}, None, nw.Int64, frame)
            return frame, [told.alias(WEIGHT)]
        value = self._column(WEIGHT).cast(nw.Float64)
        held = nw.when((value >= 0) & (value <= HEAVIEST)).then(value).otherwise(nw.lit(-1.0))
        units = half_even(held * float(WEIGHT_UNIT)).cast(nw.Int64)
        fits = (held >= 0) & ((units > 0) | (value == 0))
        self._count_wrong(WEIGHT, frame.filter(~fits).select(value.alias(CELL)))
        return frame, [nw.when(fits & (units > 0)).then(units).alias(WEIGHT)]

    def _duration(self, frame: Frame) -> tuple[Frame, list[nw.Expr]]:
        """How many whole seconds a respondent took."""
        if DURATION not in self._columns.names:
            return frame, [nw.lit(None, dtype=nw.Int32).alias(DURATION)]
        if self._dtype(DURATION) == nw.String:
            frame = frame.with_columns(self._column(DURATION).str.strip_chars(BLANKS).alias(TOOK))
            frame = self._engine.worked(frame, {TOOK: SECONDS})
            took = nw.col(TOOK).cast(nw.Float64)
        else:
            took = self._column(DURATION).cast(nw.Float64)
        held = nw.when((took >= 0) & (took <= LONGEST)).then(took)
        return frame, [half_even(held).cast(nw.Int32).alias(DURATION)]

    def _told(
        self, name: str, known: Mapping[str, Any], otherwise: Any, dtype: Any, frame: Frame, field: str = ""
    ) -> tuple[Frame, nw.Expr]:
        """What each cell of a column stands for. known: by the cell's text. otherwise: where it is empty."""
        values = self._columns.cells[name].by_text
        by_meaning: dict[Any, list[Any]] = {}
        for text, meaning in known.items():
            if meaning != otherwise:
                by_meaning.setdefault(meaning, []).append(values[text])
        if len(known) > MOST_CASES and len(by_meaning) > 1:
            return self._joined(name, by_meaning, otherwise, dtype, frame, field)
        column = self._column(name)
        told: nw.Expr = nw.lit(otherwise, dtype=dtype)
        for meaning, cells in by_meaning.items():
            is_one = column == cells[0] if len(cells) == 1 else column.is_in(cells)
            told = nw.when(is_one).then(nw.lit(meaning, dtype=dtype)).otherwise(told)
        return frame, told

    def _joined(
        self, name: str, meanings: Mapping[Any, Sequence[Any]], otherwise: Any, dtype: Any, frame: Frame, field: str
    ) -> tuple[Frame, nw.Expr]:
        """The same by a table of cells and meanings, which is joined with the frame."""
        place = self._columns.names[name]
        cell, told = f"{TOLD}{place}{field}cell", f"{TOLD}{place}{field}"
        pairs = [(value, meaning) for meaning, values in meanings.items() for value in values]
        columns = {cell: [value for value, _ in pairs], told: [meaning for _, meaning in pairs]}
        table = self._engine.held(pl.DataFrame(columns, strict=False))
        frame = frame.join(table, left_on=place, right_on=cell, how="left")
        found = nw.col(told).cast(dtype)
        return frame, found if otherwise is None else found.fill_null(otherwise)

    def _list(self, name: str, wrong: Sequence[str]) -> None:
        """Cells that cannot be read are listed, those that say the same as one."""
        if not wrong:
            return
        cells = self._columns.cells[name]
        counts = dict(zip(cells.texts, cells.counts, strict=True)) if not cells.whole else self._counts_of(name)
        self._add(name, {text: counts[text] for text in wrong if counts.get(text)})

    def _counts_of(self, name: str) -> Mapping[str, int]:
        place = self._columns.names[name]
        cells = counted(self._engine, self._columns.located, [place])[place]
        return dict(zip(cells.texts, cells.counts, strict=True))

    def _count_wrong(self, name: str, wrong: Frame) -> None:
        """Numbers that are none of those expected: how many, and the least of them."""
        column = nw.col(CELL)
        row = self._engine.collected(wrong.select(column.min().alias("least"), column.count().alias("n")))
        least, n = row.row(0)
        if n:
            self._add(name, {f"{least:g}": int(n)})

    def _add(self, name: str, wrong: Mapping[str, int]) -> None:
        expected = expected_weight()
        if name != WEIGHT:
            expected = (self._columns.answers.get(name) or self._columns.values[name]).expected()
        header = self._columns.headers.get(name, "")
        column = name if header.casefold() == name.casefold() else f"{name} ({header!r})"
        column = f"{header!r}" if name == WEIGHT else column
        table = self._columns.located.name
        self.unreadable += [Unreadable(table, column, text, count, expected) for text, count in wrong.items()]


@dataclass(frozen=True)
class Wanted:
    """What every coded frame of a survey has.

    names: items and context keys, in order, also those that a table lacks. given: context that holds for whoever's row
    says nothing else. weighted, timed: whether there are case weights, or times, in any table. said: takes the
    different values of context keys without options; remarks: what there is to tell.
    """

    names: Sequence[str]
    given: Mapping[str, str | None]
    weighted: bool
    timed: bool
    said: dict[str, set[str]]
    remarks: dict[str, None]


def _any(truths: Sequence[nw.Expr]) -> nw.Expr:
    """Whether one of these holds, halves of halves: each below the last would nest deeper than Spark Connect takes."""
    if len(truths) == 1:
        return truths[0]
    middle = len(truths) // 2
    return _any(truths[:middle]) | _any(truths[middle:])


def half_even(numbers: nw.Expr) -> nw.Expr:
    """Numbers of no more than 2^52 rounded to whole ones, a half to the even one, as Polars does.

    Engines round a half each in their own way, so this is made of what they all do alike.
    """
    up = (numbers + 0.5).floor()
    is_half = (up - numbers) == 0.5  # exactly: both are multiples of the last bit of `numbers`
    is_odd = up - (up / 2).floor() * 2 == 1
    return nw.when(is_half & is_odd).then(up - 1).otherwise(up)


def _shift(cells: Cells, codes: Sequence[int | None]) -> int | None:
    """What to take off whole numbers to get codes; None where it is not the same for all of them."""
    if not cells.whole:
        return None
    if not codes:
        return 0
    first = codes[0]
    if first is None or list(codes) != list(range(first, first + len(codes))):
        return None
    return int(cells.values[0]) - first


def _as_text(column: nw.Expr, dtype: Any) -> nw.Expr:
    """A column of ids as text, whole numbers written as such whatever type they have."""
    if dtype == nw.Float64:
        whole = nw.when((column > -WHOLE) & (column < WHOLE)).then(column).otherwise(nw.lit(0.5)).cast(nw.Int64)
        return nw.when(whole == column).then(whole.cast(nw.String)).otherwise(column.cast(nw.String))
    return column.cast(nw.String)


def _without_empty(text: nw.Expr) -> nw.Expr:
    stripped = text.str.strip_chars(BLANKS)
    return nw.when(~stripped.is_in(sorted(EMPTY))).then(stripped)
