"""Formats: every kind of file into a grid. Another format is a module and one line here."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from readiness.faults import Fault, ResponseError
from readiness.responses.formats.kinds import EXPORT, REFUSED, kind_of, refused

if TYPE_CHECKING:
    from readiness.responses.grid import Grid

Reader = Callable[[Path, str | None], "Grid"]

__all__ = ["READERS", "REFUSED", "Reader", "read", "unusable"]


def _delimited(path: Path, _: str | None) -> Grid:
    from readiness.responses.formats import delimited

    return delimited.read(path)


def _workbook(path: Path, sheet: str | None) -> Grid:
    from readiness.responses.formats import workbook

    return workbook.read(path, sheet)


def _json(path: Path, _: str | None) -> Grid:
    from readiness.responses.formats import json_table

    return json_table.read(path)


def _json_lines(path: Path, _: str | None) -> Grid:
    from readiness.responses.formats import json_table

    return json_table.read_lines(path)


def _parquet(path: Path, _: str | None) -> Grid:
    from readiness.responses.formats import parquet

    return parquet.read(path)


def _spss(path: Path, _: str | None) -> Grid:
    from readiness.responses.formats import statistics

    return statistics.read_spss(path)


def _stata(path: Path, _: str | None) -> Grid:
    from readiness.responses.formats import statistics

    return statistics.read_stata(path)


READERS: dict[str, Reader] = {
    ".csv": _delimited,
    ".tsv": _delimited,
    ".txt": _delimited,
    ".tab": _delimited,
    ".xlsx": _workbook,
    ".xlsm": _workbook,
    ".xls": _workbook,
    ".ods": _workbook,
    ".json": _json,
    ".jsonl": _json_lines,
    ".ndjson": _json_lines,
    ".parquet": _parquet,
    ".sav": _spss,
    ".zsav": _spss,
    ".por": _spss,
    ".dta": _stata,
}
TEXTS = (_delimited, _json, _json_lines)
CALLED = {_workbook: "a workbook", _parquet: "a Parquet file", _spss: "an SPSS file", _stata: "a Stata file"}


def unusable(path: Path) -> Fault | None:
    """Why what is there is not read, before it is opened; None if there is a reader for it."""
    if path.is_char_device() or path.is_block_device():  # which may never end
        return Fault(str(path), None, "this is a device", "name a file")
    fault = refused(path)
    if fault is None and path.suffix.lower() not in READERS:
        kinds = ", ".join(READERS)
        fault = Fault(str(path), None, f"no reader is for {path.suffix or 'files without a suffix'}", f"use {kinds}")
    return fault


def read(path: Path, sheet: str | None = None) -> Grid:
    """A file of responses as a grid, by what it is, whatever it is called.

    sheet: the sheet of a workbook to read; by default the one with most in it.

    Raises:
        ResponseError: the file cannot be read, or is no table.
    """
    fault = unusable(path)
    if fault:
        raise ResponseError([fault])
    if path.is_dir():
        raise ResponseError([Fault(str(path), None, "this is a folder", "name the files in it")])
    try:
        return _read_once(path, sheet) if path.is_fifo() else _read_as_it_is(path, sheet)
    except OSError as error:
        raise ResponseError(
            [Fault(str(path), None, f"the file cannot be read: {error.strerror}", "check it")]
        ) from error


def _read_once(path: Path, sheet: str | None) -> Grid:
    """What comes through a pipe, which can be read only once: written down first, under a name of the same kind."""
    import tempfile
    from dataclasses import replace

    def named(text: str) -> str:
        return text.replace(str(kept), str(path))

    with tempfile.TemporaryDirectory(prefix="readiness-") as folder:
        kept = Path(folder) / path.name
        with path.open("rb") as pipe, kept.open("wb") as file:
            shutil.copyfileobj(pipe, file)
        try:
            grid = _read_as_it_is(kept, sheet)
        except ResponseError as error:
            raise ResponseError([replace(fault, file=named(fault.file)) for fault in error.faults]) from error
    return replace(grid, remarks=tuple(map(named, grid.remarks)))


def _read_as_it_is(path: Path, sheet: str | None) -> Grid:
    suffix = path.suffix.lower()
    meant = READERS[suffix]
    found, remarks = _reader(path, meant)
    if sheet is not None and found is not _workbook:
        remarks = (*remarks, f"{path}: it has no sheets, so --sheet does not hold for it")
    grid = found(path, sheet)
    return _with_remarks(grid, remarks) if remarks else grid


def _with_remarks(grid: Grid, remarks: tuple[str, ...]) -> Grid:
    from dataclasses import replace

    return replace(grid, remarks=(*remarks, *grid.remarks))


def _reader(path: Path, meant: Reader) -> tuple[Reader, tuple[str, ...]]:
    """The reader for what a file begins with, and what there is to tell if its name says something else."""
    kind, words = kind_of(path)
    if kind == "text":
        if meant in TEXTS or path.suffix.lower() == ".por":
            return meant, ()
        if meant is not _workbook or path.stat().st_size == 0:
            return (
                meant,
                (),
            )  # older SPSS and Stata files begin with nothing that tells; their readers say what is wrong
        return _delimited, (f"{path}: it is called {path.suffix} but holds text, so it is read as delimited text",)
    if kind == "zip":
        kind, words = _archive(path)
    found = {"workbook": _workbook, "ole": _workbook, "parquet": _parquet, "sav": _spss, "dta": _stata}.get(kind)
    if found is None:
        mend = (
            "unpack it and name the file of responses in it" if "archive" in words or "compressed" in words else EXPORT
        )
        raise ResponseError([Fault(str(path), None, f"this is {words}, though called {path.suffix}", mend)])
    if found is meant:
        return found, ()
    return found, (f"{path}: it is called {path.suffix} but is {CALLED[found]}, and read as one",)


def _archive(path: Path) -> tuple[str, str]:
    """What a ZIP archive is: a workbook, or what is none in words."""
    from readiness.responses.formats.archives import kind_of_archive

    kind = kind_of_archive(path)
    if kind in ("xlsx", "ods"):
        return "workbook", ""
    words = {"xlsb": "a binary workbook", "docx": "a Word document", "pptx": "a presentation", "odf": "a document"}
    return "", words.get(kind, "a ZIP archive")
