"""Workbooks: what stands in a cell is read as it is meant, and what cannot be read stays visible."""

from __future__ import annotations

import base64
import zipfile
import zlib
from collections.abc import Callable, Sequence
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import xlsxwriter
from openpyxl.worksheet.worksheet import Worksheet

from readiness.faults import ResponseError
from readiness.responses.formats.workbook import read
from readiness.responses.grid import Grid

Make = Callable[..., Path]
ROWS = [["respondent", "A1"], ["r1", 4], ["r2", "Often"]]


def cells(grid: Grid) -> list[list[str]]:
    return [grid.row(place) for place in range(grid.cells.height)]


def told(grid: Grid, path: Path) -> list[str]:
    return [remark.removeprefix(f"{path.parent}/") for remark in grid.remarks]


def fault(path: Path, sheet: str | None = None) -> str:
    with pytest.raises(ResponseError) as raised:
        read(path, sheet)
    return str(raised.value).removeprefix(f"{path.parent}/")


@pytest.fixture
def make(tmp_path: Path) -> Make:
    """A workbook of these sheets, each a list of rows; `then` may change the first."""

    def made(
        sheets: dict[str, Sequence[Sequence[Any]]], then: Callable[[Worksheet], None] | None = None, **states: str
    ) -> Path:
        book = openpyxl.Workbook()
        book.remove(book.worksheets[0])
        for name, rows in sheets.items():
            sheet = book.create_sheet(name)
            for row in rows:
                sheet.append(list(row))
            sheet.sheet_state = states.get(name, "visible")
        if then:
            then(book.worksheets[0])
        path = tmp_path / "s.xlsx"
        book.save(path)
        return path

    return made


def test_numbers_are_read_without_what_a_computer_adds(make: Make) -> None:
    row = [4, 4.0, 2.5, 0.1 + 0.2, 1e-7, 1200000]
    assert cells(read(make({"s": [list("abcdef"), row]})))[1] == ["4", "4", "2.5", "0.3", "0.0000001", "1200000"]


def test_dates_and_times_are_iso_text(make: Make) -> None:
    rows = [
        ["day", "moment", "time", "took"],
        [date(2024, 1, 2), datetime(2024, 1, 2, 3, 4, 5), time(7, 5), timedelta(hours=30, minutes=5)],
        [date(2024, 1, 3), datetime(2024, 1, 2), time(23, 59, 59), timedelta(minutes=5)],
    ]
    assert cells(read(make({"s": rows})))[1:] == [
        ["2024-01-02", "2024-01-02 03:04:05", "07:05:00", "30:05:00"],
        ["2024-01-03", "2024-01-02 00:00:00", "23:59:59", "00:05:00"],
    ]


def test_truth_percentages_and_text_are_what_they_are(make: Make) -> None:
    def percent(sheet: Worksheet) -> None:
        sheet["B2"].number_format = "0%"

    rows = [["yes", "share", "text", "id"], [True, 0.25, "  two ", "007"], [False, 1, "=", None]]
    assert cells(read(make({"s": rows}, percent)))[1:] == [["true", "0.25", "  two ", "007"], ["false", "1", "=", ""]]


def test_errors_stay_visible_and_are_counted(make: Make) -> None:
    def spoil(sheet: Worksheet) -> None:
        sheet.insert_rows(1, 2)
        sheet.insert_cols(1)
        for place, text in {"C4": "#N/A", "C5": "#REF!", "B4": "#DIV/0!"}.items():
            sheet[place].value = text
            sheet[place].data_type = "e"

    path = make({"Q&A": [["respondent", "A1"], ["r1", 4], ["r2", "Often"]]}, spoil)
    grid = read(path)
    assert cells(grid) == [["respondent", "A1"], ["#DIV/0!", "#N/A"], ["r2", "#REF!"]]
    assert list(grid.rows) == [3, 4, 5]
    assert told(grid, path) == ["s.xlsx: 3 cell(s) of the sheet 'Q&A' hold an error, such as #DIV/0!"]


def test_an_error_in_the_last_row_is_a_row(make: Make) -> None:
    def spoil(sheet: Worksheet) -> None:
        sheet["A4"].value, sheet["A4"].data_type = "#N/A", "e"

    assert cells(read(make({"s": ROWS}, spoil)))[3] == ["#N/A", ""]


def test_empty_rows_and_columns_around_a_table_are_left_out_and_rows_keep_their_numbers(make: Make) -> None:
    def shift(sheet: Worksheet) -> None:
        sheet.insert_rows(1, 3)
        sheet.insert_cols(1, 2)
        sheet.insert_rows(6)
        sheet["C12"] = ""

    grid = read(make({"s": ROWS}, shift))
    assert cells(grid) == [["respondent", "A1"], ["r1", "4"], ["", ""], ["r2", "Often"]]
    assert list(grid.rows) == [4, 5, 6, 7]


def test_a_merged_header_stands_in_its_first_cell(make: Make) -> None:
    def merge(sheet: Worksheet) -> None:
        sheet.merge_cells("A1:B1")

    assert cells(read(make({"s": [["How often?", None], ["Mail", "Wiki"], [4, 5]]}, merge)))[0] == ["How often?", ""]


def test_of_several_sheets_the_fullest_is_read_and_told(make: Make) -> None:
    path = make({"Notes": [["made in May"]], "Data": ROWS, "Empty": []})
    grid = read(path)
    assert cells(grid)[1] == ["r1", "4"]
    assert told(grid, path) == [
        "s.xlsx: of its sheets 'Data' is read, which holds most, and not 'Notes'; --sheet names another"
    ]


def test_a_hidden_sheet_is_read_only_if_there_is_no_other(make: Make) -> None:
    grid = read(make({"lists": [["a", "b", "c"]] * 9, "Data": ROWS}, lists="hidden"))
    assert grid.cells.width == 2
    assert read(make({"Data": ROWS, "x": []}, Data="veryHidden")).cells.height == 3


def test_a_sheet_can_be_named_and_a_wrong_name_is_told(make: Make) -> None:
    path = make({"Notes": [["a"], ["b"]], "Data": ROWS})
    grid = read(path, "Notes")
    assert (cells(grid), grid.remarks) == ([["a"], ["b"]], ())
    assert fault(path, "data") == (
        "s.xlsx: the workbook has no sheet 'data'; did you mean 'Data'? It has 'Notes', 'Data'"
    )


def test_a_false_dimension_hides_nothing(make: Make, tmp_path: Path) -> None:
    path = make({"s": ROWS})
    false = tmp_path / "false.xlsx"
    with zipfile.ZipFile(path) as source, zipfile.ZipFile(false, "w") as target:
        for name in source.namelist():
            target.writestr(name, source.read(name).replace(b'<dimension ref="A1:B3"', b'<dimension ref="A1"'))
    assert cells(read(false)) == cells(read(path))


def test_nothing_and_a_header_alone_are_told(make: Make) -> None:
    assert fault(make({"s": []})) == "s.xlsx: the workbook is empty; export the responses again"
    assert fault(make({"s": [["a", "b"]]})).startswith("s.xlsx: the sheet 's' has a header and no responses")


ODS = """<?xml version="1.0"?><office:document-content
 xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" office:version="1.2"
 xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"
 xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0">
<office:body><office:spreadsheet><table:table table:name="s">{}</table:table></office:spreadsheet></office:body>
</office:document-content>"""
MIMETYPE = "application/vnd.oasis.opendocument.spreadsheet"


def ods(path: Path, rows: str) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", MIMETYPE)
        archive.writestr("content.xml", ODS.format(rows))
        archive.writestr(
            "META-INF/manifest.xml",
            '<?xml version="1.0"?>'
            '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
            f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{MIMETYPE}"/></manifest:manifest>',
        )
    return path


TEXT = '<table:table-cell office:value-type="string"><text:p>{}</text:p></table:table-cell>'
FOUR = '<table:table-cell office:value-type="float" office:value="4"><text:p>4</text:p></table:table-cell>'
DATE = '<table:table-cell office:value-type="date" office:date-value="2024-01-02"><text:p>x</text:p></table:table-cell>'
FILL = '<table:table-cell table:number-columns-repeated="1022"/>'


def row(*parts: str) -> str:
    return f"<table:table-row>{''.join(parts)}</table:table-row>"


def test_an_open_document_is_read_too(tmp_path: Path) -> None:
    rows = row(TEXT.format("r"), TEXT.format("A1"), TEXT.format("on"), FILL) + row(TEXT.format("é"), FOUR, DATE)
    last = f'<table:table-row table:number-rows-repeated="1048574">{FILL}</table:table-row>'
    grid = read(ods(tmp_path / "s.ods", rows + last))
    assert cells(grid) == [["r", "A1", "on"], ["é", "4", "2024-01-02"]]


def test_what_is_not_read_of_an_open_document_is_told(tmp_path: Path) -> None:
    error = TEXT.format("#N/A").replace('office:value-type="string"', 'office:string-value="" value-type="error"')
    time = '<table:table-cell office:value-type="time" office:time-value="PT30H05M00S"/>'
    path = ods(tmp_path / "s.ods", row(TEXT.format("a"), TEXT.format("b"), TEXT.format("c")) + row(FOUR, error, time))
    grid = read(path)
    assert grid.cells.row(1) == ("4", None, None)
    after = "which reads as empty in ODS; save it as XLSX if that matters"
    assert told(grid, path) == [
        f"s.ods: 1 cell(s) hold an error, {after}",
        f"s.ods: 1 cell(s) hold a time of the day or a duration, {after}",
    ]


@pytest.mark.parametrize(
    "rows",
    [
        row(FOUR.replace("<table:table-cell", '<table:table-cell table:number-columns-repeated="900000"')),
        row(FOUR).replace("<table:table-row", '<table:table-row table:number-rows-repeated="9000000"'),
    ],
)
def test_an_open_document_of_one_cell_repeated_is_refused(rows: str, tmp_path: Path) -> None:
    assert "stands for" in fault(ods(tmp_path / "s.ods", row(FOUR) + rows))


# A workbook of Excel 97: the rows [respondent, A1] and [é, 4].
XLS = (
    "eNrtWD1oFEEU/mZzl/shuezFi5AIxxEwakwTbGziJqKmMkQbRQS9eFtIwl5Y02ih0XilIFgpNoE0NlEbf1BEOwshooUgCHdaiZWgYJHc5r13"
    "s3L5KXKgIcp8y3zz9s3fu5k3b2727UK6PPuwq4JVOIAmVIMEmut0ilIifLFB5UHAYpjHKQUG/xQScVrI5iietb6J8Rryeldg4UHkFTHwmdJp"
    "TGKk6Lm5TcRBsSGv2IYBYoW7pEmhU6xqFz4nvE34vtR8LjwomhvCA1S3rE5hwRnp3a+9+KTVLWUpcL+Ppc1H0fSjA6/Zi6/cVLW6UQz55/MT"
    "W7MgG2nBHGjdhl3P9fMTZWRoAefwM8gBP8Kd+jJn9JurVyD9r5X62Dr6W1YEmEZwVhy8RMH1RVNtgQ8tIguWOSUB370wWfQKrjdFbjrUT27w"
    "NcnRWHavvWL3topXtxAX0CZyWnzbpvi8eO/7u6Njo84Z0UxLxK7F9Z1sCgJc5RbUOCUl1m/uFd4rfE163SFyl3CGPJLyntEOLRyZkTrXpbSH"
    "xtkneO/sqpN3k1z6duxJtvTF2UPy/HDlUmb+gzOLbpqKArXnZwZ9qk/duc146oS50jHgk3DnmngQt2xte6APrzYs8UwS0sK1N54dpeurdeor"
    "qc89XraSYk+aRqbz0WrHI5mewboTMgkDAwMDAwMDAwODrQyl/9/zPYNvAFF9i4jp7zpLlKrmM8l/i+Mo0jNFF9PD8Cj3cbEh/9mOqAr7Uhts"
    "E34vZJyg0X2MY0zsGG/Yf+kWqOp/z4Yb2n9uCzU6frURO//y+MuVOL9Q"
)


def test_an_open_document_of_spaces_without_end_is_refused(tmp_path: Path) -> None:
    few, many = (f'<text:s text:c="{count}"/>4' for count in (5, 2_000_000_000))
    assert cells(read(ods(tmp_path / "s.ods", row(TEXT.format("a")) + row(TEXT.format(few)))))[1] == ["     4"]
    assert fault(ods(tmp_path / "s.ods", row(FOUR) + row(TEXT.format(many)))).startswith(
        "s.ods: the cells of the workbook hold more than 8 million spaces, so it is not opened"
    )


def test_an_old_workbook_is_read_too(tmp_path: Path) -> None:
    path = tmp_path / "s.xls"
    path.write_bytes(zlib.decompress(base64.b64decode(XLS)))
    assert cells(read(path)) == [["respondent", "A1"], ["é", "4"]]


def test_a_protected_workbook_is_told(tmp_path: Path) -> None:
    path = tmp_path / "s.xlsx"
    path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(1000) + "EncryptedPackage".encode("utf-16-le"))
    assert fault(path) == "s.xlsx: the workbook is protected by a password; open it and save it without one"


def test_a_damaged_workbook_is_told(make: Make, tmp_path: Path) -> None:
    data = make({"s": ROWS}).read_bytes()
    for content in (
        data[: len(data) // 2],
        data[:200],
        b"PK\x03\x04",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
        b"abc",
        b"",
    ):
        path = tmp_path / "d.xlsx"
        path.write_bytes(content)
        assert fault(path).startswith("d.xlsx: the ")


def test_a_sheet_that_names_texts_which_are_not_there_is_told(make: Make, tmp_path: Path) -> None:
    path = tmp_path / "d.xlsx"
    with xlsxwriter.Workbook(tmp_path / "s.xlsx") as book:
        book.add_worksheet("Data").write_row(0, 0, ["a", "b"])
    with zipfile.ZipFile(tmp_path / "s.xlsx") as source, zipfile.ZipFile(path, "w") as target:
        for name in source.namelist():
            target.writestr(name, source.read(name).replace(b"<v>1</v>", b"<v>99</v>"))
    assert fault(path).startswith("d.xlsx: the sheet 'Data' cannot be read as a table")


def test_a_workbook_written_in_constant_memory_is_read(tmp_path: Path) -> None:
    path = tmp_path / "s.xlsx"
    with xlsxwriter.Workbook(path, {"constant_memory": True}) as book:
        sheet = book.add_worksheet()
        for place, line in enumerate(ROWS):
            sheet.write_row(place, 0, line)
    assert cells(read(path)) == [["respondent", "A1"], ["r1", "4"], ["r2", "Often"]]
