"""Scores of single respondents: written as they come, marked as confidential, whole or not at all."""

from __future__ import annotations

import csv
import json
import os
import signal
import subprocess
import sys
import time
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from readiness.faults import Fault, InputError, ResponseError, UsageError
from readiness.writers import workbook
from readiness.writers.respondents import write_respondents
from readiness.writers.streams import write_parquet
from tests.scoring.profiles import tries
from tests.writers.reading import exact

FORMS = (".csv", ".xlsx", ".parquet", ".jsonl")
VERDICTS = pl.Enum(["present", "ruled out", "undetermined", "not asked"])
SCHEMA = {"respondent": pl.String(), "unit": pl.Categorical(), "culture": pl.Float64(), "risk": VERDICTS}
HEADER = ["respondent (confidential)", "unit", "culture", "risk"]
ROWS = [
    ("p1", "Büro", 100 / 3, "present"),
    ("=cmd|' /C calc'!A0", "@SUM(1)", None, None),
    ("-1+1", None, -0.5, "ruled out"),
    ("+33 1", "x;=1", 1e-7, "not asked"),
    (None, "a", 0.0, "undetermined"),
]


def batches(rows: list[Any], each: int = 2) -> Iterator[pl.DataFrame]:
    for start in range(0, len(rows), each):
        yield pl.DataFrame(rows[start : start + each], SCHEMA, orient="row")


def read(path: Path) -> tuple[list[str], list[tuple[Any, ...]]]:
    """The header, and the rows as they were."""
    if path.suffix == ".parquet":
        frame = pl.read_parquet(path)
        return frame.columns, frame.rows()
    if path.suffix == ".jsonl":
        objects = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
        return list(objects[0]) if objects else [], [tuple(told.values()) for told in objects]
    if path.suffix == ".xlsx":
        header, *rows = load_workbook(path)["confidential"].iter_rows(values_only=True)
        return [str(name) for name in header], list(rows)
    with path.open(encoding="utf-8-sig", newline="") as file:
        header, *texts = list(csv.reader(file))
    return header, [
        tuple(None if cell == "" else float(cell) if place == 2 else exact(cell) for place, cell in enumerate(row))
        for row in texts
    ]


@pytest.mark.parametrize("form", FORMS)
def test_all_rows_are_there_in_their_order_below_a_header_that_says_confidential(form: str, tmp_path: Path) -> None:
    path = tmp_path / f"scores{form}"
    assert write_respondents(batches(ROWS), SCHEMA, path) == len(ROWS)
    header, rows = read(path)
    assert header == HEADER
    assert rows == ROWS
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize("form", FORMS)
@tries(15)
@given(
    st.lists(
        st.tuples(
            st.text(min_size=1, max_size=6).filter(lambda text: text.isprintable()),
            st.sampled_from(("A", "=A", None)),
            st.one_of(st.none(), st.floats(-1e9, 1e9)),
            st.sampled_from(VERDICTS.categories.to_list()),
        ),
        min_size=1,
    )
)
def test_every_bit_comes_back(form: str, tmp_path_factory: pytest.TempPathFactory, rows: list[Any]) -> None:
    path = tmp_path_factory.mktemp("out") / f"scores{form}"
    write_respondents(batches(rows, 3), SCHEMA, path)
    assert read(path)[1] == rows


@pytest.mark.parametrize("form", FORMS)
def test_how_rows_come_in_batches_does_not_show(form: str, tmp_path: Path) -> None:
    for each in (1, 2, 5):
        write_respondents(batches(ROWS, each), SCHEMA, tmp_path / f"{each}{form}")
    assert read(tmp_path / f"1{form}") == read(tmp_path / f"2{form}") == read(tmp_path / f"5{form}")
    if form != ".parquet":
        assert len({(tmp_path / f"{each}{form}").read_bytes() for each in (1, 2, 5)}) == 1


@pytest.mark.parametrize("form", FORMS)
def test_nobody_is_a_file_all_the_same(form: str, tmp_path: Path) -> None:
    path = tmp_path / f"scores{form}"
    assert write_respondents(iter(()), SCHEMA, path) == 0
    assert read(path) == (HEADER if form != ".jsonl" else [], [])


def test_parquet_says_so_in_its_metadata_and_keeps_the_types(tmp_path: Path) -> None:
    path = tmp_path / "scores.parquet"
    write_respondents(batches(ROWS), SCHEMA, path)
    assert "do not pass on" in pl.read_parquet_metadata(path)["confidential"]
    assert list(pl.read_parquet_schema(path).values()) == list(SCHEMA.values())


def test_a_workbook_says_so_in_its_sheet_and_on_every_page(tmp_path: Path) -> None:
    write_respondents(batches(ROWS), SCHEMA, tmp_path / "scores.xlsx")
    book = load_workbook(tmp_path / "scores.xlsx")
    assert book.sheetnames == ["confidential"]
    sheet = book["confidential"]
    assert sheet.freeze_panes == "B2"
    assert sheet.oddHeader.center.text == "confidential"
    assert sheet.print_title_rows == "$1:$1"
    assert "Confidential" in str(book.properties.title)
    assert {cell.data_type for row in sheet.iter_rows() for cell in row} <= {"s", "n"}
    with zipfile.ZipFile(tmp_path / "scores.xlsx") as archive:
        assert not any(b"<f>" in archive.read(name) for name in archive.namelist())


def test_csv_begins_with_the_mark_that_spreadsheets_know_utf8_by(tmp_path: Path) -> None:
    write_respondents(batches(ROWS), SCHEMA, tmp_path / "scores.csv")
    written = (tmp_path / "scores.csv").read_bytes()
    assert written.startswith(b"\xef\xbb\xbfrespondent (confidential),unit,")
    assert "Büro" in written.decode("utf-8-sig")
    assert b"\n=" not in written


def test_a_name_of_a_column_is_no_formula_either(tmp_path: Path) -> None:
    frame = pl.DataFrame({"r": ["p"], "=1+1": [1.0]})
    for form in (".csv", ".jsonl"):
        write_respondents(iter([frame]), frame.schema, tmp_path / f"scores{form}")
    assert (tmp_path / "scores.csv").read_text("utf-8-sig").startswith("respondent (confidential),'=1+1\n")
    assert "\\u003d1+1" in (tmp_path / "scores.jsonl").read_text("utf-8")


@pytest.mark.parametrize("form", FORMS)
def test_a_failure_while_scoring_leaves_what_stood_there(form: str, tmp_path: Path) -> None:
    def failing() -> Iterator[pl.DataFrame]:
        yield from batches(ROWS)
        raise ResponseError([Fault("survey.csv", 7, "torn")])

    path = tmp_path / f"scores{form}"
    path.write_text("before")
    with pytest.raises(ResponseError, match="torn"):
        write_respondents(failing(), SCHEMA, path)
    assert path.read_text() == "before"
    assert list(tmp_path.iterdir()) == [path]


ENDLESS = """
import signal, sys, os
from pathlib import Path
import polars as pl
from readiness.writers.respondents import write_respondents

class Stopped(BaseException):
    pass

def stop(number, frame):
    raise Stopped

signal.signal(signal.SIGTERM, stop)
frame = pl.DataFrame({"respondent": ["p"] * 1000, "culture": [1.0] * 1000})

def endless():
    yield frame
    print("begun", flush=True)
    while True:
        yield frame

try:
    write_respondents(endless(), frame.schema, Path(sys.argv[1]))
except Stopped:
    os._exit(143)
"""


@pytest.mark.parametrize("form", FORMS)
def test_a_signal_leaves_nothing_behind(form: str, tmp_path: Path) -> None:
    command = [sys.executable, "-c", ENDLESS, str(tmp_path / f"scores{form}")]
    with subprocess.Popen(command, stdout=subprocess.PIPE, env=os.environ | {"PYTHONPATH": os.getcwd()}) as process:  # noqa: PTH109
        assert process.stdout is not None
        assert process.stdout.readline() == b"begun\n"
        time.sleep(0.1)
        assert list(tmp_path.iterdir())
        process.send_signal(signal.SIGTERM)
        assert process.wait(20) == 143
    assert list(tmp_path.iterdir()) == []


def test_more_rows_than_a_workbook_holds_are_a_fault(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbook, "MOST_ROWS", 1000)
    frame = pl.DataFrame({"respondent": ["p"] * 400})
    with pytest.raises(InputError, match=r"scores\.xlsx: more rows than a sheet holds.*; write \.csv or \.parquet"):
        write_respondents(iter([frame] * 3), frame.schema, tmp_path / "scores.xlsx")
    assert list(tmp_path.iterdir()) == []
    assert write_respondents(iter([frame] * 2), frame.schema, tmp_path / "scores.xlsx") == 800


@pytest.mark.parametrize("form", FORMS)
def test_where_it_cannot_be_written_a_fault_names_the_file(form: str, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    (tmp_path / f"folder{form}").mkdir()
    for path in (tmp_path / "file" / f"scores{form}", tmp_path / f"folder{form}"):
        with pytest.raises(InputError, match="cannot be written") as caught:
            write_respondents(batches(ROWS), SCHEMA, path)
        assert caught.value.faults[0].file == str(path)


def test_a_full_disk_is_an_error_of_the_system() -> None:
    with pytest.raises(OSError, match="No space left"):
        write_parquet(batches(ROWS * 100), SCHEMA, Path("/dev/full"))


def test_an_unknown_ending_names_the_kinds_before_anything_is_scored(tmp_path: Path) -> None:
    asked = []

    def asking() -> Iterator[pl.DataFrame]:
        asked.append(True)
        yield from batches(ROWS)

    with pytest.raises(UsageError, match=r"\.csv, \.xlsx, \.parquet or \.jsonl"):
        write_respondents(asking(), SCHEMA, tmp_path / "scores.sav")
    assert (asked, list(tmp_path.iterdir())) == ([], [])
