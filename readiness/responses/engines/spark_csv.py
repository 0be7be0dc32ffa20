"""CSV files as Spark reads them: all cells are text, and a cell may have line ends in it, which become plain ones.

Spark can share out one file among its workers only where no cell has a line end, so the files are looked through first.
"""

from __future__ import annotations

import csv
from collections.abc import Sequence
from typing import TYPE_CHECKING
from urllib.parse import unquote

from readiness.faults import Fault, ResponseError
from readiness.responses.engines.spark_faults import OURS, plain
from readiness.responses.formats.dialects import sniffed

if TYPE_CHECKING:
    import polars as pl
    from pyspark.sql import DataFrame, SparkSession

FIRST = 200  # lines, by which the delimiter is told, and within which the header ends
MARK = "﻿"
WHOLE, CUT = "true", "false"


def csv_frame(session: SparkSession, path: str, files: Sequence[str], nested: bool, name: str) -> DataFrame:
    """The rows of CSV files with the same header. nested: they lie in folders that are no keys. name: for messages.

    Raises:
        ResponseError: they are no such files. A row that is longer than the header is told when it is read.
    """
    recursive = str(nested).lower()
    lines = session.read.option("recursiveFileLookup", recursive).text(path)
    seen = _looked_through(lines, name)
    head = _head(session, files, name)
    delimiter = sniffed("\n".join(head))
    header = _header(head, delimiter, name)
    _must_be_alike(seen, header, delimiter, name)
    keys = [key for key in lines.columns if key != "value"]
    several_lines = bool(seen["quotes"].max())
    read = (
        session.read.option("recursiveFileLookup", recursive)
        .option("header", "true")
        .option("sep", delimiter)
        .option("quote", '"')
        .option("escape", '"')
        .option("multiLine", WHOLE if several_lines else CUT)
        .option("maxColumns", str(len(header) + 1000))
        .option("maxCharsPerColumn", "-1")
        .option("mode", "PERMISSIVE")
        .schema(", ".join(f"`{place}` STRING" for place in [*range(len(header)), "beyond"]))
    )
    frame = read.csv(path)
    frame = frame.where(_no_longer(len(header))).drop("beyond")
    return frame.select(*[f"`{place}`" for place in range(len(header))], *[f"`{key}`" for key in keys]).toDF(
        *header, *keys
    )


def _looked_through(lines: DataFrame, name: str) -> pl.DataFrame:
    """Of every file its first line, and whether any line has a quote that does not close in it."""
    import polars as pl
    from pyspark.sql import functions as F  # noqa: N812

    told = lines.selectExpr(
        "value",
        "_metadata.file_path AS file",
        "_metadata.file_block_start AS start",
        "monotonically_increasing_id() AS place",
    )
    quotes = "max(CAST(length(value) - length(replace(value, '\"', '')) AS INT) % 2)"
    first = "make_valid_utf8(min_by(value, place) FILTER (WHERE start = 0))"
    broken = "max(CAST(NOT is_valid_utf8(value) OR contains(value, '\\0') AS INT))"
    grouped = told.groupBy("file").agg(*map(F.expr, (first, quotes, broken)))
    table = pl.DataFrame(pl.from_arrow(grouped.toDF("file", "first", "quotes", "broken").toArrow()))
    if table.is_empty():
        raise ResponseError([Fault(name, None, "the file is empty", "export the responses again")])
    wrong = table.filter(pl.col("broken") > 0)
    if not wrong.is_empty():
        what, mend = "the file is no text in UTF-8", "export the responses as CSV in UTF-8"
        raise ResponseError([Fault(plain(file), None, what, mend) for file in sorted(wrong["file"])[:20]])
    return table


def _head(session: SparkSession, files: Sequence[str], name: str) -> list[str]:
    """The first lines of the first file, without the mark of UTF-8."""
    from readiness.responses.engines.spark_files import escaped

    first = min(files)
    read = session.read.text(escaped(unquote(first))).limit(FIRST).selectExpr("make_valid_utf8(value)")
    lines = read.toArrow().column(0).to_pylist()
    if not lines:
        raise ResponseError([Fault(name, None, "the file is empty", "export the responses again")])
    lines[0] = lines[0].removeprefix(MARK)
    if lines[0].lower().startswith("sep="):
        what, mend = f"the first line is {lines[0]!r} and names no columns", "take it out"
        raise ResponseError([Fault(plain(first), 1, what, mend)])
    return [str(line) for line in lines]


def _header(lines: Sequence[str], delimiter: str, name: str) -> tuple[str, ...]:
    """The names of the columns."""
    try:
        header = next(csv.reader([f"{line}\n" for line in lines], delimiter=delimiter, strict=True), [])
    except csv.Error as error:
        raise ResponseError([Fault(name, 1, f"the header cannot be read: {error}", "check its quotes")]) from None
    if not header:
        raise ResponseError([Fault(name, 1, "the first line is empty", "begin with the names of the columns")])
    return tuple(header)


def _must_be_alike(seen: pl.DataFrame, header: tuple[str, ...], delimiter: str, name: str) -> None:
    """Raise unless every file begins with the same header: Spark goes by the places of columns alone."""
    for file, first in sorted(zip(seen["file"], seen["first"], strict=True)):
        if first is None:
            continue
        found = next(csv.reader([first.removeprefix(MARK)], delimiter=delimiter), [])
        cells = tuple(cell.rstrip("\n") for cell in found)
        if (cells != header[: len(cells)] and cells[:-1] != header[: len(cells) - 1]) or len(cells) > len(header):
            what = f"{plain(file)} has other columns than {name} has elsewhere"
            raise ResponseError([Fault(name, None, what, "name the files of each kind by themselves")])


def _no_longer(width: int) -> str:
    """A condition that holds of every row, or raises; the file is named, an answer is not."""
    what = f"{OURS}a row of "
    mend = f" has more cells than the {width} of the header; check quotes and delimiters there\n"
    said = f"concat('{what}', input_file_name(), '{mend}')"
    return f"CASE WHEN beyond IS NULL OR beyond = '' THEN true ELSE CAST(raise_error({said}) AS BOOLEAN) END"
