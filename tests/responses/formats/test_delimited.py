"""Delimited text from the spreadsheets of several countries; what cannot be a table is told by line."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from pathlib import Path

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from readiness.faults import ResponseError
from readiness.responses.formats.delimited import MOST_LISTED, dialect, head, read
from readiness.responses.grid import Grid

Write = Callable[[str, str | bytes], Path]


def cells(grid: Grid) -> list[list[str]]:
    return [grid.row(place) for place in range(grid.cells.height)]


def faults(path: Path) -> list[str]:
    with pytest.raises(ResponseError) as raised:
        read(path)
    return [str(fault).removeprefix(f"{path.parent}/") for fault in raised.value.faults]


def told(grid: Grid, path: Path) -> list[str]:
    return [remark.removeprefix(f"{path.parent}/") for remark in grid.remarks]


ENCODINGS = ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"]
# U+0D0A and its like are no line ends; what an encoding lacks cannot be in a file of it.
# Several of these signs within words are letters of a Mac.
MAC_LETTERS = "‚ƒ„†‡ˆ‰Š‹Ž˜™›Ÿ\x81\x8d\x8f\x90\x9d"
WESTERN = st.text(
    st.characters(codec="cp1252", exclude_characters="\0\r\x1a\ufeff" + MAC_LETTERS, exclude_categories=["Cs"]),
    max_size=8,
)
ANY = st.text(st.characters(codec="utf-8", exclude_characters="\0\r\x1a\ufeff", exclude_categories=["Cs"]), max_size=8)


@given(
    rows=st.lists(st.tuples(ANY, ANY, ANY), min_size=1, max_size=6).filter(lambda rows: any(map(any, rows))),
    delimiter=st.sampled_from([",", ";", "\t", "|"]),
    end=st.sampled_from(["\n", "\r\n", "\r"]),
    quoting=st.sampled_from([csv.QUOTE_ALL, csv.QUOTE_MINIMAL, csv.QUOTE_NONNUMERIC]),
    encoding=st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]),
)
def test_whatever_a_spreadsheet_writes_is_read_back(
    rows: list[tuple[str, str, str]],
    delimiter: str,
    end: str,
    quoting: int,
    encoding: str,
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    text = io.StringIO(newline="")
    quoting = csv.QUOTE_ALL if end == "\r" else quoting  # or else Python leaves newlines bare
    csv.writer(text, delimiter=delimiter, lineterminator=end, quoting=quoting).writerows([("x", "y", "z"), *rows])
    path = tmp_path_factory.mktemp("csv") / "s.csv"
    path.write_bytes(text.getvalue().encode(encoding))
    found = read(path)
    expected = [list(row) for row in rows]
    while expected and not any(expected[-1]):
        expected.pop()
    # a line end in a cell is read as a newline, whatever it was
    plain = [[cell.replace("\r\n", "\n") for cell in row] for row in expected]
    assert cells(found)[1:] == plain
    assert list(found.rows) == list(range(1, len(plain) + 2))
    assert found.remarks == ()


@given(rows=st.lists(st.tuples(WESTERN, WESTERN), min_size=1, max_size=5).filter(lambda rows: any(map(any, rows))))
def test_a_western_code_page_is_read_back_where_it_is_no_utf_8(
    rows: list[tuple[str, str]], tmp_path_factory: pytest.TempPathFactory
) -> None:
    text = io.StringIO(newline="")
    # an accent before a comma is no UTF-8
    csv.writer(text, lineterminator="\n", quoting=csv.QUOTE_ALL).writerows([("é", "y"), *rows, ("é", "é")])
    path = tmp_path_factory.mktemp("csv") / "s.csv"
    path.write_bytes(text.getvalue().encode("cp1252"))
    assert cells(read(path))[1:-1] == [list(row) for row in rows]


@pytest.mark.parametrize("encoding", ENCODINGS)
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_text_is_the_same_in_any_encoding_and_with_any_line_ends(encoding: str, end: str, write: Write) -> None:
    path = write("s.csv", f"name;why{end}René;l’été{end}".encode(encoding))
    assert cells(read(path)) == [["name", "why"], ["René", "l’été"]]


def test_the_accents_of_an_older_mac_are_read_and_told(write: Write) -> None:
    path = write("s.csv", "À quelle fréquence;Rôle\rTrès élevé, d’accord;Réponse\r".encode("mac_roman"))
    assert cells(read(path)) == [["À quelle fréquence", "Rôle"], ["Très élevé, d’accord", "Réponse"]]
    assert "Mac OS Roman" in told(read(path), path)[0]


def test_a_mistyped_sign_in_a_western_text_makes_no_mac_of_it(write: Write) -> None:
    path = write("s.csv", "À quelle fréquence;Rôle\nTrès élevé, lˆami š™b;Réponse\n".encode("cp1252"))
    assert cells(read(path))[1] == ["Très élevé, lˆami š™b", "Réponse"]


def test_line_ends_may_be_mixed(write: Write) -> None:
    assert cells(read(write("s.csv", "a,b\r\n1,2\n3,4\r5,6"))) == [["a", "b"], ["1", "2"], ["3", "4"], ["5", "6"]]


def test_another_code_page_than_utf_8_is_told(write: Write) -> None:
    path = write("s.csv", "a;b\né;1\n".encode("cp1252"))
    assert told(read(path), path) == ["s.csv: the text is not UTF-8, so it is read as Windows-1252 (Western European)"]


def test_utf_8_with_a_broken_character_stays_utf_8_and_is_told(write: Write) -> None:
    path = write("s.csv", "a,b\né,à\n".encode() * 5 + b"caf\xc3,1\n")
    grid = read(path)
    assert grid.row(1) == ["é", "à"]
    assert grid.row(10) == ["caf\ufffd", "1"]
    assert told(grid, path) == [
        "s.csv, line 11: the text is damaged; 1 characters here and below are lost, shown as \ufffd"
    ]


def test_an_excel_line_that_names_the_delimiter_is_no_row(write: Write) -> None:
    grid = read(write("s.csv", "sep=;\r\na,b;c\r\n1,5;2\r\n"))
    assert cells(grid) == [["a,b", "c"], ["1,5", "2"]]
    assert list(grid.rows) == [1, 2]
    assert faults(write("t.csv", "sep=;\na;b\n1;2;3\n")) == [
        "t.csv, line 3: 3 cells where the header has 2; check quotes and delimiters in this line"
    ]


def test_quotes_may_hold_delimiters_line_ends_and_quotes_even_in_the_header(write: Write) -> None:
    grid = read(write("s.csv", '"a, or\n""b""",c\n"x\n\ny","1,2"\n3,4\n'))
    assert cells(grid) == [['a, or\n"b"', "c"], ["x\n\ny", "1,2"], ["3", "4"]]
    assert list(grid.rows) == [1, 2, 3]


def test_a_quote_inside_a_cell_that_is_not_quoted_is_a_sign_of_inches(write: Write) -> None:
    assert cells(read(write("s.csv", 'size,n\n5" disk,1\n3",2\n7,3\n4" and 5",4\n')))[1:] == [
        ['5" disk', "1"],
        ['3"', "2"],
        ["7", "3"],
        ['4" and 5"', "4"],
    ]


def test_an_empty_cell_is_null_whether_quoted_or_not(write: Write) -> None:
    assert read(write("s.csv", 'a,b,c\n"",,1\n')).cells.row(1) == (None, None, "1")


def test_empty_lines_count_as_rows_as_in_a_spreadsheet(write: Write) -> None:
    grid = read(write("s.csv", "a,b\n\n1,2\n,\n3,4\n\n,\n"))
    assert cells(grid) == [["a", "b"], ["", ""], ["1", "2"], ["", ""], ["3", "4"]]
    assert list(grid.rows) == [1, 2, 3, 4, 5]


def test_blank_and_repeated_headers_stand_as_they_are(write: Write) -> None:
    assert read(write("s.csv", "a,, a \n1,2,3\n")).row(0) == ["a", "", " a "]


def test_a_file_of_one_column_needs_no_delimiter(write: Write) -> None:
    assert cells(read(write("s.csv", "A1\n4\n\n5\n"))) == [["A1"], ["4"], [""], ["5"]]


def test_shorter_lines_are_filled_up_and_told(write: Write) -> None:
    path = write("s.csv", 'a,b,c\n1,2,3\n4,"5\n5"\n\n6\n7,8,\n')
    grid = read(path)
    assert grid.row(2) == ["4", "5\n5", ""]
    assert told(grid, path) == [
        "s.csv, line 3: 2 cell(s) where the header has 3; the others count as missing",
        "s.csv, line 6: 1 cell(s) where the header has 3; the others count as missing",
    ]


def test_many_shorter_lines_are_told_shortly(write: Write) -> None:
    remarks = read(write("s.csv", "a,b\n" + "1\n" * 100)).remarks
    assert len(remarks) == MOST_LISTED + 1
    assert remarks[-1].endswith("80 more lines are as short")


def test_empty_cells_at_the_end_are_no_shorter_line(write: Write) -> None:
    assert read(write("s.csv", 'a,b,c\n1,2,\n"1,1",,\n,,\n1,2,3\n')).remarks == ()


def test_longer_lines_are_all_faults(write: Write) -> None:
    assert faults(write("s.csv", "a,b\n1,2\n1,2,3\n1\n1,2,3,4\n")) == [
        "s.csv, line 3: 3 cells where the header has 2; check quotes and delimiters in this line",
        "s.csv, line 5: 4 cells where the header has 2; check quotes and delimiters in this line",
    ]


@pytest.mark.parametrize("quoted", ["1", '"1"', '1"'])
def test_empty_cells_beyond_the_header_are_no_fault(quoted: str, write: Write) -> None:
    grid = read(write("s.csv", f"a,b\n{quoted},2,\n3,4,,\n5,6\n"))
    assert cells(grid)[1:] == [[quoted if quoted == '1"' else "1", "2"], ["3", "4"], ["5", "6"]]
    assert grid.remarks == ()


def test_a_title_above_a_table_leaves_the_table_whole(write: Write) -> None:
    path = write("s.csv", "Our survey\n\nChoices,Percent,n\nYes,50%,4\nNo,50%,4\n")
    grid = read(path)
    assert told(grid, path) == ["s.csv, line 1: a title of one cell above lines of up to 3"]
    assert cells(grid)[2:] == [["Choices", "Percent", "n"], ["Yes", "50%", "4"], ["No", "50%", "4"]]


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("", "s.csv: the file is empty"),
        ("\n \n", "s.csv: the file is empty"),
        ("a,b\n", "s.csv: the file has a header and no responses"),
        ("a,b\n,\n\n", "s.csv: the file has a header and no responses"),
        ("\na,b\n1,2\n", "s.csv, line 1: the first line is empty"),
        ('a,"b\n1,2\n', "s.csv, line 1: the header cannot be read: a quoted cell is never closed"),
        ('a,b\n1,2\n1,"2\n1,2\n', "s.csv, line 3: a quoted cell is never closed"),
        (b"a,b\n\0,1\n", "s.csv: the file has NUL bytes, so it is no text"),
        ("," * 20_000 + "\n1\n", "s.csv: the table has 20001 columns, more than the 16384 a spreadsheet can hold"),
    ],
)
def test_what_is_no_table_says_where(content: str | bytes, expected: str, write: Write) -> None:
    assert faults(write("s.csv", content))[0].startswith(expected)


def test_a_first_line_without_end_is_no_header(write: Write) -> None:
    path = write("s.csv", b"4," * 20_000_000)
    assert faults(path)[0].startswith("s.csv, line 1: the first line is longer than")
    with pytest.raises(ResponseError, match="the first line is longer than"):
        head(path, 3)


@given(content=st.binary(max_size=300))
def test_no_bytes_do_worse_than_a_fault(content: bytes, tmp_path_factory: pytest.TempPathFactory) -> None:
    path = tmp_path_factory.mktemp("bytes") / "s.csv"
    path.write_bytes(content)
    try:
        assert read(path).cells.height > 1
    except ResponseError as error:
        assert error.faults


TEXT = st.text(st.sampled_from(list('ab,;\t|"\n\r 1é')), max_size=60)


@given(content=TEXT, encoding=st.sampled_from(["utf-8", "cp1252", "utf-16"]))
def test_every_cell_of_a_text_is_kept_or_a_fault_is_told(
    content: str, encoding: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    path = tmp_path_factory.mktemp("text") / "s.csv"
    path.write_bytes(content.encode(encoding))
    try:
        grid = read(path)
    except ResponseError as error:
        assert error.faults
        return
    assert sum(map(len, "".join(map("".join, cells(grid))).split())) >= sum(c in "ab1é" for c in content)


def test_the_first_rows_are_those_of_the_whole_file(write: Write) -> None:
    path = write("s.csv", "a;b\n" + '"é\n1";2\n' * 50_000)
    whole, first = read(path), head(path, 7)
    assert first.cells.equals(whole.cells.head(7))
    assert list(first.rows) == [1, 2, 3, 4, 5, 6, 7]


def test_the_first_rows_of_a_short_file_are_all_it_has(write: Write) -> None:
    assert head(write("s.csv", "a,b\n1,2\n"), 100).cells.height == 2


def test_the_first_rows_may_be_longer_than_what_is_looked_at_first(write: Write) -> None:
    path = write("s.csv", 'a,b\n"' + "x y\n" * 30_000 + '",1\n' + "2,3\n" * 200_000)
    assert len(head(path, 2).row(1)[0]) == 120_000


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"])
def test_the_first_rows_are_cut_between_characters(encoding: str, write: Write) -> None:
    path = write("s.csv", ("é;ü\r\n" * 100_000).encode(encoding))
    assert cells(head(path, 3)) == [["é", "ü"]] * 3


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("a;b\n1;2\n", (";", "utf-8", True, 0)),
        ("a;b\n1;2\n\x1a", (";", "utf-8", False, 0)),
        ("a,b\r\n1,2\r\n", (",", "utf-8", True, 0)),
        ("a,b\r1,2\r", (",", "utf-8", False, 0)),
        ("\ufeffa\tb\n1\t2\n", ("\t", "utf-8-sig", True, 0)),
        ("sep=|\na|b\n1|2\n", ("|", "utf-8", True, 1)),
        ("a;é\n1;2\n".encode("cp1252"), (";", "cp1252", False, 0)),
        ("a;é\n1;2\n".encode("utf-16"), (";", "utf-16", False, 0)),
    ],
)
def test_a_dialect_says_whether_a_file_can_be_scanned(
    content: str | bytes, expected: tuple[str, str, bool, int], write: Write
) -> None:
    found = dialect(write("s.csv", content))
    assert (found.delimiter, found.encoding, found.scannable, found.skip_lines) == expected


@pytest.mark.parametrize("before", ["", "\ufeff", "sep=;\n"])
def test_what_is_scannable_is_scanned_as_it_is_read(before: str, write: Write) -> None:
    path = write("s.csv", f'{before}a;b\n"x;y";\n1;2\n')
    how, grid = dialect(path), read(path)
    scanned = pl.scan_csv(
        path,
        separator=how.delimiter,
        has_header=False,
        skip_lines=how.skip_lines,
        schema=dict.fromkeys(grid.cells.columns, pl.String),
    )
    assert how.scannable
    assert scanned.collect().equals(grid.cells)


def test_a_dialect_is_told_by_the_beginning_alone(write: Write) -> None:
    assert dialect(write("s.csv", "a;é\n" + "1;2\n" * 100_000 + "x\0")).scannable
