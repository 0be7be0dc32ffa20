"""A workbook that would unpack to more than memory holds is refused before it is opened."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest
import xlsxwriter

from readiness.faults import ResponseError
from readiness.responses.formats.archives import MOST_PARTS, kind_of_archive, looked_through
from readiness.responses.formats.workbook import read

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


def with_part(path: Path, name: str, content: bytes) -> Path:
    """A workbook of one cell in which one part is another."""
    plain = path.with_suffix(".plain")
    with xlsxwriter.Workbook(plain) as book:
        book.add_worksheet().write(0, 0, "a")
    with zipfile.ZipFile(plain) as source, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as target:
        for part in source.namelist():
            target.writestr(part, content if part == name else source.read(part))
    return path


def sheet(rows: bytes) -> bytes:
    return f'<worksheet xmlns="{MAIN}"><sheetData>'.encode() + rows + b"</sheetData></worksheet>"


def refusal(path: Path) -> str:
    with pytest.raises(ResponseError) as raised:
        read(path)
    return str(raised.value).removeprefix(f"{path.parent}/")


SHEET = "xl/worksheets/sheet1.xml"


def test_a_part_packed_too_tightly_is_a_bomb(tmp_path: Path) -> None:
    path = with_part(tmp_path / "s.xlsx", SHEET, sheet(b'<row r="1"><c r="A1"><v>1</v></c></row>' * 300_000))
    assert "times to 11 MB, so it is not opened; export the responses as CSV" in refusal(path)


def test_a_directory_that_lies_about_sizes_is_damaged(tmp_path: Path) -> None:
    content = sheet(b'<row r="1"><c r="A1"><v>1</v></c></row>' * 300_000)
    path = with_part(tmp_path / "s.xlsx", SHEET, content)
    path.write_bytes(path.read_bytes().replace(len(content).to_bytes(4, "little"), (1000).to_bytes(4, "little")))
    assert refusal(path).startswith("s.xlsx: the workbook is damaged")


def test_an_ods_of_which_the_content_cannot_be_unpacked_is_damaged(tmp_path: Path) -> None:
    path = tmp_path / "s.ods"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("content.xml", "<office:spreadsheet>" + "".join(map(str, range(5000))))
    content = bytearray(path.read_bytes())
    content[200:240] = bytes(byte ^ 0x5A for byte in content[200:240])
    path.write_bytes(content)
    with pytest.raises(ResponseError, match="the workbook is damaged"):
        kind_of_archive(path)


def test_too_many_parts_are_no_survey(tmp_path: Path) -> None:
    path = tmp_path / "s.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("xl/workbook.xml", "")
        for number in range(MOST_PARTS):
            archive.writestr(str(number), "")
    assert "parts, more than any of a survey" in refusal(path)


@pytest.mark.parametrize("far", ["XFD1048576", "AAA1000000", "BA200000"])
def test_a_cell_far_away_does_not_make_a_sheet_of_all_cells_between(far: str, tmp_path: Path) -> None:
    row = "".join(letter for letter in far if letter.isdigit())
    rows = f'<row r="1"><c r="A1"><v>1</v></c></row><row r="{row}"><c r="{far}"><v>1</v></c></row>'.encode()
    for content in (rows, rows.replace(f'<row r="{row}"'.encode(), b'<row r="2"'), rows.replace(b'"', b"'")):
        assert "has cells far away from all others" in refusal(with_part(tmp_path / "s.xlsx", SHEET, sheet(content)))


def test_a_long_or_a_wide_sheet_is_none_of_that(tmp_path: Path) -> None:
    rows = b'<row r="1"><c r="A1"><v>1</v></c><c r="ALL1"><v>2</v></c></row><row r="900"><c r="B900"><v>1</v></c></row>'
    assert read(with_part(tmp_path / "s.xlsx", SHEET, sheet(rows))).cells.shape == (900, 1000)
    rows = b'<row r="1"><c r="A1"><v>1</v></c></row><row r="200000"><c r="B200000"><v>1</v></c></row>'
    assert read(with_part(tmp_path / "t.xlsx", SHEET, sheet(rows))).cells.shape == (200_000, 2)


def test_one_long_text_named_by_many_cells_is_refused(tmp_path: Path) -> None:
    cells = "".join(f'<row r="{n}"><c r="A{n}" t="s"><v>0</v></c></row>' for n in range(1, 30_000))
    long = f'<sst xmlns="{MAIN}"><si><t>{"0123456789" * 2_000}</t></si></sst>'.encode()
    path = with_part(tmp_path / "s.xlsx", SHEET, sheet(cells.encode()))
    with zipfile.ZipFile(path) as source, zipfile.ZipFile(tmp_path / "t.xlsx", "w", zipfile.ZIP_DEFLATED) as target:
        for part in source.namelist():
            target.writestr(part, long if part == "xl/sharedStrings.xml" else source.read(part))
    assert "hold the same long texts over and over" in refusal(tmp_path / "t.xlsx")
    assert looked_through(path) == frozenset()


@pytest.mark.parametrize(
    ("names", "kind"),
    [
        (["xl/workbook.xml"], "xlsx"),
        (["xl/workbook.bin"], "xlsb"),
        (["word/document.xml"], "docx"),
        (["content.xml"], "odf"),
        (["survey.csv"], "zip"),
    ],
)
def test_an_archive_is_known_by_its_parts(names: list[str], kind: str, tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a", "w") as archive:
        for name in names:
            archive.writestr(name, "")
    assert kind_of_archive(tmp_path / "a") == kind
