"""SPSS and Stata: values as stored, with what the file says of them beside."""

from __future__ import annotations

import sys
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

import polars as pl
import pyreadstat
import pytest

from readiness.faults import ResponseError
from readiness.responses.formats.statistics import read_spss, read_stata
from readiness.responses.grid import Grid

FRAME = pl.DataFrame({"id": ["a", "bé", None], "q1": [1.0, 9.0, None], "q2": [2.5, -1.0, 99.0]})


def cells(grid: Grid) -> list[list[str]]:
    return [grid.row(place) for place in range(grid.cells.height)]


def sav(path: Path, frame: pl.DataFrame = FRAME, **said: Any) -> Grid:
    pyreadstat.write_sav(frame, path, **said)
    return read_spss(path)


@pytest.mark.parametrize("name", ["s.sav", "s.zsav"])
def test_names_and_labels_are_two_header_rows(name: str, tmp_path: Path) -> None:
    grid = sav(tmp_path / name, column_labels=["Who", None, "How often, é?"], compress=name == "s.zsav")
    assert cells(grid) == [
        ["id", "q1", "q2"],
        ["Who", "", "How often, é?"],
        ["a", "1", "2.5"],
        ["bé", "9", "-1"],
        ["", "", "99"],
    ]
    assert (grid.format, grid.header_rows, list(grid.rows)) == ("spss", 2, [0, 0, 1, 2, 3])


def test_labels_of_values_stand_beside_the_values(tmp_path: Path) -> None:
    grid = sav(tmp_path / "s.sav", variable_value_labels={"q1": {1: "Never", 9: "No answer"}, "id": {"a": "Ann"}})
    assert grid.labels == {0: {"a": "Ann"}, 1: {"1": "Never", "9": "No answer"}}


def test_values_declared_missing_stay_and_are_declared(tmp_path: Path) -> None:
    ranges = {"q1": [8, 9], "q2": [{"lo": -10, "hi": 0}, 99], "id": ["bé"]}
    grid = sav(tmp_path / "s.sav", missing_ranges=ranges, variable_value_labels={"q2": {-5: "refused", 3: "yes"}})
    assert [row[1:] for row in cells(grid)[2:]] == [["1", "2.5"], ["9", "-1"], ["", "99"]]
    # of a range those that occur or have a label, since a range has no end of values
    assert grid.missing == {0: {"bé"}, 1: {"8", "9"}, 2: {"-1", "-5", "99"}}
    assert grid.labels[2]["-5"] == "refused"


def test_dates_and_times_are_iso_text(tmp_path: Path) -> None:
    frame = pl.DataFrame(
        {"d": [date(2024, 1, 2), None], "m": [datetime(2024, 1, 2, 3, 4, 5), None], "t": [time(7, 5), None]}
    )
    for grid in (sav(tmp_path / "s.sav", frame),):
        assert cells(grid)[2] == ["2024-01-02", "2024-01-02 03:04:05", "07:05:00"]


def test_a_portable_file_is_read(tmp_path: Path) -> None:
    pyreadstat.write_por(pl.DataFrame({"Q1": [1.0, 2.0], "WHO": ["a ", "b"]}), tmp_path / "s.por")
    assert cells(read_spss(tmp_path / "s.por")) == [["Q1", "WHO"], ["", ""], ["1", "a"], ["2", "b"]]


def test_stata_tells_its_missing_values_apart(tmp_path: Path) -> None:
    path = tmp_path / "s.dta"
    frame = pl.DataFrame(
        {
            "who": ["é ", "", "c", "d"],
            "q1": pl.Series([1.0, "a", "z", None], dtype=pl.Object),
            "day": [date(2024, 1, 2), None, None, None],
            "at": [datetime(2024, 1, 2, 3, 4, 5), None, None, None],
            "none": pl.Series([None, None, None, None], dtype=pl.Float64),
        }
    )
    pyreadstat.write_dta(
        frame,
        path,
        missing_user_values={"q1": ["a", "z"]},
        variable_value_labels={"none": {1: "Never", 2: "Often"}},
        column_labels=["Who", "How often?", None, None, None],
    )
    grid = read_stata(path)
    assert cells(grid) == [
        ["who", "q1", "day", "at", "none"],
        ["Who", "How often?", "", "", ""],
        ["é", "1", "2024-01-02", "2024-01-02 03:04:05", ""],
        ["", ".a", "", "", ""],
        ["c", ".z", "", "", ""],
        ["d", "", "", "", ""],
    ]
    assert grid.missing == {1: {".a", ".z"}}
    assert grid.labels == {4: {"1": "Never", "2": "Often"}}


def test_a_file_without_cases_is_told(tmp_path: Path) -> None:
    with pytest.raises(ResponseError, match="holds no responses"):
        sav(tmp_path / "s.sav", FRAME.clear())


@pytest.mark.parametrize("content", [b"", b"$FL2", b"$FL2" + bytes(500), b"text"])
def test_a_damaged_file_is_told(content: bytes, tmp_path: Path) -> None:
    path = tmp_path / "s.sav"
    path.write_bytes(content)
    with pytest.raises(ResponseError, match="cannot be read as a SPSS file"):
        read_spss(path)


def test_without_the_extra_its_name_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pyreadstat", None)
    (tmp_path / "s.sav").write_bytes(b"$FL2")
    with pytest.raises(ResponseError, match=r"SPSS files need an extra; pip install 'readiness\[spss\]'"):
        read_spss(tmp_path / "s.sav")
