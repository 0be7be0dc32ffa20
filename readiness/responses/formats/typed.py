"""Typed columns as text: how a number, a date or a list stands in a cell."""

from __future__ import annotations

from collections.abc import Iterator

import polars as pl

JOINED = ";"
WHOLE = 1e15  # up to which every whole number can be told from its neighbours


def flat(frame: pl.DataFrame) -> pl.DataFrame:
    """A frame without structs: their fields become columns named `outer.inner`."""
    while any(isinstance(column.dtype, pl.Struct) for column in frame):
        frame = pl.DataFrame([part for column in frame for part in _fields(column)])
    return frame


def _fields(column: pl.Series) -> Iterator[pl.Series]:
    if not isinstance(column.dtype, pl.Struct):
        yield column
        return
    for part in column.struct.unnest():
        yield part.alias(f"{column.name}.{part.name}")


def text_of(column: pl.Series) -> pl.Series | None:
    """A column as text, an empty cell null; None if its cells cannot be text."""
    dtype = column.dtype
    text: pl.Series | None = None
    if dtype.is_float():
        text = _floats(column)
    elif isinstance(dtype, pl.Datetime):
        text = _moments(column)
    elif isinstance(dtype, pl.List | pl.Array):
        text = _lists(column)
    elif dtype == pl.Duration:
        text = column.dt.to_string("iso")
    elif not dtype.is_nested() and dtype != pl.Object:
        text = _cast(column)
    return None if text is None else empty_as_null(text)


def _cast(column: pl.Series) -> pl.Series | None:
    """What Polars itself writes as one would: texts, whole numbers, dates, true and false; None for other bytes."""
    try:
        text = column.cast(pl.String)
    except pl.exceptions.PolarsError:
        return None
    return text.str.replace(r"\.0+$", "") if column.dtype == pl.Time else text


def empty_as_null(column: pl.Series) -> pl.Series:
    """Texts, an empty one null."""
    return column.set(column == "", None)


def _floats(column: pl.Series) -> pl.Series:
    """Whole numbers as such, others by the shortest text that means them; a number beyond all bounds as `inf`."""
    wide = column.cast(pl.Float64)
    whole = (wide == wide.floor()) & (wide.abs() < WHOLE)
    if whole.fill_null(True).all():
        return wide.cast(pl.Int64).cast(pl.String)
    frame = pl.DataFrame({"text": column.cast(pl.String), "whole": whole, "number": wide})
    number = pl.col("number").cast(pl.Int64, strict=False).cast(pl.String)
    return frame.select(pl.when("whole").then(number).otherwise("text")).to_series().alias(column.name)


def _moments(column: pl.Series) -> pl.Series:
    """Date and time as ISO text, a fraction of a second only where there is one, the offset where one is known."""
    zoned = getattr(column.dtype, "time_zone", None) is not None
    text = column.dt.to_string("%Y-%m-%d %H:%M:%S%.f" + ("%:z" if zoned else ""))
    return text.str.replace(r"(\.\d*?)0+(\D|$)", "${1}${2}").str.replace(r"\.(\D|$)", "${1}")


def _lists(column: pl.Series) -> pl.Series | None:
    """Plain values joined into one cell, as several choices are."""
    exploded = column.cast(pl.List(column.dtype.inner)) if isinstance(column.dtype, pl.Array) else column
    frame = pl.DataFrame({"list": exploded}).with_row_index("row")
    parts = frame.explode("list", empty_as_null=True, keep_nulls=True)
    text = text_of(parts["list"])
    if text is None or isinstance(parts["list"].dtype, pl.List | pl.Array | pl.Struct):
        return None
    joined = (
        parts.select("row", text.alias("text")).group_by("row", maintain_order=True).agg(pl.col("text").drop_nulls())
    )
    return empty_as_null(joined["text"].list.join(JOINED).alias(column.name))
