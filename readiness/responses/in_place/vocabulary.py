"""Vocabulary: which different cells a column holds where it lies, and how often each. No row is looked at by itself.

Whole numbers are told by their lowest and highest; only where some number between these cannot be read is it counted
which of them occur.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import narwhals as nw
import polars as pl

from readiness.responses.engines.unpivoting import unpivoted
from readiness.responses.formats.typed import text_of

if TYPE_CHECKING:
    from readiness.responses.engines.engine import Engine, Located

COLUMN, CELL, COUNT = "column#", "cell#", "count#"
LOW, HIGH = "low#", "high#"
WIDEST = 1_000  # whole numbers from the lowest to the highest of a column that are looked at one by one


@dataclass(frozen=True)
class Cells:
    """The different cells of one column, none of them empty: as the table holds them, as text, and how often each.

    whole: the column holds whole numbers, of which all from the lowest to the highest are named, occurring or not;
    `counts` then is empty.
    """

    values: tuple[Any, ...]
    texts: tuple[str, ...]
    counts: tuple[int, ...] = ()
    whole: bool = False

    @property
    def by_text(self) -> Mapping[str, Any]:
        """Each text's value."""
        return dict(zip(self.texts, self.values, strict=True))


def readable(located: Located) -> Located:
    """The table with columns of few types: whole numbers, floats and texts. Whatever else a cell may be is a text."""
    changes = [column for name, dtype in located.frame.collect_schema().items() for column in _simpler(name, dtype)]
    frame = located.frame.with_columns(*changes) if changes else located.frame
    return replace(located, frame=frame)


def _simpler(name: str, dtype: Any) -> list[nw.Expr]:
    """A column as one of three types, if it is none of them yet: whole numbers of 64 bits at the most, floats, texts.

    What is no number among floats is no cell: pandas writes it where one is missing.
    """
    column = nw.col(name)
    if dtype in (nw.Int8, nw.Int16, nw.Int32, nw.Int64, nw.UInt8, nw.UInt16, nw.UInt32, nw.String):
        return []
    if dtype.is_float():
        wide = column.cast(nw.Float64)
        return [nw.when(~wide.is_nan()).then(wide).alias(name)]
    is_float = dtype.is_numeric() and not dtype.is_integer()
    return [column.cast(nw.Float64 if is_float else nw.String)]


def cells_of(engine: Engine, located: Located, columns: Mapping[str, str]) -> dict[str, Cells]:
    """The vocabulary of some columns of a table that is `readable`.

    columns: each with what it has in common with others, such as an item's scale: of whole numbers, those that have the
    same in common are told by one range.
    """
    schema = located.frame.collect_schema()
    whole = {name: alike for name, alike in columns.items() if schema[name].is_integer()}
    found = _ranges(engine, located, whole) if whole else {}
    wide = [name for name in whole if name not in found]
    for alike in (nw.String, nw.Float64):
        names = [name for name in columns if schema[name] == alike]
        found |= counted(engine, located, names) if names else {}
    found |= counted(engine, located, wide) if wide else {}
    return {name: found[name] for name in columns}


def _ranges(engine: Engine, located: Located, columns: Mapping[str, str]) -> dict[str, Cells]:
    """Whole numbers from the lowest to the highest; columns in which they lie too far apart are left out."""
    groups: dict[str, list[str]] = {}
    for name, alike in columns.items():
        groups.setdefault(alike, []).append(name)
    # The ends of a row first: two sums for each of a hundred columns is more than engines that compile plans take well.
    ends = []
    for place, names in enumerate(groups.values()):
        cells = [nw.col(name).cast(nw.Int64) for name in names]
        least = cells[0] if len(cells) == 1 else nw.min_horizontal(*cells)
        most = cells[0] if len(cells) == 1 else nw.max_horizontal(*cells)
        ends += [least.min().alias(f"{LOW}{place}"), most.max().alias(f"{HIGH}{place}")]
    row = engine.collected(located.frame.select(*ends), [located.name]).row(0)
    found: dict[str, Cells] = {}
    for names, low, high in zip(groups.values(), row[::2], row[1::2], strict=True):
        if low is None or high is None:
            found |= dict.fromkeys(names, Cells((), (), whole=True))
        elif high - low < WIDEST:
            numbers = tuple(range(int(low), int(high) + 1))
            found |= dict.fromkeys(names, Cells(numbers, tuple(map(str, numbers)), whole=True))
    return found


def counted(engine: Engine, located: Located, names: Sequence[str]) -> dict[str, Cells]:
    """The different cells of columns of one type, all counted at once."""
    schema = located.frame.collect_schema()
    wide = [nw.col(name).cast(nw.Int64) if schema[name].is_integer() else nw.col(name) for name in names]
    cells = unpivoted(located.frame.select(*wide), names, (), COLUMN, CELL)
    grouped = cells.filter(~nw.col(CELL).is_null()).group_by(COLUMN, CELL).agg(nw.len().cast(nw.Int64).alias(COUNT))
    table = engine.collected(grouped, [located.name]).sort(CELL)
    return {name: _cells(table.filter(pl.col(COLUMN) == name)) for name in names}


def _cells(table: pl.DataFrame) -> Cells:
    texts = text_of(table[CELL])
    assert texts is not None  # of three types alone
    told = table.with_columns(texts.alias(COLUMN)).filter(pl.col(COLUMN).is_not_null())
    return Cells(tuple(told[CELL]), tuple(told[COLUMN]), tuple(told[COUNT]))
