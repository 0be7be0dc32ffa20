"""SPSS and Stata files by ReadStat, which comes with the extra `spss`.

Cells are the values as they are stored; what the file says they stand for, and which of them it declares to be
missing, goes beside them into the grid. Stata's missing values read `.a` to `.z`; what SPSS and Stata call system
missing is empty.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import polars as pl

from readiness.faults import Fault, ResponseError
from readiness.responses.formats.grids import MOST_COLUMNS, case_numbers, grid_of, too_wide, with_names
from readiness.responses.formats.typed import empty_as_null, text_of
from readiness.responses.grid import Grid

if TYPE_CHECKING:
    from pathlib import Path

SECONDS_TO_1970 = 12_219_379_200  # from 14 October 1582, where SPSS begins to count
DAYS_TO_1970 = 3_653  # from 1 January 1960, where Stata does
SPSS_DATES = ("DATE", "ADATE", "EDATE", "SDATE", "JDATE", "QYR", "MOYR", "WKYR")
SPSS_MOMENTS = ("DATETIME", "YMDHMS")
SPSS_TIMES = ("TIME", "DTIME", "MTIME")
LATIN = "WINDOWS-1252"


@dataclass(frozen=True)
class _Variable:
    """One column as ReadStat gives it. format: how the program shows it, such as `F8.2` or `%td`."""

    values: Sequence[Any]
    format: str
    labels: Mapping[Any, str]
    ranges: Sequence[Mapping[str, Any]]


def read_spss(path: Path) -> Grid:
    """An SPSS file (.sav, .zsav, .por).

    Raises:
        ResponseError: the extra is missing, or the file is damaged or empty.
    """
    return _read(path, "spss", "SPSS", "read_por" if path.suffix.lower() == ".por" else "read_sav")


def read_stata(path: Path) -> Grid:
    """A Stata file (.dta).

    Raises:
        ResponseError: the extra is missing, or the file is damaged or empty.
    """
    return _read(path, "stata", "Stata", "read_dta")


def _read(path: Path, format_: str, program: str, reader: str) -> Grid:
    values, meta, remarks = _unpacked(path, program, reader)
    names: list[str] = list(meta.column_names)
    if not names or not meta.number_rows:
        raise ResponseError([Fault(str(path), None, "the file holds no responses", "save the data again")])
    if len(names) > MOST_COLUMNS:
        raise ResponseError([too_wide(path, len(names))])
    labels: dict[int, dict[str, str]] = {}
    missing: dict[int, frozenset[str]] = {}
    columns: list[pl.Series] = []
    for place, name in enumerate(names):
        variable = _Variable(
            values[name],
            meta.original_variable_types.get(name) or "",
            meta.variable_value_labels.get(name) or {},
            meta.missing_ranges.get(name) or [],
        )
        column, said, lacking = _stata(variable) if format_ == "stata" else _spss(variable)
        columns.append(column.alias(str(place)))
        if said:
            labels[place] = said
        if lacking:
            missing[place] = lacking
    headers = [names, [label or "" for label in meta.column_labels]]
    cells = pl.DataFrame(columns)
    rows = case_numbers(2, cells.height)
    return grid_of(
        path,
        with_names(headers, cells),
        format_,
        rows=rows,
        header_rows=2,
        labels=labels,
        missing=missing,
        remarks=remarks,
    )


def _unpacked(path: Path, program: str, reader: str) -> tuple[Mapping[str, Sequence[Any]], Any, list[str]]:
    """What ReadStat says of a file: values by variable, and all about them."""
    try:
        import pyreadstat
    except ImportError as error:
        mend = "pip install 'readiness[spss]'"
        raise ResponseError([Fault(str(path), None, f"{program} files need an extra", mend)]) from error
    options: dict[str, Any] = {"output_format": "dict", "disable_datetime_conversion": True}
    if reader != "read_por":
        options["user_missing"] = True
    read = getattr(pyreadstat, reader)
    try:
        try:
            return *read(str(path), **options), []
        except Exception as error:  # ReadStat's own, and whatever Python says of bytes that are no text
            if "convert string" not in str(error) and not isinstance(error, UnicodeDecodeError):
                raise
            told = f"{path}: the file does not keep to its encoding, so it is read as Windows-1252 (Western European)"
            return *read(str(path), encoding=LATIN, **options), [told]
    except Exception as error:
        what = f"the file cannot be read as a {program} file"
        raise ResponseError([Fault(str(path), None, what, "save it again, or export it as CSV")]) from error


def _spss(variable: _Variable) -> tuple[pl.Series, dict[str, str], frozenset[str]]:
    """A variable of SPSS: its cells, labels, and values that are declared missing."""
    labels = {_value(value): label for value, label in variable.labels.items()}
    if any(isinstance(value, str) for value in variable.values):
        column = _strings(variable.values)
        lacking = {str(part["lo"]).rstrip() for part in variable.ranges}
        return column, labels, frozenset(lacking - {""})
    column = pl.Series(variable.values, dtype=pl.Float64)
    inside = [column.is_between(float(part["lo"]), float(part["hi"])) for part in variable.ranges]
    declared = column.filter(pl.DataFrame(inside).max_horizontal()) if inside and column.len() else column.clear()
    named = [value for value in variable.labels if not isinstance(value, str) and _within(value, variable.ranges)]
    discrete = [part["lo"] for part in variable.ranges if part["lo"] == part["hi"]]
    lacking = {_value(value) for value in (*declared.drop_nulls().unique(), *named, *discrete)}
    return _spss_text(column, variable.format), labels, frozenset(lacking)


def _within(value: float, ranges: Sequence[Mapping[str, Any]]) -> bool:
    return any(part["lo"] <= value <= part["hi"] for part in ranges)


def _stata(variable: _Variable) -> tuple[pl.Series, dict[str, str], frozenset[str]]:
    """A variable of Stata. ReadStat gives `.a` as the text a among numbers."""
    numbers = any(isinstance(value, float | int) for value in variable.values)
    if not numbers and not variable.format.endswith(("g", "f", "e", "d", "c")) and variable.format.endswith("s"):
        return _strings(variable.values), {}, frozenset()
    lacking = [f".{value}" if isinstance(value, str) and value else None for value in variable.values]
    column = pl.Series([None if isinstance(value, str) else value for value in variable.values], dtype=pl.Float64)
    cells = _stata_text(column, variable.format)
    letters = pl.Series(lacking, dtype=pl.String)
    labels = {f".{v}" if isinstance(v, str) else _value(v): label for v, label in variable.labels.items()}
    declared = frozenset(letters.drop_nulls().unique()) | {value for value in labels if value.startswith(".")}
    return pl.select(pl.coalesce(letters, cells)).to_series(), labels, declared


def _strings(values: Sequence[Any]) -> pl.Series:
    """Texts without the blanks that fill them up."""
    return empty_as_null(pl.Series(values, dtype=pl.String).str.strip_chars_end())


def _value(value: Any) -> str:
    """One value as it stands in a cell."""
    if isinstance(value, str):
        return value.rstrip()
    return str(text_of(pl.Series([float(value)]))[0])  # type: ignore[index]


def _spss_text(column: pl.Series, format_: str) -> pl.Series:
    kind = format_.rstrip("0123456789.")
    if kind in SPSS_DATES:
        return _moment((column - SECONDS_TO_1970) * 1000).dt.to_string("%Y-%m-%d")
    if kind in SPSS_MOMENTS:
        return _text(_moment((column - SECONDS_TO_1970) * 1000))
    return _hours(column) if kind in SPSS_TIMES else _text(column)


def _stata_text(column: pl.Series, format_: str) -> pl.Series:
    kind = format_.lower()
    if kind.startswith("%td") or kind == "%d":
        return _moment((column - DAYS_TO_1970) * 86_400_000).dt.to_string("%Y-%m-%d")
    if kind.startswith("%tc"):
        return _text(_moment(column - DAYS_TO_1970 * 86_400_000))
    return _text(column)


def _moment(milliseconds: pl.Series) -> pl.Series:
    return milliseconds.round().cast(pl.Int64, strict=False).cast(pl.Datetime("ms"))


def _hours(seconds: pl.Series) -> pl.Series:
    """A time of the day, or a number of hours, as `07:05:00`."""
    whole = seconds.cast(pl.Int64, strict=False)
    parts = {"hours": whole // 3600, "minutes": whole // 60 % 60, "seconds": whole % 60}
    two = [pl.col(name).cast(pl.String).str.zfill(2) for name in parts]
    return pl.DataFrame(parts).select(pl.concat_str(two, separator=":")).to_series()


def _text(column: pl.Series) -> pl.Series:
    text = text_of(column)
    assert text is not None  # numbers and moments always are
    return text
