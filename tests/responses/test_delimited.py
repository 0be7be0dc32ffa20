"""Delimited text from the spreadsheets of several countries; what cannot be a table is told by line."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from readiness.faults import ResponseError
from readiness.responses.delimited import decoded, read, sniffed

Write = Callable[[str, str | bytes], Path]


def faults(path: Path) -> list[str]:
    with pytest.raises(ResponseError) as raised:
        read(path)
    return [str(fault).removeprefix(f"{path.parent}/") for fault in raised.value.faults]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_text_is_the_same_in_any_encoding_and_with_any_line_ends(encoding: str, end: str, write: Write) -> None:
    path = write("s.csv", f"a;b{end}é;’{end}".encode(encoding))
    assert decoded(path) == "a;b\né;’\n"


@pytest.mark.parametrize(
    ("header", "delimiter"), [("a,b", ","), ("a;b", ";"), ("a\tb", "\t"), ("a|b", "|"), ("a", ",")]
)
def test_the_delimiter_is_what_the_header_has_most_of(header: str, delimiter: str) -> None:
    assert sniffed(f"{header}\n1,2;3|4\t5\n") == delimiter


CELLS = st.text(st.characters(codec="utf-8", exclude_characters="\0\r", exclude_categories=["Cs"]), max_size=8)


@given(
    rows=st.lists(st.tuples(CELLS, CELLS, CELLS), min_size=1, max_size=6),
    delimiter=st.sampled_from([",", ";", "\t", "|"]),
)
def test_whatever_a_spreadsheet_writes_is_read_back(
    rows: list[tuple[str, str, str]], delimiter: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    text = io.StringIO()
    writer = csv.writer(text, delimiter=delimiter, lineterminator="\n", quoting=csv.QUOTE_ALL)
    writer.writerows([("x", "y", "z"), *rows])
    path = tmp_path_factory.mktemp("csv") / "s.csv"
    path.write_bytes(text.getvalue().encode())
    found = read(path)
    assert [tuple(cell or "" for cell in row) for row in found.frame.rows()] == rows
    assert found.remarks == ()


def test_column_names_are_trimmed_and_the_nameless_get_one(write: Write) -> None:
    assert read(write("s.csv", "\ufeff a , b,,c\n1,2,3,4\n")).frame.columns == [
        "a",
        "b",
        "(column 3 without a name)",
        "c",
    ]


def test_shorter_lines_are_filled_up_and_told(write: Write) -> None:
    found = read(write("s.csv", 'a,b,c\n1,2,3\n4,"5\n5"\n\n6\n7,8,\n'))
    assert [list(row) for row in found.frame.rows()][1] == ["4", "5\n5", None]
    assert [remark.split(", ", 1)[1] for remark in found.remarks] == [
        "line 3: 2 cell(s) where the header has 3; the others count as missing",
        "line 6: 1 cell(s) where the header has 3; the others count as missing",
    ]


def test_many_shorter_lines_are_told_shortly(write: Write) -> None:
    remarks = read(write("s.csv", "a,b\n" + "1\n" * 100)).remarks
    assert len(remarks) == 21
    assert remarks[-1].endswith("80 more lines are as short")


def test_empty_cells_at_the_end_are_no_shorter_line(write: Write) -> None:
    assert read(write("s.csv", 'a,b,c\n1,2,\n"1,1",,\n,,\n')).remarks == ()


def test_longer_lines_are_all_faults(write: Write) -> None:
    assert faults(write("s.csv", "a,b\n1,2\n1,2,3\n1\n1,2,3,4\n")) == [
        "s.csv, line 3: 3 cells where the header has 2; check quotes and delimiters in this line",
        "s.csv, line 5: 4 cells where the header has 2; check quotes and delimiters in this line",
    ]


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ("", "s.csv: the file is empty"),
        ("a,b\n", "s.csv: the file has a header and no responses"),
        ("a,b,a,b\n1,2,3,4\n", "s.csv, line 1: column 'a' occurs more than once"),
        ("\na,b\n1,2\n", "s.csv, line 1: the first line is empty"),
        ('a,"b\n1,2\n', "s.csv, line 1: the header cannot be read: a quoted cell is never closed"),
        ('a,b\n1,2\n1,"2\n1,2\n', "s.csv, line 3: a quoted cell is never closed"),
        (b"a,b\n\0,1\n", "s.csv: the file has NUL bytes, so it is no text"),
    ],
)
def test_what_is_no_table_says_where(content: str | bytes, told: str, write: Write) -> None:
    assert faults(write("s.csv", content))[0].startswith(told)


@given(content=st.binary(max_size=300))
def test_no_bytes_do_worse_than_a_fault(content: bytes, tmp_path_factory: pytest.TempPathFactory) -> None:
    path = tmp_path_factory.mktemp("bytes") / "s.csv"
    path.write_bytes(content)
    try:
        assert read(path).frame.height > 0
    except ResponseError as error:
        assert error.faults
