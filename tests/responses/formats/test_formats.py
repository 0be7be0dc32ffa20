"""A file is read as what it is, whatever it is called."""

from __future__ import annotations

import os
import threading
import zipfile
from collections.abc import Callable
from pathlib import Path

import polars as pl
import pytest
import xlsxwriter

from readiness.faults import ResponseError
from readiness.responses.formats import READERS, REFUSED, read, unusable

Write = Callable[[str, str | bytes], Path]


def fault(path: Path) -> str:
    with pytest.raises(ResponseError) as raised:
        read(path)
    return str(raised.value).removeprefix(f"{path.parent}/")


def workbook(path: Path) -> Path:
    with xlsxwriter.Workbook(path) as book:
        book.add_worksheet().write_column(0, 0, ["A1", 4])
    return path


@pytest.mark.parametrize("name", ["s.csv", "S.CSV", "s.tsv", "s.txt", "s.tab"])
def test_a_reader_is_chosen_by_suffix(name: str, write: Write) -> None:
    grid = read(write(name, "A1\tA2\n4\t5\n"))
    assert (grid.file, grid.format, grid.row(1)) == (name, "delimited", ["4", "5"])


def test_text_called_a_workbook_is_read_as_text_and_told(write: Write) -> None:
    for name, text in (("s.xls", "A1\tA2\n4\t5\n"), ("s.xlsx", "\ufeffA1;A2\n4;5\n")):
        path = write(name, text.encode("utf-16" if name == "s.xls" else "utf-8"))
        grid = read(path)
        assert (grid.format, grid.row(1)) == ("delimited", ["4", "5"])
        assert grid.remarks == (f"{path}: it is called {path.suffix} but holds text, so it is read as delimited text",)


def test_a_workbook_called_text_is_read_as_a_workbook_and_told(tmp_path: Path) -> None:
    workbook(tmp_path / "s.xlsx").rename(tmp_path / "s.csv")
    grid = read(tmp_path / "s.csv")
    assert (grid.format, grid.row(1)) == ("workbook", ["4"])
    assert grid.remarks[0].endswith("s.csv: it is called .csv but is a workbook, and read as one")


def test_a_parquet_file_called_text_is_read_as_one(tmp_path: Path) -> None:
    pl.DataFrame({"A1": [4]}).write_parquet(tmp_path / "s.csv")
    assert read(tmp_path / "s.csv").format == "parquet"


@pytest.mark.parametrize(
    ("name", "content", "expected"),
    [
        ("s.csv", b"%PDF-1.7\n", "s.csv: this is a PDF, though called .csv; export the responses as CSV or XLSX"),
        ("s.csv", b"\x7fELF\x02\x01\x01\x00", "s.csv: this is a program, though called .csv"),
        ("s.xlsx", b"\x89PNG\r\n\x1a\n", "s.xlsx: this is a picture, though called .xlsx"),
        ("s.csv", b"MZ\x90\x00\x03", "s.csv: this is a program, though called .csv"),
        ("s.csv", b"\x1f\x8b\x08\x00", "s.csv: this is a compressed file, though called .csv; unpack it"),
        ("s.xls", "<html><table><tr><td>A1", "s.xls: this is a web page, though called .xls"),
        ("s.xls", "\ufeff\n<!DOCTYPE html>", "s.xls: this is a web page, though called .xls"),
        ("s.xls", '<?xml version="1.0"?><Workbook>', "s.xls: this is XML, though called .xls"),
        ("s.xml", "<!DOCTYPE x [<!ENTITY a 'b'>]>", "s.xml: this is XML, which is not read; export the responses"),
        (
            "s.lss",
            "",
            "s.lss: this is the structure of a LimeSurvey survey, not its responses; export the responses them",
        ),
        ("s.qsf", "{}", "s.qsf: this is the structure of a Qualtrics survey, not its responses"),
        ("s.zip", b"PK\x03\x04", "s.zip: this is a ZIP archive; unpack it and name the file of responses in it"),
        ("s.PDF", "", "s.PDF: this is a PDF, a page and not a table"),
        ("s.docx", "", "s.docx: this is a Word document"),
        ("s.abc", "", "s.abc: no reader is for .abc; use .csv, .tsv"),
        ("s", "", "s: no reader is for files without a suffix"),
        ("s.xlsx", "", "s.xlsx: the file is empty"),
        ("s.csv", "", "s.csv: the file is empty"),
    ],
)
def test_what_holds_no_responses_is_refused_by_what_it_is(
    name: str, content: str | bytes, expected: str, write: Write
) -> None:
    assert fault(write(name, content)).startswith(expected)


def test_letters_that_begin_a_program_may_begin_a_header(write: Write) -> None:
    assert read(write("s.csv", "MZ1,BM2\n4,5\n")).row(0) == ["MZ1", "BM2"]


@pytest.mark.parametrize(
    ("part", "words"),
    [("word/document.xml", "a Word document"), ("survey.csv", "a ZIP archive"), ("xl/workbook.bin", "a binary")],
)
def test_an_archive_is_refused_by_what_is_in_it(part: str, words: str, tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "s.xlsx", "w") as archive:
        archive.writestr(part, "")
    assert fault(tmp_path / "s.xlsx").startswith(f"s.xlsx: this is {words}")


def test_a_folder_is_no_file(tmp_path: Path) -> None:
    (tmp_path / "s.csv").mkdir()
    assert fault(tmp_path / "s.csv") == "s.csv: this is a folder; name the files in it"


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    assert fault(tmp_path / "s.csv").startswith("s.csv: the file cannot be read: No such file or directory")


def test_a_sheet_of_what_has_none_is_told(write: Write) -> None:
    path = write("s.csv", "A1\n4\n")
    assert read(path, "Data").remarks == (f"{path}: it has no sheets, so --sheet does not hold for it",)


def test_no_suffix_is_both_read_and_refused() -> None:
    assert not set(READERS) & set(REFUSED)
    assert all(unusable(Path(f"s{suffix}")) is None for suffix in READERS)


@pytest.mark.parametrize("name", ["s.csv", "s.json", "s.xlsx", "s.parquet", "s.sav"])
def test_a_device_is_no_file_and_is_never_opened(name: str, tmp_path: Path) -> None:
    (tmp_path / name).symlink_to("/dev/zero")
    with pytest.raises(ResponseError, match="this is a device; name a file"):
        read(tmp_path / name)


def test_what_comes_through_a_pipe_is_read_once(tmp_path: Path) -> None:
    pipe = tmp_path / "survey.csv"
    os.mkfifo(pipe)
    writer = threading.Thread(target=lambda: pipe.write_bytes("A;B\nÉtude;2\n".encode("cp1252")))
    writer.start()
    grid = read(pipe)
    writer.join()
    assert (grid.file, grid.row(1)) == ("survey.csv", ["Étude", "2"])
    assert all(remark.startswith(str(pipe)) for remark in grid.remarks)


def test_a_fault_of_what_comes_through_a_pipe_names_the_pipe(tmp_path: Path) -> None:
    pipe = tmp_path / "survey.csv"
    os.mkfifo(pipe)
    writer = threading.Thread(target=lambda: pipe.write_bytes(b""))
    writer.start()
    with pytest.raises(ResponseError) as raised:
        read(pipe)
    writer.join()
    assert raised.value.faults[0].file == str(pipe)
